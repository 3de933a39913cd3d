//! Public money, transfer by transfer and payment by payment (C9, C28, T6). Funds themselves are few and are
//! read where the books are.

use domain::kernel::{Fen, FundId, Moment};

use super::page;
use crate::{App, Error, args, row};

row! {
    /// One movement of money in a fund.
    pub struct Transfer {
        /// Its number within its fund, counted in the order in which money moved.
        serial: i64,
        /// Why it moved.
        kind: String,
        /// How much.
        amount_fen: Fen,
        /// The document, contract, item or batch that it cites.
        basis: String,
        /// When.
        made_at: Moment,
        /// The item's code, if it has one.
        item: Option<String>,
        /// The contract's number, if it has one.
        contract: Option<String>,
    }
}

row! {
    /// One payment to a provider: neither its account nor its invoice.
    pub struct Payment {
        /// Its reference at the bank.
        reference: String,
        /// The contract's number.
        contract: String,
        /// The milestone's place in the order, from 1.
        milestone: i64,
        /// The provider's credit code.
        provider: String,
        /// How much.
        amount_fen: Fen,
        /// Whether it arrived.
        outcome: String,
        /// When it went to the bank.
        sent_at: Moment,
        /// When the bank answered.
        told_at: Option<Moment>,
    }
}

/// The transfers of a fund after a serial number, in the order in which money moved.
///
/// # Errors
/// `NotFound` for a code that no fund has.
pub async fn transfers(app: &App, fund: &str, after: i64, limit: i64) -> Result<Vec<Transfer>, Error> {
    let (fund,): (FundId,) = app.db.one("SELECT id FROM fund WHERE code = $1", args![fund]).await?;
    let sql = "SELECT t.serial, t.kind, t.amount_fen, t.basis, t.made_at, i.code AS item, c.number AS contract
               FROM transfer t LEFT JOIN contract c ON c.id = t.contract_id
               LEFT JOIN item i ON i.id = (SELECT max(a.item_id) FROM entry e JOIN account a ON a.id = e.account_id
                                           WHERE e.transfer_id = t.id)
               WHERE t.fund_id = $1 AND t.serial > $2 ORDER BY t.serial LIMIT $3";
    Ok(app.db.all(sql, args![fund, after, page(limit)]).await?)
}

/// Payments after a reference, in the order of references.
///
/// # Errors
/// The database could not be read.
pub async fn payments(app: &App, after: &str, limit: i64) -> Result<Vec<Payment>, Error> {
    let sql =
        "SELECT p.reference, c.number AS contract, m.position AS milestone, o.uscc AS provider, p.amount_fen,
                 p.outcome, b.made_at AS sent_at, p.told_at
               FROM payment p JOIN payment_batch b ON b.id = p.batch_id
               JOIN payment_request r ON r.id = p.request_id JOIN milestone m ON m.id = r.milestone_id
               JOIN contract c ON c.id = r.contract_id JOIN organisation o ON o.id = c.organisation_id
               WHERE p.reference > $1 ORDER BY p.reference LIMIT $2";
    Ok(app.db.all(sql, args![after, page(limit)]).await?)
}
