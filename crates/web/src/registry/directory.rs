//! The public directory of organisations: filters, a page at a time, and the same list as a file.

use app::divisions;
use app::registry::directory::{counts, list};
use app::registry::export::{FileKind, export};
use app::registry::{Counts, Filter};
use app::sheets;
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, OrganisationId};
use domain::registry::{BusinessField, CreditListing, Legal, OrganisationKind, OrganisationStatus};

use super::file;
use super::tell::{self, Line};
use crate::i18n::{self, Value};
use crate::shell::form::pairs;
use crate::shell::{Choice, Form, NavLink, PageError, Path, Shell, Visit, show};

const PER_PAGE: usize = 50;
/// The names of the filters, in the order of the form.
const NAMES: [&str; 16] = [
    "kind",
    "legal",
    "district",
    "street",
    "field",
    "status",
    "supervised",
    "listing",
    "year",
    "social",
    "living",
    "dated",
    "fundraising",
    "charity",
    "ended",
    "at",
];

#[derive(Template)]
#[template(path = "registry/directory.html")]
struct DirectoryPage<'a> {
    shell: &'a Shell,
    lists: Vec<NavLink>,
    lines: Vec<Line>,
    counts: Counts,
    kinds: Vec<Choice>,
    legals: Vec<Choice>,
    districts: Vec<Choice>,
    /// What became of the former district that was asked for; empty for one of today.
    former: String,
    streets: Vec<Choice>,
    fields: Vec<Choice>,
    statuses: Vec<Choice>,
    supervised: Vec<Choice>,
    listings: Vec<Choice>,
    social: Vec<Choice>,
    living: Vec<Choice>,
    dated: Vec<Choice>,
    charity: Vec<Choice>,
    fundraising: Vec<Choice>,
    year: String,
    ended: String,
    at_end: String,
    /// Where each number of the head opens to.
    registered_href: String,
    filed_href: String,
    first_href: String,
    next_href: String,
    xlsx_href: String,
    csv_href: String,
}

/// GET /orgs
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let asked = Form::of(pairs(visit.shell.query.as_bytes()));
    let filter = filter_of(&asked);
    let after = asked.number("after").map(OrganisationId);
    let page = list(&visit.city, &filter, after, PER_PAGE).await.map_err(|error| visit.error(error))?;
    let counts = counts(&visit.city, &filter).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let yes_no = [("yes", "registry-yes"), ("no", "registry-no")];
    let chosen = |name: &str| asked.trimmed(name).to_owned();
    let mut supervised = vec![Choice::new("", shell.t("registry-all"), &chosen("supervised"))];
    supervised.extend(yes_no.map(|(value, key)| Choice::new(value, shell.t(key), &chosen("supervised"))));
    let district = filter.district.as_deref();
    let streets = match district {
        Some(_) => tell::streets(district, asked.trimmed("street"), Some(shell.t("registry-all"))),
        None => Vec::new(),
    };
    let with = |name: &str, value: &str| shell.url(format!("/orgs{}", query(&asked, Some((name, value)))));
    let next_href = page.next.map(|id| with("after", &id.0.to_string())).unwrap_or_default();
    let plain = query(&asked, None);
    let first_href = if after.is_some() { shell.url(format!("/orgs{plain}")) } else { String::new() };
    show(&DirectoryPage {
        lists: super::lists_nav(shell),
        lines: page.rows.iter().map(|row| tell::line(shell, row)).collect(),
        counts,
        kinds: tell::choices::<OrganisationKind>(shell, asked.trimmed("kind"), Some("registry-all")),
        legals: tell::choices::<Legal>(shell, asked.trimmed("legal"), Some("registry-all")),
        districts: tell::districts(shell, district.unwrap_or_default()),
        former: former(shell, asked.trimmed("district")),
        streets,
        fields: tell::choices::<BusinessField>(shell, asked.trimmed("field"), Some("registry-all")),
        statuses: tell::choices::<OrganisationStatus>(shell, asked.trimmed("status"), Some("registry-all")),
        supervised,
        listings: tell::choices::<CreditListing>(shell, asked.trimmed("listing"), Some("registry-all")),
        social: only(shell, asked.trimmed("social")),
        living: only(shell, asked.trimmed("living")),
        dated: only(shell, asked.trimmed("dated")),
        charity: only(shell, asked.trimmed("charity")),
        fundraising: only(shell, asked.trimmed("fundraising")),
        year: year_text(filter.year),
        ended: year_text(filter.ended),
        at_end: year_text(filter.at_end),
        registered_href: with("legal", "registered"),
        filed_href: with("legal", "filed"),
        first_href,
        next_href,
        xlsx_href: shell.url(format!("/orgs/export.xlsx{plain}")),
        csv_href: shell.url(format!("/orgs/export.csv{plain}")),
        shell,
    })
}

/// That a district is no more, since when, and which one is shown instead.
fn former(shell: &Shell, code: &str) -> String {
    let Some(one) = divisions::district(code) else { return String::new() };
    let Some(to) = one.valid_to else { return String::new() };
    let today = divisions::district_name(divisions::today_of(code));
    let day = shell.date(&to);
    let facts: [(&str, Value<'_>); 3] =
        [("district", one.name.as_str().into()), ("day", day.as_str().into()), ("today", today.into())];
    i18n::text_with(shell.lang, "division-shown", &facts)
}

fn year_text(year: Option<i16>) -> String {
    year.map(|year| year.to_string()).unwrap_or_default()
}

/// Everything, or only those that the filter names.
fn only(shell: &Shell, chosen: &str) -> Vec<Choice> {
    [("", "registry-all"), ("yes", "registry-yes")]
        .map(|(value, key)| Choice::new(value, shell.t(key), chosen))
        .into()
}

/// GET /orgs/export.xlsx
pub async fn xlsx(visit: Visit) -> Result<Response, PageError> {
    send(visit, FileKind::Xlsx, "organisations.xlsx", sheets::XLSX).await
}

/// GET /orgs/export.csv
pub async fn csv(visit: Visit) -> Result<Response, PageError> {
    send(visit, FileKind::Csv, "organisations.csv", sheets::CSV).await
}

async fn send(visit: Visit, kind: FileKind, name: &str, media: &'static str) -> Result<Response, PageError> {
    let filter = filter_of(&Form::of(pairs(visit.shell.query.as_bytes())));
    let bytes = export(&visit.city, &filter, kind, visit.shell.is_english()).await;
    Ok(file(name, media, bytes.map_err(|error| visit.error(error))?))
}

/// GET /districts/{code}/orgs: a short address for one district.
pub async fn district(visit: Visit, Path(code): Path<String>) -> Result<Response, PageError> {
    if app::divisions::district(&code).is_none() {
        return Err(visit.error(app::Error::NotFound));
    }
    let there = visit.shell.url(format!("/orgs?district={code}"));
    Ok(axum::response::IntoResponse::into_response(axum::response::Redirect::to(&there)))
}

/// What the reader asked for; a value that no list has is as if it were not there.
fn filter_of(asked: &Form) -> Filter {
    let digits = |name: &str, length: usize| {
        let text = asked.trimmed(name);
        (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.to_owned())
    };
    // An old code finds what is in the district of today (B45).
    let district = digits("district", 6).map(|code| divisions::today_of(&code).to_owned());
    // A street of another district is left over from an earlier choice.
    let street =
        digits("street", 9).filter(|street| district.as_ref().is_none_or(|code| street.starts_with(code)));
    Filter {
        kind: OrganisationKind::from_code(asked.trimmed("kind")),
        district,
        street,
        field: BusinessField::from_code(asked.trimmed("field")),
        legal: Legal::from_code(asked.trimmed("legal")),
        status: OrganisationStatus::from_code(asked.trimmed("status")),
        supervised: match asked.trimmed("supervised") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        listing: CreditListing::from_code(asked.trimmed("listing")),
        year: asked.trimmed("year").parse().ok(),
        ended: asked.trimmed("ended").parse().ok(),
        at_end: asked.trimmed("at").parse().ok(),
        is_social: asked.trimmed("social") == "yes",
        is_living: asked.trimmed("living") == "yes",
        is_dated: asked.trimmed("dated") == "yes",
        is_fundraising: asked.trimmed("fundraising") == "yes",
        is_charity: asked.trimmed("charity") == "yes",
    }
}

/// The filters as a query, with one of them changed. Only plain letters pass, so nothing needs escaping.
fn query(asked: &Form, changed: Option<(&str, &str)>) -> String {
    let is_plain =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    let mut parts = Vec::new();
    for name in NAMES {
        let value = changed.filter(|(one, _)| *one == name).map_or(asked.trimmed(name), |(_, value)| value);
        if !value.is_empty() && is_plain(value) {
            parts.push(format!("{name}={value}"));
        }
    }
    parts.extend(changed.filter(|(name, _)| *name == "after").map(|(name, value)| format!("{name}={value}")));
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}
