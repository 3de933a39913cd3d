//! Invented organisations, any number of them, always the same for the same seed.
//!
//! For the demo, for measurements and for tests. Each name says 示例, and each credit code is right by its
//! check character but has a subject code that no authority gives out.

use domain::kernel::{Coded, CreditCode, Date, parse_date};
use domain::registry::{
    BusinessField, CreditListing, InspectionResult, Legal, OrganisationKind, OrganisationStatus,
};

use super::form::OrganisationForm;
use super::specimen_names::{FAMILY, GIVEN, PERSONAL, ending, theme};
use crate::divisions::{self, Street};

/// A sequence of numbers that look drawn but follow from the seed (SplitMix64).
pub(super) struct Sequence(u64);

impl Sequence {
    /// The sequence of one thing among many of a seed, whatever was drawn for the others.
    pub(super) fn of(seed: u64, number: u64) -> Self {
        let mut start = Self(seed.rotate_left(32) ^ number);
        start.below(1);
        Self(start.0.wrapping_mul(0xd1b5_4a32_d192_ed03))
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let limit = u64::try_from(limit.max(1)).unwrap_or(1);
        usize::try_from(mixed % limit).unwrap_or(0)
    }

    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// True so many times in a hundred.
    pub(super) fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }
}

/// `count` organisations of this seed. Other seeds give other codes, so two sets can be loaded together as
/// long as their seeds are below 31.
pub fn invented(count: usize, seed: u64) -> Vec<OrganisationForm> {
    let streets: Vec<&Street> = divisions::streets().filter(|street| street.is_street).collect();
    let mut sequence = Sequence(seed);
    (0..count).filter_map(|number| one(number, seed, &streets, &mut sequence)).collect()
}

fn one(number: usize, seed: u64, streets: &[&Street], sequence: &mut Sequence) -> Option<OrganisationForm> {
    let street = streets.get(number % streets.len().max(1))?;
    let kind = match sequence.below(100) {
        0..30 => OrganisationKind::SocialAssociation,
        30..88 => OrganisationKind::SocialServiceInstitution,
        88..90 => OrganisationKind::Foundation,
        90..97 => OrganisationKind::Enterprise,
        _ => OrganisationKind::PublicInstitution,
    };
    let is_filed =
        kind.is_social_organisation() && kind != OrganisationKind::Foundation && sequence.percent(35);
    let legal = if is_filed { Legal::Filed } else { Legal::Registered };
    let field = *sequence.pick(BusinessField::ALL)?;
    let mut fields = vec![field];
    fields.extend(
        sequence
            .pick(BusinessField::ALL)
            .filter(|other| **other != field)
            .filter(|_| number.is_multiple_of(3)),
    );
    let given = sequence.pick(GIVEN)?;
    let second = if sequence.percent(40) { sequence.pick(GIVEN)? } else { "" };
    let place = street.name.strip_suffix("街道").or(street.name.strip_suffix('镇')).unwrap_or(&street.name);
    let ending = ending(kind, sequence.below(12));
    let name =
        format!("南京市{}{place}{given}{second}{}{ending}（示例）", street.district_name, theme(field));
    let person = format!("{}{}（示例）", sequence.pick(FAMILY)?, sequence.pick(PERSONAL)?);
    let words: Vec<&str> = fields.iter().map(|field| field.code()).collect();
    let (status, inspection, listing) = standing(kind, legal, sequence);
    let mut form = OrganisationForm {
        code: String::new(),
        name,
        kind: kind.code().to_owned(),
        legal: legal.code().to_owned(),
        status: status.code().to_owned(),
        supervised: if kind.is_social_organisation() && sequence.percent(20) { "yes" } else { "no" }
            .to_owned(),
        division: street.code.clone(),
        fields: words.join(","),
        domicile: format!("南京市{}示例路{}号", street.full_name(), sequence.below(300) + 1),
        registered_on: registered_on(sequence)?.to_string(),
        inspection: inspection.code().to_owned(),
        listing: listing.code().to_owned(),
        banned_until: String::new(),
        person_in_charge: person,
        controller: String::new(),
        contact: format!("025-0000{:04}", sequence.below(10_000)),
        is_demo: true,
    };
    // Four digits for a street's serial; past them a filed organisation has a credit code of its own.
    let serial = number / streets.len().max(1);
    form.code = if is_filed && serial < 10_000 && seed == 0 {
        format!("BA{}{serial:04}", street.code)
    } else {
        // The division of its day, so that an organisation of 2012 keeps the code of a district that is no more (B45).
        let registered_on = parse_date(&form.registered_on).ok()?;
        credit_code(number, seed, kind, divisions::district_on(street, registered_on))?
    };
    Some(form)
}

fn standing(
    kind: OrganisationKind,
    legal: Legal,
    sequence: &mut Sequence,
) -> (OrganisationStatus, InspectionResult, CreditListing) {
    let status = match sequence.below(100) {
        0..94 => OrganisationStatus::Active,
        94..95 => OrganisationStatus::Suspended,
        95..99 => OrganisationStatus::Cancelled,
        _ => OrganisationStatus::Revoked,
    };
    let inspection = match sequence.below(100) {
        _ if legal == Legal::Filed || !kind.is_social_organisation() => InspectionResult::NotDue,
        0..82 => InspectionResult::Pass,
        82..90 => InspectionResult::BasicPass,
        90..92 => InspectionResult::Fail,
        92..97 => InspectionResult::Absent,
        _ => InspectionResult::NotDue,
    };
    let listing = match sequence.below(100) {
        0..96 => CreditListing::None,
        96..99 => CreditListing::Abnormal,
        _ => CreditListing::Serious,
    };
    (status, inspection, listing)
}

/// A day between 1990 and 2013, before the round of 2014.
fn registered_on(sequence: &mut Sequence) -> Option<Date> {
    let year = i16::try_from(1990 + sequence.below(24)).ok()?;
    let month = i8::try_from(1 + sequence.below(12)).ok()?;
    let day = i8::try_from(1 + sequence.below(28)).ok()?;
    Date::new(year, month, day).ok()
}

/// A right code whose subject code starts with XX, the seed's character and five digits of base 31.
fn credit_code(number: usize, seed: u64, kind: OrganisationKind, district: &str) -> Option<String> {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let letter = |value: usize| ALPHABET.get(value % ALPHABET.len()).map(|byte| char::from(*byte));
    let mut rest = number;
    let mut subject = String::from("XX");
    subject.push(letter(usize::try_from(seed % 31).unwrap_or(0))?);
    for _ in 0..5 {
        subject.push(letter(rest)?);
        rest /= ALPHABET.len();
    }
    let (registrar, mark) = match kind {
        OrganisationKind::SocialAssociation => ('5', '1'),
        OrganisationKind::SocialServiceInstitution => ('5', '2'),
        OrganisationKind::Foundation => ('5', '3'),
        OrganisationKind::Enterprise => ('9', '1'),
        OrganisationKind::PublicInstitution => ('1', '2'),
    };
    CreditCode::derive(registrar, mark, district, &subject).map(|code| code.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn invented_organisations_are_sound_distinct_and_marked() {
        let forms = invented(3_000, 0);
        assert_eq!(forms.len(), 3_000);
        let today: Date = "2014-01-06".parse().unwrap();
        let facts: Vec<_> = forms.iter().map(|form| form.read(today).unwrap()).collect();
        assert_eq!(facts.iter().map(|one| &one.code).collect::<BTreeSet<_>>().len(), 3_000);
        assert!(facts.iter().all(|one| one.name.contains("示例") && one.name.chars().count() <= 60));
        assert_eq!(facts.iter().map(|one| one.street.code.as_str()).collect::<BTreeSet<_>>().len(), 101);
        assert_eq!(
            facts.iter().map(|one| one.kind).collect::<BTreeSet<_>>().len(),
            OrganisationKind::ALL.len()
        );
        assert_eq!(forms, invented(3_000, 0));
    }

    #[test]
    fn a_code_names_the_district_of_its_day() {
        let divisions_before = |on: &str| -> BTreeSet<String> {
            let forms = invented(3_000, 0);
            let of_day = forms.iter().filter(|form| form.registered_on.as_str() < on);
            let codes = of_day.filter_map(|form| CreditCode::parse(&form.code).ok());
            codes.map(|code| code.division().to_owned()).collect()
        };
        let old = divisions_before("2013-03-28");
        for former in ["320103", "320107", "320124", "320125"] {
            assert!(old.contains(former), "{former}");
        }
        assert!(!old.contains("320117") && !old.contains("320118"));
        let all = divisions_before("2014-01-01");
        assert!(all.contains("320117") && all.contains("320118"));
    }

    #[test]
    fn two_seeds_never_share_a_code() {
        let codes = |seed| invented(500, seed).into_iter().map(|form| form.code).collect::<BTreeSet<_>>();
        assert!(codes(0).is_disjoint(&codes(7)));
    }
}
