//! What a recipient asks to be followed up: acknowledged, answered, in time and in public (E6, S73).

use crate::coded;
use crate::kernel::{Calendar, Date, Refusal, RuleKey, Rules};

/// No words of a recipient are longer, in characters.
pub const WORDS_MAX: usize = 1_000;
/// No answer is longer, in characters.
pub const ANSWER_MAX: usize = 2_000;

coded! {
    /// How far a request to follow up has come.
    pub enum FeedbackStep as "feedback_step" {
        /// Nobody has taken it up yet.
        Filed = "filed",
        /// The office has seen it.
        Acknowledged = "acknowledged",
        /// Answered, for all to read.
        Answered = "answered",
    }
}

impl FeedbackStep {
    /// How far it has come by what has happened.
    pub fn of(is_acknowledged: bool, is_answered: bool) -> Self {
        match (is_answered, is_acknowledged) {
            (true, _) => Self::Answered,
            (false, true) => Self::Acknowledged,
            (false, false) => Self::Filed,
        }
    }
}

/// By when a request is acknowledged and answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedbackDue {
    /// Last day to acknowledge.
    pub acknowledge: Date,
    /// Last day to answer.
    pub answer: Date,
}

/// The last days for what was filed on `filed`.
///
/// # Errors
/// Beyond the published calendar.
pub fn due(rules: Rules<'_>, calendar: &Calendar, filed: Date) -> Result<FeedbackDue, Refusal> {
    let acknowledge = rules.deadline(calendar, RuleKey::FeedbackAcknowledgeWorkingDays, filed)?.due;
    let answer = rules.deadline(calendar, RuleKey::FeedbackAnswerWorkingDays, filed)?.due;
    Ok(FeedbackDue { acknowledge, answer })
}

/// Checks the words of a request.
///
/// # Errors
/// Nothing said, or too much.
pub fn check_words(words: &str) -> Result<(), Refusal> {
    match words.trim().chars().count() {
        0 => Err(Refusal::new("performance.feedback-empty", "E6").at("words")),
        length if length > WORDS_MAX => {
            Err(Refusal::new("performance.feedback-too-long", "E6").at("words").with("max", WORDS_MAX))
        }
        _ => Ok(()),
    }
}

/// Checks an answer to a request that has come so far.
///
/// # Errors
/// Nothing said, too much, or answered already.
pub fn check_answer(step: FeedbackStep, answer: &str) -> Result<(), Refusal> {
    if step == FeedbackStep::Answered {
        return Err(Refusal::new("performance.feedback-answered", "E6"));
    }
    match answer.trim().chars().count() {
        0 => Err(Refusal::new("performance.feedback-answer-empty", "E6").at("answer")),
        length if length > ANSWER_MAX => Err(Refusal::new("performance.feedback-answer-too-long", "E6")
            .at("answer")
            .with("max", ANSWER_MAX)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{calendar, day, rules};

    #[test]
    fn a_request_is_acknowledged_in_three_and_answered_in_ten_working_days() {
        let due = due(rules(), calendar(), day(2026, 9, 23)).unwrap();
        // The festival of 25 to 27 September and the week from 1 October do not count, the Saturday after it does.
        assert_eq!(due.acknowledge, day(2026, 9, 29));
        assert_eq!(due.answer, day(2026, 10, 14));
    }

    #[test]
    fn words_are_said_and_answered_once() {
        let code = |found: Result<(), Refusal>| found.err().map(|refusal| refusal.code);
        assert_eq!(code(check_words("有人没来")), None);
        assert_eq!(code(check_words(" ")), Some("performance.feedback-empty"));
        assert_eq!(code(check_words(&"长".repeat(WORDS_MAX + 1))), Some("performance.feedback-too-long"));
        assert_eq!(code(check_words(&"长".repeat(WORDS_MAX))), None);
        let filed = FeedbackStep::of(false, false);
        assert_eq!(code(check_answer(filed, "已整改")), None);
        assert_eq!(code(check_answer(filed, "")), Some("performance.feedback-answer-empty"));
        let answered = FeedbackStep::of(true, true);
        assert_eq!(code(check_answer(answered, "再答")), Some("performance.feedback-answered"));
        assert_eq!(FeedbackStep::of(true, false), FeedbackStep::Acknowledged);
    }
}
