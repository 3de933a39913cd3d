//! Opening a year: its last days are fixed, and every organisation that must report gets its row.

use domain::kernel::{Actor, Coded, Date, OrganisationId, Role, RuleKey};
use domain::registry::inspection::{Calling, Duty, InspectionState, duty};
use domain::registry::{Legal, OrganisationKind, OrganisationStatus};

use super::held::is_foundation;
use crate::db::Val;
use crate::journal::{INSPECTION, INSPECTION_CAMPAIGN};
use crate::{Act, App, Cx, Error, RequestKey, args, row};

/// Organisations that one transaction enters.
const CHUNK: i64 = 1_000;

row! {
    /// One year's campaign.
    pub struct Campaign {
        /// Its row.
        id: i64,
        /// The year reported on.
        year: i64,
        /// The day whose rules judge it.
        rules_on: Date,
        /// Last day at the registrar.
        due_on: Date,
        /// Last day for foundations.
        foundation_due_on: Date,
        /// Last day at the supervising unit.
        supervisor_due_on: Date,
    }
}

impl Campaign {
    /// The last day for an organisation of this kind.
    pub fn due_on(&self, kind: OrganisationKind) -> Date {
        if is_foundation(kind) { self.foundation_due_on } else { self.due_on }
    }
}

pub(super) const OF_YEAR: &str = "SELECT * FROM inspection_campaign WHERE year = $1";

/// Fixes the last days of a year; a second time changes nothing. The outcome is the campaign's row.
#[derive(Clone, Copy)]
pub struct OpenCampaign {
    /// The year reported on.
    pub year: i64,
}

impl Act for OpenCampaign {
    type Outcome = i64;
    const NAME: &'static str = "inspection.open_campaign";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer, Role::ApprovalDirector, Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let today = cx.now.date();
        let year = i16::try_from(self.year).map_err(|_| Error::NotFound)?;
        duty::may_open(year, today).map_err(|refusal| Error::Invalid(vec![refusal]))?;
        if let Some(held) = cx.tx.maybe::<Campaign>(OF_YEAR, args![self.year]).await? {
            return Ok(held.id);
        }
        let (rules, calendar) = (cx.app.book.on(today), &cx.app.calendar);
        let last = |rule| duty::last_day(rule, year, rules, calendar);
        let values = [
            ("year", self.year.into()),
            ("rules_on", today.into()),
            ("due_on", last(RuleKey::InspectionReportMonth)?.into()),
            ("foundation_due_on", last(RuleKey::FoundationReportMonth)?.into()),
            ("supervisor_due_on", last(RuleKey::SupervisorReportMonth)?.into()),
            ("opened_by", cx.actor.person.into()),
            ("opened_at", cx.now.into()),
        ];
        let id = cx.id();
        cx.insert(&INSPECTION_CAMPAIGN, id, &values).await?;
        Ok(id)
    }
}

/// Enters the next organisations of a year that have no row yet. The outcome is the last one looked at, or
/// zero when there is none left.
struct EnterSome {
    year: i64,
    after: i64,
}

row! {
    /// What a duty is judged by.
    pub struct Candidate {
        /// Which.
        id: OrganisationId,
        /// What it is.
        @code kind: OrganisationKind,
        /// Registered or filed.
        @code legal: Legal,
        /// Whether its registration is alive.
        @code status: OrganisationStatus,
        /// Day of registration.
        registered_on: Date,
    }
}

impl Act for EnterSome {
    type Outcome = i64;
    const NAME: &'static str = "inspection.enter_organisations";
    const WHO: &'static [Role] = OpenCampaign::WHO;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let campaign: Campaign = cx.tx.one(OF_YEAR, args![self.year]).await?;
        let year = i16::try_from(self.year).map_err(|_| Error::NotFound)?;
        let sql = "SELECT o.id, o.kind, o.legal, o.status, o.registered_on FROM organisation o
                   LEFT JOIN inspection i ON i.organisation_id = o.id AND i.year = $1
                   WHERE o.id > $2 AND i.id IS NULL AND o.legal = 'registered' ORDER BY o.id LIMIT $3";
        let found: Vec<Candidate> = cx.tx.all(sql, args![self.year, self.after, CHUNK]).await?;
        let rules = cx.app.book.on(campaign.rules_on);
        for one in &found {
            let (kind, legal, status) = (one.kind, one.legal, one.status);
            let calling = Calling { kind, legal, status, registered_on: one.registered_on };
            let state = match duty::duty(calling, year, rules) {
                Duty::Due => InspectionState::Due,
                Duty::Exempt => InspectionState::Exempt,
                Duty::None => continue,
            };
            let values: [(&str, Val); 3] = [
                ("organisation_id", one.id.into()),
                ("year", self.year.into()),
                ("state", state.code().into()),
            ];
            let id = cx.id();
            cx.insert(&INSPECTION, id, &values).await?;
        }
        Ok(found.last().map_or(0, |one| one.id.0))
    }
}

/// Opens a year, a chunk of organisations at a time; done again, it enters whoever is missing.
///
/// # Errors
/// `inspection.year-not-over`, a calendar that is not published, or the database.
pub async fn open(app: &App, actor: &Actor, key: &RequestKey, year: i64) -> Result<(), Error> {
    app.act(actor, key, &OpenCampaign { year }).await?;
    let mut after = 0;
    loop {
        after = app.act(actor, &RequestKey::None, &EnterSome { year, after }).await?;
        if after == 0 {
            return Ok(());
        }
    }
}

/// Every campaign, the latest first.
///
/// # Errors
/// The database failed.
pub async fn campaigns(app: &App) -> Result<Vec<Campaign>, Error> {
    Ok(app.db.all("SELECT * FROM inspection_campaign ORDER BY year DESC LIMIT 100", &[]).await?)
}

/// The campaign of a year.
///
/// # Errors
/// `NotFound` when it was not opened.
pub async fn campaign(app: &App, year: i64) -> Result<Campaign, Error> {
    Ok(app.db.one(OF_YEAR, args![year]).await?)
}
