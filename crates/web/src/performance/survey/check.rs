//! The telephone check of a survey: drawn and recorded by the purchase lead, read by discipline (E2).
//!
//! The office that buys does not see who is called: it could call first.

use app::performance::survey::{self, CheckDraw, CheckLine, DrawChecks, RecordCheck, SurveyView};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{Coded, Role};
use domain::performance::survey::{CheckOutcome, Round, SurveyStep};

use super::{public_contract, round_name};
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show_as};

/// A call.
struct Call {
    position: i64,
    token: String,
    outcome: String,
    note: String,
    choices: Vec<Choice>,
    outcome_field: String,
    note_field: String,
}

#[derive(Template)]
#[template(path = "performance/survey/check.html")]
struct CheckPage<'a> {
    shell: &'a Shell,
    number: &'a str,
    title: String,
    round: String,
    base: String,
    is_ready: bool,
    may_act: bool,
    draw: Option<CheckDraw>,
    calls: Vec<Call>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// A survey of a public contract, by its round in the address.
async fn named(visit: &Visit, number: &str, round: &str) -> Result<(String, SurveyView), PageError> {
    let contract = public_contract(visit, number).await?;
    let round = Round::from_code(round).ok_or_else(|| visit.error(app::Error::NotFound))?;
    let found = survey::one(&visit.city, contract.id, round).await;
    Ok((contract.title, found.map_err(|error| visit.error(error))?))
}

/// GET /desk/contracts/{no}/satisfaction/{round}/check
pub async fn show_one(
    visit: Visit,
    Path((number, round)): Path<(String, String)>,
) -> Result<Response, PageError> {
    page(&visit, (&number, &round), StatusCode::OK, &Form::default(), &[]).await
}

async fn page(
    visit: &Visit,
    (number, round): (&str, &str),
    status: StatusCode,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let (title, view) = named(visit, number, round).await?;
    let fail = |error| visit.error(error);
    let draw = survey::check_draw(&visit.city, view.id).await.map_err(fail)?;
    let lines = survey::check_lines(&visit.city, view.id).await.map_err(fail)?;
    let shell = &visit.shell;
    let page = CheckPage {
        number,
        title,
        round: round_name(shell, view.round()),
        base: shell.url(format!("/desk/contracts/{number}/satisfaction/{round}/check")),
        is_ready: view.step() != SurveyStep::Prepared,
        may_act: visit.actor.post.role == Role::PurchaseLead,
        draw,
        calls: lines.into_iter().map(|line| call(shell, line, form)).collect(),
        form,
        faults,
        shell,
    };
    show_as(status, &page)
}

fn call(shell: &Shell, line: CheckLine, form: &Form) -> Call {
    let outcome_field = format!("outcome.{}", line.position);
    let choice = |one: &CheckOutcome| Choice::new(one.code(), shell.coded(one), form.text(&outcome_field));
    Call {
        choices: CheckOutcome::ALL.iter().map(choice).collect(),
        outcome: line.outcome.map(|one| shell.coded(&one)).unwrap_or_default(),
        note_field: format!("note.{}", line.position),
        position: line.position,
        token: line.token,
        note: line.note,
        outcome_field,
    }
}

/// POST /desk/contracts/{no}/satisfaction/{round}/check
pub async fn update(
    visit: Visit,
    Path((number, round)): Path<(String, String)>,
    form: Form,
) -> Result<Response, PageError> {
    let (_, view) = named(&visit, &number, &round).await?;
    match taken(&visit, view.id, &form).await {
        Ok(done) => Ok(visit.done(&format!("/desk/contracts/{number}/satisfaction/{round}/check"), done)),
        Err(error) => {
            let (status, faults) = visit.mendable(error)?;
            page(&visit, (&number, &round), status, &form, &faults).await
        }
    }
}

async fn taken(visit: &Visit, survey: i64, form: &Form) -> Result<&'static str, app::Error> {
    if form.text("step") == "draw" {
        visit.city.act(&visit.actor, &form.key(), &DrawChecks { survey }).await?;
        return Ok("survey-check-drawn");
    }
    let position = form.number("position").unwrap_or_default();
    let act = RecordCheck {
        survey,
        position,
        outcome: CheckOutcome::from_code(form.trimmed(&format!("outcome.{position}"))),
        note: form.text(&format!("note.{position}")).to_owned(),
    };
    visit.city.act(&visit.actor, &form.key(), &act).await?;
    Ok("survey-check-recorded")
}
