//! Abnormally low prices: which bids must explain themselves (C47). In force only from its own date; before,
//! the rule book holds 0 % and nothing is asked.
//!
//! "Below" is strict, the price is the one bid (never the policy-adjusted one), and a finding is no
//! rejection: the bidder answers in writing and the committee decides.

use crate::coded;
use crate::kernel::{BidId, Fen, Moment, Ratio, Refusal, RuleKey, Rules};

coded! {
    /// Which test a price failed.
    pub enum LowPriceTest as "low_price_test" {
        /// Below the rate of the mean of all conforming bids.
        Mean = "mean",
        /// Below the rate of the next-lowest bid.
        Next = "next",
        /// Below the rate of the ceiling.
        Ceiling = "ceiling",
    }
}

/// A bid that must explain its price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LowPrice {
    /// Which bid.
    pub bid: BidId,
    /// The tests that it failed.
    pub tests: Vec<LowPriceTest>,
}

/// Every conforming bid whose price is abnormally low. `ceiling` is the budget when there is no ceiling.
pub fn findings(bids: &[(BidId, Fen)], ceiling: Fen, rules: Rules<'_>) -> Vec<LowPrice> {
    let sum: i128 = bids.iter().map(|(_, price)| i128::from(price.0)).sum();
    let count = i128::try_from(bids.len()).unwrap_or(i128::MAX);
    let mut found = Vec::new();
    for (bid, price) in bids {
        let price = i128::from(price.0);
        let next = bids.iter().filter(|(other, _)| other != bid).map(|(_, other)| i128::from(other.0)).min();
        let tests = [
            (
                LowPriceTest::Mean,
                is_below(rules.ratio(RuleKey::LowPriceMeanRatio), price.saturating_mul(count), sum),
            ),
            (
                LowPriceTest::Next,
                next.is_some_and(|next| is_below(rules.ratio(RuleKey::LowPriceNextRatio), price, next)),
            ),
            (
                LowPriceTest::Ceiling,
                is_below(rules.ratio(RuleKey::LowPriceCeilingRatio), price, i128::from(ceiling.0)),
            ),
        ];
        let tests: Vec<LowPriceTest> =
            tests.into_iter().filter_map(|(test, is_low)| is_low.then_some(test)).collect();
        if !tests.is_empty() {
            found.push(LowPrice { bid: *bid, tests });
        }
    }
    found
}

/// The earliest end of the time in which a bidder may explain (C47).
pub fn explanation_ends(asked: Moment, rules: Rules<'_>) -> Moment {
    asked.plus_seconds(rules.number(RuleKey::LowPriceExplanationMinutes).saturating_mul(60))
}

/// Refuses to close the explanation early when the bidder has not answered yet.
pub fn may_close_explanation(
    asked: Moment,
    has_answered: bool,
    now: Moment,
    rules: Rules<'_>,
) -> Result<(), Refusal> {
    let ends = explanation_ends(asked, rules);
    if has_answered || now >= ends {
        return Ok(());
    }
    Err(Refusal::new("tendering.explanation-still-open", "C47").with("ends", ends))
}

fn is_below(ratio: Ratio, part: i128, whole: i128) -> bool {
    part.saturating_mul(i128::from(ratio.denominator())) < whole.saturating_mul(i128::from(ratio.numerator()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{book, day, rules};

    fn check(ceiling: i64, prices: &[i64], expected: &[(i64, &[LowPriceTest])]) {
        let bids: Vec<_> = prices.iter().map(|yuan| (BidId(*yuan), Fen::yuan(*yuan))).collect();
        let found: Vec<_> = findings(&bids, Fen::yuan(ceiling), rules())
            .into_iter()
            .map(|low| (low.bid.0, low.tests))
            .collect();
        let expected: Vec<_> = expected.iter().map(|(bid, tests)| (*bid, tests.to_vec())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_example_of_the_rule_triggers_by_the_ceiling_alone() {
        use LowPriceTest::*;
        check(100, &[41, 78, 80, 89], &[(41, &[Ceiling])]);
        check(100, &[45, 78, 80, 89], &[]);
        check(60, &[38, 78, 80, 89], &[(38, &[Next])]);
        check(60, &[39, 78, 80, 89], &[]);
        check(90, &[30, 100, 100], &[(30, &[Mean, Next, Ceiling])]);
        check(100, &[44], &[(44, &[Ceiling])]);
        check(100, &[], &[]);
    }

    #[test]
    fn a_case_of_2014_knows_no_such_test() {
        let bids = [(BidId(1), Fen::yuan(1)), (BidId(2), Fen::yuan(100))];
        assert_eq!(findings(&bids, Fen::yuan(100), book().on(day(2014, 1, 20))), []);
    }

    #[test]
    fn a_bidder_has_half_an_hour_unless_he_answers_sooner() {
        let asked = Moment(0);
        let close =
            |answered, seconds| may_close_explanation(asked, answered, asked.plus_seconds(seconds), rules());
        assert!(close(true, 60).is_ok());
        assert!(close(false, 1_800).is_ok());
        assert_eq!(close(false, 1_799).unwrap_err().code, "tendering.explanation-still-open");
    }
}
