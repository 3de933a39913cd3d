//! What pages ask of the catalogue: a year's list with its sums, one item, an official's desk.

use std::collections::BTreeMap;

use domain::catalogue::{FunctionKind, FundSource, ItemScope, ItemStage, RowAnswer};
use domain::kernel::{Actor, BatchId, Fen, ItemId, Moment, OfficeId, PersonId, Role};

use super::review::answers_of;
use crate::db::Val;
use crate::{App, Cx, Error, args, row};

row! {
    /// An item with the names around it.
    pub struct ItemRow {
        /// Its row.
        id: ItemId,
        /// The row's version.
        version: i64,
        /// Its number, such as 2014-FUSHI-01.
        code: String,
        /// The catalogue's year.
        year: i64,
        /// Its office.
        office_id: OfficeId,
        /// The office's short code.
        office_code: String,
        /// The office's name.
        office_name: String,
        /// The office's name in English.
        office_name_en: String,
        /// The director who answers for it.
        director_id: PersonId,
        /// The director's name.
        director_name: String,
        /// Its name.
        name: String,
        /// Kind of work.
        @code function_kind: FunctionKind,
        /// Why the function can be bought.
        reason: String,
        /// How much of it.
        quantity: String,
        /// What makes it good.
        standard: String,
        /// The most it may cost.
        ceiling_fen: Fen,
        /// The budget line's amount.
        budget_fen: Fen,
        /// Where the money comes from.
        @code fund_source: FundSource,
        /// Who buys.
        @code scope: ItemScope,
        /// Whom it serves.
        recipients: String,
        /// How its performance is judged.
        performance_standard: String,
        /// The six answers as kept; empty while unsigned.
        negative_list: String,
        /// Who signed them.
        negative_signed_by: Option<PersonId>,
        /// The signer's name.
        signer_name: Option<String>,
        /// When they were signed.
        negative_signed_at: Option<Moment>,
        /// True when the bureau's own affiliates may not perform it (T8).
        excludes_supervised: bool,
        /// Where it stands.
        @code stage: ItemStage,
        /// Who wrote it last.
        author_id: PersonId,
        /// The author's name.
        author_name: String,
        /// When it was proposed.
        proposed_at: Moment,
        /// The reviewer's name.
        reviewer_name: Option<String>,
        /// When the review passed it.
        reviewed_at: Option<Moment>,
        /// What the reviewer said.
        review_note: String,
        /// When it was listed.
        listed_at: Option<Moment>,
        /// Why it was withdrawn.
        withdrawn_reason: String,
        /// Its batch.
        batch_id: Option<BatchId>,
        /// The batch's number within the year.
        batch_number: Option<i64>,
    }
}

impl ItemRow {
    /// The six answers; none while unsigned.
    pub fn answers(&self) -> Vec<RowAnswer> {
        answers_of(&self.negative_list)
    }

    /// Whether it waits for signature or review.
    pub fn is_open(&self) -> bool {
        self.stage == ItemStage::Proposed
    }

    /// Whether the reviewer gave it back and the office has not changed it since.
    pub fn is_given_back(&self) -> bool {
        self.stage == ItemStage::Proposed && !self.review_note.is_empty()
    }

    /// Whether the public may see it: listed, or listed once and withdrawn since.
    pub fn is_public(&self) -> bool {
        self.listed_at.is_some()
    }
}

const COLUMNS: &str = "SELECT i.id, i.version, i.code, i.year, i.office_id, f.code AS office_code,
      f.name AS office_name, f.name_en AS office_name_en, i.director_id, d.name AS director_name, i.name,
      i.function_kind, i.reason, i.quantity, i.standard, i.ceiling_fen, i.budget_fen, i.fund_source, i.scope,
      i.recipients, i.performance_standard, i.negative_list, i.negative_signed_by, s.name AS signer_name,
      i.negative_signed_at, i.excludes_supervised, i.stage, i.author_id, a.name AS author_name, i.proposed_at,
      r.name AS reviewer_name, i.reviewed_at, i.review_note, i.listed_at, i.withdrawn_reason, i.batch_id,
      b.number AS batch_number
    FROM item i JOIN office f ON f.id = i.office_id JOIN person d ON d.id = i.director_id
    JOIN person a ON a.id = i.author_id LEFT JOIN person s ON s.id = i.negative_signed_by
    LEFT JOIN person r ON r.id = i.reviewer_id LEFT JOIN batch b ON b.id = i.batch_id";

/// The most items on one page; a year of a bureau has some dozens.
const ITEMS_MAX: usize = 2000;

pub(super) async fn items(app: &App, filter: &str, args: &[Val]) -> Result<Vec<ItemRow>, Error> {
    let sql = format!("{COLUMNS} WHERE {filter} ORDER BY i.code LIMIT {ITEMS_MAX}");
    Ok(app.db.all(&sql, args).await?)
}

/// One item inside a transaction, held against other writers.
pub(super) async fn locked(cx: &mut Cx<'_>, item: ItemId) -> Result<ItemRow, Error> {
    cx.tx.lock("item", item.0).await?;
    Ok(cx.tx.one(&format!("{COLUMNS} WHERE i.id = $1"), args![item]).await?)
}

row! {
    /// The header of a published catalogue.
    pub struct Header {
        /// Its year.
        year: i64,
        /// When it was last published.
        published_at: Moment,
        /// Who published it.
        publisher_name: String,
        /// The edition of the measures it rests on.
        measures_edition: i64,
        /// How many items it lists.
        item_count: i64,
        /// Of how many offices.
        office_count: i64,
        /// The sum of the rows' ceilings.
        total_fen: Fen,
    }
}

const HEADER: &str = "SELECT c.year, c.published_at, p.name AS publisher_name, m.edition AS measures_edition,
      c.item_count, c.office_count, c.total_fen
    FROM catalogue c JOIN person p ON p.id = c.published_by JOIN measures m ON m.id = c.measures_id";

/// Every published catalogue, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn headers(app: &App) -> Result<Vec<Header>, Error> {
    Ok(app.db.all(&format!("{HEADER} ORDER BY c.year DESC LIMIT 100"), &[]).await?)
}

/// What a reader asks to see of a catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this office, by code.
    pub office: Option<String>,
    /// Only this kind of work.
    pub kind: Option<FunctionKind>,
}

/// Items under one name, with their sum.
#[derive(Clone, Debug)]
pub struct Share {
    /// The office's or kind's code.
    pub code: String,
    /// The office's name; empty for kinds, which are translated by code.
    pub name: String,
    /// The office's name in English.
    pub name_en: String,
    /// How many items.
    pub count: i64,
    /// The sum of their ceilings.
    pub total: Fen,
}

/// A published catalogue as a reader asked for it.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// Its header; nothing when the year has none.
    pub header: Option<Header>,
    /// The rows that the filter leaves, by code.
    pub items: Vec<ItemRow>,
    /// The sum of these rows' ceilings.
    pub total: Fen,
    /// The whole catalogue by office.
    pub offices: Vec<Share>,
    /// The whole catalogue by kind of work.
    pub kinds: Vec<Share>,
}

/// The published catalogue of a year.
///
/// # Errors
/// The database could not be read.
pub async fn catalogue(app: &App, year: i64, filter: &Filter) -> Result<Catalogue, Error> {
    let header = app.db.maybe(&format!("{HEADER} WHERE c.year = $1"), args![year]).await?;
    let all = items(app, "i.year = $1 AND i.stage = 'listed'", args![year]).await?;
    let offices = shares(&all, |item| {
        (item.office_code.clone(), item.office_name.clone(), item.office_name_en.clone())
    });
    let kinds = shares(&all, |item| {
        let code = domain::kernel::Coded::code(item.function_kind).to_owned();
        (code, String::new(), String::new())
    });
    let wanted = |item: &ItemRow| {
        filter.office.as_ref().is_none_or(|office| *office == item.office_code)
            && filter.kind.is_none_or(|kind| kind == item.function_kind)
    };
    let items: Vec<ItemRow> = all.into_iter().filter(wanted).collect();
    let total = sum(&items);
    Ok(Catalogue { header, items, total, offices, kinds })
}

/// The sum of the rows' ceilings.
pub fn sum(items: &[ItemRow]) -> Fen {
    Fen::sum(items.iter().map(|item| item.ceiling_fen)).unwrap_or(Fen(i64::MAX))
}

/// Rows under each name, the largest sum first.
fn shares(items: &[ItemRow], name: impl Fn(&ItemRow) -> (String, String, String)) -> Vec<Share> {
    let mut found: BTreeMap<(String, String, String), (i64, Fen)> = BTreeMap::new();
    for item in items {
        let (count, total) = found.entry(name(item)).or_default();
        *count += 1;
        *total = total.plus(item.ceiling_fen).unwrap_or(Fen(i64::MAX));
    }
    let share = |((code, name, name_en), (count, total))| Share { code, name, name_en, count, total };
    let mut shares: Vec<Share> = found.into_iter().map(share).collect();
    shares.sort_by_key(|share| std::cmp::Reverse(share.total));
    shares
}

/// An item that the public may see.
///
/// # Errors
/// There is none with this number, or it was never listed.
pub async fn public_item(app: &App, code: &str) -> Result<ItemRow, Error> {
    let found = items(app, "i.code = $1", args![code]).await?;
    found.into_iter().find(ItemRow::is_public).ok_or(Error::NotFound)
}

/// An item for an official: offices see their own, the others all.
///
/// # Errors
/// There is none with this number, or not for this official.
pub async fn desk_item(app: &App, actor: &Actor, code: &str) -> Result<ItemRow, Error> {
    let found = items(app, "i.code = $1", args![code]).await?;
    let item = found.into_iter().next().ok_or(Error::NotFound)?;
    if sees_all(actor) || actor.office() == Some(item.office_id) { Ok(item) } else { Err(Error::NotFound) }
}

/// The items of a year at one stage, or at every stage, as far as the official may see them.
///
/// # Errors
/// The official has no desk here, or the database could not be read.
pub async fn desk(
    app: &App,
    actor: &Actor,
    year: i64,
    stage: Option<ItemStage>,
) -> Result<Vec<ItemRow>, Error> {
    let stage = stage.map_or_else(|| "%".to_owned(), |stage| domain::kernel::Coded::code(stage).to_owned());
    if sees_all(actor) {
        return items(app, "i.year = $1 AND i.stage LIKE $2", args![year, stage]).await;
    }
    let office = actor.office().ok_or(Error::NotPermitted)?;
    items(app, "i.year = $1 AND i.stage LIKE $2 AND i.office_id = $3", args![year, stage, office]).await
}

/// The years that have items, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn years(app: &App) -> Result<Vec<i64>, Error> {
    let rows: Vec<(i64,)> =
        app.db.all("SELECT DISTINCT year FROM item ORDER BY year DESC LIMIT 100", &[]).await?;
    Ok(rows.into_iter().map(|(year,)| year).collect())
}

fn sees_all(actor: &Actor) -> bool {
    matches!(actor.post.role, Role::PurchaseLead | Role::Supervisor | Role::Finance)
}

row! {
    /// A tender on an item, as far as the public knows it.
    pub struct ItemTender {
        /// Its public number.
        number: String,
        /// Its title.
        title: String,
        /// When its notice appeared.
        published_at: Moment,
    }
}

/// The published tenders on an item, oldest first.
///
/// # Errors
/// The database could not be read.
pub async fn tenders_of(app: &App, item: ItemId) -> Result<Vec<ItemTender>, Error> {
    let sql = "SELECT number, title, published_at FROM tender
               WHERE item_id = $1 AND published_at IS NOT NULL ORDER BY attempt LIMIT 100";
    Ok(app.db.all(sql, args![item]).await?)
}
