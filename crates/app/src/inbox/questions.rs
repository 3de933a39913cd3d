//! Questions of organisations are answered within the days of the rule (C60).

use domain::kernel::{Role, RuleKey};

use super::{Due, Source, TaskKind};

/// Tenders with a question that nobody has answered; the oldest one counts.
pub(super) const ANSWER: Source = Source {
    kind: TaskKind::AnswerQuestion,
    doers: &[Role::OfficeStaff],
    sql: "SELECT t.number AS subject, t.title, f.name AS office, q.at AS at, CAST(NULL AS TEXT) AS due_on,
          t.rules_on
        FROM (SELECT tender_id, min(asked_at) AS at FROM question WHERE answered_at IS NULL GROUP BY tender_id) q
        JOIN tender t ON t.id = q.tender_id JOIN office f ON f.id = t.office_id
        WHERE t.stage = 'bidding' AND t.office_id = COALESCE($1, t.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY t.id LIMIT 200",
    due: Due::After(RuleKey::InquiryWorkingDays),
};
