//! Feedback as the two sides of a contract see it.

use domain::kernel::{ContractId, Date, Moment, OfficeId};
use domain::performance::feedback::{FeedbackMatter, FeedbackWay};

use crate::{App, Error, args, row};

row! {
    /// One piece of feedback with its answer.
    pub struct FeedbackLine {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// The contract's number.
        number: String,
        /// What is bought.
        title: String,
        /// The provider.
        organisation: String,
        /// The office.
        office: String,
        /// From whom to whom.
        @code way: FeedbackWay,
        /// About what.
        @code matter: FeedbackMatter,
        /// The milestone's place.
        milestone: Option<i64>,
        /// The words.
        words: String,
        /// What they rest on.
        evidence: String,
        /// When.
        given_at: Moment,
        /// When it was acknowledged.
        acknowledged_at: Option<Moment>,
        /// The answer.
        answer: Option<String>,
        /// When.
        answered_at: Option<Moment>,
        /// The last day to answer.
        due_on: Option<Date>,
    }
}

const LINE: &str = "SELECT b.id, b.version, c.number, c.title, o.name AS organisation, f.name AS office, b.way,
       b.matter, b.milestone, b.words, b.evidence, b.given_at, b.acknowledged_at, b.answer, b.answered_at,
       (SELECT max(d.due_on) FROM deadline d WHERE d.subject_kind = 'feedback' AND d.subject_id = b.id
          AND d.rule = 'feedback_answer_working_days') AS due_on
     FROM office_feedback b JOIN contract c ON c.id = b.contract_id JOIN organisation o ON o.id = c.organisation_id
     JOIN office f ON f.id = c.office_id";

/// The feedback on one contract, both ways, oldest first; for its two sides.
///
/// # Errors
/// The database could not be read.
pub async fn of_contract(app: &App, contract: ContractId) -> Result<Vec<FeedbackLine>, Error> {
    let sql = format!("{LINE} WHERE b.contract_id = $1 ORDER BY b.id LIMIT 500");
    Ok(app.db.all(&sql, args![contract]).await?)
}

/// What an office has received, unanswered first; every office's for those who oversee.
///
/// # Errors
/// The database could not be read.
pub async fn on_desk(app: &App, office: Option<OfficeId>) -> Result<Vec<FeedbackLine>, Error> {
    let sql = format!(
        "{LINE} WHERE b.way = 'to_office' AND c.office_id = COALESCE($1, c.office_id)
         ORDER BY CASE WHEN b.answer IS NULL THEN 0 ELSE 1 END, b.id LIMIT 500"
    );
    Ok(app.db.all(&sql, args![office]).await?)
}
