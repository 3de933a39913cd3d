//! What a late step is about: the thing's number and name, wherever it is handled (S19, E17).

use domain::kernel::{RuleKey, SubjectKind};

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
    /// An application for public fundraising, by its number.
    Fundraising,
    /// An application for recognition as a charity, by its number.
    Charity,
    /// The search for a new supervising unit, by the organisation's credit code.
    Release,
    /// A yearly inspection, by year and credit code with a stroke between them.
    Inspection,
    /// A rating, by its number.
    Rating,
    /// A credit listing, by the number of its case.
    Listing,
    /// A penalty of the registrar's own, by the organisation's credit code.
    Penalty,
    /// A contract's delivery, by the contract's number.
    Delivery,
    /// The acceptance of a milestone, by contract and place with a stroke between them.
    Acceptance,
    /// A request to be paid, by its number.
    Payment,
    /// A contract's evaluation, by the contract's number.
    Evaluation,
    /// What an organisation told an office, by the contract's number.
    Feedback,
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
const FUNDRAISING: &str = "SELECT CAST(c.number AS TEXT) AS number, o.name AS title FROM fundraising_case c
     JOIN organisation o ON o.id = c.organisation_id WHERE c.id = $1";
const CHARITY: &str = "SELECT CAST(c.number AS TEXT) AS number, o.name AS title FROM charity_case c
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
const PENALTY: &str = "SELECT o.uscc AS number, o.name AS title FROM penalty p
     JOIN organisation o ON o.id = p.organisation_id WHERE p.id = $1";

const DELIVERY: &str = "SELECT number, title FROM contract WHERE id = $1";
const ACCEPTANCE: &str =
    "SELECT c.number || '/' || CAST(m.position AS TEXT) AS number, c.title FROM acceptance x
     JOIN contract c ON c.id = x.contract_id JOIN milestone m ON m.id = x.milestone_id WHERE x.id = $1";
const PAYMENT: &str = "SELECT r.number, c.title FROM payment_request r
     JOIN contract c ON c.id = r.contract_id WHERE r.id = $1";
/// Money for an acceptance: the request when there is one.
const OWED: &str = "SELECT r.number, c.title FROM payment_request r
     JOIN contract c ON c.id = r.contract_id WHERE r.acceptance_id = $1";
const EVALUATION: &str = "SELECT c.number, c.title FROM evaluation e
     JOIN contract c ON c.id = e.contract_id WHERE e.id = $1";
const FEEDBACK: &str = "SELECT c.number, c.title FROM office_feedback f
     JOIN contract c ON c.id = f.contract_id WHERE f.id = $1";

/// Where a kind of thing may stand.
fn places(kind: SubjectKind) -> &'static [(Place, &'static str)] {
    match kind {
        SubjectKind::Case => &[
            (Place::Case, REGISTRATION),
            (Place::Change, CHANGE),
            (Place::Ending, ENDING),
            (Place::Fundraising, FUNDRAISING),
            (Place::Charity, CHARITY),
            (Place::Release, RELEASE),
            (Place::Penalty, PENALTY),
        ],
        SubjectKind::Inspection => &[(Place::Inspection, INSPECTION)],
        SubjectKind::Rating => &[(Place::Rating, RATING)],
        SubjectKind::Listing => &[(Place::Listing, LISTING)],
        SubjectKind::Contract => &[(Place::Delivery, DELIVERY)],
        SubjectKind::Acceptance => &[(Place::Acceptance, ACCEPTANCE)],
        SubjectKind::Payment => &[(Place::Payment, PAYMENT)],
        SubjectKind::Evaluation => &[(Place::Evaluation, EVALUATION)],
        SubjectKind::Feedback => &[(Place::Feedback, FEEDBACK)],
        SubjectKind::Filing | SubjectKind::Enrolment => &[],
    }
}

/// What a late step is about; none when the thing has no page.
///
/// # Errors
/// The database could not be read.
pub async fn about(app: &App, late: &Late) -> Result<Option<About>, Error> {
    let is_owed = late.subject_kind == SubjectKind::Acceptance && late.rule == RuleKey::PaymentDays;
    let owed = is_owed.then_some((Place::Payment, OWED));
    for (place, sql) in owed.iter().chain(places(late.subject_kind)) {
        if let Some(row) = app.db.maybe::<Row>(sql, args![late.subject_id]).await? {
            let (number, title) = (row.get("number")?, row.get("title")?);
            return Ok(Some(About { place: *place, number, title }));
        }
    }
    Ok(None)
}
