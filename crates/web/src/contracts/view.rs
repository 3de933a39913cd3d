//! A contract's public page: parties, amount in figures and capitals, words, milestones, signatures.

use app::contracts::{self, Contract, MilestoneRow};
use app::tendering::bid_member::{self, BidMember};
use askama::Template;
use axum::response::Response;
use domain::contracts::{ContractPart, LongTermTick};
use domain::kernel::{Coded, Date, Moment};

use super::tone;
use crate::shell::way::{self, Station, Stop};
use crate::shell::{PageError, Path, Shell, Visit, show, words};

/// One part in words, with its name.
pub struct Part {
    /// Name of the part.
    pub name: String,
    /// Its paragraphs.
    pub lines: Vec<String>,
}

#[derive(Template)]
#[template(path = "contracts/view.html")]
struct ViewPage<'a> {
    shell: &'a Shell,
    contract: &'a Contract,
    partners: Vec<BidMember>,
    milestones: &'a [MilestoneRow],
    capitals: String,
    parts: Vec<Part>,
    ticks: Vec<String>,
    is_late: bool,
    tone: &'static str,
    way: Vec<Stop>,
}

/// GET /contracts/{no}
pub async fn show_public(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let found = contracts::by_number(&visit.city, &visit.actor, &number).await;
    let (contract, milestones) = found.map_err(|error| visit.error(error))?;
    // The address is public: what only the parties may see has its own pages.
    if contract.published_at.is_none() {
        return Err(visit.error(app::Error::NotFound));
    }
    show(&ViewPage {
        shell: &visit.shell,
        contract: &contract,
        partners: partners(&visit, &contract).await?,
        milestones: &milestones,
        capitals: contract.amount_fen.capitals(),
        parts: parts(&visit.shell, &contract),
        ticks: ticks(&visit.shell, &contract),
        is_late: is_late(contract.due_on, [contract.buyer_signed_at, contract.provider_signed_at]),
        tone: tone(&contract.stage),
        way: way::of_contract(&visit, &number, Station::Contract).await?,
    })
}

/// The members of the consortium whose bid won, liable with its lead (C30); none for one provider alone.
pub(super) async fn partners(visit: &Visit, contract: &Contract) -> Result<Vec<BidMember>, PageError> {
    let found = bid_member::of_winner(&visit.city, &contract.tender_number).await;
    found.map_err(|error| visit.error(error))
}

/// The parts in words, in the order of the contract.
pub fn parts(shell: &Shell, contract: &Contract) -> Vec<Part> {
    let text = |part: ContractPart| match part {
        ContractPart::Content => &contract.content,
        ContractPart::Quantity => &contract.quantity,
        ContractPart::Quality => &contract.quality,
        ContractPart::Settlement => &contract.settlement,
        ContractPart::RightsAndDuties => &contract.rights,
        ContractPart::Breach => &contract.breach,
        ContractPart::RecipientsRole => &contract.recipients_role,
        ContractPart::PrivacyProtection => &contract.confidentiality,
        ContractPart::Feedback => &contract.feedback,
    };
    let lines = |part| text(part).lines().map(str::to_owned).collect();
    let named = |part: &ContractPart| Part { name: words::coded(shell.lang, *part), lines: lines(*part) };
    ContractPart::ALL.iter().map(named).collect()
}

/// Names of the ticked conditions of a long term.
pub fn ticks(shell: &Shell, contract: &Contract) -> Vec<String> {
    let held = contract.long_term_ticks.split(',').filter_map(LongTermTick::from_code);
    held.map(|tick| words::coded(shell.lang, tick)).collect()
}

/// Whether the last signature came after the last day to sign (C26).
pub fn is_late(due: Date, signed: [Option<Moment>; 2]) -> bool {
    signed.into_iter().flatten().any(|at| at >= Moment::end_of(due))
}

#[cfg(test)]
mod tests {
    use super::is_late;
    use domain::kernel::{Date, Moment};

    #[test]
    fn the_last_day_itself_is_in_time() {
        let due: Date = "2014-02-07".parse().expect("a date");
        for (day, late) in [("2014-02-07", false), ("2014-02-08", true)] {
            let at = Moment::beijing(day.parse().expect("a date"), 23, 59);
            assert_eq!(is_late(due, [Some(at), None]), late, "{day}");
        }
    }
}
