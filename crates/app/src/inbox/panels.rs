//! A committee is drawn and seated before it reviews (C36, C37).

use domain::kernel::Role;

use super::{Due, Source, TaskKind};

/// Opened tenders and tenders under review with fewer members than planned.
pub(super) const SEAT: Source = Source {
    kind: TaskKind::SeatPanel,
    doers: &[Role::PurchaseLead],
    sql: "SELECT t.number AS subject, t.title, f.name AS office, CAST(NULL AS BIGINT) AS at, CAST(NULL AS TEXT) AS due_on,
          t.rules_on
        FROM tender t JOIN office f ON f.id = t.office_id
        WHERE t.stage IN ('opened', 'reviewing') AND t.panel_size > (
          SELECT count(*) FROM seat s WHERE s.tender_id = t.id AND s.state = 'accepted') AND t.office_id = COALESCE($1, t.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY t.id LIMIT 200",
    due: Due::Never,
};
