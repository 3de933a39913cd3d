//! The public list of contracts, searchable, newest first.

use app::contracts::{self, ContractFigures, ContractLine, Filter};
use askama::Template;
use axum::response::Response;
use domain::kernel::{ContractId, RuleKey};

use crate::shell::address::urlencode;
use crate::shell::form::pairs;
use crate::shell::{Form, PageError, Shell, Visit, show};

/// Lines on one page; the use case gives no more.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "contracts/list.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    intro: String,
    words: &'a str,
    lines: &'a [ContractLine],
    figures: ContractFigures,
    next: String,
}

/// GET /contracts
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let query = Form::of(pairs(visit.shell.query.as_bytes()));
    let words = query.trimmed("q");
    let filter = Filter { words: words.to_owned(), before: query.number("before").map(ContractId) };
    let lines = contracts::published(&visit.city, &filter).await.map_err(|error| visit.error(error))?;
    let figures = contracts::published_figures(&visit.city).await.map_err(|error| visit.error(error))?;
    let next = match lines.last() {
        Some(last) if lines.len() == PAGE => {
            visit.shell.url(format!("/contracts?q={}&before={}", urlencode(words), last.id.0))
        }
        _ => String::new(),
    };
    let (shell, rules) = (&visit.shell, visit.city.book.on(visit.shell.now().date()));
    let intro = shell.by_rules(rules, "contracts-intro", &[("days", RuleKey::ContractPublishWorkingDays)]);
    show(&ListPage { shell, intro, words, lines: &lines, figures, next })
}
