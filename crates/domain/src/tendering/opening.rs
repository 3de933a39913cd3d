//! Opening: the one moment when sealed bids become readable (C30, C31).
//!
//! The opening is the deadline. Too few bids extend it once; after that two may compete; else the tender
//! fails and is noticed again (C18). `Opened` is the proof that the decision was taken: only this file makes
//! one, and without one no package can be taken apart.

use super::bid::{SealSuite, SealedPackage};
use super::procedure::Procedure;
use super::schedule;
use super::stage::Stage;
use crate::kernel::{BidId, Calendar, Deadline, Moment, Refusal, Rules};

/// Proof that a tender has been opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    at: Moment,
}

impl Opened {
    /// When.
    pub fn at(self) -> Moment {
        self.at
    }
}

/// What happens at the deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpeningDecision {
    /// Bids are opened.
    Open(Opened),
    /// Too few bids: the deadline moves.
    Extend {
        /// The term, explained.
        term: Deadline,
        /// The new deadline.
        deadline: Moment,
    },
    /// Too few bids even so.
    Fail {
        /// How many there were.
        bids: usize,
        /// How many were needed.
        needed: usize,
    },
}

/// What is known at the deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtDeadline {
    /// Where the tender stands.
    pub stage: Stage,
    /// The bid deadline in force.
    pub deadline: Moment,
    /// Submitted bids that were not withdrawn.
    pub bids: usize,
    /// How often the deadline has moved for want of bidders.
    pub extensions: usize,
}

/// Decides at or after the deadline; never before it.
pub fn decide(
    now: Moment,
    tender: AtDeadline,
    procedure: &Procedure,
    rules: Rules<'_>,
    calendar: &Calendar,
) -> Result<OpeningDecision, Refusal> {
    tender.stage.expect(Stage::Bidding)?;
    if now < tender.deadline {
        return Err(Refusal::new("tendering.deadline-not-passed", "C31").with("deadline", tender.deadline));
    }
    let needed = bidders_needed(tender.extensions, procedure, rules);
    if tender.bids >= needed {
        return Ok(OpeningDecision::Open(Opened { at: now }));
    }
    if tender.extensions < rules.count(procedure.extensions_max) {
        let (term, deadline) = schedule::extended_deadline(now, tender.deadline, procedure, rules, calendar)?;
        return Ok(OpeningDecision::Extend { term, deadline });
    }
    Ok(OpeningDecision::Fail { bids: tender.bids, needed })
}

/// How many bidders a competition needs, before or after an extension (C18, C32).
pub fn bidders_needed(extensions: usize, procedure: &Procedure, rules: Rules<'_>) -> usize {
    let key = if extensions == 0 { procedure.min_bidders } else { procedure.min_bidders_after_extension };
    rules.count(key)
}

/// The proof for a tender that was opened earlier, as the store says.
pub fn opened_before(stage: Stage, opened_at: Option<Moment>) -> Result<Opened, Refusal> {
    match opened_at {
        Some(at) if stage != Stage::Bidding && stage.is_public() => Ok(Opened { at }),
        _ => Err(Refusal::new("tendering.not-opened", "C30").with_code("stage", stage)),
    }
}

/// Takes a package apart. What `Withheld` packages hold is the bid itself; of others it is the ciphertext
/// that the openers' keys decrypt.
pub fn unseal(_proof: Opened, package: SealedPackage) -> (BidId, SealSuite, Vec<u8>) {
    package.into_parts()
}

#[cfg(test)]
mod tests {
    use super::super::procedure::OPEN_COMPETITION;
    use super::*;
    use crate::specimen::{calendar, day, rules};

    fn check(bids: usize, extensions: usize, hour: i8, expected: &str) {
        let deadline = Moment::beijing(day(2026, 9, 28), 9, 0);
        let tender = AtDeadline { stage: Stage::Bidding, deadline, bids, extensions };
        let now = Moment::beijing(day(2026, 9, 28), hour, 0);
        let found = match decide(now, tender, &OPEN_COMPETITION, rules(), calendar()) {
            Ok(OpeningDecision::Open(opened)) => format!("open at {}", opened.at().hour_minute().0),
            Ok(OpeningDecision::Extend { deadline, .. }) => format!("extend to {}", deadline.date()),
            Ok(OpeningDecision::Fail { bids, needed }) => format!("fail {bids} of {needed}"),
            Err(refusal) => refusal.code.to_owned(),
        };
        assert_eq!(found, expected, "{bids} bids after {extensions} extensions");
    }

    #[test]
    fn bids_stay_sealed_until_the_deadline() {
        check(31, 0, 8, "tendering.deadline-not-passed");
        check(3, 0, 9, "open at 9");
    }

    #[test]
    fn too_few_bids_extend_once_then_two_compete_and_one_fails() {
        check(2, 0, 9, "extend to 2026-10-08");
        check(0, 0, 9, "extend to 2026-10-08");
        check(2, 1, 9, "open at 9");
        check(1, 1, 9, "fail 1 of 2");
        check(0, 1, 9, "fail 0 of 2");
    }

    #[test]
    fn only_an_opened_tender_yields_its_packages() {
        for stage in [Stage::Bidding, Stage::Ready] {
            assert_eq!(opened_before(stage, Some(Moment(1))).unwrap_err().code, "tendering.not-opened");
        }
        assert_eq!(opened_before(Stage::Cancelled, None).unwrap_err().code, "tendering.not-opened");
        let proof = opened_before(Stage::Reviewing, Some(Moment(1))).unwrap();
        let package = SealedPackage::new(BidId(7), SealSuite::Withheld, b"bid".to_vec());
        assert_eq!(unseal(proof, package), (BidId(7), SealSuite::Withheld, b"bid".to_vec()));
    }

    #[test]
    fn a_tender_is_opened_once() {
        let tender = AtDeadline { stage: Stage::Opened, deadline: Moment(0), bids: 3, extensions: 0 };
        let refusal = decide(Moment(1), tender, &OPEN_COMPETITION, rules(), calendar()).unwrap_err();
        assert_eq!(refusal.code, "tendering.wrong-stage");
    }
}
