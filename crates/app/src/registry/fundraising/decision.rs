//! The officer's check of each condition with an opinion, and the director's decision: a certificate, or none on
//! listed grounds (B39, S10, C14).

use domain::kernel::{Finding, Refusal, Role, RuleKey};
use domain::registry::DocumentKind;
use domain::registry::course::Step as Course;
use domain::registry::fundraising::{
    Condition, FundraisingStage, FundraisingWay, Step, decide, denial_grounds,
};

use super::held::{FundraisingCase, HeldCondition, held_conditions};
use super::judged;
use crate::frozen::freeze;
use crate::journal::FUNDRAISING_CONDITION;
use crate::registry::change::held::lock_organisation;
use crate::registry::change::{DIRECTORS, OFFICERS, required};
use crate::registry::course::{self, advance, conditions, is_paused, lock, tell};
use crate::registry::standing::Source;
use crate::{Act, Cx, Error, deadlines};

/// How the officer found one condition.
pub type Check = conditions::Check<Condition>;

/// Checks every condition and gives an opinion.
#[derive(Clone, Debug)]
pub struct ReviewFundraising {
    /// The case's number.
    pub number: i64,
    /// How each condition was found.
    pub checks: Vec<Check>,
    /// Of a claim, which has no conditions: whether the foundation is a public one.
    pub is_fit: Option<bool>,
    /// What was checked and found as a whole.
    pub opinion: String,
}

impl Act for ReviewFundraising {
    type Outcome = ();
    const NAME: &'static str = "registry.review_fundraising";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: FundraisingCase = lock(cx, self.number).await?;
        let stage = course::next(&case, Course::Review)?;
        if is_paused(&mut Source::Tx(&mut cx.tx), case.id).await? {
            return Err(Refusal::new("fundraising.paused-already", "E17").into());
        }
        let mut faults = Vec::new();
        let held = held_conditions(&mut Source::Tx(&mut cx.tx), case.id).await?;
        let mut is_fit = match case.way {
            FundraisingWay::Application => true,
            FundraisingWay::Claim => self.is_fit.unwrap_or_else(|| {
                faults.push(Refusal::new("fundraising.fit-missing", "B39").at("is_fit"));
                false
            }),
        };
        let missing = || Refusal::new("fundraising.check-missing", "B39");
        let (are_met, written) = conditions::weigh(&held, &self.checks, missing, &mut faults);
        is_fit &= are_met;
        let opinion = required(&mut faults, "B39", "opinion", &self.opinion);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        conditions::write(cx, &FUNDRAISING_CONDITION, written).await?;
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
pub struct SendBackFundraising {
    /// The case's number.
    pub number: i64,
    /// What is to be looked at again.
    pub reason: String,
}

impl Act for SendBackFundraising {
    type Outcome = ();
    const NAME: &'static str = "registry.send_back_fundraising";
    const WHO: &'static [Role] = DIRECTORS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: FundraisingCase = lock(cx, self.number).await?;
        course::send_back(cx, &case, "B39", &self.reason).await
    }
}

/// Decides: a certificate, or none on listed grounds.
#[derive(Clone, Debug)]
pub struct DecideFundraising {
    /// The case's number.
    pub number: i64,
    /// Whether a certificate is issued.
    pub is_granted: bool,
    /// Conditions that the director finds not met, beside those of the register and of the officer.
    pub grounds: Vec<Condition>,
    /// Why so.
    pub decision: String,
}

impl Act for DecideFundraising {
    type Outcome = ();
    const NAME: &'static str = "registry.decide_fundraising";
    const WHO: &'static [Role] = DIRECTORS;
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: FundraisingCase = lock(cx, self.number).await?;
        let stage = (if self.is_granted { Step::Grant } else { Step::Deny }).from(case.stage)?;
        lock_organisation(cx, case.organisation_id).await?;
        let grounds = grounds_now(cx, &case, if self.is_granted { &[] } else { &self.grounds }).await?;
        let mut faults = Vec::new();
        let decision = required(&mut faults, "B39", "decision", &self.decision);
        match decide(self.is_granted, &grounds, case.reviewed_by, cx.actor.person) {
            Err(refusal) if refusal.field.is_some() => faults.push(refusal),
            other => other?,
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let mut values = vec![
            ("decided_by", cx.actor.person.into()),
            ("decided_at", cx.now.into()),
            ("decision", decision.as_str().into()),
            ("grounds", freeze(&grounds).into()),
        ];
        if stage == FundraisingStage::Granted {
            let facts = vec![("granted_on", cx.now.date().into())];
            let issued = tell(cx, &case, DocumentKind::FundraisingCertificate, (facts, Vec::new())).await?;
            let told = vec![
                ("matter", "fundraising".into()),
                ("granted_on", cx.now.date().into()),
                ("certificate", issued.number.as_str().into()),
            ];
            tell(cx, &case, DocumentKind::Announcement, (told, Vec::new())).await?;
            values.extend([("certificate", issued.number.into()), ("granted_on", cx.now.date().into())]);
        } else {
            let facts = vec![("reason", decision.into())];
            tell(cx, &case, DocumentKind::FundraisingDenial, (facts, grounds)).await?;
        }
        advance(cx, &case, stage, values).await?;
        deadlines::done(cx, case.subject(), RuleKey::FundraisingDecisionDays).await?;
        announce(cx, &case, stage).await
    }
}

/// Tells the public of a certificate; a denial is between the department and the organisation.
async fn announce(cx: &mut Cx<'_>, case: &FundraisingCase, stage: FundraisingStage) -> Result<(), Error> {
    if stage == FundraisingStage::Granted {
        let sql = "SELECT uscc FROM organisation WHERE id = $1";
        let (uscc,): (String,) = cx.tx.one(sql, crate::args![case.organisation_id]).await?;
        cx.announce("registry.fundraising_granted", uscc);
    }
    Ok(())
}

/// Everything that stands against a certificate at this moment.
async fn grounds_now(
    cx: &mut Cx<'_>,
    case: &FundraisingCase,
    added: &[Condition],
) -> Result<Vec<Finding>, Error> {
    let known = judged(cx, case.organisation_id, case.way, case.rules_on()).await?;
    let held = held_conditions(&mut Source::Tx(&mut cx.tx), case.id).await?;
    let checked: Vec<_> = held.iter().filter_map(HeldCondition::checked).collect();
    let mut grounds = denial_grounds(&known, &checked, added);
    if case.way == FundraisingWay::Claim && case.is_fit == Some(false) {
        grounds.push(Finding::barred("fundraising.public-foundation", "B39"));
    }
    Ok(grounds)
}
