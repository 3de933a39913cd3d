//! A supervising unit lets an organisation go: put on file, counted, and settled by a new unit or by the end (B21).

use domain::coded;
use domain::kernel::{Coded, Date, OrganisationId, Refusal, Role, RuleKey, Subject, SubjectKind};
use domain::registry::change::release::{Release, due, faults};

use super::application::may_change;
use super::held::lock_organisation;
use super::{required, rules_now};
use crate::db::Row;
use crate::journal::UNIT_RELEASE;
use crate::{Act, App, Cx, Error, args, deadlines, row};

coded! {
    /// What settled a release.
    pub enum Settled as "release_settled" {
        /// A new supervising unit was registered.
        NewUnit = "new_unit",
        /// The organisation ended.
        Ended = "ended",
    }
}

row! {
    /// A release as it is held.
    pub struct UnitRelease {
        /// Its row.
        id: i64,
        /// Whose.
        organisation_id: OrganisationId,
        /// The unit that no longer supervises.
        unit: String,
        /// The day on which it told so.
        released_on: Date,
        /// The last day for a new unit.
        due_on: Date,
        /// Why, in words.
        reason: String,
        /// The day on which it was settled.
        settled_on: Option<Date>,
    }
}

/// Puts a release on file: the organisation itself, or an officer to whom the unit wrote.
#[derive(Clone, Debug)]
pub struct ReportRelease {
    /// Whose; an organisation reports its own alone.
    pub organisation: OrganisationId,
    /// The unit that no longer supervises.
    pub unit: String,
    /// The day on which it told so in writing.
    pub released_on: Date,
    /// Why, and by which letter.
    pub reason: String,
}

impl Act for ReportRelease {
    type Outcome = ();
    const NAME: &'static str = "registry.report_release";
    const WHO: &'static [Role] = &[Role::OrganisationUser, Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        if cx.actor.post.role == Role::OrganisationUser && cx.actor.organisation() != Some(self.organisation)
        {
            return Err(Error::NotFound);
        }
        let held = lock_organisation(cx, self.organisation).await?;
        may_change(&held)?;
        let (unit, released_on, today) = (self.unit.trim(), self.released_on, cx.now.date());
        let release = Release { unit, released_on, registered_on: held.registered_on };
        let mut found = faults(&release, today);
        let reason = required(&mut found, "B21", "release_reason", &self.reason);
        if !found.is_empty() {
            return Err(Error::Invalid(found));
        }
        let last = due(released_on, rules_now(cx), &cx.app.calendar).map_err(|no| no.at("released_on"))?;
        let id = cx.id();
        let values = [
            ("organisation_id", held.id.into()),
            ("unit", unit.into()),
            ("released_on", released_on.into()),
            ("due_on", last.into()),
            ("reason", reason.into()),
            ("recorded_by", cx.actor.person.into()),
            ("recorded_at", cx.now.into()),
        ];
        let refusal = Refusal::new("change.release-on-file", "B21").at("unit");
        cx.insert(&UNIT_RELEASE, id, &values)
            .await
            .map_err(|error| error.on_unique("unit_release__organisation_id", refusal))?;
        deadlines::start(cx, subject(id), RuleKey::NewSupervisingUnitDays, released_on, today).await
    }
}

/// What the deadline of a release hangs on.
fn subject(id: i64) -> Subject {
    Subject::new(SubjectKind::Case, id)
}

/// Settles the open release of an organisation, if there is one.
pub(in crate::registry) async fn settle(
    cx: &mut Cx<'_>,
    organisation: OrganisationId,
    how: Settled,
) -> Result<(), Error> {
    let sql = "SELECT id, version FROM unit_release WHERE organisation_id = $1 AND settled_on IS NULL";
    let Some(row) = cx.tx.maybe::<Row>(sql, args![organisation]).await? else { return Ok(()) };
    let (id, version): (i64, i64) = (row.get("id")?, row.get("version")?);
    let values = [("settled_on", cx.now.date().into()), ("settled_by", how.code().into())];
    cx.update(&UNIT_RELEASE, id, version, &values).await?;
    deadlines::done(cx, subject(id), RuleKey::NewSupervisingUnitDays).await
}

/// The open release of an organisation.
///
/// # Errors
/// The database failed.
pub async fn open_of(app: &App, organisation: OrganisationId) -> Result<Option<UnitRelease>, Error> {
    let sql = "SELECT * FROM unit_release WHERE organisation_id = $1 AND settled_on IS NULL";
    Ok(app.db.maybe(sql, args![organisation]).await?)
}

row! {
    /// An open release with the name of its organisation.
    pub struct OpenRelease {
        /// The organisation's name.
        name: String,
        /// Its code.
        uscc: String,
        /// The unit that no longer supervises.
        unit: String,
        /// The day on which it told so.
        released_on: Date,
        /// The last day for a new unit.
        due_on: Date,
    }
}

/// Every open release, the one that is due first on top: those past their day are late.
///
/// # Errors
/// The database failed.
pub async fn all_open(app: &App) -> Result<Vec<OpenRelease>, Error> {
    let sql = "SELECT o.name, o.uscc, r.unit, r.released_on, r.due_on FROM unit_release r
               JOIN organisation o ON o.id = r.organisation_id
               WHERE r.settled_on IS NULL ORDER BY r.due_on, r.id LIMIT 200";
    Ok(app.db.all(sql, &[]).await?)
}
