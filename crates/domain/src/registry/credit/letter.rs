//! Special letters: an organisation is unreachable when two of them, far enough apart and not too far,
//! came back unsigned (B35).

use crate::kernel::{Date, Refusal, RuleKey, Rules};

/// A special letter to the registered domicile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpecialLetter {
    /// The day it was sent.
    pub sent_on: Date,
    /// The day it came back unsigned; none while it is under way or when it was signed for.
    pub returned_on: Option<Date>,
}

/// The day on which the ground "unreachable" arose: when the second of two letters came back.
///
/// # Errors
/// Fewer than two letters came back, or no two of them lie as far apart as the rule says (B35).
pub fn unreachable_since(letters: &[SpecialLetter], rules: Rules<'_>) -> Result<Date, Refusal> {
    let mut returned: Vec<(Date, Date)> =
        letters.iter().filter_map(|letter| Some((letter.sent_on, letter.returned_on?))).collect();
    returned.sort();
    if returned.len() < 2 {
        let refusal = Refusal::new("credit.letters-missing", "B35").at("ground");
        return Err(refusal.with("found", returned.len()));
    }
    let (least, most) =
        (rules.number(RuleKey::LetterIntervalMinDays), rules.number(RuleKey::LetterIntervalMaxDays));
    let mut apart = 0;
    for pair in returned.windows(2) {
        let [(first, _), (second, back)] = pair else { continue };
        apart = days_between(*first, *second);
        if (least..=most).contains(&apart) {
            return Ok(*back);
        }
    }
    let refusal = Refusal::new("credit.letters-interval", "B35").at("ground");
    Err(refusal.with("apart", apart).with("least", least).with("most", most))
}

/// Calendar days from one day to another.
fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{book, day};

    fn check(letters: &[(Date, Option<Date>)], expected: Result<Date, &str>) {
        let letters: Vec<SpecialLetter> = letters
            .iter()
            .map(|(sent_on, returned_on)| SpecialLetter { sent_on: *sent_on, returned_on: *returned_on })
            .collect();
        let found = unreachable_since(&letters, book().on(day(2026, 3, 2)));
        assert_eq!(found.map_err(|refusal| refusal.code), expected, "{letters:?}");
    }

    #[test]
    fn two_letters_fifteen_to_thirty_days_apart_show_it() {
        let back = |sent: Date| Some(sent.tomorrow().unwrap());
        let first = day(2026, 3, 2);
        let letter = |sent| (sent, back(sent));
        check(&[], Err("credit.letters-missing"));
        check(&[letter(first), (day(2026, 3, 20), None)], Err("credit.letters-missing"));
        check(&[letter(first), letter(day(2026, 3, 16))], Err("credit.letters-interval"));
        check(&[letter(first), letter(day(2026, 3, 17))], Ok(day(2026, 3, 18)));
        check(&[letter(first), letter(day(2026, 4, 1))], Ok(day(2026, 4, 2)));
        check(&[letter(first), letter(day(2026, 4, 2))], Err("credit.letters-interval"));
        // A third letter may make the pair that the first two did not.
        check(&[letter(day(2026, 4, 20)), letter(first), letter(day(2026, 4, 2))], Ok(day(2026, 4, 21)));
    }
}
