//! Performance on the web: the provider's ledger and reports, the office's pages, the acceptance desk, and what
//! everyone may read of a contract's delivery (C52-C55, E3b); its evaluation and the feedback on it (E1-E3, E6).

pub mod account;
pub mod desk;
pub mod desk_decision;
pub mod desk_delivery;
pub mod desk_one;
pub mod evaluation;
pub mod feedback;
pub mod halt;
pub mod import;
pub mod ledger;
pub mod own;
pub mod plan;
pub mod public;
pub mod register;
pub mod survey;
mod view;

use app::Error;
use app::contracts::{self, Contract};
use axum::http::StatusCode;
use domain::kernel::{Date, Fen, Refusal, parse_date};
use domain::performance::AcceptanceState;
use domain::performance::progress::MilestoneState;

use crate::shell::{FieldFault, Form, PageError, Shell, Visit};

/// The tone of an acceptance's tag.
pub fn tone(state: &AcceptanceState) -> &'static str {
    match state {
        AcceptanceState::Reported => "wait",
        AcceptanceState::Called => "live",
        AcceptanceState::Accepted => "ok",
        AcceptanceState::Returned => "warn",
    }
}

/// The tone of a milestone's tag.
pub fn milestone_tone(state: MilestoneState) -> &'static str {
    match state {
        MilestoneState::Open => "",
        MilestoneState::Late => "stop",
        MilestoneState::Reported => "wait",
        MilestoneState::Returned => "warn",
        MilestoneState::Accepted => "ok",
    }
}

/// Where a supplement stands, in words.
fn supplement_state(shell: &Shell, state: &str) -> String {
    shell.t(&format!("performance-supplement-{state}"))
}

/// A contract that this reader may see; an organisation sees its own alone.
async fn contract(visit: &Visit, number: &str) -> Result<Contract, PageError> {
    let found = contracts::by_number(&visit.city, &visit.actor, number).await;
    found.map(|(contract, _)| contract).map_err(|error| visit.error(error))
}

/// The organisation's own contract.
async fn own_contract(visit: &Visit, number: &str) -> Result<Contract, PageError> {
    let contract = contract(visit, number).await?;
    if visit.actor.organisation() == Some(contract.organisation_id) {
        return Ok(contract);
    }
    Err(visit.error(Error::NotFound))
}

/// Faults with the status of a form that comes back; what typing cannot mend becomes a page of its own.
fn mendable(visit: &Visit, error: Error) -> Result<(StatusCode, Vec<FieldFault>), PageError> {
    if error == Error::Stale {
        return Ok((StatusCode::CONFLICT, vec![FieldFault::new("", visit.shell.t("fault-stale"))]));
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.faults(error)?))
}

/// No faults: the page as it is asked for.
fn plain() -> (StatusCode, Vec<FieldFault>) {
    (StatusCode::OK, Vec::new())
}

/// A date that must be there, or a fault at its field.
fn date(form: &Form, field: &str, faults: &mut Vec<Refusal>) -> Option<Date> {
    parse_date(form.trimmed(field)).map_err(|refusal| faults.push(refusal.at(field))).ok()
}

/// An amount that must be there, or a fault at its field.
fn amount(form: &Form, field: &str, faults: &mut Vec<Refusal>) -> Option<Fen> {
    Fen::parse_yuan(form.trimmed(field)).map_err(|refusal| faults.push(refusal.at(field))).ok()
}
