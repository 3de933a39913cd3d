//! Who may take a case from where to where, and what comes next.

use super::*;
use crate::kernel::Coded;
use crate::specimen::rules;

#[test]
fn a_case_goes_from_state_to_state_and_no_other_way() {
    use CaseAct as A;
    use CaseState as S;
    let allowed = [
        (A::Submit, S::Draft, S::Submitted),
        (A::RequestCorrection, S::Submitted, S::CorrectionRequested),
        (A::Resubmit, S::CorrectionRequested, S::Submitted),
        (A::Accept, S::Submitted, S::Accepted),
        (A::Deem, S::Submitted, S::Accepted),
        (A::RefuseAcceptance, S::Submitted, S::NotAccepted),
        (A::Consult, S::Accepted, S::Accepted),
        (A::Consult, S::UnderReview, S::UnderReview),
        (A::RecordReply, S::Accepted, S::Accepted),
        (A::RecordReply, S::UnderReview, S::UnderReview),
        (A::WeighNecessity, S::Accepted, S::Accepted),
        (A::WeighNecessity, S::UnderReview, S::UnderReview),
        (A::ExtendJoint, S::Accepted, S::Accepted),
        (A::ExtendJoint, S::UnderReview, S::UnderReview),
        (A::RecordVisit, S::Accepted, S::Accepted),
        (A::RecordVisit, S::UnderReview, S::UnderReview),
        (A::CheckCharter, S::Submitted, S::Submitted),
        (A::CheckCharter, S::Accepted, S::Accepted),
        (A::CheckCharter, S::UnderReview, S::UnderReview),
        (A::SignVisit, S::Accepted, S::Accepted),
        (A::SignVisit, S::UnderReview, S::UnderReview),
        (A::Explain, S::Accepted, S::Accepted),
        (A::Explain, S::UnderReview, S::UnderReview),
        (A::Review, S::Accepted, S::UnderReview),
        (A::Review, S::UnderReview, S::UnderReview),
        (A::Approve, S::UnderReview, S::Approved),
        (A::Deny, S::UnderReview, S::Denied),
        (A::Certify, S::Approved, S::CertificateIssued),
        (A::Announce, S::CertificateIssued, S::Announced),
        (A::Assign, S::Submitted, S::Submitted),
        (A::Assign, S::CorrectionRequested, S::CorrectionRequested),
        (A::Assign, S::Accepted, S::Accepted),
        (A::Assign, S::UnderReview, S::UnderReview),
        (A::Assign, S::Approved, S::Approved),
        (A::Assign, S::CertificateIssued, S::CertificateIssued),
        (A::Withdraw, S::Draft, S::Withdrawn),
        (A::Withdraw, S::Submitted, S::Withdrawn),
        (A::Withdraw, S::CorrectionRequested, S::Withdrawn),
        (A::Withdraw, S::Accepted, S::Withdrawn),
        (A::Withdraw, S::UnderReview, S::Withdrawn),
    ];
    for act in A::ALL {
        for state in S::ALL {
            let expected = allowed.iter().find(|(one, from, _)| (one, from) == (act, state));
            let found = act.from(*state, false);
            assert_eq!(found.as_ref().ok(), expected.map(|(_, _, to)| to), "{act:?} in {state:?}");
        }
    }
    let code = A::RequestCorrection.from(S::Submitted, true).unwrap_err().code;
    assert_eq!(code, "registration.corrected-before");
}

#[test]
fn each_state_has_its_next_act() {
    use {CaseAct as A, CaseState as S};
    let lacking = |visits, signature, reviews| Lacking { visits, signature, charter: false, reviews };
    let unchecked = |visits, reviews| Lacking { visits, signature: false, charter: true, reviews };
    let nothing = lacking(0, false, 0);
    for (state, lacking, expected) in [
        (S::Draft, nothing, None),
        (S::Submitted, nothing, Some(A::Accept)),
        (S::CorrectionRequested, nothing, None),
        (S::Accepted, lacking(1, false, 2), Some(A::RecordVisit)),
        (S::Accepted, lacking(1, true, 2), Some(A::SignVisit)),
        (S::Accepted, lacking(0, false, 2), Some(A::Review)),
        (S::Submitted, unchecked(0, 2), Some(A::Accept)),
        (S::Accepted, unchecked(1, 2), Some(A::RecordVisit)),
        (S::Accepted, unchecked(0, 2), Some(A::CheckCharter)),
        (S::UnderReview, unchecked(0, 0), Some(A::CheckCharter)),
        (S::UnderReview, lacking(1, false, 0), Some(A::RecordVisit)),
        (S::UnderReview, lacking(0, true, 0), Some(A::SignVisit)),
        (S::UnderReview, lacking(0, false, 1), Some(A::Review)),
        (S::UnderReview, nothing, Some(A::Approve)),
        (S::Approved, nothing, Some(A::Certify)),
        (S::CertificateIssued, nothing, Some(A::Announce)),
        (S::Announced, nothing, None),
        (S::Denied, nothing, None),
    ] {
        assert_eq!(next_act(state, lacking), expected, "{state:?} {lacking:?}");
    }
}

#[test]
fn only_the_approval_office_handles_and_the_policy_bureau_never() {
    for act in CaseAct::ALL {
        assert!(!act.doers().contains(&Role::OrganisationBureau), "{act:?}");
        let own = [Role::Applicant, Role::ApprovalOfficer, Role::ApprovalDirector, Role::System];
        assert!(act.doers().iter().all(|role| own.contains(role)), "{act:?}");
    }
    assert_eq!(CaseAct::Approve.doers(), [Role::ApprovalDirector]);
}

#[test]
fn two_review_and_a_third_decides() {
    let [applicant, window, first, second, third, visitor] = [1, 2, 3, 4, 5, 6].map(PersonId);
    let visitors = &[first, visitor];
    let hands = |reviewers| Hands { applicant, assisted_by: Some(window), reviewers, visitors };
    assert_eq!(hands(&[]).may_visit(window).unwrap_err().code, "registration.assisted-case");
    assert_eq!(hands(&[]).may_visit(applicant).unwrap_err().code, "registration.own-case");
    assert_eq!(hands(&[]).may_visit(third), Ok(()));
    let (one, two) = ([first], [first, second]);
    for (person, reviewers, expected) in [
        (first, &[][..], None),
        (first, &one[..], Some("registration.reviewed-before")),
        (window, &[][..], Some("registration.assisted-case")),
        (applicant, &[][..], Some("registration.own-case")),
    ] {
        let found = hands(reviewers).may_review(person).err().map(|no| no.code);
        assert_eq!(found, expected, "{person:?} after {reviewers:?}");
    }
    for (person, reviewers, expected) in [
        (third, &two[..], None),
        (third, &one[..], Some("registration.too-few-reviews")),
        (second, &two[..], Some("registration.decides-own-review")),
        (visitor, &two[..], Some("registration.decides-own-visit")),
        (window, &two[..], Some("registration.assisted-case")),
        (applicant, &two[..], Some("registration.own-case")),
    ] {
        let found = hands(reviewers).may_decide(person, rules()).err().map(|no| no.code);
        assert_eq!(found, expected, "{person:?} after {reviewers:?}");
    }
}
