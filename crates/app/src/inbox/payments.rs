//! Payments: checked against three papers, then sent, within thirty days of the acceptance (C28).

use domain::kernel::{Actor, Role};

use super::{Due, Found, Source, TaskKind};
use crate::funds::deposits;
use crate::{App, Error};

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

/// Who gives deposits back.
pub(super) const DEPOSIT_DOERS: &[Role] = &[Role::Finance];

/// Deposits whose time to go back has begun (C27). No statement finds them alone: what begins it differs.
pub(super) async fn deposits_due(app: &App, actor: &Actor) -> Result<Vec<(Source, Found)>, Error> {
    let source = || Source { kind: TaskKind::ReturnDeposit, doers: DEPOSIT_DOERS, sql: "", due: Due::Stated };
    let held = deposits::lines(app, actor.office(), None).await?;
    let due = held.into_iter().filter(|one| one.returned_on.is_none() && one.due_on.is_some());
    let found = |one: deposits::Line| Found {
        subject: one.tender,
        title: one.organisation,
        office: one.office,
        at: None,
        due_on: one.due_on,
        rules_on: None,
    };
    Ok(due.map(|one| (source(), found(one))).collect())
}
