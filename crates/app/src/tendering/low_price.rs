//! Abnormally low prices: asked for an explanation once all sheets are locked, judged by the chair for the
//! committee, before any ranking (C47). In force only where the tender's own rules set a rate.

use domain::kernel::{Actor, BidId, Coded, Fen, Moment, Refusal, Role, SeatId, TenderId};
use domain::tendering::conformity::InvalidGround;
use domain::tendering::low_price::{self, LowPriceTest};

use super::case::{self, Case, OpenedBid};
use super::committee::{self, Invitation};
use super::conformity::fail_if_too_few;
use super::panel::{self, MEMBERS, SeatState};
use crate::db::Row;
use crate::journal::{BID, LOW_PRICE};
use crate::{Act, App, Cx, Error, args, row};

/// Writes down which bids must explain themselves.
pub(super) async fn ask(cx: &mut Cx<'_>, case: &Case) -> Result<(), Error> {
    let bids = conforming(cx, case.id).await?;
    let prices: Vec<(BidId, Fen)> = bids.iter().map(|bid| (bid.id, bid.price)).collect();
    for low in low_price::findings(&prices, case.ceiling_fen, case.rules(cx.app)) {
        let sql = "SELECT id FROM low_price WHERE bid_id = $1";
        if cx.tx.maybe::<(i64,)>(sql, args![low.bid]).await?.is_some() {
            continue;
        }
        let tests: Vec<&str> = low.tests.iter().map(|test: &LowPriceTest| test.code()).collect();
        let id = cx.id();
        let values = [
            ("tender_id", case.id.into()),
            ("bid_id", low.bid.into()),
            ("tests", tests.join(" ").into()),
            ("asked_at", cx.now.into()),
        ];
        cx.insert(&LOW_PRICE, id, &values).await?;
    }
    Ok(())
}

/// The valid bids.
pub(super) async fn conforming(cx: &mut Cx<'_>, tender: TenderId) -> Result<Vec<OpenedBid>, Error> {
    let mut bids = case::opened_bids(&mut cx.tx, tender).await?;
    bids.retain(|bid| bid.is_qualified == Some(true) && bid.is_conforming == Some(true));
    Ok(bids)
}

/// How many low prices still wait for the committee's verdict.
pub(super) async fn unjudged(cx: &mut Cx<'_>, tender: TenderId) -> Result<i64, Error> {
    let sql = "SELECT count(*) FROM low_price WHERE tender_id = $1 AND judged_at IS NULL";
    Ok(cx.tx.number(sql, args![tender]).await?)
}

/// A bidder explains its own low price, in writing.
#[derive(Clone)]
pub struct ExplainPrice {
    /// Which tender.
    pub tender: TenderId,
    /// The explanation with the evidence of cost.
    pub explanation: String,
}

impl Act for ExplainPrice {
    type Outcome = ();
    const NAME: &'static str = "tendering.explain_price";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        case::locked(cx, self.tender).await?;
        let organisation = cx.actor.organisation().ok_or(Error::NotFound)?;
        let sql = "SELECT l.id, l.version, l.judged_at FROM low_price l JOIN bid b ON b.id = l.bid_id
                   WHERE l.tender_id = $1 AND b.organisation_id = $2";
        let row: Row = cx.tx.one(sql, args![self.tender, organisation]).await?;
        if row.get::<Option<Moment>>("judged_at")?.is_some() {
            return Err(Refusal::new("tendering.explanation-judged", "C47").into());
        }
        if self.explanation.trim().is_empty() {
            return Err(Refusal::new("tendering.explanation-missing", "C47").at("explanation").into());
        }
        let values = [("explanation", self.explanation.trim().into()), ("explained_at", cx.now.into())];
        cx.update(&LOW_PRICE, row.get::<i64>("id")?, row.get("version")?, &values).await
    }
}

/// The chair records whether the committee accepts an explanation; an unexplained price is an invalid bid.
#[derive(Clone)]
pub struct JudgeExplanation {
    /// The chair's seat.
    pub seat: SeatId,
    /// Which bid.
    pub bid: BidId,
    /// The committee's verdict.
    pub is_accepted: bool,
    /// Why.
    pub verdict: String,
}

impl Act for JudgeExplanation {
    type Outcome = ();
    const NAME: &'static str = "tendering.judge_explanation";
    const WHO: &'static [Role] = MEMBERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (member, case) = panel::own_sitting_seat(cx, self.seat).await?;
        if !member.is_chair {
            return Err(Refusal::new("tendering.not-the-chair", "C47").into());
        }
        let sql = "SELECT id, version, asked_at, explained_at, judged_at FROM low_price
                   WHERE tender_id = $1 AND bid_id = $2";
        let row: Row = cx.tx.one(sql, args![case.id, self.bid]).await?;
        if row.get::<Option<Moment>>("judged_at")?.is_some() {
            return Err(Refusal::new("tendering.explanation-judged", "C47").into());
        }
        if self.verdict.trim().is_empty() {
            return Err(Refusal::new("tendering.verdict-missing", "C47").at("verdict").into());
        }
        let has_answered = row.get::<Option<Moment>>("explained_at")?.is_some();
        low_price::may_close_explanation(row.get("asked_at")?, has_answered, cx.now, case.rules(cx.app))?;
        let values = [
            ("is_accepted", self.is_accepted.into()),
            ("verdict", self.verdict.trim().into()),
            ("judged_at", cx.now.into()),
        ];
        cx.update(&LOW_PRICE, row.get::<i64>("id")?, row.get("version")?, &values).await?;
        if self.is_accepted {
            return Ok(());
        }
        let bids = conforming(cx, case.id).await?;
        let bid = bids.iter().find(|bid| bid.id == self.bid).ok_or(Error::NotFound)?;
        let note = InvalidGround::LowPriceUnexplained.code();
        let values = [("is_conforming", false.into()), ("conformity_note", note.into())];
        cx.update(&BID, bid.id.0, bid.version, &values).await?;
        fail_if_too_few(cx, &case, bids.len().saturating_sub(1)).await
    }
}

row! {
    /// A low price and what became of it.
    pub struct LowPriceLine {
        /// The bid.
        bid_id: BidId,
        /// The bid's alias.
        alias: String,
        /// Codes of the failed tests, separated by spaces.
        tests: String,
        /// The price; for members only, who see prices once they have locked.
        price_fen: Fen,
        /// When the bidder was asked.
        asked_at: Moment,
        /// When the bidder answered.
        explained_at: Option<Moment>,
        /// The bidder's words.
        explanation: Option<String>,
        /// The committee's verdict.
        is_accepted: Option<i64>,
        /// Its reason.
        verdict: Option<String>,
    }
}

/// The low prices of a tender, for those who may already see prices.
///
/// # Errors
/// The database could not be read.
pub async fn lines(app: &App, tender: TenderId) -> Result<Vec<LowPriceLine>, Error> {
    let sql = "SELECT l.bid_id, b.alias, l.tests, b.price_fen, l.asked_at, l.explained_at, l.explanation,
                 l.is_accepted, l.verdict
               FROM low_price l JOIN bid b ON b.id = l.bid_id WHERE l.tender_id = $1 ORDER BY b.alias";
    Ok(app.db.all(sql, args![tender]).await?)
}

impl LowPriceLine {
    /// The tests that the price failed.
    pub fn failed(&self) -> Vec<LowPriceTest> {
        failed(&self.tests)
    }

    /// Until when the bidder has time to answer.
    pub fn ends_at(&self, app: &App, case: &Case) -> Moment {
        low_price::explanation_ends(self.asked_at, case.rules(app))
    }
}

fn failed(tests: &str) -> Vec<LowPriceTest> {
    tests.split(' ').filter_map(LowPriceTest::from_code).collect()
}

/// What a bidder is asked about its own price.
#[derive(Clone, Debug)]
pub struct OwnLowPrice {
    /// The tender.
    pub case: Case,
    /// The tests that the price failed.
    pub tests: Vec<LowPriceTest>,
    /// When it was asked.
    pub asked_at: Moment,
    /// The committee may judge without an answer from here on.
    pub ends_at: Moment,
    /// The answer so far.
    pub explanation: String,
    /// When it was given.
    pub explained_at: Option<Moment>,
    /// The committee's verdict, once there is one.
    pub is_accepted: Option<bool>,
    /// Its reason.
    pub verdict: String,
}

/// The question put to the actor's own organisation.
///
/// # Errors
/// `NotFound` when its price was not asked about.
pub async fn own(app: &App, actor: &Actor, number: &str) -> Result<OwnLowPrice, Error> {
    let organisation = actor.organisation().ok_or(Error::NotFound)?;
    let case = case::by_number(app, number).await?;
    let sql = "SELECT l.tests, l.asked_at, l.explanation, l.explained_at, l.is_accepted, l.verdict
               FROM low_price l JOIN bid b ON b.id = l.bid_id
               WHERE l.tender_id = $1 AND b.organisation_id = $2";
    let row: Row = app.db.one(sql, args![case.id, organisation]).await?;
    let text = |name: &str| row.get::<Option<String>>(name).map(Option::unwrap_or_default);
    let asked_at: Moment = row.get("asked_at")?;
    Ok(OwnLowPrice {
        tests: failed(&row.get::<String>("tests")?),
        asked_at,
        ends_at: low_price::explanation_ends(asked_at, case.rules(app)),
        explanation: text("explanation")?,
        explained_at: row.get("explained_at")?,
        is_accepted: row.get("is_accepted")?,
        verdict: text("verdict")?,
        case,
    })
}

/// The low prices of a tender with the member who reads them.
#[derive(Clone, Debug)]
pub struct MembersView {
    /// The tender.
    pub case: Case,
    /// The reader's own seat.
    pub seat: Invitation,
    /// The low prices by alias.
    pub lines: Vec<LowPriceLine>,
}

/// The low prices for a member who has locked, and so may see prices.
///
/// # Errors
/// `NotFound` for everyone else.
pub async fn for_member(app: &App, actor: &Actor, number: &str) -> Result<MembersView, Error> {
    let case = case::by_number(app, number).await?;
    let seat = committee::invitation(app, actor, number).await?;
    if seat.state != SeatState::Accepted || seat.locked_at.is_none() {
        return Err(Error::NotFound);
    }
    let lines = lines(app, case.id).await?;
    Ok(MembersView { case, seat, lines })
}
