//! Who may be rated, as findings: every condition is shown, met or not (B29, B30, B33).

use super::grade::Grade;
use super::years_after;
use crate::coded;
use crate::kernel::{Date, Finding, RuleKey, Rules};
use crate::registry::organisation::{InspectionResult, Legal, OrganisationKind, OrganisationStatus};
use crate::registry::standing::Eligibility;
use crate::registry::standing_history::Known;

coded! {
    /// Why a grade ended before its time.
    pub enum GradeEnding as "grade_ending" {
        /// Lowered to another grade.
        Lowered = "lowered",
        /// Taken away.
        Cancelled = "cancelled",
        /// A new rating took its place.
        Replaced = "replaced",
        /// The registration of whoever held it ended.
        Lapsed = "lapsed",
    }
}

/// A grade that was confirmed once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastGrade {
    /// The grade.
    pub grade: Grade,
    /// Its first day.
    pub confirmed_on: Date,
    /// Its last day, unless it ended before.
    pub valid_until: Date,
    /// The day from which it no longer held, and why.
    pub ended: Option<(Date, GradeEnding)>,
}

impl PastGrade {
    /// Whether it holds on a day.
    pub fn holds(&self, on: Date) -> bool {
        self.confirmed_on <= on && on <= self.valid_until && self.ended.is_none_or(|(day, _)| on < day)
    }
}

/// The grade that holds on a day; `None` when expired or never rated, which is no grade and not 1A (B33).
pub fn grade_on(grades: &[PastGrade], on: Date) -> Option<PastGrade> {
    grades.iter().filter(|grade| grade.holds(on)).max_by_key(|grade| grade.confirmed_on).copied()
}

/// One concluded annual inspection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastInspection {
    /// The year inspected; zero when the register knows the outcome alone.
    pub year: i64,
    /// How it came out; absence is a result of its own here (B27).
    pub result: InspectionResult,
}

/// Penalties and investigations: what the register holds, and what other authorities told of beside it (B30).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Conduct {
    /// Day of the last administrative penalty.
    pub last_penalty: Option<Date>,
    /// Whether a penalty is not carried out yet.
    pub is_penalty_unfinished: bool,
    /// Whether a case against it is being investigated.
    pub is_investigated: bool,
}

impl Conduct {
    /// What the register knew at a moment (B30).
    pub fn known(known: &Known) -> Self {
        let on = known.at.date();
        Self {
            last_penalty: known.penalties.iter().map(|(penalty, _)| penalty.imposed_on).max(),
            is_penalty_unfinished: known
                .penalties
                .iter()
                .any(|(penalty, finished)| !penalty.is_carried_out(*finished, on)),
            is_investigated: known.is_investigated,
        }
    }

    /// Both together: what one of them says is so.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            last_penalty: self.last_penalty.max(other.last_penalty),
            is_penalty_unfinished: self.is_penalty_unfinished || other.is_penalty_unfinished,
            is_investigated: self.is_investigated || other.is_investigated,
        }
    }
}

/// All that decides whether an organisation may be rated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it is.
    pub kind: OrganisationKind,
    /// Registered or only filed.
    pub legal: Legal,
    /// Whether its registration is alive.
    pub status: OrganisationStatus,
    /// Day of its certificate.
    pub registered_on: Date,
    /// Every grade it ever had.
    pub grades: Vec<PastGrade>,
    /// Its concluded inspections, in any order.
    pub inspections: Vec<PastInspection>,
    /// Penalties and investigations.
    pub conduct: Conduct,
}

/// Judges a record on one day (B29, B30, B33).
pub fn eligibility(record: &Record, on: Date, rules: Rules<'_>) -> Eligibility {
    let is_rated_kind = matches!(
        record.kind,
        OrganisationKind::SocialAssociation
            | OrganisationKind::SocialServiceInstitution
            | OrganisationKind::Foundation
    );
    let is_alive = record.legal == Legal::Registered && record.status == OrganisationStatus::Active;
    let findings = vec![
        Finding::required("rating.kind", "B29", is_rated_kind).with_code("kind", record.kind),
        Finding::required("rating.registered", "B29", is_alive).with_code("status", record.status),
        age_finding(record.registered_on, on, rules),
        turn_finding(&record.grades, on, rules),
        taken_finding(record),
        passed_finding(record),
        basic_finding(record, rules),
        penalty_finding(&record.conduct, on),
        Finding::required("rating.not-investigated", "B30", !record.conduct.is_investigated),
        bar_finding(&record.grades, on, rules),
    ];
    Eligibility { findings }
}

fn age_finding(registered_on: Date, on: Date, rules: Rules<'_>) -> Finding {
    let years = rules.number(RuleKey::RatingAgeYears);
    let is_old = years_after(registered_on, years).is_some_and(|day| day <= on);
    Finding::required("rating.age", "B29", is_old).with("years", years).with("registered", registered_on)
}

/// Never rated, expired, or within the last years of validity.
fn turn_finding(grades: &[PastGrade], on: Date, rules: Rules<'_>) -> Finding {
    let years = rules.number(RuleKey::RatingAgainYears);
    let (code, rule) = ("rating.turn", "B29");
    match grade_on(grades, on) {
        None => Finding::met(code, rule).with("years", years).with("until", "—"),
        Some(held) => {
            let eve = years_after(held.valid_until, -years);
            let is_turn = eve.is_some_and(|eve| eve < on);
            Finding::required(code, rule, is_turn).with("years", years).with("until", held.valid_until)
        }
    }
}

fn newest_first(record: &Record) -> Vec<PastInspection> {
    let mut all = record.inspections.clone();
    all.sort_by_key(|one| std::cmp::Reverse(one.year));
    all
}

fn taken_finding(record: &Record) -> Finding {
    let last = newest_first(record).first().copied();
    let is_taken = last.is_none_or(|one| one.result != InspectionResult::Absent);
    let finding = Finding::required("rating.inspection-taken", "B30", is_taken);
    finding.with("year", year_of(last))
}

fn passed_finding(record: &Record) -> Finding {
    let last = newest_first(record).first().copied();
    let is_passed = last.is_none_or(|one| one.result != InspectionResult::Fail);
    let finding = Finding::required("rating.inspection-passed", "B30", is_passed);
    finding.with("year", year_of(last))
}

fn year_of(inspection: Option<PastInspection>) -> String {
    inspection.filter(|one| one.year > 0).map_or_else(|| "—".to_owned(), |one| one.year.to_string())
}

/// Whether the last years in a row were all only basic.
pub fn is_basic_in_a_row(record: &Record, rules: Rules<'_>) -> bool {
    let years = rules.count(RuleKey::RatingBasicYears);
    let newest = newest_first(record);
    let first = newest.first().map_or(0, |one| one.year);
    let row = newest.iter().zip(0..).take(years);
    let basic =
        row.filter(|(one, back)| one.result == InspectionResult::BasicPass && one.year == first - back);
    years > 0 && basic.count() == years
}

fn basic_finding(record: &Record, rules: Rules<'_>) -> Finding {
    let years = rules.number(RuleKey::RatingBasicYears);
    Finding::required("rating.inspection-basic", "B30", !is_basic_in_a_row(record, rules))
        .with("years", years)
}

/// Penalised last year means last calendar year; this year's penalty is nearer still.
fn penalty_finding(conduct: &Conduct, on: Date) -> Finding {
    let is_recent = conduct.last_penalty.is_some_and(|day| day.year() >= on.year().saturating_sub(1));
    let finding = Finding::required("rating.no-penalty", "B30", !is_recent && !conduct.is_penalty_unfinished);
    match conduct.last_penalty {
        Some(day) => finding.with("last", day),
        None => finding.with("last", "—"),
    }
}

/// The first day on which an organisation may apply again after a grade was lowered or taken away.
pub fn free_again(grades: &[PastGrade], rules: Rules<'_>) -> Option<Date> {
    let freed = grades.iter().filter_map(|grade| {
        let (day, ending) = grade.ended?;
        let key = match ending {
            GradeEnding::Lowered => RuleKey::RatingLoweredYears,
            GradeEnding::Cancelled => RuleKey::RatingCancelledYears,
            GradeEnding::Replaced | GradeEnding::Lapsed => return None,
        };
        years_after(day, rules.number(key))
    });
    freed.max()
}

fn bar_finding(grades: &[PastGrade], on: Date, rules: Rules<'_>) -> Finding {
    let (code, rule) = ("rating.bar", "B33");
    match free_again(grades, rules) {
        Some(day) => Finding::required(code, rule, day <= on).with("free", day),
        None => Finding::met(code, rule).with("free", "—"),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::kernel::Level;
    use crate::specimen::{book, day};

    /// A record with nothing against it on 2026-03-02.
    pub(in super::super) fn sound() -> Record {
        Record {
            kind: OrganisationKind::SocialServiceInstitution,
            legal: Legal::Registered,
            status: OrganisationStatus::Active,
            registered_on: day(2020, 1, 6),
            grades: vec![],
            inspections: vec![PastInspection { year: 2025, result: InspectionResult::Pass }],
            conduct: Conduct::default(),
        }
    }

    fn held(confirmed: Date, until: Date, ended: Option<(Date, GradeEnding)>) -> Vec<PastGrade> {
        vec![PastGrade { grade: Grade::ThreeA, confirmed_on: confirmed, valid_until: until, ended }]
    }

    fn years(results: &[(i64, InspectionResult)]) -> Vec<PastInspection> {
        results.iter().map(|(year, result)| PastInspection { year: *year, result: *result }).collect()
    }

    fn check(record: Record, expected: &str) {
        let on = day(2026, 3, 2);
        let found = eligibility(&record, on, book().on(on));
        let barred = found.findings.iter().filter(|finding| finding.level == Level::Barred);
        let barred: Vec<&str> = barred.map(|finding| finding.code).collect();
        assert_eq!(barred.join(", "), expected, "{record:?}");
        assert_eq!(found.findings.len(), 10, "every condition is shown");
    }

    #[test]
    fn two_full_years_and_no_day_less() {
        check(sound(), "");
        check(Record { registered_on: day(2024, 3, 2), ..sound() }, "");
        check(Record { registered_on: day(2024, 3, 3), ..sound() }, "rating.age");
        check(Record { kind: OrganisationKind::Enterprise, ..sound() }, "rating.kind");
        check(Record { legal: Legal::Filed, ..sound() }, "rating.registered");
        check(Record { status: OrganisationStatus::Revoked, ..sound() }, "rating.registered");
    }

    #[test]
    fn a_second_rating_waits_for_the_last_two_years_or_the_end() {
        let until = |until| Record { grades: held(day(2022, 1, 1), until, None), ..sound() };
        check(until(day(2026, 3, 1)), "");
        check(until(day(2028, 3, 1)), "");
        check(until(day(2028, 3, 2)), "rating.turn");
        check(until(day(2030, 1, 1)), "rating.turn");
    }

    #[test]
    fn inspections_bar_by_what_they_were() {
        use InspectionResult::{Absent, BasicPass, Fail, Pass};
        let with = |results: &[_]| Record { inspections: years(results), ..sound() };
        check(with(&[]), "");
        check(with(&[(2025, Absent)]), "rating.inspection-taken");
        check(with(&[(2024, Absent), (2025, Pass)]), "");
        check(with(&[(2025, Fail)]), "rating.inspection-passed");
        check(with(&[(2025, BasicPass)]), "");
        check(with(&[(2024, BasicPass), (2025, BasicPass)]), "rating.inspection-basic");
        check(with(&[(2023, BasicPass), (2025, BasicPass)]), "");
        check(with(&[(2024, BasicPass), (2025, Pass)]), "");
    }

    #[test]
    fn penalties_and_investigations_bar() {
        let with = |conduct| Record { conduct, ..sound() };
        let penalised = |on| with(Conduct { last_penalty: Some(on), ..Conduct::default() });
        check(penalised(day(2025, 1, 1)), "rating.no-penalty");
        check(penalised(day(2024, 12, 31)), "");
        check(with(Conduct { is_penalty_unfinished: true, ..Conduct::default() }), "rating.no-penalty");
        check(with(Conduct { is_investigated: true, ..Conduct::default() }), "rating.not-investigated");
    }

    #[test]
    fn what_the_register_holds_and_what_is_told_count_together() {
        let told = Conduct { last_penalty: Some(day(2025, 1, 1)), ..Conduct::default() };
        let held = Conduct { is_penalty_unfinished: true, ..Conduct::default() };
        let both = held.and(told);
        assert_eq!((both.last_penalty, both.is_penalty_unfinished), (Some(day(2025, 1, 1)), true));
        assert_eq!(Conduct::default().and(Conduct::default()), Conduct::default());
        let later = Conduct { last_penalty: Some(day(2025, 5, 1)), is_investigated: true, ..held };
        assert_eq!(told.and(later), Conduct { is_penalty_unfinished: true, ..later });
    }

    #[test]
    fn after_lowering_two_years_and_after_cancelling_three() {
        let ended = |on, ending| Record {
            grades: held(day(2020, 1, 1), day(2024, 12, 31), Some((on, ending))),
            ..sound()
        };
        check(ended(day(2024, 3, 2), GradeEnding::Lowered), "");
        check(ended(day(2024, 3, 3), GradeEnding::Lowered), "rating.bar");
        check(ended(day(2023, 3, 2), GradeEnding::Cancelled), "");
        check(ended(day(2023, 3, 3), GradeEnding::Cancelled), "rating.bar");
        check(ended(day(2026, 3, 1), GradeEnding::Replaced), "");
        check(ended(day(2026, 3, 1), GradeEnding::Lapsed), "");
    }

    #[test]
    fn an_expired_grade_is_no_grade() {
        let grades = held(day(2020, 1, 1), day(2024, 12, 31), None);
        assert_eq!(grade_on(&grades, day(2024, 12, 31)).map(|held| held.grade), Some(Grade::ThreeA));
        assert_eq!(grade_on(&grades, day(2025, 1, 1)), None);
        assert_eq!(grade_on(&grades, day(2019, 12, 31)), None);
        let ended = held(day(2020, 1, 1), day(2024, 12, 31), Some((day(2022, 5, 1), GradeEnding::Cancelled)));
        assert_eq!(grade_on(&ended, day(2022, 5, 1)), None);
        assert!(grade_on(&ended, day(2022, 4, 30)).is_some());
    }
}
