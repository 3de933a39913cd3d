//! Annual inspection: reports to review and decide, rectifications to verify or to call in, and who stayed
//! silent after the last day (B24-B27). The subject is the year, then the credit code where there is one.

use domain::kernel::Role;

use super::{Due, Found, Source, TaskKind};
use crate::{App, Error, args};

/// Reports that an officer has not reviewed.
pub(super) const REVIEW: Source = Source {
    kind: TaskKind::ReviewReport,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT CAST(i.year AS TEXT) || '/' || o.uscc AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, CAST(NULL AS TEXT) AS due_on, CAST(NULL AS TEXT) AS rules_on
        FROM inspection i JOIN organisation o ON o.id = i.organisation_id
        WHERE i.state = 'reported' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY i.year, i.id LIMIT 200",
    due: Due::Never,
};

/// Reviewed reports that wait for their decision.
pub(super) const DECIDE: Source = Source {
    kind: TaskKind::DecideReport,
    doers: &[Role::ApprovalDirector],
    sql: "SELECT CAST(i.year AS TEXT) || '/' || o.uscc AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, CAST(NULL AS TEXT) AS due_on, CAST(NULL AS TEXT) AS rules_on
        FROM inspection i JOIN organisation o ON o.id = i.organisation_id
        WHERE i.state = 'reviewed' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY i.year, i.id LIMIT 200",
    due: Due::Never,
};

/// Rectifications that were reported.
pub(super) const VERIFY: Source = Source {
    kind: TaskKind::VerifyRectification,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT CAST(i.year AS TEXT) || '/' || o.uscc AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, CAST(NULL AS TEXT) AS due_on, CAST(NULL AS TEXT) AS rules_on
        FROM rectification m JOIN inspection i ON i.id = m.inspection_id
          JOIN organisation o ON o.id = i.organisation_id
        WHERE m.state = 'reported' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY m.reported_at, m.id LIMIT 200",
    due: Due::Never,
};

/// Rectifications whose last day has passed without a report.
pub(super) const CALL_IN: Source = Source {
    kind: TaskKind::CallInRectification,
    doers: &[Role::ApprovalOfficer],
    sql: "SELECT CAST(i.year AS TEXT) || '/' || o.uscc AS subject, o.name AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, m.due_on AS due_on, CAST(NULL AS TEXT) AS rules_on
        FROM rectification m JOIN inspection i ON i.id = m.inspection_id
          JOIN organisation o ON o.id = i.organisation_id
        WHERE m.state = 'open' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY m.due_on, m.id LIMIT 200",
    due: Due::Missed,
};

/// Who records absences.
pub(super) const ABSENT_DOERS: &[Role] = &[Role::ApprovalOfficer];

/// Years with organisations that stayed silent after their last day; the title is how many. While the last day
/// is to come nobody is counted, and everybody would have to be.
pub(super) async fn absent(app: &App) -> Result<Vec<(Source, Found)>, Error> {
    // Counted campaign by campaign: joined, the year could be looked up last and every silent row be read.
    let sql = "SELECT CAST(s.year AS TEXT) AS subject, CAST(s.number AS TEXT) AS title, '' AS office,
          CAST(NULL AS BIGINT) AS at, s.due_on, CAST(NULL AS TEXT) AS rules_on
        FROM (SELECT c.year, c.due_on, (SELECT count(*) FROM inspection i JOIN organisation o ON o.id = i.organisation_id
            WHERE i.year = c.year AND i.state = 'due'
              AND CASE WHEN o.kind = 'foundation' THEN 1 ELSE 0 END = c.is_foundation) AS number
          FROM (SELECT year, due_on, 0 AS is_foundation FROM inspection_campaign WHERE due_on < $1
            UNION ALL SELECT year, foundation_due_on, 1 FROM inspection_campaign WHERE foundation_due_on < $1) c) s
        WHERE s.number > 0 ORDER BY s.year, s.due_on LIMIT 200";
    let source = || Source { kind: TaskKind::RecordAbsences, doers: ABSENT_DOERS, sql: "", due: Due::Missed };
    let rows = app.db.all::<Found>(sql, args![app.clock.now().date()]).await?;
    Ok(rows.into_iter().map(|row| (source(), row)).collect())
}
