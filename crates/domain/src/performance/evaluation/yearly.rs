//! Which years of a long contract are judged by a yearly round: all but the last, which the final one judges (C51).

use crate::contracts::Term;
use crate::kernel::{Date, Refusal, Rules};

/// How many yearly rounds a contract of this term has; rounds begun under older rules stay.
pub fn rounds(term: &Term, begun: i64, rules: Rules<'_>) -> i64 {
    (term.years(rules) - 1).max(begun).max(0)
}

/// Refuses to judge a year, or to ask about it, that the contract does not have or that has not begun. `begun` is how
/// many yearly rounds stand already.
///
/// # Errors
/// `performance.yearly-beyond-term`, `performance.year-not-begun`.
pub fn check(year: i64, term: &Term, begun: i64, today: Date, rules: Rules<'_>) -> Result<(), Refusal> {
    let most = rounds(term, begun, rules);
    if year < 1 || year > most {
        let refusal = Refusal::new("performance.yearly-beyond-term", "C51");
        return Err(refusal.with("year", year).with("most", most));
    }
    match term.year_begins(year, rules).filter(|first| today < *first) {
        Some(first) => {
            Err(Refusal::new("performance.year-not-begun", "C51").with("year", year).with("first", first))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{day, rules};

    #[test]
    fn every_year_but_the_last_has_a_round_of_its_own() {
        let one = Term { starts: day(2026, 3, 1), ends: day(2027, 2, 28) };
        let two = Term { starts: day(2026, 3, 1), ends: day(2028, 1, 31) };
        let three = Term { starts: day(2026, 3, 1), ends: day(2029, 2, 28) };
        let (beyond, early) = (Some("performance.yearly-beyond-term"), Some("performance.year-not-begun"));
        for (term, year, begun, today, expected) in [
            (one, 1, 0, day(2026, 9, 1), beyond),
            (one, 1, 1, day(2026, 9, 1), None),
            (two, 1, 0, day(2027, 1, 10), None),
            (two, 2, 0, day(2027, 9, 1), beyond),
            (three, 0, 0, day(2027, 9, 1), beyond),
            (three, 1, 0, day(2026, 2, 28), early),
            (three, 1, 0, day(2026, 3, 1), None),
            (three, 2, 1, day(2027, 2, 28), early),
            (three, 2, 1, day(2027, 3, 1), None),
            (three, 3, 2, day(2028, 9, 1), beyond),
        ] {
            let found = check(year, &term, begun, today, rules()).err().map(|refusal| refusal.code);
            assert_eq!(found, expected, "{year} of {term:?} on {today}");
        }
    }
}
