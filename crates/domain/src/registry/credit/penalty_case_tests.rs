//! Decision tables of a penalty from its notice to its decision.

use super::*;
use crate::specimen::{book, calendar, day};

const OFFICER: Option<PersonId> = Some(PersonId(1));
const CLERK: Option<PersonId> = Some(PersonId(2));
const DIRECTOR: Option<PersonId> = Some(PersonId(3));

fn told() -> PenaltyFacts {
    let last = day(2026, 3, 9);
    PenaltyFacts {
        is_own: true,
        stage: PenaltyStage::Noticed,
        proposed_by: OFFICER,
        noticed_by: CLERK,
        notice: PriorNotice { answer_by: Some(last), statement: None, heard_on: None },
        hearing_by: Some(last),
        hearing_on: None,
    }
}

fn answered(kind: StatementKind) -> PenaltyFacts {
    let notice = PriorNotice { statement: Some(kind), ..told().notice };
    PenaltyFacts { stage: PenaltyStage::Stated, notice, ..told() }
}

fn called(heard_on: Option<Date>) -> PenaltyFacts {
    let asked = answered(StatementKind::Hearing);
    let notice = PriorNotice { heard_on, ..asked.notice };
    PenaltyFacts { hearing_on: Some(day(2026, 3, 18)), notice, ..asked }
}

fn code(answer: Result<(), Refusal>) -> &'static str {
    answer.err().map_or("", |refusal| refusal.code)
}

#[test]
fn it_is_imposed_after_notice_answer_and_hearing_and_by_another() {
    let (early, last, late) = (day(2026, 3, 4), day(2026, 3, 9), day(2026, 3, 10));
    let at = |stage| PenaltyFacts { stage, ..told() };
    let elsewhere = PenaltyFacts { is_own: false, ..at(PenaltyStage::Proposed) };
    for (facts, by, on, expected) in [
        (at(PenaltyStage::Proposed), DIRECTOR, late, "penalty.not-noticed"),
        (elsewhere, DIRECTOR, late, "penalty.not-ours"),
        (told(), DIRECTOR, early, "penalty.answer-awaited"),
        (told(), DIRECTOR, last, "penalty.answer-awaited"),
        (told(), DIRECTOR, late, ""),
        (told(), OFFICER, late, "credit.same-person"),
        (told(), CLERK, late, "credit.same-person"),
        (answered(StatementKind::Waived), DIRECTOR, early, ""),
        (answered(StatementKind::Written), DIRECTOR, early, ""),
        (answered(StatementKind::Hearing), DIRECTOR, late, "penalty.hearing-not-held"),
        (called(None), DIRECTOR, day(2026, 3, 20), "penalty.hearing-not-held"),
        (called(Some(day(2026, 3, 18))), DIRECTOR, day(2026, 3, 18), ""),
        (called(Some(day(2026, 3, 18))), OFFICER, day(2026, 3, 18), "credit.same-person"),
        (at(PenaltyStage::Imposed), DIRECTOR, late, "penalty.wrong-stage"),
        (at(PenaltyStage::Dropped), DIRECTOR, late, "penalty.wrong-stage"),
    ] {
        assert_eq!(code(facts.may_be_imposed(by, on)), expected, "{facts:?} on {on}");
    }
    assert_eq!(code(at(PenaltyStage::Proposed).may_be_dropped(DIRECTOR)), "");
    assert_eq!(code(called(None).may_be_dropped(DIRECTOR)), "");
    assert_eq!(code(told().may_be_dropped(OFFICER)), "credit.same-person");
    assert_eq!(code(elsewhere.may_be_dropped(DIRECTOR)), "penalty.not-ours");
    assert_eq!(code(elsewhere.may_be_noticed()), "penalty.not-ours");
    assert_eq!(code(told().may_be_noticed()), "penalty.wrong-stage");
}

#[test]
fn it_is_answered_once_in_time_and_heard_where_there_is_a_right() {
    use StatementKind::{Hearing, Waived, Written};
    let (last, late) = (day(2026, 3, 9), day(2026, 3, 10));
    let sooner = PenaltyFacts { hearing_by: Some(day(2026, 3, 5)), ..told() };
    let light = PenaltyFacts { hearing_by: None, ..told() };
    for (facts, kind, on, expected) in [
        (told(), Written, last, ""),
        (told(), Hearing, last, ""),
        (told(), Waived, late, "penalty.answer-late"),
        (sooner, Hearing, day(2026, 3, 5), ""),
        (sooner, Hearing, day(2026, 3, 6), "penalty.hearing-late"),
        (sooner, Written, day(2026, 3, 6), ""),
        (light, Hearing, last, "penalty.no-hearing-right"),
        (light, Written, last, ""),
        (answered(Written), Hearing, last, "penalty.wrong-stage"),
    ] {
        assert_eq!(code(facts.may_be_answered(kind, on)), expected, "{facts:?} {kind:?} on {on}");
    }
}

#[test]
fn a_hearing_is_called_days_before_and_held_when_it_was_called() {
    let asked = answered(StatementKind::Hearing);
    let call = |facts: PenaltyFacts, on: Date, today: Date| {
        code(facts.may_be_called((on, today), book().on(today), calendar()))
    };
    // Seven days of the calendar in 2014, seven worked days since 2021.
    for (today, on, expected) in [
        (day(2014, 3, 10), day(2014, 3, 16), "penalty.hearing-soon"),
        (day(2014, 3, 10), day(2014, 3, 17), ""),
        (day(2026, 3, 9), day(2026, 3, 17), "penalty.hearing-soon"),
        (day(2026, 3, 9), day(2026, 3, 18), ""),
    ] {
        assert_eq!(call(asked, on, today), expected, "{today} for {on}");
    }
    let (today, first) = (day(2026, 3, 9), day(2026, 3, 18));
    assert_eq!(call(called(None), day(2026, 3, 20), today), "", "it may be moved");
    assert_eq!(call(called(Some(first)), day(2026, 3, 30), first), "penalty.no-hearing-asked");
    assert_eq!(call(answered(StatementKind::Written), first, today), "penalty.no-hearing-asked");
    assert_eq!(call(told(), first, today), "penalty.wrong-stage");
    let today = day(2026, 3, 20);
    assert_eq!(code(asked.may_be_heard(first, today)), "penalty.hearing-not-called");
    for (on, expected) in [
        (day(2026, 3, 17), "penalty.hearing-day"),
        (first, ""),
        (today, ""),
        (day(2026, 3, 21), "penalty.hearing-day"),
    ] {
        assert_eq!(code(called(None).may_be_heard(on, today)), expected, "{on}");
    }
}

fn measure(kind: PenaltyKind, fen: i64, stop_days: Option<i64>) -> Measure {
    Measure { kind, amount: Fen(fen), stop_days }
}

#[test]
fn nothing_heavier_than_was_told_is_imposed() {
    use PenaltyKind::{Fine, Suspension, Warning};
    let (fined, stopped) = (measure(Fine, 3_000, None), measure(Suspension, 3_000, Some(30)));
    for (noticed, decided, expected) in [
        (fined, fined, &[][..]),
        (fined, measure(Fine, 2_999, None), &[]),
        (fined, measure(Warning, 0, None), &[]),
        (fined, measure(Fine, 3_001, None), &["amount"]),
        (fined, measure(Suspension, 0, Some(1)), &["kind"]),
        (fined, measure(Suspension, 3_001, Some(1)), &["kind", "amount"]),
        (stopped, measure(Suspension, 3_000, Some(29)), &[]),
        (stopped, measure(Suspension, 3_000, Some(31)), &["stop_days"]),
        (stopped, fined, &[]),
        (measure(Suspension, 0, Some(30)), fined, &["amount"]),
    ] {
        for (is_stated, code) in
            [(true, "penalty.heavier-after-statement"), (false, "penalty.heavier-than-noticed")]
        {
            let faults = decided.heavier_than(&noticed, is_stated);
            let fields: Vec<&str> = faults.iter().filter_map(|one| one.field.as_deref()).collect();
            assert_eq!(fields, expected, "{noticed:?} {decided:?}");
            assert!(faults.iter().all(|one| one.code == code));
        }
    }
}

#[test]
fn a_stop_runs_its_days_from_the_decision() {
    let proposed =
        Measure::proposed(PenaltyKind::Suspension, Fen::ZERO, day(2026, 3, 2), Some(day(2026, 3, 31)));
    assert_eq!(proposed.stop_days, Some(30));
    let decided = proposed.decided(day(2026, 4, 20)).unwrap();
    assert_eq!((decided.imposed_on, decided.until), (day(2026, 4, 20), Some(day(2026, 5, 19))));
    let codes = |one: Measure| one.decided(day(2026, 4, 20)).unwrap_err()[0].code;
    assert_eq!(codes(measure(PenaltyKind::Suspension, 0, None)), "penalty.stop-days");
    assert_eq!(codes(measure(PenaltyKind::Suspension, 0, Some(0))), "penalty.stop-days");
    assert_eq!(codes(measure(PenaltyKind::Suspension, 0, Some(i64::MAX))), "penalty.stop-days");
    assert_eq!(codes(measure(PenaltyKind::Fine, 5, Some(3))), "penalty.stop-days");
    assert_eq!(codes(measure(PenaltyKind::Fine, 0, None)), "credit.fine-missing");
    assert_eq!(codes(measure(PenaltyKind::Warning, 5, None)), "credit.fine-not-asked");
}

#[test]
fn a_stop_and_larger_sums_give_a_hearing() {
    let rules = book().on(day(2026, 3, 2));
    let (fine, taken) =
        (rules.money(RuleKey::PenaltyHearingFineMin), rules.money(RuleKey::PenaltyHearingConfiscationMin));
    for (kind, amount, confiscated, expected) in [
        (PenaltyKind::Warning, Fen::ZERO, Fen::ZERO, false),
        (PenaltyKind::Warning, Fen::ZERO, Fen(taken.0 - 1), false),
        (PenaltyKind::Warning, Fen::ZERO, taken, true),
        (PenaltyKind::Fine, Fen(fine.0 - 1), Fen::ZERO, false),
        (PenaltyKind::Fine, fine, Fen::ZERO, true),
        (PenaltyKind::Suspension, Fen::ZERO, Fen::ZERO, true),
    ] {
        let measure = Measure { kind, amount, stop_days: None };
        assert_eq!(measure.gives_hearing(confiscated, rules), expected, "{measure:?} {confiscated}");
    }
}

#[test]
fn the_days_are_those_of_the_text_in_force() {
    // Three days of the calendar until the revision, five working days since (its article 85); the last day moves off a
    // day without work.
    for (on, gives_hearing, answer_by) in [
        (day(2014, 3, 3), true, day(2014, 3, 6)),
        (day(2014, 3, 6), true, day(2014, 3, 10)),
        (day(2014, 3, 3), false, day(2014, 3, 6)),
        (day(2026, 3, 2), true, day(2026, 3, 9)),
        (day(2026, 3, 2), false, day(2026, 3, 9)),
    ] {
        let found = LastDays::of(book().on(on), calendar(), on, gives_hearing).unwrap();
        let expected = LastDays { answer_by, hearing_by: gives_hearing.then_some(answer_by) };
        assert_eq!(found, expected, "{on}");
    }
}
