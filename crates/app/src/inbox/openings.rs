//! Openings take place at the bid deadline, whoever has bid (C31).

use domain::kernel::Role;

use super::{Due, Source, TaskKind};

/// Tenders that take bids or wait for their opening.
pub(super) const HOLD: Source = Source {
    kind: TaskKind::HoldOpening,
    doers: &[Role::PurchaseLead],
    sql: "SELECT t.number AS subject, t.title, f.name AS office, t.deadline_at AS at, CAST(NULL AS TEXT) AS due_on,
          t.rules_on
        FROM tender t JOIN office f ON f.id = t.office_id
        WHERE t.stage = 'bidding' AND t.office_id = COALESCE($1, t.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY t.id LIMIT 200",
    due: Due::OnTheDay,
};
