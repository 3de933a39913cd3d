//! Live sessions and reviews at their place and time (S61).

use domain::kernel::Role;

use super::{Due, Source, TaskKind};

/// Sessions that have not ended.
pub(super) const HOLD: Source = Source {
    kind: TaskKind::HoldSession,
    doers: &[Role::PurchaseLead],
    sql: "SELECT t.number AS subject, t.title, f.name AS office, s.starts_at AS at, CAST(NULL AS TEXT) AS due_on,
          t.rules_on
        FROM tender t JOIN office f ON f.id = t.office_id JOIN live_session s ON s.tender_id = t.id
        WHERE s.ended_at IS NULL AND t.stage IN ('opened', 'reviewing') AND t.office_id = COALESCE($1, t.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY t.id LIMIT 200",
    due: Due::OnTheDay,
};
