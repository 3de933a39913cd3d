//! Published tenders. Nothing here depends on whether anyone has bid (C30).

use domain::kernel::{Fen, Moment};
use domain::tendering::stage::{Stage, phase};

use super::page;
use crate::{App, Error, args, row};

row! {
    /// A published tender.
    pub struct Tender {
        /// Its number.
        number: String,
        /// What is bought.
        title: String,
        /// The item's code in the catalogue.
        item: String,
        /// Which attempt at the item it is.
        attempt: i64,
        /// The office's code.
        office: String,
        /// The office's name.
        office_name: String,
        /// Where it stands, as stored.
        @code stage: Stage,
        /// How it is bought.
        procedure: String,
        /// The most it may cost.
        ceiling_fen: Fen,
        /// Months that the service runs.
        term_months: i64,
        /// What is asked for.
        requirement: String,
        /// What is delivered.
        deliverables: String,
        /// Who may bid.
        qualification: String,
        /// What the documents say of consortia, as stored; nothing when they are silent.
        consortia: Option<String>,
        /// When the notice was published.
        published_at: Option<Moment>,
        /// End of the time for questions.
        questions_until: Option<Moment>,
        /// The bid deadline, which is the opening.
        deadline_at: Option<Moment>,
        /// When the result's public period ends.
        public_until: Option<Moment>,
        /// When it failed or was cancelled.
        ended_at: Option<Moment>,
        /// Why it ended; empty while it lives.
        ended_reason: String,
    }
}

impl Tender {
    /// What people see of it at `now`.
    pub fn phase(&self, now: Moment) -> domain::tendering::stage::Phase {
        phase(self.stage, self.deadline_at, self.public_until, now)
    }
}

const TENDER: &str = "SELECT t.number, t.title, i.code AS item, t.attempt, f.code AS office,
       f.name AS office_name, t.stage, t.procedure, t.ceiling_fen, t.term_months, t.requirement,
       t.deliverables, t.qualification, t.consortia, t.published_at, t.questions_until, t.deadline_at, t.public_until,
       t.ended_at, t.ended_reason
     FROM tender t JOIN item i ON i.id = t.item_id JOIN office f ON f.id = t.office_id
     WHERE t.published_at IS NOT NULL";

/// Published tenders after a number, in the order of numbers.
///
/// # Errors
/// The database could not be read.
pub async fn list(app: &App, after: &str, limit: i64) -> Result<Vec<Tender>, Error> {
    let sql = format!("{TENDER} AND t.number > $1 ORDER BY t.number LIMIT $2");
    Ok(app.db.all(&sql, args![after, page(limit)]).await?)
}

/// One published tender.
///
/// # Errors
/// `NotFound` for an unknown number and for a tender that is not public.
pub async fn one(app: &App, number: &str) -> Result<Tender, Error> {
    Ok(app.db.one(&format!("{TENDER} AND t.number = $1"), args![number]).await?)
}

/// Public tenders whose bids are opened from `from` until before `to`, earliest first.
///
/// # Errors
/// The database could not be read.
pub async fn opening_between(app: &App, from: Moment, to: Moment) -> Result<Vec<Tender>, Error> {
    let sql = format!(
        "{TENDER} AND t.stage = 'bidding' AND t.deadline_at >= $1 AND t.deadline_at < $2
         ORDER BY t.deadline_at, t.number LIMIT 100"
    );
    Ok(app.db.all(&sql, args![from, to]).await?)
}
