//! What is on file of changes, for pages.

use domain::kernel::{Actor, OrganisationId, PersonId, Refusal, Role};
use domain::registry::change::{ChangeItem, items};

use super::application::may_change;
use super::held::{ChangeCase, Registered, current};
use crate::registry::standing::Source;
use crate::{App, Error, args};

/// A change with its organisation.
pub struct WholeChange {
    /// The case.
    pub case: ChangeCase,
    /// Whose.
    pub organisation: Registered,
}

/// An organisation's changes, newest first.
///
/// # Errors
/// The database failed.
pub async fn own(app: &App, id: OrganisationId) -> Result<Vec<ChangeCase>, Error> {
    let sql = "SELECT * FROM change_case WHERE organisation_id = $1 ORDER BY number DESC LIMIT 200";
    Ok(app.db.all(sql, args![id]).await?)
}

/// Every item as it stands now.
///
/// # Errors
/// `NotFound` when there is no such organisation.
pub async fn items_now(app: &App, id: OrganisationId) -> Result<Vec<(ChangeItem, String)>, Error> {
    let held: Registered = app.db.one("SELECT * FROM organisation WHERE id = $1", args![id]).await?;
    let mut all = Vec::new();
    for item in items(held.kind) {
        all.push((item, current(&mut Source::Db(&app.db), &held, item).await?));
    }
    Ok(all)
}

/// Why an organisation can ask for no change at all; nothing when it can (T3).
///
/// # Errors
/// `NotFound` when there is no such organisation.
pub async fn bar(app: &App, id: OrganisationId) -> Result<Option<Refusal>, Error> {
    let held: Registered = app.db.one("SELECT * FROM organisation WHERE id = $1", args![id]).await?;
    Ok(may_change(&held).err())
}

/// Changes on the desk: those under way, or those that are settled; newest first.
///
/// # Errors
/// The database failed.
pub async fn on_desk(app: &App, is_settled: bool) -> Result<Vec<WholeChange>, Error> {
    let sql = "SELECT * FROM change_case WHERE (stage IN ('approved', 'refused') OR COALESCE(intake, '') = 'withdrawn') = (CAST($1 AS BIGINT) = 1)
               ORDER BY number DESC LIMIT 200";
    let cases: Vec<ChangeCase> = app.db.all(sql, args![i64::from(is_settled)]).await?;
    let mut all = Vec::new();
    for case in cases {
        all.push(whole(app, case).await?);
    }
    Ok(all)
}

/// The changes on which this person gave an opinion or decided, newest first.
///
/// # Errors
/// The database failed.
pub async fn worked_on(app: &App, person: PersonId) -> Result<Vec<WholeChange>, Error> {
    let sql = "SELECT * FROM change_case WHERE reviewed_by = $1 OR decided_by = $1
               ORDER BY number DESC LIMIT 1000";
    let cases: Vec<ChangeCase> = app.db.all(sql, args![person]).await?;
    let mut all = Vec::new();
    for case in cases {
        all.push(whole(app, case).await?);
    }
    Ok(all)
}

/// One change, for its organisation and for those who work on it or look on (S12).
///
/// # Errors
/// `NotFound` for strangers.
pub async fn one(app: &App, actor: &Actor, number: i64) -> Result<WholeChange, Error> {
    let case: ChangeCase = app.db.one("SELECT * FROM change_case WHERE number = $1", args![number]).await?;
    if !may_read(actor, case.organisation_id) {
        return Err(Error::NotFound);
    }
    whole(app, case).await
}

/// Whether the reader may see a case of this organisation.
pub(in crate::registry) fn may_read(actor: &Actor, of: OrganisationId) -> bool {
    match actor.post.role {
        Role::ApprovalOfficer | Role::ApprovalDirector | Role::Supervisor => true,
        _ => actor.organisation() == Some(of),
    }
}

async fn whole(app: &App, case: ChangeCase) -> Result<WholeChange, Error> {
    let sql = "SELECT * FROM organisation WHERE id = $1";
    let organisation = app.db.one(sql, args![case.organisation_id]).await?;
    Ok(WholeChange { case, organisation })
}
