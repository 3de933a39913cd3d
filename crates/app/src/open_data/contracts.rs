//! Public contracts: signed by both sides.

use domain::kernel::{Date, Fen, Moment};

use super::page;
use crate::{App, Error, args, row};

row! {
    /// A public contract.
    pub struct Contract {
        /// Its number.
        number: String,
        /// The tender's number.
        tender: String,
        /// What is bought.
        title: String,
        /// The office's code.
        office: String,
        /// The office's name.
        office_name: String,
        /// The provider's credit code.
        provider: String,
        /// The provider's name.
        provider_name: String,
        /// The price.
        amount_fen: Fen,
        /// First day.
        starts_on: Date,
        /// Last day.
        ends_on: Date,
        /// When it was published.
        published_at: Moment,
    }
}

const CONTRACT: &str = "SELECT c.number, t.number AS tender, c.title, f.code AS office,
       f.name AS office_name, o.uscc AS provider, o.name AS provider_name, c.amount_fen, c.starts_on, c.ends_on,
       c.published_at
     FROM contract c JOIN tender t ON t.id = c.tender_id JOIN office f ON f.id = c.office_id
     JOIN organisation o ON o.id = c.organisation_id WHERE c.published_at IS NOT NULL";

/// Public contracts after a number, in the order of numbers.
///
/// # Errors
/// The database could not be read.
pub async fn list(app: &App, after: &str, limit: i64) -> Result<Vec<Contract>, Error> {
    let sql = format!("{CONTRACT} AND c.number > $1 ORDER BY c.number LIMIT $2");
    Ok(app.db.all(&sql, args![after, page(limit)]).await?)
}

/// One public contract.
///
/// # Errors
/// `NotFound` for an unknown number and for a contract that is not public.
pub async fn one(app: &App, number: &str) -> Result<Contract, Error> {
    Ok(app.db.one(&format!("{CONTRACT} AND c.number = $1"), args![number]).await?)
}
