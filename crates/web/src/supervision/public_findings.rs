//! What supervision found and what became of it, for everyone: the rows that the overview counts (S63).

use app::supervision::read::{self, Filter, FindingLine};
use askama::Template;
use axum::response::Response;
use domain::kernel::Coded;
use domain::supervision::FindingKind;

use super::{page_of, tone_of_sort, tone_of_ticket};
use crate::shell::form::pairs;
use crate::shell::{Choice, Form, PageError, Shell, Visit, show, words};

/// A finding as everyone reads it.
struct Line {
    number: i64,
    kind: String,
    sort: String,
    tone: &'static str,
    rule: &'static str,
    subject: String,
    /// Empty when nothing about it is public yet.
    href: String,
    title: String,
    office: String,
    office_href: String,
    arose: String,
    due: String,
    cured: String,
    ticket: String,
    ticket_tone: &'static str,
}

#[derive(Template)]
#[template(path = "supervision/public_findings.html")]
struct PublicFindingsPage<'a> {
    shell: &'a Shell,
    kinds: Vec<Choice>,
    states: Vec<Choice>,
    lines: Vec<Line>,
}

/// GET /oversight/findings
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let asked = Form::of(pairs(shell.query.as_bytes()));
    let (kind, state) = (asked.trimmed("kind"), asked.trimmed("state"));
    let filter = Filter { kind: FindingKind::from_code(kind), office: None, is_cured: state == "cured" };
    let found = read::findings(&visit.city, &filter).await.map_err(|error| visit.error(error))?;
    let named = |one: &FindingKind| Choice::new(one.code(), words::coded(shell.lang, *one), kind);
    let mut kinds = vec![Choice::new("", shell.t("inbox-all"), kind)];
    kinds.extend(FindingKind::ALL.iter().map(named));
    let states = [("", "supervision-open"), ("cured", "supervision-cured")];
    show(&PublicFindingsPage {
        kinds,
        states: states.map(|(value, key)| Choice::new(value, shell.t(key), state)).into(),
        lines: found.iter().map(|one| line(shell, one)).collect(),
        shell,
    })
}

fn line(shell: &Shell, one: &FindingLine) -> Line {
    let day = |day: &domain::kernel::Date| shell.date(day);
    // A contract that is signed and not yet public has no page to lead to.
    let is_public = one.kind != FindingKind::ContractUnpublished || one.is_cured();
    Line {
        number: one.number,
        kind: shell.coded(&one.kind),
        sort: shell.coded(&one.kind.sort()),
        tone: tone_of_sort(one.kind.sort()),
        rule: one.kind.rule(),
        subject: one.subject.clone(),
        href: if is_public { shell.url(page_of(one.kind, &one.subject)) } else { String::new() },
        title: one.title.clone(),
        office: one.office.clone(),
        office_href: shell.url(format!("/offices/{}/account?year={}", one.office_code, one.arose_on.year())),
        arose: shell.date(&one.arose_on),
        due: one.due_on.as_ref().map_or_else(|| "—".to_owned(), day),
        cured: one.cured_at.map_or_else(|| "—".to_owned(), |at| shell.date(&at.date())),
        ticket: one.ticket_state.map(|state| shell.coded(&state)).unwrap_or_default(),
        ticket_tone: one.ticket_state.map_or("", tone_of_ticket),
    }
}
