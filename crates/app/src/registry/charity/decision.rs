//! The officer's check of each condition with an opinion, and the director's decision: recognised, or not on listed
//! grounds (B46, S10, C14).

use domain::kernel::{Finding, Refusal, Role};
use domain::registry::DocumentKind;
use domain::registry::charity::{CharityCondition, CharityStage, Step, decide, denial_grounds};
use domain::registry::course::Step as Course;
use domain::registry::document::Withdrawal;

use super::application::decided;
use super::held::{CharityCase, HeldCondition, held_conditions};
use super::{judged, status, uscc_of};
use crate::frozen::freeze;
use crate::journal::CHARITY_CONDITION;
use crate::registry::change::held::lock_organisation;
use crate::registry::change::{DIRECTORS, OFFICERS, required};
use crate::registry::course::{self, advance, conditions, is_paused, lock, tell};
use crate::registry::standing::Source;
use crate::{Act, Cx, Error};

/// How the officer found one condition.
pub type Check = conditions::Check<CharityCondition>;

/// Checks every condition and gives an opinion.
#[derive(Clone, Debug)]
pub struct ReviewCharity {
    /// The case's number.
    pub number: i64,
    /// How each condition was found.
    pub checks: Vec<Check>,
    /// What was checked and found as a whole.
    pub opinion: String,
}

impl Act for ReviewCharity {
    type Outcome = ();
    const NAME: &'static str = "registry.review_charity";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: CharityCase = lock(cx, self.number).await?;
        let stage = course::next(&case, Course::Review)?;
        if is_paused(&mut Source::Tx(&mut cx.tx), case.id).await? {
            return Err(Refusal::new("charity.paused-already", "E17").into());
        }
        let mut faults = Vec::new();
        let held = held_conditions(&mut Source::Tx(&mut cx.tx), case.id).await?;
        let missing = || Refusal::new("charity.check-missing", "B46");
        let (is_fit, written) = conditions::weigh(&held, &self.checks, missing, &mut faults);
        let opinion = required(&mut faults, "B46", "opinion", &self.opinion);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        conditions::write(cx, &CHARITY_CONDITION, written).await?;
        let values = vec![
            ("is_fit", is_fit.into()),
            ("opinion", opinion.into()),
            ("reviewed_by", cx.actor.person.into()),
            ("reviewed_at", cx.now.into()),
        ];
        advance(cx, &case, stage, values).await
    }
}

/// The director asks for a new opinion.
#[derive(Clone, Debug)]
pub struct SendBackCharity {
    /// The case's number.
    pub number: i64,
    /// What is to be looked at again.
    pub reason: String,
}

impl Act for SendBackCharity {
    type Outcome = ();
    const NAME: &'static str = "registry.send_back_charity";
    const WHO: &'static [Role] = DIRECTORS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: CharityCase = lock(cx, self.number).await?;
        course::send_back(cx, &case, "B46", &self.reason).await
    }
}

/// Decides: recognised, or not on listed grounds.
#[derive(Clone, Debug)]
pub struct DecideCharity {
    /// The case's number.
    pub number: i64,
    /// Whether it is recognised.
    pub is_recognised: bool,
    /// Conditions that the director finds not met, beside those of the register and of the officer.
    pub grounds: Vec<CharityCondition>,
    /// Why so.
    pub decision: String,
}

impl Act for DecideCharity {
    type Outcome = ();
    const NAME: &'static str = "registry.decide_charity";
    const WHO: &'static [Role] = DIRECTORS;
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: CharityCase = lock(cx, self.number).await?;
        let stage = (if self.is_recognised { Step::Recognise } else { Step::Deny }).from(case.stage)?;
        let held = lock_organisation(cx, case.organisation_id).await?;
        let grounds = grounds_now(cx, &case, if self.is_recognised { &[] } else { &self.grounds }).await?;
        let mut faults = Vec::new();
        let decision = required(&mut faults, "B46", "decision", &self.decision);
        match decide(self.is_recognised, &grounds, case.reviewed_by, cx.actor.person) {
            Err(refusal) if refusal.field.is_some() => faults.push(refusal),
            other => other?,
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let today = cx.now.date();
        let mut values = vec![
            ("decided_by", cx.actor.person.into()),
            ("decided_at", cx.now.into()),
            ("decision", decision.as_str().into()),
            ("grounds", freeze(&grounds).into()),
        ];
        if stage == CharityStage::Recognised {
            let facts = vec![("from", today.into()), ("reason", decision.into())];
            let issued = tell(cx, &case, DocumentKind::CharityDecision, (facts, Vec::new())).await?;
            let told = vec![("from", today.into()), ("decision", issued.number.as_str().into())];
            tell(cx, &case, DocumentKind::Announcement, (told, Vec::new())).await?;
            status::begin(cx, case.organisation_id, &issued.number).await?;
            status::renew(cx, &held, case.subject(), Withdrawal::CharityRecognised).await?;
            values.extend([("document_number", issued.number.into()), ("recognised_on", today.into())]);
        } else {
            let facts = vec![("reason", decision.into())];
            tell(cx, &case, DocumentKind::CharityDenial, (facts, grounds)).await?;
        }
        advance(cx, &case, stage, values).await?;
        decided(cx, &case).await?;
        if stage == CharityStage::Recognised {
            let uscc = uscc_of(cx, &case).await?;
            cx.announce("registry.charity_recognised", uscc);
        }
        Ok(())
    }
}

/// Everything that stands against a recognition at this moment.
async fn grounds_now(
    cx: &mut Cx<'_>,
    case: &CharityCase,
    added: &[CharityCondition],
) -> Result<Vec<Finding>, Error> {
    let known = judged(cx, case.organisation_id, case.rules_on()).await?;
    let held = held_conditions(&mut Source::Tx(&mut cx.tx), case.id).await?;
    let checked: Vec<_> = held.iter().filter_map(HeldCondition::checked).collect();
    Ok(denial_grounds(&known, &checked, added))
}
