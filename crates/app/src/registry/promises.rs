//! How the public promises are kept (S19): counted from the registrations that were decided, never typed.

use domain::kernel::{Coded, Date, RuleKey};
use domain::registry::promise::{Decided, Promise};
use domain::registry::registration::CaseState;
use domain::registry::registration::application::{Body, Path};
use domain::registry::registration::threshold::{Profile, profile};

use super::registration::case::Case;
use crate::{App, Error, args, deadlines};

/// A promise with its measure.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Which.
    pub promise: Promise,
    /// Cases that it is about.
    pub about: i64,
    /// Of them, those that keep it.
    pub kept: i64,
}

/// A case that a promise is about, as the public may see it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The number of its receipt.
    pub number: String,
    /// The name that was asked for.
    pub name: String,
    /// Where the case stands.
    pub state: CaseState,
    /// Working days that the decision took, out of so many promised; none where none ran.
    pub days: Option<(i64, i64)>,
    /// The code of the organisation that came of it.
    pub uscc: Option<String>,
    /// The day of the decision.
    pub decided_on: Date,
    /// Whether it keeps the promise.
    pub is_kept: bool,
}

/// Every promise that the source names, with its measure.
///
/// # Errors
/// The database could not be read.
pub async fn all(app: &App) -> Result<Vec<Kept>, Error> {
    let decided = decided(app).await?;
    let kept = |promise: &Promise| {
        let answers = decided.iter().filter_map(|(_, facts)| facts.keeps(*promise));
        let (about, kept) =
            answers.fold((0, 0), |(about, kept), is_kept| (about + 1, kept + i64::from(is_kept)));
        Kept { promise: *promise, about, kept }
    };
    Ok(Promise::ALL.iter().map(kept).collect())
}

/// The cases behind one promise, the latest first.
///
/// # Errors
/// The database could not be read.
pub async fn rows(app: &App, promise: Promise) -> Result<Vec<Row>, Error> {
    let mut rows = Vec::new();
    for (case, facts) in decided(app).await? {
        let (Some(is_kept), Some(at)) = (facts.keeps(promise), case.decided_at) else { continue };
        let uscc = match case.organisation_id {
            Some(id) => {
                let sql = "SELECT uscc FROM organisation WHERE id = $1";
                app.db.maybe::<(String,)>(sql, args![id]).await?.map(|(code,)| code)
            }
            None => None,
        };
        let days = days(app, &case).await?;
        let number = case.number.unwrap_or_default();
        rows.push(Row {
            number,
            name: case.name,
            state: case.state,
            days,
            uscc,
            decided_on: at.date(),
            is_kept,
        });
    }
    Ok(rows)
}

/// How many working days of the promised limit the decision took; days on which the clock stood still count in
/// neither.
async fn days(app: &App, case: &Case) -> Result<Option<(i64, i64)>, Error> {
    let held = deadlines::of(app, case.subject()).await?;
    let promised = held.iter().rfind(|one| one.rule == RuleKey::RegistrationPromiseWorkingDays);
    let used = promised.and_then(|one| {
        let left = deadlines::days_left(app, one.done_on?, one.due_on?)?;
        Some((one.count - left, one.count))
    });
    Ok(used)
}

/// Decided registrations with what the promises ask of them, the latest first.
async fn decided(app: &App) -> Result<Vec<(Case, Decided)>, Error> {
    let sql =
        "SELECT * FROM registration_case WHERE decided_at IS NOT NULL ORDER BY decided_at DESC, id DESC";
    let mut found = Vec::new();
    for case in app.db.all::<Case>(sql, &[]).await? {
        let facts = facts(app, &case).await?;
        found.push((case, facts));
    }
    Ok(found)
}

async fn facts(app: &App, case: &Case) -> Result<Decided, Error> {
    let necessity = "SELECT count(*) FROM necessity_opinion WHERE case_id = $1";
    let late = "SELECT count(*) FROM deadline WHERE subject_kind = 'case' AND subject_id = $1 AND rule = $2
                AND (done_on IS NULL OR due_on IS NULL OR done_on > due_on)";
    let promised = RuleKey::RegistrationPromiseWorkingDays.code();
    let application = case.application().ok();
    let is_chamber = application.as_ref().is_some_and(|held| match &held.body {
        Body::Members(members) => !members.origin.is_empty(),
        Body::Sponsors(_) | Body::Council(_) => false,
    });
    Ok(Decided {
        is_direct: application.as_ref().is_some_and(|held| matches!(held.path, Path::Direct(_))),
        is_beside_another: app.db.number(necessity, args![case.id]).await? > 0,
        is_chamber,
        is_below_statutory: application
            .as_ref()
            .is_some_and(|held| profile(held.kind, held.basis) != Profile::Statutory),
        is_in_time: app.db.number(late, args![case.id, promised]).await? == 0,
        is_registered: case.organisation_id.is_some(),
    })
}
