//! The expert's sheet: filled alone, seen by nobody else before it is locked, and locked for good (E1, C46).

use domain::kernel::{ContractId, PersonId, Refusal, Role};
use domain::performance::evaluation::EvaluationStage;
use domain::performance::evaluation::sheet::{self, Entry};

use super::held;
use crate::db::Row;
use crate::journal::{EVALUATION_SCORE, EVALUATION_SEAT};
use crate::{Act, Cx, Error, args, row};

/// What an expert has filled in for one indicator.
#[derive(Clone, Debug)]
pub struct SheetEntry {
    /// Hundredths of a point; `None` while it is blank.
    pub points: Option<i64>,
    /// Why.
    pub reason: String,
}

row! {
    struct Seat {
        id: i64,
        version: i64,
        evaluation_id: i64,
        person_id: PersonId,
        recused_at: Option<domain::kernel::Moment>,
        locked_at: Option<domain::kernel::Moment>,
    }
}

row! {
    struct Line {
        id: i64,
        points: i64,
    }
}

/// Another's seat does not exist for this actor. The contract is not locked: each seat is its holder's own.
async fn own_seat(cx: &mut Cx<'_>, seat: i64) -> Result<(Seat, ContractId), Error> {
    let person = held::person(cx)?;
    cx.tx.lock("evaluation_seat", seat).await?;
    let sql = "SELECT id, version, evaluation_id, person_id, recused_at, locked_at
               FROM evaluation_seat WHERE id = $1";
    let seat: Seat = cx.tx.one(sql, args![seat]).await?;
    if seat.person_id != person || seat.recused_at.is_some() {
        return Err(Error::NotFound);
    }
    cx.tx.share("evaluation", seat.evaluation_id).await?;
    let sql = "SELECT contract_id, stage FROM evaluation WHERE id = $1";
    let row: Row = cx.tx.one(sql, args![seat.evaluation_id]).await?;
    let stage: EvaluationStage = row.code("stage")?;
    if seat.locked_at.is_some() {
        return Err(Refusal::new("performance.sheet-locked", "C46").into());
    }
    stage.expect(EvaluationStage::Scoring)?;
    Ok((seat, row.get("contract_id")?))
}

async fn lines(cx: &mut Cx<'_>, contract: ContractId) -> Result<Vec<Line>, Error> {
    let sql = "SELECT i.id, i.points FROM evaluation_indicator i JOIN evaluation_plan p ON p.id = i.plan_id
               WHERE p.contract_id = $1 ORDER BY i.position";
    Ok(cx.tx.all(sql, args![contract]).await?)
}

/// Saves what an expert has filled in so far; gaps are allowed until the sheet is locked.
#[derive(Clone)]
pub struct SaveSheet {
    /// Whose sheet; only the holder may write it.
    pub seat: i64,
    /// An entry for each indicator, in order.
    pub entries: Vec<SheetEntry>,
}

impl Act for SaveSheet {
    type Outcome = ();
    const NAME: &'static str = "performance.save_sheet";
    const WHO: &'static [Role] = &[Role::Expert];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (seat, contract) = own_seat(cx, self.seat).await?;
        let lines = lines(cx, contract).await?;
        let most: Vec<i64> = lines.iter().map(|line| line.points).collect();
        let found = sheet::check_saved(&self.rule_entries(), &most);
        if !found.is_empty() {
            return Err(Error::Invalid(found));
        }
        for (line, entry) in lines.iter().zip(&self.entries) {
            keep(cx, seat.id, line.id, entry).await?;
        }
        Ok(())
    }
}

impl SaveSheet {
    fn rule_entries(&self) -> Vec<Entry> {
        let entries = self.entries.iter();
        entries.map(|entry| Entry { points: entry.points, reason: entry.reason.clone() }).collect()
    }
}

async fn keep(cx: &mut Cx<'_>, seat: i64, indicator: i64, entry: &SheetEntry) -> Result<(), Error> {
    let reason = entry.reason.trim();
    let sql = "SELECT id, version, points, reason FROM evaluation_score
               WHERE seat_id = $1 AND indicator_id = $2";
    if let Some(row) = cx.tx.maybe::<Row>(sql, args![seat, indicator]).await? {
        if row.get::<Option<i64>>("points")? == entry.points && row.get::<String>("reason")? == reason {
            return Ok(());
        }
        let values = [("points", entry.points.into()), ("reason", reason.into())];
        return cx.update(&EVALUATION_SCORE, row.get::<i64>("id")?, row.get("version")?, &values).await;
    }
    let id = cx.id();
    let values = [
        ("seat_id", seat.into()),
        ("indicator_id", indicator.into()),
        ("points", entry.points.into()),
        ("reason", reason.into()),
    ];
    cx.insert(&EVALUATION_SCORE, id, &values).await
}

/// Locks a whole sheet for good.
#[derive(Clone, Copy)]
pub struct LockSheet {
    /// Whose sheet.
    pub seat: i64,
}

impl Act for LockSheet {
    type Outcome = ();
    const NAME: &'static str = "performance.lock_sheet";
    const WHO: &'static [Role] = &[Role::Expert];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (seat, contract) = own_seat(cx, self.seat).await?;
        let sql = "SELECT s.points, COALESCE(s.reason, '') AS reason FROM evaluation_indicator i
                   JOIN evaluation_plan p ON p.id = i.plan_id
                   LEFT JOIN evaluation_score s ON s.indicator_id = i.id AND s.seat_id = $2
                   WHERE p.contract_id = $1 ORDER BY i.position";
        let rows: Vec<Row> = cx.tx.all(sql, args![contract, seat.id]).await?;
        let read = |row: &Row| Ok(Entry { points: row.get("points")?, reason: row.get("reason")? });
        let entries = rows.iter().map(read).collect::<Result<Vec<_>, Error>>()?;
        let most: Vec<i64> = lines(cx, contract).await?.iter().map(|line| line.points).collect();
        let plan = held::fixed_plan(cx, contract).await?;
        let found = sheet::problems(&entries, &most, plan.rules(cx.app));
        if !found.is_empty() {
            return Err(Error::Invalid(found));
        }
        cx.update(&EVALUATION_SEAT, seat.id, seat.version, &[("locked_at", cx.now.into())]).await
    }
}

/// An expert recuses himself, in words, before locking; the seat is drawn anew (C38).
#[derive(Clone)]
pub struct RecuseFromEvaluation {
    /// Whose seat.
    pub seat: i64,
    /// Why.
    pub reason: String,
}

impl Act for RecuseFromEvaluation {
    type Outcome = ();
    const NAME: &'static str = "performance.recuse";
    const WHO: &'static [Role] = &[Role::Expert];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (seat, _) = own_seat(cx, self.seat).await?;
        let checked = sheet::check_recusal(seat.locked_at.is_some(), &self.reason);
        checked.map_err(|refusal| Error::Invalid(vec![refusal]))?;
        let values = [("recused_at", cx.now.into()), ("recuse_reason", self.reason.trim().into())];
        cx.update(&EVALUATION_SEAT, seat.id, seat.version, &values).await
    }
}
