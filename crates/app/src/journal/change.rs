//! One row written: how it is stored, and how the journal tells of it.

use evidence::{Digest, leaf::leaf};
use serde_json::{Map, Value, json};

use crate::args;
use crate::db::{DbError, Tx, Val};

/// A journalled table: it has `id` and `version`.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Columns that name a person, hold a secret or a sealed bid: the journal keeps only their HMAC.
    pub private: &'static [&'static str],
    /// Which writing of it nobody outside may notice.
    pub sealed: Sealed,
}

/// What no page shows to visitors, so that its writing must not be told by anything that they can measure:
/// above all that a bid exists (C30).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sealed {
    /// Visitors may see it.
    Never,
    /// No visitor ever sees it.
    Always,
    /// No visitor sees these columns change; the others belong to the time after the opening.
    Columns(&'static [&'static str]),
}

/// What happened to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Insert,
    Update { from: i64 },
    Delete { from: i64 },
}

/// A row written in this transaction.
#[derive(Clone, Debug)]
pub struct Change {
    table: &'static Table,
    id: i64,
    kind: Kind,
    values: Vec<(&'static str, Val)>,
}

/// Whole numbers beyond this are written as text, because JSON readers may round them.
const EXACT_MAX: i64 = 9_007_199_254_740_991;

impl Change {
    pub(crate) fn insert(table: &'static Table, id: i64, values: &[(&'static str, Val)]) -> Self {
        Self { table, id, kind: Kind::Insert, values: values.to_vec() }
    }

    pub(crate) fn update(
        table: &'static Table,
        id: i64,
        version: i64,
        values: &[(&'static str, Val)],
    ) -> Self {
        Self { table, id, kind: Kind::Update { from: version }, values: values.to_vec() }
    }

    pub(crate) fn delete(table: &'static Table, id: i64, version: i64) -> Self {
        Self { table, id, kind: Kind::Delete { from: version }, values: Vec::new() }
    }

    /// The row, when this made one in `table`.
    pub(crate) fn made_in(&self, table: &Table) -> Option<i64> {
        (self.kind == Kind::Insert && self.table.name == table.name).then_some(self.id)
    }

    /// Writes the row; returns how many rows it met.
    pub(crate) async fn apply(&self, tx: &mut Tx) -> Result<u64, DbError> {
        let table = self.table.name;
        let mut values: Vec<Val> = self.values.iter().map(|(_, value)| value.clone()).collect();
        match self.kind {
            Kind::Insert => {
                let names: Vec<&str> = self.values.iter().map(|(name, _)| *name).collect();
                let marks: Vec<String> = (1..=names.len()).map(|at| format!("${at}")).collect();
                let id_at = names.len() + 1;
                let sql = format!(
                    "INSERT INTO {table} ({}{}id, version) VALUES ({}{}${id_at}, 1)",
                    names.join(", "),
                    if names.is_empty() { "" } else { ", " },
                    marks.join(", "),
                    if names.is_empty() { "" } else { ", " },
                );
                values.push(Val::from(self.id));
                tx.run(&sql, &values).await
            }
            Kind::Update { from } => {
                let sets: Vec<String> = self
                    .values
                    .iter()
                    .enumerate()
                    .map(|(at, (name, _))| format!("{name} = ${}", at + 1))
                    .collect();
                let (id_at, version_at) = (sets.len() + 1, sets.len() + 2);
                let sql = format!(
                    "UPDATE {table} SET {}, version = version + 1 WHERE id = ${id_at} AND version = ${version_at}",
                    sets.join(", ")
                );
                values.extend_from_slice(args![self.id, from]);
                tx.run(&sql, &values).await
            }
            Kind::Delete { from } => {
                let sql = format!("DELETE FROM {table} WHERE id = $1 AND version = $2");
                tx.run(&sql, args![self.id, from]).await
            }
        }
    }

    /// Whether a visitor's page may differ after it.
    pub(crate) fn is_public(&self) -> bool {
        match self.table.sealed {
            Sealed::Never => true,
            Sealed::Always => false,
            Sealed::Columns(sealed) => self.values.iter().any(|(name, _)| !sealed.contains(name)),
        }
    }

    /// The change as the journal tells it.
    pub(crate) fn to_json(&self, private_salt: &[u8; 32]) -> Value {
        let mut values = Map::new();
        for (name, value) in &self.values {
            values.insert((*name).to_owned(), told(self.table, name, value, private_salt));
        }
        let (op, version) = match self.kind {
            Kind::Insert => ("insert", 1),
            Kind::Update { from } => ("update", from + 1),
            Kind::Delete { from } => ("delete", from),
        };
        json!({ "op": op, "table": self.table.name, "id": self.id.to_string(), "version": version, "values": values })
    }
}

/// A value as the journal tells it: private columns as HMACs, bytes as digests.
pub(super) fn told(table: &Table, column: &str, value: &Val, private_salt: &[u8; 32]) -> Value {
    if value.is_null() {
        return Value::Null;
    }
    if table.private.contains(&column) {
        let content = match value {
            Val::Int(number) => number.unwrap_or_default().to_string().into_bytes(),
            Val::Text(text) => text.clone().unwrap_or_default().into_bytes(),
            Val::Bytes(bytes) => bytes.clone().unwrap_or_default(),
        };
        let mut named = format!("{}\0{column}\0", table.name).into_bytes();
        named.extend_from_slice(&content);
        return json!({ "hmac": leaf(private_salt, &named).hex() });
    }
    match value {
        Val::Int(Some(number)) if number.abs() <= EXACT_MAX => json!(number),
        Val::Int(number) => json!(number.unwrap_or_default().to_string()),
        Val::Text(text) => json!(text),
        Val::Bytes(bytes) => json!({ "sha256": Digest::of(bytes.as_deref().unwrap_or_default()).hex() }),
    }
}
