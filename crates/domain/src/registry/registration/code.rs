//! The credit code of a new certificate: registrar, kind, division, a subject code from a serial, both checks
//! (B40, B41).

use crate::kernel::CreditCode;
use crate::registry::OrganisationKind;

/// Civil affairs (B40).
const REGISTRAR: char = '5';
/// What subject codes of civil affairs begin with.
const SERIES: &str = "MJ";
/// The last serial that six digits hold.
const SERIAL_MAX: i64 = 999_999;

/// The code of the `serial`-th certificate of `division`, which has six digits; `None` for a kind that civil
/// affairs does not register, or a serial beyond six digits.
pub fn credit_code(kind: OrganisationKind, division: &str, serial: i64) -> Option<CreditCode> {
    let kind = match kind {
        OrganisationKind::SocialAssociation => '1',
        OrganisationKind::SocialServiceInstitution => '2',
        OrganisationKind::Foundation => '3',
        OrganisationKind::Enterprise | OrganisationKind::PublicInstitution => return None,
    };
    let serial = Some(serial).filter(|serial| (0..=SERIAL_MAX).contains(serial))?;
    CreditCode::derive(REGISTRAR, kind, division, &format!("{SERIES}{serial:06}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_new_code_is_right_in_every_part() {
        for (kind, start) in [
            (OrganisationKind::SocialAssociation, "51320100MJ000007"),
            (OrganisationKind::SocialServiceInstitution, "52320100MJ000007"),
            (OrganisationKind::Foundation, "53320100MJ000007"),
        ] {
            let code = credit_code(kind, "320100", 7).unwrap();
            assert!(code.as_str().starts_with(start), "{code}");
            assert_eq!(CreditCode::parse(code.as_str()), Ok(code.clone()));
            assert_eq!(code.subject_code_warning(), None);
            assert_eq!(OrganisationKind::of_code(&code), Some(kind));
        }
    }

    #[test]
    fn codes_never_meet_and_some_are_not_given() {
        let kind = OrganisationKind::SocialAssociation;
        let made: BTreeSet<String> =
            (0..2_000).map(|serial| credit_code(kind, "320100", serial).unwrap().to_string()).collect();
        assert_eq!(made.len(), 2_000);
        assert_eq!(credit_code(kind, "320100", 1_000_000), None);
        assert_eq!(credit_code(kind, "32010", 1), None);
        assert_eq!(credit_code(OrganisationKind::Enterprise, "320100", 1), None);
    }
}
