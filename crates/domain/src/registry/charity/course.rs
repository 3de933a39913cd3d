//! What a recognition has beside the course of every application: its ends, one extension with the ministry's
//! approval, and how a recognition that was got by deceit is annulled (B46, B12, B9, C14).

use super::CharityCondition;
use crate::coded;
use crate::kernel::{Date, Finding, PersonId, Refusal};
use crate::registry::course::{self, OnCourse, Place};

coded! {
    /// How far an application has come.
    pub enum CharityStage as "charity_stage" {
        /// Handed in.
        Applied = "applied",
        /// Back with the organisation, once.
        Returned = "returned",
        /// Taken up: the days for the decision run.
        Accepted = "accepted",
        /// An officer gave an opinion.
        Reviewed = "reviewed",
        /// Recognised as a charity.
        Recognised = "recognised",
        /// Not recognised.
        Denied = "denied",
        /// The organisation took it back.
        Withdrawn = "withdrawn",
        /// Recognised, and told that the recognition may be annulled.
        Noticed = "noticed",
        /// It has answered that notice.
        Answered = "answered",
        /// The recognition was annulled.
        Annulled = "annulled",
        /// The registration ended, and everything with it.
        Ended = "ended",
    }
}

impl OnCourse for CharityStage {
    fn place(self) -> Option<Place> {
        match self {
            Self::Applied => Some(Place::Applied),
            Self::Returned => Some(Place::Returned),
            Self::Accepted => Some(Place::Accepted),
            Self::Reviewed => Some(Place::Reviewed),
            _ => None,
        }
    }

    fn at(place: Place) -> Self {
        match place {
            Place::Applied => Self::Applied,
            Place::Returned => Self::Returned,
            Place::Accepted => Self::Accepted,
            Place::Reviewed => Self::Reviewed,
        }
    }

    fn wrong_stage(self) -> Refusal {
        Refusal::new("charity.wrong-stage", "B46").with_code("stage", self)
    }

    fn corrected_once() -> Refusal {
        Refusal::new("charity.corrected-once", "B9")
    }
}

impl CharityStage {
    /// Whether the application waits for somebody.
    pub fn is_open(self) -> bool {
        self.place().is_some()
    }

    /// Whether a recognition is in force.
    pub fn is_in_force(self) -> bool {
        matches!(self, Self::Recognised | Self::Noticed | Self::Answered)
    }
}

/// What somebody does with an application beside the steps of the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The organisation takes it back.
    Withdraw,
    /// The director recognises it.
    Recognise,
    /// The director does not.
    Deny,
    /// An officer tells that the recognition may be annulled.
    Notice,
    /// The organisation answers.
    Answer,
    /// The director annuls the recognition.
    Annul,
    /// The director lets it stand.
    Keep,
}

impl Step {
    /// The stage after this step.
    ///
    /// # Errors
    /// The application does not stand there.
    pub fn from(self, stage: CharityStage) -> Result<CharityStage, Refusal> {
        use CharityStage as S;
        match (self, stage) {
            (Self::Withdraw, stage) if stage.is_open() => Ok(S::Withdrawn),
            (Self::Recognise, S::Reviewed) => Ok(S::Recognised),
            (Self::Deny, S::Reviewed) => Ok(S::Denied),
            (Self::Notice, S::Recognised) => Ok(S::Noticed),
            (Self::Answer, S::Noticed) => Ok(S::Answered),
            (Self::Annul, S::Noticed | S::Answered) => Ok(S::Annulled),
            (Self::Keep, S::Noticed | S::Answered) => Ok(S::Recognised),
            _ => Err(stage.wrong_stage()),
        }
    }
}

/// How the officer found a condition.
pub type Checked = course::Checked<CharityCondition>;

/// Everything on which a recognition is refused now; each once (CO58-4, CO58-5).
pub fn denial_grounds(known: &[Finding], checked: &[Checked], added: &[CharityCondition]) -> Vec<Finding> {
    let ground = |one| Finding::barred("charity.condition", "B46").with_code("condition", one);
    course::denial_grounds(known, checked, added, ground)
}

/// Whether the decision holds against its grounds (CL10, CO58-9, C14).
///
/// # Errors
/// Decided by the reviewer; recognised against a ground; denied without one.
pub fn decide(
    is_recognised: bool,
    grounds: &[Finding],
    reviewer: Option<PersonId>,
    decider: Option<PersonId>,
) -> Result<(), Refusal> {
    let groundless = Refusal::new("charity.ground-missing", "B46").at("ground");
    course::decide(is_recognised, grounds, (reviewer, decider), groundless)
}

/// Whether the days for the decision may be extended today; the outcome is the day from which the extension
/// counts. Once, before the first term is over, and not while the days stand still (CL10).
///
/// # Errors
/// Not taken up, extended before, standing still, or over.
pub fn may_extend(
    stage: CharityStage,
    due: Option<Date>,
    is_extended: bool,
    today: Date,
) -> Result<Date, Refusal> {
    if !matches!(stage, CharityStage::Accepted | CharityStage::Reviewed) {
        return Err(stage.wrong_stage());
    }
    if is_extended {
        return Err(Refusal::new("charity.extended-before", "B12"));
    }
    match due {
        None => Err(Refusal::new("charity.paused-already", "E17")),
        Some(due) if due < today => Err(Refusal::new("charity.term-over", "B12").with("due", due)),
        Some(due) => Ok(due),
    }
}

/// A recognition that may be annulled because the applicant deceived (CO58-11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Annulment {
    /// Where the case stands.
    pub stage: CharityStage,
    /// Who gave notice.
    pub noticed_by: Option<PersonId>,
    /// The last day for an answer.
    pub answer_by: Option<Date>,
}

impl Annulment {
    /// Whether the organisation may answer today.
    ///
    /// # Errors
    /// Not told, already answered, or too late.
    pub fn may_be_answered(&self, today: Date) -> Result<CharityStage, Refusal> {
        let next = Step::Answer.from(self.stage)?;
        match self.answer_by {
            Some(last) if last < today => {
                Err(Refusal::new("charity.answer-late", "B46").at("answer").with("last", last))
            }
            _ => Ok(next),
        }
    }

    /// Whether `decider` may decide today: after the answer or when its time is over, and never whoever gave the
    /// notice.
    ///
    /// # Errors
    /// Which of these is missing.
    pub fn may_be_decided(
        &self,
        is_annulled: bool,
        decider: Option<PersonId>,
        today: Date,
    ) -> Result<CharityStage, Refusal> {
        let next = if is_annulled { Step::Annul } else { Step::Keep }.from(self.stage)?;
        crate::registry::change::other_person(self.noticed_by, decider)?;
        match self.answer_by {
            Some(last) if self.stage == CharityStage::Noticed && today <= last => {
                Err(Refusal::new("charity.answer-awaited", "B46").with("last", last))
            }
            _ => Ok(next),
        }
    }
}

#[cfg(test)]
#[path = "course_tests.rs"]
mod tests;
