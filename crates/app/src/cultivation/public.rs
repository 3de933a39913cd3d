//! What everyone sees: the programme of a year with floors, actuals and exits, the rows behind every number, and
//! what is in publicity (D3).

use std::collections::BTreeMap;

use domain::cultivation::progress::{Counted, Tally};
use domain::cultivation::{MediationPart, ServiceTag};
use domain::kernel::Moment;
use domain::registry::enrolled::{Enrolled, Exit, ProgrammeType};

use super::case::{Enrolment, columns};
use crate::registry::enrolled;
use crate::registry::standing::Source;
use crate::{App, Error, args};

/// An enrolment that is or was in force.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its row with the names.
    pub case: Enrolment,
    /// From when to when it holds.
    pub enrolled: Enrolled,
}

impl Listed {
    /// Its end, when that has come.
    pub fn ended(&self, now: Moment) -> Option<Exit> {
        self.enrolled.end().filter(|exit| exit.at <= now)
    }

    /// As it counts.
    fn counted(&self) -> Counted {
        Counted { enrolled: self.enrolled.clone(), part: self.case.part }
    }
}

/// What a list of enrolments shows; nothing chosen means everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// First enrolled in this year, which is what counts.
    pub year: Option<i64>,
    /// Of one type.
    pub kind: Option<ProgrammeType>,
    /// Of one sub-quota.
    pub part: Option<MediationPart>,
    /// With one sub-service.
    pub service: Option<ServiceTag>,
    /// In one district.
    pub district: Option<String>,
    /// Still enrolled, or no more.
    pub in_force: Option<bool>,
}

impl Filter {
    fn takes(&self, one: &Listed, now: Moment) -> bool {
        let case = &one.case;
        self.year.is_none_or(|year| case.counted_year == Some(year))
            && self.kind.is_none_or(|kind| case.kind == kind)
            && self.part.is_none_or(|part| case.part == Some(part))
            && self.service.is_none_or(|service| case.services().contains(&service))
            && self.district.as_ref().is_none_or(|district| case.district == *district)
            && self.in_force.is_none_or(|wanted| one.ended(now).is_none() == wanted)
    }
}

/// Every enrolment that the filter takes, by the day of enrolment.
///
/// # Errors
/// The database could not be read.
pub async fn list(app: &App, filter: &Filter) -> Result<Vec<Listed>, Error> {
    let now = app.clock.now();
    let sql = format!("{} WHERE e.enrolled_at IS NOT NULL ORDER BY e.enrolled_at, e.number", columns());
    let mut held: BTreeMap<i64, Enrolled> = enrolled::held(&mut Source::Db(&app.db), "1 = 1", &[]).await?;
    let cases: Vec<Enrolment> = app.db.all(&sql, &[]).await?;
    let listed = cases.into_iter().filter_map(|case| {
        let enrolled = held.remove(&case.id.0)?;
        Some(Listed { case, enrolled })
    });
    Ok(listed.filter(|one| filter.takes(one, now)).collect())
}

/// How far a year has come: what counts in it.
pub struct Progress {
    counted: Vec<Counted>,
    now: Moment,
}

impl Progress {
    /// Of a type.
    pub fn of(&self, kind: ProgrammeType) -> Tally {
        Tally::of(&self.counted, self.now, |one| one.enrolled.kind == kind)
    }

    /// Of a sub-quota of mediation.
    pub fn of_part(&self, part: MediationPart) -> Tally {
        Tally::of(&self.counted, self.now, |one| one.part == Some(part))
    }
}

/// What counts in a year.
///
/// # Errors
/// The database could not be read.
pub async fn progress(app: &App, year: i64) -> Result<Progress, Error> {
    let listed = list(app, &Filter { year: Some(year), ..Filter::default() }).await?;
    Ok(Progress { counted: listed.iter().map(Listed::counted).collect(), now: app.clock.now() })
}

/// What is in publicity, the earliest last day first.
///
/// # Errors
/// The database could not be read.
pub async fn in_publicity(app: &App) -> Result<Vec<Enrolment>, Error> {
    let sql = format!("{} WHERE e.stage = 'publicised' ORDER BY e.public_until, e.number", columns());
    Ok(app.db.all(&sql, &[]).await?)
}

/// One enrolment that everyone may read: in publicity, enrolled, or enrolled before.
///
/// # Errors
/// `NotFound` for any other.
pub async fn by_number(app: &App, number: &str) -> Result<Enrolment, Error> {
    let case = super::read::any_by_number(app, number).await?;
    if case.stage.is_public() { Ok(case) } else { Err(Error::NotFound) }
}

/// Enrolments after a key of programme interfaces, in the order of numbers.
///
/// # Errors
/// The database could not be read.
pub async fn after(app: &App, number: &str, limit: i64) -> Result<Vec<Listed>, Error> {
    let sql =
        format!("{} WHERE e.enrolled_at IS NOT NULL AND e.number > $1 ORDER BY e.number LIMIT $2", columns());
    let cases: Vec<Enrolment> = app.db.all(&sql, args![number, limit]).await?;
    let mut held = enrolled::held(&mut Source::Db(&app.db), "e.number > $1", args![number]).await?;
    let listed = cases.into_iter().filter_map(|case| {
        let enrolled = held.remove(&case.id.0)?;
        Some(Listed { case, enrolled })
    });
    Ok(listed.collect())
}
