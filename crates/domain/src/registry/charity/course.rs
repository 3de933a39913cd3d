//! The steps of a recognition: taken up, one correction, an opinion, a decision by another person; one extension
//! with the ministry's approval; and how a recognition that was got by deceit is annulled (B46, B12, B9, C14).

use super::CharityCondition;
use crate::coded;
use crate::kernel::{Date, Finding, Level, PersonId, Refusal};

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

impl CharityStage {
    /// Whether the application waits for somebody.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Applied | Self::Returned | Self::Accepted | Self::Reviewed)
    }

    /// Whether a recognition is in force.
    pub fn is_in_force(self) -> bool {
        matches!(self, Self::Recognised | Self::Noticed | Self::Answered)
    }
}

/// What somebody does with an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The organisation hands a corrected one in.
    Resubmit,
    /// The organisation takes it back.
    Withdraw,
    /// An officer takes it up.
    Accept,
    /// An officer tells every defect, once.
    Correct,
    /// An officer gives an opinion.
    Review,
    /// The director asks for a new opinion.
    SendBack,
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
    /// The application does not stand there, or was corrected once already (B9).
    pub fn from(self, stage: CharityStage, is_corrected: bool) -> Result<CharityStage, Refusal> {
        use CharityStage as S;
        match (self, stage) {
            (Self::Correct, S::Applied) if is_corrected => Err(Refusal::new("charity.corrected-once", "B9")),
            (Self::Correct, S::Applied) => Ok(S::Returned),
            (Self::Resubmit, S::Returned) => Ok(S::Applied),
            (Self::Withdraw, stage) if stage.is_open() => Ok(S::Withdrawn),
            (Self::Accept, S::Applied) | (Self::SendBack, S::Reviewed) => Ok(S::Accepted),
            (Self::Review, S::Accepted) => Ok(S::Reviewed),
            (Self::Recognise, S::Reviewed) => Ok(S::Recognised),
            (Self::Deny, S::Reviewed) => Ok(S::Denied),
            (Self::Notice, S::Recognised) => Ok(S::Noticed),
            (Self::Answer, S::Noticed) => Ok(S::Answered),
            (Self::Annul, S::Noticed | S::Answered) => Ok(S::Annulled),
            (Self::Keep, S::Noticed | S::Answered) => Ok(S::Recognised),
            _ => Err(Refusal::new("charity.wrong-stage", "B46").with_code("stage", stage)),
        }
    }
}

/// How the officer found a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Which.
    pub condition: CharityCondition,
    /// Whether it is met.
    pub is_met: bool,
}

/// Everything on which a recognition is refused now: what the register says against it, what the officer found
/// not met, and what the director adds; each once (CO58-4, CO58-5).
pub fn denial_grounds(known: &[Finding], checked: &[Checked], added: &[CharityCondition]) -> Vec<Finding> {
    let mut found: Vec<Finding> = known.iter().filter(|one| one.level == Level::Barred).cloned().collect();
    let mut unmet: Vec<CharityCondition> =
        checked.iter().filter(|one| !one.is_met).map(|one| one.condition).collect();
    unmet.extend(added.iter().copied());
    unmet.sort_unstable();
    unmet.dedup();
    let ground =
        |one: CharityCondition| Finding::barred("charity.condition", "B46").with_code("condition", one);
    found.extend(unmet.into_iter().map(ground));
    found
}

/// Whether the decision holds against its grounds: a recognition only when there is none, a denial only on one,
/// and another person than the one whose opinion it follows (CL10, CO58-9, C14).
///
/// # Errors
/// Decided by the reviewer; recognised against a ground; denied without one.
pub fn decide(
    is_recognised: bool,
    grounds: &[Finding],
    reviewer: Option<PersonId>,
    decider: Option<PersonId>,
) -> Result<(), Refusal> {
    crate::registry::change::other_person(reviewer, decider)?;
    match grounds.iter().find_map(Finding::refusal) {
        Some(refusal) if is_recognised => Err(refusal),
        None if !is_recognised => Err(Refusal::new("charity.ground-missing", "B46").at("ground")),
        _ => Ok(()),
    }
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
        return Err(Refusal::new("charity.wrong-stage", "B46").with_code("stage", stage));
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
        let next = Step::Answer.from(self.stage, true)?;
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
        let next = if is_annulled { Step::Annul } else { Step::Keep }.from(self.stage, true)?;
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
