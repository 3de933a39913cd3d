//! A request to follow up, for whoever holds its receipt: words, progress, answer (E6).

use app::performance::survey::feedback::{self, Ticket};
use askama::Template;
use axum::response::Response;

use super::feedback_tone;
use crate::shell::{PageError, Path, Shell, Visit, show};

#[derive(Template)]
#[template(path = "performance/survey/feedback.html")]
struct FeedbackPage<'a> {
    shell: &'a Shell,
    ticket: &'a Ticket,
    step: String,
    tone: &'static str,
}

/// GET /feedback/{receipt}
pub async fn show_one(visit: Visit, Path(receipt): Path<String>) -> Result<Response, PageError> {
    let receipt = receipt.to_uppercase();
    let ticket = feedback::by_receipt(&visit.city, &receipt).await.map_err(|error| visit.error(error))?;
    let step = visit.shell.coded(&ticket.step());
    show(&FeedbackPage { shell: &visit.shell, step, tone: feedback_tone(ticket.step()), ticket: &ticket })
}
