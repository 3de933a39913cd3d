//! The way of one yuan, from its source to the account of the office that spent it: the pages of one purchase
//! that stand in public by now (S63, S68).

use crate::{App, Error, args, row};

row! {
    /// What there is to open of one purchase; empty where it has not come to that.
    pub struct Way {
        /// The listed item's number.
        item: String,
        /// The catalogue's year.
        year: i64,
        /// The code of its office.
        office: String,
        /// The fund out of which money was set aside for the item.
        fund: Option<String>,
        /// The tender's public number.
        tender: Option<String>,
        /// The same number once the result is public.
        awarded: Option<String>,
        /// The published contract's number.
        contract: Option<String>,
    }
}

/// Of an item with several tenders its last one goes on.
const WAY: &str = "SELECT i.code AS item, i.year, f.code AS office,
      (SELECT min(u.code) FROM account a JOIN fund u ON u.id = a.fund_id
        WHERE a.item_id = i.id AND a.kind = 'allotment') AS fund,
      t.number AS tender, CASE WHEN t.publicised_at IS NOT NULL AND t.stage IN ('publicised', 'awarded', 'contracted')
        THEN t.number ELSE NULL END AS awarded,
      c.number AS contract
    FROM item i JOIN office f ON f.id = i.office_id
      LEFT JOIN tender t ON t.item_id = i.id AND t.published_at IS NOT NULL
      LEFT JOIN contract c ON c.tender_id = t.id AND c.published_at IS NOT NULL
    WHERE i.listed_at IS NOT NULL";

/// The way on which an item is.
///
/// # Errors
/// The database could not be read.
pub async fn of_item(app: &App, code: &str) -> Result<Option<Way>, Error> {
    let sql = format!("{WAY} AND i.code = $1 ORDER BY t.published_at DESC, t.id DESC LIMIT 1");
    Ok(app.db.maybe(&sql, args![code]).await?)
}

/// The way on which a tender is.
///
/// # Errors
/// The database could not be read.
pub async fn of_tender(app: &App, number: &str) -> Result<Option<Way>, Error> {
    Ok(app.db.maybe(&format!("{WAY} AND t.number = $1"), args![number]).await?)
}

/// The way on which a contract is.
///
/// # Errors
/// The database could not be read.
pub async fn of_contract(app: &App, number: &str) -> Result<Option<Way>, Error> {
    Ok(app.db.maybe(&format!("{WAY} AND c.number = $1"), args![number]).await?)
}
