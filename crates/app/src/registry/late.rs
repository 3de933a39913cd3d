//! What a late step is about: the thing's number and name, wherever it is handled (S19, E17).

use domain::kernel::SubjectKind;

use crate::db::Row;
use crate::deadlines::Late;
use crate::{App, Error, args};

/// Where a late thing is handled; the door makes an address of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A registration, by its number.
    Case,
    /// A change, by its number.
    Change,
    /// An ending, by its number.
    Ending,
    /// The search for a new supervising unit, by the organisation's credit code.
    Release,
    /// A yearly inspection, by year and credit code with a stroke between them.
    Inspection,
    /// A rating, by its number.
    Rating,
    /// A credit listing, by the number of its case.
    Listing,
}

/// What is late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Where.
    pub place: Place,
    /// Its number there.
    pub number: String,
    /// Its name.
    pub title: String,
}

const REGISTRATION: &str =
    "SELECT number, name AS title FROM registration_case WHERE id = $1 AND number IS NOT NULL";
const CHANGE: &str = "SELECT CAST(c.number AS TEXT) AS number, o.name AS title FROM change_case c
     JOIN organisation o ON o.id = c.organisation_id WHERE c.id = $1";
const ENDING: &str = "SELECT CAST(c.number AS TEXT) AS number, o.name AS title FROM ending_case c
     JOIN organisation o ON o.id = c.organisation_id WHERE c.id = $1";
const RELEASE: &str = "SELECT o.uscc AS number, o.name AS title FROM unit_release r
     JOIN organisation o ON o.id = r.organisation_id WHERE r.id = $1";
const INSPECTION: &str =
    "SELECT CAST(i.year AS TEXT) || '/' || o.uscc AS number, o.name AS title FROM inspection i
     JOIN organisation o ON o.id = i.organisation_id WHERE i.id = $1";
const RATING: &str = "SELECT c.number, o.name AS title FROM rating_case c
     JOIN organisation o ON o.id = c.organisation_id WHERE c.id = $1";
const LISTING: &str = "SELECT CAST(c.number AS TEXT) AS number, o.name AS title FROM listing_case c
     JOIN organisation o ON o.id = c.organisation_id WHERE c.listing_id = $1";

/// Where a kind of thing may stand.
fn places(kind: SubjectKind) -> &'static [(Place, &'static str)] {
    match kind {
        SubjectKind::Case => &[
            (Place::Case, REGISTRATION),
            (Place::Change, CHANGE),
            (Place::Ending, ENDING),
            (Place::Release, RELEASE),
        ],
        SubjectKind::Inspection => &[(Place::Inspection, INSPECTION)],
        SubjectKind::Rating => &[(Place::Rating, RATING)],
        SubjectKind::Listing => &[(Place::Listing, LISTING)],
        SubjectKind::Filing | SubjectKind::Contract | SubjectKind::Acceptance | SubjectKind::Payment => &[],
    }
}

/// What a late step is about; none when the thing has no page.
///
/// # Errors
/// The database could not be read.
pub async fn about(app: &App, late: &Late) -> Result<Option<About>, Error> {
    for (place, sql) in places(late.subject_kind) {
        if let Some(row) = app.db.maybe::<Row>(sql, args![late.subject_id]).await? {
            let (number, title) = (row.get("number")?, row.get("title")?);
            return Ok(Some(About { place: *place, number, title }));
        }
    }
    Ok(None)
}
