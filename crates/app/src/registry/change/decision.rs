//! The opinion of one officer and the decision of the director (B21, S10, C14).

use domain::kernel::{Role, RuleKey};
use domain::registry::DocumentKind;
use domain::registry::change::{ChangeStage, may_decide, may_review};

use super::held::{lock_case, lock_organisation};
use super::{DIRECTORS, OFFICERS, charter, checks, effect, required};
use crate::db::Val;
use crate::journal::CHANGE_CASE;
use crate::registry::course;
use crate::{Act, Cx, Error, deadlines};

/// Gives an opinion on a change.
#[derive(Clone, Debug)]
pub struct ReviewChange {
    /// The case's number.
    pub number: i64,
    /// Whether it is fit to be approved.
    pub is_fit: bool,
    /// What was checked and found.
    pub opinion: String,
}

impl Act for ReviewChange {
    type Outcome = ();
    const NAME: &'static str = "registry.review_change";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = lock_case(cx, self.number).await?;
        may_review(case.standing())?;
        charter::expect_checked(cx, &case).await?;
        let mut faults = Vec::new();
        let opinion = required(&mut faults, "B21", "opinion", &self.opinion);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let values = [
            ("stage", Val::code(ChangeStage::Reviewed)),
            ("is_fit", self.is_fit.into()),
            ("opinion", opinion.into()),
            ("reviewed_by", cx.actor.person.into()),
            ("reviewed_at", cx.now.into()),
        ];
        cx.update(&CHANGE_CASE, case.id, case.version, &values).await
    }
}

/// Decides a change.
#[derive(Clone, Debug)]
pub struct DecideChange {
    /// The case's number.
    pub number: i64,
    /// Whether the item changes.
    pub is_approved: bool,
    /// Why so.
    pub decision: String,
}

impl Act for DecideChange {
    type Outcome = ();
    const NAME: &'static str = "registry.decide_change";
    const WHO: &'static [Role] = DIRECTORS;
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = lock_case(cx, self.number).await?;
        may_decide(case.standing(), case.reviewed_by, cx.actor.person)?;
        let mut faults = Vec::new();
        let decision = required(&mut faults, "B21", "decision", &self.decision);
        let held = lock_organisation(cx, case.organisation_id).await?;
        if self.is_approved {
            faults.extend(checks::bars(cx, &case, &held).await?);
            faults.extend(charter::bars(cx, &case, &held, cx.actor.person).await?);
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let stage = if self.is_approved { ChangeStage::Approved } else { ChangeStage::Refused };
        let values = [
            ("stage", Val::code(stage)),
            ("decided_by", cx.actor.person.into()),
            ("decided_at", cx.now.into()),
            ("decision", decision.as_str().into()),
        ];
        cx.update(&CHANGE_CASE, case.id, case.version, &values).await?;
        deadlines::done(cx, case.subject(), RuleKey::CharterApprovalDays).await?;
        deadlines::done(cx, case.subject(), RuleKey::ChangeDecisionWorkingDays).await?;
        if self.is_approved {
            return effect::follow(cx, &case, &held).await;
        }
        let facts = vec![("reason", decision.as_str().into())];
        course::tell(cx, &case, DocumentKind::Denial, (facts, Vec::new())).await.map(|_| ())
    }
}
