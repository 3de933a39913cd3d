//! The grounds of a no: a listed few, in writing, with reasons (B6, B10, B18).

use crate::coded;
use crate::kernel::Refusal;

coded! {
    /// Why a registration is denied; no other reason is one (B10).
    pub enum DenialGround as "denial_ground" {
        /// Aim or scope against the law.
        UnlawfulAim = "unlawful_aim",
        /// Same or similar scope in the same area, and not necessary.
        NotNecessary = "not_necessary",
        /// An initiator or head lost political rights or lacks full capacity.
        RightsOrCapacity = "rights_or_capacity",
        /// Fraud in the application.
        Fraud = "fraud",
        /// Another bar set by law, which the reasons name.
        OtherLaw = "other_law",
    }
}

coded! {
    /// Why an application is not taken up: it is no matter for this window (B6).
    pub enum NonAcceptanceGround as "non_acceptance_ground" {
        /// A people's body that takes part in the consultative conference.
        PeoplesBody = "peoples_body",
        /// A body exempted by the State Council.
        ExemptBody = "exempt_body",
        /// A group inside one unit.
        InsideOneUnit = "inside_one_unit",
        /// Another authority registers it.
        OtherAuthority = "other_authority",
    }
}

coded! {
    /// What a correction notice may name (B9, B11).
    pub enum Defect as "defect" {
        /// The proof of premises.
        Premises = "premises",
        /// The draft charter.
        Charter = "charter",
        /// The proof of identity.
        Identity = "identity",
        /// The list of members or council.
        Members = "members",
        /// The consent of the supervising unit.
        Consent = "consent",
        /// The proof of funds.
        Funds = "funds",
        /// The name.
        Name = "name",
        /// Aim and scope.
        Scope = "scope",
        /// The application form.
        Application = "application",
        /// Something else, which the words say.
        Other = "other",
    }
}

/// Characters of reasons at least: fewer reason nothing.
const REASONS_MIN: usize = 10;

/// Whether the reasons of a no are reasons (B10).
///
/// # Errors
/// `registration.reasons-missing` at the field `reasons`.
pub fn check_reasons(reasons: &str) -> Result<(), Refusal> {
    if reasons.trim().chars().count() >= REASONS_MIN {
        return Ok(());
    }
    Err(Refusal::new("registration.reasons-missing", "B10").at("reasons").with("least", REASONS_MIN))
}

/// Similarity alone denies nothing: the ground needs an opinion on record that the organisation is not
/// necessary, and the opinion names those there are (B18).
///
/// # Errors
/// `registration.similarity-alone` without such an opinion.
pub fn check_ground(ground: DenialGround, necessity: Option<bool>) -> Result<(), Refusal> {
    if ground == DenialGround::NotNecessary && necessity != Some(false) {
        return Err(Refusal::new("registration.similarity-alone", "B18").at("ground"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_no_has_a_listed_ground_and_reasons() {
        assert_eq!(check_reasons("  材料不符  ").unwrap_err().code, "registration.reasons-missing");
        assert!(check_reasons("章程所载业务范围违反法律规定。").is_ok());
        for (ground, necessity, expected) in [
            (DenialGround::NotNecessary, None, Some("registration.similarity-alone")),
            (DenialGround::NotNecessary, Some(true), Some("registration.similarity-alone")),
            (DenialGround::NotNecessary, Some(false), None),
            (DenialGround::Fraud, None, None),
        ] {
            assert_eq!(check_ground(ground, necessity).err().map(|no| no.code), expected, "{ground:?}");
        }
    }
}
