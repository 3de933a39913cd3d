//! The acceptance desk: what was reported, what is to be held, published or repaired, what is due first on top.

use domain::kernel::{AcceptanceId, Date, Fen, Moment};
use domain::performance::AcceptanceState;

use crate::{App, Error, row};

row! {
    /// An acceptance in the list.
    pub struct DeskLine {
        /// Its row.
        id: AcceptanceId,
        /// The contract's number.
        number: String,
        /// What is bought.
        title: String,
        /// The office's name.
        office: String,
        /// The provider's name.
        organisation: String,
        /// The milestone's place in the order.
        milestone: i64,
        /// The milestone's name.
        milestone_name: String,
        /// Where it stands.
        @code state: AcceptanceState,
        /// Claimed.
        claimed_fen: Fen,
        /// Accepted.
        accepted_fen: Fen,
        /// The day on which it is held.
        meets_on: Option<Date>,
        /// When the result became public.
        published_at: Option<Moment>,
        /// The last day of what is to be done next.
        due_on: Option<Date>,
    }
}

/// Every acceptance: those that wait for somebody first, the earliest last day on top.
///
/// # Errors
/// The database failed.
pub async fn lines(app: &App) -> Result<Vec<DeskLine>, Error> {
    let sql = "SELECT a.id, c.number, c.title, f.name AS office, o.name AS organisation, m.position AS milestone,
                 m.name AS milestone_name, a.state, a.claimed_fen, a.accepted_fen, a.meets_on, a.published_at,
                 CASE WHEN a.state = 'returned' THEN a.repair_by ELSE (SELECT min(d.due_on) FROM deadline d
                   WHERE d.subject_kind = 'acceptance' AND d.subject_id = a.id AND d.done_at IS NULL) END AS due_on
               FROM acceptance a JOIN contract c ON c.id = a.contract_id JOIN milestone m ON m.id = a.milestone_id
               JOIN office f ON f.id = c.office_id JOIN organisation o ON o.id = c.organisation_id
               ORDER BY CASE WHEN a.published_at IS NULL THEN 0 ELSE 1 END, due_on, a.id LIMIT 200";
    Ok(app.db.all(sql, &[]).await?)
}
