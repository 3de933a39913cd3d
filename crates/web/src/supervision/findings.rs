//! The list of findings, one finding, and the ticket that discipline opens for it (S63).

use app::sheets;
use app::supervision::read::{self, Filter, FindingLine};
use app::supervision::sheet;
use app::supervision::ticket::OpenTicket;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{Coded, OfficeId, Role};
use domain::supervision::FindingKind;

use super::{page_of, scope, take_stock, tone_of_sort, tone_of_ticket};
use crate::shell::download::download;
use crate::shell::form::pairs;
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_as, words};

/// A finding in the list.
struct Line {
    href: String,
    kind: String,
    sort: String,
    tone: &'static str,
    rule: &'static str,
    title: String,
    subject: String,
    office: String,
    director: String,
    due: String,
    seen: String,
    ticket: String,
    ticket_href: String,
    ticket_state: String,
    ticket_tone: &'static str,
}

#[derive(Template)]
#[template(path = "supervision/findings.html")]
struct FindingsPage<'a> {
    shell: &'a Shell,
    kinds: Vec<Choice>,
    offices: Vec<Choice>,
    states: Vec<Choice>,
    lines: Vec<Line>,
    is_cured: bool,
    export: String,
}

#[derive(Template)]
#[template(path = "supervision/finding.html")]
struct FindingPage<'a> {
    shell: &'a Shell,
    line: Line,
    rows: Vec<(String, String)>,
    subject_href: String,
    may_open: bool,
    base: String,
    form: &'a Form,
    faults: &'a [FieldFault],
}

fn filter(visit: &Visit, asked: &Form) -> Filter {
    Filter {
        kind: FindingKind::from_code(asked.trimmed("kind")),
        office: scope(visit).or_else(|| asked.number("office").map(OfficeId)),
        is_cured: asked.trimmed("state") == "cured",
    }
}

/// GET /desk/supervision
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    take_stock(&visit).await?;
    let shell = &visit.shell;
    let asked = Form::of(pairs(shell.query.as_bytes()));
    let fail = |error| visit.error(error);
    let filter = filter(&visit, &asked);
    let found = read::findings(&visit.city, &filter).await.map_err(fail)?;
    let offices = match scope(&visit) {
        Some(_) => Vec::new(),
        None => offices(&visit, asked.trimmed("office")).await?,
    };
    let chosen = asked.trimmed("kind");
    let mut kinds = vec![Choice::new("", shell.t("inbox-all"), chosen)];
    kinds.extend(
        FindingKind::ALL.iter().map(|kind| Choice::new(kind.code(), words::coded(shell.lang, *kind), chosen)),
    );
    let states = [("", "supervision-open"), ("cured", "supervision-cured")];
    let query = if shell.query.is_empty() { String::new() } else { format!("?{}", shell.query) };
    show(&FindingsPage {
        kinds,
        offices,
        states: states.map(|(value, key)| Choice::new(value, shell.t(key), asked.trimmed("state"))).into(),
        lines: found.iter().map(|one| line(shell, one)).collect(),
        is_cured: filter.is_cured,
        export: shell.url(format!("/desk/supervision/export.xlsx{query}")),
        shell,
    })
}

async fn offices(visit: &Visit, chosen: &str) -> Result<Vec<Choice>, PageError> {
    let all = app::access::offices::all(&visit.city).await.map_err(|error| visit.error(error))?;
    let mut offices = vec![Choice::new("", visit.shell.t("inbox-all"), chosen)];
    offices.extend(all.into_iter().map(|one| Choice::new(one.id.0.to_string(), one.name, chosen)));
    Ok(offices)
}

/// GET /desk/supervision/export.xlsx
pub async fn export(visit: Visit) -> Result<Response, PageError> {
    take_stock(&visit).await?;
    let asked = Form::of(pairs(visit.shell.query.as_bytes()));
    let found = read::findings(&visit.city, &filter(&visit, &asked)).await;
    let found = found.map_err(|error| visit.error(error))?;
    let keys =
        ["what", "rule", "number", "about", "office", "director", "due", "seen", "ticket", "ticket-state"];
    let columns = keys.map(|key| visit.shell.t(&format!("supervision-{key}")));
    let (name, lang) = (visit.shell.t("desk-supervision"), visit.shell.lang);
    let told = move |list: &str, code: &str| words::member(lang, list, code);
    let wording = sheet::Wording { name: &name, columns: &columns, told: &told };
    let bytes = sheet::xlsx(&found, &wording).map_err(|error| visit.error(error))?;
    Ok(download(&format!("{name}.xlsx"), sheets::XLSX, bytes))
}

fn line(shell: &Shell, one: &FindingLine) -> Line {
    let ticket = one.ticket.clone().unwrap_or_default();
    Line {
        href: shell.url(format!("/desk/supervision/{}", one.number)),
        kind: shell.coded(&one.kind),
        sort: shell.coded(&one.kind.sort()),
        tone: tone_of_sort(one.kind.sort()),
        rule: one.kind.rule(),
        title: one.title.clone(),
        subject: one.subject.clone(),
        office: one.office.clone(),
        director: one.director.clone().unwrap_or_else(|| "—".to_owned()),
        due: one.due_on.map_or_else(|| "—".to_owned(), |day| shell.date(&day)),
        seen: shell.date(&one.first_seen_at.date()),
        ticket_href: shell.url(format!("/desk/tickets/{ticket}")),
        ticket,
        ticket_state: one.ticket_state.map(|state| shell.coded(&state)).unwrap_or_default(),
        ticket_tone: one.ticket_state.map_or("", tone_of_ticket),
    }
}

/// GET /desk/supervision/{number}
pub async fn show_one(visit: Visit, Path(number): Path<i64>) -> Result<Response, PageError> {
    take_stock(&visit).await?;
    page(&visit, number, StatusCode::OK, &Form::default(), &[]).await
}

async fn page(
    visit: &Visit,
    number: i64,
    status: StatusCode,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let found = read::finding(&visit.city, number).await.map_err(|error| visit.error(error))?;
    if scope(visit).is_some_and(|own| own != found.office_id) {
        return Err(visit.error(app::Error::NotFound));
    }
    let shell = &visit.shell;
    let has_pending = found.ticket_state.is_some_and(|state| state.is_pending());
    let page = FindingPage {
        line: line(shell, &found),
        rows: rows(shell, &found),
        subject_href: shell.url(page_of(found.kind, &found.subject)),
        may_open: visit.actor.post.role == Role::Supervisor && !has_pending && !found.is_cured(),
        base: shell.url(format!("/desk/supervision/{number}")),
        form,
        faults,
        shell,
    };
    show_as(status, &page)
}

fn rows(shell: &Shell, one: &FindingLine) -> Vec<(String, String)> {
    let mut rows = vec![
        (shell.t("supervision-office"), one.office.clone()),
        (
            shell.t("supervision-director"),
            one.director.clone().unwrap_or_else(|| shell.t("registry-no-director")),
        ),
        (shell.t("supervision-arose"), shell.date(&one.arose_on)),
    ];
    if let Some(due) = &one.due_on {
        rows.push((shell.t("supervision-due"), shell.date(due)));
    }
    rows.push((shell.t("supervision-seen"), shell.moment(&one.first_seen_at)));
    if let Some(at) = &one.cured_at {
        rows.push((shell.t("supervision-cured-at"), shell.moment(at)));
        rows.push((
            shell.t("supervision-cured-why"),
            words::member(shell.lang, "finding_cured", one.kind.code()),
        ));
    }
    rows
}

/// POST /desk/supervision/{number}
pub async fn open(visit: Visit, Path(number): Path<i64>, form: Form) -> Result<Response, PageError> {
    let found = read::finding(&visit.city, number).await.map_err(|error| visit.error(error))?;
    let act = OpenTicket { finding: found.id, demand: form.text("demand").to_owned() };
    match visit.city.act(&visit.actor, &form.key(), &act).await {
        Ok(ticket) => Ok(visit.done(&format!("/desk/tickets/{ticket}"), "ticket-opened")),
        Err(error) => {
            let (status, faults) = visit.mendable(error)?;
            page(&visit, number, status, &form, &faults).await
        }
    }
}
