//! Every gate, with what opens and closes it.

use super::super::credit::{CreditList, ListingFact, ListingGround, Penalty, PenaltyKind};
use super::super::standing::Standing;
use super::super::standing::tests::sound;
use super::super::standing_history::tests::blank;
use super::super::standing_history::{History, InspectionFact, PenaltyFact, RatingFact, Span, StatusFact};
use super::*;
use crate::kernel::{Coded, Fen, Moment};
use crate::specimen::{book, day};

const ON: Date = Date::constant(2026, 9, 18);

fn check(history: &History, gate: Gate, expected: &str) {
    let moment = Moment::beijing(ON, 10, 0);
    let answer = history.at(moment, book().on(ON)).gate(gate, book().on(ON));
    let told: Vec<String> = answer
        .findings
        .iter()
        .filter(|finding| finding.level != Level::Met)
        .map(|finding| format!("{} {} ({})", finding.level.code(), finding.code, finding.rule))
        .collect();
    assert_eq!(told.join(", "), expected, "{gate:?}");
    assert_eq!(answer.require().is_ok(), answer.level() != Level::Barred);
}

fn listed(list: CreditList) -> History {
    let fact = ListingFact {
        list,
        ground: ListingGround::OtherAbnormal,
        listed_at: Moment::beijing(day(2026, 9, 1), 9, 0),
        removed_at: None,
    };
    History { listings: vec![fact], ..charity() }
}

fn charity() -> History {
    let since = Span { from: Moment::start_of(day(2025, 9, 18)), to: None };
    let grade =
        RatingFact { grade: 3, confirmed_on: day(2022, 1, 10), valid_until: day(2027, 1, 9), ended: None };
    History { charity: vec![since], ratings: vec![grade], ..blank() }
}

fn punished(kind: PenaltyKind, imposed_on: Date) -> PenaltyFact {
    let penalty = Penalty { kind, amount: Fen::ZERO, imposed_on, until: None };
    PenaltyFact { penalty, from: Moment::start_of(imposed_on), finished_on: None }
}

#[test]
fn the_lists_open_and_close_the_gates_by_weight() {
    let (abnormal, serious) = (listed(CreditList::Abnormal), listed(CreditList::Serious));
    for gate in Gate::ALL {
        check(&charity(), *gate, "");
    }
    check(&abnormal, Gate::Bid, "warn registry.credit-listing (B38)");
    check(&abnormal, Gate::Charity, "barred registry.on-no-list (B38)");
    check(&abnormal, Gate::PublicFundraising, "barred registry.on-no-list (B39)");
    for gate in [Gate::Sign, Gate::Rating, Gate::Programme, Gate::Incubator, Gate::Grant] {
        check(&abnormal, gate, "");
    }
    check(&serious, Gate::Bid, "barred registry.credit-listing (B38)");
    for gate in [Gate::Sign, Gate::Programme, Gate::Incubator, Gate::Grant] {
        check(&serious, gate, "barred registry.not-serious (B38)");
    }
    check(&serious, Gate::Charity, "barred registry.on-no-list (B38)");
}

#[test]
fn a_filed_organisation_signs_rates_and_raises_nothing() {
    let identity = Standing { legal: Legal::Filed, ..sound(1) };
    let filed = History { identity, ..charity() };
    check(&filed, Gate::Bid, "barred registry.legal-personality (T3)");
    for gate in [Gate::Sign, Gate::Rating, Gate::Charity, Gate::PublicFundraising] {
        check(&filed, gate, "barred registry.is-registered (T3)");
    }
    check(&filed, Gate::Programme, "");
    check(&filed, Gate::Grant, "warn registry.host-needed (T3)");
    let status = StatusFact { from: Moment::start_of(ON), status: OrganisationStatus::Revoked };
    check(&History { statuses: vec![status], ..blank() }, Gate::Incubator, "barred registry.alive (C17)");
}

#[test]
fn a_rating_is_asked_for_by_the_old_enough_inspected_and_unpunished() {
    let inspected = |outcomes: &[(i64, InspectionResult)]| {
        let fact = |(year, result): &(i64, InspectionResult)| InspectionFact {
            year: *year,
            from: Moment::start_of(day(2026, 7, 1)),
            result: *result,
        };
        History { inspections: outcomes.iter().map(fact).collect(), ..blank() }
    };
    use InspectionResult::{Absent, BasicPass, Fail, Pass};
    check(&inspected(&[(2025, Absent)]), Gate::Rating, "barred registry.inspection-attended (B30)");
    check(&inspected(&[(2025, Fail)]), Gate::Rating, "barred registry.inspection-not-failed (B30)");
    check(&inspected(&[(2025, Pass), (2024, Fail)]), Gate::Rating, "");
    check(
        &inspected(&[(2025, BasicPass), (2024, BasicPass)]),
        Gate::Rating,
        "barred registry.no-basic-run (B30)",
    );
    check(&inspected(&[(2025, BasicPass), (2023, BasicPass)]), Gate::Rating, "");
    let young = |registered_on| History { registered_on, ..blank() };
    check(&young(day(2024, 9, 18)), Gate::Rating, "");
    check(&young(day(2024, 9, 19)), Gate::Rating, "barred registry.certificate-age (B29)");
    let with = |fact| History { penalties: vec![fact], ..blank() };
    check(
        &with(punished(PenaltyKind::Warning, day(2025, 12, 31))),
        Gate::Rating,
        "barred registry.no-penalty-last-year (B30)",
    );
    check(
        &with(punished(PenaltyKind::Fine, day(2026, 2, 1))),
        Gate::Rating,
        "barred registry.penalty-finished (B30)",
    );
    let open = Span { from: Moment::start_of(day(2026, 9, 1)), to: None };
    check(
        &History { investigations: vec![open], ..blank() },
        Gate::Rating,
        "barred registry.not-investigated (B30)",
    );
}

#[test]
fn a_grade_is_renewed_in_its_last_two_years_and_a_lost_one_waits() {
    let grade = |valid_until, ended| {
        let fact = RatingFact { grade: 4, confirmed_on: day(2022, 1, 10), valid_until, ended };
        History { ratings: vec![fact], ..blank() }
    };
    check(&grade(day(2028, 9, 18), None), Gate::Rating, "");
    check(&grade(day(2028, 9, 19), None), Gate::Rating, "barred registry.rating-window (B29)");
    let lost = |on, how| grade(day(2029, 1, 1), Some((on, how)));
    let barred = "barred registry.rating-not-lost (B33)";
    check(&lost(day(2024, 9, 18), RatingEnd::Lowered), Gate::Rating, "");
    check(&lost(day(2024, 9, 19), RatingEnd::Lowered), Gate::Rating, barred);
    check(&lost(day(2023, 9, 19), RatingEnd::Cancelled), Gate::Rating, barred);
    check(&lost(day(2023, 9, 18), RatingEnd::Cancelled), Gate::Rating, "");
}

#[test]
fn funds_are_raised_by_graded_or_young_charities_without_a_stain() {
    let since = |on| vec![Span { from: Moment::start_of(on), to: None }];
    let gate = Gate::PublicFundraising;
    check(
        &History { charity: since(day(2025, 9, 19)), ..charity() },
        gate,
        "barred registry.charity-for (B39)",
    );
    check(&History { ratings: Vec::new(), ..charity() }, gate, "barred registry.graded-or-young (B39)");
    let young = History { ratings: Vec::new(), registered_on: day(2024, 9, 19), ..charity() };
    check(&young, gate, "");
    let silent = InspectionFact {
        year: 2025,
        from: Moment::start_of(day(2026, 7, 1)),
        result: InspectionResult::Absent,
    };
    check(&History { inspections: vec![silent], ..charity() }, gate, "barred registry.yearly-reported (B39)");
    let with = |on| History { penalties: vec![punished(PenaltyKind::Warning, on)], ..charity() };
    check(&with(day(2025, 9, 18)), gate, "");
    check(&with(day(2025, 9, 19)), gate, "barred registry.no-penalty-within-year (B39)");
}

#[test]
fn a_charity_is_recognised_under_the_law_of_the_day() {
    let at = |history: &History, on: Date| {
        let known = history.at(Moment::beijing(on, 10, 0), book().on(on));
        let answer = known.gate(Gate::Charity, book().on(on));
        let barred = answer.findings.iter().filter(|one| one.level == Level::Barred);
        barred.map(|one| one.code).collect::<Vec<_>>().join(" ")
    };
    let of = |registered_on| History { registered_on, ..blank() };
    let (old, young) = (of(day(2016, 3, 15)), of(day(2016, 3, 16)));
    for (history, on, expected) in [
        (&old, day(2016, 8, 31), "registry.charity-law"),
        (&old, day(2016, 9, 1), ""),
        // Until its amendment the law recognised whoever was there before it was published.
        (&young, day(2024, 9, 4), "registry.charity-older"),
        (&young, day(2024, 9, 5), ""),
    ] {
        assert_eq!(at(history, on), expected, "{on}");
    }
    let warned = History { penalties: vec![punished(PenaltyKind::Warning, day(2024, 9, 19))], ..blank() };
    assert_eq!(at(&warned, ON), "registry.no-penalty-within-year", "two years are not over");
    assert_eq!(at(&warned, day(2026, 9, 19)), "");
}

#[test]
fn the_law_of_the_day_says_how_long_one_was_a_charity_and_clean() {
    let since = |on| vec![Span { from: Moment::start_of(on), to: None }];
    let at = |history: &History, on: Date| {
        let answer = history
            .at(Moment::beijing(on, 10, 0), book().on(on))
            .gate(Gate::PublicFundraising, book().on(on));
        let barred = answer.findings.iter().filter(|one| one.level == Level::Barred);
        barred.map(|one| one.code).collect::<Vec<_>>().join(" ")
    };
    let of = |from: Date, registered_on: Date| History {
        charity: since(from),
        ratings: Vec::new(),
        registered_on,
        ..charity()
    };
    for (charity_from, on, expected) in [
        // Before the Charity Law nobody raises funds on such a certificate.
        (day(2014, 1, 10), day(2016, 8, 31), "registry.fundraising-law"),
        (day(2016, 9, 1), day(2018, 8, 31), "registry.charity-for"),
        (day(2016, 9, 1), day(2018, 9, 1), ""),
        (day(2023, 9, 4), day(2024, 9, 4), "registry.charity-for"),
        (day(2023, 9, 5), day(2024, 9, 5), ""),
        (day(2023, 9, 6), day(2024, 9, 5), "registry.charity-for"),
    ] {
        // One year old, so that no grade is asked for.
        let young = of(charity_from, day(on.year() - 1, 10, 1));
        assert_eq!(at(&young, on), expected, "{charity_from} {on}");
    }
    let silent = InspectionFact {
        year: 2017,
        from: Moment::start_of(day(2018, 7, 1)),
        result: InspectionResult::Absent,
    };
    let early = History { inspections: vec![silent], ..of(day(2016, 9, 1), day(2017, 10, 1)) };
    assert_eq!(at(&early, day(2018, 9, 1)), "", "Decree 59 did not ask for the yearly report");
    let warned = |on| History {
        penalties: vec![punished(PenaltyKind::Warning, on)],
        ..of(day(2016, 9, 1), day(2022, 10, 1))
    };
    assert_eq!(at(&warned(day(2022, 6, 1)), day(2024, 5, 31)), "registry.no-penalty-within-year");
    assert_eq!(at(&warned(day(2022, 6, 1)), day(2024, 6, 1)), "");
}
