//! Entering the register by hand or by sheet: who may, what stays as acts decided it, and what a registration, a
//! filing or a change case alone alters (S10-S12, T3, B9, B20, B21).
//!
//! Registration, inspection and rating are decided by the approval office alone (S10). The purchase lead, who
//! also leads the social organisation bureau's policy, enters enterprises and public institutions only.

use super::organisation::{CreditListing, InspectionResult, Legal, OrganisationKind, OrganisationStatus};
use crate::kernel::{CreditCode, Date, Refusal, Role};

/// What the register shows of an organisation's standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Whether the registration is alive.
    pub status: OrganisationStatus,
    /// The last inspection.
    pub inspection: InspectionResult,
    /// The credit list.
    pub listing: CreditListing,
}

/// Which parts of it an act decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// A status change is on file.
    pub status: bool,
    /// An inspection was decided or missed.
    pub inspection: bool,
    /// A listing was decided.
    pub listing: bool,
}

/// Where the register has an organisation's items from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From an older register: entered by hand or by sheet, and corrected so.
    TakenOver,
    /// A street filed it here (B20).
    Filing,
    /// A certificate was issued here, or a change case was approved (B9, B21).
    Window,
}

impl Origin {
    /// From what is on file: registered items, which a certificate and an approved change write, and a filing.
    pub fn of(has_registered_items: bool, has_filing: bool) -> Self {
        match (has_registered_items, has_filing) {
            (true, _) => Self::Window,
            (false, true) => Self::Filing,
            (false, false) => Self::TakenOver,
        }
    }
}

/// What an entry says of an organisation that a case may own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Items {
    /// Registered or filed.
    pub legal: Legal,
    /// What it is.
    pub kind: OrganisationKind,
    /// Credit code or filing number.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its address.
    pub domicile: String,
    /// Legal representative or person in charge.
    pub person_in_charge: String,
    /// Whether the bureau is its supervising unit.
    pub is_supervised: bool,
    /// Day of registration or filing.
    pub registered_on: Date,
}

/// Refuses an entry outside the role's powers (S10-S12).
///
/// # Errors
/// A social organisation by the purchase lead, anything else by the approval office.
pub fn may_enter(role: Role, kind: OrganisationKind) -> Result<(), Refusal> {
    let may = match role {
        Role::PurchaseLead => !kind.is_social_organisation(),
        Role::ApprovalOfficer => kind.is_social_organisation(),
        _ => true,
    };
    if may {
        return Ok(());
    }
    Err(Refusal::new("registry.not-yours-to-enter", "S10").at("kind").with_code("kind", kind))
}

/// Since when this system itself registers and files: the day of the first application that was handed in at its
/// window, and of the first filing of its streets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Begun {
    /// The window; `None` before the first application.
    pub window: Option<Date>,
    /// The streets; `None` before the first filing.
    pub streets: Option<Date>,
}

/// A new entry, as far as it may belong to a case.
#[derive(Clone, Copy, Debug)]
pub struct NewEntry<'a> {
    /// What it is.
    pub kind: OrganisationKind,
    /// Registered or filed.
    pub legal: Legal,
    /// Credit code or filing number.
    pub code: &'a str,
    /// Nine digits of the street in which it sits.
    pub street: &'a str,
    /// Day of registration or filing.
    pub registered_on: Date,
}

/// Refuses to enter a social organisation as registered here, or as filed here, on a day on which only a case of
/// the window (B9) or a street's filing (B20) does that. What older registers hold, and what other registrars
/// register, is entered.
pub fn needs_case(entry: NewEntry<'_>, begun: Begun) -> Option<Refusal> {
    if !entry.kind.is_social_organisation() {
        return None;
    }
    let (since, code, rule) = match entry.legal {
        Legal::Registered if is_own_code(entry) => (begun.window, "registry.needs-case", "B9"),
        Legal::Registered => return None,
        Legal::Filed => (begun.streets, "registry.needs-filing", "B20"),
    };
    let since = since.filter(|since| entry.registered_on >= *since)?;
    Some(Refusal::new(code, rule).at("registered_on").with("day", entry.registered_on).with("since", since))
}

/// Whether a credit code was given by the city of the street: civil affairs, and the city's division (B40).
fn is_own_code(entry: NewEntry<'_>) -> bool {
    let Ok(code) = CreditCode::parse(entry.code) else { return false };
    let city = entry.street.get(..4).unwrap_or_default();
    code.is_civil_affairs() && code.division().strip_suffix("00").is_some_and(|head| head == city)
}

/// Refuses to overwrite what acts decided for a social organisation, field by field (S10).
pub fn overwritten(kind: OrganisationKind, decided: Decided, old: Shown, new: Shown) -> Vec<Refusal> {
    if !kind.is_social_organisation() {
        return Vec::new();
    }
    let fault = |field: &str| Refusal::new("registry.decided-by-act", "S10").at(field);
    let mut faults = Vec::new();
    if decided.status && old.status != new.status {
        faults.push(fault("status").with_code("held", old.status));
    }
    if decided.inspection && old.inspection != new.inspection {
        faults.push(fault("inspection").with_code("held", old.inspection));
    }
    if decided.listing && old.listing != new.listing {
        faults.push(fault("listing").with_code("held", old.listing));
    }
    faults
}

/// Refuses to make a filed body registered by hand, or a registered one filed: filing gives no legal
/// personality, and only a certificate does (T3).
pub fn legal_altered(old: Legal, new: Legal) -> Option<Refusal> {
    let code = match (old, new) {
        (Legal::Filed, Legal::Registered) => "registry.filed-stays-filed",
        (Legal::Registered, Legal::Filed) => "registry.registered-stays-registered",
        (Legal::Filed, Legal::Filed) | (Legal::Registered, Legal::Registered) => return None,
    };
    Some(Refusal::new(code, "T3").at("legal"))
}

/// What the edit page shows as text, because [`altered`] refuses every other value of it.
pub fn fixed(origin: Origin) -> &'static [&'static str] {
    match origin {
        Origin::TakenOver => &["code", "kind", "legal"],
        Origin::Filing => &["code", "name", "kind", "legal", "registered_on", "domicile", "person_in_charge"],
        Origin::Window => {
            &["code", "name", "kind", "legal", "registered_on", "domicile", "person_in_charge", "supervised"]
        }
    }
}

/// Refuses to alter by hand what only a case alters, item by item: for every organisation whether it is registered
/// (T3), its kind and its code (B16, B40); for one that this system registered, changed or filed also its name,
/// domicile, person in charge, supervising unit and day (B9, B20, B21).
pub fn altered(origin: Origin, old: &Items, new: &Items) -> Vec<Refusal> {
    let mut faults: Vec<Refusal> = legal_altered(old.legal, new.legal).into_iter().collect();
    let fixed = |rule, field: &str| Refusal::new("registry.fixed-for-good", rule).at(field);
    if old.kind != new.kind {
        faults.push(fixed("B16", "kind").with_code("held", old.kind));
    }
    if old.code != new.code {
        faults.push(fixed("B40", "code").with("held", old.code.as_str()));
    }
    let (code, unit, day, rule) = match origin {
        Origin::TakenOver => return faults,
        Origin::Filing => ("registry.filed-by-street", "registry.filed-by-street", "B20", "B20"),
        Origin::Window => ("registry.changed-by-case", "registry.unit-by-case", "B9", "B21"),
    };
    for (field, held, typed) in [
        ("name", &old.name, &new.name),
        ("domicile", &old.domicile, &new.domicile),
        ("person_in_charge", &old.person_in_charge, &new.person_in_charge),
    ] {
        if held.trim() != typed.trim() {
            faults.push(Refusal::new(code, rule).at(field).with("held", shown_text(held)));
        }
    }
    if origin == Origin::Window && old.is_supervised != new.is_supervised {
        faults.push(Refusal::new(unit, rule).at("supervised"));
    }
    if old.registered_on != new.registered_on {
        faults.push(fixed(day, "registered_on").with("held", old.registered_on));
    }
    faults
}

/// What a sentence shows of a text that may be empty.
fn shown_text(text: &str) -> &str {
    if text.trim().is_empty() { "—" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held() -> Items {
        Items {
            legal: Legal::Registered,
            kind: OrganisationKind::SocialServiceInstitution,
            code: "523201040000000011".into(),
            name: "旧名".into(),
            domicile: "旧址".into(),
            person_in_charge: "王示例".into(),
            is_supervised: false,
            registered_on: "2014-03-03".parse().unwrap(),
        }
    }

    #[test]
    fn what_a_case_owns_is_not_altered_by_hand() {
        use Origin::{Filing, TakenOver, Window};
        type Alter = fn(&mut Items);
        /// Field, how it is altered, and what is said of it by where the organisation came from.
        type Row<'a> = (&'a str, Alter, [Option<(&'a str, &'a str)>; 3]);
        let cases: [Row<'_>; 8] = [
            (
                "legal",
                |new| new.legal = Legal::Filed,
                [Some(("registry.registered-stays-registered", "T3")); 3],
            ),
            (
                "kind",
                |new| new.kind = OrganisationKind::Foundation,
                [Some(("registry.fixed-for-good", "B16")); 3],
            ),
            ("code", |new| new.code.push('X'), [Some(("registry.fixed-for-good", "B40")); 3]),
            (
                "name",
                |new| new.name = "新名".into(),
                [None, Some(("registry.filed-by-street", "B20")), Some(("registry.changed-by-case", "B21"))],
            ),
            (
                "domicile",
                |new| new.domicile.clear(),
                [None, Some(("registry.filed-by-street", "B20")), Some(("registry.changed-by-case", "B21"))],
            ),
            (
                "person_in_charge",
                |new| new.person_in_charge = "李示例".into(),
                [None, Some(("registry.filed-by-street", "B20")), Some(("registry.changed-by-case", "B21"))],
            ),
            (
                "supervised",
                |new| new.is_supervised = true,
                [None, None, Some(("registry.unit-by-case", "B21"))],
            ),
            (
                "registered_on",
                |new| new.registered_on = "2013-03-03".parse().unwrap(),
                [None, Some(("registry.fixed-for-good", "B20")), Some(("registry.fixed-for-good", "B9"))],
            ),
        ];
        for (field, alter, expected) in cases {
            let mut new = held();
            alter(&mut new);
            for (origin, expected) in [TakenOver, Filing, Window].into_iter().zip(expected) {
                let told = altered(origin, &held(), &new);
                let told: Vec<(&str, &str, Option<&str>)> =
                    told.iter().map(|one| (one.code, one.rule, one.field.as_deref())).collect();
                let expected: Vec<_> =
                    expected.into_iter().map(|(code, rule)| (code, rule, Some(field))).collect();
                assert_eq!(told, expected, "{origin:?} {field}");
                assert!(altered(origin, &held(), &held()).is_empty());
                assert_eq!(fixed(origin).contains(&field), !told.is_empty(), "{origin:?} {field}");
            }
        }
    }

    #[test]
    fn a_filed_body_is_never_made_registered_by_hand() {
        let filed = Items { legal: Legal::Filed, code: "BA3201040020001".into(), ..held() };
        for origin in [Origin::TakenOver, Origin::Filing, Origin::Window] {
            let told: Vec<&str> = altered(origin, &filed, &Items { name: filed.name.clone(), ..held() })
                .iter()
                .map(|one| one.code)
                .collect();
            assert_eq!(told, ["registry.filed-stays-filed", "registry.fixed-for-good"], "{origin:?}");
        }
    }

    #[test]
    fn what_a_case_would_have_made_is_not_entered_by_hand() {
        use Legal::{Filed, Registered};
        let code = |division: &str| {
            CreditCode::derive('5', '2', division, "XX900001").map(|code| code.to_string()).unwrap()
        };
        let (own, district, province) = (code("320100"), code("320104"), code("320000"));
        let day = |text: &str| text.parse::<Date>().unwrap();
        let begun = Begun { window: Some(day("2014-03-10")), streets: Some(day("2014-04-01")) };
        let kind = OrganisationKind::SocialServiceInstitution;
        for (kind, legal, code, on, begun, expected) in [
            (kind, Registered, own.as_str(), "2014-03-09", begun, None),
            (kind, Registered, own.as_str(), "2014-03-10", begun, Some("registry.needs-case")),
            (kind, Registered, own.as_str(), "2015-01-05", Begun::default(), None),
            (kind, Registered, district.as_str(), "2015-01-05", begun, None),
            (kind, Registered, province.as_str(), "2015-01-05", begun, None),
            (OrganisationKind::Enterprise, Registered, own.as_str(), "2015-01-05", begun, None),
            (kind, Filed, "BA3201040020001", "2014-03-31", begun, None),
            (kind, Filed, "BA3201040020001", "2014-04-01", begun, Some("registry.needs-filing")),
        ] {
            let entry = NewEntry { kind, legal, code, street: "320104002", registered_on: day(on) };
            let told = needs_case(entry, begun).map(|refusal| refusal.code);
            assert_eq!(told, expected, "{entry:?}");
        }
    }

    #[test]
    fn the_origin_follows_from_what_is_on_file() {
        for (items, filing, expected) in [
            (false, false, Origin::TakenOver),
            (false, true, Origin::Filing),
            (true, false, Origin::Window),
            (true, true, Origin::Window),
        ] {
            assert_eq!(Origin::of(items, filing), expected);
        }
    }

    #[test]
    fn each_office_enters_its_own() {
        let social = OrganisationKind::Foundation;
        let other = OrganisationKind::Enterprise;
        for (role, kind, expected) in [
            (Role::PurchaseLead, social, Err("registry.not-yours-to-enter")),
            (Role::PurchaseLead, other, Ok(())),
            (Role::ApprovalOfficer, social, Ok(())),
            (Role::ApprovalOfficer, other, Err("registry.not-yours-to-enter")),
            (Role::Administrator, social, Ok(())),
            (Role::Administrator, other, Ok(())),
        ] {
            assert_eq!(may_enter(role, kind).map_err(|refusal| refusal.code), expected, "{role:?} {kind:?}");
        }
    }

    #[test]
    fn what_an_act_decided_is_not_written_over() {
        let old = Shown {
            status: OrganisationStatus::Active,
            inspection: InspectionResult::Pass,
            listing: CreditListing::Abnormal,
        };
        let new = Shown {
            status: OrganisationStatus::Revoked,
            inspection: InspectionResult::Fail,
            listing: CreditListing::None,
        };
        let fields = |kind, decided| -> Vec<String> {
            overwritten(kind, decided, old, new).into_iter().filter_map(|fault| fault.field).collect()
        };
        let all = Decided { status: true, inspection: true, listing: true };
        assert_eq!(fields(OrganisationKind::Foundation, all), ["status", "inspection", "listing"]);
        let listing = Decided { listing: true, ..Decided::default() };
        assert_eq!(fields(OrganisationKind::Foundation, listing), ["listing"]);
        assert!(fields(OrganisationKind::Foundation, Decided::default()).is_empty());
        assert!(fields(OrganisationKind::Enterprise, all).is_empty());
        assert!(overwritten(OrganisationKind::Foundation, all, old, old).is_empty());
    }
}
