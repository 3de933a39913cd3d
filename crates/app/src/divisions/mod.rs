//! Divisions: the city's districts and streets, tables and never code (B44).
//!
//! `districts` holds the districts with their days, former ones among them (B45); streets are those of today.
//! A street code is the district's six digits and three more; from 400 on they are quasi-units such as
//! development zones, which may be a domicile but are no street or town.

mod districts;

use std::collections::BTreeMap;
use std::sync::LazyLock;

pub use districts::{all_districts, district, district_name, district_on, districts, former_named, today_of};

const TABLE: &str = include_str!("../../data/nanjing_streets.csv");

/// A street, town or quasi-unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Street {
    /// Nine digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The district's six digits.
    pub district: String,
    /// The district's name.
    pub district_name: String,
    /// False for quasi-units.
    pub is_street: bool,
}

impl Street {
    /// District and street in one.
    pub fn full_name(&self) -> String {
        format!("{}{}", self.district_name, self.name)
    }
}

/// First of the three digits of quasi-units: 4 to 9.
const QUASI_FROM: u8 = b'4';

static STREETS: LazyLock<BTreeMap<String, Street>> = LazyLock::new(|| {
    let mut streets = BTreeMap::new();
    for record in csv::Reader::from_reader(TABLE.as_bytes()).records().flatten() {
        let cell = |at: usize| record.get(at).unwrap_or_default().to_owned();
        let code = cell(0);
        let is_street = code.as_bytes().get(6).is_some_and(|digit| *digit < QUASI_FROM);
        let street = Street {
            code: code.clone(),
            name: cell(1),
            district: cell(2),
            district_name: cell(3),
            is_street,
        };
        streets.insert(code, street);
    }
    streets
});

/// The street with this code.
pub fn street(code: &str) -> Option<&'static Street> {
    STREETS.get(code)
}

/// Every street, town and quasi-unit, by code.
pub fn streets() -> impl Iterator<Item = &'static Street> {
    STREETS.values()
}

/// District and street of a nine-digit code, or the code itself.
pub fn name_of(code: &str) -> String {
    street(code).map_or_else(|| code.to_owned(), Street::full_name)
}

/// The street that `text` names: its code, its full name with or without the city, its name behind that of the
/// former district in which it lay, or its own name when no other street of the city bears it.
pub fn find(text: &str) -> Option<&'static Street> {
    let text = text.trim();
    if let Some(street) = street(text) {
        return Some(street);
    }
    let text = text.strip_prefix("江苏省").unwrap_or(text);
    let text = text.strip_prefix("南京市").unwrap_or(text);
    if let Some(former) = former_named(text) {
        let rest = stem(text.strip_prefix(former.name.as_str()).unwrap_or_default());
        return only(
            STREETS.values().filter(|street| former.had(&street.code) && stem(&street.name) == rest),
        );
    }
    only(STREETS.values().filter(|street| street.full_name() == text || street.name == text))
}

/// The one that there is; none of several.
fn only(mut found: impl Iterator<Item = &'static Street>) -> Option<&'static Street> {
    match (found.next(), found.next()) {
        (Some(street), None) => Some(street),
        _ => None,
    }
}

/// A street's name without its sort: a town of an old address may be a street today.
fn stem(name: &str) -> &str {
    ["街道", "镇", "乡"].into_iter().find_map(|sort| name.strip_suffix(sort)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_city_has_eleven_districts_and_a_hundred_and_one_streets_and_towns() {
        assert_eq!(districts().len(), 11);
        assert_eq!(streets().filter(|street| street.is_street).count(), 101);
        for (district, expected) in [("320102", 7), ("320104", 12), ("320106", 13), ("320118", 8)] {
            let found = streets().filter(|street| street.is_street && street.district == district).count();
            assert_eq!(found, expected, "{district}");
        }
    }

    #[test]
    fn a_street_is_found_by_code_and_by_name() {
        for text in ["320104002", "夫子庙街道", "秦淮区夫子庙街道", "南京市秦淮区夫子庙街道"]
        {
            assert_eq!(find(text).map(|street| street.code.as_str()), Some("320104002"), "{text}");
        }
        for (text, code) in [
            ("白下区五老村街道", "320104006"),
            ("江苏省南京市下关区小市街道", "320106013"),
            ("溧水县永阳镇", "320117001"),
        ] {
            assert_eq!(find(text).map(|street| street.code.as_str()), Some(code), "{text}");
        }
        for text in ["白下区夫子庙街道", "白下区", "", "320104", "320199001", "上海市南京东路街道"]
        {
            assert_eq!(find(text), None, "{text}");
        }
        assert_eq!(name_of("320104002"), "秦淮区夫子庙街道");
        assert_eq!(district_name("320104"), "秦淮区");
    }
}
