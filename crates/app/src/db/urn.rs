//! The urn of a survey: answers that wait for their group. No fact of the city yet, so not journalled; an
//! entry for each would tell its moment, which is what the urn is there to hide.

use super::{DbError, Tx};
use crate::{args, row};

row! {
    /// An answer in the urn.
    pub(crate) struct Waiting {
        /// The card's public key.
        public_key: String,
        /// The answers as canonical JSON.
        answers: String,
        /// The mark that counts, 1 to 5.
        overall: i64,
        /// Given in the recipient's name.
        is_proxy: bool,
        /// How it came.
        means: String,
        /// The nonce of the signed message.
        nonce: String,
        /// The signature.
        signature: String,
        /// The day.
        given_on: String,
    }
}

const COLUMNS: &str = "public_key, answers, overall, is_proxy, means, nonce, signature, given_on";

/// Puts an answer in; a card that is in already is `Unique`.
pub(crate) async fn put(tx: &mut Tx, survey: i64, one: &Waiting) -> Result<(), DbError> {
    let sql =
        format!("INSERT INTO survey_urn (survey_id, {COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    let values = args![
        survey,
        &one.public_key,
        &one.answers,
        one.overall,
        one.is_proxy,
        &one.means,
        &one.nonce,
        &one.signature,
        &one.given_on
    ];
    tx.run(&sql, values).await.map(|_| ())
}

/// How many wait.
pub(crate) async fn count(tx: &mut Tx, survey: i64) -> Result<i64, DbError> {
    tx.number("SELECT count(*) FROM survey_urn WHERE survey_id = $1", args![survey]).await
}

/// Takes all of a survey out, in the order of their keys: an order that nobody's coming decided. The rows
/// taken are those deleted, even while others come in.
pub(crate) async fn empty(tx: &mut Tx, survey: i64) -> Result<Vec<Waiting>, DbError> {
    let sql = format!("DELETE FROM survey_urn WHERE survey_id = $1 RETURNING {COLUMNS}");
    let mut taken: Vec<Waiting> = tx.all(&sql, args![survey]).await?;
    taken.sort_by(|a, b| a.public_key.cmp(&b.public_key));
    Ok(taken)
}
