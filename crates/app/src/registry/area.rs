//! The area in which an association works, as it is registered; of one that was never asked, what its name says (B16).

use std::sync::LazyLock;

use domain::registry::area::Areas;
use domain::registry::{Legal, OrganisationKind};

use crate::divisions;

/// The division of the registrar.
pub const REGISTRAR: &str = "南京市";

static DISTRICTS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| divisions::districts().into_iter().map(|(_, name)| name).collect());

/// What may be an area: the registrar's own division, or one of its districts.
pub fn areas() -> Areas<'static> {
    Areas { registrar: REGISTRAR, districts: &DISTRICTS }
}

/// The area that a name says: the district that it names, or that took the place of the former one that it names
/// (B45), else the registrar's own.
pub fn of_name(name: &str) -> String {
    if let Some(former) = divisions::former_named(name) {
        return format!("{REGISTRAR}{}", divisions::district_name(divisions::today_of(&former.code)));
    }
    let rest = name.strip_prefix(REGISTRAR).unwrap_or(name);
    let named = |district: &&&'static str| {
        rest.starts_with(**district)
            || district.strip_suffix('区').is_some_and(|short| rest.starts_with(short))
    };
    DISTRICTS.iter().find(named).map_or_else(|| REGISTRAR.to_owned(), |one| format!("{REGISTRAR}{one}"))
}

/// The area that an application tells, else what its name says.
pub fn told(told: &str, name: &str) -> String {
    if told.is_empty() { of_name(name) } else { told.to_owned() }
}

/// The area of an organisation; only a registered association has one. `held` is what is registered.
pub fn of(kind: OrganisationKind, legal: Legal, name: &str, held: Option<&str>) -> Option<String> {
    let has_one = kind == OrganisationKind::SocialAssociation && legal == Legal::Registered;
    has_one.then(|| told(held.unwrap_or_default(), name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_the_area_until_one_is_registered() {
        for (name, expected) in [
            ("南京市秦淮区示例协会", "南京市秦淮区"),
            ("南京市秦淮示例协会", "南京市秦淮区"),
            ("南京市白下区示例协会", "南京市秦淮区"),
            ("南京市溧水县示例协会", "南京市溧水区"),
            ("南京市示例协会", "南京市"),
            ("示例协会", "南京市"),
        ] {
            assert_eq!(of_name(name), expected, "{name}");
            assert!(areas().all().contains(&of_name(name)), "{name}");
        }
        use OrganisationKind::{Foundation, SocialAssociation as Association};
        let name = "南京市秦淮区示例协会";
        for (kind, legal, held, expected) in [
            (Association, Legal::Registered, None, Some("南京市秦淮区")),
            (Association, Legal::Registered, Some("南京市"), Some("南京市")),
            (Association, Legal::Filed, None, None),
            (Foundation, Legal::Registered, None, None),
        ] {
            assert_eq!(of(kind, legal, name, held).as_deref(), expected, "{kind:?} {legal:?}");
        }
    }
}
