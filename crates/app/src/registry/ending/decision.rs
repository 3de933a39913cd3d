//! The decision: the organisation ends from this moment, or goes on (B22, B23, S10, C14).

use domain::kernel::{Role, RuleKey};
use domain::registry::ending::{EndingKind, EndingStage};

use super::effect;
use super::held::lock_case;
use super::open::matters;
use crate::db::Val;
use crate::journal::ENDING_CASE;
use crate::registry::change::held::lock_organisation;
use crate::registry::change::{DIRECTORS, required};
use crate::registry::standing::Source;
use crate::{Act, Cx, Error, deadlines};

/// Decides an ending.
#[derive(Clone, Debug)]
pub struct DecideEnding {
    /// The case's number.
    pub number: i64,
    /// Whether the organisation ends; otherwise the case is dropped.
    pub is_ended: bool,
    /// Why so, with an answer to what the organisation said.
    pub decision: String,
}

impl Act for DecideEnding {
    type Outcome = ();
    const NAME: &'static str = "registry.decide_ending";
    const WHO: &'static [Role] = DIRECTORS;
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = lock_case(cx, self.number).await?;
        case.facts().may_be_decided(cx.actor.person, cx.now.date())?;
        let mut found = Vec::new();
        let rule = if case.kind == EndingKind::Cancellation { "B22" } else { "B23" };
        let decision = required(&mut found, rule, "decision", &self.decision);
        if self.is_ended && case.kind == EndingKind::Cancellation {
            let open = matters(&mut Source::Tx(&mut cx.tx), case.organisation_id).await?;
            found.extend(open.refusals());
        }
        if !found.is_empty() {
            return Err(Error::Invalid(found));
        }
        let stage = if self.is_ended { EndingStage::Decided } else { EndingStage::Dropped };
        let values = [
            ("stage", Val::code(stage)),
            ("decided_by", cx.actor.person.into()),
            ("decided_at", cx.now.into()),
            ("decision", decision.as_str().into()),
        ];
        cx.update(&ENDING_CASE, case.id, case.version, &values).await?;
        for rule in [RuleKey::CancellationDecisionWorkingDays, RuleKey::RevocationDecisionDays] {
            deadlines::done(cx, case.subject(), rule).await?;
        }
        let held = lock_organisation(cx, case.organisation_id).await?;
        if self.is_ended {
            effect::end(cx, &case, &held, &decision).await
        } else {
            effect::drop_it(cx, &case, &held, &decision).await
        }
    }
}
