//! Checking the scores once more: when every member has locked, the committee may read all sheets, doubt
//! each other's scores and correct its own, until the decision (C46). Bidders stay behind their aliases.

use domain::kernel::{Actor, BidId, SeatId};
use domain::tendering::scoring_table::CriterionKind;
use domain::tendering::stage::Stage;

use super::case::{self, CRITERIA, Case, CriterionRow};
use super::committee::{self, Invitation};
use super::panel::SeatState;
use super::result::{self, CorrectionLine};
use crate::{App, Error, args, row};

row! {
    /// A valid bid by its alias.
    pub struct RecheckBid {
        /// Which bid.
        id: BidId,
        /// The name under which it is reviewed.
        alias: String,
    }
}

row! {
    /// A member of the committee.
    pub struct RecheckMember {
        /// The seat.
        id: SeatId,
        /// The member's name.
        name: String,
    }
}

row! {
    /// A locked score.
    pub struct RecheckScore {
        /// Whose.
        seat_id: SeatId,
        /// Of which bid.
        bid_id: BidId,
        /// Of which criterion.
        position: i64,
        /// Hundredths of a point.
        points: i64,
        /// How many other members doubt it.
        doubts: i64,
    }
}

/// All locked sheets side by side.
#[derive(Clone, Debug)]
pub struct Recheck {
    /// The tender.
    pub case: Case,
    /// The reader's own seat.
    pub seat: Invitation,
    /// Whether everyone has locked; until then nothing below is filled.
    pub is_open: bool,
    /// The published table, with the price line.
    pub criteria: Vec<CriterionRow>,
    /// The valid bids by alias.
    pub bids: Vec<RecheckBid>,
    /// The members by position.
    pub members: Vec<RecheckMember>,
    /// Every score.
    pub scores: Vec<RecheckScore>,
    /// What has been corrected.
    pub corrections: Vec<CorrectionLine>,
}

impl Recheck {
    /// The criteria that members score.
    pub fn scored(&self) -> impl Iterator<Item = &CriterionRow> {
        self.criteria.iter().filter(|criterion| criterion.kind != CriterionKind::Price)
    }

    /// What a member gave a bid on a criterion.
    pub fn score(&self, seat: &SeatId, bid: &BidId, position: &i64) -> Option<&RecheckScore> {
        let mut scores = self.scores.iter();
        scores.find(|one| one.seat_id == *seat && one.bid_id == *bid && one.position == *position)
    }
}

/// Bids and members that a committee's page shows at most.
const PAGE: i64 = 200;

/// All sheets, for a member who has locked, from the last lock to the decision.
///
/// # Errors
/// `NotFound` for everyone else, and at any other time.
pub async fn read(app: &App, actor: &Actor, number: &str) -> Result<Recheck, Error> {
    let case = case::by_number(app, number).await?;
    let seat = committee::invitation(app, actor, number).await?;
    let is_time = matches!(case.stage, Stage::Reviewing | Stage::Ranked);
    if seat.state != SeatState::Accepted || seat.locked_at.is_none() || !is_time {
        return Err(Error::NotFound);
    }
    let is_open = is_all_locked(app, &case).await?;
    let room = Recheck {
        case,
        seat,
        is_open,
        criteria: Vec::new(),
        bids: Vec::new(),
        members: Vec::new(),
        scores: Vec::new(),
        corrections: Vec::new(),
    };
    if is_open { fill(app, room).await } else { Ok(room) }
}

async fn fill(app: &App, room: Recheck) -> Result<Recheck, Error> {
    let id = room.case.id;
    let sql = "SELECT id, alias FROM bid WHERE tender_id = $1 AND is_conforming = 1 ORDER BY alias LIMIT $2";
    let bids = app.db.all(sql, args![id, PAGE]).await?;
    let sql = "SELECT s.id, p.name FROM seat s JOIN person p ON p.id = s.person_id
               WHERE s.tender_id = $1 AND s.state = 'accepted' ORDER BY s.position, s.id LIMIT $2";
    let members = app.db.all(sql, args![id, PAGE]).await?;
    let sql = "SELECT s.seat_id, s.bid_id, c.position, s.points,
                 (SELECT count(*) FROM score_doubt d JOIN seat x ON x.id = d.seat_id AND x.state = 'accepted'
                  WHERE d.score_id = s.id) AS doubts
               FROM score s JOIN criterion c ON c.id = s.criterion_id
               JOIN seat m ON m.id = s.seat_id AND m.state = 'accepted'
               JOIN bid b ON b.id = s.bid_id AND b.is_conforming = 1
               WHERE s.tender_id = $1 AND s.points IS NOT NULL ORDER BY s.bid_id, c.position, m.position";
    let scores = app.db.all(sql, args![id]).await?;
    Ok(Recheck {
        criteria: app.db.all(CRITERIA, args![id]).await?,
        corrections: result::corrections(app, &room.case).await?,
        bids,
        members,
        scores,
        ..room
    })
}

/// Whether nobody who sits, or is still called to, has a sheet open: before, one member's scores could
/// lead another's.
async fn is_all_locked(app: &App, case: &Case) -> Result<bool, Error> {
    let sql = "SELECT count(*) FROM seat WHERE tender_id = $1
               AND (state = 'invited' OR (state = 'accepted' AND locked_at IS NULL))";
    Ok(app.db.number(sql, args![case.id]).await? == 0)
}
