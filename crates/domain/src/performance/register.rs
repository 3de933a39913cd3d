//! Who is served and who serves: recipients by a code and a group, workers by a number (E3b). A code that could
//! be a name, an identity number or a telephone number is refused, so that the ledger names nobody.

use crate::kernel::Refusal;

/// A code has at least so many signs, and no more than these.
const TOKEN_SIGNS: std::ops::RangeInclusive<usize> = 2..=20;
/// From so many digits in a row on, a code could be a telephone or an identity number.
const DIGITS_IN_A_ROW_MAX: usize = 6;
/// No group or place name is longer, in characters.
pub const NAME_MAX: usize = 60;

/// Refuses a code that says who somebody is.
pub fn check_token(token: &str) -> Result<(), Refusal> {
    let refusal = || Refusal::new("performance.token-not-a-code", "E3b").at("token").with("token", token);
    let is_plain = token.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_plain || !TOKEN_SIGNS.contains(&token.len()) {
        return Err(refusal());
    }
    let runs = token.split(|sign: char| !sign.is_ascii_digit());
    if runs.map(str::len).max().unwrap_or(0) > DIGITS_IN_A_ROW_MAX {
        return Err(refusal());
    }
    Ok(())
}

/// Reads lines of "code group", one recipient each; empty lines are left out.
pub fn parse_recipients(text: &str) -> Result<Vec<(String, String)>, Vec<Refusal>> {
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    for (number, line) in lines.filter(|(_, line)| !line.is_empty()) {
        let split = line.find([' ', '\t', ',', '，', '\u{3000}']);
        let (token, cohort) = split.map_or((line, ""), |at| line.split_at(at));
        let cohort = cohort.trim_matches([' ', '\t', ',', '，', '\u{3000}']);
        let token = token.to_ascii_uppercase();
        if let Err(refusal) = check_token(&token) {
            faults.push(refusal.at("recipients").with("line", number));
        } else if cohort.chars().count() > NAME_MAX {
            let refusal = Refusal::new("performance.text-too-long", "C54").at("recipients");
            faults.push(refusal.with("max", NAME_MAX));
        } else {
            found.push((token, cohort.to_owned()));
        }
    }
    if found.is_empty() && faults.is_empty() {
        faults.push(Refusal::new("performance.recipients-empty", "E3b").at("recipients"));
    }
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_never_says_who_somebody_is() {
        for (token, expected) in [
            ("A001", true),
            ("R-2026-017", true),
            ("王秀英", false),
            ("13812345678", false),
            ("320102194503121234", false),
            ("A", false),
            ("A 1", false),
            ("R123456", true),
            ("R1234567", false),
        ] {
            assert_eq!(check_token(token).is_ok(), expected, "{token}");
        }
    }

    #[test]
    fn recipients_are_read_line_by_line() {
        let read = parse_recipients("a001 独居老人\n\nA002，失能老人\nA003").unwrap();
        let expected = [("A001", "独居老人"), ("A002", "失能老人"), ("A003", "")];
        let read: Vec<_> = read.iter().map(|(token, cohort)| (token.as_str(), cohort.as_str())).collect();
        assert_eq!(read, expected);
        for (text, expected) in
            [("", "performance.recipients-empty"), ("王 五", "performance.token-not-a-code")]
        {
            assert_eq!(parse_recipients(text).unwrap_err()[0].code, expected);
        }
    }
}
