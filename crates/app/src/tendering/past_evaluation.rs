//! What was found of a bidder's earlier contracts: a fact for those who qualify and review, never a bonus and never
//! a renewal (C56).
//!
//! The rows are written by the evaluation of contracts, which comes after tendering; here they are only read.

use domain::kernel::TenderId;

use crate::{App, Error, args, row};

row! {
    /// A published result of one of a tender's bidders.
    pub struct PastEvaluation {
        /// The bidder's credit code.
        uscc: String,
        /// The contract's number.
        number: String,
        /// What was bought.
        title: String,
        /// The result in hundredths of a point.
        total: i64,
        /// Code of the grade.
        grade: String,
    }
}

/// The published results of everyone who has bid, members of consortia too, newest first; only after the opening.
///
/// # Errors
/// The database could not be read.
pub async fn of_bidders(app: &App, tender: TenderId) -> Result<Vec<PastEvaluation>, Error> {
    let sql = "SELECT o.uscc, c.number, c.title, e.total, e.grade
               FROM evaluation e JOIN contract c ON c.id = e.contract_id JOIN organisation o ON o.id = c.organisation_id
               WHERE e.stage = 'published' AND e.total IS NOT NULL AND o.id IN (
                 SELECT b.organisation_id FROM bid b
                   WHERE b.tender_id = $1 AND b.state = 'submitted' AND b.alias IS NOT NULL
                 UNION SELECT m.organisation_id FROM bid_member m JOIN bid b ON b.id = m.bid_id
                   WHERE b.tender_id = $1 AND b.state = 'submitted' AND b.alias IS NOT NULL)
               ORDER BY e.published_at DESC, e.id DESC LIMIT 500";
    Ok(app.db.all(sql, args![tender]).await?)
}
