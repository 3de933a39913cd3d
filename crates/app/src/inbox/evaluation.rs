//! Evaluation and feedback: plans, rounds, results, answers, and what only discipline sees (E1, E3, E6).

use domain::kernel::{Role, RuleKey};

use super::{Due, Source, TaskKind};

/// Contracts in force without a plan that was handed in.
pub(super) const WRITE: Source = Source {
    kind: TaskKind::WriteEvaluationPlan,
    doers: &[Role::OfficeStaff],
    sql: "SELECT c.number AS subject, c.title, f.name AS office, CAST(NULL AS BIGINT) AS at, c.starts_on AS due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM contract c LEFT JOIN evaluation_plan p ON p.contract_id = c.id
          JOIN office f ON f.id = c.office_id
        WHERE c.stage = 'signed' AND (p.id IS NULL OR p.stage = 'drafted')
          AND c.published_at <= $2
          AND c.office_id = COALESCE($1, c.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY c.id LIMIT 200",
    due: Due::Stated,
};

/// Plans that wait for the purchase lead.
pub(super) const CHECK: Source = Source {
    kind: TaskKind::CheckEvaluationPlan,
    doers: &[Role::PurchaseLead],
    sql: "SELECT c.number AS subject, c.title, f.name AS office, CAST(NULL AS BIGINT) AS at, c.starts_on AS due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM evaluation_plan p JOIN contract c ON c.id = p.contract_id
          JOIN office f ON f.id = c.office_id
        WHERE p.stage = 'submitted'
          AND c.office_id = COALESCE($1, c.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY c.id LIMIT 200",
    due: Due::Stated,
};

/// Rounds whose results nobody has reported.
pub(super) const REPORT: Source = Source {
    kind: TaskKind::ReportActuals,
    doers: &[Role::OfficeStaff],
    sql: "SELECT c.number AS subject, c.title, f.name AS office, CAST(NULL AS BIGINT) AS at, CAST(NULL AS TEXT) AS due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM evaluation e JOIN contract c ON c.id = e.contract_id
          JOIN office f ON f.id = c.office_id
        WHERE e.stage = 'reporting' AND e.reported_at IS NULL
          AND c.office_id = COALESCE($1, c.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY c.id LIMIT 200",
    due: Due::Never,
};

/// Reported rounds that wait for their experts, or for publication at mid-term.
pub(super) const DRAW: Source = Source {
    kind: TaskKind::DrawEvaluationExperts,
    doers: &[Role::PurchaseLead],
    sql: "SELECT c.number AS subject, c.title, f.name AS office, CAST(NULL AS BIGINT) AS at, CAST(NULL AS TEXT) AS due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM evaluation e JOIN contract c ON c.id = e.contract_id
          JOIN office f ON f.id = c.office_id
        WHERE e.stage = 'reporting' AND e.reported_at IS NOT NULL
          AND c.office_id = COALESCE($1, c.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY c.id LIMIT 200",
    due: Due::Never,
};

/// Rounds without the office's score.
pub(super) const SCORE: Source = Source {
    kind: TaskKind::ScoreAsPurchaser,
    doers: &[Role::OfficeDirector],
    sql: "SELECT c.number AS subject, c.title, f.name AS office, CAST(NULL AS BIGINT) AS at, CAST(NULL AS TEXT) AS due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM evaluation e JOIN contract c ON c.id = e.contract_id
          JOIN office f ON f.id = c.office_id
        WHERE e.stage = 'scoring' AND e.purchaser_score IS NULL
          AND c.office_id = COALESCE($1, c.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY c.id LIMIT 200",
    due: Due::Never,
};

/// Rounds in which everyone has spoken.
pub(super) const SEND: Source = Source {
    kind: TaskKind::SendEvaluation,
    doers: &[Role::PurchaseLead],
    sql: "SELECT c.number AS subject, c.title, f.name AS office, CAST(NULL AS BIGINT) AS at, CAST(NULL AS TEXT) AS due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM evaluation e JOIN contract c ON c.id = e.contract_id
          JOIN office f ON f.id = c.office_id
        WHERE e.stage = 'scoring' AND e.purchaser_score IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM evaluation_seat s WHERE s.evaluation_id = e.id AND s.recused_at IS NULL AND s.locked_at IS NULL)
          AND c.office_id = COALESCE($1, c.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY c.id LIMIT 200",
    due: Due::Never,
};

/// Results that the provider has.
pub(super) const FINISH: Source = Source {
    kind: TaskKind::FinishEvaluation,
    doers: &[Role::PurchaseLead],
    sql: "SELECT c.number AS subject, c.title, f.name AS office, CAST(NULL AS BIGINT) AS at, e.reply_until AS due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM evaluation e JOIN contract c ON c.id = e.contract_id
          JOIN office f ON f.id = c.office_id
        WHERE e.stage = 'hearing'
          AND c.office_id = COALESCE($1, c.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY c.id LIMIT 200",
    due: Due::Stated,
};

/// What organisations told the office and nobody has answered.
pub(super) const FEEDBACK: Source = Source {
    kind: TaskKind::AnswerOfficeFeedback,
    doers: &[Role::OfficeStaff, Role::OfficeDirector],
    sql: "SELECT c.number AS subject, c.title, f.name AS office, b.given_at AS at, CAST(NULL AS TEXT) AS due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM office_feedback b JOIN contract c ON c.id = b.contract_id
          JOIN office f ON f.id = c.office_id
        WHERE b.way = 'to_office' AND b.answer IS NULL
          AND c.office_id = COALESCE($1, c.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY c.id LIMIT 200",
    due: Due::After(RuleKey::FeedbackAnswerWorkingDays),
};

/// Complaints of retaliation without a finding.
pub(super) const RETALIATION: Source = Source {
    kind: TaskKind::FindOnRetaliation,
    doers: &[Role::Supervisor],
    sql: "SELECT c.number AS subject, c.title, f.name AS office, r.given_at AS at, CAST(NULL AS TEXT) AS due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM retaliation r JOIN contract c ON c.id = r.contract_id
          JOIN office f ON f.id = c.office_id
        WHERE r.finding IS NULL
          AND c.office_id = COALESCE($1, c.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY c.id LIMIT 200",
    due: Due::Never,
};
