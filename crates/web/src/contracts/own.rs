//! The organisation's own contracts, since they were offered to it.

use app::contracts::{self, Contract, ContractLine, MilestoneRow};
use app::tendering::bid_member::BidMember;
use askama::Template;
use axum::response::Response;
use domain::contracts::ContractStage;

use super::tone;
use super::view::{Part, partners, parts, ticks};
use crate::shell::{PageError, Path, Shell, Visit, show};

#[derive(Template)]
#[template(path = "contracts/own.html")]
struct OwnPage<'a> {
    shell: &'a Shell,
    lines: &'a [ContractLine],
}

#[derive(Template)]
#[template(path = "contracts/own_one.html")]
struct OwnOnePage<'a> {
    shell: &'a Shell,
    contract: &'a Contract,
    partners: Vec<BidMember>,
    milestones: &'a [MilestoneRow],
    capitals: String,
    parts: Vec<Part>,
    ticks: Vec<String>,
    may_sign: bool,
    sign_href: String,
    tone: &'static str,
}

/// GET /me/contracts
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let own = visit.actor.organisation().ok_or_else(|| visit.error(app::Error::NotFound))?;
    let lines = contracts::of_organisation(&visit.city, own).await.map_err(|error| visit.error(error))?;
    show(&OwnPage { shell: &visit.shell, lines: &lines })
}

/// GET /me/contracts/{no}
pub async fn show_own(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let found = contracts::by_number(&visit.city, &visit.actor, &number).await;
    let (contract, milestones) = found.map_err(|error| visit.error(error))?;
    if visit.actor.organisation() != Some(contract.organisation_id) {
        return Err(visit.error(app::Error::NotFound));
    }
    show(&OwnOnePage {
        shell: &visit.shell,
        contract: &contract,
        partners: partners(&visit, &contract).await?,
        milestones: &milestones,
        capitals: contract.amount_fen.capitals(),
        parts: parts(&visit.shell, &contract),
        ticks: ticks(&visit.shell, &contract),
        may_sign: contract.stage == ContractStage::Offered && contract.provider_signed_at.is_none(),
        sign_href: visit.shell.url(format!("/me/contracts/{number}/signature")),
        tone: tone(&contract.stage),
    })
}
