//! Asking for a change: the new value, the day of consent, papers from the store (B21).

use domain::kernel::{Date, OrganisationId, PaperId, Refusal, Role, RuleKey, Subject, SubjectKind};
use domain::registry::change::{Asked, ChangeItem, ChangeStage, expect_item, faults, value};
use domain::registry::{Legal, OrganisationStatus, PaperKind};

use super::checks::{self, Particulars};
use super::held::{Registered, current, lock_organisation};
use super::{required, rules_now};
use crate::db::Val;
use crate::journal::CHANGE_CASE;
use crate::papers::{self, Owner};
use crate::registry::area::areas;
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
        let mut found: Vec<Refusal> = expect_item(self.item, held.kind).err().into_iter().collect();
        let typed = required(&mut found, "B21", "value", &self.value);
        let read = value::read(self.item, &typed, checks::floor(cx, &held).await?, areas());
        let value = read.unwrap_or_else(|refusal| {
            found.push(refusal);
            typed
        });
        let reason = required(&mut found, "B21", "reason", &self.reason);
        let old = current(&mut Source::Tx(&mut cx.tx), &held, self.item).await?;
        let division = self.told.division.trim();
        // The same house number in another street is another domicile.
        let moves = self.item == ChangeItem::Domicile && division != held.division;
        let case = cx.id();
        let subject = Subject::new(SubjectKind::Case, case);
        let kinds = use_papers(cx, id, subject, &self.papers).await?;
        let asked = Asked {
            item: self.item,
            old: if moves { "" } else { &old },
            new: &value,
            consent_on: self.consent_on,
            papers: &kinds,
        };
        found.extend(faults(&asked, cx.now.date(), rules_now(cx), &cx.app.calendar));
        found.extend(checks::faults(cx, &held, self.item, &value, &self.told).await?);
        if !found.is_empty() {
            return Err(Error::Invalid(found));
        }
        let number = next_number(cx, "change_case").await?;
        let mut values = vec![
            ("number", number.into()),
            ("organisation_id", id.into()),
            ("item", Val::code(self.item)),
            ("old_value", old.into()),
            ("new_value", value.into()),
            ("consent_on", self.consent_on.into()),
            ("reason", reason.into()),
            ("stage", Val::code(ChangeStage::Applied)),
            ("applied_by", cx.actor.person.into()),
            ("applied_at", cx.now.into()),
            ("opinion", "".into()),
            ("decision", "".into()),
        ];
        values.extend(self.told.columns(self.item, &held));
        let refusal = Refusal::new("change.under-way", "B21").at("item").with_code("item", self.item);
        cx.insert(&CHANGE_CASE, case, &values)
            .await
            .map_err(|error| error.on_unique("change_case__organisation_id__item", refusal))?;
        let rule = RuleKey::ChangeApplicationDays;
        deadlines::start(cx, subject, rule, self.consent_on, cx.now.date()).await?;
        deadlines::done(cx, subject, rule).await?;
        let today = cx.now.date();
        // The law gives a charter its own days; every other change has the general ones.
        let rule = match self.item {
            ChangeItem::Charter => RuleKey::CharterApprovalDays,
            _ => RuleKey::ChangeDecisionWorkingDays,
        };
        deadlines::start(cx, subject, rule, today, today).await?;
        Ok(number)
    }
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
