//! Recognition as a charity: an application is taken up, reviewed, decided; an annulment decided (B46).

use domain::kernel::Role;

use super::{Due, Found, Source, TaskKind};
use crate::registry::charity::idle::to_be_told;
use crate::{App, Error};

/// Applications that are not taken up.
pub(super) const TAKE_IN: Source = Source {
    kind: TaskKind::TakeInCharity,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, d.due_on, CAST(NULL AS TEXT) AS rules_on
        FROM charity_case c JOIN organisation o ON o.id = c.organisation_id
          LEFT JOIN deadline d ON d.subject_kind = 'case' AND d.subject_id = c.id
            AND d.rule = 'correction_working_days' AND d.done_on IS NULL
        WHERE c.stage = 'applied' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::Stated,
};

/// Applications without an opinion.
pub(super) const REVIEW: Source = Source {
    kind: TaskKind::ReviewCharity,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, d.due_on, CAST(NULL AS TEXT) AS rules_on
        FROM charity_case c JOIN organisation o ON o.id = c.organisation_id
          LEFT JOIN deadline d ON d.subject_kind = 'case' AND d.subject_id = c.id
            AND d.rule IN ('charity_recognition_days', 'charity_extension_days') AND d.done_on IS NULL
        WHERE c.stage = 'accepted' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::Stated,
};

/// Applications with an opinion and no decision.
pub(super) const DECIDE: Source = Source {
    kind: TaskKind::DecideCharity,
    doers: &[Role::ApprovalDirector],
    sql: "SELECT CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, d.due_on, CAST(NULL AS TEXT) AS rules_on
        FROM charity_case c JOIN organisation o ON o.id = c.organisation_id
          LEFT JOIN deadline d ON d.subject_kind = 'case' AND d.subject_id = c.id
            AND d.rule IN ('charity_recognition_days', 'charity_extension_days') AND d.done_on IS NULL
        WHERE c.stage = 'reviewed' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::Stated,
};

/// Notices of an annulment that were answered.
pub(super) const ANSWERED: Source = Source {
    kind: TaskKind::DecideCharityAnnulment,
    doers: &[Role::ApprovalDirector],
    sql: "SELECT CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, CAST(NULL AS TEXT) AS due_on, CAST(NULL AS TEXT) AS rules_on
        FROM charity_case c JOIN organisation o ON o.id = c.organisation_id
        WHERE c.stage = 'answered' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::Never,
};

/// Notices of an annulment to which nobody answered in time.
pub(super) const UNANSWERED: Source = Source {
    kind: TaskKind::DecideCharityAnnulment,
    doers: &[Role::ApprovalDirector],
    sql: "SELECT CAST(c.number AS TEXT) AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, c.answer_by AS due_on, CAST(NULL AS TEXT) AS rules_on
        FROM charity_case c JOIN organisation o ON o.id = c.organisation_id
        WHERE c.stage = 'noticed' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.number LIMIT 200",
    due: Due::OnceOver,
};

/// Who tells a charity that it must end.
pub(super) const IDLE_DOERS: &[Role] = &[Role::ApprovalOfficer];

/// Charities without charitable work for years; no statement finds them, because how many years follows from the rule book.
pub(super) async fn idle(app: &App) -> Result<Vec<(Source, Found)>, Error> {
    let kind = TaskKind::TellIdleCharity;
    let found = to_be_told(app).await?.into_iter().map(|one| {
        let row = Found {
            subject: one.uscc,
            title: one.name,
            office: String::new(),
            at: None,
            due_on: None,
            rules_on: None,
        };
        (Source { kind, doers: IDLE_DOERS, sql: "", due: Due::Never }, row)
    });
    Ok(found.collect())
}
