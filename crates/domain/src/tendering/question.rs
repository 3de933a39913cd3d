//! Questions: anyone who may bid asks before the last day, and the answer goes to all without the asker's
//! name, since a name would tell who means to bid (C21, C30, C60).

use super::stage::Stage;
use crate::kernel::{Date, Moment, Refusal};

/// Whether a question may be asked now.
pub fn may_ask(stage: Stage, last_questions: Date, now: Moment, text: &str) -> Result<(), Refusal> {
    stage.expect(Stage::Bidding)?;
    if now.date() > last_questions {
        return Err(Refusal::new("tendering.questions-closed", "C21").with("last", last_questions));
    }
    if text.trim().is_empty() {
        return Err(Refusal::new("tendering.question-empty", "C60").at("question"));
    }
    Ok(())
}

/// Whether an answer may be published now. A question may be answered after its last day, but not after the
/// deadline, when nobody could use the answer.
pub fn may_answer(stage: Stage, deadline: Moment, now: Moment, text: &str) -> Result<(), Refusal> {
    stage.expect(Stage::Bidding)?;
    if now >= deadline {
        return Err(Refusal::new("tendering.deadline-passed", "C30").with("deadline", deadline));
    }
    if text.trim().is_empty() {
        return Err(Refusal::new("tendering.answer-empty", "C60").at("answer"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::day;

    fn code(found: Result<(), Refusal>) -> Option<&'static str> {
        found.err().map(|refusal| refusal.code)
    }

    #[test]
    fn questions_end_with_their_last_day_and_answers_with_the_deadline() {
        let last = day(2026, 9, 23);
        let evening = Moment::beijing(last, 23, 59);
        assert_eq!(code(may_ask(Stage::Bidding, last, evening, "付款?")), None);
        assert_eq!(
            code(may_ask(Stage::Bidding, last, Moment::end_of(last), "?")),
            Some("tendering.questions-closed")
        );
        assert_eq!(code(may_ask(Stage::Bidding, last, evening, " ")), Some("tendering.question-empty"));
        assert_eq!(code(may_ask(Stage::Opened, last, evening, "?")), Some("tendering.wrong-stage"));
        let deadline = Moment::beijing(day(2026, 9, 28), 9, 0);
        assert_eq!(code(may_answer(Stage::Bidding, deadline, evening, "按月")), None);
        assert_eq!(code(may_answer(Stage::Bidding, deadline, evening, "")), Some("tendering.answer-empty"));
        assert_eq!(
            code(may_answer(Stage::Bidding, deadline, deadline, "按月")),
            Some("tendering.deadline-passed")
        );
    }
}
