//! Proposed catalogue items wait for the purchase lead (C12, C14).

use domain::kernel::Role;

use super::{Due, Source, TaskKind};

/// Items proposed and not reviewed.
pub(super) const REVIEW: Source = Source {
    kind: TaskKind::ReviewItem,
    doers: &[Role::PurchaseLead],
    sql: "SELECT i.code AS subject, i.name AS title, f.name AS office, CAST(NULL AS BIGINT) AS at,
          CAST(NULL AS TEXT) AS due_on, CAST(NULL AS TEXT) AS rules_on
        FROM item i JOIN office f ON f.id = i.office_id
        WHERE i.stage = 'proposed' AND i.office_id = COALESCE($1, i.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY i.id LIMIT 200",
    due: Due::Never,
};
