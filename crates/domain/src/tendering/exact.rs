//! Exact fractions for scores: compared without rounding and without overflow (C43).

use std::cmp::Ordering;

/// A fraction of two whole numbers; the denominator is positive and the fraction is in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Exact {
    num: i128,
    den: i128,
}

impl Exact {
    /// Nothing.
    pub const ZERO: Exact = Exact { num: 0, den: 1 };

    /// A whole number.
    pub const fn whole(number: i64) -> Self {
        Self { num: number as i128, den: 1 }
    }

    /// `num / den`; `None` unless `den` is positive.
    pub fn new(num: i128, den: i128) -> Option<Self> {
        if den <= 0 {
            return None;
        }
        let divisor = common_divisor(num, den);
        Some(Self { num: num.checked_div(divisor)?, den: den.checked_div(divisor)? })
    }

    /// The sum; `None` when it does not fit.
    pub fn plus(self, other: Self) -> Option<Self> {
        let num = self.num.checked_mul(other.den)?.checked_add(other.num.checked_mul(self.den)?)?;
        Self::new(num, self.den.checked_mul(other.den)?)
    }

    /// Rounded half up (away from zero at exactly a half) to a whole number of `10^-decimals`.
    pub fn rounded(self, decimals: u32) -> Option<i64> {
        let scaled = self.num.checked_mul(10_i128.checked_pow(decimals)?)?;
        let twice = scaled.unsigned_abs().checked_mul(2)?.checked_add(self.den.unsigned_abs())?;
        let size = i64::try_from(twice.checked_div(self.den.unsigned_abs().checked_mul(2)?)?).ok()?;
        Some(if self.num < 0 { -size } else { size })
    }
}

impl Ord for Exact {
    /// Compares whole parts, then the remainders upside down, as Euclid would: nothing is multiplied, so
    /// nothing can overflow.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut left, mut right) = ((self.num, self.den), (other.num, other.den));
        loop {
            let whole = left.0.div_euclid(left.1).cmp(&right.0.div_euclid(right.1));
            if whole != Ordering::Equal {
                return whole;
            }
            let rest = (left.0.rem_euclid(left.1), right.0.rem_euclid(right.1));
            match rest {
                (0, 0) => return Ordering::Equal,
                (0, _) => return Ordering::Less,
                (_, 0) => return Ordering::Greater,
                _ => (left, right) = ((right.1, rest.1), (left.1, rest.0)),
            }
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn common_divisor(num: i128, den: i128) -> i128 {
    let (mut large, mut small) = (num.unsigned_abs(), den.unsigned_abs());
    while small > 0 {
        (large, small) = (small, large % small);
    }
    // It divides `den`, so it fits.
    i128::try_from(large).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(num: i128, den: i128) -> Exact {
        Exact::new(num, den).unwrap()
    }

    #[test]
    fn halves_round_up_and_nothing_else_does() {
        for (num, den, expected) in
            [(1, 8, 13), (124, 1000, 12), (125, 1000, 13), (2, 3, 67), (-1, 8, -13), (7, 1, 700)]
        {
            assert_eq!(exact(num, den).rounded(2), Some(expected), "{num}/{den}");
        }
        assert_eq!(exact(i128::MAX, 1).rounded(2), None);
    }

    #[test]
    fn a_denominator_is_positive() {
        assert_eq!(Exact::new(1, 0), None);
        assert_eq!(Exact::new(1, -2), None);
        assert_eq!(exact(2, 4), exact(1, 2));
        assert_eq!(exact(0, 7), Exact::ZERO);
    }

    proptest! {
        #[test]
        fn order_agrees_with_cross_multiplication(
            a in -1_000_000_000_i128..1_000_000_000, b in 1_i128..1_000_000_000,
            c in -1_000_000_000_i128..1_000_000_000, d in 1_i128..1_000_000_000,
        ) {
            prop_assert_eq!(exact(a, b).cmp(&exact(c, d)), (a * d).cmp(&(c * b)));
            prop_assert_eq!(exact(a, b).plus(exact(c, d)), exact(c, d).plus(exact(a, b)));
        }

        #[test]
        fn numbers_at_the_end_of_the_range_compare_without_overflow(a: i128, b in 1..i128::MAX, c: i128, d in 1..i128::MAX) {
            let (left, right) = (exact(a, b), exact(c, d));
            prop_assert_eq!(left.cmp(&right), right.cmp(&left).reverse());
            prop_assert_eq!(left.cmp(&right) == Ordering::Equal, left == right);
        }
    }
}
