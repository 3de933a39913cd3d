//! What the system itself recorded of an organisation in the year it reports on: a form begins with it, and an officer
//! holds the answers against it (B25, B26).

use domain::kernel::{Date, Fen, Moment, OrganisationId};
use domain::registry::change::ChangeItem;
use domain::registry::inspection::filing::Recorded;

use crate::{App, Error, args, row};

row! {
    /// A penalty that was confirmed.
    pub struct PenaltyRow {
        /// The number of its paper.
        document_number: String,
        /// Who imposed it.
        authority: String,
        /// The day.
        imposed_on: Date,
    }
}

row! {
    /// A change that was approved.
    pub struct ChangeRow {
        /// The number of its case.
        number: i64,
        /// What changed.
        @code item: ChangeItem,
        /// When that was decided.
        decided_at: Moment,
    }
}

row! {
    /// A payment that arrived.
    pub struct PaymentRow {
        /// The contract's number.
        contract: String,
        /// How much.
        amount_fen: Fen,
        /// When the bank told so.
        told_at: Moment,
    }
}

/// Everything recorded of one year.
#[derive(Clone, Debug, Default)]
pub struct YearRows {
    /// Penalties, by day.
    pub penalties: Vec<PenaltyRow>,
    /// Changes, by day.
    pub changes: Vec<ChangeRow>,
    /// Payments, by day.
    pub payments: Vec<PaymentRow>,
}

impl YearRows {
    /// The same as numbers.
    pub fn recorded(&self) -> Recorded {
        let count = |rows: usize| i64::try_from(rows).unwrap_or(i64::MAX);
        Recorded {
            penalties: count(self.penalties.len()),
            changes: count(self.changes.len()),
            paid: Fen(self.payments.iter().map(|one| one.amount_fen.0).sum()),
        }
    }

    /// Whether anything was recorded.
    pub fn is_empty(&self) -> bool {
        self.penalties.is_empty() && self.changes.is_empty() && self.payments.is_empty()
    }
}

/// What was recorded of an organisation in a year; empty for a year that is none.
///
/// # Errors
/// The database failed.
pub async fn year_rows(app: &App, organisation: OrganisationId, year: i64) -> Result<YearRows, Error> {
    let first = i16::try_from(year).ok().and_then(|year| Date::new(year, 1, 1).ok());
    let next = i16::try_from(year + 1).ok().and_then(|year| Date::new(year, 1, 1).ok());
    let (Some(first), Some(next)) = (first, next) else { return Ok(YearRows::default()) };
    let days = args![organisation, first, next];
    let (from, until) = (Moment::beijing(first, 0, 0), Moment::beijing(next, 0, 0));
    let moments = args![organisation, from, until];
    let penalties = "SELECT document_number, authority, imposed_on FROM penalty
        WHERE organisation_id = $1 AND state = 'confirmed' AND imposed_on >= $2 AND imposed_on < $3
        ORDER BY imposed_on, document_number";
    let changes = "SELECT number, item, decided_at FROM change_case
        WHERE organisation_id = $1 AND stage = 'approved' AND decided_at >= $2 AND decided_at < $3
        ORDER BY decided_at, number";
    let payments = "SELECT c.number AS contract, p.amount_fen, p.told_at
        FROM payment p JOIN payment_request r ON r.id = p.request_id JOIN contract c ON c.id = r.contract_id
        WHERE c.organisation_id = $1 AND p.outcome = 'paid' AND p.told_at >= $2 AND p.told_at < $3
        ORDER BY p.told_at, c.number";
    Ok(YearRows {
        penalties: app.db.all(penalties, days).await?,
        changes: app.db.all(changes, moments).await?,
        payments: app.db.all(payments, moments).await?,
    })
}
