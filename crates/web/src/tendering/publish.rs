//! Publishing the notice: the earliest day is explained before a deadline is chosen (C18, C20).

use app::Error;
use app::tendering::notice::{self, PublishNotice};
use app::tendering::queries::{self, Tender};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{Refusal, parse_moment};
use domain::tendering::stage::Stage;

use super::deadlines::{TermLine, term_lines};
use super::{Head, mendable, show_as};
use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, fault_at};

#[derive(Template)]
#[template(path = "tendering/publish.html")]
struct PublishPage<'a> {
    shell: &'a Shell,
    tender: &'a Tender,
    head: Head,
    base: String,
    terms: Vec<TermLine>,
    form: &'a Form,
    faults: &'a [FieldFault],
    may_publish: bool,
}

async fn page(
    visit: &Visit,
    number: &str,
    form: &Form,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let shell = &visit.shell;
    let tender = queries::on_desk(&visit.city, &visit.actor, number).await.map_err(fail)?;
    let explained = notice::explain_deadlines(&visit.city, &tender, shell.now()).map_err(fail)?;
    let page = PublishPage {
        shell,
        head: Head::of(shell, &tender),
        base: format!("/desk/tenders/{}", tender.number),
        terms: term_lines(shell, &explained),
        form,
        faults: &faults,
        may_publish: shell.is_role("purchase_lead") && tender.stage == Stage::Ready,
        tender: &tender,
    };
    show_as(status, &page)
}

/// GET /desk/tenders/{no}/publish
pub async fn new(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, &Form::default(), (StatusCode::OK, Vec::new())).await
}

/// POST /desk/tenders/{no}/publish
pub async fn create(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let tender = queries::on_desk(&visit.city, &visit.actor, &number).await.map_err(fail)?;
    let answer = match moment_of(&form, "deadline") {
        Ok(deadline) => {
            let version = form.number("version").unwrap_or(0);
            let publish = PublishNotice { tender: tender.id, version, deadline };
            visit.city.act(&visit.actor, &form.key(), &publish).await
        }
        Err(refusal) => Err(Error::Invalid(vec![refusal])),
    };
    match answer {
        Ok(()) => Ok(visit.done(&format!("/desk/tenders/{number}"), "notice-published")),
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, &number, &form, faults).await
        }
    }
}

/// A date and time of day as typed.
pub(super) fn moment_of(form: &Form, name: &str) -> Result<domain::kernel::Moment, Refusal> {
    parse_moment(form.text(name)).map_err(|refusal| refusal.at(name))
}
