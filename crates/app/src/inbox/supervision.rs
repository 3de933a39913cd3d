//! Tickets of supervision: answered by the office, judged by discipline, and heard of by the lead when overdue.

use domain::kernel::Role;

use super::{Due, Source, TaskKind};

/// Tickets that wait for the office's answer.
pub(super) const ANSWER: Source = Source {
    kind: TaskKind::AnswerTicket,
    doers: &[Role::OfficeStaff, Role::OfficeDirector],
    sql: "SELECT k.number AS subject, g.title, f.name AS office, k.opened_at AS at, k.due_on, CAST(NULL AS TEXT) AS rules_on
        FROM ticket k JOIN supervision_finding g ON g.id = k.finding_id JOIN office f ON f.id = k.office_id
        WHERE k.state = 'open' AND k.office_id = COALESCE($1, k.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY k.due_on, k.id LIMIT 200",
    due: Due::Stated,
};

/// Answers that wait for discipline.
pub(super) const JUDGE: Source = Source {
    kind: TaskKind::JudgeTicket,
    doers: &[Role::Supervisor],
    sql: "SELECT k.number AS subject, g.title, f.name AS office, k.answered_at AS at, CAST(NULL AS TEXT) AS due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM ticket k JOIN supervision_finding g ON g.id = k.finding_id JOIN office f ON f.id = k.office_id
        WHERE k.state = 'answered' AND k.office_id = COALESCE($1, k.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY k.answered_at, k.id LIMIT 200",
    due: Due::Never,
};

/// Overdue tickets that were taken up to the leader.
pub(super) const LEAD: Source = Source {
    kind: TaskKind::HearEscalation,
    doers: &[Role::PurchaseLead],
    sql: "SELECT k.number AS subject, g.title, f.name AS office, k.escalated_at AS at, k.due_on, CAST(NULL AS TEXT) AS rules_on
        FROM ticket k JOIN supervision_finding g ON g.id = k.finding_id JOIN office f ON f.id = k.office_id
        WHERE k.state = 'open' AND k.escalated_at IS NOT NULL AND k.office_id = COALESCE($1, k.office_id)
          AND CAST($2 AS BIGINT) > 0
        ORDER BY k.due_on, k.id LIMIT 200",
    due: Due::Stated,
};
