//! Conformity: every member votes on every qualified bid; the majority decides which are valid (C32, C34).
//!
//! The last vote concludes: each bid gets its finding, and when too few are valid the tender fails (C33).

use domain::kernel::{BidId, Coded, Refusal, Role, SeatId};
use domain::tendering::conformity::{self, InvalidGround, Vote};
use domain::tendering::opening::bidders_needed;
use domain::tendering::stage::Stage;

use super::case::{self, Case, OpenedBid};
use super::ending::EndReason;
use super::panel::{self, MEMBERS, Member};
use super::session::{SessionKind, session_of};
use crate::db::Row;
use crate::journal::{BID, CONFORMITY_VOTE};
use crate::{Act, Cx, Error, args};

/// One member's vote on one bid; it may be changed until all have voted on all bids.
#[derive(Clone)]
pub struct VoteConformity {
    /// Whose; only the holder may vote.
    pub seat: SeatId,
    /// On which bid.
    pub bid: BidId,
    /// The ground on which the bid is invalid; `None` when it is valid.
    pub invalid: Option<InvalidGround>,
    /// Why; needed with a ground.
    pub reason: String,
}

impl Act for VoteConformity {
    type Outcome = ();
    const NAME: &'static str = "tendering.vote_conformity";
    const WHO: &'static [Role] = MEMBERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (member, case) = panel::own_sitting_seat(cx, self.seat).await?;
        case.stage.expect(Stage::Reviewing)?;
        check_review_running(cx, &case).await?;
        let bids = qualified(cx, &case).await?;
        let bid = bids.iter().find(|bid| bid.id == self.bid).ok_or(Error::NotFound)?;
        if bids.iter().all(|bid| bid.is_conforming.is_some()) {
            return Err(Refusal::new("tendering.conformity-concluded", "C34").into());
        }
        let reason = self.reason.trim().to_owned();
        let vote = Vote { seat: member.id, bid: bid.id, invalid: self.invalid, reason };
        conformity::check_vote(&vote)?;
        self.keep(cx, &vote).await?;
        conclude(cx, &case, &bids).await
    }
}

impl VoteConformity {
    async fn keep(&self, cx: &mut Cx<'_>, vote: &Vote) -> Result<(), Error> {
        let mut values = vec![
            ("is_conforming", vote.invalid.is_none().into()),
            ("ground", vote.invalid.map(Coded::code).into()),
            ("reason", vote.reason.as_str().into()),
            ("at", cx.now.into()),
        ];
        let sql = "SELECT id, version FROM conformity_vote WHERE bid_id = $1 AND seat_id = $2";
        if let Some(row) = cx.tx.maybe::<Row>(sql, args![vote.bid, vote.seat]).await? {
            return cx.update(&CONFORMITY_VOTE, row.get::<i64>("id")?, row.get("version")?, &values).await;
        }
        values.push(("bid_id", vote.bid.into()));
        values.push(("seat_id", vote.seat.into()));
        let id = cx.id();
        cx.insert(&CONFORMITY_VOTE, id, &values).await
    }
}

/// Votes and locks belong to the review session.
pub(super) async fn check_review_running(cx: &mut Cx<'_>, case: &Case) -> Result<(), Error> {
    let review = session_of(&mut cx.tx, case.id, SessionKind::Review).await?;
    if review.is_some_and(|review| review.started_at.is_some() && review.ended_at.is_none()) {
        return Ok(());
    }
    Err(Refusal::new("tendering.session-not-running", "C18").with_code("kind", SessionKind::Review).into())
}

/// The bids that the purchaser let through.
pub(super) async fn qualified(cx: &mut Cx<'_>, case: &Case) -> Result<Vec<OpenedBid>, Error> {
    let mut bids = case::opened_bids(&mut cx.tx, case.id).await?;
    bids.retain(|bid| bid.is_qualified == Some(true));
    Ok(bids)
}

async fn votes(cx: &mut Cx<'_>, case: &Case) -> Result<Vec<Vote>, Error> {
    let sql = "SELECT v.seat_id, v.bid_id, v.ground, v.reason FROM conformity_vote v
               JOIN bid b ON b.id = v.bid_id WHERE b.tender_id = $1";
    let mut votes = Vec::new();
    for row in cx.tx.all::<Row>(sql, args![case.id]).await? {
        votes.push(Vote {
            seat: row.get("seat_id")?,
            bid: row.get("bid_id")?,
            invalid: row.code_option("ground")?,
            reason: row.get("reason")?,
        });
    }
    Ok(votes)
}

/// Writes the findings down once every member has voted on every bid; until then does nothing.
async fn conclude(cx: &mut Cx<'_>, case: &Case, bids: &[OpenedBid]) -> Result<(), Error> {
    let members: Vec<Member> = panel::sitting(cx, case).await?;
    let seats: Vec<SeatId> = members.iter().map(|member| member.id).collect();
    let votes = votes(cx, case).await?;
    let mut findings = Vec::with_capacity(bids.len());
    for bid in bids {
        // A vote is open: nothing is concluded yet, and that is no fault.
        let Ok(finding) = conformity::conclude(bid.id, &seats, &votes) else { return Ok(()) };
        findings.push(finding);
    }
    for (bid, finding) in bids.iter().zip(&findings) {
        let note = finding.invalid.map_or("", Coded::code);
        let values = [("is_conforming", finding.invalid.is_none().into()), ("conformity_note", note.into())];
        cx.update(&BID, bid.id.0, bid.version, &values).await?;
    }
    let valid = findings.iter().filter(|finding| finding.invalid.is_none()).count();
    fail_if_too_few(cx, case, valid).await
}

/// Too few valid bids: no award from what is no competition (C33).
pub(super) async fn fail_if_too_few(cx: &mut Cx<'_>, case: &Case, valid: usize) -> Result<(), Error> {
    let needed = bidders_needed(case.extension_count(), case.procedure(), case.rules(cx.app));
    if valid >= needed {
        return Ok(());
    }
    case::fail(cx, case, EndReason::TooFewValid.code()).await
}
