//! The table of districts with their days: what an old code or an old name was, and what it became (B44, B45).

use app::divisions;
use app::sheets::{self, Cell, Column};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{Date, parse_date};
use domain::registry::division::District;

use super::file;
use crate::shell::form::pairs;
use crate::shell::{FieldFault, Form, PageError, Shell, Visit, fault_at, show_as};

/// A district as the table shows it.
struct Line {
    code: String,
    name: String,
    /// Its organisations; of a former one the directory says which district it shows instead.
    href: String,
    from: String,
    to: String,
    successor: String,
    streets: String,
    source: String,
    is_former: bool,
}

#[derive(Template)]
#[template(path = "registry/divisions.html")]
struct DivisionsPage<'a> {
    shell: &'a Shell,
    lines: Vec<Line>,
    on: String,
    faults: Vec<FieldFault>,
    said: String,
    csv_href: String,
}

const HEADS: [&str; 7] = [
    "division-code",
    "division-name",
    "division-from",
    "division-to",
    "division-successor",
    "division-streets",
    "division-source",
];

/// GET /divisions
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let asked = Form::of(pairs(shell.query.as_bytes()));
    let typed = asked.trimmed("on");
    let (on, faults) = match day(typed) {
        Ok(on) => (on, Vec::new()),
        Err(refusal) => (None, visit.faults(app::Error::Refused(refusal.at("on")))?),
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let lines: Vec<Line> = of_day(on).map(|one| line(shell, one)).collect();
    let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    show_as(
        status,
        &DivisionsPage {
            said: match on {
                Some(on) => shell.txy("division-count-on", count, shell.date(&on)),
                None => shell.tn("division-count", count),
            },
            csv_href: shell.url(match on {
                Some(on) => format!("/divisions.csv?on={on}"),
                None => "/divisions.csv".to_owned(),
            }),
            on: typed.to_owned(),
            lines,
            faults,
            shell,
        },
    )
}

/// GET /divisions.csv
pub async fn csv(visit: Visit) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let asked = Form::of(pairs(shell.query.as_bytes()));
    let on = day(asked.trimmed("on")).unwrap_or_default();
    let columns: Vec<Column> = HEADS.iter().map(|key| Column::new(shell.t(key), 16)).collect();
    let iso = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let row = |one: &District| {
        let cells = [
            one.code.clone(),
            one.name.clone(),
            iso(one.valid_from),
            iso(one.valid_to),
            one.successor.clone(),
            one.streets.join(" "),
            one.source.clone(),
        ];
        cells.into_iter().map(Cell::Text).collect()
    };
    let rows: Vec<Vec<Cell>> = of_day(on).map(row).collect();
    Ok(file("divisions.csv", sheets::CSV, sheets::csv(&columns, &rows)))
}

fn day(typed: &str) -> Result<Option<Date>, domain::kernel::Refusal> {
    if typed.is_empty() { Ok(None) } else { parse_date(typed).map(Some) }
}

/// All of them, or those of one day.
fn of_day(on: Option<Date>) -> impl Iterator<Item = &'static District> {
    divisions::all_districts().iter().filter(move |one| on.is_none_or(|on| one.holds_on(on)))
}

fn line(shell: &Shell, one: &District) -> Line {
    let dated = |day: Option<Date>, open: &str| day.map_or_else(|| shell.t(open), |day| shell.date(&day));
    let separator = if shell.is_english() { ", " } else { "、" };
    Line {
        code: one.code.clone(),
        name: one.name.clone(),
        href: shell.url(format!("/orgs?district={}", one.code)),
        from: dated(one.valid_from, "division-older"),
        to: dated(one.valid_to, "division-still"),
        successor: match divisions::district(&one.successor) {
            Some(next) => format!("{} {}", next.code, next.name),
            None => "—".to_owned(),
        },
        streets: streets(shell, one).join(separator),
        source: one.source.clone(),
        is_former: one.valid_to.is_some(),
    }
}

/// The streets of today that lay in a former district; one word where they are all of its successor's.
fn streets(shell: &Shell, one: &District) -> Vec<String> {
    if one.streets.contains(&one.successor) {
        return vec![shell.t("division-whole")];
    }
    one.streets.iter().filter_map(|code| divisions::street(code)).map(|street| street.name.clone()).collect()
}
