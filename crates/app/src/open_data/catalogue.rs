//! Published catalogues and their listed items.

use domain::kernel::{Fen, Moment};

use super::page;
use crate::{App, Error, args, row};

row! {
    /// A published catalogue; its figures are those of its rows (S16).
    pub struct Catalogue {
        /// The year.
        year: i64,
        /// When it was published.
        published_at: Moment,
        /// How many items.
        item_count: i64,
        /// Of how many offices.
        office_count: i64,
        /// Ceilings together.
        total_fen: Fen,
    }
}

row! {
    /// A listed item.
    pub struct Item {
        /// Its code.
        code: String,
        /// The catalogue's year.
        year: i64,
        /// What is bought.
        name: String,
        /// The office's code.
        office: String,
        /// The office's name.
        office_name: String,
        /// The function it belongs to.
        function_kind: String,
        /// Why it can be bought.
        reason: String,
        /// How much.
        quantity: String,
        /// How good.
        standard: String,
        /// The most it may cost.
        ceiling_fen: Fen,
        /// Where the money comes from.
        fund_source: String,
        /// Where it is given.
        scope: String,
        /// To whom.
        recipients: String,
        /// How it is judged.
        performance_standard: String,
    }
}

const ITEM: &str = "SELECT i.code, i.year, i.name, f.code AS office, f.name AS office_name, i.function_kind,
       i.reason, i.quantity, i.standard, i.ceiling_fen, i.fund_source, i.scope, i.recipients,
       i.performance_standard FROM item i JOIN office f ON f.id = i.office_id";

/// Published catalogues, the latest first.
///
/// # Errors
/// The database could not be read.
pub async fn years(app: &App) -> Result<Vec<Catalogue>, Error> {
    let sql = "SELECT year, published_at, item_count, office_count, total_fen FROM catalogue
               ORDER BY year DESC LIMIT 200";
    Ok(app.db.all(sql, &[]).await?)
}

/// Listed items after a code, in the order of codes.
///
/// # Errors
/// The database could not be read.
pub async fn items(app: &App, after: &str, limit: i64) -> Result<Vec<Item>, Error> {
    let sql = format!("{ITEM} WHERE i.stage = 'listed' AND i.code > $1 ORDER BY i.code LIMIT $2");
    Ok(app.db.all(&sql, args![after, page(limit)]).await?)
}

/// One listed item.
///
/// # Errors
/// `NotFound` for an unknown code and for an item that is not listed.
pub async fn item(app: &App, code: &str) -> Result<Item, Error> {
    Ok(app.db.one(&format!("{ITEM} WHERE i.stage = 'listed' AND i.code = $1"), args![code]).await?)
}
