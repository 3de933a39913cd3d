//! The organisation's answer to the prior notice, and the hearing it may ask for (B37).

use domain::kernel::{Date, PaperId, Refusal, Role};
use domain::registry::credit::{ListingStage, StatementKind};

use super::held::lock_case;
use super::{OFFICERS, TEXT_MAX, required, writer};
use crate::db::Val;
use crate::deadlines::{self, SuspensionGround};
use crate::journal::LISTING_CASE;
use crate::papers::{self, Owner};
use crate::{Act, Cx, Error};

/// Answers the prior notice: nothing to say, a statement, or a request for a hearing.
#[derive(Clone, Debug)]
pub struct AnswerNotice {
    /// The case's number.
    pub number: i64,
    /// How.
    pub kind: StatementKind,
    /// What is said; not asked of who raises nothing.
    pub statement: String,
    /// Papers of the organisation's store that show it.
    pub papers: Vec<PaperId>,
}

impl Act for AnswerNotice {
    type Outcome = ();
    const NAME: &'static str = "registry.answer_listing_notice";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = lock_case(cx, self.number).await?;
        if cx.actor.organisation() != Some(case.organisation_id) {
            return Err(Error::NotFound);
        }
        case.facts().may_be_answered(cx.now.date())?;
        let mut faults = Vec::new();
        let statement = match self.kind {
            StatementKind::Waived => self.statement.trim().to_owned(),
            StatementKind::Written | StatementKind::Hearing => {
                required(&mut faults, "B35", "statement", &self.statement, TEXT_MAX)
            }
        };
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        for paper in &self.papers {
            papers::use_for(cx, *paper, case.subject(), Owner::Organisation(case.organisation_id)).await?;
        }
        deadlines::resume(cx, case.subject()).await?;
        if self.kind == StatementKind::Hearing {
            deadlines::suspend(cx, case.subject(), SuspensionGround::Hearing).await?;
        }
        let values = [
            ("stage", Val::code(ListingStage::Stated)),
            ("statement_kind", Val::code(self.kind)),
            ("statement", statement.into()),
            ("stated_by", writer(cx.actor).into()),
            ("stated_at", cx.now.into()),
        ];
        cx.update(&LISTING_CASE, case.id, case.version, &values).await
    }
}

/// Records the hearing that was held.
#[derive(Clone, Debug)]
pub struct RecordHearing {
    /// The case's number.
    pub number: i64,
    /// The day.
    pub heard_on: Date,
    /// What was said.
    pub note: String,
}

impl Act for RecordHearing {
    type Outcome = ();
    const NAME: &'static str = "registry.record_hearing";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let case = lock_case(cx, self.number).await?;
        case.facts().may_be_heard()?;
        let mut faults = Vec::new();
        let note = required(&mut faults, "B35", "note", &self.note, TEXT_MAX);
        let asked = case.stated_at.map(domain::kernel::Moment::date);
        if self.heard_on > cx.now.date() || asked.is_some_and(|asked| self.heard_on < asked) {
            faults.push(Refusal::new("credit.hearing-day", "B37").at("heard_on"));
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        deadlines::resume(cx, case.subject()).await?;
        let values = [("heard_on", self.heard_on.into()), ("hearing_note", note.into())];
        cx.update(&LISTING_CASE, case.id, case.version, &values).await
    }
}
