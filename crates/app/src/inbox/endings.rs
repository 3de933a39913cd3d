//! Changes, cancellations and revocations: taken up, an opinion, a notice, a hearing, a decision (B21-B23). The subject
//! is the number behind the letter that its address has: c for a change, e for an ending.

use domain::kernel::Role;

use super::{Due, Source, TaskKind};

/// Changes that are not taken up.
pub(super) const TAKE_IN_CHANGE: Source = Source {
    kind: TaskKind::TakeInChange,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT 'c' || CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, d.due_on, CAST(NULL AS TEXT) AS rules_on
        FROM change_case c JOIN organisation o ON o.id = c.organisation_id
          LEFT JOIN deadline d ON d.subject_kind = 'case' AND d.subject_id = c.id
            AND d.rule = 'correction_working_days' AND d.done_on IS NULL
        WHERE c.stage = 'applied' AND c.intake = 'received'
          AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::Stated,
};

/// Cancellations that are not taken up.
pub(super) const TAKE_IN_CANCELLATION: Source = Source {
    kind: TaskKind::TakeInCancellation,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT 'e' || CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, d.due_on, c.rules_on
        FROM ending_case c JOIN organisation o ON o.id = c.organisation_id
          LEFT JOIN deadline d ON d.subject_kind = 'case' AND d.subject_id = c.id
            AND d.rule = 'correction_working_days' AND d.done_on IS NULL
        WHERE c.stage = 'opened' AND c.intake = 'received'
          AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::Stated,
};

/// Ended organisations of which certificate, seals or vouchers are not back.
pub(super) const TAKE_BACK: Source = Source {
    kind: TaskKind::TakeBack,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT 'e' || CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, CAST(NULL AS TEXT) AS due_on, CAST(NULL AS TEXT) AS rules_on
        FROM ending_case c JOIN organisation o ON o.id = c.organisation_id
        WHERE c.stage = 'decided' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
          AND (SELECT count(DISTINCT s.thing) FROM surrender s JOIN ending_case e ON e.id = s.ending_id
                WHERE e.organisation_id = c.organisation_id AND (s.thing <> 'vouchers' OR c.kind = 'cancellation'))
            < CASE WHEN c.kind = 'cancellation' THEN 3 ELSE 2 END
        ORDER BY c.number LIMIT 200",
    due: Due::Never,
};

/// Changes without an opinion.
pub(super) const REVIEW_CHANGE: Source = Source {
    kind: TaskKind::ReviewChange,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT 'c' || CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, d.due_on, CAST(NULL AS TEXT) AS rules_on
        FROM change_case c JOIN organisation o ON o.id = c.organisation_id
          LEFT JOIN deadline d ON d.subject_kind = 'case' AND d.subject_id = c.id
            AND d.rule IN ('change_decision_working_days', 'charter_approval_days') AND d.done_on IS NULL
        WHERE c.stage = 'applied' AND COALESCE(c.intake, 'accepted') = 'accepted'
          AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::Stated,
};

/// Changes with an opinion and no decision.
pub(super) const DECIDE_CHANGE: Source = Source {
    kind: TaskKind::DecideChange,
    doers: &[Role::ApprovalDirector],
    sql: "SELECT 'c' || CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, d.due_on, CAST(NULL AS TEXT) AS rules_on
        FROM change_case c JOIN organisation o ON o.id = c.organisation_id
          LEFT JOIN deadline d ON d.subject_kind = 'case' AND d.subject_id = c.id
            AND d.rule IN ('change_decision_working_days', 'charter_approval_days') AND d.done_on IS NULL
        WHERE c.stage = 'reviewed' AND COALESCE(c.intake, 'accepted') = 'accepted'
          AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::Stated,
};

/// Cancellations without an opinion.
pub(super) const REVIEW_CANCELLATION: Source = Source {
    kind: TaskKind::ReviewCancellation,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT 'e' || CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, d.due_on, c.rules_on
        FROM ending_case c JOIN organisation o ON o.id = c.organisation_id
          LEFT JOIN deadline d ON d.subject_kind = 'case' AND d.subject_id = c.id
            AND d.rule = 'cancellation_decision_working_days' AND d.done_on IS NULL
        WHERE c.kind = 'cancellation' AND c.stage = 'opened' AND COALESCE(c.intake, 'accepted') = 'accepted'
          AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::Stated,
};

/// Proposed revocations of which the organisation was not told.
pub(super) const NOTICE: Source = Source {
    kind: TaskKind::SendRevocationNotice,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT 'e' || CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, d.due_on, c.rules_on
        FROM ending_case c JOIN organisation o ON o.id = c.organisation_id
          LEFT JOIN deadline d ON d.subject_kind = 'case' AND d.subject_id = c.id
            AND d.rule = 'revocation_decision_days' AND d.done_on IS NULL
        WHERE c.kind = 'revocation' AND c.stage = 'opened'
          AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::Stated,
};

/// Hearings on revocations that were asked for and not held.
pub(super) const HEAR: Source = Source {
    kind: TaskKind::HearRevocation,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT 'e' || CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, d.due_on, c.rules_on
        FROM ending_case c JOIN organisation o ON o.id = c.organisation_id
          LEFT JOIN deadline d ON d.subject_kind = 'case' AND d.subject_id = c.id
            AND d.rule = 'revocation_decision_days' AND d.done_on IS NULL
        WHERE c.stage = 'stated' AND c.statement_kind = 'hearing' AND c.heard_on IS NULL
          AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::Stated,
};

/// Cancellations with an opinion, and revocations that were answered and heard.
pub(super) const DECIDE: Source = Source {
    kind: TaskKind::DecideEnding,
    doers: &[Role::ApprovalDirector],
    sql: "SELECT 'e' || CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, d.due_on, c.rules_on
        FROM ending_case c JOIN organisation o ON o.id = c.organisation_id
          LEFT JOIN deadline d ON d.subject_kind = 'case' AND d.subject_id = c.id
            AND d.rule IN ('cancellation_decision_working_days', 'revocation_decision_days') AND d.done_on IS NULL
        WHERE ((c.stage = 'reviewed' AND COALESCE(c.intake, 'accepted') = 'accepted')
            OR (c.stage = 'stated' AND (c.statement_kind <> 'hearing' OR c.heard_on IS NOT NULL)))
          AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::Stated,
};

/// Revocations whose organisation let the time for its answer pass.
pub(super) const UNANSWERED: Source = Source {
    kind: TaskKind::DecideEnding,
    doers: &[Role::ApprovalDirector],
    sql: "SELECT 'e' || CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, c.answer_by AS due_on, c.rules_on
        FROM ending_case c JOIN organisation o ON o.id = c.organisation_id
        WHERE c.stage = 'noticed' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::OnceOver,
};
