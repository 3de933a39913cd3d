//! The check of a tender's documents: sent by the office, passed or returned by the purchase lead (C14).

use app::Error;
use app::tendering::checking::{CheckTender, SubmitForCheck, Verdict};
use app::tendering::queries::{self, CriterionRow, Tender};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::Refusal;
use domain::tendering::stage::Stage;

use super::tender::parts;
use super::{Head, mendable, show_as};
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at};

#[derive(Template)]
#[template(path = "tendering/check.html")]
struct CheckPage<'a> {
    shell: &'a Shell,
    tender: &'a Tender,
    head: Head,
    base: String,
    parts: Vec<(String, String)>,
    criteria: Vec<CriterionRow>,
    verdicts: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
    may_submit: bool,
    may_check: bool,
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
    let verdict = |code: &str| Choice::new(code, shell.t(&format!("check-{code}")), form.text("verdict"));
    let page = CheckPage {
        shell,
        head: Head::of(shell, &tender),
        base: format!("/desk/tenders/{}", tender.number),
        parts: parts(shell, &tender),
        criteria: queries::criteria(&visit.city, tender.id).await.map_err(fail)?,
        verdicts: vec![verdict("accept"), verdict("return")],
        form,
        faults: &faults,
        may_submit: shell.is_role("office_staff") && tender.stage == Stage::Drafting,
        may_check: shell.is_role("purchase_lead") && tender.stage == Stage::Checking,
        tender: &tender,
    };
    show_as(status, &page)
}

/// GET /desk/tenders/{no}/check
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, &Form::default(), (StatusCode::OK, Vec::new())).await
}

/// POST /desk/tenders/{no}/check: the office sends, the purchase lead decides.
pub async fn create(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let tender = queries::on_desk(&visit.city, &visit.actor, &number).await.map_err(fail)?;
    let version = form.number("version").unwrap_or(0);
    let (answer, done) = if visit.shell.is_role("purchase_lead") {
        (decide(&visit, &tender, version, &form).await, "tender-checked")
    } else {
        let submit = SubmitForCheck { tender: tender.id, version };
        (visit.city.act(&visit.actor, &form.key(), &submit).await, "tender-sent")
    };
    match answer {
        Ok(()) => Ok(visit.done(&format!("/desk/tenders/{number}"), done)),
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, &number, &form, faults).await
        }
    }
}

async fn decide(visit: &Visit, tender: &Tender, version: i64, form: &Form) -> Result<(), Error> {
    let verdict = match form.text("verdict") {
        "accept" => Verdict::Accept,
        "return" => Verdict::Return,
        _ => {
            let refusal = Refusal::new("tendering.check-verdict-missing", "C14").at("verdict");
            return Err(Error::Invalid(vec![refusal]));
        }
    };
    let check = CheckTender { tender: tender.id, version, verdict, note: form.text("reason").to_owned() };
    visit.city.act(&visit.actor, &form.key(), &check).await
}
