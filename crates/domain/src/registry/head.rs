//! Who may lead an organisation: what is declared of the person, and what the register knows (B3, B5, B10).
//!
//! The same is asked of a first head at the registration and of every later one at a change.

use super::OrganisationKind;
use crate::kernel::{Finding, Refusal, half_width};

/// What is declared of a head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// The person leads another association.
    pub leads_other: bool,
    /// The person was ever deprived of political rights, or lacks full capacity.
    pub lost_rights: bool,
}

/// What the register knows of a head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Another association or foundation that the person leads, found by identity number.
    pub leads: Option<String>,
    /// Another one that somebody of the same name leads.
    pub namesake: Option<String>,
}

/// Whether its head may lead no other one: an association's and a foundation's (B5).
pub fn leads_alone(kind: OrganisationKind) -> bool {
    matches!(kind, OrganisationKind::SocialAssociation | OrganisationKind::Foundation)
}

/// An identity number in one form, so that the same person has the same one however it is typed.
///
/// # Errors
/// `registration.identity-form` when it is none.
pub fn identity(typed: &str) -> Result<String, Refusal> {
    let number = half_width(typed).trim().to_uppercase();
    let is_form = number.len() == 18 && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'X');
    if is_form { Ok(number) } else { Err(Refusal::new("registration.identity-form", "B11")) }
}

/// What the declarations come to (B5, B10).
pub fn declared(kind: OrganisationKind, of: Declared) -> Vec<Finding> {
    let leads = Finding::required("registration.leads-other", "B5", !of.leads_other);
    let rights = Finding::required("registration.rights", "B10", !of.lost_rights);
    leads_alone(kind).then_some(leads).into_iter().chain([rights]).collect()
}

/// Whether the chair of a foundation is a serving state employee (B3).
pub fn state_officers(has_some: bool) -> Finding {
    Finding::required("registration.council-officers", "B3", !has_some)
}

/// What the register comes to: surely by identity number, perhaps by name; nothing where one person may lead several.
pub fn of_register(kind: OrganisationKind, known: &Known) -> Option<Finding> {
    if !leads_alone(kind) {
        return None;
    }
    let sure = known.leads.as_deref();
    let sure = sure.map(|name| Finding::barred("registration.representative-leads", "B5").with("name", name));
    let perhaps = known.namesake.as_deref();
    sure.or_else(|| {
        perhaps.map(|name| Finding::warn("registration.representative-name", "B5").with("name", name))
    })
}

/// What an officer reads of a head whose number was looked up and whom the register does not know; nothing where one
/// person may lead several.
pub fn is_free(kind: OrganisationKind, known: &Known) -> Option<Finding> {
    let is_free = leads_alone(kind) && *known == Known::default();
    is_free.then(|| Finding::met("registration.representative-free", "B5"))
}

/// The field at which the form of a change asks what a finding is about.
pub fn field_of(finding: &Finding) -> &'static str {
    match finding.code {
        "registration.leads-other" => "leads_other",
        "registration.rights" => "lost_rights",
        "registration.council-officers" => "state_officer",
        _ => "identity",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;

    #[test]
    fn an_identity_number_has_one_form() {
        for (typed, expected) in [
            ("32010419690305002x", Some("32010419690305002X")),
            (" ３２０１０４１９６９０３０５００２Ｘ ", Some("32010419690305002X")),
            ("320104197001010011", Some("320104197001010011")),
            ("32010419700101001", None),
            ("3201041970010100111", None),
            ("", None),
            ("32010419700101001Y", None),
        ] {
            assert_eq!(identity(typed).ok().as_deref(), expected, "{typed}");
        }
        assert_eq!(
            identity("1").err().map(|no| (no.code, no.rule)),
            Some(("registration.identity-form", "B11"))
        );
    }

    #[test]
    fn a_head_leads_one_association_and_has_every_right() {
        use OrganisationKind::{Foundation, SocialAssociation, SocialServiceInstitution as Institution};
        let (leads, lost) = ("registration.leads-other", "registration.rights");
        for (kind, leads_other, lost_rights, expected) in [
            (SocialAssociation, false, false, vec![]),
            (SocialAssociation, true, true, vec![leads, lost]),
            (Foundation, true, false, vec![leads]),
            // An institution's head may lead others; nobody without rights leads anything.
            (Institution, true, true, vec![lost]),
        ] {
            let found = declared(kind, Declared { leads_other, lost_rights });
            let bars: Vec<&str> = found.iter().filter_map(Finding::refusal).map(|no| no.code).collect();
            assert_eq!(bars, expected, "{kind:?}");
        }
        assert_eq!(state_officers(true).level, Level::Barred);
    }

    #[test]
    fn a_number_is_sure_and_a_name_is_not() {
        use OrganisationKind::{SocialAssociation, SocialServiceInstitution as Institution};
        let name = |text: &str| Some(text.to_owned());
        for (kind, leads, namesake, expected) in [
            (SocialAssociation, None, None, None),
            (SocialAssociation, name("甲"), name("乙"), Some((Level::Barred, "identity"))),
            (SocialAssociation, None, name("乙"), Some((Level::Warn, "identity"))),
            (Institution, name("甲"), name("乙"), None),
        ] {
            let found = of_register(kind, &Known { leads, namesake });
            let found = found.map(|finding| (finding.level, field_of(&finding)));
            assert_eq!(found, expected, "{kind:?}");
        }
        assert!(is_free(SocialAssociation, &Known::default()).is_some());
        assert!(is_free(SocialAssociation, &Known { leads: None, namesake: name("乙") }).is_none());
        assert!(is_free(Institution, &Known::default()).is_none());
    }
}
