//! What the register knew of an organisation at any moment, in the shape that every gate asks for.
//!
//! Read from facts that carry their day; see `domain::registry::standing_history` for which one counts. What
//! was entered by hand or by sheet counts from its entry until an act decides. An organisation of which no
//! entry is on file is as its row says, as far as no act decided otherwise.
//! One statement reads the organisation, one all its dated facts: a bid may ask for many organisations.

use domain::kernel::{Coded, CreditCode, Date, Fen, Moment, OrganisationId};
use domain::registry::credit::{CreditList, ListingFact, ListingGround, Penalty, PenaltyKind};
use domain::registry::standing::Standing;
use domain::registry::standing_history::{
    Entered, History, InspectionFact, Known, PenaltyFact, RatingEnd, RatingFact, Span, StatusFact,
};
use domain::registry::{CreditListing, InspectionResult, OrganisationStatus, Party, Relation, RelationKind};

use super::profile::Organisation;
use crate::db::{Db, DbError, FromRow, Row, Tx, Val};
use crate::{App, Error, args, row};

/// What was known at `at`, read inside a transaction so that it can be frozen there.
///
/// # Errors
/// `NotFound` when there is no such organisation.
pub async fn known_in(app: &App, tx: &mut Tx, id: OrganisationId, at: Moment) -> Result<Known, Error> {
    Ok(registered(app, &mut Source::Tx(tx), id, at).await?.1)
}

/// What was known at `at`.
///
/// # Errors
/// `NotFound` when there is no such organisation.
pub async fn known_at(app: &App, id: OrganisationId, at: Moment) -> Result<Known, Error> {
    Ok(registered(app, &mut Source::Db(&app.db), id, at).await?.1)
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
pub(crate) enum Source<'a> {
    /// Outside.
    Db(&'a Db),
    /// Inside.
    Tx(&'a mut Tx),
}

impl Source<'_> {
    pub(crate) async fn all<T: FromRow>(&mut self, sql: &str, args: &[Val]) -> Result<Vec<T>, DbError> {
        match self {
            Source::Db(db) => db.all(sql, args).await,
            Source::Tx(tx) => tx.all(sql, args).await,
        }
    }
}

/// Organisations `o`, each with the row of its controlling body when that is in the register itself.
const WITH_CONTROLLER: &str = "SELECT o.*, c.id AS controller_id
     FROM organisation o LEFT JOIN organisation c ON c.uscc = o.controller_uscc";

/// An organisation with what was known of it at `at`.
///
/// # Errors
/// `NotFound` when there is no such organisation.
pub(crate) async fn registered(
    app: &App,
    source: &mut Source<'_>,
    id: OrganisationId,
    at: Moment,
) -> Result<(Organisation, Known), Error> {
    let rows: Vec<Row> = source.all(&format!("{WITH_CONTROLLER} WHERE o.id = $1"), args![id]).await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    of_row(app, source, row, at).await
}

/// The same from a row that holds the columns of `organisation` and `controller_id`.
pub(crate) async fn of_row(
    app: &App,
    source: &mut Source<'_>,
    row: &Row,
    at: Moment,
) -> Result<(Organisation, Known), Error> {
    let held = Organisation::from_row(row)?;
    let facts: Vec<FactRow> = source.all(FACTS, args![held.id]).await?;
    let history = history(&held, row.get("controller_id")?, &facts);
    let known = history.at(at, app.book.on(at.date()));
    Ok((held, known))
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
pub(crate) fn ground_of(code: &str) -> ListingGround {
    ListingGround::from_code(code).unwrap_or(ListingGround::TakenOver)
}

/// Every place on a list that was decided.
pub(super) const PLACES: &str =
    "SELECT list, ground, listed_on, removed_on, listed_at, removed_at FROM credit_listing
     WHERE organisation_id = $1 AND listed_on IS NOT NULL ORDER BY listed_on, id";

row! {
    /// A dated fact of any sort; which columns it fills is told by `FACTS`.
    struct FactRow {
        sort: String,
        one: Option<String>,
        two: Option<String>,
        three: Option<String>,
        day: Option<Date>,
        last: Option<Date>,
        since: Option<Moment>,
        until: Option<Moment>,
        count: Option<i64>,
    }
}

/// Every dated fact of an organisation. Listings and revocations under way and penalties that wait for their
/// second person count as under investigation.
const FACTS: &str = "SELECT 'entered' AS sort, status AS one, inspection AS two, listing AS three,
       CAST(NULL AS TEXT) AS day, banned_until AS last, from_at AS since, CAST(NULL AS BIGINT) AS until,
       CAST(NULL AS BIGINT) AS count
     FROM standing_entry WHERE organisation_id = $1
     UNION ALL SELECT 'status', status, NULL, NULL, from_on, NULL, from_at, NULL, NULL
     FROM status_change WHERE organisation_id = $1
     UNION ALL SELECT 'inspection', outcome, state, NULL, COALESCE(decided_on, absent_on), NULL, NULL, NULL, year
     FROM inspection WHERE organisation_id = $1 AND state IN ('decided', 'absent')
     UNION ALL SELECT 'rating', grade, COALESCE(ended_by, CASE WHEN lapsed_on IS NOT NULL THEN 'lapsed' END),
       COALESCE(ended_on, lapsed_on), confirmed_on, valid_until, NULL, NULL, NULL
     FROM rating_grade WHERE organisation_id = $1
     UNION ALL SELECT 'place', list, ground, NULL, listed_on, removed_on, listed_at, removed_at, NULL
     FROM credit_listing WHERE organisation_id = $1 AND listed_on IS NOT NULL
     UNION ALL SELECT 'penalty', kind, until_on, finished_on, imposed_on, NULL, confirmed_at, NULL, amount_fen
     FROM penalty WHERE organisation_id = $1 AND state = 'confirmed'
     UNION ALL SELECT 'investigation', NULL, NULL, NULL, NULL, NULL, recorded_at, confirmed_at, NULL
     FROM penalty WHERE organisation_id = $1
     UNION ALL SELECT 'investigation', NULL, NULL, NULL, NULL, NULL, proposed_at, decided_at, NULL
     FROM listing_case WHERE organisation_id = $1
     UNION ALL SELECT 'investigation', NULL, NULL, NULL, NULL, NULL, opened_at, decided_at, NULL
     FROM ending_case WHERE organisation_id = $1 AND kind = 'revocation'
     UNION ALL SELECT 'charity', NULL, NULL, NULL, from_on, to_on, NULL, NULL, NULL
     FROM charity_status WHERE organisation_id = $1";

impl FactRow {
    fn is(&self, sort: &str) -> bool {
        self.sort == sort
    }

    fn code<C: Coded>(text: Option<&String>) -> Option<C> {
        text.and_then(|code| C::from_code(code))
    }

    fn date(text: Option<&String>) -> Option<Date> {
        text.and_then(|day| day.parse().ok())
    }

    /// Since when it holds: its moment, else the start of its day.
    fn from(&self) -> Option<Moment> {
        self.since.or(self.day.map(Moment::start_of))
    }

    fn entered(&self) -> Option<Entered> {
        Some(Entered {
            from: self.since?,
            status: Self::code(self.one.as_ref())?,
            inspection: Self::code(self.two.as_ref())?,
            listing: Self::code(self.three.as_ref())?,
            banned_until: self.last,
        })
    }

    fn status(&self) -> Option<StatusFact> {
        Some(StatusFact { from: self.from()?, status: Self::code(self.one.as_ref())? })
    }

    fn inspection(&self) -> Option<InspectionFact> {
        let is_absent = self.two.as_deref() == Some("absent");
        let result = if is_absent { InspectionResult::Absent } else { Self::code(self.one.as_ref())? };
        Some(InspectionFact { year: self.count?, from: self.from()?, result })
    }

    fn rating(&self) -> Option<RatingFact> {
        let grade = self.one.as_ref().and_then(|grade| grade.chars().next()?.to_digit(10));
        let ended: Option<RatingEnd> = Self::code(self.two.as_ref());
        Some(RatingFact {
            grade: grade.map_or(0, i64::from),
            confirmed_on: self.day?,
            valid_until: self.last?,
            ended: Self::date(self.three.as_ref()).zip(ended),
        })
    }

    fn place(&self) -> Option<ListingFact> {
        Some(ListingFact {
            list: Self::code(self.one.as_ref())?,
            ground: ground_of(self.two.as_deref().unwrap_or_default()),
            listed_at: self.from()?,
            removed_at: self.until.or(self.last.map(Moment::start_of)),
        })
    }

    fn penalty(&self) -> Option<PenaltyFact> {
        let kind: PenaltyKind = Self::code(self.one.as_ref())?;
        let penalty = Penalty {
            kind,
            amount: Fen(self.count?),
            imposed_on: self.day?,
            until: Self::date(self.two.as_ref()),
        };
        Some(PenaltyFact { penalty, from: self.since?, finished_on: Self::date(self.three.as_ref()) })
    }

    fn span(&self) -> Option<Span> {
        Some(Span { from: self.from()?, to: self.until.or(self.last.map(Moment::start_of)) })
    }
}

fn history(held: &Organisation, controller: Option<OrganisationId>, facts: &[FactRow]) -> History {
    let of = |sort: &'static str| facts.iter().filter(move |fact| fact.is(sort));
    let mut history = History {
        identity: identity(held, controller),
        registered_on: held.registered_on,
        entered: of("entered").filter_map(FactRow::entered).collect(),
        statuses: of("status").filter_map(FactRow::status).collect(),
        inspections: of("inspection").filter_map(FactRow::inspection).collect(),
        ratings: of("rating").filter_map(FactRow::rating).collect(),
        listings: of("place").filter_map(FactRow::place).collect(),
        penalties: of("penalty").filter_map(FactRow::penalty).collect(),
        investigations: of("investigation").filter_map(FactRow::span).collect(),
        charity: of("charity").filter_map(FactRow::span).collect(),
    };
    if history.entered.is_empty() {
        history.entered.push(of_the_row(held, &history));
    }
    history
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
