//! What is on file of public fundraising, for pages: an organisation's own, the desk, who holds a certificate.

use domain::kernel::{Actor, Date, Finding, OrganisationId};
use domain::registry::fundraising::{FundraisingWay, claim};

use super::application::asks_consent;
use super::held::{FundraisingCase, HeldCondition, held_conditions};
use super::{conditions_of, last_revoked};
use crate::db::Row;
use crate::registry::change::held::Registered;
use crate::registry::change::read::may_read;
use crate::registry::course::is_paused;
use crate::registry::standing::{self, Source};
use crate::{App, Error, args, row};

/// A case with its organisation and its conditions.
pub struct WholeFundraising {
    /// The case.
    pub case: FundraisingCase,
    /// Whose.
    pub organisation: Registered,
    /// What it explains, and how it was found.
    pub conditions: Vec<HeldCondition>,
    /// What the register says now.
    pub known: Vec<Finding>,
    /// Whether the days for the decision stand still.
    pub is_paused: bool,
}

/// What an organisation learns before it applies.
pub struct Outlook {
    /// What the register says now of an application.
    pub known: Vec<Finding>,
    /// The same for a claim, when that way is open to it.
    pub claim: Option<Vec<Finding>>,
    /// Whether its supervising unit must consent.
    pub asks_consent: bool,
}

/// What stands for and against an application today.
///
/// # Errors
/// `NotFound` when there is no such organisation.
pub async fn outlook(app: &App, id: OrganisationId) -> Result<Outlook, Error> {
    let now = app.clock.now();
    let known = standing::known_at(app, id, now).await?;
    let revoked_on = last_revoked(&mut Source::Db(&app.db), id).await?;
    let told = |way| conditions_of(app, &known, way, (revoked_on, now.date()));
    let is_old = claim::is_open_to(known.standing.kind, known.registered_on, app.book.on(now.date()));
    Ok(Outlook {
        known: told(FundraisingWay::Application),
        claim: is_old.then(|| told(FundraisingWay::Claim)),
        asks_consent: asks_consent(&mut Source::Db(&app.db), id).await?,
    })
}

/// An organisation's applications, newest first.
///
/// # Errors
/// The database failed.
pub async fn own(app: &App, id: OrganisationId) -> Result<Vec<FundraisingCase>, Error> {
    let sql = "SELECT * FROM fundraising_case WHERE organisation_id = $1 ORDER BY number DESC LIMIT 200";
    Ok(app.db.all(sql, args![id]).await?)
}

row! {
    /// An application in the desk's list.
    pub struct DeskLine {
        /// Its number.
        number: i64,
        /// The organisation's name.
        name: String,
        /// On what ground.
        @code way: FundraisingWay,
        /// How far it has come.
        @code stage: domain::registry::fundraising::FundraisingStage,
        /// When it was applied for.
        applied_at: domain::kernel::Moment,
        /// The certificate's number.
        certificate: Option<String>,
        /// The last day of the next step.
        due_on: Option<Date>,
    }
}

/// Applications on the desk: those under way, or those that are settled; newest first.
///
/// # Errors
/// The database failed.
pub async fn on_desk(app: &App, is_settled: bool) -> Result<Vec<DeskLine>, Error> {
    let sql = "SELECT c.number, o.name, c.way, c.stage, c.applied_at, c.certificate,
           (SELECT min(d.due_on) FROM deadline d
             WHERE d.subject_kind = 'case' AND d.subject_id = c.id AND d.done_on IS NULL) AS due_on
         FROM fundraising_case c JOIN organisation o ON o.id = c.organisation_id
         WHERE (c.stage NOT IN ('applied', 'returned', 'accepted', 'reviewed')) = (CAST($1 AS BIGINT) = 1)
         ORDER BY c.number DESC LIMIT 200";
    Ok(app.db.all(sql, args![i64::from(is_settled)]).await?)
}

/// A holder of a certificate that no longer meets what the register knows.
pub struct Wanting {
    /// Its name.
    pub name: String,
    /// Its code.
    pub uscc: String,
    /// The certificate's number.
    pub certificate: String,
    /// What is not met.
    pub unmet: Vec<Finding>,
}

/// The holders that no longer meet a condition: they go on the abnormal list (PF74-22). Whoever is on a list
/// already is not told again.
///
/// # Errors
/// The database failed.
pub async fn wanting(app: &App) -> Result<Vec<Wanting>, Error> {
    let sql = "SELECT c.organisation_id, o.name, o.uscc, c.certificate FROM fundraising_case c
               JOIN organisation o ON o.id = c.organisation_id
               WHERE c.stage = 'granted' ORDER BY c.number LIMIT 500";
    let held: Vec<Row> = app.db.all(sql, &[]).await?;
    let now = app.clock.now();
    let mut found = Vec::new();
    for row in held {
        let (name, uscc, certificate) = (row.get("name")?, row.get("uscc")?, row.get("certificate")?);
        let known = standing::known_at(app, row.get("organisation_id")?, now).await?;
        let told = conditions_of(app, &known, FundraisingWay::Application, (None, now.date()));
        let unmet: Vec<Finding> = told.into_iter().filter(|one| one.refusal().is_some()).collect();
        let is_listed = unmet.iter().any(|one| one.code == "registry.on-no-list");
        if !unmet.is_empty() && !is_listed {
            found.push(Wanting { name, uscc, certificate, unmet });
        }
    }
    Ok(found)
}

/// One application, for its organisation and for those who work on it or look on (S12).
///
/// # Errors
/// `NotFound` for strangers.
pub async fn one(app: &App, actor: &Actor, number: i64) -> Result<WholeFundraising, Error> {
    let sql = "SELECT * FROM fundraising_case WHERE number = $1";
    let case: FundraisingCase = app.db.one(sql, args![number]).await?;
    if !may_read(actor, case.organisation_id) {
        return Err(Error::NotFound);
    }
    let sql = "SELECT * FROM organisation WHERE id = $1";
    let organisation = app.db.one(sql, args![case.organisation_id]).await?;
    let held = held_conditions(&mut Source::Db(&app.db), case.id).await?;
    let known = standing::known_at(app, case.organisation_id, app.clock.now()).await?;
    let revoked_on = last_revoked(&mut Source::Db(&app.db), case.organisation_id).await?;
    let known = conditions_of(app, &known, case.way, (revoked_on, case.rules_on()));
    let is_paused = is_paused(&mut Source::Db(&app.db), case.id).await?;
    Ok(WholeFundraising { case, organisation, conditions: held, known, is_paused })
}

row! {
    /// A certificate in force.
    pub struct Certificate {
        /// Its number.
        number: String,
        /// The code behind which it is verified.
        code: String,
        /// Since when it holds.
        granted_on: Date,
    }
}

/// The certificate that an organisation holds now.
///
/// # Errors
/// The database failed.
pub async fn certificate_of(app: &App, id: OrganisationId) -> Result<Option<Certificate>, Error> {
    let sql = "SELECT c.certificate AS number, d.code, c.granted_on FROM fundraising_case c
               JOIN document d ON d.number = c.certificate AND d.kind = 'fundraising_certificate'
               WHERE c.organisation_id = $1 AND c.stage = 'granted' AND d.withdrawn_at IS NULL";
    Ok(app.db.maybe(sql, args![id]).await?)
}
