//! Payments: checked against three papers, then sent, within thirty days of the acceptance (C28).

use domain::kernel::Role;

use super::{Due, Source, TaskKind};

/// Requests that nobody has checked.
pub(super) const CHECK: Source = Source {
    kind: TaskKind::CheckPayment,
    doers: &[Role::Finance],
    sql: "SELECT r.number AS subject, c.title, f.name AS office, CAST(NULL AS BIGINT) AS at, r.due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM payment_request r JOIN contract c ON c.id = r.contract_id JOIN office f ON f.id = c.office_id
        WHERE r.state = 'requested' AND c.office_id = COALESCE($1, c.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY r.due_on LIMIT 200",
    due: Due::Stated,
};

/// Approved requests that are not with the bank.
pub(super) const PAY: Source = Source {
    kind: TaskKind::SendPayment,
    doers: &[Role::Finance],
    sql: "SELECT r.number AS subject, c.title, f.name AS office, CAST(NULL AS BIGINT) AS at, r.due_on,
          CAST(NULL AS TEXT) AS rules_on
        FROM payment_request r JOIN contract c ON c.id = r.contract_id JOIN office f ON f.id = c.office_id
        WHERE r.state = 'approved' AND c.office_id = COALESCE($1, c.office_id) AND CAST($2 AS BIGINT) > 0
        ORDER BY r.due_on LIMIT 200",
    due: Due::Stated,
};
