//! The shipped sets of indicators: rows with source and dates (E3, E3a).

use domain::kernel::{Coded, Date, Rules};
use domain::performance::evaluation::indicator::{Indicator, IndicatorGroup, ServiceKind, check_set};

use crate::Error;

const ROWS: &str = include_str!("../../../../domain/data/indicators.csv");

/// The indicators of a kind of service under the rules of a day, in order.
///
/// # Errors
/// `RuleBook` when the file cannot be read; a refusal when the set is not the whole skeleton (E3).
pub fn indicators(kind: ServiceKind, rules: Rules<'_>) -> Result<Vec<Indicator>, Error> {
    let set =
        read(ROWS, kind, rules.date()).map_err(|what| Error::RuleBook(format!("indicators.csv: {what}")))?;
    check_set(&set, rules)?;
    Ok(set)
}

fn read(text: &str, kind: ServiceKind, on: Date) -> Result<Vec<Indicator>, String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut set = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        let cell = |at: usize| row.get(at).unwrap_or_default().trim();
        let day = |at: usize| cell(at).parse::<Date>().map_err(|error| format!("{}: {error}", cell(2)));
        let is_begun = day(7)? <= on || first_of(text, &row) == Some(day(7)?);
        let is_ended = !cell(8).is_empty() && day(8)? < on;
        if cell(0) != kind.code() || !is_begun || is_ended {
            continue;
        }
        set.push(Indicator {
            code: cell(2).to_owned(),
            group: IndicatorGroup::from_code(cell(1))
                .ok_or_else(|| format!("{}: no group {}", cell(2), cell(1)))?,
            points: cell(3).parse().map_err(|error| format!("{}: {error}", cell(2)))?,
            title_zh: cell(4).to_owned(),
            title_en: cell(5).to_owned(),
        });
    }
    Ok(set)
}

/// The first day of an indicator's first row: before it, that row is read, as everywhere in the rule book.
fn first_of(text: &str, own: &csv::StringRecord) -> Option<Date> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let same = |row: &csv::StringRecord| row.get(0) == own.get(0) && row.get(2) == own.get(2);
    let rows = reader.records().filter_map(Result::ok).filter(same);
    rows.filter_map(|row| row.get(7).and_then(|day| day.parse().ok())).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_service_has_a_whole_set_in_every_year() {
        let (book, _, _) = crate::rulebook::load(None).expect("the law");
        for day in ["2013-01-01", "2014-01-06", "2026-09-18"] {
            let day: Date = day.parse().expect("a date");
            for kind in ServiceKind::ALL {
                let set = indicators(*kind, book.on(day)).expect("a whole set");
                assert!(set.len() > 6, "{kind:?} {day}");
                assert_eq!(set.iter().map(|one| one.points).sum::<i64>(), 100, "{kind:?}");
            }
        }
    }

    #[test]
    fn a_row_with_a_fault_is_named() {
        let head = "service_kind,group,code,points,title_zh,title_en,source,effective_from,effective_to\n";
        let text = format!("{head}elderly,nothing,x,10,项,item,源,2014-01-01,\n");
        let day = "2014-01-06".parse().expect("a date");
        assert_eq!(read(&text, ServiceKind::Elderly, day), Err("x: no group nothing".to_owned()));
        assert_eq!(read(&text, ServiceKind::General, day), Ok(vec![]));
    }
}
