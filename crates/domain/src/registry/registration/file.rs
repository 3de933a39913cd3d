//! The file: which papers an application needs, by kind and facts (B11).

use super::application::{Application, Body, Path};
use super::threshold::funds_needed;
use crate::kernel::{Fen, Rules};
use crate::registry::PaperKind;

/// The papers of the simplified file, in the order in which people gather them.
const SIMPLIFIED: [PaperKind; 4] =
    [PaperKind::Application, PaperKind::Charter, PaperKind::Identity, PaperKind::PracticeLicence];

/// Whether the simplified file is enough: an institution that another department has licensed is registered on that
/// licence (B12). Consent, premises and funds were looked into for the licence, and are not proved again.
pub fn is_simplified(application: &Application) -> bool {
    matches!(application.body, Body::Sponsors(_)) && !application.practice_licence.is_empty()
}

/// The papers that the licence stands in for, of those that the full file would ask for (B12); empty for a full file.
pub fn spared(application: &Application, rules: Rules<'_>) -> Vec<PaperKind> {
    if !is_simplified(application) {
        return Vec::new();
    }
    full(application, rules).into_iter().filter(|kind| !SIMPLIFIED.contains(kind)).collect()
}

/// The papers that must be there, in the order in which people gather them.
pub fn papers_needed(application: &Application, rules: Rules<'_>) -> Vec<PaperKind> {
    if is_simplified(application) { SIMPLIFIED.into() } else { full(application, rules) }
}

fn full(application: &Application, rules: Rules<'_>) -> Vec<PaperKind> {
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
        let licence = ("practice_licence", "养老机构设立许可证，秦淮区民政局");
        let licensed = with(&supervised, &[licence]);
        let simplified = [P::Application, P::Charter, P::Identity, P::PracticeLicence];
        assert_eq!(needed(institution, &licensed), simplified);
        let spared = spared(&Application::read(institution, &licensed).unwrap(), rules());
        assert_eq!(spared, [P::PremisesRight, P::SupervisingConsent]);
        let with_licence = with(&association(), &[licence]);
        let needed_too = needed(OrganisationKind::SocialAssociation, &with_licence);
        assert!(needed_too.contains(&P::PracticeLicence) && needed_too.contains(&P::PremisesRight));
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
