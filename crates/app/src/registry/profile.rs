//! An organisation's own page: what the register says, and the public purchases it took part in and won.
//!
//! Only what has been published is told: an award after its result was made public, a contract after it
//! was. Bids are never counted here.

use domain::kernel::{CreditCode, Date, Fen, Moment, OrganisationId, Refusal};
use domain::registry::{
    BusinessField, CreditListing, InspectionResult, Legal, OrganisationKind, OrganisationStatus,
};

use super::form::{OrganisationForm, fields_of};
use crate::{App, Error, args, row};
use domain::kernel::Coded;

row! {
    /// The whole row of an organisation.
    pub struct Organisation {
        /// Its id.
        id: OrganisationId,
        /// Version of the row.
        version: i64,
        /// Credit code or filing number.
        uscc: String,
        /// Its name.
        name: String,
        /// What it is.
        @code kind: OrganisationKind,
        /// Registered or filed.
        @code legal: Legal,
        /// Whether its registration is alive.
        @code status: OrganisationStatus,
        /// Whether the bureau supervises it.
        is_supervised: bool,
        /// The district's six digits.
        district: String,
        /// The street's nine digits.
        division: String,
        /// What it works in, as stored; see `fields_of`.
        fields: String,
        /// Its address.
        domicile: String,
        /// Day of registration or filing.
        registered_on: Date,
        /// Last annual inspection.
        @code inspection: InspectionResult,
        /// Credit list.
        @code listing: CreditListing,
        /// Last day of a ban.
        banned_until: Option<Date>,
        /// Legal representative or person in charge.
        person_in_charge: String,
        /// Code of the controlling body.
        controller_uscc: Option<String>,
        /// Telephone or mail; not for the public.
        contact: String,
        /// Invented for a demo.
        is_demo: bool,
    }
}

row! {
    /// A tender that the organisation won.
    pub struct Won {
        /// The tender's public number.
        number: String,
        /// Its title.
        title: String,
        /// The office that buys.
        office_name: String,
        /// When the award was decided.
        decided_at: Moment,
    }
}

row! {
    /// A published contract of the organisation.
    pub struct Engaged {
        /// The contract's public number.
        number: String,
        /// Its title.
        title: String,
        /// The office that buys.
        office_name: String,
        /// What is paid.
        amount_fen: Fen,
        /// First day.
        starts_on: Date,
        /// Last day.
        ends_on: Date,
    }
}

/// An organisation with its public purchases.
#[derive(Clone, Debug)]
pub struct Profile {
    /// What the register says.
    pub organisation: Organisation,
    /// Tenders it won, newest first.
    pub won: Vec<Won>,
    /// Its contracts, newest first.
    pub contracts: Vec<Engaged>,
}

impl Organisation {
    /// What it works in.
    pub fn fields(&self) -> Vec<BusinessField> {
        fields_of(&self.fields)
    }

    /// Whether its code is a credit code, and not a filing number.
    pub fn has_credit_code(&self) -> bool {
        CreditCode::parse(&self.uscc).is_ok()
    }

    /// What to tell of an older check character inside the code, which never refuses (B41).
    pub fn code_warning(&self) -> Option<Refusal> {
        CreditCode::parse(&self.uscc).ok().and_then(|code| code.subject_code_warning())
    }

    /// The row as a form, to be changed.
    pub fn form(&self) -> OrganisationForm {
        let fields: Vec<&str> = self.fields().into_iter().map(Coded::code).collect();
        let yes_no = if self.is_supervised { "yes" } else { "no" };
        OrganisationForm {
            code: self.uscc.clone(),
            name: self.name.clone(),
            kind: self.kind.code().to_owned(),
            legal: self.legal.code().to_owned(),
            status: self.status.code().to_owned(),
            supervised: yes_no.to_owned(),
            division: self.division.clone(),
            fields: fields.join(","),
            domicile: self.domicile.clone(),
            registered_on: self.registered_on.to_string(),
            inspection: self.inspection.code().to_owned(),
            listing: self.listing.code().to_owned(),
            banned_until: self.banned_until.map(|day| day.to_string()).unwrap_or_default(),
            person_in_charge: self.person_in_charge.clone(),
            controller: self.controller_uscc.clone().unwrap_or_default(),
            contact: self.contact.clone(),
            is_demo: self.is_demo,
        }
    }
}

/// The most rows of one list on a profile.
const ROWS_MAX: usize = 200;

/// The organisation with this code or filing number.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn organisation(app: &App, uscc: &str) -> Result<Organisation, Error> {
    Ok(app.db.one("SELECT * FROM organisation WHERE uscc = $1", args![uscc]).await?)
}

/// The organisation with this id.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn organisation_by_id(app: &App, id: OrganisationId) -> Result<Organisation, Error> {
    Ok(app.db.one("SELECT * FROM organisation WHERE id = $1", args![id]).await?)
}

/// An organisation's profile.
///
/// # Errors
/// `NotFound` when there is none with this code.
pub async fn profile(app: &App, uscc: &str) -> Result<Profile, Error> {
    let organisation = organisation(app, uscc).await?;
    let sql = "SELECT t.number, t.title, f.name AS office_name, a.decided_at
               FROM bid b JOIN award a ON a.bid_id = b.id AND a.tender_id = b.tender_id
               JOIN tender t ON t.id = a.tender_id JOIN office f ON f.id = t.office_id
               WHERE b.organisation_id = $1 AND b.alias IS NOT NULL AND a.state <> 'refused'
                 AND t.stage IN ('publicised', 'awarded', 'contracted')
               ORDER BY a.decided_at DESC, t.number LIMIT $2";
    let won = app.db.all(sql, args![organisation.id, ROWS_MAX]).await?;
    let sql = "SELECT c.number, c.title, f.name AS office_name, c.amount_fen, c.starts_on, c.ends_on
               FROM contract c JOIN office f ON f.id = c.office_id
               WHERE c.organisation_id = $1 AND c.published_at IS NOT NULL
               ORDER BY c.published_at DESC, c.number LIMIT $2";
    let contracts = app.db.all(sql, args![organisation.id, ROWS_MAX]).await?;
    Ok(Profile { organisation, won, contracts })
}
