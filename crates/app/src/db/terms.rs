//! The rows of the search index: derived from journalled rows, so they are written here and not journalled.

use super::{DbError, Tx, Val};
use crate::args;

/// Rows in one statement, far below what either engine takes.
const ROWS_PER_STATEMENT: usize = 500;

/// Adds pairs of a term and the organisation that it finds. Sorted pairs land on few pages of the index.
pub async fn add(tx: &mut Tx, pairs: &[(i64, i64)]) -> Result<(), DbError> {
    for chunk in pairs.chunks(ROWS_PER_STATEMENT) {
        let places = (0..chunk.len()).map(|at| format!("(${}, ${})", at * 2 + 1, at * 2 + 2));
        let places: Vec<String> = places.collect();
        let sql = format!("INSERT INTO search_term (term, organisation_id) VALUES {}", places.join(", "));
        let values: Vec<Val> =
            chunk.iter().flat_map(|(term, id)| [Val::from(*term), Val::from(*id)]).collect();
        tx.run(&sql, &values).await?;
    }
    Ok(())
}

/// Takes pairs away.
pub async fn remove(tx: &mut Tx, pairs: &[(i64, i64)]) -> Result<(), DbError> {
    for (term, id) in pairs {
        let sql = "DELETE FROM search_term WHERE term = $1 AND organisation_id = $2";
        tx.run(sql, args![*term, *id]).await?;
    }
    Ok(())
}

/// Empties the index, before it is built anew.
pub async fn clear(tx: &mut Tx) -> Result<(), DbError> {
    tx.run("DELETE FROM search_term", &[]).await.map(|_| ())
}
