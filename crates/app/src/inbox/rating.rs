//! Rating: each stage is somebody's next step, from eligibility to the plaque that comes back (B29-B33).

use domain::kernel::Role;
use domain::registry::rating::RatingStage;

use super::{Due, Found, Source, TaskKind};
use crate::registry::rating::read;
use crate::{App, Error};

/// Who runs ratings.
const OFFICE: &[Role] = &[Role::ApprovalOfficer, Role::ApprovalDirector];

/// Applications whose conditions nobody has checked.
pub(super) const CHECK: Source = Source {
    kind: TaskKind::CheckRating,
    doers: OFFICE,
    sql: "SELECT c.number AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at,
          CAST(NULL AS TEXT) AS due_on, c.rules_on
        FROM rating_case c JOIN organisation o ON o.id = c.organisation_id
        WHERE c.stage = 'applied' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.applied_at, c.id LIMIT 200",
    due: Due::Never,
};

/// Eligible organisations without experts who visit.
pub(super) const VISIT: Source = Source {
    kind: TaskKind::ArrangeVisit,
    doers: OFFICE,
    sql: "SELECT c.number AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at,
          CAST(NULL AS TEXT) AS due_on, c.rules_on
        FROM rating_case c JOIN organisation o ON o.id = c.organisation_id
        WHERE c.stage = 'eligible' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.checked_at, c.id LIMIT 200",
    due: Due::Never,
};

/// Assessed applications that wait for the committee, and appeals that wait for the review board.
pub(super) const MEET: Source = Source {
    kind: TaskKind::CallRatingBody,
    doers: OFFICE,
    sql: "SELECT c.number AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at,
          CAST(NULL AS TEXT) AS due_on, c.rules_on
        FROM rating_case c JOIN organisation o ON o.id = c.organisation_id
        WHERE c.stage IN ('assessed', 'appealed') AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.opinion_at, c.id LIMIT 200",
    due: Due::Never,
};

/// Decisions that are not public.
pub(super) const PUBLICISE: Source = Source {
    kind: TaskKind::PubliciseRating,
    doers: OFFICE,
    sql: "SELECT c.number AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at,
          CAST(NULL AS TEXT) AS due_on, c.rules_on
        FROM rating_case c JOIN organisation o ON o.id = c.organisation_id
        WHERE c.stage = 'decided' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.decided_at, c.id LIMIT 200",
    due: Due::Never,
};

/// Review decisions that the organisation does not have.
pub(super) const SERVE: Source = Source {
    kind: TaskKind::ServeRatingReview,
    doers: OFFICE,
    sql: "SELECT c.number AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at, d.due_on,
          c.rules_on
        FROM rating_case c JOIN organisation o ON o.id = c.organisation_id
          JOIN rating_appeal a ON a.case_id = c.id AND a.served_at IS NULL
          LEFT JOIN deadline d ON d.subject_kind = 'rating' AND d.subject_id = c.id
            AND d.rule = 'rating_review_served_days' AND d.done_on IS NULL
        WHERE c.stage = 'reviewed' AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY c.id LIMIT 200",
    due: Due::Stated,
};

/// Plaques that are to come back.
pub(super) const PLAQUE: Source = Source {
    kind: TaskKind::TakeBackPlaque,
    doers: OFFICE,
    sql: "SELECT c.number AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at,
          p.due_back_on AS due_on, c.rules_on
        FROM rating_plaque p JOIN rating_case c ON c.id = p.case_id JOIN organisation o ON o.id = c.organisation_id
        WHERE p.due_back_on IS NOT NULL AND p.returned_on IS NULL
          AND CAST($1 AS BIGINT) IS NULL AND CAST($2 AS BIGINT) > 0
        ORDER BY p.due_back_on, p.id LIMIT 200",
    due: Due::Stated,
};

/// Who may find a grade settled: the office reports a high one upward, the director confirms.
pub(super) const SETTLED_DOERS: &[Role] = OFFICE;

/// Grades whose publicity is over or whose review was served. No statement finds them: which grades go
/// upward first is a row of the rule book (B31).
pub(super) async fn settled(app: &App) -> Result<Vec<(Source, Found)>, Error> {
    let today = app.clock.now().date();
    let mut found = Vec::new();
    for case in read::in_publicity(app).await? {
        let is_settled = match case.stage {
            RatingStage::Publicised => case.public_until.is_some_and(|until| until < today),
            _ => case.served_at.is_some(),
        };
        if !is_settled {
            continue;
        }
        let goes_upward = case.grade.is_some_and(|grade| grade.goes_upward(case.rules(app)));
        let (kind, doers): (_, &[Role]) = match goes_upward && case.reported_on.is_none() {
            true => (TaskKind::ReportRating, OFFICE),
            false => (TaskKind::ConfirmRating, &[Role::ApprovalDirector]),
        };
        let row = Found {
            subject: case.number,
            title: case.organisation,
            office: String::new(),
            at: None,
            due_on: None,
            rules_on: None,
        };
        found.push((Source { kind, doers, sql: "", due: Due::Never }, row));
    }
    Ok(found)
}
