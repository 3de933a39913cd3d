//! The steps of an application for public fundraising: taken up, one correction, an opinion, a decision by
//! another person, and how a certificate ends (B39, B9, C14).

use super::Condition;
use crate::coded;
use crate::kernel::{Finding, Level, PersonId, Refusal};

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

impl FundraisingStage {
    /// Whether it waits for somebody.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Applied | Self::Returned | Self::Accepted | Self::Reviewed)
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
    /// The application does not stand there, or was corrected once already (B9).
    pub fn from(self, stage: FundraisingStage, is_corrected: bool) -> Result<FundraisingStage, Refusal> {
        use FundraisingStage as S;
        match (self, stage) {
            (Self::Correct, S::Applied) if is_corrected => {
                Err(Refusal::new("fundraising.corrected-once", "B9"))
            }
            (Self::Correct, S::Applied) => Ok(S::Returned),
            (Self::Resubmit, S::Returned) => Ok(S::Applied),
            (Self::Withdraw, stage) if stage.is_open() => Ok(S::Withdrawn),
            (Self::Accept, S::Applied) | (Self::SendBack, S::Reviewed) => Ok(S::Accepted),
            (Self::Review, S::Accepted) => Ok(S::Reviewed),
            (Self::Grant, S::Reviewed) => Ok(S::Granted),
            (Self::Deny, S::Reviewed) => Ok(S::Denied),
            (Self::Revoke, S::Granted) => Ok(S::Revoked),
            _ => Err(Refusal::new("fundraising.wrong-stage", "B39").with_code("stage", stage)),
        }
    }
}

/// How the officer found a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Which.
    pub condition: Condition,
    /// Whether it is met.
    pub is_met: bool,
}

/// Everything on which a certificate is refused now: what the register says against it, what the officer found
/// not met, and what the director adds; each once (CL22).
pub fn denial_grounds(known: &[Finding], checked: &[Checked], added: &[Condition]) -> Vec<Finding> {
    let mut found: Vec<Finding> = known.iter().filter(|one| one.level == Level::Barred).cloned().collect();
    let mut unmet: Vec<Condition> =
        checked.iter().filter(|one| !one.is_met).map(|one| one.condition).collect();
    unmet.extend(added.iter().copied());
    unmet.sort_unstable();
    unmet.dedup();
    let ground = |one: Condition| Finding::barred("fundraising.condition", "B39").with_code("condition", one);
    found.extend(unmet.into_iter().map(ground));
    found
}

/// Whether the decision holds against its grounds: a certificate only when there is none, a denial only on one,
/// and another person than the one whose opinion it follows (CL22, C14).
///
/// # Errors
/// Decided by the reviewer; granted against a ground; denied without one.
pub fn decide(
    is_granted: bool,
    grounds: &[Finding],
    reviewer: Option<PersonId>,
    decider: Option<PersonId>,
) -> Result<(), Refusal> {
    crate::registry::change::other_person(reviewer, decider)?;
    match grounds.iter().find_map(Finding::refusal) {
        Some(refusal) if is_granted => Err(refusal),
        None if !is_granted => Err(Refusal::new("fundraising.ground-missing", "B39").at("ground")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Coded;

    #[test]
    fn an_application_goes_from_step_to_step_and_no_other_way() {
        use FundraisingStage as S;
        use Step as T;
        let steps = [
            T::Resubmit,
            T::Withdraw,
            T::Accept,
            T::Correct,
            T::Review,
            T::SendBack,
            T::Grant,
            T::Deny,
            T::Revoke,
        ];
        let allowed = [
            (S::Applied, T::Accept, S::Accepted),
            (S::Applied, T::Correct, S::Returned),
            (S::Applied, T::Withdraw, S::Withdrawn),
            (S::Returned, T::Resubmit, S::Applied),
            (S::Returned, T::Withdraw, S::Withdrawn),
            (S::Accepted, T::Review, S::Reviewed),
            (S::Accepted, T::Withdraw, S::Withdrawn),
            (S::Reviewed, T::SendBack, S::Accepted),
            (S::Reviewed, T::Grant, S::Granted),
            (S::Reviewed, T::Deny, S::Denied),
            (S::Reviewed, T::Withdraw, S::Withdrawn),
            (S::Granted, T::Revoke, S::Revoked),
        ];
        for stage in S::ALL {
            for step in steps {
                let expected = allowed.iter().find(|(at, by, _)| at == stage && *by == step);
                let found = step.from(*stage, false).ok();
                assert_eq!(found, expected.map(|(_, _, to)| *to), "{stage:?} {step:?}");
            }
        }
        let again = T::Correct.from(S::Applied, true).err().map(|refusal| refusal.code);
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
