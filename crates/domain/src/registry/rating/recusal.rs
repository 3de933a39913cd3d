//! Who must not judge an organisation: interest, service within the last years, own word (B32).

use super::years_after;
use crate::kernel::{Date, Refusal, RuleKey, Rules};

/// What binds a judge to the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bond {
    /// Served there; it loses its force some years after its end.
    Service,
    /// Kinship, founding, or another interest: it never fades.
    Interest,
}

/// Ties on record whose force ends with time, by their codes in the expert pool.
const SERVICE: [&str; 5] = ["employed", "director_or_supervisor", "holder_or_controller", "adviser", "other"];

impl Bond {
    /// The bond of a tie in the expert pool, by the tie's code.
    pub fn of_tie(code: &str) -> Self {
        if SERVICE.contains(&code) { Self::Service } else { Self::Interest }
    }
}

/// One bond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// What it is.
    pub bond: Bond,
    /// Its last day; `None` while it lasts.
    pub ended: Option<Date>,
}

/// Whether a tie keeps a judge away on a day.
pub fn weighs(tie: &Tie, on: Date, rules: Rules<'_>) -> bool {
    let years = rules.number(RuleKey::RatingRecusalYears);
    match (tie.bond, tie.ended) {
        (Bond::Interest, _) | (Bond::Service, None) => true,
        (Bond::Service, Some(ended)) => years_after(ended, years).is_none_or(|free| free > on),
    }
}

/// Refuses a judge whom a tie keeps away.
///
/// # Errors
/// `rating.recused` with the years of the rule.
pub fn check(ties: &[Tie], on: Date, rules: Rules<'_>) -> Result<(), Refusal> {
    if ties.iter().any(|tie| weighs(tie, on, rules)) {
        let years = rules.number(RuleKey::RatingRecusalYears);
        return Err(Refusal::new("rating.recused", "B32").with("years", years));
    }
    Ok(())
}

/// A judge steps back by own word, with a reason, before having judged.
///
/// # Errors
/// `rating.recusal-after-judging`, `rating.recusal-reason-missing`.
pub fn by_own_word(reason: &str, has_judged: bool) -> Result<(), Refusal> {
    if has_judged {
        return Err(Refusal::new("rating.recusal-after-judging", "B32"));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::new("rating.recusal-reason-missing", "B32").at("reason"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{day, rules};

    #[test]
    fn service_weighs_for_two_years_and_interest_always() {
        let on = day(2026, 9, 18);
        for (code, ended, expected) in [
            ("employed", None, true),
            // 20 months ago (G5).
            ("employed", Some(day(2025, 1, 18)), true),
            ("employed", Some(day(2024, 9, 19)), true),
            ("employed", Some(day(2024, 9, 18)), false),
            ("adviser", Some(day(2020, 1, 1)), false),
            ("spouse", Some(day(2001, 1, 1)), true),
            ("founder", Some(day(2001, 1, 1)), true),
        ] {
            let tie = Tie { bond: Bond::of_tie(code), ended };
            assert_eq!(check(&[tie], on, rules()).is_err(), expected, "{code} {ended:?}");
        }
        assert!(check(&[], on, rules()).is_ok());
    }

    #[test]
    fn own_word_needs_a_reason_and_comes_before_judging() {
        assert!(by_own_word("曾任其顾问", false).is_ok());
        assert_eq!(by_own_word(" ", false).unwrap_err().code, "rating.recusal-reason-missing");
        assert_eq!(by_own_word("x", true).unwrap_err().code, "rating.recusal-after-judging");
    }
}
