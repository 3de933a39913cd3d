//! What the social organisation bureau wants the register to reach in a year (S12): it sets policy and targets, and
//! decides no case. What is reached is counted from the register, never typed.

use crate::coded;
use crate::kernel::{Refusal, half_width};

coded! {
    /// A figure of the register for which a target may be set.
    pub enum Target as "target" {
        /// 登记备案总数: registered and filed at the year's end (S4).
        Stock = "stock",
        /// 每万人拥有数: for every 10,000 residents (S5).
        Density = "density",
        /// 登记增幅: growth of the registered within the year, in hundredths of a per cent (S6).
        Growth = "growth",
    }
}

/// The largest target; no register holds more, and none grows a thousandfold.
const VALUE_MAX: i64 = 10_000_000;
/// Targets are set for so many years ahead at most.
const YEARS_AHEAD: i64 = 10;
/// No reason is longer, in characters.
const REASON_MAX: usize = 500;

impl Target {
    /// The rule that says how the figure is counted.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Stock => "S4",
            Self::Density => "S5",
            Self::Growth => "S6",
        }
    }

    /// A value as a person types it: a whole number, or for growth a percentage such as 27 or 4.5%.
    ///
    /// # Errors
    /// `target.value` (S12) for what is no such value.
    pub fn read(self, typed: &str) -> Result<i64, Refusal> {
        let plain = half_width(typed).replace([',', ' '], "");
        let plain = plain.trim_end_matches('%');
        let value = match self {
            Self::Stock | Self::Density => plain.parse().ok(),
            Self::Growth => hundredths(plain),
        };
        let value = value.filter(|value| (1..=VALUE_MAX).contains(value));
        value.ok_or_else(|| Refusal::new("target.value", "S12").at("value").with_code("target", self))
    }

    /// A value as a person reads it.
    pub fn shown(self, value: i64) -> String {
        match self {
            Self::Stock | Self::Density => value.to_string(),
            Self::Growth => {
                let sign = if value < 0 { "-" } else { "" };
                format!("{sign}{}.{:02}%", value.unsigned_abs() / 100, value.unsigned_abs() % 100)
            }
        }
    }
}

/// `27` is 2700, `4.5` is 450; more than two decimals are none.
fn hundredths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if part.len() > 2 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    i64::from(whole).checked_mul(100)?.checked_add(part)
}

/// What is wrong with a target for `year` while `this_year` runs: `target.year`, `target.reason-missing`,
/// `target.reason-long` (S12).
pub fn faults(year: i64, reason: &str, this_year: i64) -> Vec<Refusal> {
    let mut found = Vec::new();
    if !(this_year..=this_year.saturating_add(YEARS_AHEAD)).contains(&year) {
        found.push(Refusal::new("target.year", "S12").at("year").with("year", this_year));
    }
    if reason.trim().is_empty() {
        found.push(Refusal::new("target.reason-missing", "S12").at("reason"));
    }
    if reason.chars().count() > REASON_MAX {
        found.push(Refusal::new("target.reason-long", "S12").at("reason").with("max", REASON_MAX));
    }
    found
}

/// Whether a counted figure reaches its target; `None` while nothing can be counted.
pub fn is_reached(value: i64, counted: Option<i64>) -> Option<bool> {
    counted.map(|counted| counted >= value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_as_people_write_it_and_shown_again() {
        use Target::{Density, Growth, Stock};
        for (target, typed, expected) in [
            (Stock, "24,000", Some((24_000, "24000"))),
            (Density, "２９", Some((29, "29"))),
            (Growth, "27%", Some((2_700, "27.00%"))),
            (Growth, "4.5", Some((450, "4.50%"))),
            (Growth, "0.05", Some((5, "0.05%"))),
            (Growth, "4.555", None),
            (Growth, "-3", None),
            (Growth, ".5", None),
            (Density, "29.5", None),
            (Stock, "0", None),
            (Stock, "10000001", None),
            (Stock, "", None),
            (Growth, "99999999999", None),
        ] {
            let read = target.read(typed).ok();
            assert_eq!(read, expected.map(|(value, _)| value), "{target:?} {typed}");
            assert_eq!(read.map(|value| target.shown(value)), expected.map(|(_, text)| text.to_owned()));
        }
    }

    #[test]
    fn a_target_lies_ahead_and_has_a_reason() {
        let codes = |year, reason: &str| -> Vec<&str> {
            faults(year, reason, 2014).iter().map(|fault| fault.code).collect()
        };
        assert_eq!(codes(2014, "年度工作要点"), [""; 0]);
        assert_eq!(codes(2024, "年度工作要点"), [""; 0]);
        assert_eq!(codes(2013, " "), ["target.year", "target.reason-missing"]);
        assert_eq!(codes(2025, &"长".repeat(501)), ["target.year", "target.reason-long"]);
    }

    #[test]
    fn what_cannot_be_counted_is_neither_reached_nor_missed() {
        assert_eq!(is_reached(29, Some(29)), Some(true));
        assert_eq!(is_reached(29, Some(28)), Some(false));
        assert_eq!(is_reached(29, None), None);
    }
}
