//! What pages ask: cases and removals under way, one case with all that hangs on it, the public lists.

use domain::coded;
use domain::kernel::{Actor, Coded, Date, Moment, OrganisationId, Role};
use domain::registry::credit::{CreditList, ListingGround, ListingStage, RemovalStage, StatementKind};

use super::super::standing::ground_of;
use super::held::{HeldListing, HeldPenalty, ListingCase, RemovalCase};
use super::letter::{HeldLetter, OF};
use crate::db::Row;
use crate::{App, Error, args, row};

row! {
    /// A case in the desk's list.
    pub struct CaseLine {
        /// Its number.
        number: i64,
        /// Whose.
        name: String,
        /// Its code.
        uscc: String,
        /// Which list.
        @code list: CreditList,
        /// Why.
        @code ground: ListingGround,
        /// The day on which the ground arose.
        arose_on: Date,
        /// How far it has come.
        @code stage: ListingStage,
        /// The last day for an answer.
        answer_by: Option<Date>,
        /// How the organisation answered.
        @code_option statement_kind: Option<StatementKind>,
        /// When the hearing was held.
        heard_on: Option<Date>,
        /// When it was decided.
        decided_at: Option<Moment>,
        /// The last day for the entry; none while it stands still.
        due_on: Option<Date>,
    }
}

/// What the desk's list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// One list alone.
    pub list: Option<CreditList>,
    /// One ground alone.
    pub ground: Option<ListingGround>,
    /// Cases that were decided or dropped, instead of those under way.
    pub is_settled: bool,
}

/// The most rows of one list.
const ROWS_MAX: usize = 500;

/// Cases, what is due first at the top; settled ones newest first.
///
/// # Errors
/// The database could not be read.
pub async fn cases(app: &App, filter: CaseFilter) -> Result<Vec<CaseLine>, Error> {
    let (stages, order) = if filter.is_settled {
        ("'decided', 'dropped'", "c.decided_at DESC, c.number DESC")
    } else {
        ("'proposed', 'noticed', 'stated'", "COALESCE(d.due_on, '9999-12-31'), c.number")
    };
    let sql = format!(
        "SELECT c.number, o.name, o.uscc, c.list, c.ground, c.arose_on, c.stage, c.answer_by, c.statement_kind,
           c.heard_on, c.decided_at, d.due_on
         FROM listing_case c JOIN organisation o ON o.id = c.organisation_id
           LEFT JOIN deadline d ON d.subject_kind = 'listing' AND d.subject_id = c.listing_id
             AND d.rule = 'listing_entry_working_days'
         WHERE c.stage IN ({stages}) AND c.list = COALESCE($1, c.list) AND c.ground = COALESCE($2, c.ground)
         ORDER BY {order} LIMIT $3"
    );
    let (list, ground) = (filter.list.map(Coded::code), filter.ground.map(Coded::code));
    Ok(app.db.all(&sql, args![list, ground, ROWS_MAX]).await?)
}

/// Every case of an organisation, newest first, for officials.
///
/// # Errors
/// The database could not be read.
pub async fn cases_of(app: &App, id: OrganisationId) -> Result<Vec<ListingCase>, Error> {
    let sql = "SELECT * FROM listing_case WHERE organisation_id = $1 ORDER BY number DESC LIMIT $2";
    Ok(app.db.all(sql, args![id, ROWS_MAX]).await?)
}

row! {
    /// A removal in the desk's list.
    pub struct RemovalLine {
        /// Its row.
        id: i64,
        /// The place on the list.
        listing_id: i64,
        /// Whose.
        name: String,
        /// Its code.
        uscc: String,
        /// Which list.
        @code list: CreditList,
        /// Why it is on it, as stored; see `ground`.
        ground: String,
        /// How far it has come.
        @code stage: RemovalStage,
        /// When it was applied for.
        applied_at: Moment,
        /// The last day for the removal, once verified.
        due_on: Option<Date>,
    }
}

impl RemovalLine {
    /// Why it is on the list.
    pub fn ground(&self) -> ListingGround {
        ground_of(&self.ground)
    }
}

/// Removals under way, what is due first at the top.
///
/// # Errors
/// The database could not be read.
pub async fn removals(app: &App) -> Result<Vec<RemovalLine>, Error> {
    let sql = "SELECT r.id, r.listing_id, o.name, o.uscc, l.list, l.ground, r.stage, r.applied_at, d.due_on
               FROM removal_case r JOIN credit_listing l ON l.id = r.listing_id
                 JOIN organisation o ON o.id = r.organisation_id
                 LEFT JOIN deadline d ON d.subject_kind = 'listing' AND d.subject_id = r.listing_id
                   AND d.rule = 'listing_removal_working_days' AND d.done_on IS NULL
               WHERE r.stage IN ('applied', 'verified')
               ORDER BY COALESCE(d.due_on, '9999-12-31'), r.applied_at, r.id LIMIT $1";
    Ok(app.db.all(sql, args![ROWS_MAX]).await?)
}

row! {
    /// Name and code of an organisation.
    pub struct Named {
        /// Its row.
        id: OrganisationId,
        /// Its name.
        name: String,
        /// Its code.
        uscc: String,
    }
}

/// A case with its organisation and its place.
#[derive(Clone, Debug)]
pub struct WholeCase {
    /// The case.
    pub case: ListingCase,
    /// Whose.
    pub organisation: Named,
    /// The place on the list.
    pub listing: HeldListing,
    /// The penalty it follows from.
    pub penalty: Option<HeldPenalty>,
}

/// The case with this number, for officials and for its own organisation.
///
/// # Errors
/// `NotFound` for strangers.
pub async fn case(app: &App, actor: &Actor, number: i64) -> Result<WholeCase, Error> {
    let case: ListingCase = app.db.one("SELECT * FROM listing_case WHERE number = $1", args![number]).await?;
    expect_reader(actor, case.organisation_id)?;
    let is_told = case.noticed_at.is_some();
    if actor.post.role == Role::OrganisationUser && !is_told {
        return Err(Error::NotFound);
    }
    let penalty = match case.penalty_id {
        Some(id) => app.db.maybe("SELECT * FROM penalty WHERE id = $1", args![id]).await?,
        None => None,
    };
    Ok(WholeCase {
        organisation: named(app, case.organisation_id).await?,
        listing: app.db.one("SELECT * FROM credit_listing WHERE id = $1", args![case.listing_id]).await?,
        penalty,
        case,
    })
}

/// A removal with its organisation and its place, for officials.
///
/// # Errors
/// `NotFound` for strangers.
pub async fn removal(app: &App, actor: &Actor, id: i64) -> Result<(RemovalCase, Named, HeldListing), Error> {
    let held: RemovalCase = app.db.one("SELECT * FROM removal_case WHERE id = $1", args![id]).await?;
    expect_reader(actor, held.organisation_id)?;
    let organisation = named(app, held.organisation_id).await?;
    let listing = app.db.one("SELECT * FROM credit_listing WHERE id = $1", args![held.listing_id]).await?;
    Ok((held, organisation, listing))
}

fn expect_reader(actor: &Actor, organisation: OrganisationId) -> Result<(), Error> {
    let is_official =
        matches!(actor.post.role, Role::ApprovalOfficer | Role::ApprovalDirector | Role::Supervisor);
    let is_own = actor.organisation() == Some(organisation);
    if is_official || is_own { Ok(()) } else { Err(Error::NotFound) }
}

async fn named(app: &App, id: OrganisationId) -> Result<Named, Error> {
    Ok(app.db.one("SELECT id, name, uscc FROM organisation WHERE id = $1", args![id]).await?)
}

/// Penalties of an organisation, newest first: every one for officials, else those that were confirmed.
///
/// # Errors
/// The database could not be read.
pub async fn penalties(app: &App, id: OrganisationId, is_official: bool) -> Result<Vec<HeldPenalty>, Error> {
    let sql = "SELECT * FROM penalty WHERE organisation_id = $1 ORDER BY imposed_on DESC, id DESC LIMIT $2";
    let all: Vec<HeldPenalty> = app.db.all(sql, args![id, ROWS_MAX]).await?;
    Ok(all.into_iter().filter(|one| is_official || one.state == "confirmed").collect())
}

/// One penalty, for officials, and for its own organisation once that was told of it.
///
/// # Errors
/// `NotFound` for strangers.
pub async fn penalty(app: &App, actor: &Actor, id: i64) -> Result<(HeldPenalty, Named), Error> {
    let held: HeldPenalty = app.db.one("SELECT * FROM penalty WHERE id = $1", args![id]).await?;
    expect_reader(actor, held.organisation_id)?;
    if actor.post.role == Role::OrganisationUser && held.noticed_at.is_none() {
        return Err(Error::NotFound);
    }
    let organisation = named(app, held.organisation_id).await?;
    Ok((held, organisation))
}

/// Penalties of an organisation that it was told of and that are not decided, those to be answered first at the top.
///
/// # Errors
/// The database could not be read.
pub async fn intended_penalties(app: &App, id: OrganisationId) -> Result<Vec<HeldPenalty>, Error> {
    let sql =
        "SELECT * FROM penalty WHERE organisation_id = $1 AND state = 'recorded' AND noticed_at IS NOT NULL
               ORDER BY answer_by, id";
    Ok(app.db.all(sql, args![id]).await?)
}

/// Penalties that wait for their second person.
///
/// # Errors
/// The database could not be read.
pub async fn unconfirmed(app: &App) -> Result<Vec<(Named, HeldPenalty)>, Error> {
    let sql = "SELECT * FROM penalty WHERE state = 'recorded' ORDER BY recorded_at, id LIMIT $1";
    let mut all = Vec::new();
    for held in app.db.all::<HeldPenalty>(sql, args![ROWS_MAX]).await? {
        all.push((named(app, held.organisation_id).await?, held));
    }
    Ok(all)
}

/// The special letters of an organisation, oldest first.
///
/// # Errors
/// The database could not be read.
pub async fn letters(app: &App, id: OrganisationId) -> Result<Vec<HeldLetter>, Error> {
    Ok(app.db.all(OF, args![id]).await?)
}

/// Open places of an organisation, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn open_places(app: &App, id: OrganisationId) -> Result<Vec<HeldListing>, Error> {
    let sql = "SELECT * FROM credit_listing WHERE organisation_id = $1 AND listed_on IS NOT NULL
               AND removed_on IS NULL ORDER BY listed_on DESC, id DESC";
    Ok(app.db.all(sql, args![id]).await?)
}

/// Cases of an organisation that it was told of and that are not settled, oldest first.
///
/// # Errors
/// The database could not be read.
pub async fn own_cases(app: &App, id: OrganisationId) -> Result<Vec<ListingCase>, Error> {
    let sql = "SELECT * FROM listing_case WHERE organisation_id = $1 AND stage IN ('noticed', 'stated')
               ORDER BY number";
    Ok(app.db.all(sql, args![id]).await?)
}

/// Years whose inspection waits for the organisation's report, each with its last day.
///
/// # Errors
/// The database could not be read.
pub async fn inspections_due(app: &App, id: OrganisationId) -> Result<Vec<(i64, Date)>, Error> {
    let sql =
        "SELECT i.year, CASE WHEN o.kind = 'foundation' THEN c.foundation_due_on ELSE c.due_on END AS due_on
               FROM inspection i JOIN inspection_campaign c ON c.year = i.year
               JOIN organisation o ON o.id = i.organisation_id
               WHERE i.organisation_id = $1 AND i.state IN ('due', 'returned') ORDER BY i.year";
    let rows: Vec<Row> = app.db.all(sql, args![id]).await?;
    rows.iter().map(|row| Ok((row.get("year")?, row.get("due_on")?))).collect()
}

/// Removals of an organisation, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn own_removals(app: &App, id: OrganisationId) -> Result<Vec<RemovalCase>, Error> {
    let sql =
        "SELECT * FROM removal_case WHERE organisation_id = $1 ORDER BY applied_at DESC, id DESC LIMIT $2";
    Ok(app.db.all(sql, args![id, ROWS_MAX]).await?)
}

coded! {
    /// How a place ended.
    pub enum RemovedHow as "removed_how" {
        /// Applied for, verified and decided.
        Applied = "applied",
        /// By itself, after its months.
        Expired = "expired",
        /// By a later entry of the register.
        Entered = "entered",
    }
}

row! {
    /// A place on a public list.
    pub struct PublicPlace {
        /// Its row.
        id: i64,
        /// Whose.
        name: String,
        /// Its code.
        uscc: String,
        /// The district's six digits.
        district: String,
        /// Why, as stored; see `ground`.
        ground: String,
        /// The day on which the ground arose.
        arose_on: Date,
        /// Since when it is listed.
        listed_on: Date,
        /// Until when.
        removed_on: Option<Date>,
        /// The number of the decision.
        document: Option<String>,
        /// The code behind which the decision can be read.
        code: Option<String>,
    }
}

impl PublicPlace {
    /// Why it is on the list.
    pub fn ground(&self) -> ListingGround {
        ground_of(&self.ground)
    }
}

/// What a reader looks for in a public list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublicFilter {
    /// Part of a name or code.
    pub text: String,
    /// One ground alone.
    pub ground: Option<ListingGround>,
    /// Those who left the list, instead of those who are on it.
    pub is_removed: bool,
}

/// A public list, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn public_list(
    app: &App,
    list: CreditList,
    filter: &PublicFilter,
    limit: usize,
) -> Result<Vec<PublicPlace>, Error> {
    let ended = if filter.is_removed { "IS NOT NULL" } else { "IS NULL" };
    let sql = format!(
        "SELECT l.id, o.name, o.uscc, o.district, l.ground, l.arose_on, l.listed_on, l.removed_on,
           d.number AS document, d.code
         FROM credit_listing l JOIN organisation o ON o.id = l.organisation_id
           LEFT JOIN document d ON d.subject_kind = 'listing' AND d.subject_id = l.id
             AND d.kind = 'listing_decision' AND d.withdrawn_at IS NULL
         WHERE l.list = $1 AND l.listed_on IS NOT NULL AND l.removed_on {ended}
           AND l.ground = COALESCE($2, l.ground) AND (o.name LIKE $3 OR o.uscc LIKE $3)
         ORDER BY l.listed_on DESC, l.id DESC LIMIT $4"
    );
    let plain: String =
        filter.text.trim().chars().filter(|sign| !matches!(sign, '%' | '_')).take(60).collect();
    let like = format!("%{plain}%");
    Ok(app.db.all(&sql, args![list.code(), filter.ground.map(Coded::code), like, limit]).await?)
}

/// The code of the decision that was issued on a penalty; none for what another authority decided, and before it stands.
///
/// # Errors
/// The database could not be read.
pub async fn decision_of(app: &App, penalty: i64) -> Result<Option<String>, Error> {
    let subject = super::penalty_papers::subject(penalty);
    let sql =
        "SELECT code FROM document WHERE subject_kind = $1 AND subject_id = $2 AND kind = 'penalty_decision'
               ORDER BY issued_at DESC LIMIT 1";
    let found: Option<(String,)> = app.db.maybe(sql, args![subject.kind.code(), subject.id]).await?;
    Ok(found.map(|(code,)| code))
}
