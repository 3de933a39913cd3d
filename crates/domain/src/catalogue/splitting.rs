//! Splitting: the same thing bought in small parts within a year to stay below a threshold (C2).
//!
//! Only purchases by other than open methods count, so the bureau's own open competition never trips it; nor do
//! those for which the budget was adjusted or the method approved.

use crate::coded;
use crate::kernel::{Fen, Ratio, Refusal};

coded! {
    /// The ways of buying that are not open. This program offers none of them: what an office bought so elsewhere
    /// is reported, and counted.
    pub enum ClosedWay as "closed_way" {
        /// 邀请招标.
        Invited = "invited",
        /// 竞争性谈判.
        Negotiation = "negotiation",
        /// 竞争性磋商.
        Consultation = "consultation",
        /// 询价.
        Inquiry = "inquiry",
        /// 单一来源.
        SingleSource = "single_source",
        /// Bought below the limits, by the office itself.
        OwnPurchase = "own_purchase",
    }
}

coded! {
    /// Why a purchase does not count (C2).
    pub enum Consent as "splitting_consent" {
        /// The budget was adjusted within the year.
        BudgetAdjusted = "budget_adjusted",
        /// Finance approved another method than open tender.
        MethodApproved = "method_approved",
    }
}

/// A purchase on one budget item, of one category, in one fiscal year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// Its amount.
    pub amount: Fen,
    /// True when it was bought by open competition.
    pub was_open: bool,
    /// True when the budget was adjusted or the method approved for it.
    pub has_consent: bool,
}

impl Purchase {
    /// Whether it is added up.
    pub fn counts(self) -> bool {
        !self.was_open && !self.has_consent
    }
}

/// How near a counter is to its threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nearness {
    /// Nothing was bought that counts.
    Nothing,
    /// Well below.
    Far,
    /// Below, but not by much; or over it with a single purchase, which is no splitting.
    Near,
    /// Several purchases together are over it.
    Over,
}

/// The cumulative counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counter {
    /// Purchases that count.
    pub count: usize,
    /// What they come to.
    pub sum: Fen,
    /// The sum that several of them may not pass.
    pub threshold: Fen,
}

impl Counter {
    /// Adds up what counts; a sum beyond all bounds stays at the bound.
    pub fn of(purchases: &[Purchase], threshold: Fen) -> Self {
        let counted = purchases.iter().filter(|one| one.counts());
        let sum = Fen::sum(counted.clone().map(|one| one.amount)).unwrap_or(Fen(i64::MAX));
        Self { count: counted.count(), sum, threshold }
    }

    /// What may still be bought; below zero once the threshold is passed.
    pub fn left(self) -> Fen {
        Fen(self.threshold.0.saturating_sub(self.sum.0))
    }

    /// Whether this is evasion: bought more than once, and over the threshold together.
    pub fn is_over(self) -> bool {
        self.count > 1 && self.sum > self.threshold
    }

    /// How near it is, `warn` being the share of the threshold from which it is near.
    pub fn nearness(self, warn: Ratio) -> Nearness {
        if self.count == 0 {
            Nearness::Nothing
        } else if self.is_over() {
            Nearness::Over
        } else if warn.at_least(self.sum.0, self.threshold.0) {
            Nearness::Near
        } else {
            Nearness::Far
        }
    }
}

/// Finance says why a purchase does not count, with the paper that says so.
///
/// # Errors
/// `splitting.own-consent` (C2) for who reported the purchase, `splitting.consent-given`, `splitting.paper-missing`.
pub fn consent(is_own: bool, was_given: bool, paper: &str) -> Result<(), Refusal> {
    if is_own {
        return Err(Refusal::new("splitting.own-consent", "C2"));
    }
    if was_given {
        return Err(Refusal::new("splitting.consent-given", "C2"));
    }
    if paper.trim().is_empty() {
        return Err(Refusal::new("splitting.paper-missing", "C2").at("paper"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counter(purchases: &[(i64, bool, bool)]) -> Counter {
        let purchases: Vec<Purchase> = purchases
            .iter()
            .map(|(yuan, was_open, has_consent)| Purchase {
                amount: Fen::yuan(*yuan),
                was_open: *was_open,
                has_consent: *has_consent,
            })
            .collect();
        Counter::of(&purchases, Fen::yuan(500_000))
    }

    #[test]
    fn small_parts_that_pass_the_threshold_together_are_pointed_out() {
        use Nearness::{Far, Near, Nothing, Over};
        let warn = Ratio::new(4, 5).expect("four fifths");
        for (purchases, expected, left) in [
            (vec![], Nothing, 500_000),
            (vec![(900_000, true, false)], Nothing, 500_000),
            (vec![(300_000, false, false), (99_999, false, false)], Far, 100_001),
            (vec![(300_000, false, false), (100_000, false, false)], Near, 100_000),
            (vec![(300_000, false, false), (200_000, false, false)], Near, 0),
            (vec![(300_000, false, false), (200_001, false, false)], Over, -1),
            (vec![(300_000, true, false), (400_000, false, false)], Near, 100_000),
            (vec![(300_000, false, true), (400_000, false, false)], Near, 100_000),
            (vec![(600_000, false, false)], Near, -100_000),
        ] {
            let counted = counter(&purchases);
            assert_eq!(
                (counted.nearness(warn), counted.left()),
                (expected, Fen::yuan(left)),
                "{purchases:?}"
            );
        }
    }

    #[test]
    fn consent_needs_another_hand_and_a_paper() {
        let code = |answer: Result<(), Refusal>| answer.err().map(|refusal| refusal.code);
        assert_eq!(code(consent(true, false, "x")), Some("splitting.own-consent"));
        assert_eq!(code(consent(false, true, "x")), Some("splitting.consent-given"));
        assert_eq!(code(consent(false, false, " ")), Some("splitting.paper-missing"));
        assert_eq!(code(consent(false, false, "宁财购〔2014〕1号")), None);
    }
}
