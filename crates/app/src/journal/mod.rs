//! The journal: every change, in the transaction that made it.
//!
//! An entry says who did what when and lists each row that was written, as canonical JSON. Its leaf is
//! HMAC-SHA256(salt, body), so a leaf can be shown to outsiders without the body. Private columns enter
//! the body only as HMACs under a second salt, which may be erased together with the value.

mod answers;
mod change;
mod counting;
mod ends;
mod fold;
mod kept;
mod tables;

use std::collections::BTreeMap;

use domain::kernel::{Actor, Coded, Moment};
use evidence::leaf::leaf;
use serde_json::{Value, json};

pub use change::{Change, Sealed, Table};
pub(crate) use counting::Moves;
pub use fold::{Difference, verify};
pub(crate) use kept::may_delete;
pub use tables::*;

use crate::db::{self, DbError, Tx};
use crate::{Chance, Error, args};

/// One act to be journalled.
pub(crate) struct Entry<'a> {
    pub at: Moment,
    pub actor: &'a Actor,
    pub action: &'static str,
    pub changes: &'a [Change],
    pub news: &'a [(&'static str, String)],
}

/// Writes the entry and its public news; an act that changed nothing leaves no entry.
pub(crate) async fn write(tx: &mut Tx, chance: &Chance, entry: Entry<'_>) -> Result<(), Error> {
    if entry.changes.is_empty() {
        return Ok(());
    }
    let (salt, private_salt) = (chance.bytes()?, chance.bytes()?);
    let body = body(&entry, &private_salt);
    let leaf = leaf(&salt, body.as_bytes());
    let seq = next(tx, "journal").await?;
    let sql = "INSERT INTO journal (seq, at, person_id, role, action, body, salt, private_salt, leaf)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let (person, role) = (entry.actor.person, entry.actor.post.role.code());
    let values = args![
        seq,
        entry.at,
        person,
        role,
        entry.action,
        body,
        salt.to_vec(),
        private_salt.to_vec(),
        leaf.0.to_vec()
    ];
    tx.run(sql, values).await?;
    if !entry.news.is_empty() || entry.changes.iter().any(Change::is_public) {
        next(tx, db::GENERATION).await?;
    }
    for (kind, subject) in entry.news {
        let place = next(tx, "feed").await?;
        let sql = "INSERT INTO feed (seq, at, kind, subject, journal_seq) VALUES ($1, $2, $3, $4, $5)";
        tx.run(sql, args![place, entry.at, *kind, subject, seq]).await?;
    }
    Ok(())
}

/// The next number of a counter. Its row stays locked until the commit, so numbers follow commits.
async fn next(tx: &mut Tx, counter: &str) -> Result<i64, DbError> {
    let sql = "UPDATE counter SET value = value + 1 WHERE name = $1 RETURNING value";
    tx.one::<(i64,)>(sql, args![counter]).await.map(|(value,)| value)
}

fn body(entry: &Entry<'_>, private_salt: &[u8; 32]) -> String {
    let changes: Vec<Value> = entry.changes.iter().map(|change| change.to_json(private_salt)).collect();
    let mut body = BTreeMap::new();
    body.insert("action", json!(entry.action));
    body.insert("at", json!(entry.at.rfc3339()));
    body.insert("changes", json!(changes));
    body.insert("person", json!(entry.actor.person.map(|person| person.0.to_string())));
    body.insert("role", json!(entry.actor.post.role.code()));
    // Keys are sorted and numbers are whole, which is all that canonical form asks of such a value.
    serde_json::to_string(&body).unwrap_or_default()
}
