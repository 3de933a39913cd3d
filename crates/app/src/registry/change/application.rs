//! Asking for a change: the new value, the day of consent, papers from the store; handing a corrected one in (B21, B9).

use domain::kernel::{Date, OrganisationId, PaperId, Refusal, Role, RuleKey, Subject, SubjectKind};
use domain::registry::change::{Asked, ChangeItem, ChangeStanding, expect_item, faults, value};
use domain::registry::course::{OnCourse, Place, Step};
use domain::registry::{Legal, OrganisationStatus, PaperKind};

use super::checks::{self, Particulars};
use super::held::{ChangeCase, Registered, current, lock_organisation};
use super::{required, rules_now};
use crate::db::Val;
use crate::journal::CHANGE_CASE;
use crate::papers::{self, Owner};
use crate::registry::area::areas;
use crate::registry::course::{self, Application, Values};
use crate::registry::registration::charter::{Charter, forget};
use crate::registry::standing::Source;
use crate::{Act, Cx, Error, args, deadlines};

/// Asks for a change. The outcome is the case's number.
#[derive(Clone, Debug)]
pub struct ApplyChange {
    /// Which item.
    pub item: ChangeItem,
    /// As it is to be; of a domicile the detailed address.
    pub value: String,
    /// What this item asks beside it.
    pub told: Particulars,
    /// The day on which the supervising unit consented.
    pub consent_on: Date,
    /// Why.
    pub reason: String,
    /// Papers of the organisation's store.
    pub papers: Vec<PaperId>,
}

impl Act for ApplyChange {
    type Outcome = i64;
    const NAME: &'static str = "registry.apply_change";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let id = cx.actor.organisation().ok_or(Error::NotFound)?;
        let held = lock_organisation(cx, id).await?;
        may_change(&held)?;
        let case = cx.id();
        let subject = Subject::new(SubjectKind::Case, case);
        let today = cx.now.date();
        let mut values = weigh(cx, &held, self, (subject, today)).await?;
        let number = next_number(cx, "change_case").await?;
        values.extend([
            ("number", number.into()),
            ("organisation_id", id.into()),
            ("item", Val::code(self.item)),
            ("applied_by", cx.actor.person.into()),
            ("applied_at", cx.now.into()),
            ("received_on", today.into()),
            ("is_corrected", false.into()),
            ("defects", "".into()),
            ("opinion", "".into()),
            ("decision", "".into()),
        ]);
        values.extend(ChangeCase::columns(ChangeStanding::at(Place::Applied)));
        let refusal = Refusal::new("change.under-way", "B21").at("item").with_code("item", self.item);
        cx.insert(&CHANGE_CASE, case, &values)
            .await
            .map_err(|error| error.on_unique("change_case__organisation_id__item", refusal))?;
        asked_in_time(cx, subject, (self.consent_on, today)).await?;
        course::received(cx, subject).await?;
        Ok(number)
    }
}

/// Hands a corrected change in. Its item stays.
#[derive(Clone, Debug)]
pub struct ResubmitChange {
    /// The case's number.
    pub number: i64,
    /// What is handed in, in place of what was.
    pub form: ApplyChange,
}

impl Act for ResubmitChange {
    type Outcome = ();
    const NAME: &'static str = "registry.resubmit_change";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case: ChangeCase = course::lock_own(cx, self.number).await?;
        let stage = course::next(&case, Step::Resubmit)?;
        let held = lock_organisation(cx, case.organisation_id).await?;
        may_change(&held)?;
        let form = ApplyChange { item: case.item, ..self.form.clone() };
        // It was asked for on the day of its first handing in; the correction takes nothing from that.
        let applied_on = case.applied_at.date();
        let mut values = weigh(cx, &held, &form, (case.subject(), applied_on)).await?;
        values.push(("received_on", cx.now.date().into()));
        course::advance(cx, &case, stage, values).await?;
        // An amended charter is compared anew with the law's list.
        forget(cx, Charter::Amended(case.id)).await?;
        asked_in_time(cx, case.subject(), (form.consent_on, applied_on)).await?;
        course::received(cx, case.subject()).await
    }
}

/// Puts the papers to the case and tells everything that the request lacks on the day on which it was first asked for;
/// the outcome is what is kept of it.
async fn weigh(
    cx: &mut Cx<'_>,
    held: &Registered,
    asked: &ApplyChange,
    (subject, on): (Subject, Date),
) -> Result<Values, Error> {
    let mut found: Vec<Refusal> = expect_item(asked.item, held.kind).err().into_iter().collect();
    let typed = required(&mut found, "B21", "value", &asked.value);
    let read = value::read(asked.item, &typed, checks::floor(cx, held).await?, areas());
    let value = read.unwrap_or_else(|refusal| {
        found.push(refusal);
        typed
    });
    let reason = required(&mut found, "B21", "reason", &asked.reason);
    let old = current(&mut Source::Tx(&mut cx.tx), held, asked.item).await?;
    let division = asked.told.division.trim();
    // The same house number in another street is another domicile.
    let moves = asked.item == ChangeItem::Domicile && division != held.division;
    let kinds = use_papers(cx, held.id, subject, &asked.papers).await?;
    let whole = Asked {
        item: asked.item,
        old: if moves { "" } else { &old },
        new: &value,
        consent_on: asked.consent_on,
        papers: &kinds,
    };
    found.extend(faults(&whole, on, rules_now(cx), &cx.app.calendar));
    found.extend(checks::faults(cx, held, asked.item, &value, &asked.told).await?);
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    let mut values = vec![
        ("old_value", old.into()),
        ("new_value", value.into()),
        ("consent_on", asked.consent_on.into()),
        ("reason", reason.into()),
    ];
    values.extend(asked.told.columns(asked.item, held));
    Ok(values)
}

/// The days since the consent, kept with the day on which it was asked for.
async fn asked_in_time(
    cx: &mut Cx<'_>,
    subject: Subject,
    (consent_on, applied_on): (Date, Date),
) -> Result<(), Error> {
    let rule = RuleKey::ChangeApplicationDays;
    deadlines::start(cx, subject, rule, consent_on, applied_on).await?;
    deadlines::done_on(cx, subject, rule, applied_on).await
}

/// Only what is registered and alive changes its registration (T3).
pub(super) fn may_change(held: &Registered) -> Result<(), Refusal> {
    if held.legal != Legal::Registered || !held.kind.is_social_organisation() {
        return Err(Refusal::new("change.not-registered", "T3"));
    }
    match held.status {
        OrganisationStatus::Active | OrganisationStatus::Suspended => Ok(()),
        OrganisationStatus::Cancelled | OrganisationStatus::Revoked => {
            Err(Refusal::new("change.ended", "B21").with_code("status", held.status))
        }
    }
}

/// Uses papers of an organisation's store for a thing, and tells what they show.
pub(in crate::registry) async fn use_papers(
    cx: &mut Cx<'_>,
    owner: OrganisationId,
    subject: Subject,
    chosen: &[PaperId],
) -> Result<Vec<PaperKind>, Error> {
    for paper in chosen {
        papers::use_for(cx, *paper, subject, Owner::Organisation(owner)).await?;
    }
    Ok(papers::of_in(cx, subject).await?.iter().map(|paper| paper.kind).collect())
}

/// The next number of this year in one of the two tables of cases.
pub(in crate::registry) async fn next_number(cx: &mut Cx<'_>, table: &'static str) -> Result<i64, Error> {
    let first = i64::from(cx.now.date().year()) * 10_000;
    let sql = format!("SELECT COALESCE(max(number), $1) FROM {table} WHERE number > $1");
    Ok(cx.tx.number(&sql, args![first]).await? + 1)
}
