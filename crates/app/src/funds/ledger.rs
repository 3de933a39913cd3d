//! The ledger: moves one amount from one account to another, as two entries that follow the ones before.

use domain::funds::{AccountKind, Balance, TransferKind, transfer};
use domain::kernel::{AccountId, Coded, ContractId, Fen, FundId, ItemId, PaymentId};

use crate::db::{Row, Val};
use crate::journal::{ACCOUNT, ENTRY, TRANSFER};
use crate::{Cx, Error, args};

/// What an amount is set aside for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Subject {
    /// The catalogue item and its code.
    pub item: Option<(ItemId, String)>,
    /// The contract and its number.
    pub contract: Option<(ContractId, String)>,
}

/// Why it moves: what the transfer cites.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cause {
    /// A document number, a contract's number or a batch's number; never empty.
    pub basis: String,
    /// The payment that moves.
    pub payment: Option<PaymentId>,
}

/// One amount to be moved.
#[derive(Clone, Debug)]
pub(crate) struct Move<'a> {
    /// The fund it stays in.
    pub fund: FundId,
    /// Why and which way.
    pub kind: TransferKind,
    /// How much.
    pub amount: Fen,
    /// What for.
    pub subject: &'a Subject,
    /// On what ground.
    pub cause: Cause,
}

/// Moves an amount: locks the fund, reads both balances, lets the rule decide, writes three rows.
///
/// # Errors
/// `funds.not-covered` when not enough lies there; the actor must be a person.
pub(crate) async fn transfer(cx: &mut Cx<'_>, wanted: Move<'_>) -> Result<i64, Error> {
    let person = cx.actor.person.ok_or(Error::NotPermitted)?;
    // One writer per fund: two that read the same balance would want the same place on the account.
    cx.tx.lock("fund", wanted.fund.0).await?;
    let (from_kind, to_kind) = wanted.kind.way();
    let from = account(cx, wanted.fund, from_kind, wanted.subject).await?;
    let to = account(cx, wanted.fund, to_kind, wanted.subject).await?;
    let (from_balance, to_balance) = (balance(cx, from).await?, balance(cx, to).await?);
    let (out, into) = transfer::entries(wanted.kind, wanted.amount, from_balance, to_balance)?;
    let id = cx.id();
    let contract = match wanted.kind {
        TransferKind::Appropriate | TransferKind::Reduce | TransferKind::Allot | TransferKind::Withdraw => {
            None
        }
        _ => wanted.subject.contract.as_ref().map(|(id, _)| *id),
    };
    let sql = "SELECT COALESCE(max(serial), 0) FROM transfer WHERE fund_id = $1";
    let serial = cx.tx.number(sql, args![wanted.fund]).await? + 1;
    let row = [
        ("fund_id", wanted.fund.into()),
        ("serial", serial.into()),
        ("kind", Val::code(wanted.kind)),
        ("amount_fen", wanted.amount.into()),
        ("contract_id", contract.into()),
        ("payment_id", wanted.cause.payment.into()),
        ("basis", wanted.cause.basis.as_str().into()),
        ("made_by", person.into()),
        ("made_at", cx.now.into()),
    ];
    cx.insert(&TRANSFER, id, &row).await?;
    enter(cx, id, &wanted, ("debit", "credit"), (from, from_kind), out).await?;
    enter(cx, id, &wanted, ("credit", "debit"), (to, to_kind), into).await?;
    Ok(id)
}

async fn enter(
    cx: &mut Cx<'_>,
    transfer: i64,
    wanted: &Move<'_>,
    (side, other): (&'static str, &'static str),
    (account, kind): (AccountId, AccountKind),
    entry: transfer::Entry,
) -> Result<(), Error> {
    let place_before = (entry.place > 1).then(|| entry.place - 1);
    let row = [
        ("transfer_id", transfer.into()),
        ("transfer_kind", Val::code(wanted.kind)),
        ("fund_id", wanted.fund.into()),
        ("side", side.into()),
        ("other_side", other.into()),
        ("account_id", account.into()),
        ("account_kind", Val::code(kind)),
        ("amount_fen", wanted.amount.into()),
        ("place", entry.place.into()),
        ("place_before", place_before.into()),
        ("before_fen", entry.before.into()),
        ("after_fen", entry.after.into()),
    ];
    let id = cx.id();
    cx.insert(&ENTRY, id, &row).await
}

/// The account of this kind and subject, opened when it is first needed.
async fn account(
    cx: &mut Cx<'_>,
    fund: FundId,
    kind: AccountKind,
    subject: &Subject,
) -> Result<AccountId, Error> {
    let (item, contract) = match kind {
        AccountKind::Source | AccountKind::Appropriation => (None, None),
        AccountKind::Allotment => (subject.item.as_ref(), None),
        AccountKind::Commitment | AccountKind::Transit | AccountKind::Paid => {
            (subject.item.as_ref(), subject.contract.as_ref())
        }
    };
    let name = contract.map(|(_, number)| number).or(item.map(|(_, code)| code)).cloned().unwrap_or_default();
    let sql = "SELECT id FROM account WHERE fund_id = $1 AND kind = $2 AND subject = $3";
    if let Some((id,)) = cx.tx.maybe::<(AccountId,)>(sql, args![fund, Val::code(kind), &name]).await? {
        return Ok(id);
    }
    let (source,): (String,) = cx.tx.one("SELECT source FROM fund WHERE id = $1", args![fund]).await?;
    let id = AccountId(cx.id());
    let row = [
        ("fund_id", fund.into()),
        ("source", source.into()),
        ("kind", Val::code(kind)),
        ("subject", name.into()),
        ("item_id", item.map(|(id, _)| *id).into()),
        ("contract_id", contract.map(|(id, _)| *id).into()),
    ];
    cx.insert(&ACCOUNT, id.0, &row).await?;
    Ok(id)
}

async fn balance(cx: &mut Cx<'_>, account: AccountId) -> Result<Balance, Error> {
    let sql = "SELECT place, after_fen FROM entry WHERE account_id = $1 ORDER BY place DESC LIMIT 1";
    let Some(row) = cx.tx.maybe::<Row>(sql, args![account]).await? else { return Ok(Balance::default()) };
    Ok(Balance { place: row.get("place")?, fen: row.get("after_fen")? })
}

/// The balance of an account by kind and subject name; zero when it was never opened.
pub(super) async fn lying(
    cx: &mut Cx<'_>,
    fund: FundId,
    kind: AccountKind,
    name: &str,
) -> Result<Fen, Error> {
    let sql = "SELECT e.after_fen FROM entry e JOIN account a ON a.id = e.account_id
               WHERE a.fund_id = $1 AND a.kind = $2 AND a.subject = $3 ORDER BY e.place DESC LIMIT 1";
    let found: Option<(Fen,)> = cx.tx.maybe(sql, args![fund, kind.code(), name]).await?;
    Ok(found.map_or(Fen::ZERO, |(fen,)| fen))
}

/// Everything that an item holds of a fund, wherever it lies by now.
pub(super) async fn held_by_item(cx: &mut Cx<'_>, fund: FundId, item: ItemId) -> Result<Fen, Error> {
    let sql = "SELECT e.after_fen FROM entry e JOIN account a ON a.id = e.account_id
               WHERE a.fund_id = $1 AND a.item_id = $2
                 AND e.place = (SELECT max(l.place) FROM entry l WHERE l.account_id = a.id)";
    let lying: Vec<(Fen,)> = cx.tx.all(sql, args![fund, item]).await?;
    Ok(Fen::sum(lying.into_iter().map(|(fen,)| fen)).unwrap_or(Fen(i64::MAX)))
}
