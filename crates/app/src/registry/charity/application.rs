//! Applying for recognition: every condition explained and promised, papers from the store; handing a corrected
//! application in; taking it back (B46, CO58-6, CO58-7).

use domain::kernel::{Date, Finding, OrganisationId, PaperId, Refusal, Role, RuleKey, Subject, SubjectKind};
use domain::registry::charity::{Asked, CharityStage, Said, Step, faults};
use domain::registry::course::Step as Course;

use super::held::CharityCase;
use super::judged;
use crate::db::Val;
use crate::frozen::freeze;
use crate::journal::{CHARITY_CASE, CHARITY_CONDITION};
use crate::registry::change::application::{next_number, use_papers};
use crate::registry::change::held::{Registered, has_other_unit, lock_organisation};
use crate::registry::course::{self, advance, lock_own};
use crate::registry::standing::Source;
use crate::{Act, Cx, Error, deadlines};

/// What an organisation hands in.
#[derive(Clone, Debug)]
pub struct CharityForm {
    /// What it says of each condition.
    pub said: Vec<Said>,
    /// Why it asks, its charitable purpose and what it does for it.
    pub statement: String,
    /// The written promise that everything is true.
    pub promises: bool,
    /// Papers of its store.
    pub papers: Vec<PaperId>,
}

/// Applies for recognition. The outcome is the case's number.
#[derive(Clone, Debug)]
pub struct ApplyForCharity {
    /// What is handed in.
    pub form: CharityForm,
}

impl Act for ApplyForCharity {
    type Outcome = i64;
    const NAME: &'static str = "registry.apply_for_charity";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let id = cx.actor.organisation().ok_or(Error::NotFound)?;
        let held = lock_organisation(cx, id).await?;
        let today = cx.now.date();
        let case = cx.id();
        let known = hand_in(cx, &held, (case, today), &self.form).await?;
        let number = next_number(cx, "charity_case").await?;
        let mut values = vec![
            ("number", number.into()),
            ("organisation_id", id.into()),
            ("stage", Val::code(CharityStage::Applied)),
            ("statement", self.form.statement.trim().into()),
            ("eligibility", freeze(&known).into()),
            ("applied_by", cx.actor.person.into()),
            ("applied_at", cx.now.into()),
            ("received_on", today.into()),
            ("is_corrected", false.into()),
        ];
        values.extend(NOTHING_YET.map(|column| (column, Val::from(""))));
        let refusal = Refusal::new("charity.under-way", "B46");
        cx.insert(&CHARITY_CASE, case, &values)
            .await
            .map_err(|error| error.on_unique("charity_case__organisation_id", refusal))?;
        explain(cx, case, &self.form.said).await?;
        course::received(cx, Subject::new(SubjectKind::Case, case)).await?;
        Ok(number)
    }
}

/// Texts that later steps write.
const NOTHING_YET: [&str; 10] = [
    "defects",
    "extension_approval",
    "extension_reason",
    "opinion",
    "sent_back",
    "decision",
    "grounds",
    "false_facts",
    "answer",
    "annulment",
];

/// Hands a corrected application in.
#[derive(Clone, Debug)]
pub struct ResubmitCharity {
    /// The case's number.
    pub number: i64,
    /// What is handed in, in place of what was.
    pub form: CharityForm,
}

impl Act for ResubmitCharity {
    type Outcome = ();
    const NAME: &'static str = "registry.resubmit_charity";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: CharityCase = lock_own(cx, self.number).await?;
        let stage = course::next(&case, Course::Resubmit)?;
        let held = lock_organisation(cx, case.organisation_id).await?;
        let known = hand_in(cx, &held, (case.id, case.rules_on()), &self.form).await?;
        explain(cx, case.id, &self.form.said).await?;
        let values = vec![
            ("statement", self.form.statement.trim().into()),
            ("eligibility", freeze(&known).into()),
            ("received_on", cx.now.date().into()),
        ];
        advance(cx, &case, stage, values).await?;
        course::received(cx, case.subject()).await
    }
}

/// Takes an application back before it is decided.
#[derive(Clone, Copy, Debug)]
pub struct WithdrawCharity {
    /// The case's number.
    pub number: i64,
}

impl Act for WithdrawCharity {
    type Outcome = ();
    const NAME: &'static str = "registry.withdraw_charity";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: CharityCase = lock_own(cx, self.number).await?;
        let stage = Step::Withdraw.from(case.stage)?;
        advance(cx, &case, stage, vec![("ended_on", cx.now.date().into())]).await?;
        stop_deadlines(cx, &case).await
    }
}

/// Nothing of the case is due any more.
pub(super) async fn stop_deadlines(cx: &mut Cx<'_>, case: &CharityCase) -> Result<(), Error> {
    deadlines::resume(cx, case.subject()).await?;
    deadlines::done(cx, case.subject(), RuleKey::CorrectionWorkingDays).await?;
    decided(cx, case).await
}

/// The decision is no longer due.
pub(super) async fn decided(cx: &mut Cx<'_>, case: &CharityCase) -> Result<(), Error> {
    deadlines::done(cx, case.subject(), RuleKey::CharityRecognitionDays).await?;
    deadlines::done(cx, case.subject(), RuleKey::CharityExtensionDays).await
}

/// Puts the papers to the case and tells every bar of the register and everything that the form lacks; the outcome
/// is what the register says.
async fn hand_in(
    cx: &mut Cx<'_>,
    held: &Registered,
    (case, rules_on): (i64, Date),
    form: &CharityForm,
) -> Result<Vec<Finding>, Error> {
    let known = judged(cx, held.id, rules_on).await?;
    let mut found: Vec<Refusal> = known.iter().filter_map(Finding::refusal).collect();
    let subject = Subject::new(SubjectKind::Case, case);
    let papers = use_papers(cx, held.id, subject, &form.papers).await?;
    let asked = Asked {
        kind: held.kind,
        said: &form.said,
        statement: &form.statement,
        promises: form.promises,
        papers: &papers,
        has_unit: has_other_unit(&mut Source::Tx(&mut cx.tx), held).await?,
    };
    found.extend(faults(&asked));
    if found.is_empty() { Ok(known) } else { Err(Error::Invalid(found)) }
}

/// Keeps what is said of each condition, in place of what was said before.
async fn explain(cx: &mut Cx<'_>, case: i64, said: &[Said]) -> Result<(), Error> {
    course::conditions::explain(cx, &CHARITY_CONDITION, case, said.iter()).await
}

/// Of what kind an organisation is and whether its supervising unit must consent, for the page that tells which
/// papers are asked for.
pub(super) async fn asks_consent(
    source: &mut Source<'_>,
    of: OrganisationId,
) -> Result<(Registered, bool), Error> {
    let rows: Vec<Registered> =
        source.all("SELECT * FROM organisation WHERE id = $1", crate::args![of]).await?;
    let Some(held) = rows.into_iter().next() else { return Err(Error::NotFound) };
    let has_unit = has_other_unit(source, &held).await?;
    Ok((held, has_unit))
}
