//! The officer's side: grounds and a proposed outcome, one by one or many at once, and the one return for
//! completion.

use domain::kernel::{Coded, Refusal, Role};
use domain::registry::inspection::outcome::{may_propose, may_return};
use domain::registry::inspection::{Ground, InspectionState, Outcome, Weight};

use super::held::{Loaded, expect_version, load};
use crate::journal::{INSPECTION, INSPECTION_GROUND, INSPECTION_REPORT};
use crate::{Act, Cx, Error};

/// The longest opinion or reason, in characters.
const NOTE_MAX: usize = 1_000;
/// Rows of one batch.
pub const BATCH_MAX: usize = 500;

/// A ground as an officer records it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundGround {
    /// Which.
    pub ground: Ground,
    /// How grave.
    pub weight: Weight,
}

/// Records the grounds of one report and proposes its outcome.
#[derive(Clone)]
pub struct ReviewReport {
    /// The year reported on.
    pub year: i64,
    /// Whose report, by its code.
    pub uscc: String,
    /// The version that the officer saw.
    pub version: i64,
    /// What was found; it replaces what was recorded before.
    pub grounds: Vec<FoundGround>,
    /// The outcome proposed.
    pub outcome: Outcome,
    /// The officer's opinion.
    pub note: String,
}

impl Act for ReviewReport {
    type Outcome = ();
    const NAME: &'static str = "inspection.review_report";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let loaded = load(cx, self.year, &self.uscc).await?;
        let weights: Vec<Weight> = self.grounds.iter().map(|found| found.weight).collect();
        let judged = expect_version(&loaded.inspection, self.version)
            .and_then(|()| may_propose(loaded.inspection.state, self.outcome, &weights))
            .and_then(|()| check_length(&self.note, "note"));
        judged.map_err(|refusal| Error::Invalid(vec![refusal]))?;
        replace_grounds(cx, &loaded, &self.grounds).await?;
        propose(cx, &loaded, self.outcome, self.note.trim()).await
    }
}

/// One row of a batch: whose report, as it was seen, and how it shall end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchRow {
    /// Whose report, by its code.
    pub uscc: String,
    /// The version that was seen.
    pub version: i64,
    /// The outcome of this row.
    pub outcome: Outcome,
}

impl BatchRow {
    /// A refusal beside this row.
    pub(super) fn at(&self, refusal: Refusal) -> Refusal {
        refusal.at(format!("outcome.{}", self.uscc))
    }
}

/// Proposes outcomes for many reports, each judged by the same rule; one row that is refused stops them all.
#[derive(Clone)]
pub struct ReviewMany {
    /// The year reported on.
    pub year: i64,
    /// The rows selected.
    pub rows: Vec<BatchRow>,
}

impl Act for ReviewMany {
    type Outcome = ();
    const NAME: &'static str = "inspection.review_many";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        check_size(self.rows.len())?;
        let (mut sound, mut refused) = (Vec::new(), Vec::new());
        for row in &self.rows {
            let loaded = load(cx, self.year, &row.uscc).await?;
            let judged = expect_version(&loaded.inspection, row.version)
                .and_then(|()| may_propose(loaded.inspection.state, row.outcome, &loaded.open_weights()));
            match judged {
                Ok(()) => sound.push((loaded, row.outcome)),
                Err(refusal) => refused.push(row.at(refusal)),
            }
        }
        if !refused.is_empty() {
            return Err(Error::Invalid(refused));
        }
        for (loaded, outcome) in sound {
            propose(cx, &loaded, outcome, "").await?;
        }
        Ok(())
    }
}

/// Sends a report back for completion, once, with everything that it lacks.
#[derive(Clone)]
pub struct ReturnReport {
    /// The year reported on.
    pub year: i64,
    /// Whose report, by its code.
    pub uscc: String,
    /// The version that the officer saw.
    pub version: i64,
    /// Everything that is missing.
    pub reason: String,
}

impl Act for ReturnReport {
    type Outcome = ();
    const NAME: &'static str = "inspection.return_report";
    const WHO: &'static [Role] = &[Role::ApprovalOfficer];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let loaded = load(cx, self.year, &self.uscc).await?;
        let report = loaded.report.as_ref();
        let returns = report.map_or(0, |report| report.returns);
        let judged = may_return(loaded.inspection.state, returns, &self.reason)
            .and_then(|()| check_length(&self.reason, "reason"));
        judged.map_err(|refusal| Error::Invalid(vec![refusal]))?;
        let report = loaded.report()?;
        let values = [
            ("returns", (returns + 1).into()),
            ("return_reason", self.reason.trim().into()),
            ("returned_at", cx.now.into()),
        ];
        cx.update(&INSPECTION_REPORT, report.id, report.version, &values).await?;
        let values = [("state", InspectionState::Returned.code().into())];
        cx.update(&INSPECTION, loaded.inspection.id, self.version, &values).await
    }
}

/// A batch has rows, and not more than a person can answer for.
pub(super) fn check_size(rows: usize) -> Result<(), Error> {
    let code = match rows {
        0 => "inspection.nothing-selected",
        1..=BATCH_MAX => return Ok(()),
        _ => "inspection.too-many-rows",
    };
    Err(Error::Invalid(vec![Refusal::new(code, "B26").at("rows").with("max", BATCH_MAX)]))
}

pub(super) fn check_length(text: &str, field: &'static str) -> Result<(), Refusal> {
    if text.chars().count() <= NOTE_MAX {
        return Ok(());
    }
    Err(Refusal::new("inspection.text-too-long", "B26").at(field).with("max", NOTE_MAX))
}

async fn replace_grounds(cx: &mut Cx<'_>, loaded: &Loaded, found: &[FoundGround]) -> Result<(), Error> {
    for held in &loaded.grounds {
        match found.iter().find(|one| one.ground == held.ground) {
            None => cx.delete(&INSPECTION_GROUND, held.id, held.version).await?,
            Some(one) if one.weight == held.weight => {}
            Some(one) => {
                let values = [("weight", one.weight.code().into())];
                cx.update(&INSPECTION_GROUND, held.id, held.version, &values).await?;
            }
        }
    }
    for one in found.iter().filter(|one| loaded.grounds.iter().all(|held| held.ground != one.ground)) {
        let values = [
            ("inspection_id", loaded.inspection.id.into()),
            ("ground", one.ground.code().into()),
            ("weight", one.weight.code().into()),
            ("found_by", cx.actor.person.into()),
            ("found_at", cx.now.into()),
        ];
        let id = cx.id();
        cx.insert(&INSPECTION_GROUND, id, &values).await?;
    }
    Ok(())
}

async fn propose(cx: &mut Cx<'_>, loaded: &Loaded, outcome: Outcome, note: &str) -> Result<(), Error> {
    let person = cx.actor.person.ok_or(Error::NotPermitted)?;
    let report = loaded.report()?;
    let values = [
        ("proposal", outcome.code().into()),
        ("reviewed_by", person.into()),
        ("reviewed_at", cx.now.into()),
        ("review_note", note.into()),
    ];
    cx.update(&INSPECTION_REPORT, report.id, report.version, &values).await?;
    let values = [("state", InspectionState::Reviewed.code().into())];
    cx.update(&INSPECTION, loaded.inspection.id, loaded.inspection.version, &values).await
}
