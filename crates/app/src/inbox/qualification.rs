//! After the opening the purchaser checks qualification (C32).

use domain::kernel::Role;

use super::{Due, Source, TaskKind};

/// Opened tenders.
pub(super) const CHECK: Source = Source {
    kind: TaskKind::CheckQualification,
    doers: &[Role::OfficeStaff, Role::OfficeDirector],
    sql: "SELECT t.number AS subject, t.title, f.name AS office, t.opened_at AS at, CAST(NULL AS TEXT) AS due_on,
          t.rules_on
        FROM tender t JOIN office f ON f.id = t.office_id
        WHERE t.stage = 'opened' AND t.office_id = COALESCE($1, t.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY t.id LIMIT 200",
    due: Due::Never,
};
