//! The office's requests to follow up: taken up, answered, in time (E6).

use app::performance::survey::feedback::{self, AcknowledgeFeedback, AnswerFeedback, Ticket};
use askama::Template;
use axum::response::Response;
use domain::performance::survey::feedback::{ANSWER_MAX, FeedbackStep};

use super::feedback_tone;
use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_as};

/// A line of the list.
struct Line {
    receipt: String,
    title: String,
    office: String,
    step: String,
    tone: &'static str,
    due: String,
    is_late: bool,
    href: String,
}

#[derive(Template)]
#[template(path = "performance/survey/desk_feedback.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    lead: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "performance/survey/desk_feedback_one.html")]
struct OnePage<'a> {
    shell: &'a Shell,
    ticket: &'a Ticket,
    step: String,
    tone: &'static str,
    may_take_up: bool,
    may_answer: bool,
    answer_max: i64,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/feedback
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let today = shell.now().date();
    let found = feedback::on_desk(&visit.city, &visit.actor).await.map_err(|error| visit.error(error))?;
    let line = |ticket: Ticket| {
        let step = ticket.step();
        let due = if step == FeedbackStep::Filed { ticket.acknowledge_due_on } else { ticket.answer_due_on };
        Line {
            step: shell.coded(&step),
            tone: feedback_tone(step),
            due: shell.date(&due),
            is_late: ticket.late(today).is_some(),
            href: shell.url(format!("/desk/feedback/{}", ticket.receipt)),
            receipt: ticket.receipt,
            title: ticket.title,
            office: ticket.office,
        }
    };
    let lead = super::promised(&visit, "feedback-desk-lead");
    show(&ListPage { shell, lead, lines: found.into_iter().map(line).collect() })
}

/// GET /desk/feedback/{receipt}
pub async fn show_one(visit: Visit, Path(receipt): Path<String>) -> Result<Response, PageError> {
    page(&visit, &receipt, &Form::default(), &[]).await
}

async fn page(
    visit: &Visit,
    receipt: &str,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let ticket = feedback::by_receipt(&visit.city, receipt).await.map_err(|error| visit.error(error))?;
    if visit.actor.office().is_some_and(|office| office != ticket.office_id) {
        return Err(visit.error(app::Error::NotFound));
    }
    let is_own = visit.actor.office() == Some(ticket.office_id);
    let page = OnePage {
        shell: &visit.shell,
        step: visit.shell.coded(&ticket.step()),
        tone: feedback_tone(ticket.step()),
        may_take_up: is_own && ticket.step() == FeedbackStep::Filed,
        may_answer: is_own && ticket.step() != FeedbackStep::Answered,
        answer_max: i64::try_from(ANSWER_MAX).unwrap_or(i64::MAX),
        ticket: &ticket,
        form,
        faults,
    };
    if faults.is_empty() { show(&page) } else { show_as(axum::http::StatusCode::UNPROCESSABLE_ENTITY, &page) }
}

/// POST /desk/feedback/{receipt}
pub async fn update(visit: Visit, Path(receipt): Path<String>, form: Form) -> Result<Response, PageError> {
    let version = form.number("version").unwrap_or_default();
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    let is_taken_up = form.text("step") == "acknowledge";
    let done = if is_taken_up {
        city.act(actor, &key, &AcknowledgeFeedback { receipt: receipt.clone(), version }).await
    } else {
        let answer = form.text("answer").to_owned();
        city.act(actor, &key, &AnswerFeedback { receipt: receipt.clone(), version, answer }).await
    };
    match done {
        Ok(()) => {
            let said = if is_taken_up { "feedback-acknowledged" } else { "feedback-answered" };
            Ok(visit.done(&format!("/desk/feedback/{receipt}"), said))
        }
        Err(error) => {
            let (_, faults) = visit.mendable(error)?;
            page(&visit, &receipt, &form, &faults).await
        }
    }
}
