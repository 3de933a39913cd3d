//! What is on file of recognitions, for pages: an organisation's own and the desk's.

use domain::kernel::{Actor, Date, Finding, OrganisationId};
use domain::registry::PaperKind;
use domain::registry::charity::papers_needed;

use super::application::asks_consent;
use super::conditions_of;
use super::held::{CharityCase, HeldCondition, held_conditions};
use crate::registry::change::held::Registered;
use crate::registry::change::read::may_read;
use crate::registry::course::is_paused;
use crate::registry::public_years::{self, PublicYear};
use crate::registry::standing::{self, Source};
use crate::{App, Error, args, row};

/// A case with its organisation and its conditions.
pub struct WholeCharity {
    /// The case.
    pub case: CharityCase,
    /// Whose.
    pub organisation: Registered,
    /// What it explains, and how it was found.
    pub conditions: Vec<HeldCondition>,
    /// What the register says now.
    pub known: Vec<Finding>,
    /// Whether the days for the decision stand still.
    pub is_paused: bool,
    /// The last day of the first term for the decision, while it runs.
    pub due_on: Option<Date>,
    /// What the yearly report says of the year before the application, when it was decided.
    pub last_year: Option<PublicYear>,
}

/// What an organisation learns before it applies.
pub struct Outlook {
    /// What the register says now of an application.
    pub known: Vec<Finding>,
    /// Since when it is a charity; none when it is not.
    pub charity_since: Option<Date>,
    /// The papers that it brings.
    pub papers: Vec<PaperKind>,
    /// Whether it brings a statement.
    pub asks_statement: bool,
}

/// What stands for and against an application today.
///
/// # Errors
/// `NotFound` when there is no such organisation.
pub async fn outlook(app: &App, id: OrganisationId) -> Result<Outlook, Error> {
    let now = app.clock.now();
    let known = standing::known_at(app, id, now).await?;
    let (held, has_unit) = asks_consent(&mut Source::Db(&app.db), id).await?;
    Ok(Outlook {
        known: conditions_of(app, &known, now.date()),
        charity_since: known.charity_since,
        papers: papers_needed(held.kind, has_unit),
        asks_statement: held.kind != domain::registry::OrganisationKind::Foundation,
    })
}

/// An organisation's applications, newest first.
///
/// # Errors
/// The database failed.
pub async fn own(app: &App, id: OrganisationId) -> Result<Vec<CharityCase>, Error> {
    let sql = "SELECT * FROM charity_case WHERE organisation_id = $1 ORDER BY number DESC LIMIT 200";
    Ok(app.db.all(sql, args![id]).await?)
}

row! {
    /// An application in the desk's list.
    pub struct DeskLine {
        /// Its number.
        number: i64,
        /// The organisation's name.
        name: String,
        /// How far it has come.
        @code stage: domain::registry::charity::CharityStage,
        /// When it was applied for.
        applied_at: domain::kernel::Moment,
        /// The last day of the next step.
        due_on: Option<Date>,
    }
}

/// Applications on the desk: those that wait for somebody, or those that are settled; newest first.
///
/// # Errors
/// The database failed.
pub async fn on_desk(app: &App, is_settled: bool) -> Result<Vec<DeskLine>, Error> {
    let sql = "SELECT c.number, o.name, c.stage, c.applied_at,
           (SELECT min(d.due_on) FROM deadline d
             WHERE d.subject_kind = 'case' AND d.subject_id = c.id AND d.done_on IS NULL) AS due_on
         FROM charity_case c JOIN organisation o ON o.id = c.organisation_id
         WHERE (c.stage NOT IN ('applied', 'returned', 'accepted', 'reviewed', 'noticed', 'answered'))
           = (CAST($1 AS BIGINT) = 1)
         ORDER BY c.number DESC LIMIT 200";
    Ok(app.db.all(sql, args![i64::from(is_settled)]).await?)
}

/// One application, for its organisation and for those who work on it or look on (S12).
///
/// # Errors
/// `NotFound` for strangers.
pub async fn one(app: &App, actor: &Actor, number: i64) -> Result<WholeCharity, Error> {
    let sql = "SELECT * FROM charity_case WHERE number = $1";
    let case: CharityCase = app.db.one(sql, args![number]).await?;
    if !may_read(actor, case.organisation_id) {
        return Err(Error::NotFound);
    }
    let sql = "SELECT * FROM organisation WHERE id = $1";
    let organisation = app.db.one(sql, args![case.organisation_id]).await?;
    let held = held_conditions(&mut Source::Db(&app.db), case.id).await?;
    let known = standing::known_at(app, case.organisation_id, app.clock.now()).await?;
    let mut known = conditions_of(app, &known, case.rules_on());
    if case.recognised_on.is_some() {
        // What it is by this very case is no bar to it.
        known.retain(|one| one.code != "charity.not-yet");
    }
    let is_paused = is_paused(&mut Source::Db(&app.db), case.id).await?;
    let due_on = super::extension::due_on(&mut Source::Db(&app.db), case.id).await?;
    let years = public_years::years(app, case.organisation_id).await?;
    let asked = i64::from(case.rules_on().year()) - 1;
    let last_year = years.into_iter().find(|one| one.year == asked);
    Ok(WholeCharity { case, organisation, conditions: held, known, is_paused, due_on, last_year })
}
