//! One answer: whether it is whole, whether it may be given now, and how it came.

use super::question::{Mark, Question};
use crate::coded;
use crate::kernel::{Coded, Date, Refusal, RuleKey, Rules};

coded! {
    /// How an answer came.
    pub enum Means as "survey_means" {
        /// Signed in the recipient's own browser; the code never left it.
        Signed = "signed",
        /// The code was typed and sent; the server signed in its place.
        Typed = "typed",
        /// A street officer typed code and answers for the recipient.
        Assisted = "assisted",
    }
}

coded! {
    /// Where a survey stands.
    pub enum SurveyStep as "survey_step" {
        /// Sample committed to, or drawn; keys perhaps handed in.
        Prepared = "prepared",
        /// Sample drawn and keys public: cards may answer.
        Open = "open",
        /// Counted for good.
        Closed = "closed",
    }
}

/// What a recipient answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// A mark for each question.
    pub marks: Vec<(Question, Mark)>,
    /// Given in the recipient's name by somebody else (代填).
    pub is_proxy: bool,
}

impl Answer {
    /// Reads an answer: each question must have a mark.
    ///
    /// # Errors
    /// Each question without one, at its field.
    pub fn of(
        asked: &[Question],
        given: impl Fn(Question) -> Option<Mark>,
        is_proxy: bool,
    ) -> Result<Self, Vec<Refusal>> {
        let (mut marks, mut faults) = (Vec::new(), Vec::new());
        for question in asked {
            match given(*question) {
                Some(mark) => marks.push((*question, mark)),
                None => faults.push(
                    Refusal::new("performance.survey-unanswered", "E2")
                        .at(question.code())
                        .with_code("question", *question),
                ),
            }
        }
        if faults.is_empty() { Ok(Self { marks, is_proxy }) } else { Err(faults) }
    }

    /// The mark that the satisfaction rate counts.
    pub fn overall(&self) -> i64 {
        let overall = self.marks.iter().find(|(question, _)| *question == Question::Overall);
        overall.map_or(0, |(_, mark)| mark.points())
    }

    /// Each answer as the signed message holds it.
    pub fn numbers(&self) -> impl Iterator<Item = (String, i64)> {
        let marks = self.marks.iter().map(|(question, mark)| (question.code().to_owned(), mark.points()));
        marks.chain([("is_proxy".to_owned(), i64::from(self.is_proxy))])
    }
}

impl SurveyStep {
    /// Where a survey stands by what has happened.
    pub fn of(is_drawn: bool, has_keys: bool, is_closed: bool) -> Self {
        match (is_closed, is_drawn && has_keys) {
            (true, _) => Self::Closed,
            (false, true) => Self::Open,
            (false, false) => Self::Prepared,
        }
    }

    /// Refuses what needs a survey that takes answers.
    ///
    /// # Errors
    /// It is not open.
    pub fn expect_open(self) -> Result<(), Refusal> {
        if self == Self::Open {
            return Ok(());
        }
        Err(Refusal::new("performance.survey-not-open", "E2").with_code("step", self))
    }
}

/// Whether the people of this organisation may answer: the provider's may not (E2).
///
/// # Errors
/// The provider's own people ask.
pub fn expect_recipient(is_of_provider: bool) -> Result<(), Refusal> {
    if is_of_provider { Err(Refusal::new("performance.survey-provider", "E2")) } else { Ok(()) }
}

/// The last day on which single answers are handed out; from then on totals alone (E2). `None` beyond the calendar.
pub fn raw_until(closed: Date, rules: Rules<'_>) -> Option<Date> {
    let years = rules.number(RuleKey::SurveyRawYears);
    closed.checked_add(jiff::Span::new().try_years(years).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::FunctionKind;
    use crate::performance::survey::questions;

    #[test]
    fn an_answer_is_whole_or_says_what_is_missing() {
        let asked = questions(FunctionKind::PublicService);
        let whole = Answer::of(&asked, |_| Some(Mark::Satisfied), true).unwrap();
        assert_eq!(whole.overall(), 4);
        assert_eq!(whole.numbers().count(), 4);
        let faults =
            Answer::of(&asked, |question| (question == Question::Overall).then_some(Mark::Neutral), false);
        let fields: Vec<_> = faults.unwrap_err().into_iter().filter_map(|fault| fault.field).collect();
        assert_eq!(fields, ["on_time", "respect"]);
    }

    #[test]
    fn single_answers_are_handed_out_for_three_years() {
        use crate::specimen::{day, rules};
        assert_eq!(raw_until(day(2014, 12, 31), rules()), Some(day(2017, 12, 31)));
        assert_eq!(raw_until(day(2016, 2, 29), rules()), Some(day(2019, 2, 28)));
    }

    #[test]
    fn a_survey_opens_with_sample_and_keys_and_ends_for_good() {
        assert_eq!(SurveyStep::of(true, false, false), SurveyStep::Prepared);
        assert_eq!(SurveyStep::of(false, true, false), SurveyStep::Prepared);
        assert_eq!(SurveyStep::of(true, true, false).expect_open(), Ok(()));
        let closed = SurveyStep::of(true, true, true).expect_open();
        assert_eq!(closed.unwrap_err().code, "performance.survey-not-open");
        assert_eq!(expect_recipient(true).unwrap_err().code, "performance.survey-provider");
        assert_eq!(expect_recipient(false), Ok(()));
    }
}
