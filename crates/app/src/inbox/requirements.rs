//! Requirements on their way to the notice: written by the office, checked and published by the lead (C14, C18).

use domain::kernel::Role;

use super::{Due, Source, TaskKind};

/// Requirements being written, also those that came back.
pub(super) const WRITE: Source = Source {
    kind: TaskKind::WriteRequirement,
    doers: &[Role::OfficeStaff],
    sql: "SELECT t.number AS subject, t.title, f.name AS office, CAST(NULL AS BIGINT) AS at, CAST(NULL AS TEXT) AS due_on,
          t.rules_on
        FROM tender t JOIN office f ON f.id = t.office_id
        WHERE t.stage = 'drafting' AND t.office_id = COALESCE($1, t.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY t.id LIMIT 200",
    due: Due::Never,
};

/// Requirements handed in for the check.
pub(super) const CHECK: Source = Source {
    kind: TaskKind::CheckRequirement,
    doers: &[Role::PurchaseLead],
    sql: "SELECT t.number AS subject, t.title, f.name AS office, CAST(NULL AS BIGINT) AS at, CAST(NULL AS TEXT) AS due_on,
          t.rules_on
        FROM tender t JOIN office f ON f.id = t.office_id
        WHERE t.stage = 'checking' AND t.office_id = COALESCE($1, t.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY t.id LIMIT 200",
    due: Due::Never,
};

/// Checked requirements whose notice is not out.
pub(super) const PUBLISH: Source = Source {
    kind: TaskKind::PublishNotice,
    doers: &[Role::PurchaseLead],
    sql: "SELECT t.number AS subject, t.title, f.name AS office, CAST(NULL AS BIGINT) AS at, CAST(NULL AS TEXT) AS due_on,
          t.rules_on
        FROM tender t JOIN office f ON f.id = t.office_id
        WHERE t.stage = 'ready' AND t.office_id = COALESCE($1, t.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY t.id LIMIT 200",
    due: Due::Never,
};
