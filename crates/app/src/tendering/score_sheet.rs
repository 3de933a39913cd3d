//! Scoring: each member alone fills a sheet for every valid bid, then locks it for good (C40, C46).
//!
//! Nobody reads another's sheet and nobody sees a price before locking. A locked score changes on the four
//! grounds of the rule only, by the member who gave it.

use domain::kernel::{BidId, Coded, Moment, Refusal, Role, SeatId, TenderId};
use domain::tendering::score::{self, Correction, Entry, ScoreCorrectionGround, Sheet};
use domain::tendering::scoring_table::ScoringTable;
use domain::tendering::stage::Stage;

use super::attendance::{self, Occasion};
use super::case::{self, CRITERIA, Case, CriterionRow, OpenedBid};
use super::conformity::{check_review_running, qualified};
use super::panel::{self, MEMBERS, Member};
use super::session::{SessionKind, session_of};
use super::{low_price, ranking};
use crate::db::Row;
use crate::journal::{SCORE, SCORE_CORRECTION, SCORE_DOUBT, SEAT};
use crate::{Act, Cx, Error, args};

/// What a member has filled in for one bid and criterion.
#[derive(Clone, Debug)]
pub struct ScoreEntry {
    /// The bid.
    pub bid: BidId,
    /// The criterion's place in the table.
    pub position: i64,
    /// Hundredths of a point; `None` while it is blank.
    pub points: Option<i64>,
    /// Why; needed at the edges when locking.
    pub reason: String,
}

/// Saves what a member has filled in so far; gaps are allowed until the sheet is locked.
#[derive(Clone)]
pub struct SaveScores {
    /// Whose sheet; only the holder may write it.
    pub seat: SeatId,
    /// The entries; those not named stay as they are.
    pub entries: Vec<ScoreEntry>,
}

impl Act for SaveScores {
    type Outcome = ();
    const NAME: &'static str = "tendering.save_scores";
    const WHO: &'static [Role] = MEMBERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (member, case) = panel::own_sitting_seat(cx, self.seat).await?;
        case.stage.expect(Stage::Reviewing)?;
        if member.locked_at.is_some() {
            return Err(Refusal::new("tendering.score-locked", "C46").into());
        }
        check_scoring_open(cx, &case).await?;
        let criteria: Vec<CriterionRow> = cx.tx.all(CRITERIA, args![case.id]).await?;
        let table = case::scoring_table(&criteria, case.tie_rule);
        let bids = qualified(cx, &case).await?;
        self.check(&bids, &table)?;
        for entry in &self.entries {
            let criterion = criteria.iter().find(|criterion| criterion.position == entry.position);
            let criterion = criterion.ok_or(Error::NotFound)?.id;
            keep(cx, &case, &member, criterion, entry).await?;
        }
        Ok(())
    }
}

impl SaveScores {
    /// Range and criterion; a reason may still be missing, it is asked for when locking.
    fn check(&self, bids: &[OpenedBid], table: &ScoringTable) -> Result<(), Error> {
        let mut found = Vec::new();
        for entry in &self.entries {
            let bid = bids.iter().find(|bid| bid.id == entry.bid).ok_or(Error::NotFound)?;
            let field = field(&bid.alias, entry.position);
            let position = u32::try_from(entry.position).unwrap_or(u32::MAX);
            match table.scored().find(|criterion| criterion.position == position) {
                None => found.push(Refusal::new("tendering.score-of-no-criterion", "C46").at(field)),
                Some(criterion) => {
                    let most = criterion.weight_points.saturating_mul(score::HUNDREDTHS);
                    if entry.points.is_some_and(|points| !(0..=most).contains(&points)) {
                        let refusal = Refusal::new("tendering.score-out-of-range", "C46").at(field);
                        found.push(refusal.with("most", criterion.weight_points));
                    }
                }
            }
        }
        if found.is_empty() { Ok(()) } else { Err(Error::Invalid(found)) }
    }
}

/// The form field of one score.
pub fn field(alias: &str, position: i64) -> String {
    format!("scores.{alias}.{position}")
}

/// Scoring opens with the first session: members write while bidders present.
async fn check_scoring_open(cx: &mut Cx<'_>, case: &Case) -> Result<(), Error> {
    for kind in SessionKind::ALL {
        let session = session_of(&mut cx.tx, case.id, *kind).await?;
        if session.is_some_and(|session| session.started_at.is_some()) {
            return Ok(());
        }
    }
    Err(Refusal::new("tendering.session-not-running", "C18").with_code("kind", SessionKind::Review).into())
}

async fn keep(
    cx: &mut Cx<'_>,
    case: &Case,
    member: &Member,
    criterion: i64,
    entry: &ScoreEntry,
) -> Result<(), Error> {
    let reason = entry.reason.trim();
    let sql = "SELECT id, version, points, reason FROM score
               WHERE seat_id = $1 AND bid_id = $2 AND criterion_id = $3";
    if let Some(row) = cx.tx.maybe::<Row>(sql, args![member.id, entry.bid, criterion]).await? {
        if row.get::<Option<i64>>("points")? == entry.points && row.get::<String>("reason")? == reason {
            return Ok(());
        }
        let values =
            [("points", entry.points.into()), ("reason", reason.into()), ("saved_at", cx.now.into())];
        return cx.update(&SCORE, row.get::<i64>("id")?, row.get("version")?, &values).await;
    }
    if entry.points.is_none() && reason.is_empty() {
        return Ok(());
    }
    let id = cx.id();
    let values = [
        ("tender_id", case.id.into()),
        ("seat_id", member.id.into()),
        ("bid_id", entry.bid.into()),
        ("criterion_id", criterion.into()),
        ("points", entry.points.into()),
        ("reason", reason.into()),
        ("saved_at", cx.now.into()),
    ];
    cx.insert(&SCORE, id, &values).await
}

/// Locks one's own sheets of all valid bids for good.
#[derive(Clone, Copy)]
pub struct LockScores {
    /// Whose.
    pub seat: SeatId,
}

impl Act for LockScores {
    type Outcome = ();
    const NAME: &'static str = "tendering.lock_scores";
    const WHO: &'static [Role] = MEMBERS;
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (member, case) = panel::own_sitting_seat(cx, self.seat).await?;
        case.stage.expect(Stage::Reviewing)?;
        check_review_running(cx, &case).await?;
        let present = attendance::present(&mut cx.tx, case.id, Occasion::Review, cx.now).await?;
        if !present.contains(&member.person) {
            return Err(Refusal::new("tendering.own-attendance-missing", "C38").into());
        }
        let bids = qualified(cx, &case).await?;
        if bids.iter().any(|bid| bid.is_conforming.is_none()) {
            return Err(Refusal::new("tendering.conformity-open", "C34").into());
        }
        let table = table(cx, &case).await?;
        let sheets = sheets(cx, &case, Some(member.id)).await?;
        let mut found = Vec::new();
        for bid in bids.iter().filter(|bid| bid.is_conforming == Some(true)) {
            let blank = Sheet { seat: member.id, bid: bid.id, entries: Vec::new() };
            let sheet = sheets.iter().find(|sheet| sheet.bid == bid.id).unwrap_or(&blank);
            let is_locked = member.locked_at.is_some();
            if let Err(faults) = score::lock(sheet, is_locked, &table, case.rules(cx.app)) {
                found.extend(faults.into_iter().map(|fault| of_bid(fault, &bid.alias)));
            }
        }
        if member.locked_at.is_some() {
            return Err(Refusal::new("tendering.score-locked", "C46").into());
        }
        if !found.is_empty() {
            return Err(Error::Invalid(found));
        }
        cx.update(&SEAT, member.id.0, member.version, &[("locked_at", cx.now.into())]).await?;
        let members = panel::active_members(&mut cx.tx, case.id).await?;
        let all_locked = members.iter().all(|member| member.locked_at.is_some());
        if all_locked { low_price::ask(cx, &case).await } else { Ok(()) }
    }
}

/// The same fault at the field of one bid, with the bid's alias among its facts.
fn of_bid(fault: Refusal, alias: &str) -> Refusal {
    let position = fault.field.as_deref().and_then(|field| field.strip_prefix("scores.")).unwrap_or_default();
    let field = format!("scores.{alias}.{position}");
    fault.with("alias", alias).at(field)
}

/// The published table of a tender.
pub(super) async fn table(cx: &mut Cx<'_>, case: &Case) -> Result<ScoringTable, Error> {
    let criteria: Vec<CriterionRow> = cx.tx.all(CRITERIA, args![case.id]).await?;
    Ok(case::scoring_table(&criteria, case.tie_rule))
}

/// Filled sheets of valid bids by members who still sit; of one seat, or of all.
pub(super) async fn sheets(cx: &mut Cx<'_>, case: &Case, seat: Option<SeatId>) -> Result<Vec<Sheet>, Error> {
    let sql = "SELECT s.seat_id, s.bid_id, c.position, s.points, s.reason
               FROM score s JOIN criterion c ON c.id = s.criterion_id
               JOIN seat m ON m.id = s.seat_id AND m.state = 'accepted'
               JOIN bid b ON b.id = s.bid_id AND b.is_conforming = 1
               WHERE s.tender_id = $1 AND s.points IS NOT NULL
               ORDER BY m.position, s.seat_id, b.alias, c.position";
    let mut sheets: Vec<Sheet> = Vec::new();
    for row in cx.tx.all::<Row>(sql, args![case.id]).await? {
        let (own, bid): (SeatId, BidId) = (row.get("seat_id")?, row.get("bid_id")?);
        if seat.is_some_and(|seat| seat != own) {
            continue;
        }
        let position = u32::try_from(row.get::<i64>("position")?).unwrap_or(0);
        let entry = Entry { position, points_hundredths: row.get("points")?, reason: row.get("reason")? };
        match sheets.iter_mut().find(|sheet| sheet.seat == own && sheet.bid == bid) {
            Some(sheet) => sheet.entries.push(entry),
            None => sheets.push(Sheet { seat: own, bid, entries: vec![entry] }),
        }
    }
    Ok(sheets)
}

/// A locked score with what a correction must know.
struct LockedScore {
    id: i64,
    version: i64,
    seat: SeatId,
    points: i64,
    tender: TenderId,
    locked_at: Option<Moment>,
}

async fn locked_score(
    cx: &mut Cx<'_>,
    seat: SeatId,
    bid: BidId,
    position: i64,
) -> Result<LockedScore, Error> {
    let sql = "SELECT s.id, s.version, s.seat_id, s.points, s.tender_id, m.locked_at
               FROM score s JOIN criterion c ON c.id = s.criterion_id JOIN seat m ON m.id = s.seat_id
               WHERE s.seat_id = $1 AND s.bid_id = $2 AND c.position = $3";
    let row: Row = cx.tx.one(sql, args![seat, bid, position]).await?;
    let found = LockedScore {
        id: row.get("id")?,
        version: row.get("version")?,
        seat: row.get("seat_id")?,
        points: row.get::<Option<i64>>("points")?.ok_or(Error::NotFound)?,
        tender: row.get("tender_id")?,
        locked_at: row.get("locked_at")?,
    };
    if found.locked_at.is_none() {
        return Err(Refusal::new("tendering.score-not-locked", "C46").into());
    }
    Ok(found)
}

/// Says that another member's locked score is wrongly added up, or clearly too high or too low; a majority
/// opens its correction.
#[derive(Clone, Copy)]
pub struct DoubtScore {
    /// Who says so; only the holder.
    pub seat: SeatId,
    /// Whose score.
    pub of: SeatId,
    /// Of which bid.
    pub bid: BidId,
    /// Of which criterion.
    pub position: i64,
}

impl Act for DoubtScore {
    type Outcome = ();
    const NAME: &'static str = "tendering.doubt_score";
    const WHO: &'static [Role] = MEMBERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (member, case) = panel::own_sitting_seat(cx, self.seat).await?;
        if member.locked_at.is_none() {
            return Err(Refusal::new("tendering.score-not-locked", "C46").into());
        }
        check_correctable(&case)?;
        // One's own doubt would count towards the majority that opens one's own score.
        if self.of == member.id {
            return Err(Refusal::new("tendering.doubt-of-own-score", "C46").at("member").into());
        }
        let doubted = locked_score(cx, self.of, self.bid, self.position).await?;
        if doubted.tender != case.id {
            return Err(Error::NotFound);
        }
        let id = cx.id();
        let values = [("score_id", doubted.id.into()), ("seat_id", member.id.into()), ("at", cx.now.into())];
        cx.insert(&SCORE_DOUBT, id, &values).await.map_err(|error| {
            let twice = Refusal::new("tendering.doubted-twice", "C46").at("member");
            error.on_unique("score_doubt__score_id__seat_id", twice)
        })
    }
}

fn check_correctable(case: &Case) -> Result<(), Error> {
    if matches!(case.stage, Stage::Reviewing | Stage::Ranked) {
        return Ok(());
    }
    Err(Refusal::new("tendering.correction-too-late", "C46").with_code("stage", case.stage).into())
}

/// Corrects one's own locked score on one of the four grounds; a ranking made before falls with it (C46).
#[derive(Clone)]
pub struct CorrectScore {
    /// Whose score; only the holder may correct it.
    pub seat: SeatId,
    /// Of which bid.
    pub bid: BidId,
    /// Of which criterion.
    pub position: i64,
    /// On which ground.
    pub ground: ScoreCorrectionGround,
    /// Hundredths of a point, as it should be.
    pub points: i64,
    /// Why.
    pub reason: String,
}

impl Act for CorrectScore {
    type Outcome = ();
    const NAME: &'static str = "tendering.correct_score";
    const WHO: &'static [Role] = MEMBERS;
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (_, case) = panel::own_sitting_seat(cx, self.seat).await?;
        check_correctable(&case)?;
        let held = locked_score(cx, self.seat, self.bid, self.position).await?;
        let table = table(cx, &case).await?;
        let position = u32::try_from(self.position).unwrap_or(u32::MAX);
        let criterion = table.at(position).ok_or(Error::NotFound)?;
        let others = sheets(cx, &case, None).await?;
        let others = points_of_others(&others, self.bid, held.seat, position);
        let sql =
            "SELECT count(*) FROM score_doubt d JOIN seat m ON m.id = d.seat_id AND m.state = 'accepted'
                   WHERE d.score_id = $1";
        let doubts = cx.tx.number(sql, args![held.id]).await?;
        let members = panel::active_members(&mut cx.tx, case.id).await?.len();
        let correction = Correction {
            ground: self.ground,
            before: held.points,
            after: self.points,
            others,
            has_majority: usize::try_from(doubts).unwrap_or(0) * 2 > members,
            reason: self.reason.trim().to_owned(),
        };
        score::correct(&correction, criterion)?;
        self.write(cx, &held, &correction).await?;
        if case.stage == Stage::Ranked { ranking::undo(cx, &case).await } else { Ok(()) }
    }
}

/// What the other members gave on the same spot.
fn points_of_others(sheets: &[Sheet], bid: BidId, own: SeatId, position: u32) -> Vec<i64> {
    let mut points = Vec::new();
    for sheet in sheets.iter().filter(|sheet| sheet.bid == bid && sheet.seat != own) {
        let entries = sheet.entries.iter().filter(|entry| entry.position == position);
        points.extend(entries.map(|entry| entry.points_hundredths));
    }
    points
}

impl CorrectScore {
    async fn write(&self, cx: &mut Cx<'_>, held: &LockedScore, correction: &Correction) -> Result<(), Error> {
        let values = [("points", correction.after.into()), ("saved_at", cx.now.into())];
        cx.update(&SCORE, held.id, held.version, &values).await?;
        let id = cx.id();
        let values = [
            ("score_id", held.id.into()),
            ("points_before", correction.before.into()),
            ("points_after", correction.after.into()),
            ("ground", correction.ground.code().into()),
            ("explanation", correction.reason.as_str().into()),
            ("by_person", case::person(cx)?.into()),
            ("at", cx.now.into()),
        ];
        cx.insert(&SCORE_CORRECTION, id, &values).await
    }
}
