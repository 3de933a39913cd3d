//! Who may make an account at the window without being asked who they are: whoever founds what does not exist
//! yet (B9, E11).
//!
//! The account name that is typed gets four letters from the window, so that no answer of the page tells
//! which names are taken, and nobody is turned away because somebody else was first.

use crate::kernel::{Refusal, half_width};

/// The longest name of a person, in characters.
pub const NAME_MAX: usize = 40;
/// The longest way to be reached, in characters.
const CONTACT_MAX: usize = 60;
/// The fewest and most characters of an account name as typed; the window adds a hyphen and four letters.
const LOGIN: std::ops::RangeInclusive<usize> = 2..=30;
/// The fewest and most digits of a telephone.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// Whether `text` can be the name of a person: two letters or more, with what stands between and behind names.
pub fn is_person_name(text: &str) -> bool {
    let is_between =
        |sign: char| matches!(sign, ' ' | '·' | '•' | '.' | '-' | '\'' | '’' | '（' | '）' | '(' | ')');
    let letters = text.chars().filter(|sign| sign.is_alphabetic()).count();
    letters >= 2
        && text.chars().count() <= NAME_MAX
        && text.chars().all(|sign| sign.is_alphabetic() || is_between(sign))
}

/// An applicant as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewApplicant {
    /// The person's name.
    pub name: String,
    /// A telephone or an e-mail address.
    pub contact: String,
    /// The beginning of the account name.
    pub login: String,
}

impl NewApplicant {
    /// The same, without surrounding space and in half-width letters where letters count.
    #[must_use]
    pub fn tidy(&self) -> Self {
        Self {
            name: self.name.trim().to_owned(),
            contact: half_width(&self.contact).trim().to_owned(),
            login: half_width(&self.login).trim().to_lowercase(),
        }
    }

    /// Every fault, each at its field.
    pub fn faults(&self) -> Vec<Refusal> {
        let mut faults = Vec::new();
        if self.name.is_empty() {
            faults.push(Refusal::new("access.name-missing", "E11").at("name"));
        }
        if self.name.chars().count() > NAME_MAX {
            faults.push(Refusal::new("access.name-long", "E11").at("name").with("most", NAME_MAX));
        }
        if !is_telephone(&self.contact) && !is_address(&self.contact) {
            faults.push(Refusal::new("access.contact-form", "E11").at("contact"));
        }
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !LOGIN.contains(&self.login.chars().count()) || !self.login.chars().all(is_plain) {
            let refusal = Refusal::new("access.login-beginning", "E11").at("login");
            faults.push(refusal.with("least", *LOGIN.start()).with("most", *LOGIN.end()));
        }
        faults
    }
}

/// Whether a text is a telephone: 7 to 15 digits, with spaces, brackets, hyphens or a plus sign.
pub(super) fn is_telephone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    DIGITS.contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || " +-()".contains(c))
}

fn is_address(text: &str) -> bool {
    let is_plain = text.chars().count() <= CONTACT_MAX && !text.chars().any(char::is_whitespace);
    let Some((who, place)) = text.split_once('@') else { return false };
    let labels = || place.split('.');
    is_plain
        && !who.is_empty()
        && labels().count() > 1
        && labels().all(|label| !label.is_empty())
        && !place.contains('@')
}

#[cfg(test)]
mod tests {
    use super::NewApplicant;

    #[test]
    fn an_applicant_says_who_they_are_and_how_to_reach_them() {
        let sound = ["林夏（示例）", "025-83630000", "linxia"];
        for (typed, expected) in [
            (sound, None),
            (["林夏（示例）", "linxia@example.org", "lin-xia-2"], None),
            (["林夏（示例）", "１３８００００００００", "ＬＩＮＸＩＡ"], None),
            ([" ", "025-83630000", "linxia"], Some("access.name-missing")),
            ([&"林".repeat(41), "025-83630000", "linxia"], Some("access.name-long")),
            (["林夏（示例）", "", "linxia"], Some("access.contact-form")),
            (["林夏（示例）", "12345", "linxia"], Some("access.contact-form")),
            (["林夏（示例）", "linxia@localhost", "linxia"], Some("access.contact-form")),
            (["林夏（示例）", "a@b@example.org", "linxia"], Some("access.contact-form")),
            (["林夏（示例）", "025-83630000", "l"], Some("access.login-beginning")),
            (["林夏（示例）", "025-83630000", "林夏"], Some("access.login-beginning")),
            (["林夏（示例）", "025-83630000", "lin xia"], Some("access.login-beginning")),
        ] {
            let [name, contact, login] = typed.map(str::to_owned);
            let found = NewApplicant { name, contact, login }.tidy().faults();
            assert_eq!(found.first().map(|fault| fault.code), expected, "{typed:?}");
        }
    }
}
