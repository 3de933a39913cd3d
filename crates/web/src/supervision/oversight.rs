//! The public overview: what supervision found and what became of it, the offices' results, the indicators.

use app::performance::account;
use app::supervision::indicator as figures;
use app::supervision::read;
use askama::Template;
use axum::response::Response;
use domain::kernel::Coded;

use super::indicators::{FigureTold, ReportTold, figure, report};
use super::tone_of_sort;
use crate::performance::account::all::{Line, bars, heads, line};
use crate::performance::account::chosen_year;
use crate::shell::{Choice, PageError, Shell, Visit, show};

/// How many findings there are of a kind.
struct Count {
    kind: String,
    sort: String,
    tone: &'static str,
    rule: &'static str,
    open: i64,
    open_href: String,
    cured: i64,
    cured_href: String,
    tickets: i64,
}

#[derive(Template)]
#[template(path = "supervision/oversight.html")]
struct OversightPage<'a> {
    shell: &'a Shell,
    year: i16,
    years: Vec<Choice>,
    counts: Vec<Count>,
    heads: Vec<String>,
    lines: Vec<Line>,
    bars: String,
    figures: Vec<FigureTold>,
    reports: Vec<ReportTold>,
}

/// GET /oversight
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let (year, years) = chosen_year(&visit).await?;
    let counts = read::counts(&visit.city).await.map_err(fail)?;
    let accounts = account::all(&visit.city, year).await.map_err(fail)?;
    let totals = account::totals_of(&visit.city, year, &accounts).await.map_err(fail)?;
    let found = figures::figures_of(&visit.city, year, &accounts).await.map_err(fail)?;
    let reports = figures::reports(&visit.city, Some(i64::from(year))).await.map_err(fail)?;
    let shell = &visit.shell;
    let rows = |one: &read::KindCount, state: &str| {
        shell.url(format!("/oversight/findings?kind={}{state}", one.kind.code()))
    };
    let count = |one: &read::KindCount| Count {
        open_href: rows(one, ""),
        cured_href: rows(one, "&state=cured"),
        kind: shell.coded(&one.kind),
        sort: shell.coded(&one.kind.sort()),
        tone: tone_of_sort(one.kind.sort()),
        rule: one.kind.rule(),
        open: one.open,
        cured: one.cured,
        tickets: one.tickets,
    };
    let href = |code: &str| shell.url(format!("/offices/{code}/account?year={year}"));
    let lines: Vec<Line> = totals.iter().map(|one| line(shell, one, href(&one.office.code))).collect();
    show(&OversightPage {
        year,
        years,
        counts: counts.iter().map(count).collect(),
        heads: heads(shell),
        bars: bars(shell, &totals, &lines),
        lines,
        figures: found.iter().map(|one| figure(&visit, one, year)).collect(),
        reports: reports.iter().map(|one| report(&visit, one)).collect(),
        shell,
    })
}
