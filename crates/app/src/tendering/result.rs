//! The result in public: ranking, every member's scores, the experts' names and what became of the award
//! (C25, C64). A bidder finds its own line at once; the review report shows the same to its signatories.

use domain::kernel::{Actor, BidId, Fen, Moment, OrganisationId, Role, SeatId};
use domain::tendering::award::PassedOverGround;
use domain::tendering::panel::SeatKind;
use domain::tendering::ranking::DecidedBy;
use domain::tendering::score::ScoreCorrectionGround;
use domain::tendering::stage::Stage;

use super::bid_member::{self, BidMember};
use super::case::{self, CRITERIA, Case, CriterionRow};
use super::committee;
use super::panel::SeatState;
use crate::{App, Error, args, row};

row! {
    /// A place of the ranking.
    pub struct RankLine {
        /// Which bid.
        bid_id: BidId,
        /// The name under which it was reviewed.
        alias: String,
        /// The bidder.
        organisation_id: OrganisationId,
        /// The bidder's name.
        organisation: String,
        /// The bidder's credit code.
        uscc: String,
        /// The price.
        price_fen: Fen,
        /// Place.
        rank: i64,
        /// Hundredths of a point for the price.
        price_score: i64,
        /// Hundredths of a point, mean over members.
        quality_score: i64,
        /// Both.
        total_score: i64,
        /// What put it here.
        @code decided_by: DecidedBy,
    }
}

row! {
    /// A bid that did not reach the ranking.
    pub struct Unranked {
        /// The bidder's name.
        organisation: String,
        /// The purchaser's verdict.
        is_qualified: Option<i64>,
        /// Its reason.
        qualification_note: Option<String>,
        /// The committee's ground, a code of the list `invalid_ground`.
        conformity_note: Option<String>,
    }
}

row! {
    /// What one member gave one bid on one criterion.
    pub struct ScoreLine {
        /// Whose.
        seat_id: SeatId,
        /// Which bid.
        bid_id: BidId,
        /// The criterion's place in the table.
        position: i64,
        /// Hundredths of a point.
        points: i64,
        /// Why.
        reason: String,
    }
}

row! {
    /// A member of the committee that reviewed.
    pub struct MemberLine {
        /// The seat.
        id: SeatId,
        /// For whom.
        @code kind: SeatKind,
        /// The member's name.
        name: String,
        /// Employer; empty for the purchaser's seat.
        employer: String,
        /// Title; empty alike.
        title: String,
        /// Whether the member chaired.
        is_chair: bool,
        /// When the scores were locked.
        locked_at: Option<Moment>,
        /// When the report was signed.
        signed_at: Option<Moment>,
        /// What the member disagreed with.
        dissent: Option<String>,
    }
}

row! {
    /// A corrected score.
    pub struct CorrectionLine {
        /// Whose score.
        seat_id: SeatId,
        /// Of which bid.
        alias: String,
        /// Of which criterion.
        position: i64,
        /// Hundredths before.
        points_before: i64,
        /// Hundredths after.
        points_after: i64,
        /// On which ground.
        @code ground: ScoreCorrectionGround,
        /// Why.
        explanation: String,
        /// When.
        at: Moment,
    }
}

row! {
    /// A decision, in force or fallen away.
    pub struct AwardLine {
        /// Its row.
        id: i64,
        /// For which bid.
        bid_id: BidId,
        /// The bidder.
        organisation_id: OrganisationId,
        /// The bidder's name.
        organisation: String,
        /// Its place.
        rank: i64,
        /// The price.
        price_fen: Fen,
        /// `decided`, `notified` or `refused`.
        state: String,
        /// When decided.
        decided_at: Moment,
        /// Who decided.
        decided_by: String,
        /// What the director added.
        reason: String,
        /// When it fell away.
        refused_at: Option<Moment>,
        /// On which ground.
        @code_option refused_ground: Option<PassedOverGround>,
        /// Why.
        refused_reason: Option<String>,
    }
}

/// Everything that the review and the decision came to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The tender.
    pub case: Case,
    /// The published table.
    pub criteria: Vec<CriterionRow>,
    /// The ranking.
    pub ranking: Vec<RankLine>,
    /// Bids that did not reach it.
    pub unranked: Vec<Unranked>,
    /// Those who reviewed.
    pub members: Vec<MemberLine>,
    /// What each gave.
    pub scores: Vec<ScoreLine>,
    /// Corrections.
    pub corrections: Vec<CorrectionLine>,
    /// Decisions, oldest first.
    pub awards: Vec<AwardLine>,
    /// Members of consortia, bid by bid (C30).
    pub partners: Vec<BidMember>,
}

impl Outcome {
    /// The decision in force.
    pub fn award(&self) -> Option<&AwardLine> {
        self.awards.iter().find(|award| award.state != "refused")
    }

    /// The members besides the lead in a bid; none when it was one bidder's alone.
    pub fn partners_of(&self, bid: &BidId) -> Vec<&BidMember> {
        self.partners.iter().filter(|member| member.bid == *bid).collect()
    }

    /// The bid that the ranking offers now: the first that has not fallen away.
    pub fn candidate(&self) -> Option<&RankLine> {
        self.ranking.iter().find(|line| {
            !self.awards.iter().any(|award| award.state == "refused" && award.bid_id == line.bid_id)
        })
    }

    /// Hundredths that a member gave a bid on a criterion.
    pub fn points(&self, seat: &SeatId, bid: &BidId, position: &i64) -> Option<i64> {
        let found = self
            .scores
            .iter()
            .find(|score| score.seat_id == *seat && score.bid_id == *bid && score.position == *position);
        found.map(|score| score.points)
    }

    /// Hundredths that a member gave a bid in all.
    pub fn member_total(&self, seat: &SeatId, bid: &BidId) -> i64 {
        let own = self.scores.iter().filter(|score| score.seat_id == *seat && score.bid_id == *bid);
        own.map(|score| score.points).sum()
    }
}

/// The public result.
///
/// # Errors
/// `NotFound` until the result is public.
pub async fn public(app: &App, number: &str) -> Result<Outcome, Error> {
    let case = case::by_number(app, number).await?;
    if !case.is_result_public() {
        return Err(Error::NotFound);
    }
    load(app, case).await
}

/// The result on the desk of those who decide or prepare: after the ranking, of one's own office.
///
/// # Errors
/// `NotFound` before the ranking, and for other offices.
pub async fn desk(app: &App, actor: &Actor, number: &str) -> Result<Outcome, Error> {
    let case = committee::desk_case(app, actor, number).await?;
    let may_read = matches!(
        actor.post.role,
        Role::PurchaseLead | Role::Supervisor | Role::OfficeDirector | Role::OfficeStaff
    );
    if !may_read || !is_ranked(&case) {
        return Err(Error::NotFound);
    }
    let mut outcome = load(app, case).await?;
    if !committee::may_know_names(actor, &outcome.case) {
        hide_names(&mut outcome.members);
    }
    Ok(outcome)
}

/// The report for a member who is to sign it.
///
/// # Errors
/// `NotFound` before the ranking, and for everyone but the members.
pub async fn report(app: &App, actor: &Actor, number: &str) -> Result<Outcome, Error> {
    let case = case::by_number(app, number).await?;
    let seat = committee::invitation(app, actor, number).await?;
    if seat.state != SeatState::Accepted || !is_ranked(&case) {
        return Err(Error::NotFound);
    }
    load(app, case).await
}

fn is_ranked(case: &Case) -> bool {
    matches!(case.stage, Stage::Ranked | Stage::Publicised | Stage::Awarded | Stage::Contracted)
        || case.is_result_public()
}

fn hide_names(members: &mut [MemberLine]) {
    for member in members {
        for text in [&mut member.name, &mut member.employer, &mut member.title] {
            text.clear();
        }
    }
}

async fn load(app: &App, case: Case) -> Result<Outcome, Error> {
    let id = case.id;
    let criteria = app.db.all(CRITERIA, args![id]).await?;
    let sql =
        "SELECT r.bid_id, b.alias, b.organisation_id, o.name AS organisation, o.uscc, b.price_fen, r.rank,
                 r.price_score, r.quality_score, r.total_score, r.decided_by
               FROM ranking r JOIN bid b ON b.id = r.bid_id JOIN organisation o ON o.id = b.organisation_id
               WHERE r.tender_id = $1 ORDER BY r.rank";
    let ranking = app.db.all(sql, args![id]).await?;
    let sql = "SELECT o.name AS organisation, b.is_qualified, b.qualification_note, b.conformity_note
               FROM bid b JOIN organisation o ON o.id = b.organisation_id
               WHERE b.tender_id = $1 AND b.alias IS NOT NULL AND b.state = 'submitted'
                 AND (b.is_qualified = 0 OR b.is_conforming = 0) ORDER BY o.name";
    let unranked = app.db.all(sql, args![id]).await?;
    let sql = "SELECT s.id, s.kind, p.name, COALESCE(e.employer, '') AS employer,
                 COALESCE(e.title, '') AS title, s.is_chair, s.locked_at, s.signed_at, s.dissent
               FROM seat s JOIN person p ON p.id = s.person_id LEFT JOIN expert e ON e.id = s.expert_id
               WHERE s.tender_id = $1 AND s.state = 'accepted' ORDER BY s.position, s.id";
    let members = app.db.all(sql, args![id]).await?;
    let sql = "SELECT s.seat_id, s.bid_id, c.position, s.points, s.reason
               FROM score s JOIN criterion c ON c.id = s.criterion_id
               JOIN seat m ON m.id = s.seat_id AND m.state = 'accepted'
               WHERE s.tender_id = $1 AND s.points IS NOT NULL ORDER BY m.position, s.bid_id, c.position";
    let scores = app.db.all(sql, args![id]).await?;
    let corrections = corrections(app, &case).await?;
    let awards = awards(app, &case).await?;
    let partners = bid_member::of_tender(app, id).await?;
    Ok(Outcome { case, criteria, ranking, unranked, members, scores, corrections, awards, partners })
}

/// The corrected scores of a tender, oldest first.
pub(super) async fn corrections(app: &App, case: &Case) -> Result<Vec<CorrectionLine>, Error> {
    let sql = "SELECT s.seat_id, b.alias, c.position, k.points_before, k.points_after, k.ground,
                 k.explanation, k.at
               FROM score_correction k JOIN score s ON s.id = k.score_id JOIN bid b ON b.id = s.bid_id
               JOIN criterion c ON c.id = s.criterion_id WHERE s.tender_id = $1 ORDER BY k.at, k.id";
    Ok(app.db.all(sql, args![case.id]).await?)
}

async fn awards(app: &App, case: &Case) -> Result<Vec<AwardLine>, Error> {
    let sql = "SELECT a.id, a.bid_id, b.organisation_id, o.name AS organisation, a.rank, b.price_fen, a.state,
                 a.decided_at, p.name AS decided_by, a.reason, a.refused_at, a.refused_ground, a.refused_reason
               FROM award a JOIN bid b ON b.id = a.bid_id JOIN organisation o ON o.id = b.organisation_id
               JOIN person p ON p.id = a.decided_by WHERE a.tender_id = $1 ORDER BY a.decided_at, a.id";
    Ok(app.db.all(sql, args![case.id]).await?)
}

row! {
    /// A published result in the list.
    pub struct ListedResult {
        /// The tender's number.
        number: String,
        /// Its title.
        title: String,
        /// The purchasing office.
        office: String,
        /// Where it stands.
        @code stage: Stage,
        /// The winner so far.
        organisation: Option<String>,
        /// The winner's price.
        price_fen: Option<Fen>,
        /// How many bid.
        bids: i64,
        /// When the result became public.
        publicised_at: Moment,
    }
}

/// Results that a page of the list shows at most.
const PAGE: i64 = 300;

/// Every public result, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn list(app: &App) -> Result<Vec<ListedResult>, Error> {
    let sql = "SELECT t.number, t.title, f.name AS office, t.stage, o.name AS organisation, b.price_fen,
                 (SELECT count(*) FROM bid x WHERE x.tender_id = t.id AND x.alias IS NOT NULL
                   AND x.state = 'submitted') AS bids,
                 t.publicised_at
               FROM tender t JOIN office f ON f.id = t.office_id
               LEFT JOIN award a ON a.tender_id = t.id AND a.state <> 'refused'
               LEFT JOIN bid b ON b.id = a.bid_id LEFT JOIN organisation o ON o.id = b.organisation_id
               WHERE t.publicised_at IS NOT NULL ORDER BY t.publicised_at DESC, t.id DESC LIMIT $1";
    Ok(app.db.all(sql, args![PAGE]).await?)
}

/// A bidder's own place, with the whole public result beside it (C25).
#[derive(Clone, Debug)]
pub struct OwnResult {
    /// The public result.
    pub outcome: Outcome,
    /// One's own line; none when the bid was not ranked.
    pub line: Option<RankLine>,
    /// The award, when it is one's own.
    pub is_winner: bool,
}

/// The result for one of its bidders.
///
/// # Errors
/// `NotFound` until the result is public, and for an organisation that did not bid.
pub async fn own(app: &App, actor: &Actor, number: &str) -> Result<OwnResult, Error> {
    let organisation = actor.organisation().ok_or(Error::NotFound)?;
    let outcome = public(app, number).await?;
    let sql = "SELECT id FROM bid WHERE tender_id = $1 AND organisation_id = $2 AND alias IS NOT NULL";
    app.db.one::<(i64,)>(sql, args![outcome.case.id, organisation]).await?;
    let line = outcome.ranking.iter().find(|line| line.organisation_id == organisation).cloned();
    let is_winner = outcome.award().is_some_and(|award| award.organisation_id == organisation);
    Ok(OwnResult { line, is_winner, outcome })
}
