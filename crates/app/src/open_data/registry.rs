//! What the register says of each organisation, list by list: inspections, grades, credit lists, and the answer of
//! every gate (B24-B40). Keys are a credit code and a number within it, so that pages follow the register's order.

use domain::kernel::{Coded, Date, OrganisationId};
use domain::registry::Known;

use super::page;
use crate::registry::standing::{self, ground_of};
use crate::{App, Error, args, row};

row! {
    /// One year's inspection of an organisation.
    pub struct Inspection {
        /// Its credit code.
        uscc: String,
        /// Its name.
        name: String,
        /// The year.
        year: i64,
        /// The outcome; none for an absence.
        outcome: Option<String>,
        /// When it was decided.
        decided_on: Option<Date>,
        /// When the absence was found.
        absent_on: Option<Date>,
    }
}

row! {
    /// A grade that was confirmed.
    pub struct Rating {
        /// Its place within its organisation.
        id: i64,
        /// The organisation's credit code.
        uscc: String,
        /// Its name.
        name: String,
        /// The grade.
        grade: String,
        /// First day.
        confirmed_on: Date,
        /// Last day.
        valid_until: Date,
        /// When it ended before.
        ended_on: Option<Date>,
        /// How.
        ended_by: Option<String>,
        /// The rating that gave it.
        number: Option<String>,
    }
}

row! {
    /// A place on a credit list, past or present.
    pub struct Place {
        /// Its place within its organisation.
        id: i64,
        /// The organisation's credit code.
        uscc: String,
        /// Its name.
        name: String,
        /// Which list.
        list: String,
        /// Why.
        ground: String,
        /// The day on which the ground arose.
        arose_on: Date,
        /// Since when.
        listed_on: Date,
        /// Until when.
        removed_on: Option<Date>,
        /// The number of the decision.
        document: Option<String>,
    }
}

/// A key of these lists: a credit code and a number within it.
pub type Key<'a> = (&'a str, i64);

/// Inspections that were decided or found missing, after a key of code and year, in the order of keys.
///
/// # Errors
/// The database could not be read.
pub async fn inspections(app: &App, (uscc, year): Key<'_>, limit: i64) -> Result<Vec<Inspection>, Error> {
    let sql = "SELECT o.uscc, o.name, i.year, i.outcome, i.decided_on, i.absent_on
               FROM organisation o JOIN inspection i ON i.organisation_id = o.id
               WHERE o.uscc >= $1 AND (o.uscc > $1 OR i.year > $2) AND i.state IN ('decided', 'absent')
               ORDER BY o.uscc, i.year LIMIT $3";
    Ok(app.db.all(sql, args![uscc, year, page(limit)]).await?)
}

/// Grades after a key, in the order of keys; those that ended stay.
///
/// # Errors
/// The database could not be read.
pub async fn ratings(app: &App, (uscc, after): Key<'_>, limit: i64) -> Result<Vec<Rating>, Error> {
    let sql = "SELECT g.id, o.uscc, o.name, g.grade, g.confirmed_on, g.valid_until,
                 COALESCE(g.ended_on, g.lapsed_on) AS ended_on,
                 COALESCE(g.ended_by, CASE WHEN g.lapsed_on IS NOT NULL THEN 'lapsed' END) AS ended_by,
                 (SELECT c.number FROM rating_case c WHERE c.grade_id = g.id) AS number
               FROM organisation o JOIN rating_grade g ON g.organisation_id = o.id
               WHERE o.uscc >= $1 AND (o.uscc > $1 OR g.id > $2) ORDER BY o.uscc, g.id LIMIT $3";
    Ok(app.db.all(sql, args![uscc, after, page(limit)]).await?)
}

/// Places on credit lists after a key, in the order of keys; those that were left stay.
///
/// # Errors
/// The database could not be read.
pub async fn places(app: &App, (uscc, after): Key<'_>, limit: i64) -> Result<Vec<Place>, Error> {
    let sql = "SELECT l.id, o.uscc, o.name, l.list, l.ground, l.arose_on, l.listed_on, l.removed_on,
                 (SELECT min(d.number) FROM document d WHERE d.subject_kind = 'listing' AND d.subject_id = l.id
                    AND d.kind = 'listing_decision' AND d.withdrawn_at IS NULL) AS document
               FROM organisation o JOIN credit_listing l ON l.organisation_id = o.id
               WHERE o.uscc >= $1 AND (o.uscc > $1 OR l.id > $2) AND l.listed_on IS NOT NULL
               ORDER BY o.uscc, l.id LIMIT $3";
    let mut rows: Vec<Place> = app.db.all(sql, args![uscc, after, page(limit)]).await?;
    for row in &mut rows {
        row.ground = ground_of(&row.ground).code().to_owned();
    }
    Ok(rows)
}

/// What is known of an organisation at this moment, for the answer of every gate.
///
/// # Errors
/// `NotFound` for an unknown code.
pub async fn known(app: &App, uscc: &str) -> Result<Known, Error> {
    let sql = "SELECT id FROM organisation WHERE uscc = $1";
    let (id,): (OrganisationId,) = app.db.one(sql, args![uscc]).await?;
    standing::known_at(app, id, app.clock.now()).await
}
