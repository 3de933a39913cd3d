//! Publishing the catalogue: its header is what its rows add up to, at every moment (S16).

use domain::catalogue::{ItemStage, item};
use domain::kernel::{Fen, Refusal, Role};

use super::{measures, person};
use crate::db::{Row, Val};
use crate::journal::{CATALOGUE, ITEM};
use crate::{Act, Cx, Error, args};

/// Publishes the year's catalogue: lists every reviewed item. Done again, it adds those reviewed since.
#[derive(Clone)]
pub struct PublishCatalogue {
    /// Which year.
    pub year: i64,
}

impl Act for PublishCatalogue {
    /// How many items it listed.
    type Outcome = i64;
    const NAME: &'static str = "catalogue.publish_catalogue";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let publisher = person(cx)?;
        let in_force = measures::in_force_now(cx).await?;
        let sql = "SELECT id, version, stage FROM item WHERE year = $1 AND stage = 'reviewed' ORDER BY code";
        let reviewed: Vec<Row> = cx.tx.all(sql, args![self.year]).await?;
        if reviewed.is_empty() {
            return Err(Refusal::new("catalogue.nothing-to-list", "C12")
                .with("year", self.year.to_string())
                .into());
        }
        for row in &reviewed {
            let stage = item::list(row.code("stage")?, in_force.is_some())?;
            let values = [("stage", Val::code(stage)), ("listed_at", cx.now.into())];
            cx.update(&ITEM, row.get::<i64>("id")?, row.get("version")?, &values).await?;
        }
        let header = header(cx, self.year).await?;
        let mut values = header.values();
        values.extend([
            ("measures_id", in_force.into()),
            ("published_at", cx.now.into()),
            ("published_by", publisher.into()),
        ]);
        write(cx, self.year, values).await?;
        cx.announce("catalogue_published", self.year.to_string());
        Ok(i64::try_from(reviewed.len()).unwrap_or(i64::MAX))
    }
}

/// What the rows add up to.
struct Header {
    items: i64,
    offices: i64,
    total: Fen,
}

impl Header {
    fn values(&self) -> Vec<(&'static str, Val)> {
        vec![
            ("item_count", self.items.into()),
            ("office_count", self.offices.into()),
            ("total_fen", self.total.into()),
        ]
    }
}

async fn header(cx: &mut Cx<'_>, year: i64) -> Result<Header, Error> {
    let sql = "SELECT office_id, ceiling_fen FROM item WHERE year = $1 AND stage = $2";
    let rows: Vec<Row> = cx.tx.all(sql, args![year, Val::code(ItemStage::Listed)]).await?;
    let mut offices = std::collections::BTreeSet::new();
    let mut ceilings = Vec::with_capacity(rows.len());
    for row in &rows {
        offices.insert(row.get::<i64>("office_id")?);
        ceilings.push(row.get::<Fen>("ceiling_fen")?);
    }
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    Ok(Header { items: count(rows.len()), offices: count(offices.len()), total: item::total(ceilings)? })
}

async fn write(cx: &mut Cx<'_>, year: i64, mut values: Vec<(&'static str, Val)>) -> Result<(), Error> {
    let sql = "SELECT id, version FROM catalogue WHERE year = $1";
    match cx.tx.maybe::<Row>(sql, args![year]).await? {
        Some(held) => {
            let (id, version): (i64, i64) = (held.get("id")?, held.get("version")?);
            cx.update(&CATALOGUE, id, version, &values).await
        }
        None => {
            values.push(("year", year.into()));
            let id = cx.id();
            cx.insert(&CATALOGUE, id, &values).await
        }
    }
}

/// States the header again after a listed item has gone.
pub(super) async fn restate(cx: &mut Cx<'_>, year: i64) -> Result<(), Error> {
    let header = header(cx, year).await?;
    write(cx, year, header.values()).await
}
