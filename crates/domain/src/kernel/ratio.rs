//! Exact ratios: comparing integers, never decimals (RULES E10).

use std::fmt;

use super::{Fen, Refusal};

/// A ratio of two whole numbers; the denominator is positive. `2/3` stays `2/3`, `30%` is `30/100`.
///
/// Two ratios are equal when they are written alike; `at_least` compares values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    num: u32,
    den: u32,
}

impl Ratio {
    /// Nothing of the whole.
    pub const ZERO: Ratio = Ratio { num: 0, den: 1 };

    /// `num` of `den`; `None` when `den` is zero.
    pub const fn new(num: u32, den: u32) -> Option<Self> {
        if den == 0 { None } else { Some(Self { num, den }) }
    }

    /// So many hundredths.
    pub const fn percent_of(percent: u32) -> Self {
        Self { num: percent, den: 100 }
    }

    /// Reads `2/3`, `30%`, `12.5%` and `0`.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let read = if let Some((num, den)) = text.split_once('/') {
            num.trim().parse().ok().zip(den.trim().parse().ok()).and_then(|(num, den)| Self::new(num, den))
        } else if let Some(percent) = text.strip_suffix(['%', '％']) {
            parse_percent(percent.trim())
        } else {
            text.parse().ok().and_then(|whole| Self::new(whole, 1))
        };
        read.ok_or_else(|| Refusal::new("kernel.ratio-unreadable", "E10").with("text", text))
    }

    /// The upper number.
    pub fn numerator(self) -> u32 {
        self.num
    }

    /// The lower number, never zero.
    pub fn denominator(self) -> u32 {
        self.den
    }

    /// Whether `part` of `whole` is at least this ratio: `part * den >= whole * num` (E10).
    pub fn at_least(self, part: i64, whole: i64) -> bool {
        i128::from(part) * i128::from(self.den) >= i128::from(whole) * i128::from(self.num)
    }

    /// Whether `part` of `whole` is at most this ratio.
    pub fn at_most(self, part: i64, whole: i64) -> bool {
        i128::from(part) * i128::from(self.den) <= i128::from(whole) * i128::from(self.num)
    }

    /// The smallest whole part of `whole` that is at least this ratio of it: 2/3 of 5 seats is 4.
    pub fn least_of(self, whole: u32) -> u32 {
        let exact = u64::from(whole) * u64::from(self.num);
        u32::try_from(exact.div_ceil(u64::from(self.den))).unwrap_or(u32::MAX)
    }

    /// This share of an amount, rounded down to the fen; saturates.
    pub fn of(self, amount: Fen) -> Fen {
        let share = (i128::from(amount.0) * i128::from(self.num)).div_euclid(i128::from(self.den));
        Fen(i64::try_from(share).unwrap_or(if share < 0 { i64::MIN } else { i64::MAX }))
    }

    /// In basis points (hundredths of a percent), rounded half up: 2/3 is 6667.
    pub fn basis_points(self) -> u64 {
        let den = u64::from(self.den);
        (u64::from(self.num) * 20_000 + den) / (2 * den)
    }

    /// As percent with two decimals: `66.67%`.
    pub fn percent_text(self) -> String {
        let points = self.basis_points();
        format!("{}.{:02}%", points / 100, points % 100)
    }
}

fn parse_percent(text: &str) -> Option<Ratio> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 2 || (text.contains('.') && decimals.is_empty()) {
        return None;
    }
    if !format!("{whole}{decimals}").bytes().all(|byte| byte.is_ascii_digit()) || whole.is_empty() {
        return None;
    }
    let scale = 10_u32.pow(u32::try_from(decimals.len()).ok()?);
    Ratio::new(format!("{whole}{decimals}").parse().ok()?, scale.checked_mul(100)?)
}

impl fmt::Display for Ratio {
    /// Hundredths as percent, whole numbers alone, all else as a fraction: `30%`, `0`, `2/3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.den {
            1 => write!(f, "{}", self.num),
            100 => write!(f, "{}%", self.num),
            _ => write!(f, "{}/{}", self.num, self.den),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn two_thirds_is_never_rounded() {
        let two_thirds = Ratio::parse("2/3").unwrap();
        assert!(!two_thirds.at_least(6_666_666, 10_000_000));
        assert!(two_thirds.at_least(6_666_667, 10_000_000));
        let least: Vec<u32> = [3, 5, 7, 9].map(|seats| two_thirds.least_of(seats)).to_vec();
        assert_eq!(least, [2, 4, 5, 6]);
    }

    #[test]
    fn a_ratio_is_read_as_people_write_it() {
        for (text, num, den) in [
            ("2/3", 2, 3),
            (" 2 / 3 ", 2, 3),
            ("30%", 30, 100),
            ("12.5%", 125, 1000),
            ("0", 0, 1),
            ("45％", 45, 100),
        ] {
            assert_eq!(Ratio::parse(text).unwrap(), Ratio { num, den }, "{text}");
        }
        for text in ["", "2/0", "-1/3", "%", "1.%", "1.234%", "a/b", "1.5", "30%%", "+1%"] {
            assert_eq!(Ratio::parse(text).unwrap_err().code, "kernel.ratio-unreadable", "{text}");
        }
    }

    #[test]
    fn a_percentage_shows_two_decimals() {
        assert_eq!(Ratio::new(2, 3).unwrap().percent_text(), "66.67%");
        assert_eq!(Ratio::new(197, 200).unwrap().percent_text(), "98.50%");
        assert_eq!(Ratio::percent_of(10).of(Fen::yuan(480_000)), Fen::yuan(48_000));
    }

    proptest! {
        #[test]
        fn least_of_is_the_first_that_suffices(num in 0_u32..50, den in 1_u32..50, whole in 0_u32..10_000) {
            let ratio = Ratio { num, den };
            let least = ratio.least_of(whole);
            prop_assert!(ratio.at_least(least.into(), whole.into()));
            prop_assert!(least == 0 || !ratio.at_least(i64::from(least) - 1, whole.into()));
        }

        #[test]
        fn no_text_breaks_the_reader(text in "\\PC*") {
            let _ = Ratio::parse(&text);
        }
    }
}
