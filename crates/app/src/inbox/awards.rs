//! Decisions within the days after the report, notices when the public period is over (C24, C25).

use domain::kernel::{Role, RuleKey};

use super::{Due, Source, TaskKind};

/// Ranked tenders whose report is signed.
pub(super) const DECIDE: Source = Source {
    kind: TaskKind::DecideAward,
    doers: &[Role::OfficeDirector],
    sql: "SELECT t.number AS subject, t.title, f.name AS office, t.report_at AS at, CAST(NULL AS TEXT) AS due_on,
          t.rules_on
        FROM tender t JOIN office f ON f.id = t.office_id
        WHERE t.stage = 'ranked' AND t.report_at IS NOT NULL AND t.office_id = COALESCE($1, t.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY t.id LIMIT 200",
    due: Due::After(RuleKey::DecideWorkingDays),
};

/// Published results whose public period is over.
pub(super) const NOTIFY: Source = Source {
    kind: TaskKind::NotifyAward,
    doers: &[Role::PurchaseLead, Role::OfficeDirector],
    sql: "SELECT t.number AS subject, t.title, f.name AS office, t.public_until AS at, CAST(NULL AS TEXT) AS due_on,
          t.rules_on
        FROM tender t JOIN office f ON f.id = t.office_id
        WHERE t.stage = 'publicised' AND t.public_until <= $2 AND t.office_id = COALESCE($1, t.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY t.id LIMIT 200",
    due: Due::After(RuleKey::ResultNoticeWorkingDays),
};
