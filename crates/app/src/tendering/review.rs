//! The review as its members see it: one's own sheet, without names and without prices until it is locked
//! (C40).

use std::collections::BTreeMap;

use domain::kernel::{Actor, BidId, Fen, Moment, SeatId};
use domain::tendering::conformity::InvalidGround;

use super::case::{self, CRITERIA, Case, CriterionRow};
use super::committee::{self, Invitation};
use super::opening_sheet::{Proposal, ProposalFile};
use super::panel::SeatState;
use crate::db::Row;
use crate::{App, Error, args};

/// A bid on a member's sheet.
#[derive(Clone, Debug)]
pub struct SheetBid {
    /// Which bid.
    pub id: BidId,
    /// The name under which it is reviewed.
    pub alias: String,
    /// What it proposes.
    pub proposal: Proposal,
    /// The price; known only after one's own lock.
    pub price: Option<Fen>,
    /// One's own vote, if cast: `None` inside means valid.
    pub vote: Option<Option<InvalidGround>>,
    /// The reason of one's own vote.
    pub vote_reason: String,
    /// The committee's finding, once concluded.
    pub is_conforming: Option<bool>,
}

/// One's own score.
#[derive(Clone, Debug, Default)]
pub struct OwnScore {
    /// Hundredths of a point.
    pub points: Option<i64>,
    /// Why.
    pub reason: String,
}

/// A member's whole sheet.
#[derive(Clone, Debug)]
pub struct OwnSheet {
    /// The tender.
    pub case: Case,
    /// One's own seat.
    pub seat: Invitation,
    /// The published table, with the price line.
    pub criteria: Vec<CriterionRow>,
    /// The qualified bids by alias.
    pub bids: Vec<SheetBid>,
    /// One's own scores by bid and position.
    pub scores: BTreeMap<(i64, i64), OwnScore>,
    /// Whether the committee has found which bids are valid.
    pub is_conformity_concluded: bool,
    /// When the sheet was last saved.
    pub saved_at: Option<Moment>,
}

impl OwnSheet {
    /// One's own score of a bid on a criterion; blank when there is none.
    pub fn score(&self, bid: &BidId, position: &i64) -> OwnScore {
        self.scores.get(&(bid.0, *position)).cloned().unwrap_or_default()
    }

    /// Hundredths of a point given to a bid so far.
    pub fn total(&self, bid: &BidId) -> i64 {
        let own = self.scores.iter().filter(|((of, _), _)| *of == bid.0);
        own.filter_map(|(_, score)| score.points).sum()
    }
}

/// The actor's own sheet; nobody else's can be asked for.
///
/// # Errors
/// `NotFound` without an accepted seat on this tender.
pub async fn own_sheet(app: &App, actor: &Actor, number: &str) -> Result<OwnSheet, Error> {
    let case = case::by_number(app, number).await?;
    let seat = committee::invitation(app, actor, number).await?;
    if seat.state != SeatState::Accepted {
        return Err(Error::NotFound);
    }
    let criteria: Vec<CriterionRow> = app.db.all(CRITERIA, args![case.id]).await?;
    let bids = bids(app, &case, &seat).await?;
    let (scores, saved_at) = scores(app, seat.seat).await?;
    let is_conformity_concluded = !bids.is_empty() && bids.iter().all(|bid| bid.is_conforming.is_some());
    Ok(OwnSheet { case, seat, criteria, bids, scores, is_conformity_concluded, saved_at })
}

async fn bids(app: &App, case: &Case, seat: &Invitation) -> Result<Vec<SheetBid>, Error> {
    let sql = "SELECT b.id, b.alias, b.proposal, b.price_fen, b.is_conforming, v.is_conforming AS voted,
                 v.ground, v.reason
               FROM bid b LEFT JOIN conformity_vote v ON v.bid_id = b.id AND v.seat_id = $2
               WHERE b.tender_id = $1 AND b.state = 'submitted' AND b.is_qualified = 1 ORDER BY b.alias";
    let mut bids = Vec::new();
    for row in app.db.all::<Row>(sql, args![case.id, seat.seat]).await? {
        let voted: Option<bool> = row.get("voted")?;
        let ground: Option<InvalidGround> = row.code_option("ground")?;
        let price: Option<Fen> = row.get("price_fen")?;
        bids.push(SheetBid {
            id: row.get("id")?,
            alias: row.get("alias")?,
            proposal: Proposal::parse(&row.get::<Option<String>>("proposal")?.unwrap_or_default()),
            price: price.filter(|_| seat.locked_at.is_some()),
            vote: voted.map(|_| ground),
            vote_reason: row.get::<Option<String>>("reason")?.unwrap_or_default(),
            is_conforming: row.get("is_conforming")?,
        });
    }
    Ok(bids)
}

type Scores = (BTreeMap<(i64, i64), OwnScore>, Option<Moment>);

async fn scores(app: &App, seat: SeatId) -> Result<Scores, Error> {
    let sql = "SELECT s.bid_id, c.position, s.points, s.reason, s.saved_at
               FROM score s JOIN criterion c ON c.id = s.criterion_id WHERE s.seat_id = $1";
    let mut scores = BTreeMap::new();
    let mut saved_at: Option<Moment> = None;
    for row in app.db.all::<Row>(sql, args![seat]).await? {
        let own = OwnScore { points: row.get("points")?, reason: row.get("reason")? };
        scores.insert((row.get("bid_id")?, row.get("position")?), own);
        saved_at = saved_at.max(Some(row.get("saved_at")?));
    }
    Ok((scores, saved_at))
}

/// A file of a bid on the actor's own sheet, by the bid's alias and the file's place from 1, with its bytes.
///
/// # Errors
/// `NotFound` for any other file, and for everyone who does not sit on this committee.
pub async fn file(
    app: &App,
    actor: &Actor,
    number: &str,
    alias: &str,
    place: usize,
) -> Result<(ProposalFile, Vec<u8>), Error> {
    let sheet = own_sheet(app, actor, number).await?;
    let bid = sheet.bids.into_iter().find(|bid| bid.alias == alias).ok_or(Error::NotFound)?;
    let place = place.checked_sub(1).ok_or(Error::NotFound)?;
    let file = bid.proposal.files.into_iter().nth(place).ok_or(Error::NotFound)?;
    let bytes = app.blobs.get(&file.digest)?;
    Ok((file, bytes))
}
