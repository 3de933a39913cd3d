//! Allotments: money set aside for a catalogue item. Without one no contract of the item can be signed (C9).

use domain::catalogue::{FundSource, ItemStage};
use domain::funds::{AccountKind, TransferKind, lane};
use domain::kernel::{Coded, Fen, FundId, ItemId, Refusal, Role};

use super::ledger::{self, Cause, Move, Subject};
use crate::{Act, Cx, Error, args, row};

/// Sets money of a fund aside for one listed item.
#[derive(Clone, Copy)]
pub struct AllotItem {
    /// The fund.
    pub fund: FundId,
    /// The item.
    pub item: ItemId,
    /// How much.
    pub amount: Fen,
}

/// Sets aside what every listed item of the fund's year and source still lacks of its budget.
#[derive(Clone, Copy)]
pub struct AllotCatalogue {
    /// The fund.
    pub fund: FundId,
}

/// Returns what an item does not need to its fund.
#[derive(Clone, Copy)]
pub struct WithdrawAllotment {
    /// The fund.
    pub fund: FundId,
    /// The item.
    pub item: ItemId,
    /// How much.
    pub amount: Fen,
}

row! {
    /// An item as an allotment needs it.
    pub struct Listed {
        /// The item.
        id: ItemId,
        /// Its code.
        code: String,
        /// Where it stands.
        @code stage: ItemStage,
        /// What its budget names as source.
        @code fund_source: FundSource,
        /// Its budget.
        budget_fen: Fen,
    }
}

const LISTED: &str = "SELECT id, code, stage, fund_source, budget_fen FROM item";

impl Act for AllotItem {
    type Outcome = i64;
    const NAME: &'static str = "funds.allot_item";
    const WHO: &'static [Role] = &[Role::Finance];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let item: Listed = cx.tx.one(&format!("{LISTED} WHERE id = $1"), args![self.item]).await?;
        allot(cx, self.fund, &item, self.amount).await
    }
}

impl Act for AllotCatalogue {
    /// How many items got money.
    type Outcome = i64;
    const NAME: &'static str = "funds.allot_catalogue";
    const WHO: &'static [Role] = &[Role::Finance];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let sql = format!(
            "{LISTED} WHERE stage = 'listed'
               AND (year, fund_source) = (SELECT year, source FROM fund WHERE id = $1) ORDER BY code"
        );
        let items: Vec<Listed> = cx.tx.all(&sql, args![self.fund]).await?;
        let mut count = 0;
        for item in &items {
            let held = ledger::held_by_item(cx, self.fund, item.id).await?;
            let lacking = Fen(item.budget_fen.0.saturating_sub(held.0));
            if lacking > Fen::ZERO {
                allot(cx, self.fund, item, lacking).await?;
                count += 1;
            }
        }
        if count == 0 {
            return Err(Refusal::new("funds.nothing-to-allot", "C9").into());
        }
        Ok(count)
    }
}

impl Act for WithdrawAllotment {
    type Outcome = i64;
    const NAME: &'static str = "funds.withdraw_allotment";
    const WHO: &'static [Role] = &[Role::Finance];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let item: Listed = cx.tx.one(&format!("{LISTED} WHERE id = $1"), args![self.item]).await?;
        let subject = Subject { item: Some((item.id, item.code.clone())), contract: None };
        let cause = Cause { basis: item.code, payment: None };
        let kind = TransferKind::Withdraw;
        ledger::transfer(cx, Move { fund: self.fund, kind, amount: self.amount, subject: &subject, cause })
            .await
    }
}

async fn allot(cx: &mut Cx<'_>, fund: FundId, item: &Listed, amount: Fen) -> Result<i64, Error> {
    let (source,): (String,) = cx.tx.one("SELECT source FROM fund WHERE id = $1", args![fund]).await?;
    let source = domain::funds::MoneySource::from_code(&source).ok_or(Error::NotFound)?;
    lane::check(source, item.fund_source)?;
    if item.stage != ItemStage::Listed {
        return Err(Refusal::new("funds.item-not-listed", "C8")
            .at("item")
            .with("item", item.code.as_str())
            .into());
    }
    // The fund is locked before the sum is read: two that allot at once would each see the sum without the other.
    cx.tx.lock("fund", fund.0).await?;
    let held = ledger::held_by_item(cx, fund, item.id).await?;
    let sum = held.plus(amount).unwrap_or(Fen(i64::MAX));
    if sum > item.budget_fen {
        let refusal = Refusal::new("funds.allotment-over-budget", "C9").at("amount");
        return Err(refusal.with("budget", item.budget_fen).with("sum", sum).into());
    }
    let subject = Subject { item: Some((item.id, item.code.clone())), contract: None };
    let cause = Cause { basis: item.code.clone(), payment: None };
    ledger::transfer(cx, Move { fund, kind: TransferKind::Allot, amount, subject: &subject, cause }).await
}

/// What still lies free on an item's allotment.
pub(super) async fn free(cx: &mut Cx<'_>, fund: FundId, code: &str) -> Result<Fen, Error> {
    ledger::lying(cx, fund, AccountKind::Allotment, code).await
}
