//! Call-backs: so many lines of the ledger, drawn by a seed that anyone can recompute, are asked after with
//! those who were served (E3b).

use crate::coded;
use crate::kernel::{Refusal, RuleKey, Rules};

coded! {
    /// What a call-back found.
    pub enum CallBackOutcome as "call_back_outcome" {
        /// The service was rendered as recorded.
        Confirmed = "confirmed",
        /// It was not, or not so.
        Differs = "differs",
        /// Nobody could be reached.
        NotReached = "not_reached",
    }
}

/// How many of so many lines are called back: the rule's share, rounded up, and one at least.
pub fn need(lines: usize, rules: Rules<'_>) -> Result<usize, Refusal> {
    let held = u32::try_from(lines).unwrap_or(u32::MAX);
    if held == 0 {
        return Err(Refusal::new("performance.report-without-records", "E3b"));
    }
    let least = rules.ratio(RuleKey::CallBackMin).least_of(held).clamp(1, held);
    Ok(usize::try_from(least).unwrap_or(lines))
}

/// Refuses an outcome that differs without a word on how.
pub fn check_outcome(outcome: CallBackOutcome, note: &str) -> Result<(), Refusal> {
    if outcome != CallBackOutcome::Confirmed && note.trim().is_empty() {
        return Err(Refusal::new("performance.call-back-note-empty", "E3b").at("note"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::rules;

    #[test]
    fn a_twentieth_is_called_back_and_one_at_least() {
        for (lines, expected) in [(1, 1), (20, 1), (21, 2), (100, 5), (101, 6)] {
            assert_eq!(need(lines, rules()), Ok(expected), "{lines}");
        }
        assert_eq!(need(0, rules()).unwrap_err().code, "performance.report-without-records");
    }

    #[test]
    fn what_differs_is_said_in_words() {
        for (outcome, note, is_fine) in [
            (CallBackOutcome::Confirmed, "", true),
            (CallBackOutcome::Differs, " ", false),
            (CallBackOutcome::Differs, "未上门", true),
            (CallBackOutcome::NotReached, "", false),
        ] {
            assert_eq!(check_outcome(outcome, note).is_ok(), is_fine, "{outcome:?}");
        }
    }
}
