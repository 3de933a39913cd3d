//! The city's districts with first and last day (B44, B45). Those that ended stay in the table, so that an old code
//! is still named and a day of the past finds its own district.

use std::sync::LazyLock;

use domain::kernel::{Date, parse_date};
use domain::registry::division::District;

use super::Street;

const TABLE: &str = include_str!("../../data/nanjing_districts.csv");
/// Successors of successors at most; more would be a circle.
const SUCCESSORS_MAX: usize = 8;

static DISTRICTS: LazyLock<Vec<District>> = LazyLock::new(|| {
    let read = |record: csv::StringRecord| {
        let cell = |at: usize| record.get(at).unwrap_or_default().to_owned();
        District {
            code: cell(0),
            name: cell(1),
            valid_from: parse_date(&cell(2)).ok(),
            valid_to: parse_date(&cell(3)).ok(),
            successor: cell(4),
            streets: cell(5).split_whitespace().map(str::to_owned).collect(),
            source: cell(6),
        }
    };
    csv::Reader::from_reader(TABLE.as_bytes()).records().flatten().map(read).collect()
});

/// Every district that is or was, by code.
pub fn all_districts() -> &'static [District] {
    &DISTRICTS
}

/// The district with this code, be it a former one.
pub fn district(code: &str) -> Option<&'static District> {
    DISTRICTS.iter().find(|one| one.code == code)
}

/// Every district of today with its name, by code.
pub fn districts() -> Vec<(&'static str, &'static str)> {
    let living = DISTRICTS.iter().filter(|one| one.valid_to.is_none());
    living.map(|one| (one.code.as_str(), one.name.as_str())).collect()
}

/// The name of a district, be it a former one, or the code itself.
pub fn district_name(code: &str) -> &str {
    district(code).map_or(code, |one| one.name.as_str())
}

/// The district of today that a district is or became; a code that is in no table stays.
pub fn today_of(code: &str) -> &str {
    let mut code = code;
    for _ in 0..SUCCESSORS_MAX {
        match district(code) {
            Some(one) if one.valid_to.is_some() => code = &one.successor,
            _ => break,
        }
    }
    code
}

/// The district of which a street of today was part on this day.
pub fn district_on(street: &Street, day: Date) -> &str {
    let former = DISTRICTS.iter().find(|one| one.had(&street.code) && one.holds_on(day));
    former.map_or(&street.district, |one| &one.code)
}

/// The former district whose full name a text begins with; the city may stand before it.
pub fn former_named(text: &str) -> Option<&'static District> {
    let text = text.strip_prefix("南京市").unwrap_or(text);
    DISTRICTS.iter().find(|one| one.valid_to.is_some() && text.starts_with(one.name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divisions::{street, streets};

    fn day(text: &str) -> Date {
        parse_date(text).expect("a day")
    }

    #[test]
    fn the_table_of_streets_and_the_table_of_districts_agree() {
        for one in streets() {
            assert_eq!(district_name(&one.district), one.district_name, "{one:?}");
        }
        let mut of_streets: Vec<&str> = streets().map(|one| one.district.as_str()).collect();
        of_streets.dedup();
        assert_eq!(districts().iter().map(|(code, _)| *code).collect::<Vec<_>>(), of_streets);
    }

    #[test]
    fn every_former_district_has_an_end_a_successor_of_the_next_day_and_streets_of_it() {
        let former: Vec<_> = all_districts().iter().filter(|one| one.valid_to.is_some()).collect();
        let told: Vec<(&str, &str, &str)> =
            former.iter().map(|one| (one.name.as_str(), one.code.as_str(), one.successor.as_str())).collect();
        assert_eq!(
            told,
            [
                ("白下区", "320103", "320104"),
                ("下关区", "320107", "320106"),
                ("溧水县", "320124", "320117"),
                ("高淳县", "320125", "320118"),
            ]
        );
        for one in former {
            let next = one.valid_to.and_then(|to| to.tomorrow().ok()).expect("a day after");
            let successor = district(&one.successor).expect("in the table");
            assert!(successor.holds_on(next) && today_of(&one.code) == successor.code, "{one:?}");
            assert!(!one.streets.is_empty(), "{one:?}");
            for head in &one.streets {
                let within: Vec<_> = streets().filter(|one| one.code.starts_with(head.as_str())).collect();
                assert!(!within.is_empty(), "{head}");
                assert!(within.iter().all(|street| street.district == successor.code), "{head}");
            }
        }
        let (codes, mut sorted): (Vec<&str>, Vec<&str>) =
            all_districts().iter().map(|one| (one.code.as_str(), one.code.as_str())).unzip();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(codes, sorted, "by code, each once");
    }

    #[test]
    fn a_day_finds_the_district_of_its_time() {
        for (code, on, expected) in [
            ("320104006", "2012-06-30", "320103"),
            ("320104006", "2013-03-27", "320103"),
            ("320104006", "2013-03-28", "320104"),
            ("320104002", "2012-06-30", "320104"),
            ("320106013", "2012-06-30", "320107"),
            ("320117106", "2012-06-30", "320124"),
            ("320118001", "2014-03-01", "320118"),
        ] {
            let street = street(code).expect("a street");
            assert_eq!(district_on(street, day(on)), expected, "{code} {on}");
        }
    }

    #[test]
    fn an_old_name_is_known_and_an_unknown_code_stays() {
        assert_eq!(former_named("南京市白下区示例协会").map(|one| one.code.as_str()), Some("320103"));
        assert_eq!(former_named("溧水县永阳镇").map(|one| one.code.as_str()), Some("320124"));
        assert_eq!(former_named("南京市白下书法协会"), None, "a place is no division");
        assert_eq!(former_named("南京市秦淮区示例协会"), None);
        assert_eq!(
            (today_of("320103"), today_of("320104"), today_of("310101")),
            ("320104", "320104", "310101")
        );
        assert_eq!((district_name("320107"), district_name("999999")), ("下关区", "999999"));
    }
}
