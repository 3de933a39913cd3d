//! Permanent residents (常住人口) by year and division: what a density is divided by, with its source (S5).

use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../data/residents.csv");

/// How many lived in a division, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Residents {
    /// The year of the count.
    pub year: i16,
    /// Six digits of the city or a district.
    pub division: String,
    /// Permanent residents.
    pub number: i64,
    /// Who counted, in Chinese.
    pub source: String,
    /// Who counted, in English.
    pub source_en: String,
}

static ROWS: LazyLock<Vec<Residents>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(TABLE.as_bytes());
    let rows = reader.records().flatten().filter_map(|record| {
        Some(Residents {
            year: record.get(0)?.parse().ok()?,
            division: record.get(1)?.to_owned(),
            number: record.get(2)?.parse().ok()?,
            source: record.get(3)?.to_owned(),
            source_en: record.get(4)?.to_owned(),
        })
    });
    rows.collect()
});

/// The last count at or before `year`; without one the first after it.
pub fn residents(division: &str, year: i16) -> Option<&'static Residents> {
    let of = || ROWS.iter().filter(|row| row.division == division);
    let before = of().filter(|row| row.year <= year).max_by_key(|row| row.year);
    before.or_else(|| of().min_by_key(|row| row.year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divisions;

    #[test]
    fn the_districts_of_a_census_sum_to_the_city() {
        let districts: i64 = divisions::districts()
            .iter()
            .filter_map(|(code, _)| residents(code, 2020))
            .map(|row| row.number)
            .sum();
        assert_eq!(residents("320100", 2020).map(|row| row.number), Some(districts));
        assert_eq!(
            divisions::districts().iter().filter(|(code, _)| residents(code, 2020).is_some()).count(),
            11
        );
    }

    #[test]
    fn a_year_without_a_count_takes_the_last_one_before_it() {
        for (year, counted) in [(2012, 2013), (2013, 2013), (2019, 2013), (2020, 2020), (2026, 2020)] {
            assert_eq!(residents("320100", year).map(|row| row.year), Some(counted), "{year}");
        }
        assert_eq!(residents("310000", 2020), None);
    }
}
