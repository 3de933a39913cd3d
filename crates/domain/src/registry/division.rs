//! Districts with their days: a code holds from its first day to its last, and what was dated within stays as it
//! was (B45).
//!
//! The table is the city's and comes as an argument; a day that is not on record is open at that end.

use crate::kernel::{Date, Finding, Refusal};

/// A district, as one row of the table of divisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct District {
    /// Six digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its first day; `None` when it is older than the table.
    pub valid_from: Option<Date>,
    /// Its last day; `None` while it exists.
    pub valid_to: Option<Date>,
    /// The code of the district that it became part of, or that took its place; empty while it exists.
    pub successor: String,
    /// The streets of today that lay in it, by the heads of their codes; empty while it exists.
    pub streets: Vec<String>,
    /// What decided of it.
    pub source: String,
}

impl District {
    /// Whether it existed on this day; both ends are included.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    /// Its last day, if that lies before `day`.
    fn ended_before(&self, day: Date) -> Option<Date> {
        self.valid_to.filter(|to| *to < day)
    }

    /// Whether a street of today lay in it.
    pub fn had(&self, street: &str) -> bool {
        self.streets.iter().any(|head| street.starts_with(head.as_str()))
    }
}

/// Refuses a credit code whose registrar's division had ended before the organisation was registered. A code of a
/// younger division is none of this: it was given to an older organisation later. `named` is the division that the
/// code names, if the table has it; `today` the name of its successor.
pub fn code_fault(named: Option<&District>, today: &str, registered_on: Date) -> Option<Refusal> {
    let named = named?;
    let ended = named.ended_before(registered_on)?;
    Some(
        Refusal::new("registry.code-division-ended", "B45")
            .with("division", named.name.as_str())
            .with("code", named.code.as_str())
            .with("ended", ended)
            .with("successor", today),
    )
}

/// Refuses a report of days in none of which the district was one: it had ended, or came later. `today` is the name of
/// what it became.
pub fn days_fault(district: &District, today: &str, first: Date, last: Date) -> Option<Refusal> {
    let later = district.valid_from.filter(|from| *from > last);
    let (code, day) = match (district.ended_before(first), later) {
        (Some(to), _) => ("supervision.district-ended", to),
        (None, Some(from)) => ("supervision.district-later", from),
        (None, None) => return None,
    };
    let refusal = Refusal::new(code, "B45").with("district", district.name.as_str()).with("day", day);
    Some(refusal.with("today", today))
}

/// Whether a new name begins with a division that has ended by `day`. `named` is the former district that the name
/// says after its city, `today` the name of its successor.
pub fn name_finding(named: Option<&District>, today: &str, day: Date) -> Finding {
    match named.and_then(|one| one.ended_before(day).map(|ended| (one, ended))) {
        None => Finding::met("name.division-ended", "B45").with("former", "none"),
        Some((one, ended)) => Finding::barred("name.division-ended", "B45")
            .with("former", "named")
            .with("division", one.name.as_str())
            .with("ended", ended)
            .with("successor", today),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;
    use crate::kernel::parse_date;

    fn day(text: &str) -> Date {
        parse_date(text).expect("a day")
    }

    fn district(from: Option<&str>, to: Option<&str>) -> District {
        District {
            code: "320103".to_owned(),
            name: "白下区".to_owned(),
            valid_from: from.map(day),
            valid_to: to.map(day),
            successor: "320104".to_owned(),
            streets: vec!["320104006".to_owned(), "320117".to_owned()],
            source: String::new(),
        }
    }

    #[test]
    fn a_district_holds_from_its_first_day_to_its_last() {
        for (from, to, on, holds) in [
            (None, None, "1990-01-01", true),
            (None, Some("2013-03-27"), "2013-03-27", true),
            (None, Some("2013-03-27"), "2013-03-28", false),
            (Some("2013-03-28"), None, "2013-03-27", false),
            (Some("2013-03-28"), None, "2013-03-28", true),
        ] {
            assert_eq!(district(from, to).holds_on(day(on)), holds, "{from:?} {to:?} {on}");
        }
    }

    #[test]
    fn a_code_and_a_name_are_of_a_division_that_still_is() {
        let former = district(None, Some("2013-03-27"));
        let living = district(Some("2013-03-28"), None);
        for (named, on, ended) in [
            (Some(&former), "2012-06-30", false),
            (Some(&former), "2013-03-27", false),
            (Some(&former), "2013-03-28", true),
            // An organisation of 1995 may have been given its code by the district of today.
            (Some(&living), "1995-01-01", false),
            (None, "2014-01-01", false),
        ] {
            let fault = code_fault(named, "秦淮区", day(on));
            assert_eq!(fault.is_some(), ended, "{named:?} {on}");
            assert!(fault.is_none_or(|one| (one.code, one.rule) == ("registry.code-division-ended", "B45")));
            let found = name_finding(named, "秦淮区", day(on));
            assert_eq!(found.level == Level::Barred, ended, "{named:?} {on}");
        }
    }

    #[test]
    fn a_report_is_of_a_district_that_was_one_in_those_days() {
        let former = district(None, Some("2013-03-27"));
        let living = district(Some("2013-03-28"), None);
        for (of, first, last, expected) in [
            (&former, "2012-10-01", "2012-12-31", None),
            (&former, "2013-01-01", "2013-03-31", None),
            (&former, "2013-04-01", "2013-06-30", Some("supervision.district-ended")),
            (&living, "2013-01-01", "2013-03-31", None),
            (&living, "2012-10-01", "2012-12-31", Some("supervision.district-later")),
        ] {
            let found = days_fault(of, "秦淮区", day(first), day(last)).map(|refusal| refusal.code);
            assert_eq!(found, expected, "{of:?} {first}");
        }
    }

    #[test]
    fn a_street_lay_in_it_by_the_head_of_its_code() {
        let former = district(None, Some("2013-03-27"));
        for (street, had) in [("320104006", true), ("320104005", false), ("320117101", true)] {
            assert_eq!(former.had(street), had, "{street}");
        }
    }
}
