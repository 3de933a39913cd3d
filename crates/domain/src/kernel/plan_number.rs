//! The number under which a plan for public fundraising is filed (公开募捐方案备案编号, B43): the charity's credit code,
//! the letter A, the year's last two digits, and a serial of three.

use super::credit_code::CreditCode;
use super::refusal::Refusal;
use super::text::half_width;

const LENGTH: usize = 24;
const CODE_LENGTH: usize = 18;
/// Plans are filed since the Charity Law, so two digits name a year of this century.
const CENTURY: i64 = 2_000;
const FIRST_YEAR: i64 = 2_016;

/// A number whose parts are right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanNumber {
    /// Whose plan it is.
    pub code: CreditCode,
    /// The year of the filing.
    pub year: i64,
    /// Which of that year, from 1.
    pub serial: i64,
}

impl PlanNumber {
    /// Whether a text looks like such a number, right or wrong: so long, with the letter A behind a code.
    pub fn is_like(text: &str) -> bool {
        let plain = plain(text);
        plain.len() == LENGTH && plain.is_ascii() && plain.as_bytes().get(CODE_LENGTH) == Some(&b'A')
    }

    /// Reads a number as people type it.
    ///
    /// # Errors
    /// The faults of the code (B40); `kernel.plan-number` when what follows it is no year and serial (B43).
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let plain = plain(text);
        let fault = || Refusal::new("kernel.plan-number", "B43");
        if !Self::is_like(&plain) {
            return Err(fault());
        }
        let code = CreditCode::parse(plain.get(..CODE_LENGTH).unwrap_or_default())?;
        let digits = |from: usize, to: usize| -> Option<i64> {
            let part = plain.get(from..to).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))?;
            part.parse().ok()
        };
        let year = digits(CODE_LENGTH + 1, CODE_LENGTH + 3).map(|year| CENTURY + year);
        let year = year.filter(|year| *year >= FIRST_YEAR).ok_or_else(fault)?;
        let serial = digits(CODE_LENGTH + 3, LENGTH).filter(|serial| *serial > 0).ok_or_else(fault)?;
        Ok(Self { code, year, serial })
    }
}

fn plain(text: &str) -> String {
    let kept = |sign: &char| !sign.is_whitespace() && *sign != '-';
    half_width(text).chars().filter(kept).collect::<String>().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_numbers_verify_and_a_wrong_sign_does_not() {
        for (typed, expected) in [
            ("53100000500009167KA21008", Ok(("53100000500009167K", 2021, 8))),
            ("53100000500021326DA18051", Ok(("53100000500021326D", 2018, 51))),
            ("５３１０００００５０００２１３２６dＡ18051", Ok(("53100000500021326D", 2018, 51))),
            ("53100000500021326KA18051", Err("kernel.credit-code-check")),
            ("53100000500021326DA15051", Err("kernel.plan-number")),
            ("53100000500021326DA18000", Err("kernel.plan-number")),
            ("53100000500021326DA1805X", Err("kernel.plan-number")),
            ("53100000500021326DB18051", Err("kernel.plan-number")),
            ("", Err("kernel.plan-number")),
        ] {
            let read = PlanNumber::parse(typed);
            let found = read.as_ref().map(|one| (one.code.as_str(), one.year, one.serial));
            assert_eq!(found.map_err(|refusal| refusal.code), expected, "{typed}");
        }
    }
}
