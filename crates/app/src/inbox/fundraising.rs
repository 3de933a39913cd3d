//! Public fundraising: an application is taken up, reviewed, decided; a recorded penalty confirmed (B39).

use domain::kernel::Role;

use super::{Due, Source, TaskKind};

/// Applications that are not taken up.
pub(super) const TAKE_IN: Source = Source {
    kind: TaskKind::TakeInFundraising,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, d.due_on, CAST(NULL AS TEXT) AS rules_on
        FROM fundraising_case c JOIN organisation o ON o.id = c.organisation_id
          LEFT JOIN deadline d ON d.subject_kind = 'case' AND d.subject_id = c.id
            AND d.rule = 'correction_working_days' AND d.done_on IS NULL
        WHERE c.stage = 'applied' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::Stated,
};

/// Applications without an opinion.
pub(super) const REVIEW: Source = Source {
    kind: TaskKind::ReviewFundraising,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, d.due_on, CAST(NULL AS TEXT) AS rules_on
        FROM fundraising_case c JOIN organisation o ON o.id = c.organisation_id
          LEFT JOIN deadline d ON d.subject_kind = 'case' AND d.subject_id = c.id
            AND d.rule = 'fundraising_decision_days' AND d.done_on IS NULL
        WHERE c.stage = 'accepted' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::Stated,
};

/// Applications with an opinion and no decision.
pub(super) const DECIDE: Source = Source {
    kind: TaskKind::DecideFundraising,
    doers: &[Role::ApprovalDirector],
    sql: "SELECT CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, d.due_on, CAST(NULL AS TEXT) AS rules_on
        FROM fundraising_case c JOIN organisation o ON o.id = c.organisation_id
          LEFT JOIN deadline d ON d.subject_kind = 'case' AND d.subject_id = c.id
            AND d.rule = 'fundraising_decision_days' AND d.done_on IS NULL
        WHERE c.stage = 'reviewed' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::Stated,
};

/// Penalties that revoke a certificate and wait for their second person.
pub(super) const CONFIRM: Source = Source {
    kind: TaskKind::ConfirmFundraisingPenalty,
    doers: &[Role::ApprovalDirector],
    sql: "SELECT CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, d.due_on, CAST(NULL AS TEXT) AS rules_on
        FROM fundraising_case c JOIN organisation o ON o.id = c.organisation_id
          LEFT JOIN deadline d ON d.subject_kind = 'case' AND d.subject_id = c.id
            AND d.rule = 'fundraising_announce_days' AND d.done_on IS NULL
        WHERE c.stage = 'granted' AND c.penalty_on IS NOT NULL
          AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::Stated,
};
