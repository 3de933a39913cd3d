//! Money as people write and read it: yuan and 万元 in forms, 万元 in lists, capitals in contracts.
//!
//! The unit is never guessed: a form says which of the two it takes and calls that reader.

use super::text::half_width;
use super::{Fen, Refusal};

/// Law and bank forms know no larger sum; a thirteenth digit is a slip.
const YUAN_DIGITS_MAX: usize = 12;
const FEN_PER_WAN: u64 = 1_000_000;

impl Fen {
    /// Reads yuan: `480000`, `480,000.00`, `¥4.8`, `４８０元`. Refuses signs, a third decimal, a 13th digit.
    pub fn parse_yuan(text: &str) -> Result<Fen, Refusal> {
        parse(text, 2, YUAN_DIGITS_MAX)
    }

    /// Reads 万元: `48`, `7.5`, `0.000001` (one fen), `48万元`. Exact to the fen, so six decimals at most.
    pub fn parse_wan(text: &str) -> Result<Fen, Refusal> {
        parse(text, 6, YUAN_DIGITS_MAX - 4)
    }

    /// In 万元 with thousands separators and two decimals, rounded half up, for lists: `14.42`.
    pub fn in_wan(self) -> String {
        let step = FEN_PER_WAN / 100;
        let hundredths = (self.0.unsigned_abs() + step / 2) / step;
        let sign = if self.0 < 0 && hundredths > 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", grouped(hundredths / 100), hundredths % 100)
    }

    /// In 万元 with as many decimals as the amount needs: `14.423`, `48`.
    pub fn in_wan_exact(self) -> String {
        let fen = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        let text = format!("{sign}{}.{:06}", grouped(fen / FEN_PER_WAN), fen % FEN_PER_WAN);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// In Chinese capitals, as contracts and opening sheets require: `肆拾捌万元整`.
    pub fn capitals(self) -> String {
        let (yuan, cents) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        let (jiao, fen) = (cents / 10, cents % 10);
        let mut text = String::from(if self.0 < 0 { "负" } else { "" });
        if yuan > 0 || cents == 0 {
            text += &capital_number(yuan);
            text += "元";
        }
        match (jiao, fen) {
            (0, 0) => text += "整",
            (0, fen) => {
                text += if yuan > 0 { "零" } else { "" };
                text += &format!("{}分", capital_digit(fen));
            }
            (jiao, 0) => text += &format!("{}角整", capital_digit(jiao)),
            (jiao, fen) => text += &format!("{}角{}分", capital_digit(jiao), capital_digit(fen)),
        }
        text
    }

    /// The sum, or `None` when it does not fit.
    pub fn sum(amounts: impl IntoIterator<Item = Fen>) -> Option<Fen> {
        amounts.into_iter().try_fold(Fen::ZERO, Fen::plus)
    }
}

/// Reads a number with at most `decimals_max` decimals as a whole count of its smallest unit.
fn parse(text: &str, decimals_max: usize, digits_max: usize) -> Result<Fen, Refusal> {
    let plain = half_width(text);
    let unreadable = || Refusal::new("kernel.money-unreadable", "E10").with("text", text);
    let unit = if decimals_max > 2 { ["万元", "万"] } else { ["元", "圆"] };
    let number = plain.trim_start_matches(['¥', '￥']).trim();
    let number = unit.iter().find_map(|unit| number.strip_suffix(unit)).unwrap_or(number).trim();
    if number.strip_prefix(['-', '−']).is_some_and(|rest| rest.contains(|c: char| c.is_ascii_digit())) {
        return Err(Refusal::new("kernel.money-negative", "E10").with("text", text));
    }
    let (whole, decimals) = match number.split_once('.') {
        Some((_, "")) => return Err(unreadable()),
        Some(parts) => parts,
        None => (number, ""),
    };
    let whole = ungrouped(whole).ok_or_else(unreadable)?;
    if !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(unreadable());
    }
    let digits = whole.trim_start_matches('0');
    if digits.len() > digits_max {
        return Err(Refusal::new("kernel.money-too-large", "E10")
            .with("text", text)
            .with("digits_max", digits_max));
    }
    let decimals = decimals.trim_end_matches('0');
    if decimals.len() > decimals_max {
        return Err(Refusal::new("kernel.money-too-many-decimals", "E10")
            .with("text", text)
            .with("decimals_max", decimals_max));
    }
    format!("{digits}{decimals:0<decimals_max$}").parse().map(Fen).map_err(|_| unreadable())
}

/// Digits without thousands separators; `None` when a separator stands where none belongs.
fn ungrouped(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split(',').collect();
    let digits_only = groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    let (first, rest) = groups.split_first()?;
    let grouping =
        rest.is_empty() || ((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3));
    (digits_only && grouping && !first.is_empty()).then(|| groups.concat())
}

/// A whole number with thousands separators.
pub(super) fn grouped(whole: u64) -> String {
    let digits = whole.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn capital_digit(digit: u64) -> char {
    match digit {
        1 => '壹',
        2 => '贰',
        3 => '叁',
        4 => '肆',
        5 => '伍',
        6 => '陆',
        7 => '柒',
        8 => '捌',
        9 => '玖',
        _ => '零',
    }
}

/// A whole number in capitals. Large units nest (亿 over 万), and one 零 bridges any run of zeros.
fn capital_number(number: u64) -> String {
    const UNITS: [(u64, &str); 5] =
        [(100_000_000, "亿"), (10_000, "万"), (1000, "仟"), (100, "佰"), (10, "拾")];
    for (size, unit) in UNITS {
        if number >= size {
            let (high, low) = (number / size, number % size);
            let bridge = if low > 0 && low < size / 10 { "零" } else { "" };
            let rest = if low > 0 { capital_number(low) } else { String::new() };
            return format!("{}{unit}{bridge}{rest}", capital_number(high));
        }
    }
    capital_digit(number).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn yuan_is_read_as_people_type_it() {
        for (text, fen) in [
            ("480000", 48_000_000),
            ("480,000.00", 48_000_000),
            ("４８０，０００．５", 48_000_050),
            ("¥1,234,567.89", 123_456_789),
            ("￥ 12 元", 1200),
            ("0", 0),
            ("0.01元", 1),
            ("007", 700),
            ("1.500", 150),
            ("999999999999.99", 99_999_999_999_999),
        ] {
            assert_eq!(Fen::parse_yuan(text), Ok(Fen(fen)), "{text}");
        }
    }

    #[test]
    fn a_slip_of_the_pen_is_named() {
        for (text, code) in [
            ("-1", "kernel.money-negative"),
            ("－480000", "kernel.money-negative"),
            ("1.234", "kernel.money-too-many-decimals"),
            ("1000000000000", "kernel.money-too-large"),
            ("1,000,000,000,000", "kernel.money-too-large"),
            ("", "kernel.money-unreadable"),
            ("元", "kernel.money-unreadable"),
            (".5", "kernel.money-unreadable"),
            ("5.", "kernel.money-unreadable"),
            ("48,00", "kernel.money-unreadable"),
            (",480", "kernel.money-unreadable"),
            ("4800,000", "kernel.money-unreadable"),
            ("1.2.3", "kernel.money-unreadable"),
            ("1e5", "kernel.money-unreadable"),
            ("+5", "kernel.money-unreadable"),
            ("48万元", "kernel.money-unreadable"),
            ("四十八", "kernel.money-unreadable"),
        ] {
            assert_eq!(Fen::parse_yuan(text).map_err(|refusal| refusal.code), Err(code), "{text}");
        }
    }

    #[test]
    fn ten_thousand_yuan_are_exact_to_the_fen() {
        for (text, fen) in
            [("48", 48_000_000), ("0.000001", 1), ("7.5万元", 7_500_000), ("1,000万", 1_000_000_000)]
        {
            assert_eq!(Fen::parse_wan(text), Ok(Fen(fen)), "{text}");
        }
        let code = |text| Fen::parse_wan(text).map_err(|refusal| refusal.code);
        assert_eq!(code("0.0000001"), Err("kernel.money-too-many-decimals"));
        assert_eq!(code("100000000"), Err("kernel.money-too-large"));
        assert_eq!(code("48元"), Err("kernel.money-unreadable"));
    }

    #[test]
    fn lists_show_ten_thousand_yuan_rounded_half_up() {
        for (fen, rounded, exact) in [
            (Fen::yuan(144_230), "14.42", "14.423"),
            (Fen::yuan(7_500_000), "750.00", "750"),
            (Fen::yuan(50), "0.01", "0.005"),
            (Fen(4_999), "0.00", "0.004999"),
            (Fen::yuan(30_000_000_000), "3,000,000.00", "3,000,000"),
            (Fen(-48_000_000), "-48.00", "-48"),
            (Fen(-1), "0.00", "-0.000001"),
            (Fen::ZERO, "0.00", "0"),
        ] {
            assert_eq!((fen.in_wan().as_str(), fen.in_wan_exact().as_str()), (rounded, exact));
        }
    }

    #[test]
    fn capitals_follow_the_bank_rules() {
        for (fen, capitals) in [
            (0, "零元整"),
            (1, "壹分"),
            (10, "壹角整"),
            (101, "壹元零壹分"),
            (10_005, "壹佰元零伍分"),
            (100_000, "壹仟元整"),
            (1_001_000, "壹万零壹拾元整"),
            (48_000_000, "肆拾捌万元整"),
            (100_010_000, "壹佰万零壹佰元整"),
            (123_456_789, "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"),
            (750_000_000, "柒佰伍拾万元整"),
            (3_000_000_000, "叁仟万元整"),
            (10_000_000_001, "壹亿元零壹分"),
            (110, "壹元壹角整"),
            (10_700_000, "壹拾万柒仟元整"),
            (100_100, "壹仟零壹元整"),
            (120_000_000_000_000, "壹万贰仟亿元整"),
            (-100, "负壹元整"),
        ] {
            assert_eq!(Fen(fen).capitals(), capitals, "{fen}");
        }
    }

    #[test]
    fn a_sum_that_does_not_fit_is_none() {
        assert_eq!(Fen::sum([Fen(1), Fen(2)]), Some(Fen(3)));
        assert_eq!(Fen::sum([]), Some(Fen::ZERO));
        assert_eq!(Fen::sum([Fen(i64::MAX), Fen(1)]), None);
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_read_again(fen in 0_i64..=99_999_999_999_999) {
            prop_assert_eq!(Fen::parse_yuan(&Fen(fen).to_string()), Ok(Fen(fen)));
            prop_assert_eq!(Fen::parse_wan(&Fen(fen).in_wan_exact()), Ok(Fen(fen)));
        }

        #[test]
        fn no_amount_lacks_capitals(fen: i64) {
            let capitals = Fen(fen).capitals();
            prop_assert!(!capitals.contains("零零") && !capitals.is_empty());
            prop_assert!(!Fen(fen).in_wan().is_empty() && !Fen(fen).in_wan_exact().is_empty());
        }

        #[test]
        fn no_text_breaks_the_reader(text in "\\PC*") {
            let _ = (Fen::parse_yuan(&text), Fen::parse_wan(&text));
        }
    }
}
