//! What an organisation that has ended gives back: the certificate, the seals and the vouchers, each handed in, announced
//! as lost, or declared void by the office (B22, B23; SAR21, PNR17, FR18).

use crate::coded;
use crate::kernel::{Date, Refusal};

use super::{EndingKind, EndingStage};

coded! {
    /// What is given back.
    pub enum Thing as "surrender_thing" {
        /// 登记证书 (正本、副本).
        Certificate = "certificate",
        /// 印章.
        Seals = "seals",
        /// 财务凭证.
        Vouchers = "vouchers",
    }
}

coded! {
    /// What became of it.
    pub enum Way as "surrender_way" {
        /// 已交回.
        HandedIn = "handed_in",
        /// 遗失，已登报声明.
        Lost = "lost",
        /// 未交回，公告作废.
        Void = "void",
    }
}

/// What is taken back: with a cancellation everything; with an annulment or a revocation the certificate and the seals,
/// since the liquidation still needs the vouchers (SAR32).
pub fn needed(kind: EndingKind) -> &'static [Thing] {
    match kind {
        EndingKind::Cancellation => &[Thing::Certificate, Thing::Seals, Thing::Vouchers],
        EndingKind::Revocation => &[Thing::Certificate, Thing::Seals],
    }
}

/// What is still to be given back.
pub fn open(kind: EndingKind, stage: EndingStage, held: &[Thing]) -> Vec<Thing> {
    if stage != EndingStage::Decided {
        return Vec::new();
    }
    needed(kind).iter().copied().filter(|thing| !held.contains(thing)).collect()
}

/// What the window writes down.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// What it is about, with what became of it.
    pub things: &'a [(Thing, Way)],
    /// The day on which it was handed in, or on which its loss was announced.
    pub given_on: Date,
    /// Which paper announced the loss; what else is to be known.
    pub note: &'a str,
    /// The day of the decision that ended the organisation.
    pub decided_on: Date,
}

/// Everything that keeps a record from being written; empty when nothing does. `open` is what is still to be given back.
pub fn faults(record: &Record<'_>, open: &[Thing], today: Date) -> Vec<Refusal> {
    let mut faults = Vec::new();
    if record.things.is_empty() {
        faults.push(Refusal::new("ending.nothing-surrendered", "B22").at("certificate"));
    }
    for (thing, _) in record.things.iter().filter(|(thing, _)| !open.contains(thing)) {
        faults.push(Refusal::new("ending.surrendered-already", "B22").with_code("thing", *thing));
    }
    let is_handed_in = record.things.iter().any(|(_, way)| *way == Way::HandedIn);
    // A loss may have been announced before the decision; what is taken back is taken back after it.
    if record.given_on > today || (is_handed_in && record.given_on < record.decided_on) {
        let refusal = Refusal::new("ending.surrender-day", "B22").at("given_on");
        faults.push(refusal.with("decided", record.decided_on));
    }
    let is_lost = record.things.iter().any(|(_, way)| *way == Way::Lost);
    if is_lost && record.note.is_empty() {
        faults.push(Refusal::new("ending.loss-unannounced", "B22").at("surrender_note"));
    }
    faults
}

/// Whether what was not given back may be declared void now; the outcome is what it is.
///
/// # Errors
/// The organisation has not ended, or nothing is left to be given back.
pub fn may_void(kind: EndingKind, stage: EndingStage, held: &[Thing]) -> Result<Vec<Thing>, Refusal> {
    let left = open(kind, stage, held);
    // The office declares void what it issued or has on file; vouchers are neither.
    let left: Vec<Thing> = left.into_iter().filter(|thing| *thing != Thing::Vouchers).collect();
    if left.is_empty() { Err(Refusal::new("ending.nothing-to-void", "B22")) } else { Ok(left) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::day;
    use EndingKind::{Cancellation, Revocation};
    use Thing::{Certificate, Seals, Vouchers};

    #[test]
    fn what_ends_gives_back_and_a_revoked_one_keeps_its_vouchers_for_the_liquidation() {
        for (kind, stage, held, expected) in [
            (Cancellation, EndingStage::Decided, &[][..], &[Certificate, Seals, Vouchers][..]),
            (Cancellation, EndingStage::Decided, &[Certificate, Seals][..], &[Vouchers][..]),
            (Revocation, EndingStage::Decided, &[Seals][..], &[Certificate][..]),
            (Revocation, EndingStage::Decided, &[Certificate, Seals][..], &[][..]),
            (Cancellation, EndingStage::Reviewed, &[][..], &[][..]),
            (Cancellation, EndingStage::Dropped, &[][..], &[][..]),
        ] {
            assert_eq!(open(kind, stage, held), expected, "{kind:?} {stage:?} {held:?}");
        }
    }

    #[test]
    fn what_is_written_down_is_owed_dated_and_a_loss_announced() {
        let decided_on = day(2014, 6, 10);
        let today = day(2014, 6, 20);
        for (things, given_on, note, expected) in [
            (&[(Certificate, Way::HandedIn), (Seals, Way::HandedIn)][..], day(2014, 6, 11), "", ""),
            (&[][..], day(2014, 6, 11), "", "ending.nothing-surrendered"),
            (&[(Certificate, Way::HandedIn)][..], day(2014, 6, 9), "", "ending.surrender-day"),
            (&[(Certificate, Way::HandedIn)][..], day(2014, 6, 21), "", "ending.surrender-day"),
            (&[(Seals, Way::Lost)][..], day(2014, 6, 1), "", "ending.loss-unannounced"),
            (&[(Seals, Way::Lost)][..], day(2014, 6, 1), "示例日报6月1日声明", ""),
            (&[(Vouchers, Way::HandedIn)][..], day(2014, 6, 11), "", "ending.surrendered-already"),
        ] {
            let record = Record { things, given_on, note, decided_on };
            let found = faults(&record, &[Certificate, Seals], today);
            let codes: Vec<&str> = found.iter().map(|one| one.code).collect();
            assert_eq!(codes.join(" "), expected, "{record:?}");
        }
    }

    #[test]
    fn only_what_was_not_given_back_is_declared_void() {
        let decided = EndingStage::Decided;
        assert_eq!(may_void(Cancellation, decided, &[Seals]), Ok(vec![Certificate]));
        for (stage, held) in [(decided, &[Certificate, Seals][..]), (EndingStage::Reviewed, &[][..])] {
            let code = may_void(Cancellation, stage, held).err().map(|refusal| refusal.code);
            assert_eq!(code, Some("ending.nothing-to-void"));
        }
    }
}
