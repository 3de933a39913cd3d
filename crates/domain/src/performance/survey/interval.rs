//! How far chance alone may have moved a rate: the 95 % interval of Wilson's score, in whole numbers.
//!
//! Wilson's and not the textbook's: with thirty answers and a rate near the end of the scale, the simple
//! formula gives bounds above one. The bounds are rounded outward, so they never promise too much.

/// z² for 95 %, times ten thousand: 1.96².
const Z2: u128 = 38_416;
const SCALE: u128 = 10_000;

/// Bounds in basis points (hundredths of a percent).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Rounded down.
    pub low: u64,
    /// Rounded up.
    pub high: u64,
}

impl Interval {
    /// Both bounds as percent with one decimal, rounded outward.
    pub fn percent_texts(self) -> (String, String) {
        let text = |tenths: u64| format!("{}.{}%", tenths / 10, tenths % 10);
        (text(self.low / 10), text(self.high.div_ceil(10)))
    }
}

/// The interval for `part` of `whole`; none without a whole, or for a part greater than it.
pub fn wilson(part: i64, whole: i64) -> Option<Interval> {
    let (part, whole) = (u128::try_from(part).ok()?, u128::try_from(whole).ok()?);
    if whole == 0 || part > whole || whole > u128::from(u32::MAX) {
        return None;
    }
    // (2s + z² ± sqrt(z⁴ + 4z²·s(n−s)/n)) / (2(n + z²)), everything times SCALE, the root times SCALE again.
    let square =
        Z2 * Z2 * SCALE * SCALE + (4 * Z2 * SCALE * SCALE * SCALE * part * (whole - part)).div_ceil(whole);
    let root = square.isqrt();
    let is_exact = root * root == square;
    let middle = (2 * part * SCALE + Z2) * SCALE;
    let below = 2 * (whole * SCALE + Z2) * SCALE;
    let upper_root = root + u128::from(!is_exact);
    let low = middle.saturating_sub(upper_root) * SCALE / below;
    let high = ((middle + upper_root) * SCALE).div_ceil(below).min(SCALE);
    Some(Interval { low: u64::try_from(low).ok()?, high: u64::try_from(high).ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_bounds_are_those_of_the_tables() {
        for (part, whole, low, high) in VECTORS {
            assert_eq!(wilson(part, whole), Some(Interval { low, high }), "{part} of {whole}");
        }
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(3, 2), None);
        assert_eq!(wilson(-1, 2), None);
        let (low, high) = wilson(29, 33).unwrap().percent_texts();
        assert_eq!((low.as_str(), high.as_str()), ("72.6%", "95.2%"));
    }

    /// Part, whole and bounds, computed with fifty decimals in Python.
    const VECTORS: [(i64, i64, u64, u64); 5] = [
        (29, 33, 7267, 9519),
        (0, 10, 0, 2776),
        (10, 10, 7224, 10000),
        (1, 2, 945, 9055),
        (950, 1000, 9346, 9619),
    ];

    proptest! {
        #[test]
        fn the_rate_lies_within_and_the_bounds_within_one(whole in 1_i64..5000, share in 0_i64..=1000) {
            let part = whole * share / 1000;
            let found = wilson(part, whole).unwrap();
            let rate = u64::try_from(part * 10_000 / whole).unwrap();
            prop_assert!(found.low <= rate && found.high >= rate && found.high <= 10_000);
        }
    }
}
