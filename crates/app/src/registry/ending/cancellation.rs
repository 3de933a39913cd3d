//! Asking for cancellation after liquidation, handing a corrected request in, and the officer's opinion (B22, B9).

use domain::kernel::{Date, OrganisationId, PaperId, Refusal, Role, RuleKey, Subject, SubjectKind};
use domain::registry::course::{OnCourse, Place, Step};
use domain::registry::ending::cancellation::{Request, faults};
use domain::registry::ending::{EndingKind, EndingStage, EndingStanding, Remainder};
use domain::registry::{Legal, OrganisationStatus};

use super::held::{EndingCase, OWN_REQUEST, lock_case};
use super::open::matters;
use crate::db::Val;
use crate::journal::ENDING_CASE;
use crate::registry::change::application::{next_number, use_papers};
use crate::registry::change::held::{Registered, has_other_unit, lock_organisation};
use crate::registry::change::{OFFICERS, required, rules_now};
use crate::registry::course::{self, Application, Values};
use crate::registry::standing::Source;
use crate::{Act, Cx, Error, args, deadlines};

/// Asks for cancellation. The outcome is the case's number.
#[derive(Clone, Debug)]
pub struct ApplyCancellation {
    /// The day on which the ground for ending arose; asked of a charity.
    pub ground_on: Option<Date>,
    /// The day on which the liquidation group was formed; asked of a charity.
    pub group_on: Option<Date>,
    /// The day on which liquidation ended.
    pub liquidated_on: Date,
    /// Why it is asked for late; empty when it is not.
    pub late_why: String,
    /// What becomes of the remainder.
    pub remainder: Remainder,
    /// Who receives it, or for what it is used.
    pub recipient: String,
    /// Why the organisation ends, and how it was liquidated.
    pub reason: String,
    /// Papers of the organisation's store.
    pub papers: Vec<PaperId>,
}

impl Act for ApplyCancellation {
    type Outcome = i64;
    const NAME: &'static str = "registry.apply_cancellation";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let id = cx.actor.organisation().ok_or(Error::NotFound)?;
        let held = lock_organisation(cx, id).await?;
        may_end(&held)?;
        let case = cx.id();
        let subject = Subject::new(SubjectKind::Case, case);
        let today = cx.now.date();
        let mut values = weigh(cx, &held, self, (subject, today)).await?;
        let number = next_number(cx, "ending_case").await?;
        values.extend([
            ("number", number.into()),
            ("organisation_id", id.into()),
            ("kind", Val::code(EndingKind::Cancellation)),
            ("ground", OWN_REQUEST.into()),
            ("opened_by", cx.actor.person.into()),
            ("opened_at", cx.now.into()),
            ("received_on", today.into()),
            ("is_corrected", false.into()),
            ("defects", "".into()),
            ("rules_on", today.into()),
            ("statement", "".into()),
            ("hearing_note", "".into()),
            ("opinion", "".into()),
            ("decision", "".into()),
        ]);
        values.extend(EndingCase::columns(EndingStanding::at(Place::Applied)));
        let refusal = Refusal::new("ending.under-way", "B22");
        cx.insert(&ENDING_CASE, case, &values)
            .await
            .map_err(|error| error.on_unique("ending_case__organisation_id__kind", refusal))?;
        kept_terms(cx, self, (id, subject, today)).await?;
        course::received(cx, subject).await?;
        Ok(number)
    }
}

/// Hands a corrected request in.
#[derive(Clone, Debug)]
pub struct ResubmitCancellation {
    /// The case's number.
    pub number: i64,
    /// What is handed in, in place of what was.
    pub form: ApplyCancellation,
}

impl Act for ResubmitCancellation {
    type Outcome = ();
    const NAME: &'static str = "registry.resubmit_cancellation";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: EndingCase = course::lock_own(cx, self.number).await?;
        let stage = course::next(&case, Step::Resubmit)?;
        let held = lock_organisation(cx, case.organisation_id).await?;
        may_end(&held)?;
        // It was asked for on the day of its first handing in; the correction takes nothing from that.
        let applied_on = case.opened_at.date();
        let mut values = weigh(cx, &held, &self.form, (case.subject(), applied_on)).await?;
        values.push(("received_on", cx.now.date().into()));
        course::advance(cx, &case, stage, values).await?;
        kept_terms(cx, &self.form, (held.id, case.subject(), applied_on)).await?;
        course::received(cx, case.subject()).await
    }
}

/// Puts the papers to the case and tells everything that the request lacks on the day on which it was first asked for,
/// and what is open; the outcome is what is kept of it.
async fn weigh(
    cx: &mut Cx<'_>,
    held: &Registered,
    asked: &ApplyCancellation,
    (subject, on): (Subject, Date),
) -> Result<Values, Error> {
    let kinds = use_papers(cx, held.id, subject, &asked.papers).await?;
    let mut found = Vec::new();
    let reason = required(&mut found, "B22", "reason", &asked.reason);
    let request = Request {
        is_charity: is_charity(&mut Source::Tx(&mut cx.tx), held.id).await?,
        ground_on: asked.ground_on,
        group_on: asked.group_on,
        late_why: asked.late_why.trim(),
        liquidated_on: asked.liquidated_on,
        remainder: asked.remainder,
        recipient: asked.recipient.trim(),
        has_unit: has_other_unit(&mut Source::Tx(&mut cx.tx), held).await?,
        papers: &kinds,
    };
    found.extend(faults(&request, on, rules_now(cx), &cx.app.calendar));
    found.extend(matters(&mut Source::Tx(&mut cx.tx), held.id).await?.refusals());
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    Ok(vec![
        ("evidence", reason.into()),
        ("ground_on", asked.ground_on.into()),
        ("group_on", asked.group_on.into()),
        ("liquidated_on", asked.liquidated_on.into()),
        ("late_why", asked.late_why.trim().into()),
        ("remainder", Val::code(asked.remainder)),
        ("recipient", asked.recipient.trim().into()),
    ])
}

/// The days since liquidation and, of a charity, since the ground arose, kept with the days on which what they are for
/// was done.
async fn kept_terms(
    cx: &mut Cx<'_>,
    asked: &ApplyCancellation,
    (id, subject, applied_on): (OrganisationId, Subject, Date),
) -> Result<(), Error> {
    let rule = RuleKey::CancellationApplicationDays;
    deadlines::start(cx, subject, rule, asked.liquidated_on, applied_on).await?;
    deadlines::done_on(cx, subject, rule, applied_on).await?;
    let is_charity = is_charity(&mut Source::Tx(&mut cx.tx), id).await?;
    if let (true, Some(ground), Some(group)) = (is_charity, asked.ground_on, asked.group_on) {
        let rule = RuleKey::CharityLiquidationDays;
        deadlines::start(cx, subject, rule, ground, applied_on).await?;
        deadlines::done_on(cx, subject, rule, group).await?;
    }
    Ok(())
}

/// Whether an organisation is a charity.
pub(super) async fn is_charity(source: &mut Source<'_>, id: OrganisationId) -> Result<bool, Error> {
    let sql = "SELECT count(*) FROM charity_status WHERE organisation_id = $1 AND to_on IS NULL";
    let rows: Vec<(i64,)> = source.all(sql, args![id]).await?;
    Ok(rows.first().is_some_and(|(count,)| *count > 0))
}

/// What is registered and not yet cancelled may ask; a revoked one is liquidated and cancelled too (T3, B22).
fn may_end(held: &Registered) -> Result<(), Refusal> {
    if held.legal != Legal::Registered || !held.kind.is_social_organisation() {
        return Err(Refusal::new("ending.not-registered", "T3"));
    }
    if held.status == OrganisationStatus::Cancelled {
        return Err(Refusal::new("ending.cancelled-already", "B22"));
    }
    Ok(())
}

/// Gives an opinion on a cancellation.
#[derive(Clone, Debug)]
pub struct ReviewCancellation {
    /// The case's number.
    pub number: i64,
    /// Whether it is fit to be approved.
    pub is_fit: bool,
    /// What was checked and found.
    pub opinion: String,
}

impl Act for ReviewCancellation {
    type Outcome = ();
    const NAME: &'static str = "registry.review_cancellation";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = lock_case(cx, self.number).await?;
        case.facts().may_be_reviewed()?;
        let mut found = Vec::new();
        let opinion = required(&mut found, "B22", "opinion", &self.opinion);
        if !found.is_empty() {
            return Err(Error::Invalid(found));
        }
        let values = [
            ("stage", Val::code(EndingStage::Reviewed)),
            ("is_fit", self.is_fit.into()),
            ("opinion", opinion.into()),
            ("reviewed_by", cx.actor.person.into()),
            ("reviewed_at", cx.now.into()),
        ];
        cx.update(&ENDING_CASE, case.id, case.version, &values).await
    }
}
