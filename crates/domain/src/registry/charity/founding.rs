//! Founders who apply as a charity: since when the law knows it, how long the decision may take, and what the
//! officers must say of the conditions that no table knows (B46, B12, CL9-11).

use crate::kernel::{Date, Finding, Level, RuleKey, Rules};
use crate::registry::registration::Application;

/// The limit of the decision on a registration: shorter for whoever applies as a charity (B12, CL10).
pub fn decision_limit(is_charity: bool) -> RuleKey {
    if is_charity { RuleKey::CharityRegistrationDays } else { RuleKey::RegistrationDecisionDays }
}

/// Whether the law knows charities on the day of these rules.
pub fn law(rules: Rules<'_>) -> Finding {
    let began: Date = rules.began(RuleKey::CharityRegistrationDays);
    Finding::required("registry.charity-law", "B46", began <= rules.date()).with("from", began)
}

/// What is checked of founders who apply as a charity, besides the conditions of every registration. Purpose and
/// charter are for the officers to judge, who must give their reasons (CL9, CL11, RULES 0).
pub fn findings(application: &Application, rules: Rules<'_>) -> Vec<Finding> {
    if !application.is_charity {
        return Vec::new();
    }
    let law = law(rules);
    if law.level == Level::Barred {
        return vec![law];
    }
    vec![
        law,
        Finding::warn("charity.founding-purpose", "B46"),
        Finding::warn("charity.founding-charter", "B46"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Coded;
    use crate::registry::OrganisationKind;
    use crate::registry::registration::application::tests::{home_care, with};
    use crate::specimen::{book, day};

    #[test]
    fn founders_are_asked_as_a_charity_from_the_day_of_the_law_on() {
        let plain = home_care();
        let charity = with(&plain, &[("is_charity", "yes"), ("charity_purpose", "扶老助困（示例）")]);
        let read = |answers| Application::read(OrganisationKind::SocialServiceInstitution, answers).unwrap();
        for (application, on, expected) in [
            (read(&plain), day(2014, 3, 3), ""),
            (read(&plain), day(2026, 3, 3), ""),
            (read(&charity), day(2016, 8, 31), "barred registry.charity-law"),
            (
                read(&charity),
                day(2016, 9, 1),
                "met registry.charity-law, warn charity.founding-purpose, warn charity.founding-charter",
            ),
        ] {
            let found = findings(&application, book().on(on));
            let told: Vec<String> =
                found.iter().map(|one| format!("{} {}", one.level.code(), one.code)).collect();
            assert_eq!(told.join(", "), expected, "{on}");
        }
        assert_eq!(decision_limit(true), RuleKey::CharityRegistrationDays);
        assert_eq!(decision_limit(false), RuleKey::RegistrationDecisionDays);
    }
}
