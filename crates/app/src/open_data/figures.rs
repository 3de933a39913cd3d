//! The live figures of the home page; each opens to its rows.

use domain::kernel::{Fen, Moment};

use crate::{App, Error, args, row};

row! {
    /// Six figures at one moment.
    pub struct Figures {
        /// Organisations in the registry that are active.
        organisations: i64,
        /// Items listed in published catalogues.
        items: i64,
        /// Ceilings of those items together.
        items_fen: Fen,
        /// Tenders that take bids now.
        open_tenders: i64,
        /// Public contracts.
        contracts: i64,
        /// Their prices together.
        contracts_fen: Fen,
    }
}

/// The figures at `now`, in one reading, so that they agree with each other.
///
/// # Errors
/// The database could not be read.
pub async fn at(app: &App, now: Moment) -> Result<Figures, Error> {
    let sql = "SELECT
        (SELECT CAST(COALESCE(sum(number), 0) AS BIGINT) FROM organisation_count
          WHERE field = '' AND place = '' AND status = 'active') AS organisations,
        (SELECT count(*) FROM item WHERE stage = 'listed') AS items,
        (SELECT CAST(COALESCE(sum(ceiling_fen), 0) AS BIGINT) FROM item WHERE stage = 'listed') AS items_fen,
        (SELECT count(*) FROM tender WHERE stage = 'bidding' AND deadline_at > $1) AS open_tenders,
        (SELECT count(*) FROM contract WHERE published_at IS NOT NULL) AS contracts,
        (SELECT CAST(COALESCE(sum(amount_fen), 0) AS BIGINT) FROM contract WHERE published_at IS NOT NULL)
          AS contracts_fen";
    Ok(app.db.one(sql, args![now]).await?)
}
