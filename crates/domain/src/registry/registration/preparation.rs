//! Until the certificate is there, nothing but preparation is allowed (B15).

use super::CaseState;
use crate::kernel::Finding;

/// Whether an applicant of a case in this state still prepares: it is under way and nothing is registered (B15).
pub fn is_preparing(state: CaseState) -> bool {
    !state.is_final() && state != CaseState::CertificateIssued
}

/// What whoever is taken up is told: until the certificate nothing but preparation (B15).
pub fn told() -> Finding {
    Finding::met("registration.only-preparation", "B15")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preparation_ends_with_the_certificate_or_with_the_application() {
        use CaseState::{
            Accepted, Announced, Approved, CertificateIssued, CorrectionRequested, Denied, Draft,
            NotAccepted, Submitted, UnderReview, Withdrawn,
        };
        for state in [Draft, Submitted, CorrectionRequested, Accepted, UnderReview, Approved] {
            assert!(is_preparing(state), "{state:?}");
        }
        for state in [CertificateIssued, Announced, Denied, NotAccepted, Withdrawn] {
            assert!(!is_preparing(state), "{state:?}");
        }
    }
}
