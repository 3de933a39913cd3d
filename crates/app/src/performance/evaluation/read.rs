//! Plan, rounds, draws and sheets as pages show them.

use domain::kernel::{ContractId, Date, Moment, PersonId};
use domain::performance::evaluation::{
    EvaluationGrade, EvaluationKind, EvaluationStage, IndicatorGroup, PlanStage, ServiceKind,
};

use crate::{App, Error, args, row};

row! {
    /// A plan on its page.
    pub struct PlanRow {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// The kind of service.
        @code service_kind: ServiceKind,
        /// Weight of the experts.
        w_experts: i64,
        /// Weight of the recipients.
        w_recipients: i64,
        /// Weight of the purchaser.
        w_purchaser: i64,
        /// Weight of a third party.
        w_third_party: i64,
        /// Whether recipients can be identified.
        has_recipients: bool,
        /// Why not.
        no_recipients_reason: String,
        /// Who stands in.
        third_party: String,
        /// Where it stands.
        @code stage: PlanStage,
        /// Who wrote it.
        drafted_by: PersonId,
        /// When it was written.
        drafted_at: Moment,
        /// When it was fixed.
        checked_at: Option<Moment>,
        /// The purchase lead's note.
        check_note: String,
    }
}

row! {
    /// An indicator of a plan.
    pub struct IndicatorRow {
        /// Its row.
        id: i64,
        /// Place in the plan, from 1.
        position: i64,
        /// Where it stands.
        @code group_code: IndicatorGroup,
        /// Its name in Chinese.
        title_zh: String,
        /// Its name in English.
        title_en: String,
        /// Its points.
        points: i64,
        /// The target, fixed before the service began.
        target: String,
    }
}

row! {
    /// A round on its page.
    pub struct RoundRow {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// Which round.
        @code kind: EvaluationKind,
        /// Counted within its kind.
        round: i64,
        /// Where it stands.
        @code stage: EvaluationStage,
        /// When it began.
        opened_at: Moment,
        /// When what was reached was reported.
        reported_at: Option<Moment>,
        /// The purchaser's score.
        purchaser_score: Option<i64>,
        /// What it rests on.
        purchaser_evidence: String,
        /// When it was given.
        purchaser_at: Option<Moment>,
        /// The third party's score.
        third_score: Option<i64>,
        /// Its report.
        third_evidence: String,
        /// Sum of the sheets.
        expert_sum: Option<i64>,
        /// Number of sheets.
        expert_count: Option<i64>,
        /// Recipients of the service.
        recipients: Option<i64>,
        /// Answers that suffice.
        sample_minimum: Option<i64>,
        /// Valid answers.
        valid: Option<i64>,
        /// Satisfied ones.
        satisfied: Option<i64>,
        /// The result.
        total: Option<i64>,
        /// Its grade.
        @code_option grade: Option<EvaluationGrade>,
        /// When the provider had it.
        sent_at: Option<Moment>,
        /// The last day to reply.
        reply_until: Option<Date>,
        /// The reply.
        reply: Option<String>,
        /// When it came.
        replied_at: Option<Moment>,
        /// Its answer.
        answer: Option<String>,
        /// When it was given.
        answered_at: Option<Moment>,
        /// When the round became public.
        published_at: Option<Moment>,
        /// The document's code.
        document_code: Option<String>,
    }
}

row! {
    /// A seat: the public knows its code alone.
    pub struct SeatRow {
        /// Its row.
        id: i64,
        /// Its code in the draw.
        code: String,
        /// The expert's name, for the bureau.
        name: String,
        /// When the expert recused himself.
        recused_at: Option<Moment>,
        /// When the sheet was locked.
        locked_at: Option<Moment>,
        /// Its points together.
        total: i64,
    }
}

row! {
    /// A score of a locked sheet.
    pub struct ScoreRow {
        /// The seat.
        seat_id: i64,
        /// The indicator.
        indicator_id: i64,
        /// Hundredths of a point.
        points: Option<i64>,
        /// Why.
        reason: String,
    }
}

row! {
    /// What was reached of an indicator.
    pub struct ActualRow {
        /// The indicator.
        indicator_id: i64,
        /// What was reached.
        actual: String,
    }
}

row! {
    /// A draw as published.
    pub struct DrawRow {
        /// 1 for the first.
        attempt: i64,
        /// Seats that were drawn.
        need: i64,
        /// When.
        drawn_at: Moment,
        /// Its seed.
        seed: String,
        /// The whole record.
        record: String,
    }
}

row! {
    /// A further year that a long contract may run.
    pub struct YearRow {
        /// Counted from 1.
        year: i64,
        /// When it was let go on.
        decided_at: Moment,
    }
}

/// The plan of a contract, if there is one.
///
/// # Errors
/// The database could not be read.
pub async fn plan_of(app: &App, contract: ContractId) -> Result<Option<PlanRow>, Error> {
    let sql = "SELECT id, version, service_kind, w_experts, w_recipients, w_purchaser, w_third_party,
                 has_recipients, no_recipients_reason, third_party, stage, drafted_by, drafted_at, checked_at,
                 check_note
               FROM evaluation_plan WHERE contract_id = $1";
    Ok(app.db.maybe(sql, args![contract]).await?)
}

/// The indicators of a contract's plan, in order.
///
/// # Errors
/// The database could not be read.
pub async fn indicators_of(app: &App, contract: ContractId) -> Result<Vec<IndicatorRow>, Error> {
    let sql = "SELECT i.id, i.position, i.group_code, i.title_zh, i.title_en, i.points, i.target
               FROM evaluation_indicator i JOIN evaluation_plan p ON p.id = i.plan_id
               WHERE p.contract_id = $1 ORDER BY i.position";
    Ok(app.db.all(sql, args![contract]).await?)
}

/// The rounds of a contract, oldest first.
///
/// # Errors
/// The database could not be read.
pub async fn rounds_of(app: &App, contract: ContractId) -> Result<Vec<RoundRow>, Error> {
    let sql = "SELECT id, version, kind, round, stage, opened_at, reported_at, purchaser_score,
                 purchaser_evidence, purchaser_at, third_score, third_evidence, expert_sum, expert_count,
                 recipients, sample_minimum, valid, satisfied, total, grade, sent_at, reply_until, reply,
                 replied_at, answer, answered_at, published_at, document_code
               FROM evaluation WHERE contract_id = $1 ORDER BY id";
    Ok(app.db.all(sql, args![contract]).await?)
}

/// The seats of a round, in the order of the draw; a sheet that is not locked shows no points.
///
/// # Errors
/// The database could not be read.
pub async fn seats(app: &App, round: i64) -> Result<Vec<SeatRow>, Error> {
    let sql = "SELECT s.id, s.code, p.name, s.recused_at, s.locked_at,
                 CAST(CASE WHEN s.locked_at IS NULL THEN 0 ELSE
                   COALESCE((SELECT sum(x.points) FROM evaluation_score x WHERE x.seat_id = s.id), 0) END AS BIGINT)
                   AS total
               FROM evaluation_seat s JOIN person p ON p.id = s.person_id
               WHERE s.evaluation_id = $1 ORDER BY s.id";
    Ok(app.db.all(sql, args![round]).await?)
}

/// The scores of a round's locked sheets, once the round has left the experts' hands.
///
/// # Errors
/// The database could not be read.
pub async fn scores(app: &App, round: i64) -> Result<Vec<ScoreRow>, Error> {
    let sql = "SELECT x.seat_id, x.indicator_id, x.points, x.reason FROM evaluation_score x
               JOIN evaluation_seat s ON s.id = x.seat_id JOIN evaluation e ON e.id = s.evaluation_id
               WHERE e.id = $1 AND e.stage IN ('hearing', 'published') AND s.locked_at IS NOT NULL
               ORDER BY x.id";
    Ok(app.db.all(sql, args![round]).await?)
}

/// What was reached, by indicator.
///
/// # Errors
/// The database could not be read.
pub async fn actuals(app: &App, round: i64) -> Result<Vec<ActualRow>, Error> {
    let sql = "SELECT indicator_id, actual FROM evaluation_actual WHERE evaluation_id = $1";
    Ok(app.db.all(sql, args![round]).await?)
}

/// The draws of a round, oldest first.
///
/// # Errors
/// The database could not be read.
pub async fn draws(app: &App, round: i64) -> Result<Vec<DrawRow>, Error> {
    let sql = "SELECT attempt, need, drawn_at, seed, record FROM evaluation_draw
               WHERE evaluation_id = $1 ORDER BY attempt";
    Ok(app.db.all(sql, args![round]).await?)
}

/// The further years that a long contract was let go on.
///
/// # Errors
/// The database could not be read.
pub async fn years(app: &App, contract: ContractId) -> Result<Vec<YearRow>, Error> {
    let sql = "SELECT year, decided_at FROM contract_year WHERE contract_id = $1 ORDER BY year";
    Ok(app.db.all(sql, args![contract]).await?)
}
