//! Who has a case: its next step is given to one person of the office, and never to one who may not take it (B9).
//!
//! Whoever has a case is who the office expects the step from. It gives no power that the post does not give, and takes
//! none from the others: two still review, a third still decides.

use super::CaseState;
use super::state::{CaseAct, Hands, Lacking, next_act};
use crate::kernel::{PersonId, Refusal, Role};

/// The step that whoever gets the case now will take. A record that waits for its signature is signed by the officer
/// whom it names, so the step after it counts; while the applicant corrects, it is to take the case up again.
pub fn step(state: CaseState, lacking: Lacking) -> CaseAct {
    next_act(state, Lacking { signature: false, ..lacking }).unwrap_or(CaseAct::Accept)
}

/// The post that takes a step.
pub fn post_of(step: CaseAct) -> Role {
    if step == CaseAct::Approve { Role::ApprovalDirector } else { Role::ApprovalOfficer }
}

/// Whether the case may be given to `to`, who holds these posts: they must be able to take its next step.
///
/// # Errors
/// `registration.receiver-post`, or which part in the case keeps them from it.
pub fn may_receive(step: CaseAct, to: PersonId, posts: &[Role], hands: Hands<'_>) -> Result<(), Refusal> {
    let refuse = |code| Err(Refusal::new(code, "B9"));
    if !posts.contains(&post_of(step)) {
        return Err(Refusal::new("registration.receiver-post", "B9").with_code("act", step));
    }
    if to == hands.applicant {
        return refuse("registration.receiver-applies");
    }
    let judges = matches!(step, CaseAct::RecordVisit | CaseAct::Review | CaseAct::Approve);
    if judges && hands.assisted_by == Some(to) {
        return refuse("registration.receiver-assisted");
    }
    if matches!(step, CaseAct::Review | CaseAct::Approve) && hands.reviewers.contains(&to) {
        return refuse("registration.receiver-reviewed");
    }
    if step == CaseAct::Approve && hands.visitors.contains(&to) {
        return refuse("registration.receiver-visited");
    }
    Ok(())
}

/// Whether a reason must be given: not by whoever takes a case that nobody has.
pub fn needs_reason(holder: Option<PersonId>, actor: PersonId, to: PersonId) -> bool {
    holder.is_some() || actor != to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_goes_only_to_who_may_take_its_next_step() {
        let [applicant, window, reviewer, visitor, free] = [1, 2, 3, 4, 5].map(PersonId);
        let (reviewers, visitors) = ([reviewer], [visitor]);
        let hands =
            Hands { applicant, assisted_by: Some(window), reviewers: &reviewers, visitors: &visitors };
        let (officer, director) = ([Role::ApprovalOfficer], [Role::ApprovalDirector]);
        for (step, to, posts, expected) in [
            (CaseAct::Accept, free, &officer[..], None),
            (CaseAct::Accept, window, &officer[..], None),
            (CaseAct::Accept, applicant, &officer[..], Some("registration.receiver-applies")),
            (CaseAct::Accept, free, &director[..], Some("registration.receiver-post")),
            (CaseAct::RecordVisit, window, &officer[..], Some("registration.receiver-assisted")),
            (CaseAct::RecordVisit, reviewer, &officer[..], None),
            (CaseAct::Review, reviewer, &officer[..], Some("registration.receiver-reviewed")),
            (CaseAct::Review, visitor, &officer[..], None),
            (CaseAct::Review, free, &[], Some("registration.receiver-post")),
            (CaseAct::Approve, free, &director[..], None),
            (CaseAct::Approve, free, &officer[..], Some("registration.receiver-post")),
            (CaseAct::Approve, reviewer, &director[..], Some("registration.receiver-reviewed")),
            (CaseAct::Approve, visitor, &director[..], Some("registration.receiver-visited")),
            (CaseAct::Certify, reviewer, &officer[..], None),
        ] {
            let found = may_receive(step, to, posts, hands).err().map(|no| no.code);
            assert_eq!(found, expected, "{step:?} {to:?}");
        }
    }

    #[test]
    fn only_whoever_takes_a_case_that_nobody_has_gives_no_reason() {
        let [one, other] = [1, 2].map(PersonId);
        for (holder, actor, to, expected) in [
            (None, one, one, false),
            (None, one, other, true),
            (Some(other), one, one, true),
            (Some(one), one, other, true),
        ] {
            assert_eq!(needs_reason(holder, actor, to), expected, "{holder:?} {actor:?} {to:?}");
        }
    }

    #[test]
    fn the_step_is_the_one_after_a_signature_and_before_a_correction_ends() {
        let lacking = |visits, signature, reviews| Lacking { charter: false, visits, signature, reviews };
        for (state, lacking, expected) in [
            (CaseState::Submitted, lacking(0, false, 0), CaseAct::Accept),
            (CaseState::CorrectionRequested, lacking(0, false, 0), CaseAct::Accept),
            (CaseState::Accepted, lacking(0, true, 2), CaseAct::Review),
            (CaseState::Accepted, lacking(1, false, 2), CaseAct::RecordVisit),
            (CaseState::UnderReview, lacking(0, false, 0), CaseAct::Approve),
            (CaseState::Accepted, Lacking { charter: true, ..lacking(0, false, 2) }, CaseAct::CheckCharter),
        ] {
            assert_eq!(step(state, lacking), expected, "{state:?}");
        }
    }
}
