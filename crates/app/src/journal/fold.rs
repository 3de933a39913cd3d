//! Folding the journal: what every row should hold, and where a table says otherwise.

use std::collections::{BTreeMap, BTreeSet};

use evidence::Digest;
use evidence::leaf::opens;
use serde_json::Value;

use super::change::told;
use super::{TABLES, Table, answers, counting, ends};
use crate::db::{Db, Row};
use crate::{Error, args};

const ENTRIES_PER_READ: i64 = 2_000;

/// A place where a table and the journal disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The table, or `journal` for a broken entry.
    pub table: &'static str,
    /// The row's id, or the entry's number.
    pub row: i64,
    /// The column; empty when the whole row is missing or too many.
    pub column: String,
    /// What is wrong, in a few words.
    pub what: String,
}

type Expected = BTreeMap<(String, i64), BTreeMap<String, (Value, [u8; 32])>>;

/// Compares every journalled table with the fold of the journal; an empty answer means they agree.
///
/// # Errors
/// The database could not be read.
pub async fn verify(db: &Db) -> Result<Vec<Difference>, Error> {
    let mut differences = Vec::new();
    let mut expected = Expected::new();
    let mut after = 0;
    loop {
        let sql =
            "SELECT seq, body, salt, private_salt, leaf FROM journal WHERE seq > $1 ORDER BY seq LIMIT $2";
        let rows: Vec<Row> = db.all(sql, args![after, ENTRIES_PER_READ]).await?;
        for row in &rows {
            let seq: i64 = row.get("seq")?;
            if seq != after + 1 {
                differences.push(broken(after + 1, "an entry is missing"));
            }
            after = seq;
            if let Err(what) = fold_entry(row, &mut expected) {
                differences.push(broken(seq, what));
            }
        }
        if rows.is_empty() {
            break;
        }
    }
    for table in TABLES {
        compare(db, table, &mut expected, &mut differences).await?;
    }
    let kept = [
        ("organisation_count", counting::check(db).await?),
        ("survey_count", answers::check(db).await?),
        ("end_count", ends::check(db).await?),
    ];
    for (table, wrong) in kept {
        let number = || "number".to_owned();
        differences.extend(wrong.into_iter().map(|what| Difference {
            table,
            row: 0,
            column: number(),
            what,
        }));
    }
    Ok(differences)
}

fn broken(seq: i64, what: &str) -> Difference {
    Difference { table: "journal", row: seq, column: String::new(), what: what.to_owned() }
}

fn fold_entry(row: &Row, expected: &mut Expected) -> Result<(), &'static str> {
    const UNREADABLE: &str = "an entry cannot be read";
    let bytes = |name: &str| -> Result<[u8; 32], &'static str> {
        row.get::<Vec<u8>>(name).ok().and_then(|bytes| bytes.try_into().ok()).ok_or(UNREADABLE)
    };
    let body: String = row.get("body").map_err(|_| UNREADABLE)?;
    let (salt, private_salt, held) = (bytes("salt")?, bytes("private_salt")?, bytes("leaf")?);
    if !opens(&Digest(held), &salt, body.as_bytes()) {
        return Err("the leaf does not match the body");
    }
    let body: Value = serde_json::from_str(&body).map_err(|_| UNREADABLE)?;
    for change in body.get("changes").and_then(Value::as_array).ok_or(UNREADABLE)? {
        fold_change(change, private_salt, expected).ok_or(UNREADABLE)?;
    }
    Ok(())
}

fn fold_change(change: &Value, private_salt: [u8; 32], expected: &mut Expected) -> Option<()> {
    let table = change.get("table")?.as_str()?.to_owned();
    let id: i64 = change.get("id")?.as_str()?.parse().ok()?;
    let op = change.get("op")?.as_str()?;
    if op == "delete" {
        expected.remove(&(table, id));
        return Some(());
    }
    let row = expected.entry((table, id)).or_default();
    row.insert("version".to_owned(), (change.get("version")?.clone(), private_salt));
    for (column, value) in change.get("values")?.as_object()? {
        row.insert(column.clone(), (value.clone(), private_salt));
    }
    Some(())
}

async fn compare(
    db: &Db,
    table: &'static Table,
    expected: &mut Expected,
    differences: &mut Vec<Difference>,
) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    let rows: Vec<Row> = db.all(&format!("SELECT * FROM {} ORDER BY id", table.name), &[]).await?;
    for row in &rows {
        let id: i64 = row.get("id")?;
        seen.insert(id);
        let Some(columns) = expected.get(&(table.name.to_owned(), id)) else {
            differences.push(difference(table, id, "", "the journal knows no such row"));
            continue;
        };
        for (column, value) in row.columns().filter(|(column, _)| *column != "id") {
            let agrees = match columns.get(column) {
                Some((told_value, salt)) => *told_value == told(table, column, value, salt),
                None => value.is_null(),
            };
            if !agrees {
                differences.push(difference(table, id, column, "differs from the journal"));
            }
        }
    }
    let missing = expected.keys().filter(|(name, id)| name == table.name && !seen.contains(id));
    differences.extend(missing.map(|(_, id)| difference(table, *id, "", "the row is missing")));
    Ok(())
}

fn difference(table: &'static Table, row: i64, column: &str, what: &str) -> Difference {
    Difference { table: table.name, row, column: column.to_owned(), what: what.to_owned() }
}

#[cfg(test)]
mod tests {
    use domain::kernel::{Actor, Moment};

    use super::*;
    use crate::access::offices::AddOffice;
    use crate::{App, Clock, RequestKey, Settings};

    /// A city with two offices, changed behind the journal's back by `harm`.
    async fn harmed(name: &str, harm: &[&str]) -> Vec<(&'static str, String, String)> {
        let folder = std::env::temp_dir().join(format!("gongzhi-fold-{name}-{}", std::process::id()));
        let clock = Clock::held(Moment(1_390_000_000_000_000));
        let settings = Settings { folder: folder.clone(), database: None, clock, is_demo: true };
        let app = App::open(settings).expect("the city opens");
        app.db.migrate().await.expect("the schema is built");
        for code in ["fushi", "shequ"] {
            let (name, duties) = ("处".to_owned(), "职责".to_owned());
            let office = AddOffice { code: code.to_owned(), name, name_en: "Office".to_owned(), duties };
            app.act(&Actor::SYSTEM, &RequestKey::None, &office).await.expect("an office");
        }
        let mut tx = app.db.begin().await.expect("begun");
        for sql in harm {
            tx.run(sql, &[]).await.expect("harmed");
        }
        tx.commit().await.expect("committed");
        let found = verify(&app.db).await.expect("verified");
        std::fs::remove_dir_all(&folder).expect("the folder goes");
        found.into_iter().map(|one| (one.table, one.column, one.what)).collect()
    }

    async fn check(name: &str, harm: &str, table: &str, column: &str, what: &str) {
        let found = harmed(name, &[harm]).await;
        assert_eq!(found.len(), 1, "{harm}: {found:?}");
        assert_eq!((found[0].0, found[0].1.as_str(), found[0].2.as_str()), (table, column, what), "{harm}");
    }

    #[tokio::test]
    async fn a_change_behind_the_journal_is_found_and_located() {
        assert_eq!(harmed("none", &[]).await, vec![]);
        let changed = "UPDATE office SET duties = 'x' WHERE code = 'fushi'";
        check("cell", changed, "office", "duties", "differs from the journal").await;
        let removed = "DELETE FROM office WHERE code = 'shequ'";
        check("gone", removed, "office", "", "the row is missing").await;
        let added =
            "INSERT INTO office (id, version, code, name, name_en, duties) VALUES (1, 1, 'x', '', '', '')";
        check("more", added, "office", "", "the journal knows no such row").await;
        let counted =
            "INSERT INTO organisation_count VALUES ('', '', 'enterprise', 'filed', 'active', 'none', 0, 7)";
        let what = "  enterprise filed active none is wrong by -7";
        check("count", counted, "organisation_count", "number", what).await;
        let answered = "INSERT INTO survey_count VALUES (1, '{}', 'typed', 5, 0, 7)";
        check("answers", answered, "survey_count", "number", "1 typed {} is wrong by -7").await;
        let ended = "INSERT INTO end_count VALUES ('', '2010', '2013', 'foundation', 'registered', 7)";
        let what = "2010 2013 foundation registered is wrong by -7";
        check("ends", ended, "end_count", "number", what).await;
        let rewritten = "UPDATE journal SET body = '{}' WHERE seq = 2";
        let found = harmed("body", &[rewritten]).await;
        assert!(found.contains(&("journal", String::new(), "the leaf does not match the body".to_owned())));
    }
}
