//! The three figures that the seed names: stock, density and growth (S4-S6), from counts alone.
//!
//! Registered and filed are never mixed: density counts both, growth counts registered only (T3).

/// How many organisations exist at one moment, each part on its own (S4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stock {
    /// Registered and alive.
    pub registered: i64,
    /// Filed and alive.
    pub filed: i64,
}

impl Stock {
    /// Both parts together.
    pub fn all(self) -> i64 {
        self.registered.saturating_add(self.filed)
    }

    /// Organisations for every 10,000 permanent residents, rounded down; `None` without residents (S5).
    pub fn density(self, residents: i64) -> Option<i64> {
        if residents <= 0 {
            return None;
        }
        let ten_thousands = i128::from(self.all()) * i128::from(PER_RESIDENTS);
        i64::try_from(ten_thousands / i128::from(residents)).ok()
    }
}

/// The density is stated for so many residents (S5).
const PER_RESIDENTS: i64 = 10_000;

/// Growth of the registered within a year, in hundredths of a per cent, rounded half away from zero; `None`
/// when there was none at its start (S6).
pub fn growth(registered_start: i64, registered_end: i64) -> Option<i64> {
    if registered_start <= 0 {
        return None;
    }
    let (start, end) = (i128::from(registered_start), i128::from(registered_end));
    let doubled = (end - start) * 20_000;
    let rounded = if doubled >= 0 { doubled + start } else { doubled - start } / (2 * start);
    i64::try_from(rounded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_seeds_density_is_twenty_nine() {
        let stock = Stock { registered: 9_000, filed: 15_000 };
        assert_eq!(stock.all(), 24_000);
        // 8.188 million residents: 29.3, stated as 29.
        assert_eq!(stock.density(8_188_000), Some(29));
        assert_eq!(stock.density(0), None);
        assert_eq!(Stock::default().density(8_188_000), Some(0));
    }

    #[test]
    fn growth_counts_the_registered_and_takes_off_the_cancelled() {
        for (start, end, expected) in [
            (1_000, 1_270, Some(2_700)),
            (1_000, 1_000, Some(0)),
            (1_000, 900, Some(-1_000)),
            (3, 4, Some(3_333)),
            (3, 2, Some(-3_333)),
            (8, 9, Some(1_250)),
            (0, 10, None),
        ] {
            assert_eq!(growth(start, end), expected, "{start} to {end}");
        }
    }

    proptest! {
        #[test]
        fn density_is_never_more_than_the_exact_quotient(registered in 0_i64..1_000_000, filed in 0_i64..1_000_000, residents in 1_i64..100_000_000) {
            let stock = Stock { registered, filed };
            let density = stock.density(residents).unwrap();
            prop_assert!(density * residents <= stock.all() * 10_000);
            prop_assert!((density + 1) * residents > stock.all() * 10_000);
        }
    }
}
