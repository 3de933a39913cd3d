//! An ending as a case: asked for or proposed, reviewed or heard, and decided by another person (B22, B23, C14).

use crate::coded;
use crate::kernel::{Date, PersonId, Refusal};

use super::super::change::other_person;
use super::super::course::{self, Intake, OnCourse, Place, Step};
use super::super::credit::StatementKind;
use super::super::credit::notice::{NoticeBar, PriorNotice};

coded! {
    /// Which way an organisation ends.
    pub enum EndingKind as "ending_kind" {
        /// 注销登记, asked for by itself.
        Cancellation = "cancellation",
        /// 撤销登记、吊销证书, by the authority.
        Revocation = "revocation",
    }
}

coded! {
    /// How far an ending has come.
    pub enum EndingStage as "ending_stage" {
        /// Asked for, or proposed with evidence.
        Opened = "opened",
        /// An officer gave an opinion on a cancellation.
        Reviewed = "reviewed",
        /// The organisation was told that revocation is intended, and may answer.
        Noticed = "noticed",
        /// The organisation answered.
        Stated = "stated",
        /// The organisation has ended.
        Decided = "decided",
        /// It goes on.
        Dropped = "dropped",
    }
}

/// Where an ending stands: its stage, and how far the taking up of a cancellation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndingStanding {
    /// Its stage.
    pub stage: EndingStage,
    /// How far its taking up has come; none for one from before that was kept, and for a revocation.
    pub intake: Option<Intake>,
}

impl OnCourse for EndingStanding {
    fn place(self) -> Option<Place> {
        match self.stage {
            EndingStage::Opened => Intake::place(self.intake),
            EndingStage::Reviewed if self.intake != Some(Intake::Withdrawn) => Some(Place::Reviewed),
            _ => None,
        }
    }

    fn at(place: Place) -> Self {
        let stage = if place == Place::Reviewed { EndingStage::Reviewed } else { EndingStage::Opened };
        Self { stage, intake: Some(Intake::at(place)) }
    }

    fn wrong_stage(self) -> Refusal {
        match (self.place(), self.intake) {
            (Some(Place::Applied | Place::Returned), Some(intake))
            | (None, Some(intake @ Intake::Withdrawn)) => course::not_accepted(intake),
            _ => Refusal::new("ending.wrong-stage", "B22").with_code("stage", self.stage),
        }
    }

    fn corrected_once() -> Refusal {
        course::corrected_once()
    }
}

/// What of a case decides over its next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndingFacts {
    /// Which way.
    pub kind: EndingKind,
    /// How far it has come.
    pub stage: EndingStage,
    /// How far the taking up of a cancellation has come.
    pub intake: Option<Intake>,
    /// The officer who prepared it: reviewed a cancellation, or proposed a revocation.
    pub prepared_by: Option<PersonId>,
    /// The last day for an answer, once noticed.
    pub answer_by: Option<Date>,
    /// How the organisation answered.
    pub statement: Option<StatementKind>,
    /// The day on which the hearing was held.
    pub heard_on: Option<Date>,
}

impl EndingFacts {
    /// Whether an officer may give an opinion on a cancellation.
    ///
    /// # Errors
    /// It is no cancellation, is not taken up, or has an opinion.
    pub fn may_be_reviewed(&self) -> Result<(), Refusal> {
        self.expect(EndingKind::Cancellation, &[EndingStage::Opened])?;
        let at = EndingStanding { stage: self.stage, intake: self.intake };
        Step::Review.from(at, true).map(|_| ())
    }

    /// Whether the organisation may be told that revocation is intended.
    ///
    /// # Errors
    /// It is no revocation, or the organisation was told.
    pub fn may_be_noticed(&self) -> Result<(), Refusal> {
        self.expect(EndingKind::Revocation, &[EndingStage::Opened])
    }

    /// Whether the organisation may answer today.
    ///
    /// # Errors
    /// Not yet told, already answered, or too late.
    pub fn may_be_answered(&self, today: Date) -> Result<(), Refusal> {
        self.expect(EndingKind::Revocation, &[EndingStage::Noticed])?;
        self.notice().may_be_answered(today).map_err(told)
    }

    /// Whether the hearing may be recorded.
    ///
    /// # Errors
    /// None was asked for, or it was held.
    pub fn may_be_heard(&self) -> Result<(), Refusal> {
        self.expect(EndingKind::Revocation, &[EndingStage::Stated])?;
        self.notice().may_be_heard().map_err(told)
    }

    /// Whether `decider` may decide today: a cancellation after the opinion, a revocation after the answer or
    /// when its time is over and after a hearing that was asked for; never alone.
    ///
    /// # Errors
    /// Which of these is missing.
    pub fn may_be_decided(&self, decider: Option<PersonId>, today: Date) -> Result<(), Refusal> {
        match self.kind {
            EndingKind::Cancellation => self.expect(self.kind, &[EndingStage::Reviewed])?,
            EndingKind::Revocation => {
                self.expect(self.kind, &[EndingStage::Noticed, EndingStage::Stated])?;
            }
        }
        other_person(self.prepared_by, decider)?;
        self.notice().may_be_decided(today).map_err(told)
    }

    fn notice(&self) -> PriorNotice {
        PriorNotice { answer_by: self.answer_by, statement: self.statement, heard_on: self.heard_on }
    }

    fn expect(&self, kind: EndingKind, stages: &[EndingStage]) -> Result<(), Refusal> {
        if let Some(intake @ Intake::Withdrawn) = self.intake {
            return Err(course::not_accepted(intake));
        }
        if self.kind == kind && stages.contains(&self.stage) {
            return Ok(());
        }
        let rule = if self.kind == EndingKind::Cancellation { "B22" } else { "B23" };
        Err(Refusal::new("ending.wrong-stage", rule).with_code("stage", self.stage))
    }
}

fn told(bar: NoticeBar) -> Refusal {
    match bar {
        NoticeBar::Late(last) => Refusal::new("ending.answer-late", "B23").at("statement").with("last", last),
        NoticeBar::NoHearingAsked => Refusal::new("ending.no-hearing-asked", "B23"),
        NoticeBar::HearingNotHeld => Refusal::new("ending.hearing-not-held", "B23"),
        NoticeBar::Awaited(last) => Refusal::new("ending.answer-awaited", "B23").with("last", last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::day;

    const OFFICER: Option<PersonId> = Some(PersonId(1));
    const DIRECTOR: Option<PersonId> = Some(PersonId(2));

    fn case(kind: EndingKind, stage: EndingStage) -> EndingFacts {
        let answer_by = (kind == EndingKind::Revocation).then(|| day(2014, 5, 20));
        EndingFacts {
            kind,
            stage,
            intake: None,
            prepared_by: OFFICER,
            answer_by,
            statement: None,
            heard_on: None,
        }
    }

    #[test]
    fn an_ending_is_decided_by_another_after_review_or_hearing() {
        use EndingKind::{Cancellation, Revocation};
        use EndingStage::{Decided, Dropped, Noticed, Opened, Reviewed, Stated};
        let (last, late) = (day(2014, 5, 20), day(2014, 5, 21));
        let asked = EndingFacts { statement: Some(StatementKind::Hearing), ..case(Revocation, Stated) };
        let waived = EndingFacts { statement: Some(StatementKind::Waived), ..asked };
        for (facts, by, on, expected) in [
            (case(Cancellation, Opened), DIRECTOR, last, "ending.wrong-stage"),
            (case(Cancellation, Reviewed), DIRECTOR, last, ""),
            (case(Cancellation, Reviewed), OFFICER, last, "change.same-person"),
            (case(Cancellation, Decided), DIRECTOR, last, "ending.wrong-stage"),
            (case(Revocation, Opened), DIRECTOR, late, "ending.wrong-stage"),
            (case(Revocation, Noticed), DIRECTOR, last, "ending.answer-awaited"),
            (case(Revocation, Noticed), DIRECTOR, late, ""),
            (case(Revocation, Noticed), OFFICER, late, "change.same-person"),
            (asked, DIRECTOR, late, "ending.hearing-not-held"),
            (EndingFacts { heard_on: Some(last), ..asked }, DIRECTOR, late, ""),
            (waived, DIRECTOR, last, ""),
            (case(Revocation, Dropped), DIRECTOR, late, "ending.wrong-stage"),
        ] {
            let code = facts.may_be_decided(by, on).err().map_or("", |refusal| refusal.code);
            assert_eq!(code, expected, "{facts:?}");
        }
    }

    #[test]
    fn each_kind_has_its_own_steps() {
        use EndingKind::{Cancellation, Revocation};
        let opened = |kind| case(kind, EndingStage::Opened);
        assert!(opened(Cancellation).may_be_reviewed().is_ok());
        assert!(opened(Cancellation).may_be_noticed().is_err());
        assert!(opened(Revocation).may_be_reviewed().is_err());
        assert!(opened(Revocation).may_be_noticed().is_ok());
        let noticed = case(Revocation, EndingStage::Noticed);
        assert!(noticed.may_be_answered(day(2014, 5, 20)).is_ok());
        let late = noticed.may_be_answered(day(2014, 5, 21)).err().map(|refusal| refusal.code);
        assert_eq!(late, Some("ending.answer-late"));
        assert!(noticed.may_be_heard().is_err());
    }

    #[test]
    fn a_cancellation_is_taken_up_before_it_is_reviewed() {
        use EndingKind::{Cancellation, Revocation};
        use EndingStage::{Opened, Reviewed};
        for (kind, stage, intake, expected) in [
            (Cancellation, Opened, Some(Intake::Received), "course.not-accepted"),
            (Cancellation, Opened, Some(Intake::Returned), "course.not-accepted"),
            (Cancellation, Opened, Some(Intake::Accepted), ""),
            // From before the taking up was kept.
            (Cancellation, Opened, None, ""),
            (Cancellation, Reviewed, Some(Intake::Accepted), "ending.wrong-stage"),
            (Cancellation, Opened, Some(Intake::Withdrawn), "course.not-accepted"),
            (Revocation, Opened, None, "ending.wrong-stage"),
        ] {
            let facts = EndingFacts { intake, ..case(kind, stage) };
            let code = facts.may_be_reviewed().err().map_or("", |refusal| refusal.code);
            assert_eq!(code, expected, "{kind:?} {stage:?} {intake:?}");
        }
        let opened = |intake| EndingStanding { stage: Opened, intake };
        assert!(Step::Accept.from(opened(None), false).is_err(), "a revocation is not taken up");
        assert_eq!(
            Step::Correct.from(opened(Some(Intake::Received)), false),
            Ok(opened(Some(Intake::Returned)))
        );
    }
}
