//! Reading the books: each fund, each item, each contract, down to the single transfer; and checking them.

use domain::catalogue::FundSource;
use domain::contracts::ContractStage;
use domain::funds::{AccountKind, MoneySource, TransferKind};
use domain::kernel::{ContractId, Fen, FundId, ItemId, Moment};

use crate::db::Row;
use crate::{App, Error, args, row};

/// What lies where, in one fund, for one item or for one contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Book {
    /// Given by the treasury in all.
    pub appropriated: Fen,
    /// Not yet set aside for an item.
    pub unallotted: Fen,
    /// Set aside for items, not yet bound.
    pub free: Fen,
    /// Bound by contracts, not yet paid.
    pub committed: Fen,
    /// On its way through the bank.
    pub transit: Fen,
    /// Arrived at providers.
    pub paid: Fen,
}

impl Book {
    fn add(&mut self, kind: AccountKind, fen: Fen) {
        match kind {
            AccountKind::Source => self.appropriated = Fen(self.appropriated.0.saturating_sub(fen.0)),
            AccountKind::Appropriation => self.unallotted = sum(self.unallotted, fen),
            AccountKind::Allotment => self.free = sum(self.free, fen),
            AccountKind::Commitment => self.committed = sum(self.committed, fen),
            AccountKind::Transit => self.transit = sum(self.transit, fen),
            AccountKind::Paid => self.paid = sum(self.paid, fen),
        }
    }

    /// Everything set aside for items, wherever it lies by now.
    pub fn allotted(&self) -> Fen {
        sum(self.free, self.bound())
    }

    /// Everything bound by contracts, paid or not.
    pub fn bound(&self) -> Fen {
        sum(self.committed, sum(self.transit, self.paid))
    }
}

fn sum(one: Fen, other: Fen) -> Fen {
    one.plus(other).unwrap_or(Fen(i64::MAX))
}

row! {
    /// A fund.
    pub struct FundRow {
        /// The fund.
        id: FundId,
        /// Its public code.
        code: String,
        /// Its year.
        year: i64,
        /// Where its money comes from.
        @code source: MoneySource,
        /// What people call it.
        name: String,
    }
}

/// A fund and what lies where in it.
#[derive(Clone, Debug)]
pub struct FundLine {
    /// The fund.
    pub fund: FundRow,
    /// Its book.
    pub book: Book,
}

/// An item's money in one fund.
#[derive(Clone, Debug)]
pub struct ItemMoney {
    /// The item.
    pub item: ItemRow,
    /// Its book; `appropriated` and `unallotted` are zero.
    pub book: Book,
}

row! {
    /// An item with its limits.
    pub struct ItemRow {
        /// The item.
        id: ItemId,
        /// Its code.
        code: String,
        /// Its name.
        name: String,
        /// Its office's name.
        office: String,
        /// What its budget names as source.
        @code fund_source: FundSource,
        /// Its budget.
        budget_fen: Fen,
        /// Its highest price.
        ceiling_fen: Fen,
    }
}

row! {
    /// A transfer as people read it.
    pub struct TransferLine {
        /// Its number within its fund, counted in the order in which money moved.
        serial: i64,
        /// Why it moved.
        @code kind: TransferKind,
        /// How much.
        amount_fen: Fen,
        /// Document, contract or batch that it cites.
        basis: String,
        /// When.
        made_at: Moment,
        /// The item's code, if it has one.
        item: Option<String>,
        /// The contract's number, if it has one.
        contract: Option<String>,
        /// The contract's stage, if it has one.
        @code_option contract_stage: Option<ContractStage>,
    }
}

/// The last entry of each account that a condition names, as kind and amount.
const LYING: &str = "SELECT a.kind, e.after_fen, a.fund_id, a.item_id FROM account a
    JOIN entry e ON e.account_id = a.id AND e.place = (SELECT max(l.place) FROM entry l WHERE l.account_id = a.id)";

/// Every fund with its book, the newest year first.
///
/// # Errors
/// The database could not be read.
pub async fn funds(app: &App) -> Result<Vec<FundLine>, Error> {
    let sql = "SELECT id, code, year, source, name FROM fund ORDER BY year DESC, code";
    let rows: Vec<FundRow> = app.db.all(sql, &[]).await?;
    let lying: Vec<Row> = app.db.all(LYING, &[]).await?;
    let mut lines: Vec<FundLine> =
        rows.into_iter().map(|fund| FundLine { fund, book: Book::default() }).collect();
    for row in &lying {
        let fund: FundId = row.get("fund_id")?;
        if let Some(line) = lines.iter_mut().find(|line| line.fund.id == fund) {
            line.book.add(row.code("kind")?, row.get("after_fen")?);
        }
    }
    Ok(lines)
}

/// One fund by its code, with the money of each of its items.
///
/// # Errors
/// `NotFound` for a code that no fund has.
pub async fn of_fund(app: &App, code: &str) -> Result<(FundLine, Vec<ItemMoney>), Error> {
    let line = funds(app).await?.into_iter().find(|line| line.fund.code == code).ok_or(Error::NotFound)?;
    let sql = "SELECT i.id, i.code, i.name, o.name AS office, i.fund_source, i.budget_fen, i.ceiling_fen
               FROM item i JOIN office o ON o.id = i.office_id
               WHERE i.year = $1 AND i.fund_source = $2 AND i.stage = 'listed' ORDER BY i.code";
    let source = crate::db::Val::code(line.fund.source);
    let items: Vec<ItemRow> = app.db.all(sql, &[line.fund.year.into(), source]).await?;
    let lying: Vec<Row> = app.db.all(&format!("{LYING} WHERE a.fund_id = $1"), args![line.fund.id]).await?;
    let mut found: Vec<ItemMoney> =
        items.into_iter().map(|item| ItemMoney { item, book: Book::default() }).collect();
    for row in &lying {
        let item: Option<ItemId> = row.get("item_id")?;
        if let Some(money) = found.iter_mut().find(|money| Some(money.item.id) == item) {
            money.book.add(row.code("kind")?, row.get("after_fen")?);
        }
    }
    Ok((line, found))
}

/// What an item holds, over all funds.
///
/// # Errors
/// The database could not be read.
pub async fn of_item(app: &App, item: ItemId) -> Result<Book, Error> {
    book(app.db.all(&format!("{LYING} WHERE a.item_id = $1"), args![item]).await?)
}

/// What a contract holds: bound, on its way, paid.
///
/// # Errors
/// The database could not be read.
pub async fn contract_money(app: &App, contract: ContractId) -> Result<Book, Error> {
    book(app.db.all(&format!("{LYING} WHERE a.contract_id = $1"), args![contract]).await?)
}

fn book(lying: Vec<Row>) -> Result<Book, Error> {
    let mut found = Book::default();
    for row in &lying {
        found.add(row.code("kind")?, row.get("after_fen")?);
    }
    Ok(found)
}

const TRANSFERS: &str = "SELECT t.serial, t.kind, t.amount_fen, t.basis, t.made_at, i.code AS item,
      c.number AS contract, c.stage AS contract_stage
    FROM transfer t LEFT JOIN contract c ON c.id = t.contract_id
    LEFT JOIN item i ON i.id = (SELECT max(a.item_id) FROM entry e JOIN account a ON a.id = e.account_id
                                WHERE e.transfer_id = t.id)";

/// Every transfer that a contract caused, in order.
///
/// # Errors
/// The database could not be read.
pub async fn transfers_of_contract(app: &App, contract: ContractId) -> Result<Vec<TransferLine>, Error> {
    Ok(app
        .db
        .all(&format!("{TRANSFERS} WHERE t.contract_id = $1 ORDER BY t.serial"), args![contract])
        .await?)
}

/// The transfers of a fund, the newest first, a page at a time.
///
/// # Errors
/// The database could not be read.
pub async fn transfers_of_fund(
    app: &App,
    fund: FundId,
    before: Option<i64>,
) -> Result<Vec<TransferLine>, Error> {
    let sql = format!("{TRANSFERS} WHERE t.fund_id = $1 AND t.serial < $2 ORDER BY t.serial DESC LIMIT 50");
    Ok(app.db.all(&sql, args![fund, before.unwrap_or(i64::MAX)]).await?)
}

/// A book that does not add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faulty {
    /// What is wrong.
    pub what: String,
    /// Where: an account or a transfer by id.
    pub id: i64,
}

/// Recomputes the books from their single entries: every account from zero, every transfer from its two sides.
/// The tables' own rules make a fault impossible; `doctor` asks all the same.
///
/// # Errors
/// The database could not be read.
pub async fn check(app: &App) -> Result<Vec<Faulty>, Error> {
    let mut found = Vec::new();
    let sql = "SELECT account_id, CAST(sum(CASE side WHEN 'credit' THEN amount_fen ELSE -amount_fen END) AS BIGINT) AS fen,
                 max(place) AS place, count(*) AS entries FROM entry GROUP BY account_id";
    let last = "SELECT after_fen FROM entry WHERE account_id = $1 AND place = $2";
    for row in app.db.all::<Row>(sql, &[]).await? {
        let (account, place): (i64, i64) = (row.get("account_id")?, row.get("place")?);
        let (kept,): (Fen,) = app.db.one(last, args![account, place]).await?;
        if kept != row.get::<Fen>("fen")? || place != row.get::<i64>("entries")? {
            found.push(Faulty {
                what: "the account's last entry is not the sum of its entries".into(),
                id: account,
            });
        }
    }
    let sql = "SELECT t.id FROM transfer t
               WHERE (SELECT count(*) FROM entry e WHERE e.transfer_id = t.id AND e.amount_fen = t.amount_fen) <> 2";
    for (id,) in app.db.all::<(i64,)>(sql, &[]).await? {
        found.push(Faulty { what: "the transfer has not exactly two sides".into(), id });
    }
    Ok(found)
}
