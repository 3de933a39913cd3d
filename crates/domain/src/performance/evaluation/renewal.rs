//! What a good result is for: choice, budget and policy, and never a renewal (C51, C56).

use super::score::EvaluationGrade;
use crate::contracts::term::{LongTermTick, Term};
use crate::kernel::{Coded, Date, Refusal, Rules};

/// A contract whose office wants it to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continuation {
    /// Its term.
    pub term: Term,
    /// Conditions ticked for a long term.
    pub ticks: Vec<LongTermTick>,
    /// Whether the budget of all its years is assured.
    pub is_budget_assured: bool,
    /// Years that were let go on already.
    pub years_passed: usize,
    /// Grades of the published yearly evaluations, oldest first.
    pub yearly: Vec<EvaluationGrade>,
}

/// The year that may begin, counted from 1, or why none may.
///
/// A year beyond the term is a new purchase, whatever the grade (C56). A year within a long term needs its four
/// ticks, an assured budget, and the yearly evaluation of the year before with at least 中 (C51).
///
/// # Errors
/// `performance.renewal-without-competition`, `performance.long-term-condition-missing`,
/// `performance.yearly-evaluation-missing`, `performance.yearly-grade-too-low`.
pub fn next_year(asked: &Continuation, rules: Rules<'_>) -> Result<usize, Refusal> {
    let next = asked.years_passed + 2;
    if i64::try_from(next).unwrap_or(i64::MAX) > asked.term.years(rules) {
        return Err(beyond(asked.term.ends, asked.yearly.last().copied()));
    }
    if let Some(missing) = LongTermTick::ALL.iter().find(|tick| !asked.ticks.contains(tick)) {
        let refusal = Refusal::new("performance.long-term-condition-missing", "C51");
        return Err(refusal.with_code("condition", *missing));
    }
    if !asked.is_budget_assured {
        return Err(Refusal::new("performance.long-term-budget-not-assured", "C51"));
    }
    match asked.yearly.get(asked.years_passed) {
        None => Err(Refusal::new("performance.yearly-evaluation-missing", "C51").with("year", next - 1)),
        Some(EvaluationGrade::Cha) => {
            let refusal = Refusal::new("performance.yearly-grade-too-low", "C51").with("year", next - 1);
            Err(refusal.with_code("grade", EvaluationGrade::Cha))
        }
        Some(_) => Ok(next),
    }
}

/// Whether what falls due on `due` may be delivered: the first year begins by itself, every other one only when it was
/// let go on; `let_on` holds these (C51).
///
/// # Errors
/// `performance.year-not-let-go-on`.
pub fn may_deliver(term: Term, due: Date, let_on: &[i64], rules: Rules<'_>) -> Result<(), Refusal> {
    let year = term.year_of(due, rules);
    if year == 1 || let_on.contains(&year) {
        return Ok(());
    }
    Err(Refusal::new("performance.year-not-let-go-on", "C51").with("year", year))
}

/// The refusal of a renewal without competition; a grade is named, and changes nothing (C56).
pub fn beyond(ends: Date, grade: Option<EvaluationGrade>) -> Refusal {
    let refusal = Refusal::new("performance.renewal-without-competition", "C56").with("ends", ends);
    match grade {
        Some(grade) => refusal.with_code("grade", grade),
        None => refusal.with("grade", "—"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{day, rules};

    #[test]
    fn a_good_grade_never_renews_and_a_bad_one_ends_a_long_contract() {
        use EvaluationGrade::{Cha, Liang, You, Zhong};
        let three = Term { starts: day(2026, 3, 1), ends: day(2029, 2, 28) };
        let one = Term { starts: day(2026, 3, 1), ends: day(2027, 2, 28) };
        let all = LongTermTick::ALL;
        for (term, ticks, passed, yearly, expected) in [
            (one, &all[..0], 0, vec![Liang], Err("performance.renewal-without-competition")),
            (one, &all[..4], 0, vec![You], Err("performance.renewal-without-competition")),
            (three, &all[..3], 0, vec![Liang], Err("performance.long-term-condition-missing")),
            (three, &all[..4], 0, vec![], Err("performance.yearly-evaluation-missing")),
            (three, &all[..4], 0, vec![Cha], Err("performance.yearly-grade-too-low")),
            (three, &all[..4], 0, vec![Zhong], Ok(2)),
            (three, &all[..4], 1, vec![Zhong], Err("performance.yearly-evaluation-missing")),
            (three, &all[..4], 1, vec![Zhong, Liang], Ok(3)),
            (three, &all[..4], 2, vec![Zhong, Liang, You], Err("performance.renewal-without-competition")),
        ] {
            let asked = Continuation {
                term,
                ticks: ticks.to_vec(),
                is_budget_assured: true,
                years_passed: passed,
                yearly,
            };
            let found = next_year(&asked, rules()).map_err(|refusal| refusal.code);
            assert_eq!(found, expected, "{asked:?}");
        }
    }

    #[test]
    fn a_year_that_was_not_let_go_on_delivers_nothing() {
        let three = Term { starts: day(2026, 3, 1), ends: day(2029, 2, 28) };
        for (due, let_on, expected) in [
            (day(2027, 2, 28), &[][..], true),
            (day(2027, 3, 1), &[], false),
            (day(2027, 3, 1), &[2], true),
            (day(2029, 2, 28), &[2], false),
            (day(2029, 2, 28), &[2, 3], true),
        ] {
            let found = may_deliver(three, due, let_on, rules());
            assert_eq!(found.is_ok(), expected, "{due} {let_on:?}");
        }
    }

    #[test]
    fn a_budget_that_is_not_assured_ends_it_too() {
        let asked = Continuation {
            term: Term { starts: day(2026, 3, 1), ends: day(2028, 2, 29) },
            ticks: LongTermTick::ALL.to_vec(),
            is_budget_assured: false,
            years_passed: 0,
            yearly: vec![EvaluationGrade::You],
        };
        let refusal = next_year(&asked, rules()).unwrap_err();
        assert_eq!(refusal.code, "performance.long-term-budget-not-assured");
    }
}
