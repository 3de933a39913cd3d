//! What a supervising unit says of a yearly report before the registrar has it (B24).
//!
//! A foundation reports with its unit's consent (FR36). An association or an institution reports to its unit by 31 March
//! and to the registrar with the unit's preliminary opinion (SAR28, PNR23). Whoever has no unit, by direct registration or
//! decoupling, and whoever the bureau itself supervises, brings neither. Both papers are of one kind.

use super::super::organisation::OrganisationKind;
use super::super::paper::PaperKind;
use super::report::{Answers, Question};
use crate::kernel::{Date, Refusal};

/// The paper in which the unit says so.
pub const PAPER: PaperKind = PaperKind::SupervisingConsent;

/// Whether an organisation has a unit that is heard, and the day on which it reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What the organisation is.
    pub kind: OrganisationKind,
    /// The bureau itself supervises it.
    pub is_bureau: bool,
    /// The register names another body that does.
    pub is_known: bool,
    /// The day of the report.
    pub today: Date,
}

impl Unit {
    /// Whether the unit's paper goes with the report. Every foundation has a unit; of the others the register says so.
    pub fn is_asked(&self) -> bool {
        !self.is_bureau && (self.kind == OrganisationKind::Foundation || self.is_known)
    }

    /// Whether the report goes to the unit first, with a last day of its own: of all but foundations.
    pub fn is_reported_to(&self) -> bool {
        self.is_asked() && self.kind != OrganisationKind::Foundation
    }

    /// What is missing of the unit's word: the paper, and of an opinion its day, which has come.
    pub fn faults(&self, answers: &Answers, papers: &[PaperKind]) -> Vec<Refusal> {
        let mut faults = Vec::new();
        if self.is_asked() && !papers.contains(&PAPER) {
            let code = match self.kind {
                OrganisationKind::Foundation => "inspection.consent-missing",
                _ => "inspection.opinion-missing",
            };
            faults.push(Refusal::new(code, "B24").at("papers"));
        }
        if self.is_reported_to() {
            match answers.day(Question::UnitOpinionOn) {
                None => faults.push(Question::UnitOpinionOn.fault("inspection.answer-missing")),
                Some(day) if day > self.today => {
                    faults.push(Refusal::new("inspection.opinion-ahead", "B24").at("unit_opinion_on"));
                }
                Some(_) => {}
            }
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::super::report::tests::whole;
    use super::*;
    use crate::specimen::day;
    use OrganisationKind::{Foundation, SocialAssociation, SocialServiceInstitution};

    #[test]
    fn who_has_a_unit_brings_its_word() {
        let opinion = ["inspection.opinion-missing@papers", "inspection.answer-missing@unit_opinion_on"];
        let paper = [PAPER];
        for (kind, is_bureau, is_known, papers, on, expected) in [
            (Foundation, false, false, &[][..], "", &["inspection.consent-missing@papers"][..]),
            (Foundation, true, true, &[], "", &[]),
            (Foundation, false, true, &paper, "", &[]),
            (SocialAssociation, false, true, &[], "", &opinion),
            (SocialServiceInstitution, false, true, &[], "", &opinion),
            (SocialAssociation, false, true, &paper, "2026-03-31", &[]),
            (
                SocialAssociation,
                false,
                true,
                &paper,
                "2026-05-02",
                &["inspection.opinion-ahead@unit_opinion_on"],
            ),
            // Directly registered or decoupled, and supervised by the bureau itself.
            (SocialAssociation, false, false, &[], "", &[]),
            (SocialServiceInstitution, true, true, &[], "", &[]),
        ] {
            let unit = Unit { kind, is_bureau, is_known, today: day(2026, 5, 1) };
            let found = unit.faults(&whole(&[(Question::UnitOpinionOn, on)]), papers);
            let told: Vec<String> = found
                .into_iter()
                .map(|one| format!("{}@{}", one.code, one.field.unwrap_or_default()))
                .collect();
            assert_eq!(told, expected, "{kind:?} {is_bureau} {is_known} {on}");
        }
    }
}
