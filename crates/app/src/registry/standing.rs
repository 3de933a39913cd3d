//! What the register knew of an organisation at any moment, in the shape that every gate asks for.
//!
//! Read from facts that carry their day; see `domain::registry::standing_history` for which one counts. What
//! was entered by hand or by sheet counts from its entry until an act decides. An organisation of which no
//! entry is on file is as its row says, as far as no act decided otherwise.

use domain::kernel::{CreditCode, Date, Fen, Moment, OrganisationId};
use domain::registry::credit::{CreditList, ListingFact, ListingGround, Penalty, PenaltyKind};
use domain::registry::standing::Standing;
use domain::registry::standing_history::{
    Entered, History, InspectionFact, Known, PenaltyFact, RatingEnd, RatingFact, Span, StatusFact,
};
use domain::registry::{CreditListing, InspectionResult, OrganisationStatus, Party, Relation, RelationKind};

use super::profile::Organisation;
use crate::db::{Db, DbError, FromRow, Tx, Val};
use crate::{App, Error, args, row};

/// What was known at `at`, read inside a transaction so that it can be frozen there.
///
/// # Errors
/// `NotFound` when there is no such organisation.
pub async fn known_in(app: &App, tx: &mut Tx, id: OrganisationId, at: Moment) -> Result<Known, Error> {
    let history = history(&mut Source::Tx(tx), id).await?;
    Ok(history.at(at, app.book.on(at.date())))
}

/// What was known at `at`.
///
/// # Errors
/// `NotFound` when there is no such organisation.
pub async fn known_at(app: &App, id: OrganisationId, at: Moment) -> Result<Known, Error> {
    let history = history(&mut Source::Db(&app.db), id).await?;
    Ok(history.at(at, app.book.on(at.date())))
}

/// The standing at `at`, for the rules of bidding, inside a transaction.
///
/// # Errors
/// `NotFound` when there is no such organisation.
pub async fn standing_in(app: &App, tx: &mut Tx, id: OrganisationId, at: Moment) -> Result<Standing, Error> {
    Ok(known_in(app, tx, id, at).await?.standing)
}

/// The standing at `at`.
///
/// # Errors
/// `NotFound` when there is no such organisation.
pub async fn standing_at(app: &App, id: OrganisationId, at: Moment) -> Result<Standing, Error> {
    Ok(known_at(app, id, at).await?.standing)
}

/// Where the facts are read: outside or inside a transaction.
pub(super) enum Source<'a> {
    /// Outside.
    Db(&'a Db),
    /// Inside.
    Tx(&'a mut Tx),
}

impl Source<'_> {
    pub(super) async fn all<T: FromRow>(&mut self, sql: &str, args: &[Val]) -> Result<Vec<T>, DbError> {
        match self {
            Source::Db(db) => db.all(sql, args).await,
            Source::Tx(tx) => tx.all(sql, args).await,
        }
    }

    async fn of<T: FromRow>(&mut self, sql: &str, id: OrganisationId) -> Result<Vec<T>, DbError> {
        self.all(sql, args![id]).await
    }
}

row! {
    struct EnteredRow {
        from_at: Moment,
        @code status: OrganisationStatus,
        @code inspection: InspectionResult,
        @code listing: CreditListing,
        banned_until: Option<Date>,
    }
}

row! {
    struct StatusRow {
        @code status: OrganisationStatus,
        from_on: Date,
    }
}

row! {
    struct InspectionRow {
        year: i64,
        @code_option outcome: Option<InspectionResult>,
        decided_on: Option<Date>,
        absent_on: Option<Date>,
    }
}

row! {
    struct RatingRow {
        grade: String,
        confirmed_on: Date,
        valid_until: Date,
        ended_on: Option<Date>,
        @code_option ended_by: Option<RatingEnd>,
    }
}

row! {
    /// A place on a list as it is held.
    pub(super) struct PlaceRow {
        @code list: CreditList,
        ground: String,
        listed_on: Date,
        removed_on: Option<Date>,
        listed_at: Option<Moment>,
        removed_at: Option<Moment>,
    }
}

row! {
    struct PenaltyRow {
        @code kind: PenaltyKind,
        amount_fen: Fen,
        imposed_on: Date,
        until_on: Option<Date>,
        confirmed_at: Moment,
        finished_on: Option<Date>,
    }
}

row! {
    struct SpanRow {
        from_at: Moment,
        to_at: Option<Moment>,
    }
}

row! {
    struct CharityRow {
        from_on: Date,
        to_on: Option<Date>,
    }
}

impl PlaceRow {
    /// The fact; a place kept with its day alone holds from the start of that day.
    pub(super) fn fact(&self) -> ListingFact {
        ListingFact {
            list: self.list,
            ground: ground_of(&self.ground),
            listed_at: self.listed_at.unwrap_or(Moment::start_of(self.listed_on)),
            removed_at: self.removed_at.or(self.removed_on.map(Moment::start_of)),
        }
    }
}

/// The ground with this code; a word of another time counts as taken over.
pub(super) fn ground_of(code: &str) -> ListingGround {
    use domain::kernel::Coded;
    ListingGround::from_code(code).unwrap_or(ListingGround::TakenOver)
}

/// Every place on a list that was decided.
pub(super) const PLACES: &str =
    "SELECT list, ground, listed_on, removed_on, listed_at, removed_at FROM credit_listing
     WHERE organisation_id = $1 AND listed_on IS NOT NULL ORDER BY listed_on, id";
const BY_CODE: &str = "SELECT id FROM organisation WHERE uscc = $1";
const ENTERED: &str = "SELECT from_at, status, inspection, listing, banned_until FROM standing_entry
     WHERE organisation_id = $1 ORDER BY from_at, id";
const STATUSES: &str =
    "SELECT status, from_on FROM status_change WHERE organisation_id = $1 ORDER BY from_on, id";
const INSPECTIONS: &str = "SELECT year, outcome, decided_on, absent_on FROM inspection
     WHERE organisation_id = $1 AND state IN ('decided', 'absent')";
const RATINGS: &str = "SELECT grade, confirmed_on, valid_until, ended_on, ended_by FROM rating_grade
     WHERE organisation_id = $1";
const PENALTIES: &str =
    "SELECT kind, amount_fen, imposed_on, until_on, confirmed_at, finished_on FROM penalty
     WHERE organisation_id = $1 AND state = 'confirmed'";
/// Listings under way, and penalties that wait for their second person.
const INVESTIGATED: &str = "SELECT proposed_at AS from_at, decided_at AS to_at FROM listing_case
     WHERE organisation_id = $1
     UNION ALL SELECT recorded_at AS from_at, confirmed_at AS to_at FROM penalty WHERE organisation_id = $1";
const CHARITY: &str = "SELECT from_on, to_on FROM charity_status WHERE organisation_id = $1";

async fn history(source: &mut Source<'_>, id: OrganisationId) -> Result<History, Error> {
    let held: Vec<Organisation> = source.of("SELECT * FROM organisation WHERE id = $1", id).await?;
    let held = held.into_iter().next().ok_or(Error::NotFound)?;
    let controller: Vec<(OrganisationId,)> = match &held.controller_uscc {
        Some(code) => source.all(BY_CODE, args![code]).await?,
        None => Vec::new(),
    };
    let statuses: Vec<StatusRow> = source.of(STATUSES, id).await?;
    let inspections: Vec<InspectionRow> = source.of(INSPECTIONS, id).await?;
    let places: Vec<PlaceRow> = source.of(PLACES, id).await?;
    let entered: Vec<EnteredRow> = source.of(ENTERED, id).await?;
    let mut history = History {
        identity: identity(&held, controller.first().map(|(id,)| *id)),
        registered_on: held.registered_on,
        entered: entered.into_iter().map(entry).collect(),
        statuses: statuses.into_iter().map(status).collect(),
        inspections: inspections.into_iter().filter_map(inspection).collect(),
        ratings: source.of::<RatingRow>(RATINGS, id).await?.iter().map(rating).collect(),
        listings: places.iter().map(PlaceRow::fact).collect(),
        penalties: source.of::<PenaltyRow>(PENALTIES, id).await?.iter().map(penalty).collect(),
        investigations: source.of::<SpanRow>(INVESTIGATED, id).await?.iter().map(span).collect(),
        charity: source.of::<CharityRow>(CHARITY, id).await?.iter().map(charity).collect(),
    };
    if history.entered.is_empty() {
        history.entered.push(of_the_row(&held, &history));
    }
    Ok(history)
}

/// The row itself as an entry, for what no act decided.
fn of_the_row(held: &Organisation, history: &History) -> Entered {
    let (is_decided, is_inspected, is_listed) =
        (!history.statuses.is_empty(), !history.inspections.is_empty(), !history.listings.is_empty());
    Entered {
        from: Moment(i64::MIN),
        status: if is_decided { OrganisationStatus::Active } else { held.status },
        inspection: if is_inspected { InspectionResult::NotDue } else { held.inspection },
        listing: if is_listed { CreditListing::None } else { held.listing },
        banned_until: held.banned_until,
    }
}

fn entry(row: EnteredRow) -> Entered {
    Entered {
        from: row.from_at,
        status: row.status,
        inspection: row.inspection,
        listing: row.listing,
        banned_until: row.banned_until,
    }
}

fn status(row: StatusRow) -> StatusFact {
    StatusFact { from: Moment::start_of(row.from_on), status: row.status }
}

fn inspection(row: InspectionRow) -> Option<InspectionFact> {
    let (result, day) = match (row.outcome, row.decided_on, row.absent_on) {
        (Some(outcome), Some(day), _) => (outcome, day),
        (_, _, Some(day)) => (InspectionResult::Absent, day),
        _ => return None,
    };
    Some(InspectionFact { year: row.year, from: Moment::start_of(day), result })
}

fn rating(row: &RatingRow) -> RatingFact {
    RatingFact {
        grade: row.grade.chars().next().and_then(|sign| sign.to_digit(10)).map_or(0, i64::from),
        confirmed_on: row.confirmed_on,
        valid_until: row.valid_until,
        ended: row.ended_on.zip(row.ended_by),
    }
}

fn penalty(row: &PenaltyRow) -> PenaltyFact {
    let penalty =
        Penalty { kind: row.kind, amount: row.amount_fen, imposed_on: row.imposed_on, until: row.until_on };
    PenaltyFact { penalty, from: row.confirmed_at, finished_on: row.finished_on }
}

fn span(row: &SpanRow) -> Span {
    Span { from: row.from_at, to: row.to_at }
}

fn charity(row: &CharityRow) -> Span {
    Span { from: Moment::start_of(row.from_on), to: row.to_on.map(Moment::start_of) }
}

/// What carries no date. `controller` is the controlling body's row, when it is in the register itself.
fn identity(held: &Organisation, controller: Option<OrganisationId>) -> Standing {
    let mut relations = Vec::new();
    if !held.person_in_charge.is_empty() {
        let party = Party::Person(held.person_in_charge.clone());
        relations.push(Relation { kind: RelationKind::PersonInCharge, party });
    }
    if let Some(code) = &held.controller_uscc {
        let party = controller.map_or_else(|| Party::Body(code.clone()), Party::Organisation);
        relations.push(Relation { kind: RelationKind::Controller, party });
    }
    if held.is_supervised {
        relations
            .push(Relation { kind: RelationKind::SupervisingUnit, party: Party::Body("bureau".to_owned()) });
    }
    Standing {
        organisation: held.id,
        kind: held.kind,
        legal: held.legal,
        status: held.status,
        has_valid_code: CreditCode::parse(&held.uscc).is_ok(),
        inspection: held.inspection,
        listing: held.listing,
        supervised_by_bureau: held.is_supervised,
        // The register holds no fully funded bodies: mass bodies and organs have codes that it refuses.
        is_fully_funded: false,
        last_major_violation: None,
        banned_until: held.banned_until,
        relations,
    }
}
