//! The provider's page of one contract: progress, reporting a milestone done, supplements, subcontracting (C52-C54).

use app::performance::report::ReportMilestone;
use app::performance::subcontract::AskSubcontract;
use app::performance::supplement::{DropSupplement, SignSupplement};
use app::{Error, contracts::Contract};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::contracts::ContractStage;
use domain::performance::SubcontractState;
use domain::performance::progress::MilestoneState;

use super::view::Delivery;
use super::{amount, mendable, own_contract, plain};
use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show_as};

#[derive(Template)]
#[template(path = "performance/own.html")]
struct OwnPage<'a> {
    shell: &'a Shell,
    delivery: Delivery,
    base: String,
    may_subcontract: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /me/contracts/{no}/delivery
pub async fn index(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, &Form::default(), plain()).await
}

async fn page(
    visit: &Visit,
    number: &str,
    form: &Form,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let contract = signed(visit, own_contract(visit, number).await?)?;
    let is_in_force = contract.stage == ContractStage::Signed;
    let delivery = Delivery::of(visit, contract).await?;
    let has_wish = delivery.subcontracts.iter().any(|one| one.state != SubcontractState::Refused);
    let page = OwnPage {
        shell: &visit.shell,
        base: visit.shell.url(format!("/me/contracts/{number}")),
        may_subcontract: is_in_force && !has_wish,
        delivery,
        form,
        faults: &faults,
    };
    show_as(status, &page)
}

/// Delivery begins with the second signature.
pub(super) fn signed(visit: &Visit, contract: Contract) -> Result<Contract, PageError> {
    if contract.published_at.is_some() { Ok(contract) } else { Err(visit.error(Error::NotFound)) }
}

/// POST /me/contracts/{no}/delivery: the step by its name.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let contract = signed(&visit, own_contract(&visit, &number).await?)?.id;
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    let step = form.trimmed("step").to_owned();
    let version = form.number("version").unwrap_or_default();
    let supplement = form.number("supplement").unwrap_or_default();
    let answer = match step.as_str() {
        "report" => {
            let milestone = form.number("milestone").unwrap_or_default();
            let report = form.text("report").to_owned();
            city.act(actor, &key, &ReportMilestone { contract, milestone, report }).await.map(|_| ())
        }
        "supplement-sign" => city.act(actor, &key, &SignSupplement { contract, supplement, version }).await,
        "supplement-drop" => city.act(actor, &key, &DropSupplement { contract, supplement, version }).await,
        "subcontract" => ask(&visit, contract, &form).await,
        _ => Err(Error::NotFound),
    };
    match answer {
        Ok(()) => Ok(visit.done(&format!("/me/contracts/{number}/delivery"), &format!("performance-{step}"))),
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, &number, &form, faults).await
        }
    }
}

async fn ask(visit: &Visit, contract: domain::kernel::ContractId, form: &Form) -> Result<(), Error> {
    let mut faults = Vec::new();
    let Some(amount) = amount(form, "amount", &mut faults) else { return Err(Error::Invalid(faults)) };
    let wish = AskSubcontract {
        contract,
        to: form.text("to").to_owned(),
        part: form.text("part").to_owned(),
        is_core: form.is_ticked("is_core"),
        amount,
    };
    visit.city.act(&visit.actor, &form.key(), &wish).await.map(|_| ())
}
