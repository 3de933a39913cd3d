//! Terms: the small pieces by which a name or a code is found.
//!
//! A piece is two characters of the name, three initials, four or seven letters of pinyin from the start of
//! a syllable, or six characters of the code. Only equality is asked of the database, so both engines answer
//! alike; a piece is kept as a number, and what it finds is compared with the whole text afterwards.

use std::collections::BTreeSet;

use domain::kernel::half_width_char;

use super::sounds::{sounds, syllables};

/// What a piece is a piece of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Name,
    Initials,
    Pinyin,
    Code,
    /// The whole name, so that an exact name comes first.
    Whole,
}

impl Of {
    fn mark(self) -> u8 {
        match self {
            Of::Name => b'n',
            Of::Initials => b'i',
            Of::Pinyin => b'p',
            Of::Code => b'c',
            Of::Whole => b'=',
        }
    }
}

const NAME_PIECE: usize = 2;
const INITIALS_PIECE: usize = 3;
const PINYIN_SHORT: usize = 4;
const PINYIN_LONG: usize = 7;
const CODE_PIECE: usize = 6;
/// The first characters of a code say kind and division, which are filters and not searches.
const CODE_SKIPPED: usize = 8;

/// A way to answer a query: any of these terms finds candidates, and the needle decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Probe {
    pub of: Of,
    pub needle: String,
    pub terms: Vec<i64>,
}

/// Letters, digits and Chinese characters in one width and case; all else is left out.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(half_width_char).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A piece as a number of 63 bits (FNV-1a). Two pieces may share a number; the needle tells them apart.
fn term(of: Of, piece: &str) -> i64 {
    let bytes = [of.mark()].into_iter().chain(piece.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    i64::try_from(hash >> 1).unwrap_or(0)
}

fn pieces(of: Of, text: &str, length: usize) -> Vec<i64> {
    let letters: Vec<char> = text.chars().collect();
    letters.windows(length).map(|window| term(of, &window.iter().collect::<String>())).collect()
}

/// Every term of an organisation.
pub(super) fn terms_of(name: &str, code: &str) -> BTreeSet<i64> {
    let name_plain = plain(name);
    let (_, initials) = sounds(name);
    let mut terms: BTreeSet<i64> = pieces(Of::Name, &name_plain, NAME_PIECE).into_iter().collect();
    terms.insert(term(Of::Whole, &name_plain));
    terms.extend(pieces(Of::Initials, &initials, INITIALS_PIECE));
    let syllables = syllables(name);
    for start in 0..syllables.len() {
        let rest: String = syllables.iter().skip(start).take(PINYIN_LONG).map(String::as_str).collect();
        for length in [PINYIN_SHORT, PINYIN_LONG] {
            terms.extend(rest.get(..length).map(|piece| term(Of::Pinyin, piece)));
        }
    }
    let tail = plain(code).chars().skip(CODE_SKIPPED).collect::<String>();
    terms.extend(pieces(Of::Code, &tail, CODE_PIECE));
    terms
}

/// The ways to answer what a person typed; none for a text that is too short.
pub(super) fn probes(text: &str) -> Vec<Probe> {
    let needle = plain(text);
    let mut probes = Vec::new();
    let mut push = |of: Of, terms: Vec<i64>| {
        if !terms.is_empty() {
            probes.push(Probe { of, needle: needle.clone(), terms });
        }
    };
    if needle.chars().count() >= NAME_PIECE {
        push(Of::Whole, vec![term(Of::Whole, &needle)]);
    }
    let is_latin = !needle.is_empty() && needle.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_latin && needle.bytes().any(|byte| byte.is_ascii_digit()) {
        // A piece that lies in the skipped head finds nothing, so the last piece is the one to ask for.
        push(Of::Code, pieces(Of::Code, &needle, CODE_PIECE).last().copied().into_iter().collect());
    }
    if is_latin {
        push(Of::Initials, pieces(Of::Initials, &needle, INITIALS_PIECE));
        let length = if needle.len() >= PINYIN_LONG { PINYIN_LONG } else { PINYIN_SHORT };
        push(Of::Pinyin, needle.get(..length).map(|piece| term(Of::Pinyin, piece)).into_iter().collect());
    }
    push(Of::Name, pieces(Of::Name, &needle, NAME_PIECE));
    probes
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "南京市秦淮区夕照居家养老服务中心（示例）";
    const CODE: &str = "52320104XX0000015T";

    fn check(text: &str, expected: bool) {
        let terms = terms_of(NAME, CODE);
        let found = probes(text).iter().any(|probe| probe.terms.iter().all(|term| terms.contains(term)));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_name_is_found_by_any_of_its_pieces() {
        for text in [
            "夕照",
            "养老服务",
            "夕照 居家",
            "中心示例",
            NAME,
            "xizhao",
            "yanglaofuwu",
            "fuwu",
            "xzjj",
            "yl f",
        ] {
            check(text, true);
        }
        for text in ["0000015T", "52320104XX0000015T", "52320104ＸＸ0000015t"] {
            check(text, true);
        }
        for text in ["", "夕", "夕养", "izhao", "xx", "zzzz", "9999999"] {
            check(text, false);
        }
    }

    #[test]
    fn an_organisation_has_few_terms() {
        assert!(terms_of(NAME, CODE).len() < 80);
    }
}
