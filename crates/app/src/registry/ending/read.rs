//! What is on file of endings, for pages.

use domain::kernel::{Actor, Finding, OrganisationId, PersonId, Role};
use domain::registry::course::Intake;
use domain::registry::ending::EndingKind;
use domain::registry::ending::cancellation::{group_in_time, in_time};
use domain::registry::ending::surrender::Thing;

use super::cancellation::is_charity;
use super::held::EndingCase;
use super::open::matters;
use super::surrender::{self, Surrendered};
use crate::registry::change::held::{Registered, has_other_unit};
use crate::registry::change::read::may_read;
use crate::registry::standing::Source;
use crate::{App, Error, args};

/// An ending with its organisation and what was checked.
pub struct WholeEnding {
    /// The case.
    pub case: EndingCase,
    /// Whose.
    pub organisation: Registered,
    /// Every condition of a cancellation, met or not, as of now; empty for a revocation.
    pub findings: Vec<Finding>,
    /// What was given back of an organisation that has ended.
    pub surrendered: Vec<Surrendered>,
    /// What it still owes by this case.
    pub owed: Vec<Thing>,
}

impl WholeEnding {
    /// Whether this is a cancellation that what is open still keeps from being decided (B22).
    #[must_use]
    pub fn is_open_cancellation(&self) -> bool {
        let case = &self.case;
        case.liquidated_on.is_some() && case.decided_at.is_none() && case.intake != Some(Intake::Withdrawn)
    }
}

/// What is open of an organisation, each with its rule (B22).
///
/// # Errors
/// The database failed.
pub async fn open_findings(app: &App, id: OrganisationId) -> Result<Vec<Finding>, Error> {
    Ok(matters(&mut Source::Db(&app.db), id).await?.findings())
}

/// Whether an organisation is a charity, whose liquidation group has a term of its own (CL18).
///
/// # Errors
/// The database failed.
pub async fn is_own_charity(app: &App, id: OrganisationId) -> Result<bool, Error> {
    is_charity(&mut Source::Db(&app.db), id).await
}

/// Whether a supervising unit stands over an organisation, whose opinion a cancellation brings (B22).
///
/// # Errors
/// `NotFound` when there is no such organisation.
pub async fn asks_opinion(app: &App, id: OrganisationId) -> Result<bool, Error> {
    let held: Registered = app.db.one("SELECT * FROM organisation WHERE id = $1", args![id]).await?;
    has_other_unit(&mut Source::Db(&app.db), &held).await
}

/// An organisation's endings that it may see, newest first.
///
/// # Errors
/// The database failed.
pub async fn own(app: &App, id: OrganisationId) -> Result<Vec<EndingCase>, Error> {
    let sql = "SELECT * FROM ending_case WHERE organisation_id = $1
               AND (kind = 'cancellation' OR noticed_at IS NOT NULL) ORDER BY number DESC LIMIT 200";
    Ok(app.db.all(sql, args![id]).await?)
}

/// Endings on the desk: those under way, or those that are settled; newest first.
///
/// # Errors
/// The database failed.
pub async fn on_desk(app: &App, is_settled: bool) -> Result<Vec<(EndingCase, Registered)>, Error> {
    let sql = "SELECT * FROM ending_case WHERE (stage IN ('decided', 'dropped') OR COALESCE(intake, '') = 'withdrawn')
                 = (CAST($1 AS BIGINT) = 1)
               ORDER BY number DESC LIMIT 200";
    with_organisations(app, app.db.all(sql, args![i64::from(is_settled)]).await?).await
}

/// The endings that this person proposed, reviewed or decided, newest first.
///
/// # Errors
/// The database failed.
pub async fn worked_on(app: &App, person: PersonId) -> Result<Vec<(EndingCase, Registered)>, Error> {
    let sql = "SELECT * FROM ending_case WHERE reviewed_by = $1 OR decided_by = $1
                 OR (kind = 'revocation' AND opened_by = $1)
               ORDER BY number DESC LIMIT 1000";
    with_organisations(app, app.db.all(sql, args![person]).await?).await
}

async fn with_organisations(
    app: &App,
    cases: Vec<EndingCase>,
) -> Result<Vec<(EndingCase, Registered)>, Error> {
    let mut all = Vec::new();
    for case in cases {
        let sql = "SELECT * FROM organisation WHERE id = $1";
        let organisation = app.db.one(sql, args![case.organisation_id]).await?;
        all.push((case, organisation));
    }
    Ok(all)
}

/// One ending, for its organisation once it may know of it, and for those who work on it or look on (S12).
///
/// # Errors
/// `NotFound` for strangers.
pub async fn one(app: &App, actor: &Actor, number: i64) -> Result<WholeEnding, Error> {
    let case: EndingCase = app.db.one("SELECT * FROM ending_case WHERE number = $1", args![number]).await?;
    let is_known = actor.post.role != Role::OrganisationUser
        || case.kind == EndingKind::Cancellation
        || case.noticed_at.is_some();
    if !may_read(actor, case.organisation_id) || !is_known {
        return Err(Error::NotFound);
    }
    let sql = "SELECT * FROM organisation WHERE id = $1";
    let organisation: Registered = app.db.one(sql, args![case.organisation_id]).await?;
    let mut findings = Vec::new();
    if let Some(liquidated_on) = case.liquidated_on {
        let rules = app.book.on(case.rules_on);
        findings.push(in_time(liquidated_on, case.opened_at.date(), rules, &app.calendar)?);
        if let (Some(ground), Some(group)) = (case.ground_on, case.group_on) {
            let is_charity = is_charity(&mut Source::Db(&app.db), organisation.id).await?;
            findings
                .extend(is_charity.then(|| group_in_time(ground, group, rules, &app.calendar)).transpose()?);
        }
        if case.decided_at.is_none() && case.intake != Some(Intake::Withdrawn) {
            findings.extend(open_findings(app, organisation.id).await?);
        }
    }
    let (surrendered, owed) = surrender::of(app, &case).await?;
    Ok(WholeEnding { case, organisation, findings, surrendered, owed })
}
