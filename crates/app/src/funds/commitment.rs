//! Commitments: a signed contract binds money of its item, and gives back what is left when it is over.

use domain::contracts::ContractStage;
use domain::funds::{AccountKind, MoneySource, TransferKind};
use domain::kernel::{Coded, ContractId, Fen, FundId, ItemId, Refusal, Role};

use super::allotment;
use super::ledger::{self, Cause, Move, Subject};
use crate::{Act, Cx, Error, args, row};

/// Gives what a contract that is over has not used back to its item.
#[derive(Clone, Copy)]
pub struct ReleaseRest {
    /// The contract.
    pub contract: ContractId,
}

row! {
    /// A contract with the money it may bind.
    pub struct Bound {
        /// Its number.
        number: String,
        /// Where it stands.
        @code stage: ContractStage,
        /// The item.
        item_id: ItemId,
        /// Its code.
        code: String,
        /// The item's year.
        year: i64,
        /// What the item's budget names as source.
        fund_source: String,
        /// The fund of that year and source, when one is open.
        fund_id: Option<FundId>,
    }
}

const BOUND: &str =
    "SELECT c.number, c.stage, i.id AS item_id, i.code, i.year, i.fund_source, f.id AS fund_id
    FROM contract c JOIN tender t ON t.id = c.tender_id JOIN item i ON i.id = t.item_id
    LEFT JOIN fund f ON f.year = i.year AND f.source = i.fund_source WHERE c.id = $1";

/// What moves for a contract: its fund and what its transfers are about.
pub(super) async fn bound(cx: &mut Cx<'_>, contract: ContractId) -> Result<(FundId, Subject, Bound), Error> {
    let found: Bound = cx.tx.one(BOUND, args![contract]).await?;
    let Some(fund) = found.fund_id else {
        let refusal = Refusal::new("funds.no-fund", "C9").with("item", found.code.as_str());
        let refusal = refusal.with("year", found.year.to_string());
        let source = MoneySource::from_code(&found.fund_source).unwrap_or(MoneySource::DepartmentBudget);
        return Err(refusal.with_code("source", source).into());
    };
    let subject = Subject {
        item: Some((found.item_id, found.code.clone())),
        contract: Some((contract, found.number.clone())),
    };
    Ok((fund, subject, found))
}

/// Binds `amount` of the item's allotment for a contract: no budget, no contract (C9).
///
/// # Errors
/// `funds.no-fund`, or `funds.not-allotted` with what is there.
pub(crate) async fn commit(cx: &mut Cx<'_>, contract: ContractId, amount: Fen) -> Result<(), Error> {
    let (fund, subject, found) = bound(cx, contract).await?;
    cx.tx.lock("fund", fund.0).await?;
    let free = allotment::free(cx, fund, &found.code).await?;
    if free < amount {
        let refusal = Refusal::new("funds.not-allotted", "C9").with("item", found.code.as_str());
        return Err(refusal.with("amount", amount).with("available", free).into());
    }
    let cause = Cause { basis: found.number, payment: None };
    ledger::transfer(cx, Move { fund, kind: TransferKind::Commit, amount, subject: &subject, cause }).await?;
    Ok(())
}

impl Act for ReleaseRest {
    type Outcome = i64;
    const NAME: &'static str = "funds.release_rest";
    const WHO: &'static [Role] = &[Role::Finance];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let (fund, subject, found) = bound(cx, self.contract).await?;
        if found.stage != ContractStage::Ended {
            return Err(Refusal::new("funds.contract-not-over", "C9").with("contract", found.number).into());
        }
        cx.tx.lock("fund", fund.0).await?;
        let transit = ledger::lying(cx, fund, AccountKind::Transit, &found.number).await?;
        if transit > Fen::ZERO {
            let refusal = Refusal::new("funds.payment-on-its-way", "C28").with("contract", found.number);
            return Err(refusal.with("amount", transit).into());
        }
        let unpaid = unpaid(cx, self.contract).await?;
        if unpaid > Fen::ZERO {
            let refusal = Refusal::new("funds.accepted-unpaid", "C28").with("contract", found.number);
            return Err(refusal.with("amount", unpaid).into());
        }
        let amount = ledger::lying(cx, fund, AccountKind::Commitment, &found.number).await?;
        if amount == Fen::ZERO {
            return Err(Refusal::new("funds.nothing-to-release", "C9").with("contract", found.number).into());
        }
        let cause = Cause { basis: found.number, payment: None };
        let kind = TransferKind::Release;
        ledger::transfer(cx, Move { fund, kind, amount, subject: &subject, cause }).await
    }
}

/// What was accepted of a contract and nobody has paid.
async fn unpaid(cx: &mut Cx<'_>, contract: ContractId) -> Result<Fen, Error> {
    let sql = "SELECT x.accepted_fen FROM acceptance x WHERE x.contract_id = $1 AND x.state = 'accepted'
                 AND NOT EXISTS (SELECT 1 FROM payment_request r WHERE r.acceptance_id = x.id AND r.state = 'paid')";
    let open: Vec<(Fen,)> = cx.tx.all(sql, args![contract]).await?;
    Ok(Fen::sum(open.into_iter().map(|(fen,)| fen)).unwrap_or(Fen(i64::MAX)))
}
