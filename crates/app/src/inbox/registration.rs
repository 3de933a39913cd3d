//! Cases at the one window: each step of a registration is work of the approval office (B9, S10).

use domain::kernel::Role;

use super::{Due, Source, TaskKind};

/// Applications that nobody has taken up or sent back.
pub(super) const TAKE_IN: Source = Source {
    kind: TaskKind::TakeInCase,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT c.number AS subject, c.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at, d.due_on AS due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM registration_case c LEFT JOIN (
          SELECT subject_id, min(due_on) AS due_on FROM deadline
          WHERE subject_kind = 'case' AND done_at IS NULL GROUP BY subject_id) d ON d.subject_id = c.id
        WHERE c.state = 'submitted' AND COALESCE(CAST($1 AS BIGINT), 1) > 0 AND CAST($2 AS BIGINT) > 0
        ORDER BY c.id LIMIT 200",
    due: Due::Stated,
};

/// Accepted cases that two officers have not yet reviewed.
pub(super) const REVIEW: Source = Source {
    kind: TaskKind::ReviewCase,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT c.number AS subject, c.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at, d.due_on AS due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM registration_case c LEFT JOIN (
          SELECT subject_id, min(due_on) AS due_on FROM deadline
          WHERE subject_kind = 'case' AND done_at IS NULL GROUP BY subject_id) d ON d.subject_id = c.id
        WHERE c.state IN ('accepted', 'under_review') AND c.reviews_missing > 0 AND COALESCE(CAST($1 AS BIGINT), 1) > 0 AND CAST($2 AS BIGINT) > 0
        ORDER BY c.id LIMIT 200",
    due: Due::Stated,
};

/// Reviewed cases that wait for their decision.
pub(super) const DECIDE: Source = Source {
    kind: TaskKind::DecideCase,
    doers: &[Role::ApprovalDirector],
    sql: "SELECT c.number AS subject, c.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at, d.due_on AS due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM registration_case c LEFT JOIN (
          SELECT subject_id, min(due_on) AS due_on FROM deadline
          WHERE subject_kind = 'case' AND done_at IS NULL GROUP BY subject_id) d ON d.subject_id = c.id
        WHERE c.state = 'under_review' AND c.reviews_missing = 0 AND COALESCE(CAST($1 AS BIGINT), 1) > 0 AND CAST($2 AS BIGINT) > 0
        ORDER BY c.id LIMIT 200",
    due: Due::Stated,
};

/// Approved cases without a certificate.
pub(super) const CERTIFY: Source = Source {
    kind: TaskKind::IssueCertificate,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT c.number AS subject, c.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at, d.due_on AS due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM registration_case c LEFT JOIN (
          SELECT subject_id, min(due_on) AS due_on FROM deadline
          WHERE subject_kind = 'case' AND done_at IS NULL GROUP BY subject_id) d ON d.subject_id = c.id
        WHERE c.state = 'approved' AND COALESCE(CAST($1 AS BIGINT), 1) > 0 AND CAST($2 AS BIGINT) > 0
        ORDER BY c.id LIMIT 200",
    due: Due::Stated,
};

/// Organisations whose establishment was not announced.
pub(super) const ANNOUNCE: Source = Source {
    kind: TaskKind::AnnounceCase,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT c.number AS subject, c.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at, d.due_on AS due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM registration_case c LEFT JOIN (
          SELECT subject_id, min(due_on) AS due_on FROM deadline
          WHERE subject_kind = 'case' AND done_at IS NULL GROUP BY subject_id) d ON d.subject_id = c.id
        WHERE c.state = 'certificate_issued' AND COALESCE(CAST($1 AS BIGINT), 1) > 0 AND CAST($2 AS BIGINT) > 0
        ORDER BY c.id LIMIT 200",
    due: Due::Stated,
};
