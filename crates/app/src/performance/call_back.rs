//! Call-backs: lines of the ledger drawn by a seed that anyone can recompute, as the panel is drawn, and what
//! those who were served said (E3b, TRUST 2b).

use domain::kernel::{AcceptanceId, Refusal, Role};
use domain::performance::call_back as rule;
use domain::performance::{AcceptanceState, CallBackOutcome};
use evidence::draw::{self, Committed, PoolEntry, Terms};
use evidence::hex;

use super::acceptance::{HeldAcceptance, independent};
use super::held::Held;
use super::{at_field, check_length, person};
use crate::db::{Row, Val};
use crate::journal::{CALL_BACK, CALL_BACK_DRAW};
use crate::{Act, Cx, Error, args};

/// The one stratum of a milestone's ledger.
const STRATUM: &str = "record";
/// What no single party controls, in words.
const BEACON: &str = "sha256 of the milestone's lines, id and units, one per line, sorted";

/// Draws the lines that are called back.
#[derive(Clone, Copy)]
pub struct DrawCallBacks {
    /// Which acceptance.
    pub acceptance: AcceptanceId,
}

/// A line that may be drawn.
struct Line {
    id: i64,
    units: i64,
    code: String,
}

impl Act for DrawCallBacks {
    /// The draw's row.
    type Outcome = i64;
    const NAME: &'static str = "performance.draw_call_backs";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let (held, acceptance) = independent(cx, self.acceptance).await?;
        acceptance.state.expect_one_of(&[AcceptanceState::Reported, AcceptanceState::Called])?;
        let salt = cx.app.chance.bytes()?;
        let lines = lines(cx, &acceptance, &salt).await?;
        let need = rule::need(lines.len(), held.rules(cx.app))?;
        let drawn = hold(cx, &held, &acceptance, &lines, need)?;
        let id = cx.id();
        let values = [
            ("acceptance_id", self.acceptance.into()),
            ("round", acceptance.round.into()),
            ("drawn_by", person(cx)?.into()),
            ("drawn_at", cx.now.into()),
            ("need", need.into()),
            ("seed", drawn.seed.as_str().into()),
            ("code_salt", hex::encode(&salt).into()),
            ("record", drawn.record.to_string().into()),
        ];
        let again = Refusal::new("performance.call-backs-drawn", "E3b");
        let written = cx.insert(&CALL_BACK_DRAW, id, &values).await;
        written.map_err(|error| error.on_unique("call_back_draw__acceptance_id__round", again))?;
        for (place, code) in drawn.winners.iter().enumerate() {
            let line = lines.iter().find(|line| line.code == *code).ok_or(Error::NotFound)?;
            let values = [
                ("draw_id", id.into()),
                ("position", (place + 1).into()),
                ("code", code.as_str().into()),
                ("record_id", line.id.into()),
                ("note", "".into()),
            ];
            let row = cx.id();
            cx.insert(&CALL_BACK, row, &values).await?;
        }
        Ok(id)
    }
}

/// The lines that count: not reversed, and no reversals.
async fn lines(cx: &mut Cx<'_>, acceptance: &HeldAcceptance, salt: &[u8; 32]) -> Result<Vec<Line>, Error> {
    let sql = "SELECT r.id, r.units FROM service_record r WHERE r.milestone_id = $1 AND r.reverses_id IS NULL
                 AND NOT EXISTS (SELECT 1 FROM service_record x WHERE x.reverses_id = r.id) ORDER BY r.id";
    let rows: Vec<Row> = cx.tx.all(sql, args![acceptance.milestone_id]).await?;
    let line = |row: &Row| {
        let id: i64 = row.get("id")?;
        Ok(Line { id, units: row.get("units")?, code: draw::code(salt, &id.to_string()) })
    };
    rows.iter().map(line).collect()
}

fn hold(
    cx: &Cx<'_>,
    held: &Held,
    acceptance: &HeldAcceptance,
    lines: &[Line],
    need: usize,
) -> Result<draw::Held, Error> {
    let terms = Terms {
        subject: format!("{}-{}", held.number, acceptance.milestone),
        attempt: acceptance.round,
        stratum: STRATUM,
        need,
        beacon: BEACON.to_owned(),
    };
    let entry =
        |line: &Line| PoolEntry { code: line.code.clone(), stratum: STRATUM.to_owned(), excluded: None };
    let committed = Committed::new(terms, lines.iter().map(entry).collect(), cx.app.chance.bytes()?)
        .map_err(|_| Error::Folder("commitment".to_owned()))?;
    let beacon = draw::beacon_of(lines.iter().map(|line| format!("{},{}", line.id, line.units)).collect());
    let too_few = |_| Refusal::new("performance.report-without-records", "E3b");
    Ok(committed.hold(&beacon).map_err(too_few)?)
}

/// Puts on record what a call-back found.
#[derive(Clone)]
pub struct RecordCallBack {
    /// Which acceptance.
    pub acceptance: AcceptanceId,
    /// The call-back.
    pub call_back: i64,
    /// What it found; none when nothing was chosen.
    pub outcome: Option<CallBackOutcome>,
    /// In words; needed unless it confirms.
    pub note: String,
}

impl Act for RecordCallBack {
    type Outcome = ();
    const NAME: &'static str = "performance.record_call_back";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (_, acceptance) = independent(cx, self.acceptance).await?;
        acceptance.state.expect_one_of(&[AcceptanceState::Reported, AcceptanceState::Called])?;
        check_length(&self.note, "note")?;
        let Some(outcome) = self.outcome else {
            return Err(Error::Invalid(vec![
                Refusal::new("performance.outcome-missing", "E3b").at("outcome"),
            ]));
        };
        rule::check_outcome(outcome, &self.note).map_err(at_field)?;
        let sql = "SELECT b.version, b.outcome FROM call_back b JOIN call_back_draw d ON d.id = b.draw_id
                   WHERE b.id = $1 AND d.acceptance_id = $2 AND d.round = $3";
        let row: Row = cx.tx.one(sql, args![self.call_back, self.acceptance, acceptance.round]).await?;
        if row.get::<Option<String>>("outcome")?.is_some() {
            return Err(Refusal::new("performance.call-back-recorded", "E3b").into());
        }
        let values = [
            ("outcome", Val::code(outcome)),
            ("note", self.note.trim().into()),
            ("recorded_by", person(cx)?.into()),
            ("recorded_at", cx.now.into()),
        ];
        cx.update(&CALL_BACK, self.call_back, row.get("version")?, &values).await
    }
}
