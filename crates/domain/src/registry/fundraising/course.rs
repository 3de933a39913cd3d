//! What an application for public fundraising has beside the course of every application: its ends, and how a
//! certificate ends (B39, B9, C14).

use super::Condition;
use crate::coded;
use crate::kernel::{Finding, PersonId, Refusal};
use crate::registry::course::{self, OnCourse, Place};

coded! {
    /// How far an application has come.
    pub enum FundraisingStage as "fundraising_stage" {
        /// Handed in.
        Applied = "applied",
        /// Back with the organisation, once.
        Returned = "returned",
        /// Taken up: the days for the decision run.
        Accepted = "accepted",
        /// An officer gave an opinion.
        Reviewed = "reviewed",
        /// A certificate is in force.
        Granted = "granted",
        /// None was issued.
        Denied = "denied",
        /// The organisation took it back.
        Withdrawn = "withdrawn",
        /// The certificate was revoked as a penalty.
        Revoked = "revoked",
        /// The registration ended or the organisation is no charity any more, and this with it.
        Ended = "ended",
    }
}

impl OnCourse for FundraisingStage {
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
        Refusal::new("fundraising.wrong-stage", "B39").with_code("stage", self)
    }

    fn corrected_once() -> Refusal {
        Refusal::new("fundraising.corrected-once", "B9")
    }
}

impl FundraisingStage {
    /// Whether it waits for somebody.
    pub fn is_open(self) -> bool {
        self.place().is_some()
    }
}

/// What somebody does with an application beside the steps of the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The organisation takes it back.
    Withdraw,
    /// The director issues a certificate.
    Grant,
    /// The director issues none.
    Deny,
    /// A penalty took the certificate.
    Revoke,
}

impl Step {
    /// The stage after this step.
    ///
    /// # Errors
    /// The application does not stand there.
    pub fn from(self, stage: FundraisingStage) -> Result<FundraisingStage, Refusal> {
        use FundraisingStage as S;
        match (self, stage) {
            (Self::Withdraw, stage) if stage.is_open() => Ok(S::Withdrawn),
            (Self::Grant, S::Reviewed) => Ok(S::Granted),
            (Self::Deny, S::Reviewed) => Ok(S::Denied),
            (Self::Revoke, S::Granted) => Ok(S::Revoked),
            _ => Err(stage.wrong_stage()),
        }
    }
}

/// How the officer found a condition.
pub type Checked = course::Checked<Condition>;

/// Everything on which a certificate is refused now; each once (CL22).
pub fn denial_grounds(known: &[Finding], checked: &[Checked], added: &[Condition]) -> Vec<Finding> {
    let ground = |one| Finding::barred("fundraising.condition", "B39").with_code("condition", one);
    course::denial_grounds(known, checked, added, ground)
}

/// Whether the decision holds against its grounds (CL22, C14).
///
/// # Errors
/// Decided by the reviewer; granted against a ground; denied without one.
pub fn decide(
    is_granted: bool,
    grounds: &[Finding],
    reviewer: Option<PersonId>,
    decider: Option<PersonId>,
) -> Result<(), Refusal> {
    let groundless = Refusal::new("fundraising.ground-missing", "B39").at("ground");
    course::decide(is_granted, grounds, (reviewer, decider), groundless)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Coded;

    #[test]
    fn an_application_goes_from_step_to_step_and_no_other_way() {
        use FundraisingStage as S;
        use Step as T;
        let steps = [T::Withdraw, T::Grant, T::Deny, T::Revoke];
        let allowed = [
            (S::Applied, T::Withdraw, S::Withdrawn),
            (S::Returned, T::Withdraw, S::Withdrawn),
            (S::Accepted, T::Withdraw, S::Withdrawn),
            (S::Reviewed, T::Grant, S::Granted),
            (S::Reviewed, T::Deny, S::Denied),
            (S::Reviewed, T::Withdraw, S::Withdrawn),
            (S::Granted, T::Revoke, S::Revoked),
        ];
        for stage in S::ALL {
            for step in steps {
                let expected = allowed.iter().find(|(at, by, _)| at == stage && *by == step);
                let found = step.from(*stage).ok();
                assert_eq!(found, expected.map(|(_, _, to)| *to), "{stage:?} {step:?}");
            }
            assert_eq!(stage.place().map_or(*stage, S::at), *stage, "its place on the course is its own");
        }
        let again = course::Step::Correct.from(S::Applied, true).err().map(|refusal| refusal.code);
        assert_eq!(again, Some("fundraising.corrected-once"));
    }

    #[test]
    fn a_certificate_needs_every_condition_and_a_denial_one_that_is_not_met() {
        let (one, two) = (Some(PersonId(1)), Some(PersonId(2)));
        let met = Finding::met("registry.alive", "C17");
        let listed = Finding::barred("registry.on-no-list", "B39");
        let sound = Checked { condition: Condition::Staff, is_met: true };
        let unsound = Checked { is_met: false, ..sound };
        for (is_granted, known, checked, added, decider, expected) in [
            (true, &met, sound, &[][..], two, ""),
            (true, &met, sound, &[][..], one, "change.same-person"),
            (true, &listed, sound, &[][..], two, "registry.on-no-list"),
            (true, &met, unsound, &[][..], two, "fundraising.condition"),
            (false, &met, sound, &[][..], two, "fundraising.ground-missing"),
            (false, &met, sound, &[Condition::Tax][..], two, ""),
            (false, &met, unsound, &[][..], two, ""),
            (false, &listed, sound, &[][..], two, ""),
        ] {
            let grounds = denial_grounds(std::slice::from_ref(known), &[checked], added);
            let code = decide(is_granted, &grounds, one, decider).err().map_or("", |refusal| refusal.code);
            assert_eq!(code, expected, "{is_granted} {grounds:?}");
        }
        let twice = denial_grounds(&[], &[unsound], &[Condition::Staff]);
        assert_eq!(twice.len(), 1, "a ground is told once");
    }
}
