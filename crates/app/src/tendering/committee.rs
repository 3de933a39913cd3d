//! Who sits: seats, draws and sessions, read with the names that each reader may know (C36, C64).
//!
//! Until the result is public only the purchase lead, discipline and the members themselves know who was
//! drawn. Everyone may then recompute each draw from its record.

use domain::kernel::{Actor, BidId, ExpertId, Moment, OrganisationId, Role, SeatId, SessionId};
use domain::tendering::panel::SeatKind;
use domain::tendering::stage::Stage;
use serde_json::Value;

use super::attendance::{self, Occasion};
use super::case::{self, Case};
use super::panel::SeatState;
use super::session::{SESSION, Session, SessionKind};
use crate::db::Row;
use crate::{App, Error, args, row};

row! {
    /// A seat as a list shows it.
    pub struct SeatLine {
        /// Its id.
        id: SeatId,
        /// For whom.
        @code kind: SeatKind,
        /// The order of calling.
        position: i64,
        /// The member's name; blank for readers who may not know it.
        name: String,
        /// The expert's employer; blank alike.
        employer: String,
        /// Professional title; blank alike.
        title: String,
        /// Where it stands.
        @code state: SeatState,
        /// Why not.
        reason: String,
        /// Whether the member chairs.
        is_chair: bool,
        /// When answered.
        answered_at: Option<Moment>,
        /// When the scores were locked.
        locked_at: Option<Moment>,
        /// When the report was signed.
        signed_at: Option<Moment>,
        /// What the member disagreed with.
        dissent: Option<String>,
        /// Scores filled in so far.
        filled: i64,
    }
}

/// Whether a reader may know who sits.
pub fn may_know_names(actor: &Actor, case: &Case) -> bool {
    case.is_result_public() || matches!(actor.post.role, Role::PurchaseLead | Role::Supervisor)
}

/// Every seat of a tender, by position; without names for those who may not know them.
///
/// # Errors
/// The database could not be read.
pub async fn seats(app: &App, actor: &Actor, case: &Case) -> Result<Vec<SeatLine>, Error> {
    let sql = "SELECT s.id, s.kind, s.position, p.name, COALESCE(e.employer, '') AS employer,
                 COALESCE(e.title, '') AS title, s.state, s.reason, s.is_chair, s.answered_at, s.locked_at,
                 s.signed_at, s.dissent,
                 (SELECT count(*) FROM score c WHERE c.seat_id = s.id AND c.points IS NOT NULL) AS filled
               FROM seat s JOIN person p ON p.id = s.person_id LEFT JOIN expert e ON e.id = s.expert_id
               WHERE s.tender_id = $1 ORDER BY s.position, s.id";
    let mut seats: Vec<SeatLine> = app.db.all(sql, args![case.id]).await?;
    if !may_know_names(actor, case) {
        for seat in &mut seats {
            for text in [&mut seat.name, &mut seat.employer, &mut seat.title, &mut seat.reason] {
                text.clear();
            }
        }
    }
    Ok(seats)
}

row! {
    /// A seat to which its holder is called.
    pub struct Invitation {
        /// The seat.
        seat: SeatId,
        /// The tender's number.
        number: String,
        /// The tender's title.
        title: String,
        /// Where the tender stands.
        @code stage: Stage,
        /// For whom one sits.
        @code kind: SeatKind,
        /// Where the seat stands.
        @code state: SeatState,
        /// Whether one chairs.
        is_chair: bool,
        /// When the scores were locked.
        locked_at: Option<Moment>,
        /// When the report was signed.
        signed_at: Option<Moment>,
        /// When the review begins.
        review_at: Option<Moment>,
        /// Where.
        place: Option<String>,
        /// One's record in the expert pool.
        expert_id: Option<ExpertId>,
    }
}

const INVITATION: &str = "SELECT s.id AS seat, t.number, t.title, t.stage, s.kind, s.state, s.is_chair,
       s.locked_at, s.signed_at, v.starts_at AS review_at, v.place, s.expert_id
     FROM seat s JOIN tender t ON t.id = s.tender_id
     LEFT JOIN live_session v ON v.tender_id = t.id AND v.kind = 'review' WHERE s.person_id = $1";

/// Rows that a list shows at most.
const PAGE: i64 = 200;

/// Every seat to which the actor has been called, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn invitations(app: &App, actor: &Actor) -> Result<Vec<Invitation>, Error> {
    let Some(person) = actor.person else { return Ok(Vec::new()) };
    Ok(app.db.all(&format!("{INVITATION} ORDER BY s.id DESC LIMIT $2"), args![person, PAGE]).await?)
}

/// The actor's own seat on one tender.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn invitation(app: &App, actor: &Actor, number: &str) -> Result<Invitation, Error> {
    let person = actor.person.ok_or(Error::NotFound)?;
    Ok(app.db.one(&format!("{INVITATION} AND t.number = $2"), args![person, number]).await?)
}

row! {
    /// A bidder, named so that a member can say whether to recuse.
    pub struct Bidder {
        /// Its id.
        id: OrganisationId,
        /// Its name.
        name: String,
        /// Its credit code.
        uscc: String,
    }
}

/// The bidders of an opened tender, members of consortia too, by name, without their aliases.
///
/// # Errors
/// The database could not be read.
pub async fn bidders(app: &App, case: &Case) -> Result<Vec<Bidder>, Error> {
    let sql = "SELECT o.id, o.name, o.uscc FROM organisation o WHERE o.id IN (
                 SELECT organisation_id FROM bid
                 WHERE tender_id = $1 AND alias IS NOT NULL AND state = 'submitted'
                 UNION SELECT m.organisation_id FROM bid_member m JOIN bid b ON b.id = m.bid_id
                 WHERE b.tender_id = $1 AND b.alias IS NOT NULL) ORDER BY o.name";
    Ok(app.db.all(sql, args![case.id]).await?)
}

/// A draw with everything needed to recompute it.
#[derive(Clone, Debug)]
pub struct DrawRecord {
    /// 1, 2, …: how often it was drawn.
    pub attempt: i64,
    /// When.
    pub drawn_at: Moment,
    /// Seats to fill.
    pub need: i64,
    /// Pool as published: code, stratum, eligible, reason.
    pub pool_file: String,
    /// Canonical commitment.
    pub commitment: String,
    /// Its digest.
    pub commitment_sha256: String,
    /// Secrets in hexadecimal, one per line.
    pub secrets: Vec<String>,
    /// The beacon.
    pub beacon: String,
    /// The seed.
    pub seed: String,
    /// Ticket and code of each eligible candidate, lowest first.
    pub tickets: Vec<(String, String)>,
    /// Codes that won.
    pub winners: Vec<String>,
    /// Codes in reserve, in the order of calling.
    pub reserves: Vec<String>,
}

/// Every draw of a tender; for the public once the result is public.
///
/// # Errors
/// `NotFound` for readers who may not see it yet.
pub async fn draws(app: &App, actor: &Actor, case: &Case) -> Result<Vec<DrawRecord>, Error> {
    if !may_know_names(actor, case) {
        return Err(Error::NotFound);
    }
    let sql = "SELECT attempt, drawn_at, need, record FROM draw WHERE tender_id = $1 ORDER BY attempt";
    let rows: Vec<Row> = app.db.all(sql, args![case.id]).await?;
    rows.iter().map(draw_record).collect()
}

fn draw_record(row: &Row) -> Result<DrawRecord, Error> {
    let record: Value = serde_json::from_str(&row.get::<String>("record")?).unwrap_or(Value::Null);
    let text = |name: &str| record.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let list = |name: &str| record.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let words = |name: &str| -> Vec<String> {
        list(name).iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let commitment = record.get("commitment").cloned().unwrap_or(Value::Null);
    let commitment = evidence::canonical::canonical(&commitment).unwrap_or_default();
    let ticket = |pair: &Value| Some((pair.get(0)?.as_str()?.to_owned(), pair.get(1)?.as_str()?.to_owned()));
    Ok(DrawRecord {
        attempt: row.get("attempt")?,
        drawn_at: row.get("drawn_at")?,
        need: row.get("need")?,
        pool_file: text("pool_file"),
        commitment: String::from_utf8(commitment).unwrap_or_default(),
        commitment_sha256: text("commitment_sha256"),
        secrets: words("secrets"),
        beacon: text("beacon"),
        seed: text("seed"),
        tickets: list("tickets").iter().filter_map(ticket).collect(),
        winners: words("winners"),
        reserves: words("reserves"),
    })
}

row! {
    /// A presenter's turn. Presenters go by their alias until the result is public.
    pub struct TurnLine {
        /// The session.
        session_id: SessionId,
        /// Which bid.
        bid_id: BidId,
        /// The alias.
        alias: String,
        /// Place in the order.
        position: i64,
        /// When it began.
        started_at: Option<Moment>,
        /// When it ended.
        ended_at: Option<Moment>,
    }
}

/// The sessions of a tender and the order of its presenters.
#[derive(Clone, Debug, Default)]
pub struct Sessions {
    /// The live session, once it has a place and time.
    pub live: Option<Session>,
    /// The review.
    pub review: Option<Session>,
    /// The order of presentation, once it is drawn.
    pub turns: Vec<TurnLine>,
}

impl Sessions {
    /// The turn that runs now.
    pub fn running(&self) -> Option<&TurnLine> {
        self.turns.iter().find(|turn| turn.started_at.is_some() && turn.ended_at.is_none())
    }

    /// The place of the presenter to be called next.
    pub fn next(&self) -> Option<i64> {
        self.turns.iter().find(|turn| turn.started_at.is_none()).map(|turn| turn.position)
    }
}

/// The sessions of a public tender.
///
/// # Errors
/// The database could not be read.
pub async fn sessions(app: &App, case: &Case) -> Result<Sessions, Error> {
    let mut sessions = Sessions::default();
    for session in app.db.all::<Session>(SESSION, args![case.id]).await? {
        match session.kind {
            SessionKind::Live => sessions.live = Some(session),
            SessionKind::Review => sessions.review = Some(session),
        }
    }
    if let Some(live) = &sessions.live {
        let sql = "SELECT p.session_id, p.bid_id, b.alias, p.position, p.started_at, p.ended_at
                   FROM presentation p JOIN bid b ON b.id = p.bid_id WHERE p.session_id = $1 ORDER BY p.position";
        sessions.turns = app.db.all(sql, args![live.id]).await?;
    }
    Ok(sessions)
}

row! {
    /// A person of the purchasing office who may be sent to the panel.
    pub struct OfficePerson {
        /// Who.
        id: domain::kernel::PersonId,
        /// The person's name.
        name: String,
    }
}

/// The people of a tender's office, for naming the purchaser's seat.
///
/// # Errors
/// The database could not be read.
pub async fn office_people(app: &App, case: &Case) -> Result<Vec<OfficePerson>, Error> {
    let sql = "SELECT DISTINCT p.id, p.name FROM person p JOIN post o ON o.person_id = p.id
               WHERE o.office_id = $1 AND (o.until IS NULL OR o.until > $3) AND p.is_active = 1
               ORDER BY p.name LIMIT $2";
    let now = app.clock.now();
    let mut people: Vec<OfficePerson> = app.db.all(sql, args![case.office_id, PAGE, now]).await?;
    people.retain(|person| case.author_ids().all(|author| author != person.id));
    Ok(people)
}

/// Sees that a tender's desk exists for the actor: its own office's, or any for those who see the city.
///
/// # Errors
/// `NotFound` for other offices.
pub async fn desk_case(app: &App, actor: &Actor, number: &str) -> Result<Case, Error> {
    let case = case::by_number(app, number).await?;
    match actor.office() {
        Some(office) if office != case.office_id => Err(Error::NotFound),
        _ => Ok(case),
    }
}

/// A text that changes whenever what the rooms of a tender show has changed, and at nothing else: a bid
/// that arrives leaves it as it is.
///
/// # Errors
/// `NotFound` for a tender that is not public.
pub async fn mark(app: &App, number: &str) -> Result<String, Error> {
    let case = case::by_number(app, number).await?;
    let mut mark = format!("{:?} {:?}", case.stage, case.deadline_at);
    for occasion in [Occasion::Opening, Occasion::Live] {
        mark.push_str(&format!(" {}", attendance::roll(app, &case, occasion).await?.len()));
    }
    for turn in sessions(app, &case).await?.turns {
        mark.push_str(&format!(" {:?} {:?}", turn.started_at, turn.ended_at));
    }
    let is_past = case.deadline_at.is_some_and(|deadline| app.clock.now() >= deadline);
    Ok(format!("{mark} {is_past}"))
}
