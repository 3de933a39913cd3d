//! Of what else than funds and members a profile relieves: staff, premises shared with others, an account of its own.
//!
//! Each is a row of the rule book for each profile (B4, S34, S35), so that a city changes its relief by a row.

use super::application::Application;
use super::threshold::Profile;
use crate::kernel::{Finding, RuleKey, Rules};
use crate::registry::OrganisationKind;

/// The three rows of a profile: staff at least, premises that may be shared, an account of its own.
pub fn rows(profile: Profile) -> [RuleKey; 3] {
    match profile {
        Profile::Statutory => {
            [RuleKey::StatutoryStaffMin, RuleKey::StatutoryPremisesShareable, RuleKey::StatutoryAccountOwn]
        }
        Profile::Community => {
            [RuleKey::CommunityStaffMin, RuleKey::CommunityPremisesShareable, RuleKey::CommunityAccountOwn]
        }
        Profile::ZeroThreshold => [
            RuleKey::ZeroThresholdStaffMin,
            RuleKey::ZeroThresholdPremisesShareable,
            RuleKey::ZeroThresholdAccountOwn,
        ],
    }
}

/// Full-time staff against the row of the profile.
pub fn staff(application: &Application, profile: Profile, rules: Rules<'_>) -> Finding {
    let [least, ..] = rows(profile);
    let needed = rules.number(least);
    let rule = match profile {
        Profile::Statutory if application.kind == OrganisationKind::SocialServiceInstitution => "B2",
        Profile::Statutory => "B1",
        Profile::Community => "S34",
        Profile::ZeroThreshold => "S35",
    };
    Finding::required("registration.staff", rule, application.staff >= needed)
        .with("staff", application.staff)
        .with("needed", needed)
}

/// The same address as another organisation, named by `with`: fit where the profile lets premises be shared, else
/// something for the officer to look into. The law asks for fixed premises and forbids no sharing, so it bars nothing.
pub fn premises_shared(
    profile: Profile,
    kind: OrganisationKind,
    with: &str,
    others: i64,
    rules: Rules<'_>,
) -> Finding {
    let [_, shareable, _] = rows(profile);
    let rule = match profile {
        Profile::Statutory if kind == OrganisationKind::SocialServiceInstitution => "B2",
        Profile::Statutory => "B1",
        Profile::Community => "B4",
        Profile::ZeroThreshold => "S35",
    };
    let finding = if rules.number(shareable) > 0 {
        Finding::met("registration.premises-shared", rule)
    } else {
        Finding::warn("registration.premises-shared", rule)
    };
    finding.with("name", with).with("others", others)
}

/// Whether an account of its own is filed after the certificate; none is asked for before a registration.
pub fn needs_account(profile: Profile, rules: Rules<'_>) -> bool {
    let [.., own] = rows(profile);
    rules.number(own) > 0
}

/// What the profile asks of an account, said beforehand.
pub(super) fn account(profile: Profile, rules: Rules<'_>) -> Finding {
    if needs_account(profile, rules) {
        let rule = if profile == Profile::ZeroThreshold { "S35" } else { "B16" };
        Finding::met("registration.account-own", rule)
    } else {
        Finding::met("registration.account-kept", "S34")
    }
}

#[cfg(test)]
mod tests {
    use super::super::application::tests::{association, home_care, with};
    use super::*;
    use crate::kernel::Level;
    use crate::specimen::rules;
    use OrganisationKind::{SocialAssociation, SocialServiceInstitution};

    #[test]
    fn staff_follows_from_the_row_of_the_profile() {
        let of = |kind, answers, staff: &str| {
            Application::read(kind, &with(&answers, &[("staff", staff)])).unwrap()
        };
        for (kind, profile, number, level, rule) in [
            (SocialAssociation, Profile::Statutory, "0", Level::Barred, "B1"),
            (SocialAssociation, Profile::Statutory, "1", Level::Met, "B1"),
            (SocialServiceInstitution, Profile::Statutory, "0", Level::Barred, "B2"),
            (SocialAssociation, Profile::Community, "0", Level::Met, "S34"),
            (SocialServiceInstitution, Profile::ZeroThreshold, "0", Level::Met, "S35"),
        ] {
            let answers = if kind == SocialAssociation { association() } else { home_care() };
            let found = staff(&of(kind, answers, number), profile, rules());
            assert_eq!((found.level, found.rule), (level, rule), "{kind:?} {profile:?} {number}");
        }
    }

    #[test]
    fn premises_may_be_shared_where_the_row_says_so() {
        for (profile, kind, level, rule) in [
            (Profile::Statutory, SocialAssociation, Level::Warn, "B1"),
            (Profile::Statutory, SocialServiceInstitution, Level::Warn, "B2"),
            (Profile::Community, SocialAssociation, Level::Met, "B4"),
            (Profile::ZeroThreshold, SocialServiceInstitution, Level::Met, "S35"),
        ] {
            let found = premises_shared(profile, kind, "示例协会", 1, rules());
            assert_eq!((found.level, found.rule), (level, rule), "{profile:?} {kind:?}");
        }
    }

    #[test]
    fn an_account_of_its_own_is_filed_where_the_row_says_so() {
        for (profile, expected) in
            [(Profile::Statutory, true), (Profile::Community, false), (Profile::ZeroThreshold, true)]
        {
            assert_eq!(needs_account(profile, rules()), expected, "{profile:?}");
            let code = account(profile, rules()).code;
            assert_eq!(code == "registration.account-own", expected, "{profile:?}");
        }
    }
}
