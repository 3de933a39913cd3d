//! What recipients ask to be followed up is taken up and answered within the days of the rule (E6).

use domain::kernel::Role;

use super::{Due, Source, TaskKind};

/// Requests without an answer; the next step's last day counts.
pub(super) const ANSWER: Source = Source {
    kind: TaskKind::AnswerFeedback,
    doers: &[Role::OfficeStaff, Role::OfficeDirector],
    sql: "SELECT k.receipt AS subject, c.title, f.name AS office, CAST(NULL AS BIGINT) AS at,
          CASE WHEN k.acknowledged_on IS NULL THEN k.acknowledge_due_on ELSE k.answer_due_on END AS due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM feedback_ticket k JOIN contract c ON c.id = k.contract_id JOIN office f ON f.id = c.office_id
        WHERE k.answered_on IS NULL AND c.office_id = COALESCE($1, c.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY k.id LIMIT 200",
    due: Due::Stated,
};
