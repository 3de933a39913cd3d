//! The office's page of one contract's delivery: progress, its opinion, supplements, consent to a subcontract
//! (C52-C55, S72).

use app::Error;
use app::performance::opinion::GiveOpinion;
use app::performance::read;
use app::performance::subcontract::DecideSubcontract;
use app::performance::supplement::{DropSupplement, OfferSupplement, SignSupplement};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::contracts::ContractStage;
use domain::kernel::{ContractId, Role};
use domain::performance::progress::MilestoneState;
use domain::performance::{AcceptanceState, SubcontractState};

use super::own::signed;
use super::view::Delivery;
use super::{amount, contract, mendable, plain};
use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, at_places, fault_at, show_as};

/// A milestone on which the office may say what it thinks.
struct Open {
    milestone: i64,
    name: String,
    report: String,
    /// The field, which carries the milestone: the form stands here once for each.
    opinion_id: String,
    opinion: String,
    version: i64,
}

#[derive(Template)]
#[template(path = "performance/desk_delivery.html")]
struct DeliveryPage<'a> {
    shell: &'a Shell,
    delivery: Delivery,
    base: String,
    opinions: Vec<Open>,
    is_own: bool,
    is_director: bool,
    is_in_force: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/contracts/{no}/delivery
pub async fn index(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, &Form::default(), plain()).await
}

async fn page(
    visit: &Visit,
    number: &str,
    form: &Form,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let contract = signed(visit, contract(visit, number).await?)?;
    let is_own = visit.actor.office() == Some(contract.office_id);
    let is_in_force = contract.stage == ContractStage::Signed;
    let delivery = Delivery::of(visit, contract).await?;
    let opinions = if is_own { open(visit, &delivery, form).await? } else { Vec::new() };
    let page = DeliveryPage {
        shell: &visit.shell,
        base: visit.shell.url(format!("/desk/contracts/{number}")),
        delivery,
        opinions,
        is_own,
        is_director: is_own && visit.actor.post.role == Role::OfficeDirector,
        is_in_force,
        form,
        faults: &faults,
    };
    show_as(status, &page)
}

async fn open(visit: &Visit, delivery: &Delivery, form: &Form) -> Result<Vec<Open>, PageError> {
    let mut found = Vec::new();
    for line in &delivery.milestones {
        let state = line.row.acceptance_state;
        if !matches!(state, Some(AcceptanceState::Reported | AcceptanceState::Called)) {
            continue;
        }
        let file = read::acceptance(&visit.city, delivery.contract.id, line.row.position).await;
        let view = file.map_err(|error| visit.error(error))?.view;
        let opinion_id = format!("opinion-{}", view.milestone);
        let is_typed = form.is_ticked(&opinion_id);
        found.push(Open {
            milestone: view.milestone,
            name: view.milestone_name,
            report: view.report,
            opinion: if is_typed { form.text(&opinion_id).to_owned() } else { view.opinion },
            opinion_id,
            version: view.version,
        });
    }
    Ok(found)
}

/// POST /desk/contracts/{no}/delivery: the step by its name.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let contract = signed(&visit, contract(&visit, &number).await?)?.id;
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    let number_of = |field: &str| form.number(field).unwrap_or_default();
    let (version, supplement) = (number_of("version"), number_of("supplement"));
    let step = form.trimmed("step").to_owned();
    let answer = match step.as_str() {
        "opinion" => give(&visit, contract, &form).await,
        "supplement-offer" => offer(&visit, contract, &form).await,
        "supplement-sign" => city.act(actor, &key, &SignSupplement { contract, supplement, version }).await,
        "supplement-drop" => city.act(actor, &key, &DropSupplement { contract, supplement, version }).await,
        "subcontract-consent" | "subcontract-refuse" => {
            let subcontract = number_of("subcontract");
            let place = format!("refusal-{subcontract}");
            let reason = form.text(&place).to_owned();
            let consents = step == "subcontract-consent";
            let command = DecideSubcontract { contract, subcontract, version, consents, reason };
            let answer = city.act(actor, &key, &command).await;
            answer.map_err(|error| at_places(error, |_| place.clone()))
        }
        _ => Err(Error::NotFound),
    };
    match answer {
        Ok(()) => {
            Ok(visit.done(&format!("/desk/contracts/{number}/delivery"), &format!("performance-{step}")))
        }
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, &number, &form, faults).await
        }
    }
}

async fn give(visit: &Visit, contract: ContractId, form: &Form) -> Result<(), Error> {
    let milestone = form.number("milestone").unwrap_or_default();
    let acceptance = read::acceptance(&visit.city, contract, milestone).await?.view.id;
    let version = form.number("version").unwrap_or_default();
    let place = format!("opinion-{milestone}");
    let command = GiveOpinion { acceptance, version, text: form.text(&place).to_owned() };
    let answer = visit.city.act(&visit.actor, &form.key(), &command).await;
    answer.map_err(|error| at_places(error, |_| place.clone()))
}

async fn offer(visit: &Visit, contract: ContractId, form: &Form) -> Result<(), Error> {
    let mut faults = Vec::new();
    let Some(amount) = amount(form, "amount", &mut faults) else { return Err(Error::Invalid(faults)) };
    let command = OfferSupplement {
        contract,
        amount,
        is_same_content: form.is_ticked("is_same_content"),
        content: form.text("content").to_owned(),
        reason: form.text("reason").to_owned(),
    };
    visit.city.act(&visit.actor, &form.key(), &command).await.map(|_| ())
}
