//! The file: which papers an application needs, by kind and facts (B11).

use super::application::{Application, Body, Path};
use super::threshold::funds_needed;
use crate::kernel::{Fen, Rules};
use crate::registry::PaperKind;

/// The papers that must be there, in the order in which people gather them.
pub fn papers_needed(application: &Application, rules: Rules<'_>) -> Vec<PaperKind> {
    let mut needed =
        vec![PaperKind::Application, PaperKind::Charter, PaperKind::PremisesRight, PaperKind::Identity];
    if application.path == Path::Supervised {
        needed.push(PaperKind::SupervisingConsent);
    }
    if !application.practice_licence.is_empty() {
        needed.push(PaperKind::PracticeLicence);
    }
    // Where no funds may be asked for, no proof of them may be asked for either (S35).
    if funds_needed(application, rules).0 > Fen(0) {
        needed.push(PaperKind::CapitalVerification);
    }
    if !matches!(application.body, Body::Sponsors(_)) {
        needed.push(PaperKind::MemberList);
    }
    needed
}

/// Those of the needed papers that `held` lacks.
pub fn missing(needed: &[PaperKind], held: &[PaperKind]) -> Vec<PaperKind> {
    needed.iter().copied().filter(|kind| !held.contains(kind)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::application::Answers;
    use super::super::application::tests::{association, home_care, with};
    use super::*;
    use crate::registry::OrganisationKind;
    use crate::specimen::rules;

    #[test]
    fn papers_follow_from_the_facts() {
        use PaperKind as P;
        let needed =
            |kind, answers: &Answers| papers_needed(&Application::read(kind, answers).unwrap(), rules());
        let institution = OrganisationKind::SocialServiceInstitution;
        assert_eq!(
            needed(institution, &home_care()),
            [P::Application, P::Charter, P::PremisesRight, P::Identity]
        );
        let supervised = with(&home_care(), &[("path", "supervised")]);
        assert!(needed(institution, &supervised).contains(&P::SupervisingConsent));
        let licensed = with(&home_care(), &[("practice_licence", "食品经营许可证，市场监督管理局")]);
        assert!(needed(institution, &licensed).contains(&P::PracticeLicence));
        let kind = OrganisationKind::SocialAssociation;
        assert_eq!(
            needed(kind, &association()),
            [
                P::Application,
                P::Charter,
                P::PremisesRight,
                P::Identity,
                P::CapitalVerification,
                P::MemberList
            ]
        );
        let community = with(&association(), &[("basis", "community")]);
        assert!(!needed(kind, &community).contains(&P::CapitalVerification));
        assert_eq!(missing(&[P::Charter, P::Identity], &[P::Identity]), [P::Charter]);
    }
}
