//! Grounds: the public page of each rule, with its text and its legal source, in both languages.
//!
//! Every refusal and every row of the rule file cites one by its id, so that a reader can look it up.

use std::collections::BTreeMap;

use super::Date;

/// The page of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The rule's id, such as `C18`.
    pub id: String,
    /// Title in Chinese.
    pub title_zh: String,
    /// Title in English.
    pub title_en: String,
    /// What the rule says, in Chinese.
    pub text_zh: String,
    /// What the rule says, in English.
    pub text_en: String,
    /// Law, measures or practice it rests on, in Chinese.
    pub legal_ground: String,
    /// The same in English.
    pub legal_ground_en: String,
    /// Since when it applies; `None` when the source gives no date.
    pub effective_from: Option<Date>,
}

/// Where a page stands among the others.
type Place = (String, u32, String);

impl Ground {
    /// Law, measures or practice it rests on, in the reader's language.
    pub fn law(&self, is_english: bool) -> &str {
        if is_english { &self.legal_ground_en } else { &self.legal_ground }
    }
}

/// All rule pages by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grounds {
    pages: BTreeMap<Place, Ground>,
}

impl Grounds {
    /// Keeps the pages by id; the ids that came twice are the error.
    pub fn build(grounds: impl IntoIterator<Item = Ground>) -> Result<Self, Vec<String>> {
        let mut pages = BTreeMap::new();
        let mut twice = Vec::new();
        for ground in grounds {
            let id = ground.id.clone();
            if pages.insert(order(&id), ground).is_some() {
                twice.push(id);
            }
        }
        if twice.is_empty() { Ok(Self { pages }) } else { Err(twice) }
    }

    /// The page of one rule.
    pub fn get(&self, id: &str) -> Option<&Ground> {
        self.pages.get(&order(id)).filter(|ground| ground.id == id)
    }

    /// Every page, by family letter and number: `B2` before `B10`.
    pub fn all(&self) -> impl Iterator<Item = &Ground> {
        self.pages.values()
    }
}

/// Sorts `C9` before `C10` and `E3` before `E3a`: the letters, the number, what follows.
fn order(id: &str) -> Place {
    let letters: String = id.chars().take_while(|character| !character.is_ascii_digit()).collect();
    let rest = id.get(letters.len()..).unwrap_or_default();
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let suffix = rest.get(digits.len()..).unwrap_or_default().to_owned();
    (letters, digits.parse().unwrap_or(u32::MAX), suffix)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(id: &str) -> Ground {
        let text = || id.to_owned();
        Ground {
            id: text(),
            title_zh: text(),
            title_en: text(),
            text_zh: text(),
            text_en: text(),
            legal_ground: text(),
            legal_ground_en: text(),
            effective_from: None,
        }
    }

    #[test]
    fn pages_stand_in_the_order_of_the_book() {
        let grounds = Grounds::build(["C10", "T1", "C9", "B40"].map(page)).unwrap();
        let ids: Vec<&str> = grounds.all().map(|ground| ground.id.as_str()).collect();
        assert_eq!(ids, ["B40", "C9", "C10", "T1"]);
        assert_eq!(grounds.get("C9").map(|ground| ground.id.as_str()), Some("C9"));
        assert_eq!(grounds.get("C09"), None);
        assert_eq!(grounds.get(""), None);
    }

    #[test]
    fn an_id_that_comes_twice_is_named() {
        assert_eq!(Grounds::build(["C9", "C9"].map(page)), Err(vec!["C9".to_owned()]));
    }
}
