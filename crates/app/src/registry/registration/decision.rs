//! The decision: by a third person, on what two have reviewed; a no on a listed ground alone (B9, B10, B18).

use domain::kernel::{CaseId, Coded, Finding, PersonId, Refusal, Role, RuleKey};
use domain::registry::DocumentKind;
use domain::registry::registration::denial::{self, DenialGround};
use domain::registry::registration::{CaseAct, CaseState};

use super::case::{self, Case, hold_on_desk};
use super::intake::expect_text;
use super::{charter, checks, reasons, review, visit};
use crate::{Act, Cx, Error, deadlines};

/// The deadlines that a decision, or the end of a case, fulfils.
pub(super) const RUNNING: [RuleKey; 6] = [
    RuleKey::CorrectionWorkingDays,
    RuleKey::JointHandlingWorkingDays,
    RuleKey::JointExtensionWorkingDays,
    RuleKey::RegistrationDecisionDays,
    RuleKey::CharityRegistrationDays,
    RuleKey::RegistrationPromiseWorkingDays,
];

/// Allows the registration.
#[derive(Clone, Copy)]
pub struct ApproveCase {
    /// Which case.
    pub case: CaseId,
    /// The version that the decider saw.
    pub version: i64,
}

impl Act for ApproveCase {
    type Outcome = ();
    const NAME: &'static str = "registry.approve_registration";
    const WHO: &'static [Role] = &[Role::ApprovalDirector];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (case, next, person) = hold_to_decide(cx, self.case, self.version, CaseAct::Approve).await?;
        let checked = checks::of(cx.app, &case).await?;
        let mut bars = checked.bars();
        if !checked.similar.is_empty() && review::necessity(cx, &case).await? != Some(true) {
            bars.push(Refusal::new("registration.necessity-missing", "B18"));
        }
        bars.extend(reasons::missing(cx, &case, &checked).await?);
        if !bars.is_empty() {
            return Err(Error::Invalid(bars));
        }
        // A charity is told that it is registered as one (B46).
        let is_charity = checked.application.as_ref().is_some_and(|application| application.is_charity);
        let facts = [("matter", "charity".into())];
        case::tell(cx, &case, DocumentKind::Approval, if is_charity { &facts } else { &[] }, Vec::new())
            .await?;
        let today = cx.now.date();
        conclude(cx, &case, next, person, CaseAct::Approve).await?;
        deadlines::start(cx, case.subject(), RuleKey::CertificateWorkingDays, today, case.rules_on(today))
            .await
    }
}

/// Denies it.
#[derive(Clone)]
pub struct DenyCase {
    /// Which case.
    pub case: CaseId,
    /// The version that the decider saw.
    pub version: i64,
    /// Which of the listed grounds.
    pub ground: DenialGround,
    /// Why, in words.
    pub reasons: String,
}

impl Act for DenyCase {
    type Outcome = ();
    const NAME: &'static str = "registry.deny_registration";
    const WHO: &'static [Role] = &[Role::ApprovalDirector];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (case, next, person) = hold_to_decide(cx, self.case, self.version, CaseAct::Deny).await?;
        let necessity = review::necessity(cx, &case).await?;
        Error::all([
            denial::check_ground(self.ground, necessity).map_err(Error::from),
            denial::check_reasons(&self.reasons).map_err(Error::from),
            expect_text(&self.reasons, "reasons", "B10"),
        ])?;
        let item = Finding::barred("registration.denial", "B10")
            .with_code("ground", self.ground)
            .with("reasons", self.reasons.trim());
        case::tell(cx, &case, DocumentKind::Denial, &[], vec![item]).await?;
        conclude(cx, &case, next, person, CaseAct::Deny).await
    }
}

/// A case ready for its decision by this person.
async fn hold_to_decide(
    cx: &mut Cx<'_>,
    id: CaseId,
    version: i64,
    act: CaseAct,
) -> Result<(Case, CaseState, PersonId), Error> {
    let (case, next, person) = hold_on_desk(cx, id, version, act).await?;
    let reviewers = review::reviewers(cx, &case).await?;
    let visitors = visit::visitors(cx, &case).await?;
    case::hands(&case, &reviewers, &visitors).may_decide(person, case.rules(cx.app, cx.now.date()))?;
    let checkers = charter::checkers(cx, &case).await?;
    domain::registry::registration::charter::may_decide(&checkers, person)?;
    if review::open_consultations(cx, &case).await? > 0 {
        return Err(Refusal::new("registration.consultation-open", "B12").into());
    }
    Ok((case, next, person))
}

async fn conclude(
    cx: &mut Cx<'_>,
    case: &Case,
    next: CaseState,
    person: PersonId,
    act: CaseAct,
) -> Result<(), Error> {
    for rule in RUNNING {
        deadlines::done(cx, case.subject(), rule).await?;
    }
    case::note(cx, case, act, Some(person), "").await?;
    let values =
        [("state", next.code().into()), ("decided_at", cx.now.into()), ("decided_by", person.into())];
    case::write(cx, case, &values).await
}
