//! What everyone may read: results in publicity, grades in force, and how each was decided (B31, B33).

use domain::kernel::{Coded, Date, RatingId};
use domain::registry::rating::Grade;

use super::case::RatingCase;
use super::read::{CaseLine, LINE, any_by_number};
use crate::{App, Error, args, row};

/// Lines of the list on one page.
pub const PAGE: i64 = 50;

/// Results on which the public may look before they are confirmed, the one that ends first on top.
///
/// # Errors
/// The database could not be read.
pub async fn in_publicity(app: &App) -> Result<Vec<CaseLine>, Error> {
    let sql = format!(
        "{LINE} WHERE c.stage IN ('publicised', 'appealed', 'reviewed') ORDER BY c.public_until, c.id LIMIT 200"
    );
    Ok(app.db.all(&sql, &[]).await?)
}

row! {
    /// A grade in force.
    pub struct GradeLine {
        /// The grade's row.
        id: i64,
        /// Whose.
        organisation: String,
        /// Its credit code.
        uscc: String,
        /// The grade.
        @code grade: Grade,
        /// First day.
        confirmed_on: Date,
        /// Last day.
        valid_until: Date,
        /// The rating that gave it; none when it was taken over from older files.
        number: Option<String>,
    }
}

/// What the list of grades is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// One grade.
    pub grade: Option<Grade>,
    /// Part of the name.
    pub words: String,
    /// Only rows below this one: the next page.
    pub before: Option<i64>,
}

const FORCE: &str = "FROM rating_grade g JOIN organisation o ON o.id = g.organisation_id
     WHERE g.confirmed_on <= $1 AND g.valid_until >= $1 AND COALESCE(g.ended_on, g.lapsed_on, '9999-12-31') > $1
       AND g.grade = COALESCE($2, g.grade) AND o.name LIKE $3";

/// Grades that hold today, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn in_force(app: &App, filter: &Filter) -> Result<Vec<GradeLine>, Error> {
    let sql = format!(
        "SELECT g.id, o.name AS organisation, o.uscc, g.grade, g.confirmed_on, g.valid_until,
           (SELECT c.number FROM rating_case c WHERE c.grade_id = g.id) AS number
         {FORCE} AND g.id < $4 ORDER BY g.id DESC LIMIT $5"
    );
    let (today, grade, like) = bound(app, filter);
    let before = filter.before.unwrap_or(i64::MAX);
    Ok(app.db.all(&sql, args![today, grade, like, before, PAGE]).await?)
}

/// How many grades hold today.
///
/// # Errors
/// The database could not be read.
pub async fn count_in_force(app: &App, filter: &Filter) -> Result<i64, Error> {
    let (today, grade, like) = bound(app, filter);
    Ok(app.db.number(&format!("SELECT count(*) {FORCE}"), args![today, grade, like]).await?)
}

fn bound(app: &App, filter: &Filter) -> (Date, Option<&'static str>, String) {
    let plain: String = filter.words.trim().chars().filter(|sign| !matches!(sign, '%' | '_')).collect();
    (app.clock.now().date(), filter.grade.map(Coded::code), format!("%{plain}%"))
}

/// A rating whose result is public.
///
/// # Errors
/// `NotFound` before publicity.
pub async fn by_number(app: &App, number: &str) -> Result<RatingCase, Error> {
    let case = any_by_number(app, number).await?;
    // What was found ineligible was never publicised; a confirmed one was.
    if case.stage.is_public() { Ok(case) } else { Err(Error::NotFound) }
}

/// The plaque of a rating: its grade holds today and comes with one.
#[derive(Clone, Debug)]
pub struct Plaque {
    /// The rating.
    pub case: RatingCase,
    /// The grade.
    pub grade: Grade,
    /// First day.
    pub confirmed_on: Date,
    /// Last day.
    pub valid_until: Date,
    /// The notice's code, for verification.
    pub code: String,
}

/// The plaque of a rating, for printing.
///
/// # Errors
/// `NotFound` when its grade no longer holds or comes without a plaque.
pub async fn plaque(app: &App, number: &str) -> Result<Plaque, Error> {
    let case = by_number(app, number).await?;
    let held = super::grade::held_grade_on(app, case.organisation_id, app.clock.now().date()).await?;
    let held = held.filter(|held| held.grade.has_plaque(case.rules(app))).ok_or(Error::NotFound)?;
    if !is_of(app, case.id, case.grade_id, held.confirmed_on).await? {
        return Err(Error::NotFound);
    }
    let sql = "SELECT code FROM document WHERE subject_kind = 'rating' AND subject_id = $1
                 AND kind = 'rating_notice' AND withdrawn_at IS NULL ORDER BY issued_at DESC, id DESC";
    let (code,): (String,) = app.db.one(sql, args![case.id]).await?;
    let (grade, confirmed_on, valid_until) = (held.grade, held.confirmed_on, held.valid_until);
    Ok(Plaque { case, grade, confirmed_on, valid_until, code })
}

/// Whether the grade that holds is this rating's own, and not a later one's.
async fn is_of(app: &App, case: RatingId, grade: Option<i64>, confirmed_on: Date) -> Result<bool, Error> {
    let sql = "SELECT count(*) FROM rating_case c JOIN rating_grade g ON g.id = c.grade_id
               WHERE c.id = $1 AND g.id = $2 AND g.confirmed_on = $3";
    Ok(app.db.number(sql, args![case, grade, confirmed_on]).await? == 1)
}
