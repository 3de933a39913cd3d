//! Published results: for everyone, and as facts of the next competition, never as a renewal (C56).

use domain::kernel::{Coded, Moment};
use domain::performance::evaluation::{EvaluationGrade, EvaluationKind};

use crate::{App, Error, args, row};

/// Lines of the public list at most.
const PAGE: i64 = 200;

row! {
    /// A published result.
    pub struct PublishedLine {
        /// The contract's number.
        number: String,
        /// What was bought.
        title: String,
        /// The office.
        office: String,
        /// The provider.
        organisation: String,
        /// Its credit code.
        uscc: String,
        /// Which round.
        @code kind: EvaluationKind,
        /// The result in hundredths.
        total: i64,
        /// Its grade.
        @code grade: EvaluationGrade,
        /// When it became public.
        published_at: Moment,
    }
}

row! {
    /// How many results have a grade.
    pub struct GradeCount {
        /// The grade.
        @code grade: EvaluationGrade,
        /// How many.
        count: i64,
    }
}

/// Published results, newest first; of one grade, or of one organisation by its code, or all.
///
/// # Errors
/// The database could not be read.
pub async fn published(
    app: &App,
    grade: Option<EvaluationGrade>,
    uscc: Option<&str>,
) -> Result<Vec<PublishedLine>, Error> {
    let sql = "SELECT c.number, c.title, f.name AS office, o.name AS organisation, o.uscc, e.kind, e.total,
                 e.grade, e.published_at
               FROM evaluation e JOIN contract c ON c.id = e.contract_id JOIN office f ON f.id = c.office_id
               JOIN organisation o ON o.id = c.organisation_id
               WHERE e.stage = 'published' AND e.total IS NOT NULL AND e.grade = COALESCE($1, e.grade)
                 AND o.uscc = COALESCE($2, o.uscc)
               ORDER BY e.published_at DESC, e.id DESC LIMIT $3";
    Ok(app.db.all(sql, args![grade.map(Coded::code), uscc, PAGE]).await?)
}

/// How many published results have each grade.
///
/// # Errors
/// The database could not be read.
pub async fn figures(app: &App) -> Result<Vec<GradeCount>, Error> {
    let sql = "SELECT grade, count(*) AS count FROM evaluation
               WHERE stage = 'published' AND grade IS NOT NULL GROUP BY grade";
    Ok(app.db.all(sql, &[]).await?)
}

/// The heaviest weight that any fixed plan gives the purchaser, in points of a hundred; zero without plans (S72).
///
/// # Errors
/// The database could not be read.
pub async fn heaviest_purchaser_weight(app: &App) -> Result<i64, Error> {
    let sql = "SELECT COALESCE(max(w_purchaser), 0) FROM evaluation_plan WHERE stage = 'fixed'";
    Ok(app.db.number(sql, &[]).await?)
}
