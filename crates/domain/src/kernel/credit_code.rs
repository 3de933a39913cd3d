//! The unified social credit code of organisations (GB 32100-2015; RULES B40-B42).
//!
//! Eighteen characters: registrar, kind, six of division, nine of subject code, check. A code that parses
//! has a right check character; the older check inside the subject code only warns (B41).

use std::fmt;

use super::Refusal;
use super::text::half_width_char;
use crate::coded;

const LENGTH: usize = 18;
/// The 31 characters of the standard, in order of value: no I, O, S, V, Z.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const ALPHABET_SIZE: u32 = 31;
/// Each weight is three times the one before, modulo 31 (B40).
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/// Weights of the subject code (GB 11714; B41).
const SUBJECT_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

coded! {
    /// What kind of organisation a code belongs to, from its first two characters.
    pub enum CodeKind as "code_kind" {
        /// A social association (社会团体), 51.
        SocialAssociation = "social_association",
        /// A social service institution (民办非企业单位), 52.
        SocialServiceInstitution = "social_service_institution",
        /// A foundation (基金会), 53.
        Foundation = "foundation",
        /// A public institution (事业单位), 12.
        PublicInstitution = "public_institution",
        /// An enterprise (企业), 91.
        Enterprise = "enterprise",
        /// Any other.
        Other = "other",
    }
}

/// A code whose check character is right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditCode(String);

impl CreditCode {
    /// Reads a code as people type it: full-width or lower-case characters, spaces and dashes are put
    /// right first. A refusal names the position (from 1) and the character at fault.
    pub fn parse(text: &str) -> Result<CreditCode, Refusal> {
        let code = normalise(text);
        let found = code.chars().count();
        if found != LENGTH {
            return Err(Refusal::new("kernel.credit-code-length", "B40")
                .with("found", found)
                .with("expected", LENGTH));
        }
        for (index, character) in code.chars().enumerate() {
            let fault = match value(character) {
                None => "kernel.credit-code-character",
                Some(value) if (2..8).contains(&index) && value > 9 => "kernel.credit-code-division",
                Some(_) => continue,
            };
            return Err(Refusal::new(fault, "B40")
                .with("position", index + 1)
                .with("character", character.to_string()));
        }
        let expected = check_character(&code);
        match code.chars().last() {
            Some(found) if Some(found) != expected => Err(Refusal::new("kernel.credit-code-check", "B40")
                .with("position", LENGTH)
                .with("expected", expected.map(String::from).unwrap_or_default())
                .with("found", found.to_string())),
            _ => Ok(CreditCode(code)),
        }
    }

    /// Makes a code from its parts, with both check characters; `None` when a part is not of its form.
    pub fn derive(registrar: char, kind: char, division: &str, subject8: &str) -> Option<CreditCode> {
        let subject_check = subject_check(subject8)?;
        let body = format!("{registrar}{kind}{division}{subject8}{subject_check}");
        let check = check_character(&body)?;
        let code = CreditCode::parse(&format!("{body}{check}")).ok()?;
        (code.0 == format!("{body}{check}") && code.division() == division).then_some(code)
    }

    /// The eighteen characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The registering authority: 5 civil affairs, 1 institutional establishment, 9 market regulation.
    pub fn registrar(&self) -> char {
        self.0.chars().next().unwrap_or_default()
    }

    /// Whether civil affairs gave it, as they do to social organisations.
    pub fn is_civil_affairs(&self) -> bool {
        self.registrar() == '5'
    }

    /// The kind of organisation.
    pub fn kind(&self) -> CodeKind {
        match self.0.get(..2) {
            Some("51") => CodeKind::SocialAssociation,
            Some("52") => CodeKind::SocialServiceInstitution,
            Some("53") => CodeKind::Foundation,
            Some("12") => CodeKind::PublicInstitution,
            Some("91") => CodeKind::Enterprise,
            _ => CodeKind::Other,
        }
    }

    /// The six digits of the registering division (GB/T 2260), as they were on the day of registration.
    pub fn division(&self) -> &str {
        self.0.get(2..8).unwrap_or_default()
    }

    /// The nine characters of the subject code.
    pub fn subject(&self) -> &str {
        self.0.get(8..17).unwrap_or_default()
    }

    /// What to tell when the subject code's own check character is off. Legacy codes have such, so it is
    /// a warning and never refuses (B41).
    pub fn subject_code_warning(&self) -> Option<Refusal> {
        let expected = subject_check(self.subject().get(..8)?)?;
        let found = self.subject().chars().last()?;
        (expected != found).then(|| {
            Refusal::new("kernel.subject-code-check", "B41")
                .with("position", LENGTH - 1)
                .with("expected", expected.to_string())
                .with("found", found.to_string())
        })
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn normalise(text: &str) -> String {
    text.chars()
        .map(half_width_char)
        .filter(|character| !character.is_whitespace() && !"-‐‑–—·".contains(*character))
        .map(|character| character.to_ascii_uppercase())
        .collect()
}

fn value(character: char) -> Option<u32> {
    ALPHABET.chars().zip(0..).find(|(member, _)| *member == character).map(|(_, value)| value)
}

/// The eighteenth character for the first seventeen of `code`; `None` when one is not of the alphabet.
fn check_character(code: &str) -> Option<char> {
    let mut sum = 0;
    let mut characters = code.chars();
    for weight in WEIGHTS {
        sum += value(characters.next()?)? * weight;
    }
    let check = (ALPHABET_SIZE - sum % ALPHABET_SIZE) % ALPHABET_SIZE;
    ALPHABET.chars().nth(usize::try_from(check).ok()?)
}

/// The ninth character of a subject code of eight (B41); `None` when they are not eight.
fn subject_check(subject8: &str) -> Option<char> {
    if subject8.chars().count() != SUBJECT_WEIGHTS.len() {
        return None;
    }
    let mut sum = 0;
    for (character, weight) in subject8.chars().zip(SUBJECT_WEIGHTS) {
        sum += character.to_digit(36)? * weight;
    }
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{Coded, Fact};
    use proptest::prelude::*;

    #[test]
    fn codes_of_real_organisations_are_right() {
        for (text, kind, division) in [
            ("53100000500021676K", CodeKind::Foundation, "100000"),
            ("53100000500019795A", CodeKind::Foundation, "100000"),
            ("12100000400009127B", CodeKind::PublicInstitution, "100000"),
            ("11341700003244799H", CodeKind::Other, "341700"),
            ("91440300708461136T", CodeKind::Enterprise, "440300"),
            ("11320100012947226L", CodeKind::Other, "320100"),
        ] {
            let code = CreditCode::parse(text).unwrap();
            assert_eq!((code.as_str(), code.kind(), code.division()), (text, kind, division));
            assert_eq!(code.subject_code_warning(), None, "{text}");
        }
    }

    #[test]
    fn a_code_may_be_typed_in_any_width_and_case() {
        for text in [
            "53100000 500021676 k",
            "５３１０００００５０００２１６７６Ｋ",
            "5310-0000-5000-21676K",
            "\u{3000}53100000500021676K\n",
        ] {
            assert_eq!(CreditCode::parse(text).unwrap().as_str(), "53100000500021676K", "{text}");
        }
    }

    #[test]
    fn a_wrong_code_says_which_character_fails() {
        check("", "kernel.credit-code-length found=0 expected=18");
        check("5310000050002167K", "kernel.credit-code-length found=17 expected=18");
        check("531000005000216766K", "kernel.credit-code-length found=19 expected=18");
        check("531000005O0021676K", "kernel.credit-code-character position=10 character=O");
        check("5310000050002167Z6", "kernel.credit-code-character position=17 character=Z");
        check("南3100000500021676K", "kernel.credit-code-character position=1 character=南");
        check("53A00000500021676K", "kernel.credit-code-division position=3 character=A");
        check("53100000500020462H", "kernel.credit-code-check position=18 expected=K found=H");
        check("53100000500021676L", "kernel.credit-code-check position=18 expected=K found=L");
        check("53100000500026176K", "kernel.credit-code-check position=18 expected=B found=K");
    }

    fn check(text: &str, expected: &str) {
        let refusal = CreditCode::parse(text).unwrap_err();
        let facts = refusal.facts.iter().map(|(name, fact)| match fact {
            Fact::Number(number) => format!(" {name}={number}"),
            Fact::Text(text) => format!(" {name}={text}"),
            other => format!(" {name}={other:?}"),
        });
        assert_eq!(format!("{}{}", refusal.code, facts.collect::<String>()), expected, "{text}");
        assert_eq!(refusal.rule, "B40");
    }

    #[test]
    fn a_legacy_subject_code_only_warns() {
        let body = "53100000500021677";
        let code = CreditCode::parse(&format!("{body}{}", check_character(body).unwrap())).unwrap();
        let warning = code.subject_code_warning().unwrap();
        assert_eq!((warning.code, warning.rule), ("kernel.subject-code-check", "B41"));
        assert!(warning.facts.contains(&("expected", Fact::Text("6".into()))));
    }

    #[test]
    fn a_code_is_derived_from_its_parts() {
        let code = CreditCode::derive('1', '1', "320100", "01294722").unwrap();
        assert_eq!(code.as_str(), "11320100012947226L");
        assert_eq!((code.registrar(), code.subject()), ('1', "012947226"));
        for (division, subject) in [("32010", "01294722"), ("320100", "0129472"), ("320100", "0129472O")] {
            assert_eq!(CreditCode::derive('1', '1', division, subject), None);
        }
        assert_eq!(CreditCode::derive('1', '1', "32010", "001294722"), None);
        assert_eq!(CodeKind::from_code("foundation"), Some(CodeKind::Foundation));
    }

    fn a_code() -> impl Strategy<Value = String> {
        ("[0-9]{6}", "[0-9A-HJ-NPQRTUWXY]{8}", 1_u32..4).prop_map(|(division, subject, kind)| {
            let kind = char::from_digit(kind, 10).unwrap();
            CreditCode::derive('5', kind, &division, &subject).unwrap().as_str().to_owned()
        })
    }

    proptest! {
        #[test]
        fn a_derived_code_is_right(code in a_code()) {
            prop_assert_eq!(CreditCode::parse(&code).unwrap().subject_code_warning(), None);
        }

        #[test]
        fn one_changed_character_is_always_found(code in a_code(), at in 0_usize..18, to in "[0-9A-Z]") {
            let mut changed = code.clone();
            changed.replace_range(at..=at, &to);
            prop_assert_eq!(CreditCode::parse(&changed).is_ok(), changed == code);
        }

        #[test]
        fn two_swapped_neighbours_are_always_found(code in a_code(), at in 0_usize..17) {
            let mut characters: Vec<char> = code.chars().collect();
            characters.swap(at, at + 1);
            let swapped: String = characters.into_iter().collect();
            prop_assert_eq!(CreditCode::parse(&swapped).is_ok(), swapped == code);
        }

        #[test]
        fn no_text_breaks_the_reader(text in "\\PC*") {
            let _ = (CreditCode::parse(&text), CreditCode::derive('5', '1', &text, &text));
        }
    }
}
