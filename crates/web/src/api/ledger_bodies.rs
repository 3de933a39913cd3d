//! What a program sends and gets of the service that it renders: lines of the ledger, reports, milestones.

use app::performance::lines::RecordRow;
use app::performance::read::{AcceptanceView, MilestoneProgress, UnitProgress};
use domain::kernel::{Coded, Date};
use domain::performance::progress::MilestoneState;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::bodies::text;

/// Lines for the service ledger. All of them are entered, or none.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceRecordsBody {
    /// The lines, at least one.
    pub records: Vec<ServiceRecordBody>,
}

/// One line: who served whom, when, where, how many units.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceRecordBody {
    /// The milestone's place in the order, from 1.
    pub milestone: i64,
    /// The unit's place in the order, from 1; leave it out when the milestone has no units of its own.
    #[serde(default)]
    #[schema(example = 1)]
    pub unit: Option<i64>,
    /// The day of service.
    #[schema(example = "2014-04-01")]
    pub served_on: String,
    /// Where.
    #[schema(example = "梅园新村（示例）")]
    pub place: String,
    /// The worker's number in the contract's register.
    #[schema(example = "W01")]
    pub worker: String,
    /// The recipient's code in the contract's register, never a name.
    #[schema(example = "A001")]
    pub token: String,
    /// How many units.
    pub units: i64,
    /// A note.
    #[serde(default)]
    #[schema(example = "")]
    pub note: String,
    /// Digests of up to four photos that you have sent to `/api/v1/files`.
    #[serde(default)]
    #[schema(example = json!([]))]
    pub photos: Vec<String>,
}

/// How many lines were entered.
#[derive(Serialize, ToSchema)]
pub struct EnteredRecords {
    /// The contract's number.
    pub contract: String,
    /// How many lines.
    pub entered: i64,
}

/// Why a line is taken back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReversalBody {
    /// Why it was wrong.
    #[schema(example = "登记重复")]
    pub reason: String,
}

/// What was done, in words.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportBody {
    /// What was done.
    #[schema(example = "本期服务已完成。")]
    pub report: String,
}

/// A line of the ledger.
#[derive(Serialize, ToSchema)]
pub struct ServiceRecord {
    /// The line's own number, as text.
    #[schema(example = "1400000000000000000")]
    pub record: String,
    /// The milestone's place in the order, from 1.
    pub milestone: i64,
    /// The unit's name, if the milestone has units.
    pub unit: Option<String>,
    /// The day of service.
    #[schema(example = "2014-04-01")]
    pub served_on: String,
    /// Where.
    pub place: String,
    /// The worker's number.
    #[schema(example = "W01")]
    pub worker: String,
    /// The recipient's code.
    #[schema(example = "A001")]
    pub token: String,
    /// How many units; below nought for a reversal.
    pub units: i64,
    /// A note, or why it was taken back.
    pub note: String,
    /// The line that it takes back.
    pub reverses: Option<String>,
    /// Whether it was taken back.
    pub is_reversed: bool,
    /// Whether the milestone's report is with the purchaser, so that the line stands.
    pub is_fixed: bool,
    /// How many photos.
    #[schema(example = 0)]
    pub photos: i64,
    /// When it was entered.
    pub entered_at: String,
}

impl From<RecordRow> for ServiceRecord {
    fn from(row: RecordRow) -> Self {
        Self {
            record: row.id.0.to_string(),
            milestone: row.milestone,
            unit: row.unit,
            served_on: row.served_on.to_string(),
            place: row.place,
            worker: row.worker,
            token: row.token,
            units: row.units,
            note: row.note,
            reverses: row.reverses_id.map(|id| id.to_string()),
            is_reversed: row.is_reversed,
            is_fixed: row.is_fixed,
            photos: row.photos,
            entered_at: row.entered_at.rfc3339(),
        }
    }
}

/// A milestone that was reported done.
#[derive(Serialize, ToSchema)]
pub struct MilestoneReport {
    /// The contract's number.
    pub contract: String,
    /// The milestone's place in the order, from 1.
    pub milestone: i64,
    /// How often it was reported.
    pub round: i64,
    /// What the ledger claims, in fen.
    #[schema(example = 4_750_000)]
    pub claimed_fen: i64,
    /// reported, called, accepted or returned.
    #[schema(example = "reported")]
    pub state: String,
    /// When it was reported.
    pub reported_at: String,
}

impl MilestoneReport {
    /// The report as it stands on record.
    pub fn of(contract: &str, view: &AcceptanceView) -> Self {
        Self {
            contract: contract.to_owned(),
            milestone: view.milestone,
            round: view.round,
            claimed_fen: view.claimed_fen.0,
            state: view.state.code().to_owned(),
            reported_at: view.reported_at.rfc3339(),
        }
    }
}

/// A milestone of a public contract.
#[derive(Serialize, ToSchema)]
pub struct Milestone {
    /// Its place in the order, from 1.
    pub milestone: i64,
    /// What is delivered.
    pub name: String,
    /// By when.
    #[schema(example = "2014-08-31")]
    pub due_on: String,
    /// What is paid at most, in fen.
    #[schema(example = 4_750_000)]
    pub amount_fen: i64,
    /// open, late, reported, returned or accepted; accepted only once the result is public.
    #[schema(example = "open")]
    pub state: String,
    /// Accepted, in fen, once the result is public.
    pub accepted_fen: Option<i64>,
    /// When the result became public.
    pub published_at: Option<String>,
    /// Its units of service; empty when it is one whole.
    pub units: Vec<Unit>,
}

/// A unit of service.
#[derive(Serialize, ToSchema)]
pub struct Unit {
    /// Its place in the order, from 1.
    pub unit: i64,
    /// What is done.
    pub name: String,
    /// In what it is counted.
    #[schema(example = "人次")]
    pub measure: String,
    /// How many are planned.
    #[schema(example = 50)]
    pub planned: i64,
    /// How many are in the ledger.
    #[schema(example = 12)]
    pub done: i64,
    /// What one costs, in fen.
    #[schema(example = 95_000)]
    pub price_fen: i64,
}

impl Milestone {
    /// The milestone as everyone may read it today, with those of `units` that are its own.
    pub fn public(row: &MilestoneProgress, units: &[UnitProgress], today: Date) -> Self {
        // That it was accepted is told when the result is public, as on the page.
        let state = match row.state(today) {
            MilestoneState::Accepted if row.published_at.is_none() => MilestoneState::Reported,
            state => state,
        };
        let unit = |unit: &UnitProgress| Unit {
            unit: unit.position,
            name: unit.name.clone(),
            measure: unit.measure.clone(),
            planned: unit.planned,
            done: unit.done,
            price_fen: unit.price_fen.0,
        };
        Self {
            milestone: row.position,
            name: row.name.clone(),
            due_on: row.due_on.to_string(),
            amount_fen: row.amount_fen.0,
            state: state.code().to_owned(),
            accepted_fen: row.accepted_fen.filter(|_| row.published_at.is_some()).map(|fen| fen.0),
            published_at: text(row.published_at),
            units: units.iter().filter(|held| held.milestone == row.position).map(unit).collect(),
        }
    }
}
