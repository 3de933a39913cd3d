//! Ranking and the report: exact arithmetic over locked sheets, then every member signs (C43-C45, C24).

use domain::kernel::{BidId, Coded, Moment, OrganisationId, Refusal, Role, SeatId, TenderId};
use domain::tendering::award;
use domain::tendering::ranking::{self, Ranked, Scored};
use domain::tendering::score;
use domain::tendering::scoring_table::TieRule;
use domain::tendering::stage::Stage;
use evidence::draw;

use super::case::{self, Case, OpenedBid};
use super::panel::{self, MEMBERS, Member};
use super::session::{SessionKind, session_of};
use super::{low_price, score_sheet};
use crate::db::{Row, Val};
use crate::journal::{RANKING, SEAT, TENDER};
use crate::registry::enrolled;
use crate::{Act, Cx, Error, args};

/// Ranks the valid bids once every sheet is locked.
#[derive(Clone, Copy)]
pub struct RankBids {
    /// Which tender.
    pub tender: TenderId,
}

impl Act for RankBids {
    type Outcome = ();
    const NAME: &'static str = "tendering.rank_bids";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = case::locked(cx, self.tender).await?;
        case.stage.expect(Stage::Reviewing)?;
        let members = panel::sitting(cx, &case).await?;
        let unlocked = members.iter().filter(|member| member.locked_at.is_none()).count();
        if unlocked > 0 {
            return Err(Refusal::new("tendering.scores-unlocked", "C46").with("count", unlocked).into());
        }
        let waiting = low_price::unjudged(cx, case.id).await?;
        if waiting > 0 {
            return Err(Refusal::new("tendering.low-price-open", "C47").with("count", waiting).into());
        }
        let table = score_sheet::table(cx, &case).await?;
        let sheets = score_sheet::sheets(cx, &case, None).await?;
        let different = score::objective_differences(&sheets, &table).len();
        if different > 0 {
            return Err(Refusal::new("tendering.objective-differs", "C46").with("count", different).into());
        }
        let bids = low_price::conforming(cx, case.id).await?;
        let scored = scored(cx, &case, &bids, &members, &sheets).await?;
        let ranked = ranking::rank(&scored, &table)?;
        for line in &ranked {
            keep(cx, &case, line).await?;
        }
        case::advance(cx, &case, Stage::Ranked, &[("ranked_at", cx.now.into())]).await
    }
}

/// Each bid with what every member gave it. The lot comes from the review's recorded seed.
async fn scored(
    cx: &mut Cx<'_>,
    case: &Case,
    bids: &[OpenedBid],
    members: &[Member],
    sheets: &[score::Sheet],
) -> Result<Vec<Scored>, Error> {
    let review = session_of(&mut cx.tx, case.id, SessionKind::Review).await?;
    let favoured = cultivated(cx, case).await?;
    let seed = review.and_then(|review| review.order_seed).ok_or_else(|| {
        Error::from(
            Refusal::new("tendering.session-not-running", "C18").with_code("kind", SessionKind::Review),
        )
    })?;
    Ok(bids
        .iter()
        .map(|bid| {
            let of_member = |member: &Member| {
                let sheet = sheets.iter().find(|sheet| sheet.seat == member.id && sheet.bid == bid.id);
                sheet.map(score::Sheet::total_hundredths)
            };
            Scored {
                bid: bid.id,
                price: bid.price,
                member_hundredths: members.iter().filter_map(of_member).collect(),
                is_cultivated: favoured.contains(&bid.id),
                lot: draw::ticket(&seed, &bid.alias).0,
            }
        })
        .collect())
}

/// The bids that the programme puts first in a tie: every member enrolled, and its standing open, at the bid deadline
/// (T4, S36). Asked only where that is the published way.
async fn cultivated(cx: &mut Cx<'_>, case: &Case) -> Result<Vec<BidId>, Error> {
    let Some(deadline) = case.deadline_at.filter(|_| case.tie_rule == TieRule::CultivatedFirst) else {
        return Ok(Vec::new());
    };
    let sql = "SELECT b.id, b.organisation_id FROM bid b WHERE b.tender_id = $1
               UNION SELECT b.id, m.organisation_id FROM bid b JOIN bid_member m ON m.bid_id = b.id
               WHERE b.tender_id = $1 ORDER BY 1, 2";
    let mut found: Vec<(BidId, bool)> = Vec::new();
    for row in cx.tx.all::<Row>(sql, args![case.id]).await? {
        let (bid, member): (BidId, OrganisationId) = (row.get("id")?, row.get("organisation_id")?);
        let has = enrolled::has_priority(cx.app, &mut cx.tx, member, deadline).await?;
        match found.last_mut().filter(|(last, _)| *last == bid) {
            Some((_, all)) => *all &= has,
            None => found.push((bid, has)),
        }
    }
    Ok(found.into_iter().filter(|(_, all)| *all).map(|(bid, _)| bid).collect())
}

async fn keep(cx: &mut Cx<'_>, case: &Case, line: &Ranked) -> Result<(), Error> {
    let rules = case.rules(cx.app);
    let id = cx.id();
    let values = [
        ("tender_id", case.id.into()),
        ("bid_id", line.bid.into()),
        ("rank", line.place.into()),
        ("price_score", ranking::published(line.price_score, rules)?.into()),
        ("quality_score", ranking::published(line.quality_score, rules)?.into()),
        ("total_score", ranking::published(line.total, rules)?.into()),
        ("decided_by", line.decided_by.code().into()),
    ];
    cx.insert(&RANKING, id, &values).await
}

/// Takes a ranking back to the committee because a score was corrected; signatures fall with it.
pub(super) async fn undo(cx: &mut Cx<'_>, case: &Case) -> Result<(), Error> {
    let sql = "SELECT count(*) FROM award WHERE tender_id = $1";
    if cx.tx.number(sql, args![case.id]).await? > 0 {
        return Err(Refusal::new("tendering.correction-too-late", "C46")
            .with_code("stage", case.stage)
            .into());
    }
    let sql = "SELECT id, version FROM ranking WHERE tender_id = $1";
    for row in cx.tx.all::<Row>(sql, args![case.id]).await? {
        cx.delete(&RANKING, row.get::<i64>("id")?, row.get("version")?).await?;
    }
    for member in panel::active_members(&mut cx.tx, case.id).await? {
        if member.signed_at.is_some() {
            let values = [("signed_at", Val::Int(None)), ("dissent", Val::Text(None))];
            cx.update(&SEAT, member.id.0, member.version, &values).await?;
        }
    }
    let more =
        [("ranked_at", Val::Int(None)), ("report_at", Val::Int(None)), ("next_check_at", Val::Int(None))];
    case::advance(cx, case, Stage::Reviewing, &more).await
}

/// A member signs the review report; who disagrees says so in writing, silence is consent (C40).
#[derive(Clone)]
pub struct SignReport {
    /// Whose signature; only the holder.
    pub seat: SeatId,
    /// What the member disagrees with; empty when nothing.
    pub dissent: String,
}

impl Act for SignReport {
    type Outcome = ();
    const NAME: &'static str = "tendering.sign_report";
    const WHO: &'static [Role] = MEMBERS;
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (member, case) = panel::own_sitting_seat(cx, self.seat).await?;
        case.stage.expect(Stage::Ranked)?;
        if member.signed_at.is_some() {
            return Err(Refusal::new("tendering.report-signed", "C40").into());
        }
        let values = [("signed_at", cx.now.into()), ("dissent", self.dissent.trim().into())];
        cx.update(&SEAT, member.id.0, member.version, &values).await?;
        let members = panel::active_members(&mut cx.tx, case.id).await?;
        if members.iter().any(|member| member.signed_at.is_none()) {
            return Ok(());
        }
        let (procedure, rules) = (case.procedure(), case.rules(cx.app));
        let decide = award::decision_deadline(cx.now.date(), procedure, rules, &cx.app.calendar)?;
        let end: Moment = decide.end();
        let values = [("report_at", cx.now.into()), ("next_check_at", end.into())];
        cx.update(&TENDER, case.id.0, case.version, &values).await
    }
}

/// The bids of a ranking, first place first.
pub(super) async fn order(cx: &mut Cx<'_>, tender: TenderId) -> Result<Vec<BidId>, Error> {
    let sql = "SELECT bid_id FROM ranking WHERE tender_id = $1 ORDER BY rank";
    let bids: Vec<(BidId,)> = cx.tx.all(sql, args![tender]).await?;
    Ok(bids.into_iter().map(|(bid,)| bid).collect())
}
