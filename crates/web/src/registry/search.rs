//! Search over everything public: organisations, tenders, catalogue items, each in its group.

use app::registry::{search, search_purchases};
use askama::Template;
use axum::response::Response;

use super::tell::{self, Line};
use crate::shell::form::pairs;
use crate::shell::{Form, PageError, Shell, Visit, show};

const PER_GROUP: usize = 20;

/// A tender or an item.
struct Hit {
    href: String,
    title: String,
    number: String,
    office: String,
    amount: String,
}

#[derive(Template)]
#[template(path = "registry/search.html")]
struct SearchPage<'a> {
    shell: &'a Shell,
    text: String,
    organisations: Vec<Line>,
    tenders: Vec<Hit>,
    items: Vec<Hit>,
    has_more: bool,
    is_partial: bool,
    is_too_short: bool,
}

/// GET /search
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let asked = Form::of(pairs(visit.shell.query.as_bytes()));
    let text = asked.trimmed("q").to_owned();
    let (city, shell) = (&visit.city, &visit.shell);
    let found = search::organisations(city, &text, PER_GROUP).await.map_err(|error| visit.error(error))?;
    let tenders =
        search_purchases::tenders(city, &text, PER_GROUP).await.map_err(|error| visit.error(error))?;
    let items = search_purchases::items(city, &text, PER_GROUP).await.map_err(|error| visit.error(error))?;
    let tenders = tenders.into_iter().map(|one| Hit {
        href: shell.url(format!("/tenders/{}", one.number)),
        title: one.title,
        number: one.number,
        office: one.office_name,
        amount: String::new(),
    });
    let items = items.into_iter().map(|one| Hit {
        href: shell.url(format!("/purchase/catalogue/{}", one.code)),
        title: one.name,
        number: one.code,
        office: one.office_name,
        amount: shell.money(&one.ceiling_fen),
    });
    show(&SearchPage {
        organisations: found.hits.iter().map(|hit| tell::line(shell, hit)).collect(),
        tenders: tenders.collect(),
        items: items.collect(),
        has_more: found.has_more,
        is_partial: found.is_partial,
        is_too_short: found.is_too_short && !text.is_empty(),
        text,
        shell,
    })
}
