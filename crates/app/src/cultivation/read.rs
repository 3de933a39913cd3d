//! What the desk and the organisation see of enrolments (S12, D1).

use domain::cultivation::EnrolmentStage;
use domain::kernel::{Actor, Coded, Moment, OrganisationId, Role};
use domain::registry::enrolled::{Exit, ProgrammeType};

use super::case::{Enrolment, columns};
use crate::db::Val;
use crate::registry::enrolled;
use crate::registry::standing::Source;
use crate::{App, Error, args, row};

/// Lines of a list at most.
const LINES: i64 = 500;

/// What the desk's list shows; nothing chosen means everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of one type.
    pub kind: Option<ProgrammeType>,
    /// In one stage.
    pub stage: Option<EnrolmentStage>,
    /// Of one year's programme.
    pub year: Option<i64>,
}

/// The desk's list: what is to be decided first, then the rest, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn desk_list(app: &App, filter: Filter) -> Result<Vec<Enrolment>, Error> {
    let mut values: Vec<Val> = Vec::new();
    let mut conditions = vec!["1 = 1".to_owned()];
    let asked = [
        ("e.kind", filter.kind.map(Val::code)),
        ("e.stage", filter.stage.map(Val::code)),
        ("p.year", filter.year.map(Val::from)),
    ];
    for (column, value) in asked {
        if let Some(value) = value {
            values.push(value);
            conditions.push(format!("{column} = ${}", values.len()));
        }
    }
    values.push(LINES.into());
    let sql = format!(
        "{} WHERE {} ORDER BY CASE WHEN e.stage IN ('applied', 'scored', 'heard', 'publicised') THEN 0 ELSE 1 END,
           e.applied_at DESC, e.number DESC LIMIT ${}",
        columns(),
        conditions.join(" AND "),
        values.len()
    );
    Ok(app.db.all(&sql, &values).await?)
}

/// The enrolments of the acting organisation, newest first.
///
/// # Errors
/// `NotFound` for those who act for none.
pub async fn own(app: &App, actor: &Actor) -> Result<Vec<Enrolment>, Error> {
    let organisation = actor.organisation().ok_or(Error::NotFound)?;
    let sql = format!("{} WHERE e.organisation_id = $1 OR h.id = $1 ORDER BY e.id DESC LIMIT $2", columns());
    Ok(app.db.all(&sql, args![organisation, LINES]).await?)
}

/// One enrolment, for the bureau, the supervisor and the organisation itself.
///
/// # Errors
/// `NotFound` for strangers.
pub async fn by_number(app: &App, actor: &Actor, number: &str) -> Result<Enrolment, Error> {
    let case = any_by_number(app, number).await?;
    let may = match actor.post.role {
        Role::OrganisationBureau | Role::Supervisor => true,
        Role::OrganisationUser => actor.organisation() == Some(case.holder_id),
        _ => false,
    };
    if may { Ok(case) } else { Err(Error::NotFound) }
}

/// One enrolment, whoever asks; the caller decides what of it is shown.
pub(super) async fn any_by_number(app: &App, number: &str) -> Result<Enrolment, Error> {
    Ok(app.db.one(&format!("{} WHERE e.number = $1", columns()), args![number]).await?)
}

/// The end of an enrolment as of now, recorded or by itself.
///
/// # Errors
/// The database could not be read.
pub async fn end_of(app: &App, case: &Enrolment) -> Result<Option<Exit>, Error> {
    let now = app.clock.now();
    let held = enrolled::held(&mut Source::Db(&app.db), "e.id = $1", args![case.id]).await?;
    Ok(held.into_values().find_map(|one| one.end()).filter(|exit| exit.at <= now))
}

/// Enrolments that the register has ended by itself and that nobody has recorded, with their ends.
///
/// # Errors
/// The database could not be read.
pub async fn ended_by_effect(app: &App) -> Result<Vec<(Enrolment, Exit)>, Error> {
    let now = app.clock.now();
    let held = enrolled::held(&mut Source::Db(&app.db), "e.stage = $1", args![enrolled_code()]).await?;
    let mut found = Vec::new();
    for (id, one) in held {
        let Some(exit) = one.end().filter(|exit| exit.at <= now) else { continue };
        let case = app.db.one(&format!("{} WHERE e.id = $1", columns()), args![id]).await?;
        found.push((case, exit));
    }
    Ok(found)
}

fn enrolled_code() -> &'static str {
    EnrolmentStage::Enrolled.code()
}

row! {
    /// The review of a year.
    pub struct Review {
        /// The year.
        year: i64,
        /// Whether it passed.
        is_passed: bool,
        /// What was found.
        text: String,
        /// Who reviewed.
        reviewer: String,
        /// When.
        reviewed_at: Moment,
    }
}

/// The reviews of an enrolment, oldest year first.
///
/// # Errors
/// The database could not be read.
pub async fn reviews(app: &App, case: &Enrolment) -> Result<Vec<Review>, Error> {
    let sql = "SELECT r.year, r.is_passed, r.text, p.name AS reviewer, r.reviewed_at
               FROM enrolment_review r JOIN person p ON p.id = r.reviewed_by WHERE r.enrolment_id = $1 ORDER BY r.year";
    Ok(app.db.all(sql, args![case.id]).await?)
}

/// The enrolment that an organisation has now, with the number that opens it; for its profile.
///
/// # Errors
/// The database could not be read.
pub async fn of_organisation(app: &App, id: OrganisationId) -> Result<Option<Enrolment>, Error> {
    let sql = format!("{} WHERE h.id = $1 AND e.stage = 'enrolled' ORDER BY e.id DESC", columns());
    for case in app.db.all::<Enrolment>(&sql, args![id]).await? {
        if end_of(app, &case).await?.is_none() {
            return Ok(Some(case));
        }
    }
    Ok(None)
}
