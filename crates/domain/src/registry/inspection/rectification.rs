//! What follows a basic pass or a fail, and years without a good end (B27).

use super::Outcome;
use super::duty::months_after;
use crate::coded;
use crate::kernel::{Calendar, Date, DayKind, Finding, Refusal, RuleKey, Rules};

coded! {
    /// How far a rectification is (B27).
    pub enum RectificationState as "rectification_state" {
        /// The report is awaited.
        Open = "open",
        /// The organisation has reported.
        Reported = "reported",
        /// An officer found it done.
        Verified = "verified",
    }
}

/// From which day to which day something must be mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Calendar days from the decision to the same day some months later.
    pub days: i64,
    /// The last day, moved off rest days (T10).
    pub due: Date,
}

/// How long rectification may take after a decision; none after a pass (B27).
///
/// # Errors
/// The working days of that year are not published (E12).
pub fn term(
    outcome: Outcome,
    decided_on: Date,
    rules: Rules<'_>,
    calendar: &Calendar,
) -> Result<Option<Term>, Refusal> {
    if outcome == Outcome::Pass {
        return Ok(None);
    }
    let key = RuleKey::RectificationMonths;
    let last = months_after(decided_on, rules.number(key)).unwrap_or(Date::MAX);
    let due = calendar.deadline(key, last, 0, DayKind::CalendarDays)?.due;
    let days = (last - decided_on).get_days();
    Ok(Some(Term { days: i64::from(days), due }))
}

/// The organisation reports what it mended; late is better than never (B27).
///
/// # Errors
/// `inspection.no-rectification`, `inspection.rectification-text-missing`.
pub fn may_report(state: RectificationState, text: &str) -> Result<(), Refusal> {
    if state != RectificationState::Open {
        return Err(Refusal::new("inspection.no-rectification", "B27").with_code("state", state));
    }
    if text.trim().is_empty() {
        return Err(Refusal::new("inspection.rectification-text-missing", "B27").at("text"));
    }
    Ok(())
}

/// An officer looks at what was reported; sending it back needs a reason (B27).
///
/// # Errors
/// `inspection.nothing-to-verify`, `inspection.mending-reason-missing`.
pub fn may_verify(state: RectificationState, is_done: bool, reason: &str) -> Result<(), Refusal> {
    if state != RectificationState::Reported {
        return Err(Refusal::new("inspection.nothing-to-verify", "B27").with_code("state", state));
    }
    if !is_done && reason.trim().is_empty() {
        return Err(Refusal::new("inspection.mending-reason-missing", "B27").at("reason"));
    }
    Ok(())
}

/// A year that ended badly: absent, or failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadYear {
    /// Which.
    pub year: i64,
    /// Whether no report came; else it failed.
    pub is_absent: bool,
}

/// The proposal to revoke after so many bad years in a row up to `latest`; a person decides (B27).
pub fn proposal(bad: &[BadYear], latest: i64, rules: Rules<'_>) -> Option<Finding> {
    let needed = rules.number(RuleKey::AbsentYearsMax);
    let run = (0..).take_while(|back| bad.iter().any(|one| one.year == latest - back)).count();
    let run = i64::try_from(run).unwrap_or(i64::MAX);
    let finding = Finding::warn("inspection.revocation-proposed", "B27");
    (needed > 0 && run >= needed).then(|| {
        finding.with("years", run).with("from", (latest - run + 1).to_string()).with("to", latest.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{book, calendar_until_2027};
    use jiff::civil::date;

    #[test]
    fn rectification_takes_calendar_months() {
        let (book, calendar) = (book(), calendar_until_2027());
        let rules = book.on(date(2014, 1, 1));
        for (outcome, from, expected) in [
            (Outcome::Pass, date(2014, 3, 7), None),
            // 7 June 2014 is a Saturday.
            (Outcome::BasicPass, date(2014, 3, 7), Some((92, date(2014, 6, 9)))),
            (Outcome::Fail, date(2014, 3, 10), Some((92, date(2014, 6, 10)))),
            // A shorter month ends on its own last day: 30 November 2014 is a Sunday.
            (Outcome::Fail, date(2014, 8, 31), Some((91, date(2014, 12, 1)))),
        ] {
            let found = term(outcome, from, rules, &calendar).unwrap();
            assert_eq!(found.map(|term| (term.days, term.due)), expected, "{outcome:?} {from}");
        }
    }

    #[test]
    fn steps_come_in_their_order() {
        use RectificationState::{Open, Reported, Verified};
        let code = |result: Result<(), Refusal>| result.err().map(|refusal| refusal.code);
        for (state, report, verify) in [
            (Open, None, Some("inspection.nothing-to-verify")),
            (Reported, Some("inspection.no-rectification"), None),
            (Verified, Some("inspection.no-rectification"), Some("inspection.nothing-to-verify")),
        ] {
            assert_eq!(code(may_report(state, "已补办")), report, "{state:?}");
            assert_eq!(code(may_verify(state, true, "")), verify, "{state:?}");
        }
        assert_eq!(code(may_report(Open, " ")), Some("inspection.rectification-text-missing"));
        assert_eq!(code(may_verify(Reported, false, "")), Some("inspection.mending-reason-missing"));
    }

    #[test]
    fn two_bad_years_in_a_row_lead_to_a_proposal() {
        let book = book();
        let bad = |years: &[(i64, bool)]| {
            years.iter().map(|(year, is_absent)| BadYear { year: *year, is_absent: *is_absent }).collect()
        };
        for (years, latest, expected) in [
            (&[(2025, true)][..], 2025, false),
            (&[(2025, true), (2026, true)], 2026, true),
            (&[(2025, true), (2026, false)], 2026, true),
            (&[(2024, true), (2026, true)], 2026, false),
            (&[(2024, true), (2025, true)], 2026, false),
            (&[], 2026, false),
        ] {
            let bad: Vec<BadYear> = bad(years);
            let found = proposal(&bad, latest, book.on(date(2027, 6, 1)));
            assert_eq!(found.is_some(), expected, "{years:?} {latest}");
        }
    }
}
