//! The contract on A4, as both sides keep it.

use app::contracts::{self, Contract, MilestoneRow};
use app::tendering::bid_member::BidMember;
use askama::Template;
use axum::response::Response;

use super::view::{Part, partners, parts};
use crate::shell::{PageError, Path, Shell, Visit, show};

#[derive(Template)]
#[template(path = "contracts/document.html")]
struct DocumentPage<'a> {
    shell: &'a Shell,
    contract: &'a Contract,
    partners: Vec<BidMember>,
    milestones: &'a [MilestoneRow],
    capitals: String,
    parts: Vec<Part>,
}

/// GET /contracts/{no}/document: public once published, for the parties before.
pub async fn show_document(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let found = contracts::by_number(&visit.city, &visit.actor, &number).await;
    let (contract, milestones) = found.map_err(|error| visit.error(error))?;
    show(&DocumentPage {
        shell: &visit.shell,
        contract: &contract,
        partners: partners(&visit, &contract).await?,
        milestones: &milestones,
        capitals: contract.amount_fen.capitals(),
        parts: parts(&visit.shell, &contract),
    })
}
