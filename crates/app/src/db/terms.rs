//! The rows of the search index: derived from journalled rows, so they are written here and not journalled.

use super::pieces::{pieces, places};
use super::{DbError, Tx, Val};
use crate::args;

/// Adds pairs of a term and the organisation that it finds. Sorted pairs land on few pages of the index.
pub async fn add(tx: &mut Tx, pairs: &[(i64, i64)]) -> Result<(), DbError> {
    for piece in pieces(pairs) {
        let places = places(piece.len(), 2);
        let sql = format!("INSERT INTO search_term (term, organisation_id) VALUES {places}");
        let values: Vec<Val> =
            piece.iter().flat_map(|(term, id)| [Val::from(*term), Val::from(*id)]).collect();
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
