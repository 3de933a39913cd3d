//! The registry as everyone may read it, by credit code.

use domain::kernel::{Coded, Date};
use domain::registry::{Legal, OrganisationKind};

use super::page;
use crate::registry::area;
use crate::{App, Error, args, row};

row! {
    /// An organisation without its contacts.
    pub struct Organisation {
        /// Unified social credit code.
        uscc: String,
        /// Its name.
        name: String,
        /// Its kind.
        kind: String,
        /// Registered or filed.
        legal: String,
        /// Whether it is active.
        status: String,
        /// Whether the bureau supervises it.
        is_supervised: bool,
        /// Its division down to the street.
        division: String,
        /// Business fields.
        fields: String,
        /// When it was registered or filed.
        registered_on: Date,
        /// Result of the last annual inspection.
        inspection: String,
        /// Whether it is on a credit list.
        listing: String,
        /// Its aim, where it is registered (B16).
        aim: Option<String>,
        /// The area of activity that is registered.
        registered_area: Option<String>,
        /// Number of the certificate to raise funds from the public, if it holds one (B39).
        fundraising_certificate: Option<String>,
        /// Since when it is a charity, if it is one (B46).
        charity_since: Option<Date>,
    }
}

impl Organisation {
    /// The area in which an association works: what is registered, else what its name says (B16); nothing for any
    /// other organisation.
    pub fn area(&self) -> Option<String> {
        let (kind, legal) = (OrganisationKind::from_code(&self.kind)?, Legal::from_code(&self.legal)?);
        area::of(kind, legal, &self.name, self.registered_area.as_deref())
    }
}

const COLUMNS: &str = "SELECT uscc, name, kind, legal, status, is_supervised, division, fields,
       registered_on, inspection, listing,
       (SELECT max(r.value) FROM registered_item r WHERE r.organisation_id = organisation.id AND r.item = 'aim'
         AND r.until_on IS NULL) AS aim,
       (SELECT max(r.value) FROM registered_item r WHERE r.organisation_id = organisation.id AND r.item = 'area'
         AND r.until_on IS NULL) AS registered_area,
       (SELECT f.certificate FROM fundraising_case f
         WHERE f.organisation_id = organisation.id AND f.stage = 'granted') AS fundraising_certificate,
       (SELECT c.from_on FROM charity_status c
         WHERE c.organisation_id = organisation.id AND c.to_on IS NULL) AS charity_since
     FROM organisation";

/// Organisations after a credit code, in the order of codes.
///
/// # Errors
/// The database could not be read.
pub async fn list(app: &App, after: &str, limit: i64) -> Result<Vec<Organisation>, Error> {
    let sql = format!("{COLUMNS} WHERE uscc > $1 ORDER BY uscc LIMIT $2");
    Ok(app.db.all(&sql, args![after, page(limit)]).await?)
}

/// One organisation.
///
/// # Errors
/// `NotFound` for an unknown code.
pub async fn one(app: &App, uscc: &str) -> Result<Organisation, Error> {
    Ok(app.db.one(&format!("{COLUMNS} WHERE uscc = $1"), args![uscc]).await?)
}
