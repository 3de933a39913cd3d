//! Corrections of a notice: the form of the purchase lead and the public list (C21).

use app::Error;
use app::tendering::correction::{self, CorrectionLine, PublishCorrection};
use app::tendering::queries::{self, Tender};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{Coded, Refusal};
use domain::tendering::correction::CorrectionSubject;

use super::publish::moment_of;
use super::{Head, bids_open, choices, mendable, show_as, tabs};
use crate::shell::nav::NavLink;
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show};

#[derive(Template)]
#[template(path = "tendering/corrections.html")]
struct CorrectionsPage<'a> {
    shell: &'a Shell,
    tender: &'a Tender,
    base: String,
    tabs: Vec<NavLink>,
    corrections: Vec<CorrectionLine>,
}

/// GET /tenders/{no}/corrections
pub async fn index(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let tender = queries::by_number(city, &number).await.map_err(|error| visit.error(error))?;
    let corrections = correction::on_tender(city, tender.id).await.map_err(|error| visit.error(error))?;
    let base = format!("/tenders/{}", tender.number);
    show(&CorrectionsPage { shell, base, tabs: tabs(shell, &tender), corrections, tender: &tender })
}

#[derive(Template)]
#[template(path = "tendering/correction.html")]
struct CorrectionPage<'a> {
    shell: &'a Shell,
    tender: &'a Tender,
    head: Head,
    base: String,
    subjects: Vec<Choice>,
    quiet_until: String,
    corrections: Vec<CorrectionLine>,
    form: &'a Form,
    faults: &'a [FieldFault],
    may_correct: bool,
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
    let quiet = correction::quiet_until(&tender);
    let page = CorrectionPage {
        shell,
        head: Head::of(shell, &tender),
        base: format!("/desk/tenders/{}", tender.number),
        subjects: choices::<CorrectionSubject>(shell, form.text("subject")),
        quiet_until: quiet.map_or_else(|| "—".to_owned(), |day| shell.date(&day)),
        corrections: correction::on_tender(&visit.city, tender.id).await.map_err(fail)?,
        form,
        faults: &faults,
        may_correct: shell.is_role("purchase_lead") && bids_open(&tender, shell),
        tender: &tender,
    };
    show_as(status, &page)
}

/// GET /desk/tenders/{no}/correction
pub async fn new(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, &Form::default(), (StatusCode::OK, Vec::new())).await
}

/// POST /desk/tenders/{no}/correction
pub async fn create(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let tender = queries::on_desk(&visit.city, &visit.actor, &number).await.map_err(fail)?;
    let answer = match command(&tender, &form) {
        Ok(publish) => visit.city.act(&visit.actor, &form.key(), &publish).await,
        Err(refusal) => Err(Error::Invalid(vec![refusal])),
    };
    match answer {
        Ok(_) => Ok(visit.done(&format!("/desk/tenders/{number}"), "correction-published")),
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, &number, &form, faults).await
        }
    }
}

fn command(tender: &Tender, form: &Form) -> Result<PublishCorrection, Refusal> {
    let subject = CorrectionSubject::from_code(form.text("subject"))
        .ok_or_else(|| Refusal::new("tendering.correction-subject-missing", "C21").at("subject"))?;
    let deadline =
        if form.trimmed("deadline").is_empty() { None } else { Some(moment_of(form, "deadline")?) };
    Ok(PublishCorrection {
        tender: tender.id,
        version: form.number("version").unwrap_or(0),
        subject,
        text: form.text("text").to_owned(),
        reason: form.text("reason").to_owned(),
        deadline,
    })
}
