//! Examples of districts and their days.

use app::divisions;
use domain::registry::division;
use domain::supervision::indicator::quarter_days;

use super::row::{Answer, Fault, Kind, Law, Row};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind { name: "district-on", columns: &["street", "day", "district"], answer: district_on },
    Kind { name: "code-of-division", columns: &["division", "registered on", "verdict"], answer: code },
    Kind { name: "name-of-division", columns: &["day", "name", "verdict"], answer: name },
    Kind { name: "district-report", columns: &["district", "year", "quarter", "verdict"], answer: report },
];

fn today(code: &str) -> &str {
    divisions::district_name(divisions::today_of(code))
}

fn district_on(_: &Law, row: &Row<'_>) -> Answer {
    let text = row.text("street")?;
    let street = divisions::find(text).ok_or_else(|| Fault::Unreadable(format!("{text:?} is no street")))?;
    let code = divisions::district_on(street, row.date("day")?);
    let mut told = format!("{code} {}", divisions::district_name(code));
    if divisions::today_of(code) != code {
        told.push_str(&format!(", now {} {}", divisions::today_of(code), today(code)));
    }
    Ok(told)
}

fn code(_: &Law, row: &Row<'_>) -> Answer {
    let named = divisions::district(row.text("division")?);
    let successor = named.map_or("", |one| today(&one.code));
    match division::code_fault(named, successor, row.date("registered on")?) {
        Some(refusal) => Err(refusal.into()),
        None => Ok(named.map_or("not in the table", |one| &one.name).to_owned()),
    }
}

fn name(_: &Law, row: &Row<'_>) -> Answer {
    let former = divisions::former_named(row.text("name")?);
    let successor = former.map_or("", |one| today(&one.code));
    match division::name_finding(former, successor, row.date("day")?).refusal() {
        Some(refusal) => Err(refusal.into()),
        None => Ok("free".to_owned()),
    }
}

fn report(_: &Law, row: &Row<'_>) -> Answer {
    let code = row.text("district")?;
    let district =
        divisions::district(code).ok_or_else(|| Fault::Unreadable(format!("{code:?} is no district")))?;
    let days = quarter_days(row.number("year")?, row.number("quarter")?);
    let (first, last) = days.ok_or_else(|| Fault::Unreadable("no such quarter".to_owned()))?;
    match division::days_fault(district, today(code), first, last) {
        Some(refusal) => Err(refusal.into()),
        None => Ok("may report".to_owned()),
    }
}
