//! The streets' ledger: a street sees its own filings, the approval office, the bureau and the supervisor all.

use domain::kernel::{Actor, Date, Moment, OrganisationId, Role};
use domain::registry::filing::{FilingReportKind, LedBy};

use crate::{App, Error, args, row};

row! {
    /// A filing as it is held.
    pub struct Held {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// The organisation.
        organisation_id: OrganisationId,
        /// Filing number.
        uscc: String,
        /// The organisation's name.
        name: String,
        /// Where it meets.
        domicile: String,
        /// Who heads it.
        person_in_charge: String,
        /// Telephone.
        contact: String,
        /// The street's nine digits as a number.
        street: i64,
        /// Who leads it.
        @code led_by: LedBy,
        /// The community that leads it; may be empty.
        community: String,
        /// How many members.
        members: i64,
        /// Who keeps its money.
        host_id: Option<OrganisationId>,
        /// The day of filing.
        filed_on: Date,
        /// The day it ended.
        closed_on: Option<Date>,
        /// Why it ended, as a code of `FilingEnd`.
        closed_by: Option<String>,
    }
}

row! {
    /// A report of a filed organisation.
    pub struct Report {
        /// A gathering or a year.
        @code kind: FilingReportKind,
        /// Its day.
        on_day: Date,
        /// What was told.
        text: String,
        /// The appraisal, as a code of `Appraisal`.
        appraisal: Option<String>,
        /// When it was recorded.
        recorded_at: Moment,
    }
}

/// Roles that see every street.
const SEE_ALL: &[Role] =
    &[Role::ApprovalOfficer, Role::ApprovalDirector, Role::OrganisationBureau, Role::Supervisor];

/// The street whose filings the reader sees; `None` for all of them.
fn street_of(actor: &Actor) -> Result<Option<i64>, Error> {
    match actor.street() {
        Some(street) => Ok(Some(street.0)),
        None if SEE_ALL.contains(&actor.post.role) => Ok(None),
        None => Err(Error::NotFound),
    }
}

/// A page of the ledger, the newest first: at most `limit` after the filing `after`.
///
/// # Errors
/// `NotFound` for a reader without a ledger.
pub async fn list(
    app: &App,
    actor: &Actor,
    open_only: bool,
    after: Option<i64>,
    limit: usize,
) -> Result<Vec<Held>, Error> {
    let street = street_of(actor)?;
    let sql = "SELECT f.*, o.uscc, o.name, o.domicile, o.person_in_charge, o.contact FROM filing f JOIN organisation o ON o.id = f.organisation_id
               WHERE f.street = COALESCE($1, f.street) AND ($2 = 0 OR f.closed_on IS NULL) AND f.id < $3
               ORDER BY f.id DESC LIMIT $4";
    Ok(app.db.all(sql, args![street, open_only, after.unwrap_or(i64::MAX), limit]).await?)
}

/// How many open filings the reader's ledger holds.
///
/// # Errors
/// `NotFound` for a reader without a ledger.
pub async fn open_count(app: &App, actor: &Actor) -> Result<i64, Error> {
    let sql = "SELECT count(*) FROM filing WHERE street = COALESCE($1, street) AND closed_on IS NULL";
    Ok(app.db.number(sql, args![street_of(actor)?]).await?)
}

/// A filing by its number.
///
/// # Errors
/// `NotFound` for another street's filing.
pub async fn one(app: &App, actor: &Actor, number: &str) -> Result<Held, Error> {
    let street = street_of(actor)?;
    let sql = "SELECT f.*, o.uscc, o.name, o.domicile, o.person_in_charge, o.contact FROM filing f JOIN organisation o ON o.id = f.organisation_id
               WHERE o.uscc = $1 AND f.street = COALESCE($2, f.street)";
    Ok(app.db.one(sql, args![number, street]).await?)
}

/// The reports of a filing, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn reports(app: &App, filing: i64) -> Result<Vec<Report>, Error> {
    let sql = "SELECT kind, on_day, text, appraisal, recorded_at FROM filing_report WHERE filing_id = $1
               ORDER BY on_day DESC, id DESC";
    Ok(app.db.all(sql, args![filing]).await?)
}
