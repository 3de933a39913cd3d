//! Batches: listed items that are tendered together (C13, S60).

use domain::catalogue::ItemStage;
use domain::catalogue::batch::{self, Candidate};
use domain::kernel::{BatchId, Fen, ItemId, Moment, Refusal, Role};

use super::read::{self, ItemRow};
use crate::db::{Row, Val};
use crate::journal::{BATCH, ITEM};
use crate::{Act, App, Cx, Error, args, row};

/// Puts listed items of a year into the next batch.
#[derive(Clone)]
pub struct CreateBatch {
    /// The catalogue's year.
    pub year: i64,
    /// What the batch is called.
    pub title: String,
    /// Its items.
    pub item_ids: Vec<ItemId>,
}

impl Act for CreateBatch {
    type Outcome = BatchId;
    const NAME: &'static str = "catalogue.create_batch";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<BatchId, Error> {
        if self.title.trim().is_empty() {
            return Err(Refusal::new("catalogue.batch-title-missing", "C13").at("title").into());
        }
        let catalogue = "SELECT id FROM catalogue WHERE year = $1";
        let unpublished =
            || Refusal::new("catalogue.not-published", "S8").with("year", self.year.to_string());
        let (id,): (i64,) = cx.tx.maybe(catalogue, args![self.year]).await?.ok_or_else(unpublished)?;
        // Batches of a year are numbered and filled one at a time.
        cx.tx.lock("catalogue", id).await?;
        let (candidates, versions) = candidates(cx, self.year, &self.item_ids).await?;
        batch::form(&candidates)?;
        let last = "SELECT COALESCE(max(number), 0) FROM batch WHERE year = $1";
        let number = cx.tx.number(last, args![self.year]).await? + 1;
        let id = BatchId(cx.id());
        let values = [
            ("year", self.year.into()),
            ("number", number.into()),
            ("title", self.title.trim().into()),
            ("created_at", cx.now.into()),
        ];
        cx.insert(&BATCH, id.0, &values).await?;
        for (candidate, version) in candidates.iter().zip(versions) {
            cx.update(&ITEM, candidate.item.0, version, &[("batch_id", id.into())]).await?;
        }
        cx.announce("batch_created", format!("{}-{number}", self.year));
        Ok(id)
    }
}

async fn candidates(
    cx: &mut Cx<'_>,
    year: i64,
    items: &[ItemId],
) -> Result<(Vec<Candidate>, Vec<i64>), Error> {
    let sql = "SELECT i.version, i.stage, i.scope, b.id AS open_batch FROM item i
               LEFT JOIN batch b ON b.id = i.batch_id AND b.closed_at IS NULL
               WHERE i.id = $1 AND i.year = $2";
    let (mut candidates, mut versions) = (Vec::new(), Vec::new());
    for item in items {
        let row: Row = cx.tx.one(sql, args![*item, year]).await?;
        let (stage, scope) = (row.code("stage")?, row.code("scope")?);
        candidates.push(Candidate { item: *item, stage, scope, open_batch: row.get("open_batch")? });
        versions.push(row.get("version")?);
    }
    Ok((candidates, versions))
}

/// Closes a batch when none of its tenders runs any more; its unsold items may then join another.
#[derive(Clone)]
pub struct CloseBatch {
    /// Which batch.
    pub batch: BatchId,
    /// The version that the actor saw.
    pub version: i64,
}

impl Act for CloseBatch {
    type Outcome = ();
    const NAME: &'static str = "catalogue.close_batch";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        cx.tx.lock("batch", self.batch.0).await?;
        let running = "SELECT count(*) FROM tender
                       WHERE batch_id = $1 AND stage NOT IN ('contracted', 'failed', 'cancelled')";
        let count = cx.tx.number(running, args![self.batch]).await?;
        if count > 0 {
            return Err(Refusal::new("catalogue.batch-runs", "C13").with("tenders", count).into());
        }
        let open = "SELECT count(*) FROM batch WHERE id = $1 AND closed_at IS NULL";
        if cx.tx.number(open, args![self.batch]).await? == 0 {
            return Err(Refusal::new("catalogue.batch-closed", "C13").into());
        }
        cx.update(&BATCH, self.batch.0, self.version, &[("closed_at", cx.now.into())]).await
    }
}

row! {
    /// A batch with what its items add up to.
    pub struct Batch {
        /// Its row.
        id: BatchId,
        /// The row's version.
        version: i64,
        /// The catalogue's year.
        year: i64,
        /// Its number within the year.
        number: i64,
        /// What it is called.
        title: String,
        /// When it was made.
        created_at: Moment,
        /// When it was closed.
        closed_at: Option<Moment>,
        /// How many items it holds.
        item_count: i64,
        /// The sum of their ceilings.
        total_fen: Fen,
    }
}

const COLUMNS: &str = "SELECT b.id, b.version, b.year, b.number, b.title, b.created_at, b.closed_at,
      (SELECT count(*) FROM item i WHERE i.batch_id = b.id) AS item_count,
      (SELECT CAST(COALESCE(sum(i.ceiling_fen), 0) AS BIGINT) FROM item i WHERE i.batch_id = b.id) AS total_fen
    FROM batch b";

/// The batches of a year, or of every year, newest year first, in the order of their numbers.
///
/// # Errors
/// The database could not be read.
pub async fn of_year(app: &App, year: Option<i64>) -> Result<Vec<Batch>, Error> {
    let (filter, args): (&str, &[Val]) = match year {
        Some(year) => ("WHERE b.year = $1", &[year.into()]),
        None => ("", &[]),
    };
    let sql = format!("{COLUMNS} {filter} ORDER BY b.year DESC, b.number LIMIT 200");
    Ok(app.db.all(&sql, args).await?)
}

/// One batch with its items, by code.
///
/// # Errors
/// There is no such batch.
pub async fn batch(app: &App, year: i64, number: i64) -> Result<(Batch, Vec<ItemRow>), Error> {
    let sql = format!("{COLUMNS} WHERE b.year = $1 AND b.number = $2");
    let batch: Batch = app.db.one(&sql, args![year, number]).await?;
    let items = read::items(app, "i.batch_id = $1", args![batch.id]).await?;
    Ok((batch, items))
}

/// The listed items of a year that may join a batch now.
///
/// # Errors
/// The database could not be read.
pub async fn free_items(app: &App, year: i64) -> Result<Vec<ItemRow>, Error> {
    let free = "i.year = $1 AND i.stage = $2 AND i.scope = 'city' AND (i.batch_id IS NULL OR b.closed_at IS NOT NULL)
                AND NOT EXISTS (SELECT 1 FROM tender t WHERE t.item_id = i.id
                                AND t.stage NOT IN ('failed', 'cancelled'))";
    read::items(app, free, args![year, Val::code(ItemStage::Listed)]).await
}
