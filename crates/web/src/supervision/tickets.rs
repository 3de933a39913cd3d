//! Tickets: the list, and one ticket from demand to end (S63, E7).

use app::supervision::read::{self, Ticket};
use app::supervision::ticket::{AnswerTicket, EscalateTicket, JudgeTicket};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::Role;
use domain::supervision::TicketState;

use super::{page_of, scope, take_stock, tone_of_ticket};
use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_as};

/// A ticket in the list.
struct Line {
    href: String,
    number: String,
    kind: String,
    title: String,
    office: String,
    due: String,
    is_late: bool,
    state: String,
    tone: &'static str,
    is_escalated: bool,
}

#[derive(Template)]
#[template(path = "supervision/tickets.html")]
struct TicketsPage<'a> {
    shell: &'a Shell,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "supervision/ticket.html")]
struct TicketPage<'a> {
    shell: &'a Shell,
    line: Line,
    subject: String,
    subject_href: String,
    finding_href: String,
    rows: Vec<(String, String)>,
    may_answer: bool,
    may_judge: bool,
    may_escalate: bool,
    base: String,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/tickets
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    take_stock(&visit).await?;
    let found = read::tickets(&visit.city, scope(&visit)).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    show(&TicketsPage { lines: found.iter().map(|one| line(shell, one)).collect(), shell })
}

fn line(shell: &Shell, one: &Ticket) -> Line {
    let is_late = one.state == TicketState::Open && one.due_on < shell.now().date();
    Line {
        href: shell.url(format!("/desk/tickets/{}", one.number)),
        number: one.number.clone(),
        kind: shell.coded(&one.kind),
        title: one.title.clone(),
        office: one.office.clone(),
        due: shell.date(&one.due_on),
        is_late,
        state: shell.coded(&one.state),
        tone: if is_late { "stop" } else { tone_of_ticket(one.state) },
        is_escalated: one.escalated_at.is_some(),
    }
}

/// GET /desk/tickets/{no}
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    take_stock(&visit).await?;
    page(&visit, &number, StatusCode::OK, &Form::default(), &[]).await
}

async fn page(
    visit: &Visit,
    number: &str,
    status: StatusCode,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let found = read::ticket(&visit.city, number, scope(visit)).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let role = visit.actor.post.role;
    let line = line(shell, &found);
    let is_supervisor = role == Role::Supervisor;
    let page = TicketPage {
        may_answer: matches!(role, Role::OfficeStaff | Role::OfficeDirector)
            && found.state == TicketState::Open,
        may_judge: is_supervisor && found.state == TicketState::Answered,
        may_escalate: is_supervisor && line.is_late && found.escalated_at.is_none(),
        line,
        subject: found.subject.clone(),
        subject_href: shell.url(page_of(found.kind, &found.subject)),
        finding_href: shell.url(format!("/desk/supervision/{}", found.finding)),
        rows: rows(shell, &found),
        base: shell.url(format!("/desk/tickets/{number}")),
        form,
        faults,
        shell,
    };
    show_as(status, &page)
}

fn rows(shell: &Shell, one: &Ticket) -> Vec<(String, String)> {
    let mut rows = vec![
        (shell.t("supervision-office"), one.office.clone()),
        (
            shell.t("supervision-director"),
            one.director.clone().unwrap_or_else(|| shell.t("registry-no-director")),
        ),
        (shell.t("supervision-demand"), one.demand.clone()),
        (
            shell.t("supervision-opened"),
            shell.txy("supervision-by-at", &one.opener, shell.moment(&one.opened_at)),
        ),
        (shell.t("supervision-answer-due"), shell.date(&one.due_on)),
    ];
    if let (Some(by), Some(at)) = (&one.answerer, &one.answered_at) {
        rows.push((shell.t("supervision-answer"), one.answer.clone()));
        rows.push((shell.t("supervision-answered"), shell.txy("supervision-by-at", by, shell.moment(at))));
    }
    if one.returns > 0 {
        rows.push((shell.t("supervision-returns"), one.returns.to_string()));
    }
    if !one.closed_why.is_empty() {
        rows.push((shell.t("supervision-judged-why"), one.closed_why.clone()));
    }
    if let Some(at) = &one.escalated_at {
        rows.push((shell.t("supervision-escalated"), shell.moment(at)));
    }
    if let Some(at) = &one.closed_at {
        let by = one.closer.clone().unwrap_or_else(|| shell.t("supervision-by-itself"));
        rows.push((shell.t("supervision-closed"), shell.txy("supervision-by-at", by, shell.moment(at))));
    }
    rows
}

/// POST /desk/tickets/{no}/answer
pub async fn answer(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let act = AnswerTicket { number: number.clone(), answer: form.text("answer").to_owned() };
    let done = visit.city.act(&visit.actor, &form.key(), &act).await;
    settle(&visit, &number, &form, done, "ticket-answered").await
}

/// POST /desk/tickets/{no}/judgement
pub async fn judge(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let is_accepted = form.trimmed("step") == "closed";
    let act = JudgeTicket { number: number.clone(), is_accepted, reason: form.text("reason").to_owned() };
    let done = visit.city.act(&visit.actor, &form.key(), &act).await;
    let told = if is_accepted { "ticket-closed" } else { "ticket-returned" };
    settle(&visit, &number, &form, done, told).await
}

/// POST /desk/tickets/{no}/escalation
pub async fn escalate(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let done = visit.city.act(&visit.actor, &form.key(), &EscalateTicket { number: number.clone() }).await;
    settle(&visit, &number, &form, done, "ticket-escalated").await
}

async fn settle(
    visit: &Visit,
    number: &str,
    form: &Form,
    done: Result<(), app::Error>,
    told: &str,
) -> Result<Response, PageError> {
    match done {
        Ok(()) => Ok(visit.done(&format!("/desk/tickets/{number}"), told)),
        Err(error) => {
            let (status, faults) = visit.mendable(error)?;
            page(visit, number, status, form, &faults).await
        }
    }
}
