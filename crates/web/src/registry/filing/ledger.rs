//! The ledger of filings: a street's own, or all of them.

use app::divisions;
use app::registry::filing::ledger::{self, Held};
use askama::Template;
use axum::response::Response;
use domain::kernel::Street;

use crate::shell::form::pairs;
use crate::shell::{Form, PageError, Shell, Visit, show, words};

const PER_PAGE: usize = 50;

struct Line {
    href: String,
    number: String,
    name: String,
    street: String,
    led_by: String,
    members: i64,
    filed_on: String,
    state: String,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "registry/filing/ledger.html")]
struct LedgerPage<'a> {
    shell: &'a Shell,
    lines: Vec<Line>,
    open: i64,
    may_file: bool,
    switch_href: String,
    switch_label: String,
    next_href: String,
}

/// GET /desk/filings
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let (city, actor, shell) = (&visit.city, &visit.actor, &visit.shell);
    let query = Form::of(pairs(shell.query.as_bytes()));
    let with_ended = query.trimmed("ended") == "yes";
    let fail = |error| visit.error(error);
    let after = query.number("after");
    let mut held = ledger::list(city, actor, !with_ended, after, PER_PAGE + 1).await.map_err(fail)?;
    let has_more = held.len() > PER_PAGE;
    held.truncate(PER_PAGE);
    let kept = if with_ended { "&ended=yes" } else { "" };
    let next = held.last().filter(|_| has_more).map(|last| last.id);
    show(&LedgerPage {
        lines: held.iter().map(|one| line(shell, one)).collect(),
        open: ledger::open_count(city, actor).await.map_err(fail)?,
        may_file: actor.street().is_some(),
        switch_href: shell.url(if with_ended { "/desk/filings" } else { "/desk/filings?ended=yes" }),
        switch_label: shell.t(if with_ended { "filing-show-open" } else { "filing-show-all" }),
        next_href: next.map(|id| shell.url(format!("/desk/filings?after={id}{kept}"))).unwrap_or_default(),
        shell,
    })
}

fn line(shell: &Shell, held: &Held) -> Line {
    let (state, tone) = state(shell, held);
    Line {
        href: shell.url(format!("/desk/filings/{}", held.uscc)),
        number: held.uscc.clone(),
        name: held.name.clone(),
        street: divisions::name_of(&Street(held.street).to_string()),
        led_by: shell.coded(&held.led_by),
        members: held.members,
        filed_on: shell.date(&held.filed_on),
        state,
        tone,
    }
}

/// The state of a filing in a word, and the tone of its tag.
pub(super) fn state(shell: &Shell, held: &Held) -> (String, &'static str) {
    match &held.closed_by {
        None => (shell.t("filing-is-open"), "ok"),
        Some(end) => (words::member(shell.lang, "filing_end", end), "grey"),
    }
}
