//! Applying for public fundraising: every condition explained and promised, papers from the store; handing a
//! corrected application in; taking it back (B39, PF74-5, PF74-6).

use domain::kernel::{Date, OrganisationId, PaperId, Refusal, Role, RuleKey, Subject, SubjectKind};
use domain::registry::course::Step as Course;
use domain::registry::fundraising::{Asked, FundraisingStage, FundraisingWay, Said, Step, declared, faults};

use super::held::FundraisingCase;
use super::judged;
use crate::db::Val;
use crate::frozen::freeze;
use crate::journal::{FUNDRAISING_CASE, FUNDRAISING_CONDITION};
use crate::registry::change::application::{next_number, use_papers};
use crate::registry::change::held::{Registered, has_other_unit, lock_organisation};
use crate::registry::change::required;
use crate::registry::course::{self, advance, lock_own};
use crate::registry::standing::Source;
use crate::{Act, Cx, Error, deadlines};

/// What an organisation hands in.
#[derive(Clone, Debug)]
pub struct FundraisingForm {
    /// What it says of each condition; nothing for a claim.
    pub said: Vec<Said>,
    /// What it adds in words; of a claim, what its registration certificate says.
    pub statement: String,
    /// The written promise that everything is true.
    pub promises: bool,
    /// Papers of its store.
    pub papers: Vec<PaperId>,
}

/// Applies for the qualification, or claims the certificate. The outcome is the case's number.
#[derive(Clone, Debug)]
pub struct ApplyForFundraising {
    /// On what ground.
    pub way: FundraisingWay,
    /// What is handed in.
    pub form: FundraisingForm,
}

impl Act for ApplyForFundraising {
    type Outcome = i64;
    const NAME: &'static str = "registry.apply_for_fundraising";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let id = cx.actor.organisation().ok_or(Error::NotFound)?;
        let held = lock_organisation(cx, id).await?;
        let today = cx.now.date();
        let case = cx.id();
        let mut found = Vec::new();
        let known = judged(cx, id, self.way, today).await?;
        found.extend(known.iter().filter_map(domain::kernel::Finding::refusal));
        let asked = Handed { case, way: self.way, rules_on: today, form: &self.form };
        found.extend(hand_in(cx, &held, &asked).await?);
        if !found.is_empty() {
            return Err(Error::Invalid(found));
        }
        let number = next_number(cx, "fundraising_case").await?;
        let values = [
            ("number", number.into()),
            ("organisation_id", id.into()),
            ("way", Val::code(self.way)),
            ("stage", Val::code(FundraisingStage::Applied)),
            ("statement", self.form.statement.trim().into()),
            ("eligibility", freeze(&known).into()),
            ("applied_by", cx.actor.person.into()),
            ("applied_at", cx.now.into()),
            ("received_on", today.into()),
            ("is_corrected", false.into()),
            ("defects", "".into()),
            ("opinion", "".into()),
            ("sent_back", "".into()),
            ("decision", "".into()),
            ("grounds", "".into()),
            ("penalty_reason", "".into()),
        ];
        let refusal = Refusal::new("fundraising.under-way", "B39");
        cx.insert(&FUNDRAISING_CASE, case, &values)
            .await
            .map_err(|error| error.on_unique("fundraising_case__organisation_id", refusal))?;
        explain(cx, case, &self.form.said, (self.way, today)).await?;
        course::received(cx, Subject::new(SubjectKind::Case, case)).await?;
        Ok(number)
    }
}

/// Hands a corrected application in.
#[derive(Clone, Debug)]
pub struct ResubmitFundraising {
    /// The case's number.
    pub number: i64,
    /// What is handed in, in place of what was.
    pub form: FundraisingForm,
}

impl Act for ResubmitFundraising {
    type Outcome = ();
    const NAME: &'static str = "registry.resubmit_fundraising";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: FundraisingCase = lock_own(cx, self.number).await?;
        let stage = course::next(&case, Course::Resubmit)?;
        let held = lock_organisation(cx, case.organisation_id).await?;
        let known = judged(cx, held.id, case.way, case.rules_on()).await?;
        let mut found: Vec<Refusal> = known.iter().filter_map(domain::kernel::Finding::refusal).collect();
        let asked = Handed { case: case.id, way: case.way, rules_on: case.rules_on(), form: &self.form };
        found.extend(hand_in(cx, &held, &asked).await?);
        if !found.is_empty() {
            return Err(Error::Invalid(found));
        }
        explain(cx, case.id, &self.form.said, (case.way, case.rules_on())).await?;
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
pub struct WithdrawFundraising {
    /// The case's number.
    pub number: i64,
}

impl Act for WithdrawFundraising {
    type Outcome = ();
    const NAME: &'static str = "registry.withdraw_fundraising";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: FundraisingCase = lock_own(cx, self.number).await?;
        let stage = Step::Withdraw.from(case.stage)?;
        advance(cx, &case, stage, vec![("ended_on", cx.now.date().into())]).await?;
        stop_deadlines(cx, &case).await
    }
}

/// Nothing of the case is due any more.
pub(super) async fn stop_deadlines(cx: &mut Cx<'_>, case: &FundraisingCase) -> Result<(), Error> {
    deadlines::resume(cx, case.subject()).await?;
    for rule in [RuleKey::CorrectionWorkingDays, RuleKey::FundraisingDecisionDays] {
        deadlines::done(cx, case.subject(), rule).await?;
    }
    Ok(())
}

/// What is handed in for a case.
struct Handed<'a> {
    case: i64,
    way: FundraisingWay,
    rules_on: Date,
    form: &'a FundraisingForm,
}

/// Puts the papers to the case and tells what the form lacks.
async fn hand_in(cx: &mut Cx<'_>, held: &Registered, asked: &Handed<'_>) -> Result<Vec<Refusal>, Error> {
    let subject = Subject::new(SubjectKind::Case, asked.case);
    let papers = use_papers(cx, held.id, subject, &asked.form.papers).await?;
    let mut found = Vec::new();
    match asked.way {
        FundraisingWay::Application => {
            let form = asked.form;
            let has_unit = has_other_unit(&mut Source::Tx(&mut cx.tx), held).await?;
            let whole = Asked { said: &form.said, promises: form.promises, papers: &papers, has_unit };
            found.extend(faults(&whole, cx.app.book.on(asked.rules_on)));
            if !form.statement.trim().is_empty() {
                required(&mut found, "B39", "statement", &form.statement);
            }
        }
        FundraisingWay::Claim => {
            required(&mut found, "B39", "statement", &asked.form.statement);
            if !asked.form.promises {
                found.push(Refusal::new("fundraising.promise-missing", "B39").at("promise"));
            }
        }
    }
    Ok(found)
}

/// Keeps what is said of each condition, in place of what was said before; a claim has none.
async fn explain(
    cx: &mut Cx<'_>,
    case: i64,
    said: &[Said],
    (way, rules_on): (FundraisingWay, Date),
) -> Result<(), Error> {
    let asked: &[_] = match way {
        FundraisingWay::Application => declared(cx.app.book.on(rules_on)),
        FundraisingWay::Claim => &[],
    };
    let said = said.iter().filter(|one| asked.contains(&one.condition));
    course::conditions::explain(cx, &FUNDRAISING_CONDITION, case, said).await
}

/// Whose supervising unit must consent, for the page that tells which papers are asked for.
pub(super) async fn asks_consent(source: &mut Source<'_>, of: OrganisationId) -> Result<bool, Error> {
    let rows: Vec<Registered> =
        source.all("SELECT * FROM organisation WHERE id = $1", crate::args![of]).await?;
    let Some(held) = rows.first() else { return Err(Error::NotFound) };
    has_other_unit(source, held).await
}
