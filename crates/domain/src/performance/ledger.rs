//! The project ledger 项目台账: each unit of service with its day, place, worker and recipient code, corrected
//! only by a reversing record (C54, E3b).

use crate::contracts::Term;
use crate::kernel::{Date, Refusal};

/// What the contract is on the day of entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Whether both sides have signed.
    pub is_in_force: bool,
    /// The days within which service is rendered.
    pub term: Term,
    /// The day from which the contract stands still or has ended, if it does.
    pub halted_on: Option<Date>,
    /// Today.
    pub today: Date,
}

/// For whom a worker works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkerTie {
    /// For the provider itself.
    Provider,
    /// For a subcontractor; `is_consented` once the office has agreed to it (C52).
    Subcontractor {
        /// Whether the office has agreed.
        is_consented: bool,
    },
}

/// A worker of the contract's register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Worker {
    /// For whom.
    pub tie: WorkerTie,
    /// The last day on which the worker served; none while it goes on.
    pub left_on: Option<Date>,
}

/// A line as it is to be entered; what the register does not know is `None` or false.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Whether the contract has this milestone.
    pub has_milestone: bool,
    /// Whether the milestone's report is with the purchaser, so that its figures are fixed.
    pub is_reported: bool,
    /// Whether the milestone has this kind of unit.
    pub has_unit: bool,
    /// The day of service.
    pub served_on: Date,
    /// Whether a place is given.
    pub has_place: bool,
    /// Who served.
    pub worker: Option<Worker>,
    /// Whether the register has this recipient.
    pub has_recipient: bool,
    /// How many units.
    pub units: i64,
}

/// Everything that keeps a line out of the ledger, each at its field; empty when nothing does.
pub fn problems(entry: &Entry, setting: &Setting) -> Vec<Refusal> {
    let mut found = Vec::new();
    if !setting.is_in_force {
        return vec![Refusal::new("performance.not-in-force", "C26")];
    }
    let mut add = |is_wrong: bool, code, rule, field: &str| {
        if is_wrong {
            found.push(Refusal::new(code, rule).at(field));
        }
    };
    add(!entry.has_milestone, "performance.milestone-unknown", "C54", "milestone");
    add(entry.is_reported, "performance.milestone-reported", "C54", "milestone");
    add(entry.has_milestone && !entry.has_unit, "performance.unit-unknown", "C54", "unit");
    add(!entry.has_place, "performance.place-empty", "E3b", "place");
    add(!entry.has_recipient, "performance.recipient-unknown", "E3b", "token");
    add(entry.units <= 0, "performance.units-not-positive", "E3b", "units");
    found.extend(day_problem(entry.served_on, setting));
    found.extend(worker_problem(entry.worker, entry.served_on));
    found
}

fn day_problem(day: Date, setting: &Setting) -> Option<Refusal> {
    let at = |code, rule| Refusal::new(code, rule).at("served_on");
    if day > setting.today {
        return Some(at("performance.record-in-future", "C54").with("today", setting.today));
    }
    let term = setting.term;
    if day < term.starts || day > term.ends {
        let refusal = at("performance.record-outside-term", "C54");
        return Some(refusal.with("starts", term.starts).with("ends", term.ends));
    }
    let halted = setting.halted_on.filter(|halted| day > *halted)?;
    Some(at("performance.record-while-halted", "C53").with("since", halted))
}

fn worker_problem(worker: Option<Worker>, day: Date) -> Option<Refusal> {
    let at = |code| Refusal::new(code, "C52").at("worker");
    let Some(worker) = worker else { return Some(at("performance.worker-unknown")) };
    if worker.tie == (WorkerTie::Subcontractor { is_consented: false }) {
        return Some(at("performance.worker-of-unnamed"));
    }
    let left = worker.left_on.filter(|left| day > *left)?;
    Some(at("performance.worker-left").with("left", left))
}

/// A line that is to be reversed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reversal<'a> {
    /// Whether the line is itself a reversal.
    pub is_reversal: bool,
    /// Whether it was reversed before.
    pub is_reversed: bool,
    /// Whether its milestone's report is with the purchaser.
    pub is_reported: bool,
    /// Why it was wrong.
    pub reason: &'a str,
}

/// Refuses to reverse what is fixed; a reversal is never reversed, the line is entered again (C54).
pub fn may_reverse(reversal: &Reversal<'_>) -> Result<(), Refusal> {
    let refusal = |code| Err(Refusal::new(code, "C54"));
    if reversal.is_reversal {
        return refusal("performance.reversal-of-reversal");
    }
    if reversal.is_reversed {
        return refusal("performance.reversed-already");
    }
    if reversal.is_reported {
        return refusal("performance.milestone-reported");
    }
    if reversal.reason.trim().is_empty() {
        return Err(Refusal::new("performance.reason-empty", "C54").at("reason"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::day;

    fn setting() -> Setting {
        let term = Term { starts: day(2026, 3, 1), ends: day(2026, 12, 31) };
        Setting { is_in_force: true, term, halted_on: None, today: day(2026, 9, 18) }
    }

    fn entry() -> Entry {
        Entry {
            has_milestone: true,
            is_reported: false,
            has_unit: true,
            served_on: day(2026, 9, 18),
            has_place: true,
            worker: Some(Worker { tie: WorkerTie::Provider, left_on: None }),
            has_recipient: true,
            units: 1,
        }
    }

    fn check(change: impl FnOnce(&mut Entry, &mut Setting), expected: &[&str]) {
        let (mut entry, mut setting) = (entry(), setting());
        change(&mut entry, &mut setting);
        let codes: Vec<_> = problems(&entry, &setting).iter().map(|found| found.code).collect();
        assert_eq!(codes, expected);
    }

    #[test]
    fn a_line_needs_its_day_place_worker_and_recipient() {
        check(|_, _| {}, &[]);
        check(|_, setting| setting.is_in_force = false, &["performance.not-in-force"]);
        check(|entry, _| entry.served_on = day(2026, 9, 19), &["performance.record-in-future"]);
        check(|entry, _| entry.served_on = day(2026, 2, 28), &["performance.record-outside-term"]);
        check(
            |entry, setting| {
                entry.served_on = day(2027, 1, 1);
                setting.today = day(2027, 1, 2);
            },
            &["performance.record-outside-term"],
        );
        check(|_, setting| setting.halted_on = Some(day(2026, 9, 17)), &["performance.record-while-halted"]);
        check(|_, setting| setting.halted_on = Some(day(2026, 9, 18)), &[]);
        check(|entry, _| entry.worker = None, &["performance.worker-unknown"]);
        check(|entry, _| entry.has_milestone = false, &["performance.milestone-unknown"]);
        check(|entry, _| entry.is_reported = true, &["performance.milestone-reported"]);
        check(|entry, _| entry.has_unit = false, &["performance.unit-unknown"]);
        check(
            |entry, _| (entry.has_place, entry.has_recipient, entry.units) = (false, false, 0),
            &["performance.place-empty", "performance.recipient-unknown", "performance.units-not-positive"],
        );
    }

    #[test]
    fn a_subcontractors_worker_serves_only_with_the_offices_consent() {
        for (is_consented, left_on, expected) in [
            (true, None, vec![]),
            (false, None, vec!["performance.worker-of-unnamed"]),
            (true, Some(day(2026, 9, 17)), vec!["performance.worker-left"]),
            (true, Some(day(2026, 9, 18)), vec![]),
        ] {
            let tie = WorkerTie::Subcontractor { is_consented };
            check(|entry, _| entry.worker = Some(Worker { tie, left_on }), &expected);
        }
    }

    #[test]
    fn a_line_is_reversed_once_with_a_reason() {
        let plain =
            Reversal { is_reversal: false, is_reversed: false, is_reported: false, reason: "重复登记" };
        for (reversal, expected) in [
            (plain, None),
            (Reversal { is_reversal: true, ..plain }, Some("performance.reversal-of-reversal")),
            (Reversal { is_reversed: true, ..plain }, Some("performance.reversed-already")),
            (Reversal { is_reported: true, ..plain }, Some("performance.milestone-reported")),
            (Reversal { reason: " ", ..plain }, Some("performance.reason-empty")),
        ] {
            assert_eq!(may_reverse(&reversal).err().map(|refusal| refusal.code), expected);
        }
    }
}
