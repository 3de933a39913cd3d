//! The count: what is known of a survey, and whether it says enough (E2).

use super::interval::{Interval, wilson};
use crate::kernel::{Ratio, Refusal, RuleKey, Rules};

/// The figures of one survey. A rate is two whole numbers, never a decimal (E10).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Recipients who may be asked.
    pub recipients: i64,
    /// Answers that suffice.
    pub sample_minimum: i64,
    /// Cards whose keys were handed in.
    pub issued: i64,
    /// Cards made void.
    pub void: i64,
    /// Answers that count.
    pub valid: i64,
    /// Of these, satisfied or very satisfied.
    pub satisfied: i64,
    /// Of these, very satisfied.
    pub very_satisfied: i64,
    /// Of these, typed by an officer for the recipient.
    pub assisted: i64,
    /// Of these, given in the recipient's name by somebody else.
    pub proxy: i64,
}

impl Tally {
    /// Whether enough have answered for the result to mean something.
    pub fn is_sufficient(&self) -> bool {
        self.sample_minimum > 0 && self.valid >= self.sample_minimum
    }

    /// Nothing may be closed on an insufficient result.
    ///
    /// # Errors
    /// Fewer valid answers than the minimum.
    pub fn expect_sufficient(&self) -> Result<(), Refusal> {
        if self.is_sufficient() {
            return Ok(());
        }
        let missing = (self.sample_minimum - self.valid).max(1);
        Err(Refusal::new("performance.survey-insufficient", "E2")
            .with("valid", self.valid)
            .with("minimum", self.sample_minimum)
            .with("missing", missing))
    }

    /// Whether there are enough answers to show any figure of them without showing a person.
    pub fn may_be_shown(&self, rules: Rules<'_>) -> bool {
        self.valid >= rules.number(RuleKey::SurveyShownMin)
    }

    /// Satisfied of valid; none without answers.
    pub fn rate(&self) -> Option<Ratio> {
        ratio(self.satisfied, self.valid)
    }

    /// Valid answers of the cards that could answer; none without such cards.
    pub fn response_rate(&self) -> Option<Ratio> {
        ratio(self.valid, self.issued - self.void)
    }

    /// The 95 % interval of the rate; none without answers.
    pub fn interval(&self) -> Option<Interval> {
        wilson(self.satisfied, self.valid)
    }

    /// Cards that nobody has used and nobody made void.
    pub fn unused(&self) -> i64 {
        self.issued - self.void - self.valid
    }
}

fn ratio(part: i64, whole: i64) -> Option<Ratio> {
    Ratio::new(u32::try_from(part).ok()?, u32::try_from(whole).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::rules;

    /// G10: 120 recipients, a sample of 30.
    fn of(valid: i64, satisfied: i64) -> Tally {
        Tally { recipients: 120, sample_minimum: 30, issued: 40, valid, satisfied, ..Tally::default() }
    }

    #[test]
    fn twenty_seven_of_thirty_are_insufficient_and_thirty_three_are_enough() {
        let few = of(27, 25);
        assert!(!few.is_sufficient());
        let refusal = few.expect_sufficient().unwrap_err();
        assert_eq!((refusal.code, refusal.rule), ("performance.survey-insufficient", "E2"));
        let enough = of(33, 29);
        assert_eq!(enough.expect_sufficient(), Ok(()));
        assert_eq!(enough.rate().map(Ratio::percent_text).as_deref(), Some("87.88%"));
        assert!(Ratio::new(878, 1000).unwrap().at_least(29, 33));
        assert!(!Ratio::new(879, 1000).unwrap().at_least(29, 33), "87.87 is not 87.9 when compared");
        assert_eq!(enough.unused(), 7);
        assert_eq!(enough.response_rate().map(Ratio::percent_text).as_deref(), Some("82.50%"));
    }

    #[test]
    fn figures_of_few_answers_are_not_shown() {
        assert!(!of(9, 9).may_be_shown(rules()));
        assert!(of(10, 9).may_be_shown(rules()));
        assert_eq!(of(0, 0).rate(), None);
        assert!(!Tally::default().is_sufficient(), "nothing asked is not enough answered");
    }
}
