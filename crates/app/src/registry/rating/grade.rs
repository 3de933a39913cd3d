//! The grade of an organisation on a day, for whoever asks: bidding, inspection, profile, fundraising.

use domain::kernel::{Date, OrganisationId};
use domain::registry::rating::eligibility::grade_on as held_on;
use domain::registry::rating::{Grade, PastGrade};

use super::record;
use crate::{App, Error};

/// The grade that holds on `day`. Expired or never rated is no grade, which is not 1A (B33).
///
/// # Errors
/// The database could not be read.
pub async fn grade_on(app: &App, organisation: OrganisationId, day: Date) -> Result<Option<Grade>, Error> {
    Ok(held_grade_on(app, organisation, day).await?.map(|held| held.grade))
}

/// The grade that holds on `day`, with its days.
///
/// # Errors
/// The database could not be read.
pub async fn held_grade_on(
    app: &App,
    organisation: OrganisationId,
    day: Date,
) -> Result<Option<PastGrade>, Error> {
    Ok(held_on(&all(app, organisation).await?, day))
}

/// Every grade that an organisation ever had, oldest first.
///
/// # Errors
/// The database could not be read.
pub async fn all(app: &App, organisation: OrganisationId) -> Result<Vec<PastGrade>, Error> {
    let held = record::grades(&app.db, organisation).await?;
    Ok(held.into_iter().map(|grade| grade.past).collect())
}
