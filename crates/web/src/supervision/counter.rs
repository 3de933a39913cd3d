//! The cumulative counter of C2: each budget item and category of a fiscal year, with what an office reports of
//! its purchases by closed ways.

use std::collections::BTreeMap;

use app::sheets::{self, Cell, Column};
use app::supervision::counter::{self, Bought, Finding, Group, Key, ReportPurchase};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalogue::item::{FunctionKind, FundSource};
use domain::catalogue::splitting::{ClosedWay, Nearness};
use domain::kernel::{Coded, Fen, Refusal, Role, RuleKey};
use domain::supervision::Light;

use super::{scope, take_stock, tone_of_light};
use crate::shell::download::download;
use crate::shell::form::pairs;
use crate::shell::{Choice, FieldFault, Form, PageError, Shell, Typed, Visit, fault_at, show_as, words};

/// A counter as the table shows it.
pub(super) struct Line {
    pub(super) href: String,
    pub(super) office: String,
    pub(super) source: String,
    pub(super) function: String,
    pub(super) count: usize,
    pub(super) all: usize,
    pub(super) sum: String,
    pub(super) threshold: String,
    pub(super) left: String,
    pub(super) is_over: bool,
    pub(super) light: String,
    pub(super) tone: &'static str,
    pub(super) finding: Option<i64>,
    pub(super) ticket: Option<String>,
}

#[derive(Template)]
#[template(path = "supervision/counter.html")]
struct CounterPage<'a> {
    shell: &'a Shell,
    year: i64,
    years: Vec<Choice>,
    lines: Vec<Line>,
    may_open: bool,
    may_report: bool,
    functions: Vec<Choice>,
    sources: Vec<Choice>,
    ways: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// The counters of a fiscal year that a reader may see, each with its finding.
pub(super) async fn groups(
    visit: &Visit,
    year: i64,
) -> Result<(BTreeMap<Key, Group>, Vec<Finding>), PageError> {
    let fail = |error| visit.error(error);
    let own = scope(visit);
    let mut rows = counter::bought(&visit.city, Some(year)).await.map_err(fail)?;
    rows.retain(|one| own.is_none_or(|office| office == one.office_id));
    let groups = counter::groups(rows, |day| counter::threshold(visit.city.book.on(day)));
    Ok((groups, counter::findings(&visit.city).await.map_err(fail)?))
}

/// The page of a counter's rows.
pub(super) fn rows_path(one: &Bought) -> String {
    let (source, function) = (one.source.code(), one.function.code());
    format!("/desk/splitting/rows/{}/{}/{source}/{function}", one.year, one.office_code)
}

/// The light of a counter.
pub(super) fn light(visit: &Visit, group: &Group) -> Light {
    let warn = visit.city.book.on(visit.shell.now().date()).ratio(RuleKey::SplittingWarnShare);
    match group.counter.nearness(warn) {
        Nearness::Nothing => Light::None,
        Nearness::Far => Light::Green,
        Nearness::Near => Light::Yellow,
        Nearness::Over => Light::Red,
    }
}

/// A counter in the reader's words.
pub(super) fn line(visit: &Visit, key: Key, group: &Group, findings: &[Finding]) -> Option<Line> {
    let shell = &visit.shell;
    let first = group.rows.first()?;
    let light = light(visit, group);
    let occasion = counter::occasion(key);
    let found = findings.iter().find(|one| one.office_id == key.0 && one.occasion == occasion);
    let left = group.counter.left();
    Some(Line {
        href: shell.url(rows_path(first)),
        office: first.office.clone(),
        source: shell.coded(&first.source),
        function: shell.coded(&first.function),
        count: group.counter.count,
        all: group.rows.len(),
        sum: shell.money(&group.counter.sum),
        threshold: shell.money(&group.counter.threshold),
        left: shell.money(&Fen(left.0.saturating_abs())),
        is_over: left < Fen::ZERO,
        light: shell.coded(&light),
        tone: tone_of_light(light),
        finding: found.map(|one| one.number),
        ticket: found.and_then(|one| one.ticket.clone()),
    })
}

fn asked_year(visit: &Visit, years: &[i64]) -> i64 {
    let asked = Form::of(pairs(visit.shell.query.as_bytes()));
    let now = i64::from(visit.shell.now().date().year());
    asked.number("year").or(years.first().copied()).unwrap_or(now)
}

/// GET /desk/splitting
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    take_stock(&visit).await?;
    page(&visit, StatusCode::OK, &Form::default(), &[]).await
}

async fn page(
    visit: &Visit,
    status: StatusCode,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let years = counter::years(&visit.city).await.map_err(|error| visit.error(error))?;
    let year = asked_year(visit, &years);
    let (groups, findings) = groups(visit, year).await?;
    let chosen = year.to_string();
    let page = CounterPage {
        year,
        years: years.iter().map(|one| Choice::new(one.to_string(), one.to_string(), &chosen)).collect(),
        lines: groups.iter().filter_map(|(key, group)| line(visit, *key, group, &findings)).collect(),
        may_open: visit.actor.post.role != Role::Finance,
        may_report: visit.actor.post.role == Role::OfficeStaff,
        functions: choices::<FunctionKind>(shell, form.trimmed("function")),
        sources: choices::<FundSource>(shell, form.trimmed("source")),
        ways: choices::<ClosedWay>(shell, form.trimmed("way")),
        form,
        faults,
        shell,
    };
    show_as(status, &page)
}

/// Every member of a closed list, none chosen unless `chosen` names one.
fn choices<C: Coded>(shell: &Shell, chosen: &str) -> Vec<Choice> {
    C::ALL.iter().map(|one| Choice::new(one.code(), words::coded(shell.lang, *one), chosen)).collect()
}

/// POST /desk/splitting
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let mut typed = Typed::of(&visit, &form);
    let choose = || Refusal::new("splitting.choose", "C2");
    let act = ReportPurchase {
        function: typed.chosen("function", FunctionKind::Training, choose()),
        source: typed.chosen("source", FundSource::DepartmentBudget, choose()),
        way: typed.chosen("way", ClosedWay::Invited, choose()),
        title: typed.text("title"),
        supplier: typed.text("supplier"),
        amount: typed.yuan("amount"),
        bought_on: typed.date("bought_on"),
        paper: typed.text("paper"),
    };
    let year = act.bought_on.year();
    let answer = typed.ask(&visit, &form.key(), &act).await.map(|_| year);
    match answer {
        Ok(year) => Ok(visit.done(&format!("/desk/splitting?year={year}"), "purchase-reported")),
        Err(error) => {
            let (status, faults) = visit.mendable(error)?;
            page(&visit, status, &form, &faults).await
        }
    }
}

/// GET /desk/splitting/export.xlsx
pub async fn export(visit: Visit) -> Result<Response, PageError> {
    take_stock(&visit).await?;
    let years = counter::years(&visit.city).await.map_err(|error| visit.error(error))?;
    let year = asked_year(&visit, &years);
    let (groups, findings) = groups(&visit, year).await?;
    let shell = &visit.shell;
    let keys = [
        "supervision-office",
        "splitting-source",
        "splitting-function",
        "splitting-count",
        "splitting-sum",
        "splitting-threshold",
        "splitting-left",
        "supervision-light",
        "supervision-number",
        "supervision-ticket",
    ];
    let columns: Vec<Column> = keys.iter().map(|key| Column::new(shell.t(key), 18)).collect();
    let row = |(key, group): (&Key, &Group)| {
        let told = line(&visit, *key, group, &findings)?;
        Some(vec![
            Cell::text(told.office),
            Cell::text(told.source),
            Cell::text(told.function),
            Cell::Number(i64::try_from(told.count).unwrap_or(i64::MAX)),
            Cell::Money(group.counter.sum),
            Cell::Money(group.counter.threshold),
            Cell::Money(group.counter.left()),
            Cell::text(told.light),
            told.finding.map_or(Cell::text(""), Cell::Number),
            Cell::text(told.ticket.unwrap_or_default()),
        ])
    };
    let name = shell.tx("splitting-of-year", year);
    let rows: Vec<_> = groups.iter().filter_map(row).collect();
    let bytes = sheets::xlsx(&name, &columns, &rows).map_err(|error| visit.error(error))?;
    Ok(download(&format!("{name}.xlsx"), sheets::XLSX, bytes))
}
