//! The words of organisation sheets: what a person may write in a cell, and what we write there.
//!
//! A table, not code: each closed list has one Chinese and one English word for a member, and others that
//! offices use. The pages' message files carry the same first words; a test of the doors compares them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::kernel::{Coded, half_width};

const TABLE: &str = include_str!("../../data/organisation_words.csv");

/// A member of a list with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The list: a closed list's name, `column` or `yes_no`.
    pub list: String,
    /// The member's stable code.
    pub code: String,
    /// The Chinese word.
    pub zh: String,
    /// The English word.
    pub en: String,
    also: Vec<String>,
}

struct Words {
    rows: Vec<Word>,
    /// List and plain word to the row's place.
    places: BTreeMap<(String, String), usize>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| read(TABLE));

fn read(table: &str) -> Words {
    let mut words = Words { rows: Vec::new(), places: BTreeMap::new() };
    for record in csv::Reader::from_reader(table.as_bytes()).records().flatten() {
        let cell = |at: usize| record.get(at).unwrap_or_default().to_owned();
        let also: Vec<String> =
            cell(4).split('|').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let word = Word { list: cell(0), code: cell(1), zh: cell(2), en: cell(3), also };
        let place = words.rows.len();
        for text in [&word.code, &word.zh, &word.en].into_iter().chain(&word.also) {
            words.places.insert((word.list.clone(), plain(text)), place);
        }
        words.rows.push(word);
    }
    words
}

/// Letters in one width and case, without spaces and underscores, so that small differences do not matter.
fn plain(text: &str) -> String {
    half_width(text).to_lowercase().chars().filter(|c| !c.is_whitespace() && !"_-*".contains(*c)).collect()
}

/// Every word of the table.
pub fn all() -> &'static [Word] {
    &WORDS.rows
}

/// The code that `text` stands for in `list`; `None` for a word that the list does not know.
pub fn code_of(list: &str, text: &str) -> Option<&'static str> {
    let place = WORDS.places.get(&(list.to_owned(), plain(text)))?;
    WORDS.rows.get(*place).map(|word| word.code.as_str())
}

/// The member of a closed list that `text` stands for: its code or any of its words.
pub fn member<C: Coded>(text: &str) -> Option<C> {
    C::from_code(text.trim()).or_else(|| C::from_code(code_of(C::LIST, text)?))
}

/// The word for a member, in English or in Chinese; the code itself when the table has none.
pub fn word_of(list: &str, code: &str, is_english: bool) -> String {
    let found = WORDS.rows.iter().find(|word| word.list == list && word.code == code);
    found.map_or_else(|| code.to_owned(), |word| if is_english { word.en.clone() } else { word.zh.clone() })
}

/// The word for a member of a closed list.
pub fn word<C: Coded>(of: C, is_english: bool) -> String {
    word_of(C::LIST, of.code(), is_english)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::registry::{
        BusinessField, CreditListing, InspectionResult, Legal, OrganisationKind, OrganisationStatus,
    };

    fn check<C: Coded>() {
        for one in C::ALL {
            assert_ne!(word(*one, false), one.code(), "{} {}", C::LIST, one.code());
            for text in [word(*one, false), word(*one, true), one.code().to_owned()] {
                assert_eq!(member::<C>(&text).map(C::code), Some(one.code()), "{text}");
            }
        }
    }

    #[test]
    fn every_member_of_every_list_has_words_that_are_read_again() {
        check::<OrganisationKind>();
        check::<Legal>();
        check::<OrganisationStatus>();
        check::<InspectionResult>();
        check::<CreditListing>();
        check::<BusinessField>();
    }

    #[test]
    fn offices_may_use_the_older_word_and_any_width() {
        assert_eq!(member(" 民办非企业单位 "), Some(OrganisationKind::SocialServiceInstitution));
        assert_eq!(member("ＰＡＳＳ"), Some(InspectionResult::Pass));
        assert_eq!(member::<OrganisationKind>("宗教场所"), None);
        assert_eq!(code_of("yes_no", "是"), Some("yes"));
    }
}
