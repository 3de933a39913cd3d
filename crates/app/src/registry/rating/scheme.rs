//! The items of the score sheets: rows with source and dates, so that a case keeps the sheet of its day (T1).

use domain::kernel::{Coded, Date, Rules};
use domain::registry::rating::sheet::{Head, Item, Scheme, check_items};

use crate::Error;

const ITEMS: &str = include_str!("../../../../domain/data/rating_items.csv");

/// The items of a sheet under the rules of a day, in order.
///
/// # Errors
/// `RuleBook` when the file cannot be read; `rating.sheet-not-whole` when it does not make the whole scale.
pub fn items(scheme: Scheme, rules: Rules<'_>) -> Result<Vec<Item>, Error> {
    let items = read(ITEMS, scheme, rules.date())
        .map_err(|what| Error::RuleBook(format!("rating_items.csv: {what}")))?;
    check_items(scheme, &items, rules)?;
    Ok(items)
}

fn read(text: &str, scheme: Scheme, on: Date) -> Result<Vec<Item>, String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut items = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        let cell = |at: usize| row.get(at).unwrap_or_default().trim();
        let day = |at: usize| cell(at).parse::<Date>().map_err(|error| format!("{}: {error}", cell(2)));
        let is_begun = day(7)? <= on || first_of(text, cell(2)) == Some(day(7)?);
        let is_ended = !cell(8).is_empty() && day(8)? < on;
        if cell(0) != scheme.code() || !is_begun || is_ended {
            continue;
        }
        items.push(Item {
            code: cell(2).to_owned(),
            head: Head::from_code(cell(1)).ok_or_else(|| format!("{}: no head {}", cell(2), cell(1)))?,
            most: cell(3).parse().map_err(|error| format!("{}: {error}", cell(2)))?,
            title_zh: cell(4).to_owned(),
            title_en: cell(5).to_owned(),
        });
    }
    Ok(items)
}

/// The first day of an item's first row: before it, that row is read, as everywhere in the rule book.
fn first_of(text: &str, code: &str) -> Option<Date> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().filter_map(Result::ok).filter(|row| row.get(2) == Some(code));
    rows.filter_map(|row| row.get(7).and_then(|day| day.parse().ok())).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sheets_are_whole_in_every_year() {
        let (book, _, _) = crate::rulebook::load(None).expect("the law");
        for day in ["2013-01-01", "2014-01-06", "2026-09-18"] {
            let day: Date = day.parse().expect("a date");
            for scheme in Scheme::ALL {
                let found = items(*scheme, book.on(day)).expect("a whole sheet");
                assert!(found.len() > 10, "{scheme:?} {day}");
            }
        }
    }

    #[test]
    fn a_row_with_a_fault_is_named() {
        let head = "scheme,head,code,most,title_zh,title_en,source,effective_from,effective_to\n";
        let text = format!("{head}institution,nothing,x,10,项,item,源,2014-01-01,\n");
        let day = "2014-01-06".parse().expect("a date");
        assert_eq!(read(&text, Scheme::Institution, day), Err("x: no head nothing".to_owned()));
        assert_eq!(read(&text, Scheme::Association, day), Ok(vec![]));
    }
}
