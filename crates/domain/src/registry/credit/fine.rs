//! How much a fine may be: one to three times the illegal turnover, or three to five times the illegal gains (B23).
//!
//! SAR30(2) and PNR25(2) read: 有违法经营额或者违法所得的，予以没收，可以并处违法经营额1倍以上3倍以下或者违法所得3倍以上
//! 5倍以下的罚款. The law leaves the choice where both are found, so the decision names the one that it goes by; that one is
//! confiscated, and the fine, if there is one, is a multiple of it. Whole fen, both ends of the range included.

use crate::coded;
use crate::kernel::{Fen, RuleKey, Rules};

coded! {
    /// What a decision goes by when it confiscates and fines.
    pub enum FineBase as "fine_base" {
        /// 违法经营额.
        Turnover = "turnover",
        /// 违法所得.
        Gains = "gains",
    }
}

/// What was found to be unlawfully turned over and gained; zero for what was not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Illegal {
    /// 违法经营额.
    pub turnover: Fen,
    /// 违法所得.
    pub gains: Fen,
}

impl Illegal {
    /// Whether nothing was found.
    pub fn is_none(self) -> bool {
        self.turnover.0 <= 0 && self.gains.0 <= 0
    }

    /// How much of one of them.
    pub fn amount(self, base: FineBase) -> Fen {
        match base {
            FineBase::Turnover => self.turnover,
            FineBase::Gains => self.gains,
        }
    }

    /// What the decision goes by: the one that was named, or the one that was found alone; none when nothing was found,
    /// or both and none was named.
    pub fn base(self, named: Option<FineBase>) -> Option<FineBase> {
        match (named, self.turnover.0 > 0, self.gains.0 > 0) {
            (Some(base), _, _) => Some(base),
            (None, true, false) => Some(FineBase::Turnover),
            (None, false, true) => Some(FineBase::Gains),
            (None, _, _) => None,
        }
    }
}

/// From how much to how much a fine may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FineRange {
    /// What is multiplied.
    pub base: FineBase,
    /// How much of it there is.
    pub amount: Fen,
    /// By how much at least.
    pub times_min: i64,
    /// By how much at most.
    pub times_max: i64,
}

impl FineRange {
    /// The least fine.
    pub fn least(&self) -> Fen {
        Fen(self.amount.0.saturating_mul(self.times_min))
    }

    /// The largest fine.
    pub fn most(&self) -> Fen {
        Fen(self.amount.0.saturating_mul(self.times_max))
    }

    /// Whether a fine lies within it.
    pub fn holds(&self, fine: Fen) -> bool {
        self.least() <= fine && fine <= self.most()
    }
}

/// The range by one base; none where nothing of it was found.
pub fn range(illegal: Illegal, base: FineBase, rules: Rules<'_>) -> Option<FineRange> {
    let amount = illegal.amount(base);
    let (min, max) = match base {
        FineBase::Turnover => (RuleKey::FineTurnoverTimesMin, RuleKey::FineTurnoverTimesMax),
        FineBase::Gains => (RuleKey::FineGainsTimesMin, RuleKey::FineGainsTimesMax),
    };
    let (times_min, times_max) = (rules.number(min), rules.number(max));
    (amount.0 > 0).then_some(FineRange { base, amount, times_min, times_max })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::rules;

    #[test]
    fn the_range_is_one_to_three_times_turnover_or_three_to_five_times_gains() {
        let illegal = Illegal { turnover: Fen(1_234_567), gains: Fen(100_001) };
        let found = |base| range(illegal, base, rules()).map(|one| (one.least(), one.most()));
        assert_eq!(found(FineBase::Turnover), Some((Fen(1_234_567), Fen(3_703_701))));
        assert_eq!(found(FineBase::Gains), Some((Fen(300_003), Fen(500_005))));
        assert_eq!(range(Illegal { gains: Fen::ZERO, ..illegal }, FineBase::Gains, rules()), None);
        let whole = range(illegal, FineBase::Gains, rules()).unwrap();
        for (fine, holds) in [(300_002, false), (300_003, true), (500_005, true), (500_006, false)] {
            assert_eq!(whole.holds(Fen(fine)), holds, "{fine}");
        }
    }

    #[test]
    fn what_was_found_alone_needs_no_naming() {
        let of = |turnover, gains| Illegal { turnover: Fen(turnover), gains: Fen(gains) };
        for (illegal, named, expected) in [
            (of(0, 0), None, None),
            (of(5, 0), None, Some(FineBase::Turnover)),
            (of(0, 5), None, Some(FineBase::Gains)),
            (of(5, 5), None, None),
            (of(5, 5), Some(FineBase::Gains), Some(FineBase::Gains)),
        ] {
            assert_eq!(illegal.base(named), expected, "{illegal:?} {named:?}");
        }
        assert!(of(0, 0).is_none() && !of(0, 1).is_none());
    }

    #[test]
    fn an_amount_beyond_counting_does_not_wrap() {
        let huge = Illegal { turnover: Fen(i64::MAX / 2), gains: Fen::ZERO };
        let found = range(huge, FineBase::Turnover, rules()).unwrap();
        assert_eq!(found.most(), Fen(i64::MAX));
    }
}
