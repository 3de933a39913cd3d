//! Splitting: the same thing bought in small parts within a year to stay below a threshold (C2).
//!
//! Only purchases by other than open methods count, so the bureau's own open competition never trips it.

use crate::kernel::{Fen, Finding};

/// An earlier purchase on the same budget item, of the same category, in the same fiscal year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EarlierPurchase {
    /// Its amount.
    pub amount: Fen,
    /// True when it was bought by open competition.
    pub was_open: bool,
}

/// The cumulative counter: a warning when purchases by other than open methods together pass `threshold`.
pub fn finding(earlier: &[EarlierPurchase], amount: Fen, is_open: bool, threshold: Fen) -> Finding {
    let closed = earlier.iter().filter(|purchase| !purchase.was_open);
    let count = closed.clone().count();
    let own = if is_open { Fen::ZERO } else { amount };
    let sum = Fen::sum(closed.map(|purchase| purchase.amount).chain([own])).unwrap_or(Fen(i64::MAX));
    let code = "catalogue.splitting";
    let finding = if !is_open && count > 0 && sum > threshold {
        Finding::warn(code, "C2")
    } else {
        Finding::met(code, "C2")
    };
    finding.with("sum", sum).with("threshold", threshold).with("earlier", count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;

    fn check(earlier: &[(i64, bool)], yuan: i64, is_open: bool, expected: Level) {
        let earlier: Vec<EarlierPurchase> = earlier
            .iter()
            .map(|(yuan, was_open)| EarlierPurchase { amount: Fen::yuan(*yuan), was_open: *was_open })
            .collect();
        assert_eq!(finding(&earlier, Fen::yuan(yuan), is_open, Fen::yuan(500_000)).level, expected);
    }

    #[test]
    fn small_parts_that_pass_the_threshold_together_are_pointed_out() {
        check(&[(300_000, false)], 200_000, false, Level::Met);
        check(&[(300_000, false)], 200_001, false, Level::Warn);
        check(&[(300_000, true)], 400_000, false, Level::Met);
        check(&[(300_000, false)], 400_000, true, Level::Met);
        check(&[], 600_000, false, Level::Met);
    }
}
