//! Before a penalty of the registrar's own: the notice with its rights, the organisation's answer, and the hearing that it
//! may ask for on a stop of activity and on larger sums (B23).

use domain::kernel::{Date, PaperId, Role};
use domain::registry::DocumentKind;
use domain::registry::credit::StatementKind;
use domain::registry::credit::penalty_case::LastDays;
use domain::registry::document::Withdrawal;

use super::held::lock_penalty;
use super::{NUMBER_MAX, OFFICERS, TEXT_MAX, beside, penalty_papers, required, writer};
use crate::db::Val;
use crate::deadlines::{self, SuspensionGround};
use crate::documents;
use crate::journal::PENALTY;
use crate::papers::{self, Owner};
use crate::{Act, Cx, Error};

/// Tells the organisation what penalty is intended, on which facts and grounds, and what it may do until when.
#[derive(Clone, Debug)]
pub struct NoticePenalty {
    /// Which.
    pub penalty: i64,
}

impl Act for NoticePenalty {
    type Outcome = ();
    const NAME: &'static str = "registry.notice_penalty";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = lock_penalty(cx, self.penalty).await?;
        held.facts().may_be_noticed()?;
        let today = cx.now.date();
        let rules = cx.app.book.on(today);
        let confiscated = held.confiscated_fen.unwrap_or_default();
        let gives_hearing = held.measure().gives_hearing(confiscated, rules);
        let days = LastDays::of(rules, &cx.app.calendar, today, gives_hearing)?;
        penalty_papers::notice(cx, &held, (days.answer_by, days.hearing_by)).await?;
        let values = [
            ("noticed_by", writer(cx.actor).into()),
            ("noticed_at", cx.now.into()),
            ("answer_by", days.answer_by.into()),
            ("hearing_by", days.hearing_by.into()),
        ];
        cx.update(&PENALTY, held.id, held.version, &values).await
    }
}

/// Answers the notice: nothing to say, a statement and defence, or a request for a hearing.
#[derive(Clone, Debug)]
pub struct AnswerPenalty {
    /// Which.
    pub penalty: i64,
    /// How.
    pub kind: StatementKind,
    /// What is said; not asked of who raises nothing.
    pub statement: String,
    /// Papers of the organisation's store that show it.
    pub papers: Vec<PaperId>,
}

impl Act for AnswerPenalty {
    type Outcome = ();
    const NAME: &'static str = "registry.answer_penalty_notice";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = lock_penalty(cx, self.penalty).await?;
        if cx.actor.organisation() != Some(held.organisation_id) || held.noticed_at.is_none() {
            return Err(Error::NotFound);
        }
        let mut faults = Vec::new();
        beside(&mut faults, held.facts().may_be_answered(self.kind, cx.now.date()))?;
        let statement = match self.kind {
            StatementKind::Waived => self.statement.trim().to_owned(),
            StatementKind::Written | StatementKind::Hearing => {
                required(&mut faults, "B23", "statement", &self.statement, TEXT_MAX)
            }
        };
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        for paper in &self.papers {
            papers::use_for(cx, *paper, held.subject(), Owner::Organisation(held.organisation_id)).await?;
        }
        let values = [
            ("statement_kind", Val::code(self.kind)),
            ("statement", statement.into()),
            ("stated_by", writer(cx.actor).into()),
            ("stated_at", cx.now.into()),
        ];
        cx.update(&PENALTY, held.id, held.version, &values).await?;
        // The time of a hearing does not count, from the day on which it is asked for until it is held.
        if self.kind == StatementKind::Hearing {
            deadlines::suspend(cx, held.subject(), SuspensionGround::Hearing).await?;
        }
        Ok(())
    }
}

/// Calls the organisation to the hearing that it asked for, or to another day.
#[derive(Clone, Debug)]
pub struct CallPenaltyHearing {
    /// Which.
    pub penalty: i64,
    /// The day.
    pub hearing_on: Date,
    /// At what hour and where.
    pub place: String,
}

impl Act for CallPenaltyHearing {
    type Outcome = ();
    const NAME: &'static str = "registry.call_penalty_hearing";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = lock_penalty(cx, self.penalty).await?;
        let today = cx.now.date();
        let (rules, calendar) = (cx.app.book.on(today), &cx.app.calendar);
        let mut faults = Vec::new();
        beside(&mut faults, held.facts().may_be_called((self.hearing_on, today), rules, calendar))?;
        let place = required(&mut faults, "B23", "hearing_place", &self.place, NUMBER_MAX);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        if held.hearing_on.is_some() {
            let why = documents::coded_why(Withdrawal::HearingMoved);
            documents::withdraw(cx, held.subject(), DocumentKind::PenaltyHearing, &why).await?;
        }
        penalty_papers::call(cx, &held, self.hearing_on, &place).await?;
        let values = [("hearing_on", self.hearing_on.into()), ("hearing_place", place.into())];
        cx.update(&PENALTY, held.id, held.version, &values).await
    }
}

/// Records the hearing that was held, with a paper of its minutes where there is one.
#[derive(Clone, Debug)]
pub struct RecordPenaltyHearing {
    /// Which.
    pub penalty: i64,
    /// The day.
    pub heard_on: Date,
    /// What was said, and what the hearing officer makes of it.
    pub note: String,
    /// The signed minutes, given by the officer.
    pub minutes: Option<PaperId>,
}

impl Act for RecordPenaltyHearing {
    type Outcome = ();
    const NAME: &'static str = "registry.record_penalty_hearing";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = lock_penalty(cx, self.penalty).await?;
        let mut faults = Vec::new();
        beside(&mut faults, held.facts().may_be_heard(self.heard_on, cx.now.date()))?;
        let note = required(&mut faults, "B23", "note", &self.note, TEXT_MAX);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        if let (Some(paper), Some(person)) = (self.minutes, cx.actor.person) {
            papers::use_for(cx, paper, held.subject(), Owner::Person(person)).await?;
        }
        deadlines::resume(cx, held.subject()).await?;
        let values = [("heard_on", self.heard_on.into()), ("hearing_note", note.into())];
        cx.update(&PENALTY, held.id, held.version, &values).await
    }
}
