//! The telephone check: some of those to whom cards went are called, to find recipients who are none (E2).
//!
//! Whether someone is there, was served and got a card is asked; what they answered never is.

use crate::coded;
use crate::kernel::{Refusal, RuleKey, Rules};

coded! {
    /// What a call found.
    pub enum CheckOutcome as "check_outcome" {
        /// There, served, and got a card.
        Confirmed = "confirmed",
        /// Not there, or not served.
        NotServed = "not_served",
        /// Served, but nobody gave them a card.
        NoCard = "no_card",
        /// Nobody could be reached.
        NotReached = "not_reached",
    }
}

/// How many of those to whom cards went are called: the rule's share of the cards, rounded up, one at least, and never
/// more than there are.
pub fn need(cards: i64, recipients: usize, rules: Rules<'_>) -> usize {
    let cards = u32::try_from(cards).unwrap_or(u32::MAX);
    let least = rules.ratio(RuleKey::SurveyCheckShare).least_of(cards).max(1);
    usize::try_from(least).unwrap_or(recipients).min(recipients)
}

/// Refuses a call that was recorded, and one that found something without a word on it; `position` is its place.
///
/// # Errors
/// `performance.check-recorded`, `performance.check-outcome-missing`, `performance.check-note-empty`.
pub fn check_outcome(
    before: Option<CheckOutcome>,
    outcome: Option<CheckOutcome>,
    note: &str,
    position: i64,
) -> Result<CheckOutcome, Refusal> {
    if before.is_some() {
        return Err(Refusal::new("performance.check-recorded", "E2"));
    }
    let missing =
        || Refusal::new("performance.check-outcome-missing", "E2").at(format!("outcome.{position}"));
    let outcome = outcome.ok_or_else(missing)?;
    if outcome != CheckOutcome::Confirmed && note.trim().is_empty() {
        return Err(Refusal::new("performance.check-note-empty", "E2").at(format!("note.{position}")));
    }
    Ok(outcome)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::rules;

    #[test]
    fn a_twentieth_of_the_cards_is_checked_and_one_at_least() {
        for (cards, recipients, expected) in [
            (1, 1, 1),
            (20, 20, 1),
            (21, 21, 2),
            (40, 40, 2),
            (120, 40, 6),
            (1000, 3, 3),
            (0, 5, 1),
            (9, 0, 0),
        ] {
            assert_eq!(need(cards, recipients, rules()), expected, "{cards} of {recipients}");
        }
    }

    #[test]
    fn a_call_is_recorded_once_and_what_it_found_is_said() {
        use CheckOutcome::{Confirmed, NoCard, NotReached};
        for (before, outcome, note, expected) in [
            (None, Some(Confirmed), "", None),
            (None, Some(NoCard), "没有收到卡", None),
            (None, Some(NoCard), " ", Some("performance.check-note-empty")),
            (None, Some(NotReached), "", Some("performance.check-note-empty")),
            (None, None, "x", Some("performance.check-outcome-missing")),
            (Some(NotReached), Some(Confirmed), "", Some("performance.check-recorded")),
        ] {
            let found = check_outcome(before, outcome, note, 2).err();
            assert_eq!(found.map(|refusal| refusal.code), expected, "{outcome:?} {note}");
        }
    }
}
