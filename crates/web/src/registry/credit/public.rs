//! The two lists as everyone may read them: who, why, since when, with the decision behind it; and as a file.

use app::registry::credit::read::{PublicFilter, PublicPlace, public_list};
use app::sheets::{self, Cell, Column};
use askama::Template;
use axum::response::Response;
use domain::kernel::Coded;
use domain::registry::credit::{CreditList, ListingGround};

use crate::registry::{file, lists_nav};
use crate::shell::form::pairs;
use crate::shell::{Choice, Form, NavLink, PageError, Shell, Visit, show};

/// The most rows of one page; the file holds more.
const PAGE_MAX: usize = 200;
const FILE_MAX: usize = 20_000;

/// A place as the page shows it.
struct Line {
    href: String,
    name: String,
    code: String,
    district: String,
    ground: String,
    arose: String,
    listed: String,
    removed: String,
    document: String,
    document_href: String,
}

#[derive(Template)]
#[template(path = "registry/credit/public.html")]
struct PublicPage<'a> {
    shell: &'a Shell,
    title: String,
    intro: String,
    base: &'static str,
    lists: Vec<NavLink>,
    lines: Vec<Line>,
    is_removed: bool,
    has_more: bool,
    text: String,
    grounds: Vec<Choice>,
    states: Vec<Choice>,
    csv_href: String,
}

/// GET /credit/abnormal
pub async fn abnormal(visit: Visit) -> Result<Response, PageError> {
    page(&visit, CreditList::Abnormal).await
}

/// GET /credit/serious
pub async fn serious(visit: Visit) -> Result<Response, PageError> {
    page(&visit, CreditList::Serious).await
}

/// GET /credit/abnormal.csv
pub async fn abnormal_csv(visit: Visit) -> Result<Response, PageError> {
    csv(&visit, CreditList::Abnormal).await
}

/// GET /credit/serious.csv
pub async fn serious_csv(visit: Visit) -> Result<Response, PageError> {
    csv(&visit, CreditList::Serious).await
}

fn base(list: CreditList) -> &'static str {
    match list {
        CreditList::Abnormal => "/credit/abnormal",
        CreditList::Serious => "/credit/serious",
    }
}

fn filter(asked: &Form) -> PublicFilter {
    PublicFilter {
        text: asked.trimmed("q").chars().take(60).collect(),
        ground: ListingGround::from_code(asked.trimmed("ground")),
        is_removed: asked.trimmed("state") == "removed",
    }
}

async fn page(visit: &Visit, list: CreditList) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let filter = filter(&Form::of(pairs(shell.query.as_bytes())));
    let found = public_list(&visit.city, list, &filter, PAGE_MAX + 1).await;
    let found = found.map_err(|error| visit.error(error))?;
    let ground = filter.ground.map_or("", Coded::code);
    let mut grounds = vec![Choice::new("", shell.t("registry-all"), ground)];
    let of_list = |one: &&ListingGround| one.list().is_none_or(|of| of == list);
    grounds.extend(super::choices(shell, ListingGround::ALL.iter().filter(of_list).copied(), ground));
    let state = if filter.is_removed { "removed" } else { "" };
    let states = [("", "credit-state-on"), ("removed", "credit-state-removed")];
    let intro = match list {
        CreditList::Abnormal => "credit-abnormal-intro",
        CreditList::Serious => "credit-serious-intro",
    };
    let query = if shell.query.is_empty() { String::new() } else { format!("?{}", shell.query) };
    show(&PublicPage {
        title: shell.coded(&list),
        intro: shell.t(intro),
        base: base(list),
        lists: lists_nav(shell),
        has_more: found.len() > PAGE_MAX,
        lines: found.iter().take(PAGE_MAX).map(|one| line(shell, one)).collect(),
        is_removed: filter.is_removed,
        text: filter.text,
        grounds,
        states: states.map(|(value, key)| Choice::new(value, shell.t(key), state)).into(),
        csv_href: shell.url(format!("{}.csv{query}", base(list))),
        shell,
    })
}

fn line(shell: &Shell, one: &PublicPlace) -> Line {
    Line {
        href: shell.url(format!("/orgs/{}", one.uscc)),
        name: one.name.clone(),
        code: one.uscc.clone(),
        district: shell.district(&one.district),
        ground: shell.coded(&one.ground()),
        arose: shell.date(&one.arose_on),
        listed: shell.date(&one.listed_on),
        removed: super::date_or_dash(shell, one.removed_on),
        document: one.document.clone().unwrap_or_default(),
        document_href: one
            .code
            .as_ref()
            .map(|code| shell.url(format!("/documents/{code}")))
            .unwrap_or_default(),
    }
}

async fn csv(visit: &Visit, list: CreditList) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let filter = filter(&Form::of(pairs(shell.query.as_bytes())));
    let found = public_list(&visit.city, list, &filter, FILE_MAX).await;
    let found = found.map_err(|error| visit.error(error))?;
    let heads = [
        "registry-name",
        "registry-code",
        "registry-district",
        "credit-list",
        "credit-ground",
        "credit-arose-on",
        "credit-listed-on",
        "credit-removed-on",
        "credit-document",
    ];
    let columns: Vec<Column> = heads.iter().map(|key| Column::new(shell.t(key), 20)).collect();
    let rows: Vec<Vec<Cell>> = found
        .iter()
        .map(|one| {
            let cells = [
                one.name.clone(),
                one.uscc.clone(),
                shell.district(&one.district),
                shell.coded(&list),
                shell.coded(&one.ground()),
                one.arose_on.to_string(),
                one.listed_on.to_string(),
                one.removed_on.map(|day| day.to_string()).unwrap_or_default(),
                one.document.clone().unwrap_or_default(),
            ];
            cells.into_iter().map(Cell::Text).collect()
        })
        .collect();
    let name = format!("credit-{}.csv", list.code());
    Ok(file(&name, sheets::CSV, sheets::csv(&columns, &rows)))
}
