//! How many organisations there are of each sort, kept as they change instead of counted at every request.
//!
//! An organisation counts in the city, in its district and in its street, and in each of these once for all
//! fields together and once for each of its own; and once in the year from which it is in the register, for the city,
//! for its district and for each of its fields. Whatever the directory filters by, and growth, is then the sum of a
//! few hundred cells, for ten times the organisations as for these. `Cx` keeps the counts with every row of the
//! register that it writes, so no act can forget them; `check` counts again and compares.

use std::collections::BTreeMap;

use super::{ORGANISATION, Table, answers, ends};
use crate::db::counts::{Cell, add};
use crate::db::{Db, DbError, FromRow, Row, Tx, Val};
use crate::{Error, args, row};

/// For all fields together, and for the whole city.
const ALL: &str = "";

row! {
    /// What the counts know of an organisation.
    pub struct Counted {
        /// Its kind.
        kind: String,
        /// Registered or filed.
        legal: String,
        /// Whether its registration is alive.
        status: String,
        /// Credit list.
        listing: String,
        /// Whether the bureau supervises it.
        is_supervised: bool,
        /// The district's six digits.
        district: String,
        /// The street's nine digits.
        division: String,
        /// What it works in, between commas.
        fields: String,
        /// Day of registration or filing.
        registered_on: String,
    }
}

const COUNTED: &str =
    "SELECT kind, legal, status, listing, is_supervised, district, division, fields, registered_on
     FROM organisation WHERE id = $1";

impl Counted {
    fn cells(&self) -> impl Iterator<Item = Cell> + '_ {
        let fields = || self.fields.split(',').filter(|field| !field.is_empty()).chain([ALL]);
        let places = [ALL, &self.district, &self.division];
        let year = self.registered_on.get(..4);
        let years = year.into_iter().flat_map(move |year| {
            let of_district = format!("{}{year}", self.district);
            fields()
                .map(|field| self.cell(field, year))
                .chain([self.cell(ALL, &of_district)])
                .collect::<Vec<_>>()
        });
        fields().flat_map(move |field| places.map(|place| self.cell(field, place))).chain(years)
    }

    fn cell(&self, field: &str, place: &str) -> Cell {
        let texts = [field, place, &self.kind, &self.legal, &self.status, &self.listing];
        (texts.map(str::to_owned), self.is_supervised)
    }
}

/// What changed: how many came to each cell, or left it.
#[derive(Default)]
pub(crate) struct Moves {
    register: BTreeMap<Cell, i64>,
    answers: answers::Steps,
    ends: ends::Steps,
}

impl Moves {
    /// A row is about to be added to a table.
    pub(crate) async fn insert(
        &mut self,
        tx: &mut Tx,
        table: &Table,
        values: &[(&'static str, Val)],
    ) -> Result<(), DbError> {
        if table.name == ORGANISATION.name {
            self.step(&Counted::from_row(&Row::of(values))?, 1);
        }
        self.answers.insert(table, values)?;
        self.ends.insert(tx, table, values).await
    }

    /// A row of a table is about to be changed.
    pub(crate) async fn update(
        &mut self,
        tx: &mut Tx,
        table: &Table,
        id: i64,
        values: &[(&'static str, Val)],
    ) -> Result<(), DbError> {
        if table.name == ORGANISATION.name
            && let Some(old) = tx.maybe::<Row>(COUNTED, args![id]).await?
        {
            self.step(&Counted::from_row(&old)?, -1);
            self.step(&Counted::from_row(&old.with(values))?, 1);
        }
        self.ends.update(tx, table, id, values).await
    }

    /// A row of a table is about to be removed.
    pub(crate) async fn delete(&mut self, tx: &mut Tx, table: &Table, id: i64) -> Result<(), DbError> {
        if table.name == ORGANISATION.name
            && let Some(old) = tx.maybe::<Counted>(COUNTED, args![id]).await?
        {
            self.step(&old, -1);
        }
        Ok(())
    }

    fn step(&mut self, one: &Counted, step: i64) {
        one.cells().for_each(|cell| *self.register.entry(cell).or_default() += step);
    }

    /// Keeps the counts in line, in the transaction that wrote the rows.
    pub(crate) async fn keep(&self, tx: &mut Tx) -> Result<(), DbError> {
        let steps = self.register.iter().filter(|(_, step)| **step != 0).map(|(cell, step)| (cell, *step));
        add(tx, &steps.collect::<Vec<_>>()).await?;
        self.answers.keep(tx).await?;
        self.ends.keep(tx).await
    }
}

/// Organisations counted at once by `check`.
const PAGE: i64 = 2_000;

/// The cells whose kept count is not what counting gives, as words; none when all agree.
pub(crate) async fn check(db: &Db) -> Result<Vec<String>, Error> {
    let mut moves = Moves::default();
    let mut after = i64::MIN;
    loop {
        let sql = "SELECT id, kind, legal, status, listing, is_supervised, district, division, fields, registered_on
                   FROM organisation WHERE id > $1 ORDER BY id LIMIT $2";
        let rows: Vec<Row> = db.all(sql, args![after, PAGE]).await?;
        let Some(last) = rows.last() else { break };
        after = last.get("id")?;
        for row in &rows {
            moves.step(&Counted::from_row(row)?, 1);
        }
    }
    let mut counted = moves.register;
    let sql =
        "SELECT field, place, kind, legal, status, listing, is_supervised, number FROM organisation_count";
    for row in db.all::<Row>(sql, &[]).await? {
        let mut texts: [String; 6] = Default::default();
        for (text, name) in texts.iter_mut().zip(["field", "place", "kind", "legal", "status", "listing"]) {
            *text = row.get(name)?;
        }
        *counted.entry((texts, row.get("is_supervised")?)).or_default() -= row.get::<i64>("number")?;
    }
    let wrong = counted.into_iter().filter(|(_, left)| *left != 0);
    Ok(wrong.map(|((texts, _), left)| format!("{} is wrong by {left}", texts.join(" "))).collect())
}
