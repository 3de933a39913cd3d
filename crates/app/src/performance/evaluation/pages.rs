//! What an expert sees: the rounds to score, and the own sheet, nobody else's.

use domain::kernel::{Actor, ContractId, Moment};
use domain::performance::evaluation::{EvaluationKind, EvaluationStage};

use super::read::{self, ActualRow, IndicatorRow, ScoreRow};
use crate::{App, Error, args, row};

row! {
    /// A round that an expert was drawn for.
    pub struct Assignment {
        /// The seat.
        seat: i64,
        /// The round.
        evaluation: i64,
        /// The contract.
        contract_id: ContractId,
        /// Its number.
        number: String,
        /// What was bought.
        title: String,
        /// From whom.
        organisation: String,
        /// The office.
        office: String,
        /// Which round.
        @code kind: EvaluationKind,
        /// Counted within its kind.
        round: i64,
        /// Where the round stands.
        @code stage: EvaluationStage,
        /// The seat's code.
        code: String,
        /// When the sheet was locked.
        locked_at: Option<Moment>,
    }
}

/// An expert's own sheet.
pub struct OwnSheet {
    /// For what.
    pub assignment: Assignment,
    /// The indicators.
    pub indicators: Vec<IndicatorRow>,
    /// What was reached.
    pub actuals: Vec<ActualRow>,
    /// What the expert filled in.
    pub scores: Vec<ScoreRow>,
}

const ASSIGNMENT: &str = "SELECT s.id AS seat, e.id AS evaluation, c.id AS contract_id, c.number, c.title,
       o.name AS organisation, f.name AS office, e.kind, e.round, e.stage, s.code, s.locked_at
     FROM evaluation_seat s JOIN evaluation e ON e.id = s.evaluation_id JOIN contract c ON c.id = e.contract_id
     JOIN organisation o ON o.id = c.organisation_id JOIN office f ON f.id = c.office_id
     WHERE s.person_id = $1 AND s.recused_at IS NULL";

/// The rounds that the actor was drawn for, the latest first.
///
/// # Errors
/// `NotFound` for somebody without a person.
pub async fn assignments(app: &App, actor: &Actor) -> Result<Vec<Assignment>, Error> {
    let person = actor.person.ok_or(Error::NotFound)?;
    Ok(app.db.all(&format!("{ASSIGNMENT} ORDER BY s.id DESC LIMIT 200"), args![person]).await?)
}

/// The actor's own sheet of the contract's latest round with a seat of theirs.
///
/// # Errors
/// `NotFound` for those who have none.
pub async fn own_sheet(app: &App, actor: &Actor, number: &str) -> Result<OwnSheet, Error> {
    let person = actor.person.ok_or(Error::NotFound)?;
    let sql = format!("{ASSIGNMENT} AND c.number = $2 ORDER BY s.id DESC LIMIT 1");
    let assignment: Assignment = app.db.one(&sql, args![person, number]).await?;
    let sql = "SELECT seat_id, indicator_id, points, reason FROM evaluation_score WHERE seat_id = $1";
    Ok(OwnSheet {
        indicators: read::indicators_of(app, assignment.contract_id).await?,
        actuals: read::actuals(app, assignment.evaluation).await?,
        scores: app.db.all(sql, args![assignment.seat]).await?,
        assignment,
    })
}
