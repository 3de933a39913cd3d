//! The cultivation programme: each stage of an enrolment is the bureau's next step, up to the exit that the register
//! has brought (D1, D2).

use domain::kernel::{Date, Moment, Role};

use super::{Due, Found, Source, TaskKind};
use crate::cultivation::read;
use crate::{App, Error, args};

/// Who runs the programme (S12).
pub(super) const DOERS: &[Role] = &[Role::OrganisationBureau];

/// Applications without a score.
pub(super) const SCORE: Source = Source {
    kind: TaskKind::ScoreEnrolment,
    doers: DOERS,
    sql: "SELECT e.number AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at,
          CAST(NULL AS TEXT) AS due_on, e.rules_on
        FROM enrolment e JOIN organisation o ON o.id = e.organisation_id
        WHERE e.stage = 'applied' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY e.applied_at, e.id LIMIT 200",
    due: Due::Never,
};

/// Scored applications: the partner is heard, or they are published, or refused.
pub(super) const CARRY_ON: Source = Source {
    kind: TaskKind::CarryOnEnrolment,
    doers: DOERS,
    sql: "SELECT e.number AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at,
          CAST(NULL AS TEXT) AS due_on, e.rules_on
        FROM enrolment e JOIN organisation o ON o.id = e.organisation_id
        WHERE e.stage IN ('scored', 'heard') AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY e.scored_at, e.id LIMIT 200",
    due: Due::Never,
};

/// Enrolments whose publicity is over.
pub(super) const CONFIRM: Source = Source {
    kind: TaskKind::ConfirmEnrolment,
    doers: DOERS,
    sql: "SELECT e.number AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at,
          e.public_until AS due_on, e.rules_on
        FROM enrolment e JOIN organisation o ON o.id = e.organisation_id
        WHERE e.stage = 'publicised' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY e.public_until, e.id LIMIT 200",
    due: Due::OnceOver,
};

/// Enrolments that the lists or the register ended, of which nobody has told the organisation.
pub(super) async fn ended(app: &App) -> Result<Vec<(Source, Found)>, Error> {
    let found = read::ended_by_effect(app).await?.into_iter().map(|(case, exit)| {
        let row = Found {
            subject: case.number,
            title: case.organisation,
            office: String::new(),
            at: Some(exit.at),
            due_on: None,
            rules_on: None,
        };
        (Source { kind: TaskKind::RecordExit, doers: DOERS, sql: "", due: Due::Never }, row)
    });
    Ok(found.collect())
}

/// Enrolments older than this year that nobody has reviewed for the last one (D2). No statement finds them alone,
/// because the year follows from the clock.
pub(super) async fn unreviewed(app: &App) -> Result<Vec<(Source, Found)>, Error> {
    let year = app.clock.now().date().year();
    let Ok(first) = Date::new(year, 1, 1) else { return Ok(Vec::new()) };
    let sql = "SELECT e.number AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at,
          CAST(NULL AS TEXT) AS due_on, e.rules_on
        FROM enrolment e JOIN organisation o ON o.id = e.organisation_id
        WHERE e.stage = 'enrolled' AND e.enrolled_at < $1
          AND NOT EXISTS (SELECT 1 FROM enrolment_review r WHERE r.enrolment_id = e.id AND r.year = $2)
        ORDER BY e.enrolled_at, e.id LIMIT 200";
    let rows: Vec<Found> = app.db.all(sql, args![Moment::beijing(first, 0, 0), i64::from(year) - 1]).await?;
    let source = || Source { kind: TaskKind::ReviewEnrolment, doers: DOERS, sql: "", due: Due::Never };
    Ok(rows.into_iter().map(|row| (source(), row)).collect())
}
