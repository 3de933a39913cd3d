//! Acceptance of a milestone: reported by the provider, held by somebody independent of requirement and
//! signature, with the opinions of those who were served, item by item (C14, C55).

use crate::coded;
use crate::kernel::{Date, PersonId, Refusal, RuleKey, Rules};

coded! {
    /// Where an acceptance stands.
    pub enum AcceptanceState as "acceptance_state" {
        /// The provider says that the milestone is done.
        Reported = "reported",
        /// The day is set and recipients are invited.
        Called = "called",
        /// Accepted, whole or with deductions.
        Accepted = "accepted",
        /// Sent back for repair.
        Returned = "returned",
    }
}

coded! {
    /// What a recipient says.
    pub enum OpinionVerdict as "opinion_verdict" {
        /// Satisfied.
        Satisfied = "satisfied",
        /// Not satisfied.
        Dissatisfied = "dissatisfied",
    }
}

coded! {
    /// What keeps a person from holding an acceptance.
    pub enum SignerTie as "signer_tie" {
        /// Wrote the requirement.
        Author = "author",
        /// Drafted the contract.
        Drafter = "drafter",
        /// Signed for the purchaser.
        Buyer = "buyer",
        /// Signed for the provider.
        Provider = "provider",
        /// Holds a post in the office that purchases.
        Office = "office",
        /// Holds a post at the provider.
        Organisation = "organisation",
    }
}

impl AcceptanceState {
    /// Refuses any state but those `needed`.
    pub fn expect_one_of(self, needed: &[AcceptanceState]) -> Result<(), Refusal> {
        if needed.contains(&self) {
            return Ok(());
        }
        Err(Refusal::new("performance.wrong-state", "C55").with_code("state", self))
    }

    /// Whether the milestone's ledger is fixed: its figures are being judged, or were.
    pub fn fixes_ledger(self) -> bool {
        self != Self::Returned
    }
}

/// Refuses whoever is tied to requirement or contract: need-setting, signing and acceptance are separate posts.
pub fn check_independence(person: PersonId, ties: &[(PersonId, SignerTie)]) -> Result<(), Refusal> {
    match ties.iter().find(|(held, _)| *held == person) {
        Some((_, tie)) => {
            Err(Refusal::new("performance.acceptance-not-independent", "C14").with_code("tie", *tie))
        }
        None => Ok(()),
    }
}

/// What a provider reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// Whether both sides have signed the contract.
    pub is_in_force: bool,
    /// The state of an earlier report of the same milestone, if there is one.
    pub earlier: Option<AcceptanceState>,
    /// Lines of the ledger that count, in the milestone.
    pub records: i64,
}

/// Refuses a report without evidence, or while an earlier one is being judged (C54, E3b).
pub fn may_report(report: &Report) -> Result<(), Refusal> {
    if !report.is_in_force {
        return Err(Refusal::new("performance.not-in-force", "C26"));
    }
    if let Some(earlier) = report.earlier {
        earlier.expect_one_of(&[AcceptanceState::Returned])?;
    }
    if report.records <= 0 {
        return Err(Refusal::new("performance.report-without-records", "E3b"));
    }
    Ok(())
}

/// What an acceptance rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The day on which it is held.
    pub meets_on: Date,
    /// Today.
    pub today: Date,
    /// Opinions of recipients given in this round.
    pub opinions: usize,
    /// Whether call-backs were drawn.
    pub has_draw: bool,
    /// Call-backs without an outcome.
    pub open_call_backs: usize,
    /// Items that nobody judged.
    pub unjudged: usize,
}

/// Everything that keeps a milestone from being accepted; empty when nothing does.
pub fn problems(basis: &Basis) -> Vec<Refusal> {
    let mut found = Vec::new();
    if basis.today < basis.meets_on {
        found.push(Refusal::new("performance.before-the-day", "C55").with("day", basis.meets_on));
    }
    if basis.opinions == 0 {
        found.push(Refusal::new("performance.no-recipient-opinion", "C55"));
    }
    if !basis.has_draw {
        found.push(Refusal::new("performance.call-backs-not-drawn", "E3b"));
    }
    if basis.open_call_backs > 0 {
        found.push(Refusal::new("performance.call-backs-open", "E3b").with("count", basis.open_call_backs));
    }
    if basis.unjudged > 0 {
        found.push(Refusal::new("performance.items-unjudged", "C55").with("count", basis.unjudged));
    }
    found
}

/// Refuses to send back without saying what is to be repaired, or by when in reasonable time.
pub fn check_return(why: &str, repair_by: Date, today: Date, rules: Rules<'_>) -> Result<(), Vec<Refusal>> {
    let mut found = Vec::new();
    if why.trim().is_empty() {
        found.push(Refusal::new("performance.reason-empty", "C54").at("reason"));
    }
    let most = rules.number(RuleKey::RepairMaxDays);
    let last = jiff::Span::new().try_days(most).and_then(|span| today.checked_add(span)).unwrap_or(today);
    if repair_by <= today || repair_by > last {
        let refusal = Refusal::new("performance.repair-day", "C55").at("repair_by");
        found.push(refusal.with("last", last).with("days", most));
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Coded;
    use crate::specimen::{day, rules};

    fn basis() -> Basis {
        let today = day(2026, 9, 18);
        Basis { meets_on: today, today, opinions: 1, has_draw: true, open_call_backs: 0, unjudged: 0 }
    }

    #[test]
    fn nothing_is_accepted_without_a_recipients_opinion() {
        for (basis, expected) in [
            (basis(), vec![]),
            (Basis { opinions: 0, ..basis() }, vec!["performance.no-recipient-opinion"]),
            (Basis { meets_on: day(2026, 9, 19), ..basis() }, vec!["performance.before-the-day"]),
            (Basis { has_draw: false, ..basis() }, vec!["performance.call-backs-not-drawn"]),
            (Basis { open_call_backs: 2, ..basis() }, vec!["performance.call-backs-open"]),
            (
                Basis { unjudged: 1, opinions: 0, ..basis() },
                vec!["performance.no-recipient-opinion", "performance.items-unjudged"],
            ),
        ] {
            let codes: Vec<_> = problems(&basis).iter().map(|found| found.code).collect();
            assert_eq!(codes, expected);
        }
    }

    #[test]
    fn who_wrote_drafted_or_signed_does_not_accept() {
        let ties: Vec<_> = (1..).map(PersonId).zip(SignerTie::ALL.iter().copied()).collect();
        for (person, _) in &ties {
            let refusal = check_independence(*person, &ties).unwrap_err();
            assert_eq!((refusal.code, refusal.rule), ("performance.acceptance-not-independent", "C14"));
        }
        assert_eq!(check_independence(PersonId(99), &ties), Ok(()));
    }

    #[test]
    fn a_report_rests_on_the_ledger() {
        let plain = Report { is_in_force: true, earlier: None, records: 1 };
        for (report, expected) in [
            (plain, None),
            (Report { is_in_force: false, ..plain }, Some("performance.not-in-force")),
            (Report { records: 0, ..plain }, Some("performance.report-without-records")),
            (Report { earlier: Some(AcceptanceState::Returned), ..plain }, None),
            (Report { earlier: Some(AcceptanceState::Called), ..plain }, Some("performance.wrong-state")),
            (Report { earlier: Some(AcceptanceState::Accepted), ..plain }, Some("performance.wrong-state")),
        ] {
            assert_eq!(may_report(&report).err().map(|refusal| refusal.code), expected);
        }
    }

    #[test]
    fn a_repair_has_a_reason_and_a_day() {
        let today = day(2026, 9, 18);
        for (why, by, expected) in [
            ("补做 10 人次", day(2026, 10, 18), vec![]),
            ("补做 10 人次", day(2026, 10, 19), vec!["performance.repair-day"]),
            (" ", today, vec!["performance.reason-empty", "performance.repair-day"]),
        ] {
            let found = check_return(why, by, today, rules()).err().unwrap_or_default();
            let codes: Vec<_> = found.iter().map(|refusal| refusal.code).collect();
            assert_eq!(codes, expected, "{by}");
        }
    }
}
