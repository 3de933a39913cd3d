//! What the register tells the public, all of it in one list, to be filtered and taken along as a file (B9, B21-B23, B39).

use app::registry::announcements::{self, Announcement, AnnouncementFilter};
use app::sheets::{self, Cell, Column};
use askama::Template;
use axum::response::Response;
use domain::kernel::Coded;
use domain::registry::{AnnouncementKind, DocumentKind};
use serde_json::{Value, json};

use super::{file, lists_nav, tell};
use crate::documents::sheet;
use crate::shell::form::pairs;
use crate::shell::{Choice, Form, NavLink, PageError, Shell, Visit, address, show};

/// The rows of one page; the files hold more.
const PER_PAGE: usize = 50;
const FILE_MAX: usize = 20_000;

/// An announcement as the page shows it.
struct Line {
    kind: String,
    name: String,
    org_href: String,
    number: String,
    href: String,
    said: String,
    district: String,
    issued: String,
    is_withdrawn: bool,
}

#[derive(Template)]
#[template(path = "registry/announcements.html")]
struct AnnouncementsPage<'a> {
    shell: &'a Shell,
    lists: Vec<NavLink>,
    text: String,
    kinds: Vec<Choice>,
    years: Vec<Choice>,
    districts: Vec<Choice>,
    said: String,
    lines: Vec<Line>,
    previous_href: String,
    next_href: String,
    csv_href: String,
    json_href: String,
}

/// GET /announcements
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let asked = Form::of(pairs(shell.query.as_bytes()));
    let filter = filter_of(&asked);
    let place = asked.number("page").and_then(|page| usize::try_from(page).ok()).unwrap_or(1).max(1);
    let found = read(&visit, &filter, ((place - 1).saturating_mul(PER_PAGE), PER_PAGE + 1)).await?;
    let years = announcements::years(&visit.city).await.map_err(|error| visit.error(error))?;
    let to = |place: usize| {
        let page = if place > 1 { format!("page={place}") } else { String::new() };
        shell.url(format!("/announcements{}", query_of(&filter, &page)))
    };
    let has_more = found.len() > PER_PAGE;
    let year = filter.year.map(|year| year.to_string()).unwrap_or_default();
    let every_year = std::iter::once(Choice::new("", shell.t("registry-all"), &year));
    show(&AnnouncementsPage {
        lists: lists_nav(shell),
        kinds: tell::choices::<AnnouncementKind>(
            shell,
            filter.kind.map_or("", Coded::code),
            Some("registry-all"),
        ),
        years: every_year
            .chain(years.into_iter().map(|one| Choice::new(one.to_string(), one.to_string(), &year)))
            .collect(),
        districts: tell::districts(shell, &filter.district),
        said: shell.results(found.len().min(PER_PAGE), has_more),
        lines: found.iter().take(PER_PAGE).map(|one| line(shell, one)).collect(),
        previous_href: if place > 1 { to(place - 1) } else { String::new() },
        next_href: if has_more { to(place + 1) } else { String::new() },
        csv_href: shell.url(format!("/announcements.csv{}", query_of(&filter, ""))),
        json_href: shell.url(format!("/announcements.json{}", query_of(&filter, ""))),
        text: filter.text,
        shell,
    })
}

async fn read(
    visit: &Visit,
    filter: &AnnouncementFilter,
    span: (usize, usize),
) -> Result<Vec<Announcement>, PageError> {
    announcements::announcements(&visit.city, filter, span).await.map_err(|error| visit.error(error))
}

fn filter_of(asked: &Form) -> AnnouncementFilter {
    let district = asked.trimmed("district");
    let is_code = district.len() == 6 && district.bytes().all(|byte| byte.is_ascii_digit());
    AnnouncementFilter {
        kind: AnnouncementKind::from_code(asked.trimmed("kind")),
        year: asked.number("year").filter(|year| (1900..10_000).contains(year)),
        // An old code finds what is in the district of today (B45).
        district: if is_code { app::divisions::today_of(district).to_owned() } else { String::new() },
        text: asked.trimmed("q").chars().take(60).collect(),
    }
}

/// The filter as a query, with one more field.
fn query_of(filter: &AnnouncementFilter, more: &str) -> String {
    let year = filter.year.map(|year| year.to_string()).unwrap_or_default();
    let fields = [
        ("q", filter.text.as_str()),
        ("kind", filter.kind.map_or("", Coded::code)),
        ("year", year.as_str()),
        ("district", filter.district.as_str()),
    ];
    let kept = fields.iter().filter(|(_, value)| !value.is_empty());
    let kept = kept.map(|(name, value)| format!("{name}={}", address::urlencode(value)));
    let more = (!more.is_empty()).then(|| more.to_owned());
    let all: Vec<String> = kept.chain(more).collect();
    if all.is_empty() { String::new() } else { format!("?{}", all.join("&")) }
}

fn line(shell: &Shell, of: &Announcement) -> Line {
    Line {
        kind: kind(shell, of),
        name: of.addressee.clone(),
        org_href: shell.url(format!("/orgs/{}", of.uscc)),
        number: of.number.clone(),
        href: shell.url(format!("/documents/{}", of.code)),
        said: said(shell, of),
        district: app::divisions::district_name(&of.district).to_owned(),
        issued: shell.date(&of.issued_at.date()),
        is_withdrawn: of.withdrawn_at.is_some(),
    }
}

fn kind(shell: &Shell, of: &Announcement) -> String {
    of.kind().map_or_else(|| shell.coded(&DocumentKind::Announcement), |kind| shell.coded(&kind))
}

/// What it says, on one line.
fn said(shell: &Shell, of: &Announcement) -> String {
    let body = sheet::body(shell, DocumentKind::Announcement, &of.facts());
    body.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What the files call each row's values.
const HEADS: [&str; 8] = [
    "document-issued",
    "announcement-kind-label",
    "registry-name",
    "registry-code",
    "registry-district",
    "document-number",
    "announcement-said",
    "document-withdrawn-at",
];

/// GET /announcements.csv
pub async fn csv(visit: Visit) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let filter = filter_of(&Form::of(pairs(shell.query.as_bytes())));
    let found = read(&visit, &filter, (0, FILE_MAX)).await?;
    let columns: Vec<Column> = HEADS.iter().map(|key| Column::new(shell.t(key), 20)).collect();
    let row = |one: &Announcement| {
        let cells = [
            one.issued_at.date().to_string(),
            kind(shell, one),
            one.addressee.clone(),
            one.uscc.clone(),
            app::divisions::district_name(&one.district).to_owned(),
            one.number.clone(),
            said(shell, one),
            one.withdrawn_at.map(|at| at.date().to_string()).unwrap_or_default(),
        ];
        cells.into_iter().map(Cell::Text).collect()
    };
    let rows: Vec<Vec<Cell>> = found.iter().map(row).collect();
    Ok(file("announcements.csv", sheets::CSV, sheets::csv(&columns, &rows)))
}

/// GET /announcements.json
pub async fn json(visit: Visit) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let filter = filter_of(&Form::of(pairs(shell.query.as_bytes())));
    let found = read(&visit, &filter, (0, FILE_MAX)).await?;
    let row = |one: &Announcement| {
        json!({
            "number": one.number,
            "code": one.code,
            "kind": one.kind().map(Coded::code),
            "issued_at": one.issued_at.rfc3339(),
            "name": one.addressee,
            "uscc": one.uscc,
            "district": one.district,
            "text": said(shell, one),
            "withdrawn_at": one.withdrawn_at.map(|at| at.rfc3339()),
        })
    };
    let items: Vec<Value> = found.iter().map(row).collect();
    let content = json!({ "generated_at": shell.now().rfc3339(), "items": items });
    Ok(file("announcements.json", "application/json", content.to_string().into_bytes()))
}
