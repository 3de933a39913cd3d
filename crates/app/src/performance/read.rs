//! Delivery as pages read it: progress against the milestones, and each acceptance item by item (C54, C55).

use domain::kernel::{AcceptanceId, ContractId, Date, Fen, Moment};
use domain::performance::progress::{self, MilestoneState};
use domain::performance::{AcceptanceState, CallBackOutcome, OpinionVerdict};

use crate::contracts::plan;
use crate::{App, Error, args, row};

row! {
    /// A milestone with its acceptance, if it was reported.
    pub struct MilestoneProgress {
        /// Its row.
        id: i64,
        /// Its place in the order, from 1.
        position: i64,
        /// What is delivered.
        name: String,
        /// By when.
        due_on: Date,
        /// What is paid at most.
        amount_fen: Fen,
        /// Lines of the ledger that count.
        records: i64,
        /// The acceptance.
        acceptance_id: Option<AcceptanceId>,
        /// Where it stands.
        @code_option acceptance_state: Option<AcceptanceState>,
        /// Its result, once it is public.
        published_at: Option<Moment>,
        /// Claimed.
        claimed_fen: Option<Fen>,
        /// Deducted.
        deducted_fen: Option<Fen>,
        /// Accepted.
        accepted_fen: Option<Fen>,
        /// What is to be repaired.
        returned_why: Option<String>,
        /// By when.
        repair_by: Option<Date>,
    }
}

row! {
    /// A kind of unit with what was done of it.
    pub struct UnitProgress {
        /// The milestone's place in the order.
        milestone: i64,
        /// The unit's place in the order.
        position: i64,
        /// What is done.
        name: String,
        /// In what it is counted.
        measure: String,
        /// How many are planned.
        planned: i64,
        /// How many are done.
        done: i64,
        /// What one costs.
        price_fen: Fen,
    }
}

impl MilestoneProgress {
    /// How it stands on a day.
    pub fn state(&self, today: Date) -> MilestoneState {
        progress::state(self.due_on, self.acceptance_state, today)
    }
}

impl UnitProgress {
    /// Whole percent of the plan.
    pub fn percent(&self) -> i64 {
        progress::percent(self.done, self.planned)
    }
}

/// The milestones of a contract in order, with what was done of each unit.
///
/// # Errors
/// The database failed.
pub async fn of(
    app: &App,
    contract: ContractId,
) -> Result<(Vec<MilestoneProgress>, Vec<UnitProgress>), Error> {
    let sql = "SELECT m.id, m.position, m.name, m.due_on, m.amount_fen,
                 (SELECT COALESCE(CAST(sum(CASE WHEN r.reverses_id IS NULL THEN 1 ELSE -1 END) AS BIGINT), 0)
                  FROM service_record r WHERE r.milestone_id = m.id) AS records,
                 a.id AS acceptance_id, a.state AS acceptance_state, a.published_at, a.claimed_fen, a.deducted_fen,
                 a.accepted_fen, a.returned_why, a.repair_by
               FROM milestone m LEFT JOIN acceptance a ON a.milestone_id = m.id
               WHERE m.contract_id = $1 ORDER BY m.position";
    let milestones = app.db.all(sql, args![contract]).await?;
    let sql = "SELECT u.milestone, u.position, u.name, u.measure, u.planned,
                 (SELECT COALESCE(CAST(sum(r.units) AS BIGINT), 0) FROM service_record r WHERE r.unit_id = u.id) AS done,
                 u.price_fen
               FROM service_unit u WHERE u.contract_id = $1 ORDER BY u.milestone, u.position";
    Ok((milestones, app.db.all(sql, args![contract]).await?))
}

row! {
    /// An acceptance in whole.
    pub struct AcceptanceView {
        /// Its row.
        id: AcceptanceId,
        /// Its version.
        version: i64,
        /// The contract.
        contract_id: ContractId,
        /// The milestone's place in the order.
        milestone: i64,
        /// The milestone's name.
        milestone_name: String,
        /// What the milestone costs.
        amount_fen: Fen,
        /// How often it was reported.
        round: i64,
        /// Where it stands.
        @code state: AcceptanceState,
        /// Claimed.
        claimed_fen: Fen,
        /// Deducted.
        deducted_fen: Fen,
        /// Accepted.
        accepted_fen: Fen,
        /// When it was reported.
        reported_at: Moment,
        /// What the provider says.
        report: String,
        /// What the office says.
        opinion: String,
        /// When it said so.
        opinion_at: Option<Moment>,
        /// The day on which it is held.
        meets_on: Option<Date>,
        /// Where.
        place: String,
        /// Who accepted.
        accepter: Option<String>,
        /// When.
        accepted_at: Option<Moment>,
        /// What is to be repaired.
        returned_why: String,
        /// By when.
        repair_by: Option<Date>,
        /// When the result became public.
        published_at: Option<Moment>,
    }
}

row! {
    /// An item as claimed and accepted.
    pub struct ItemRow {
        /// Its place in the list, from 1.
        position: i64,
        /// What was done.
        name: String,
        /// In what it is counted.
        measure: String,
        /// What one unit costs.
        price_fen: Fen,
        /// Units claimed.
        claimed: i64,
        /// Units accepted, once judged.
        accepted: Option<i64>,
        /// The line for units that are not.
        unit_ground: Option<String>,
        /// The line for a share of the rest.
        share_ground: Option<String>,
        /// What was deducted.
        deducted_fen: Fen,
        /// What there is to say.
        remark: String,
    }
}

row! {
    /// An invited recipient and what was said.
    pub struct OpinionRow {
        /// Its row.
        id: i64,
        /// The recipient's code.
        token: String,
        /// The group.
        cohort: String,
        /// What the recipient says.
        @code_option verdict: Option<OpinionVerdict>,
        /// In the recipient's own words.
        words: String,
        /// Whether somebody helped.
        is_assisted: Option<bool>,
        /// When it was said.
        given_at: Option<Moment>,
    }
}

row! {
    /// A line that is called back.
    pub struct CallBackRow {
        /// Its row.
        id: i64,
        /// Its pseudonym in the draw.
        code: String,
        /// The day of service.
        served_on: Date,
        /// Where.
        place: String,
        /// The worker's number.
        worker: String,
        /// The recipient's code.
        token: String,
        /// How many units.
        units: i64,
        /// What the call-back found.
        @code_option outcome: Option<CallBackOutcome>,
        /// In words.
        note: String,
    }
}

row! {
    /// The draw of the call-backs.
    pub struct DrawRow {
        /// When it was held.
        drawn_at: Moment,
        /// How many were drawn.
        need: i64,
        /// The seed.
        seed: String,
        /// Everything that recomputes it, as JSON.
        record: String,
    }
}

/// Everything about an acceptance.
pub struct AcceptanceFile {
    /// The acceptance.
    pub view: AcceptanceView,
    /// Its items.
    pub items: Vec<ItemRow>,
    /// Its opinions.
    pub opinions: Vec<OpinionRow>,
    /// Its draw, once held.
    pub draw: Option<DrawRow>,
    /// Its call-backs.
    pub call_backs: Vec<CallBackRow>,
    /// The contract's deduction table.
    pub lines: Vec<plan::LineRow>,
}

/// The acceptance of a milestone, in the round that counts.
///
/// # Errors
/// `NotFound` for a milestone that was not reported.
pub async fn acceptance(app: &App, contract: ContractId, milestone: i64) -> Result<AcceptanceFile, Error> {
    let sql = "SELECT a.id, a.version, a.contract_id, m.position AS milestone, m.name AS milestone_name, m.amount_fen,
                 a.round, a.state, a.claimed_fen, a.deducted_fen, a.accepted_fen, a.reported_at, a.report, a.opinion,
                 a.opinion_at, a.meets_on, a.place, p.name AS accepter, a.accepted_at, a.returned_why, a.repair_by,
                 a.published_at
               FROM acceptance a JOIN milestone m ON m.id = a.milestone_id LEFT JOIN person p ON p.id = a.accepted_by
               WHERE a.contract_id = $1 AND m.position = $2";
    let view: AcceptanceView = app.db.one(sql, args![contract, milestone]).await?;
    let keys = args![view.id, view.round];
    let sql =
        "SELECT i.position, i.name, i.measure, i.price_fen, i.claimed, i.accepted, u.ground AS unit_ground,
                 s.ground AS share_ground, i.deducted_fen, i.remark
               FROM acceptance_item i LEFT JOIN deduction_line u ON u.id = i.unit_line_id
               LEFT JOIN deduction_line s ON s.id = i.share_line_id
               WHERE i.acceptance_id = $1 AND i.round = $2 ORDER BY i.position";
    let items = app.db.all(sql, keys).await?;
    let sql = "SELECT o.id, r.token, r.cohort, o.verdict, o.words, o.is_assisted, o.given_at
               FROM acceptance_opinion o JOIN recipient r ON r.id = o.recipient_id
               WHERE o.acceptance_id = $1 AND o.round = $2 ORDER BY r.token";
    let opinions = app.db.all(sql, keys).await?;
    let sql =
        "SELECT drawn_at, need, seed, record FROM call_back_draw WHERE acceptance_id = $1 AND round = $2";
    let draw = app.db.maybe(sql, keys).await?;
    let sql = "SELECT b.id, b.code, r.served_on, r.place, w.code AS worker, p.token, r.units, b.outcome, b.note
               FROM call_back b JOIN call_back_draw d ON d.id = b.draw_id JOIN service_record r ON r.id = b.record_id
               JOIN service_worker w ON w.id = r.worker_id JOIN recipient p ON p.id = r.recipient_id
               WHERE d.acceptance_id = $1 AND d.round = $2 ORDER BY b.position";
    let call_backs = app.db.all(sql, keys).await?;
    let lines = plan::lines(app, contract).await?;
    Ok(AcceptanceFile { view, items, opinions, draw, call_backs, lines })
}
