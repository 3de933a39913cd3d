//! Questions and answers, for all; asking for organisations, answering for the office (C21, C60).

use app::tendering::queries::{self, Tender};
use app::tendering::question::{self, AnswerQuestion, AskQuestion, QuestionLine};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::{Head, mendable, questions_open, show_as, tabs};
use crate::shell::nav::NavLink;
use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, at_places, fault_at};

#[derive(Template)]
#[template(path = "tendering/questions.html")]
struct QuestionsPage<'a> {
    shell: &'a Shell,
    tender: &'a Tender,
    base: String,
    tabs: Vec<NavLink>,
    questions: Vec<QuestionLine>,
    is_open: bool,
    may_ask: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

async fn page(
    visit: &Visit,
    number: &str,
    form: &Form,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let tender = queries::by_number(city, number).await.map_err(|error| visit.error(error))?;
    let questions = question::on_tender(city, tender.id).await.map_err(|error| visit.error(error))?;
    let page = QuestionsPage {
        shell,
        tender: &tender,
        base: format!("/tenders/{}", tender.number),
        tabs: tabs(shell, &tender),
        questions,
        is_open: questions_open(&tender, shell),
        may_ask: questions_open(&tender, shell) && visit.actor.organisation().is_some(),
        form,
        faults: &faults,
    };
    show_as(status, &page)
}

/// GET /tenders/{no}/qa
pub async fn index(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, &Form::default(), (StatusCode::OK, Vec::new())).await
}

/// POST /tenders/{no}/qa
pub async fn create(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let tender = queries::by_number(&visit.city, &number).await.map_err(|error| visit.error(error))?;
    let ask = AskQuestion { tender: tender.id, text: form.text("question").to_owned() };
    match visit.city.act(&visit.actor, &form.key(), &ask).await {
        Ok(_) => Ok(visit.done(&format!("/tenders/{number}/qa"), "question-asked")),
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, &number, &form, faults).await
        }
    }
}

#[derive(Template)]
#[template(path = "tendering/desk_questions.html")]
struct DeskQuestionsPage<'a> {
    shell: &'a Shell,
    tender: &'a Tender,
    head: Head,
    base: String,
    questions: Vec<QuestionLine>,
    form: &'a Form,
    faults: &'a [FieldFault],
    may_answer: bool,
}

async fn desk_page(
    visit: &Visit,
    number: &str,
    form: &Form,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let tender = queries::on_desk(city, &visit.actor, number).await.map_err(|error| visit.error(error))?;
    let questions = question::on_tender(city, tender.id).await.map_err(|error| visit.error(error))?;
    let page = DeskQuestionsPage {
        shell,
        head: Head::of(shell, &tender),
        base: format!("/desk/tenders/{}", tender.number),
        questions,
        form,
        faults: &faults,
        may_answer: shell.is_role("office_staff") && super::bids_open(&tender, shell),
        tender: &tender,
    };
    show_as(status, &page)
}

/// GET /desk/tenders/{no}/questions
pub async fn desk(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    desk_page(&visit, &number, &Form::default(), (StatusCode::OK, Vec::new())).await
}

/// POST /desk/tenders/{no}/questions. A question is named by its place in the list: ids tell too much.
pub async fn answer(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let tender = queries::on_desk(&visit.city, &visit.actor, &number).await.map_err(fail)?;
    let questions = question::on_tender(&visit.city, tender.id).await.map_err(fail)?;
    let place = form.number("place").and_then(|place| usize::try_from(place - 1).ok());
    let Some(asked) = place.and_then(|place| questions.get(place)) else {
        return Err(visit.error(app::Error::NotFound));
    };
    let version = form.number("version").unwrap_or(0);
    let answer = AnswerQuestion { question: asked.id, version, answer: form.text("answer").to_owned() };
    match visit.city.act(&visit.actor, &form.key(), &answer).await {
        Ok(()) => Ok(visit.done(&format!("/desk/tenders/{number}/questions"), "question-answered")),
        Err(error) => {
            let place = form.trimmed("place");
            let faults = mendable(&visit, at_places(error, |field| format!("{field}-{place}")))?;
            desk_page(&visit, &number, &form, faults).await
        }
    }
}
