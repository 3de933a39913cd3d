//! The payment desk: requests by urgency, and one request with its three papers side by side.

use app::funds::payments::{self, RequestLine};
use app::funds::{ApproveRequest, ReturnRequest};
use askama::Template;
use axum::response::Response;
use domain::funds::RequestState;
use domain::kernel::{Coded, Role};

use super::tone;
use crate::shell::form::pairs;
use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Visit, download, fault_at, show, show_faults, words,
};

/// A request in the list.
struct Line {
    request: RequestLine,
    tone: &'static str,
    is_late: bool,
}

/// A point of the match.
struct Point {
    text: String,
    holds: bool,
}

#[derive(Template)]
#[template(path = "funds/payments.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    lines: &'a [Line],
    states: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "funds/payment.html")]
struct OnePage<'a> {
    shell: &'a Shell,
    line: &'a Line,
    points: Vec<Point>,
    capitals: String,
    may_check: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/payments
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let query = Form::of(pairs(visit.shell.query.as_bytes()));
    let state = RequestState::from_code(query.trimmed("state"));
    let found = payments::requests(&visit.city, state).await.map_err(|error| visit.error(error))?;
    let lines: Vec<Line> = found.into_iter().map(|request| line(&visit.shell, request)).collect();
    let every = Choice::new("", visit.shell.t("funds-every-state"), query.trimmed("state"));
    let choice = |state: &RequestState| {
        Choice::new(state.code(), words::coded(visit.shell.lang, *state), query.trimmed("state"))
    };
    let states = std::iter::once(every).chain(RequestState::ALL.iter().map(choice)).collect();
    show(&ListPage { shell: &visit.shell, lines: &lines, states })
}

fn line(shell: &Shell, request: RequestLine) -> Line {
    let is_late = request.state != RequestState::Paid && shell.now().date() > request.due_on;
    Line { tone: tone(&request.state), is_late, request }
}

/// GET /desk/payments/{no}
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, &Form::default(), &[]).await
}

async fn page(
    visit: &Visit,
    number: &str,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let request = payments::request(&visit.city, number).await.map_err(|error| visit.error(error))?;
    let matched = payments::match_of(&visit.city, &request).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let point = |(point, holds)| Point { text: words::coded(shell.lang, point), holds };
    let capitals = request.amount_fen.capitals();
    let line = line(shell, request);
    let page = OnePage {
        points: matched.into_iter().map(point).collect(),
        capitals,
        may_check: visit.actor.post.role == Role::Finance && line.request.state == RequestState::Requested,
        line: &line,
        shell,
        form,
        faults,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

/// POST /desk/payments/{no}/approval
pub async fn approve(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let request = payments::request(&visit.city, &number).await.map_err(|error| visit.error(error))?;
    let approve = ApproveRequest { request: request.id, version: form.number("version").unwrap_or_default() };
    let answer = visit.city.act(&visit.actor, &form.key(), &approve).await;
    answered(&visit, &number, &form, answer, "payment-approved").await
}

/// POST /desk/payments/{no}/return
pub async fn send_back(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let request = payments::request(&visit.city, &number).await.map_err(|error| visit.error(error))?;
    let back = ReturnRequest {
        request: request.id,
        version: form.number("version").unwrap_or_default(),
        reason: form.trimmed("reason").to_owned(),
    };
    let answer = visit.city.act(&visit.actor, &form.key(), &back).await;
    answered(&visit, &number, &form, answer, "payment-returned").await
}

async fn answered(
    visit: &Visit,
    number: &str,
    form: &Form,
    answer: Result<(), app::Error>,
    done: &str,
) -> Result<Response, PageError> {
    match answer {
        Ok(()) => Ok(visit.done("/desk/payments", done)),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(visit, number, form, &faults).await
        }
    }
}

/// GET /desk/payments/{no}/invoice: the invoice, always as a download.
pub async fn invoice(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let request = payments::request(&visit.city, &number).await.map_err(|error| visit.error(error))?;
    let bytes = visit.city.blobs.get(&request.invoice_digest).map_err(|error| visit.error(error))?;
    Ok(download(&request.invoice_name, &request.invoice_type, bytes))
}
