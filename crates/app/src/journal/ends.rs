//! How many organisations ended, by the years in which they began and ended, kept as the register changes: in the city,
//! in each district and in each field.
//!
//! A few hundred cells, so the figures by year are a sum of cells however many have ended. An organisation ends
//! once: one that was revoked and then struck off ended on the earlier of the two days.

use std::collections::BTreeMap;

use super::{ORGANISATION, STATUS_CHANGE, Table};
use crate::db::counts::{EndCell, add_ends};
use crate::db::{Db, DbError, Row, Tx, Val};
use crate::{Error, args};

/// How many came to each cell, or left it.
#[derive(Default)]
pub(crate) struct Steps(BTreeMap<EndCell, i64>);

/// An organisation and the day on which it ended; no row for one that lives.
const ENDED: &str =
    "SELECT o.registered_on, o.kind, o.legal, o.district, o.fields, min(c.from_on) AS ended_on
    FROM organisation o JOIN status_change c ON c.organisation_id = o.id
    WHERE o.id = $1 AND c.status IN ('cancelled', 'revoked')
    GROUP BY o.registered_on, o.kind, o.legal, o.district, o.fields";
const REGISTERED: &str =
    "SELECT registered_on, kind, legal, district, fields FROM organisation WHERE id = $1";
/// What an end counts by.
const KNOWN_BY: [&str; 5] = ["registered_on", "kind", "legal", "district", "fields"];

impl Steps {
    /// A row is about to be added to a table. Changes of status are never altered or removed.
    pub(crate) async fn insert(
        &mut self,
        tx: &mut Tx,
        table: &Table,
        values: &[(&'static str, Val)],
    ) -> Result<(), DbError> {
        if table.name != STATUS_CHANGE.name {
            return Ok(());
        }
        let new = Row::of(values);
        let status: String = new.get("status")?;
        if !matches!(status.as_str(), "cancelled" | "revoked") {
            return Ok(());
        }
        let (organisation, from): (i64, String) = (new.get("organisation_id")?, new.get("from_on")?);
        if let Some(held) = tx.maybe::<Row>(ENDED, args![organisation]).await? {
            let day: String = held.get("ended_on")?;
            self.step(&cells(&held, &day)?, -1);
            self.step(&cells(&held, day.min(from).as_str())?, 1);
        } else if let Some(held) = tx.maybe::<Row>(REGISTERED, args![organisation]).await? {
            self.step(&cells(&held, &from)?, 1);
        }
        Ok(())
    }

    /// A row of a table is about to be changed.
    pub(crate) async fn update(
        &mut self,
        tx: &mut Tx,
        table: &Table,
        id: i64,
        values: &[(&'static str, Val)],
    ) -> Result<(), DbError> {
        if table.name != ORGANISATION.name || !values.iter().any(|(name, _)| KNOWN_BY.contains(name)) {
            return Ok(());
        }
        if let Some(old) = tx.maybe::<Row>(ENDED, args![id]).await? {
            let day: String = old.get("ended_on")?;
            self.step(&cells(&old, &day)?, -1);
            self.step(&cells(&old.with(values), &day)?, 1);
        }
        Ok(())
    }

    fn step(&mut self, cells: &[EndCell], step: i64) {
        for cell in cells {
            *self.0.entry(cell.clone()).or_default() += step;
        }
    }

    /// Keeps the counts in line, in the transaction that wrote the rows.
    pub(crate) async fn keep(&self, tx: &mut Tx) -> Result<(), DbError> {
        let steps = self.0.iter().filter(|(_, step)| **step != 0).map(|(cell, step)| (cell, *step));
        add_ends(tx, &steps.collect::<Vec<_>>()).await
    }
}

/// Where an end counts: in the city, in the district, in each field.
fn cells(row: &Row, ended_on: &str) -> Result<Vec<EndCell>, DbError> {
    let (district, fields): (String, String) = (row.get("district")?, row.get("fields")?);
    let fields = fields.split(',').filter(|field| !field.is_empty());
    let parts = ["", district.as_str()].into_iter().chain(fields);
    parts.map(|part| cell(row, part, ended_on)).collect()
}

fn cell(row: &Row, part: &str, ended_on: &str) -> Result<EndCell, DbError> {
    let began: String = row.get("registered_on")?;
    Ok([part.to_owned(), year(&began), year(ended_on), row.get("kind")?, row.get("legal")?])
}

fn year(day: &str) -> String {
    day.get(..4).unwrap_or(day).to_owned()
}

/// The cells whose kept count is not what counting gives, as words; none when all agree.
pub(crate) async fn check(db: &Db) -> Result<Vec<String>, Error> {
    let mut counted: BTreeMap<EndCell, i64> = BTreeMap::new();
    let rows = "SELECT o.registered_on, o.kind, o.legal, o.district, o.fields, min(c.from_on) AS ended_on
        FROM organisation o JOIN status_change c ON c.organisation_id = o.id
        WHERE c.status IN ('cancelled', 'revoked')
        GROUP BY o.id, o.registered_on, o.kind, o.legal, o.district, o.fields";
    for row in db.all::<Row>(rows, &[]).await? {
        let day: String = row.get("ended_on")?;
        for one in cells(&row, &day)? {
            *counted.entry(one).or_default() += 1;
        }
    }
    let kept = "SELECT part, began AS registered_on, ended AS ended_on, kind, legal, number
        FROM end_count WHERE number <> 0";
    for row in db.all::<Row>(kept, &[]).await? {
        let (part, day): (String, String) = (row.get("part")?, row.get("ended_on")?);
        *counted.entry(cell(&row, &part, &day)?).or_default() -= row.get::<i64>("number")?;
    }
    let wrong = counted.into_iter().filter(|(_, left)| *left != 0);
    Ok(wrong.map(|(texts, left)| format!("{} is wrong by {left}", texts.join(" ").trim_start())).collect())
}
