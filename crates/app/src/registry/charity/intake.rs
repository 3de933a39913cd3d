//! Taking an application for recognition up, or telling every defect once; silence takes it up from the day of its
//! receipt; asking others and looking on the spot stops the days (B46, B9, E17, CO58-8).

use domain::kernel::{Refusal, Role, RuleKey};
use domain::registry::DocumentKind;
use domain::registry::charity::Step;
use domain::registry::registration::CaseState;
use domain::registry::registration::silence::deemed_from;

use super::held::{advance, lock_case, next};
use super::tell;
use crate::deadlines::SuspensionGround;
use crate::registry::change::{OFFICERS, required, rules_now};
use crate::registry::standing::Source;
use crate::{Act, Cx, Error, args, deadlines};

/// Takes an application up: the days for the decision run from now, or from its receipt when the office let the
/// days for a notice pass.
#[derive(Clone, Copy, Debug)]
pub struct AcceptCharity {
    /// The case's number.
    pub number: i64,
}

impl Act for AcceptCharity {
    type Outcome = ();
    const NAME: &'static str = "registry.accept_charity";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = lock_case(cx, self.number).await?;
        let stage = next(&case, Step::Accept)?;
        let (rules, calendar) = (rules_now(cx), &cx.app.calendar);
        let silent = deemed_from(CaseState::Submitted, case.received_on, cx.now, rules, calendar)?;
        let accepted_on = silent.unwrap_or(cx.now.date());
        let due = rules.deadline(calendar, RuleKey::CharityRecognitionDays, accepted_on)?.due;
        let values = vec![("accepted_by", cx.actor.person.into()), ("accepted_on", accepted_on.into())];
        advance(cx, &case, stage, values).await?;
        let facts = vec![("accepted_on", accepted_on.into()), ("due", due.into())];
        tell(cx, &case, DocumentKind::Acceptance, (facts, Vec::new())).await?;
        deadlines::done(cx, case.subject(), RuleKey::CorrectionWorkingDays).await?;
        let today = cx.now.date();
        deadlines::start(cx, case.subject(), RuleKey::CharityRecognitionDays, accepted_on, today).await
    }
}

/// Tells every defect, once.
#[derive(Clone, Debug)]
pub struct CorrectCharity {
    /// The case's number.
    pub number: i64,
    /// Everything that is to be mended, in words.
    pub defects: String,
}

impl Act for CorrectCharity {
    type Outcome = ();
    const NAME: &'static str = "registry.correct_charity";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = lock_case(cx, self.number).await?;
        let stage = next(&case, Step::Correct)?;
        let mut faults = Vec::new();
        let defects = required(&mut faults, "B9", "defects", &self.defects);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let values = vec![("is_corrected", true.into()), ("defects", defects.as_str().into())];
        advance(cx, &case, stage, values).await?;
        let facts = vec![("defects", defects.into())];
        tell(cx, &case, DocumentKind::CorrectionNotice, (facts, Vec::new())).await?;
        deadlines::done(cx, case.subject(), RuleKey::CorrectionWorkingDays).await
    }
}

/// Asks other departments or looks at the organisation on the spot: the days for the decision stand still; or
/// lets them run again (CO58-8, E17).
#[derive(Clone, Copy, Debug)]
pub struct PauseCharity {
    /// The case's number.
    pub number: i64,
    /// Whether the days stand still from tomorrow on; otherwise they run again.
    pub is_paused: bool,
}

impl Act for PauseCharity {
    type Outcome = ();
    const NAME: &'static str = "registry.pause_charity";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = lock_case(cx, self.number).await?;
        next(&case, Step::Review)?;
        if is_paused(&mut Source::Tx(&mut cx.tx), case.id).await? == self.is_paused {
            let code = if self.is_paused { "charity.paused-already" } else { "charity.not-paused" };
            return Err(Refusal::new(code, "E17").into());
        }
        if self.is_paused {
            deadlines::suspend(cx, case.subject(), SuspensionGround::Consultation).await
        } else {
            deadlines::resume(cx, case.subject()).await
        }
    }
}

/// Whether the days of a case stand still.
pub(super) async fn is_paused(source: &mut Source<'_>, case: i64) -> Result<bool, Error> {
    let sql = "SELECT count(*) FROM suspension
               WHERE subject_kind = 'case' AND subject_id = $1 AND to_on IS NULL";
    let rows: Vec<(i64,)> = source.all(sql, args![case]).await?;
    Ok(rows.first().is_some_and(|(count,)| *count > 0))
}
