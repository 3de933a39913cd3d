//! Live sessions (场次): the place and time, the order by lot, and equal minutes for everyone (S61, C18).
//!
//! Each tender has one session in which bidders present and one in which the committee reviews. The seed
//! of the order is recorded, so anyone can recompute it: ticket = SHA-256 of seed and alias, lowest first.

use domain::coded;
use domain::kernel::{BidId, Coded, Moment, PersonId, Refusal, Role, RuleKey, SessionId, TenderId};
use domain::tendering::panel;
use domain::tendering::session;
use domain::tendering::stage::Stage;
use evidence::draw;

use super::attendance::{self, Occasion};
use super::case::{self, Case};
use super::panel::sitting;
use crate::db::{Row, Tx};
use crate::journal::{LIVE_SESSION, PRESENTATION};
use crate::{Act, Cx, Error, args, row};

coded! {
    /// What a session is for.
    pub enum SessionKind as "session_kind" {
        /// Bidders present.
        Live = "live",
        /// The committee reviews.
        Review = "review",
    }
}

impl SessionKind {
    fn occasion(self) -> Occasion {
        match self {
            Self::Live => Occasion::Live,
            Self::Review => Occasion::Review,
        }
    }
}

row! {
    /// A session.
    pub struct Session {
        /// Its id.
        id: SessionId,
        /// The version that was read.
        version: i64,
        /// What it is for.
        @code kind: SessionKind,
        /// Where.
        place: String,
        /// When it is to begin.
        starts_at: Moment,
        /// When it began.
        started_at: Option<Moment>,
        /// When it ended.
        ended_at: Option<Moment>,
        /// The seed of every lot in it, hexadecimal.
        order_seed: Option<String>,
        /// Minutes for each presenter.
        minutes: i64,
    }
}

pub(super) const SESSION: &str =
    "SELECT id, version, kind, place, starts_at, started_at, ended_at, order_seed, minutes
       FROM live_session WHERE tender_id = $1";

pub(super) async fn session_of(
    tx: &mut Tx,
    tender: TenderId,
    kind: SessionKind,
) -> Result<Option<Session>, Error> {
    let sql = format!("{SESSION} AND kind = $2");
    Ok(tx.maybe(&sql, args![tender, kind.code()]).await?)
}

async fn needed(cx: &mut Cx<'_>, tender: TenderId, kind: SessionKind) -> Result<Session, Error> {
    let found = session_of(&mut cx.tx, tender, kind).await?;
    found.ok_or_else(|| Refusal::new("tendering.session-not-scheduled", "C18").with_code("kind", kind).into())
}

/// Sets or moves place and time of a session that has not begun.
#[derive(Clone)]
pub struct ScheduleSession {
    /// Which tender.
    pub tender: TenderId,
    /// What for.
    pub kind: SessionKind,
    /// Where.
    pub place: String,
    /// When.
    pub starts_at: Moment,
}

impl Act for ScheduleSession {
    type Outcome = SessionId;
    const NAME: &'static str = "tendering.schedule_session";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<SessionId, Error> {
        let case = case::locked(cx, self.tender).await?;
        if !matches!(case.stage, Stage::Opened | Stage::Reviewing) {
            return Err(Refusal::new("tendering.session-out-of-stage", "C18")
                .with_code("stage", case.stage)
                .into());
        }
        self.check(cx, &case).await?;
        let values = [("place", self.place.trim().into()), ("starts_at", self.starts_at.into())];
        if let Some(held) = session_of(&mut cx.tx, case.id, self.kind).await? {
            if held.started_at.is_some() {
                return Err(Refusal::new("tendering.session-begun", "C18")
                    .with_code("kind", self.kind)
                    .into());
            }
            cx.update(&LIVE_SESSION, held.id.0, held.version, &values).await?;
            return Ok(held.id);
        }
        let id = SessionId(cx.id());
        let minutes = case.rules(cx.app).number(RuleKey::SessionPresenterMinutes);
        let mut values = values.to_vec();
        values.push(("tender_id", case.id.into()));
        values.push(("kind", self.kind.code().into()));
        values.push(("minutes", minutes.into()));
        cx.insert(&LIVE_SESSION, id.0, &values).await?;
        Ok(id)
    }
}

impl ScheduleSession {
    async fn check(&self, cx: &mut Cx<'_>, case: &Case) -> Result<(), Error> {
        let mut found = Vec::new();
        if self.place.trim().is_empty() {
            found.push(Refusal::new("tendering.session-place-missing", "C18").at("place"));
        }
        if self.starts_at < cx.now {
            found.push(Refusal::new("tendering.session-in-the-past", "C18").at("starts_at"));
        }
        if self.kind == SessionKind::Review {
            let sql = "SELECT max(drawn_at) FROM draw WHERE tender_id = $1";
            let (drawn,): (Option<Moment>,) = cx.tx.one(sql, args![case.id]).await?;
            if let Some(drawn) = drawn {
                let (review, rules) = (self.starts_at.date(), case.rules(cx.app));
                let checked = panel::check_draw_day(drawn.date(), review, rules, &cx.app.calendar);
                found.extend(checked.err().map(|refusal| refusal.at("starts_at")));
            }
        }
        if found.is_empty() { Ok(()) } else { Err(Error::Invalid(found)) }
    }
}

/// Begins a session: the roll is called and the order drawn by lot.
#[derive(Clone, Copy)]
pub struct StartSession {
    /// Which tender.
    pub tender: TenderId,
    /// Which session.
    pub kind: SessionKind,
}

impl Act for StartSession {
    type Outcome = ();
    const NAME: &'static str = "tendering.start_session";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = case::locked(cx, self.tender).await?;
        case.stage.expect(Stage::Reviewing)?;
        let held = needed(cx, case.id, self.kind).await?;
        if held.started_at.is_some() {
            return Err(Refusal::new("tendering.session-begun", "C18").with_code("kind", self.kind).into());
        }
        if cx.now < held.starts_at {
            let refusal = Refusal::new("tendering.session-too-early", "C18");
            return Err(refusal.with("starts", held.starts_at).into());
        }
        if self.kind == SessionKind::Review && case.procedure().has_live_session {
            let live = needed(cx, case.id, SessionKind::Live).await?;
            if live.ended_at.is_none() {
                return Err(Refusal::new("tendering.live-session-open", "C18").into());
            }
        }
        let members: Vec<PersonId> = sitting(cx, &case).await?.iter().map(|member| member.person).collect();
        let present = attendance::present(&mut cx.tx, case.id, self.kind.occasion(), cx.now).await?;
        session::review_roll_call(&members, &present)?;
        let seed = cx.app.chance.token()?;
        let values = [("started_at", cx.now.into()), ("order_seed", seed.as_str().into())];
        cx.update(&LIVE_SESSION, held.id.0, held.version, &values).await?;
        if self.kind == SessionKind::Live { self.order(cx, &held, &seed).await } else { Ok(()) }
    }
}

impl StartSession {
    async fn order(&self, cx: &mut Cx<'_>, held: &Session, seed: &str) -> Result<(), Error> {
        let bids = case::opened_bids(&mut cx.tx, self.tender).await?;
        let qualified = bids.iter().filter(|bid| bid.is_qualified == Some(true));
        let lots: Vec<(BidId, session::Lot)> =
            qualified.map(|bid| (bid.id, draw::ticket(seed, &bid.alias).0)).collect();
        for (place, bid) in session::order_by_lot(&lots)?.into_iter().enumerate() {
            let id = cx.id();
            let values =
                [("session_id", held.id.into()), ("bid_id", bid.into()), ("position", (place + 1).into())];
            cx.insert(&PRESENTATION, id, &values).await?;
        }
        Ok(())
    }
}

/// Calls the next presenter in; the countdown begins.
#[derive(Clone, Copy)]
pub struct StartPresentation {
    /// Which tender.
    pub tender: TenderId,
    /// The presenter's place in the order.
    pub position: i64,
}

/// Ends a presentation; nobody speaks longer than the others.
#[derive(Clone, Copy)]
pub struct EndPresentation {
    /// Which tender.
    pub tender: TenderId,
    /// The presenter's place in the order.
    pub position: i64,
}

struct Turn {
    id: i64,
    version: i64,
    position: i64,
    started_at: Option<Moment>,
    ended_at: Option<Moment>,
}

impl crate::db::FromRow for Turn {
    fn from_row(row: &Row) -> Result<Self, crate::db::DbError> {
        Ok(Self {
            id: row.get("id")?,
            version: row.get("version")?,
            position: row.get("position")?,
            started_at: row.get("started_at")?,
            ended_at: row.get("ended_at")?,
        })
    }
}

async fn turns(cx: &mut Cx<'_>, tender: TenderId) -> Result<Vec<Turn>, Error> {
    let case = case::locked(cx, tender).await?;
    let live = needed(cx, case.id, SessionKind::Live).await?;
    if live.started_at.is_none() || live.ended_at.is_some() {
        return Err(Refusal::new("tendering.session-not-running", "C18")
            .with_code("kind", SessionKind::Live)
            .into());
    }
    let sql = "SELECT id, version, position, started_at, ended_at FROM presentation
               WHERE session_id = $1 ORDER BY position";
    Ok(cx.tx.all(sql, args![live.id]).await?)
}

impl Act for StartPresentation {
    type Outcome = ();
    const NAME: &'static str = "tendering.start_presentation";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let turns = turns(cx, self.tender).await?;
        let next = turns.iter().find(|turn| turn.ended_at.is_none()).ok_or(Error::NotFound)?;
        if next.position != self.position || next.started_at.is_some() {
            let refusal = Refusal::new("tendering.presentation-out-of-order", "C18");
            return Err(refusal.with("next", next.position).into());
        }
        cx.update(&PRESENTATION, next.id, next.version, &[("started_at", cx.now.into())]).await
    }
}

impl Act for EndPresentation {
    type Outcome = ();
    const NAME: &'static str = "tendering.end_presentation";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let turns = turns(cx, self.tender).await?;
        let turn = turns.iter().find(|turn| turn.position == self.position).ok_or(Error::NotFound)?;
        if turn.started_at.is_none() || turn.ended_at.is_some() {
            return Err(Refusal::new("tendering.presentation-not-running", "C18").into());
        }
        cx.update(&PRESENTATION, turn.id, turn.version, &[("ended_at", cx.now.into())]).await
    }
}

/// Ends a session; in a live one everyone has presented before.
#[derive(Clone, Copy)]
pub struct EndSession {
    /// Which tender.
    pub tender: TenderId,
    /// Which session.
    pub kind: SessionKind,
}

impl Act for EndSession {
    type Outcome = ();
    const NAME: &'static str = "tendering.end_session";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = case::locked(cx, self.tender).await?;
        let held = needed(cx, case.id, self.kind).await?;
        if held.started_at.is_none() || held.ended_at.is_some() {
            return Err(Refusal::new("tendering.session-not-running", "C18")
                .with_code("kind", self.kind)
                .into());
        }
        let sql = "SELECT count(*) FROM presentation WHERE session_id = $1 AND ended_at IS NULL";
        let waiting = cx.tx.number(sql, args![held.id]).await?;
        if waiting > 0 {
            return Err(Refusal::new("tendering.presenters-waiting", "C18").with("count", waiting).into());
        }
        if self.kind == SessionKind::Review {
            let sql =
                "SELECT count(*) FROM seat WHERE tender_id = $1 AND state = 'accepted' AND locked_at IS NULL";
            let unlocked = cx.tx.number(sql, args![case.id]).await?;
            if unlocked > 0 {
                return Err(Refusal::new("tendering.scores-unlocked", "C46").with("count", unlocked).into());
            }
        }
        cx.update(&LIVE_SESSION, held.id.0, held.version, &[("ended_at", cx.now.into())]).await
    }
}
