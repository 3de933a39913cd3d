//! The application: specimens that other tests change, and every fault at its field.

use super::*;
use crate::kernel::Coded;

/// A home-care centre with nothing wrong.
pub fn home_care() -> Answers {
    answers(&[
        ("name", "南京市秦淮区夕照居家养老服务中心"),
        ("division", "320104002"),
        ("domicile", "夕照里1号"),
        ("premises_from", "2026-03-01"),
        ("premises_until", "2027-02-28"),
        ("basis", "home_care"),
        ("path", "community_service"),
        ("unit", "南京市民政局"),
        ("aim", "服务老人"),
        ("scope", "居家养老服务"),
        ("fields", "elderly_care"),
        ("legal_form", "legal_person"),
        ("sponsor_people", "3"),
        ("sponsor_units", "0"),
        ("capital", "0"),
        ("representative", "示例甲"),
        ("identity", "320104197001010011"),
        ("telephone", "025-83630000"),
        ("staff", "1"),
        ("leads_other", "no"),
        ("has_branches", "no"),
        ("lost_rights", "no"),
    ])
}

/// A trade association with 53 members, 23 of them firms.
pub fn association() -> Answers {
    with(
        &home_care(),
        &[
            ("name", "南京市家庭服务业协会"),
            ("basis", "ordinary"),
            ("path", "trade"),
            ("fields", "trade_and_industry"),
            ("individual_members", "30"),
            ("unit_members", "23"),
            ("capital", "30000"),
        ],
    )
}

pub fn answers(pairs: &[(&str, &str)]) -> Answers {
    Answers(pairs.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect())
}

pub fn with(of: &Answers, pairs: &[(&str, &str)]) -> Answers {
    let mut changed = of.clone();
    changed.0.extend(answers(pairs).0);
    changed
}

#[test]
fn every_fault_is_told_at_its_field() {
    let kind = OrganisationKind::SocialServiceInstitution;
    for (field, text, expected) in [
        ("name", "", "registration.answer-missing"),
        ("name", "长长长长长", ""),
        ("division", "320104", "registration.street-unknown"),
        ("premises_until", "2026-02-30", "kernel.date-impossible"),
        ("premises_until", "", ""),
        ("basis", "free", "registration.answer-missing"),
        ("path", "politics", "registration.direct-class-unknown"),
        ("fields", "nothing", "registration.answer-missing"),
        ("sponsor_people", "三", "registration.count-form"),
        ("sponsor_people", "-1", "registration.count-form"),
        ("capital", "", "registration.answer-missing"),
        ("identity", "123", "registration.identity-form"),
        ("lost_rights", "", "registration.answer-missing"),
        // An area is an association's to tell; a person's name need not be told of at all.
        ("area", "江苏省", ""),
        ("personal_name", "no", ""),
    ] {
        let faults = Application::read(kind, &with(&home_care(), &[(field, text)])).err().unwrap_or_default();
        let found: Vec<(&str, &str)> =
            faults.iter().map(|fault| (fault.code, fault.field.as_deref().unwrap_or_default())).collect();
        let expected = if expected.is_empty() { Vec::new() } else { vec![(expected, field)] };
        assert_eq!(found, expected, "{field}={text}");
    }
}

#[test]
fn an_empty_application_names_every_question_of_its_kind() {
    for kind in [
        OrganisationKind::SocialAssociation,
        OrganisationKind::SocialServiceInstitution,
        OrganisationKind::Foundation,
    ] {
        let empty = Answers::default();
        let asked = Step::ALL.iter().filter(|step| step.is_asked_of(kind));
        assert!(asked.clone().all(|step| !empty.is_done(*step, kind)));
        let count: usize = asked.map(|step| empty.faults_at(*step, kind).len()).sum();
        assert_eq!(Application::read(kind, &empty).err().map(|faults| faults.len()), Some(count));
    }
}

#[test]
fn an_association_tells_its_area_and_whoever_has_a_persons_name_tells_whose() {
    let kind = OrganisationKind::SocialAssociation;
    let read = |pairs: &[(&str, &str)]| Application::read(kind, &with(&association(), pairs));
    assert_eq!(read(&[("area", "南京市秦淮区")]).unwrap().area, "南京市秦淮区");
    assert_eq!(read(&[]).unwrap().area, "", "older drafts were not asked");
    assert_eq!(read(&[]).unwrap().personal_name, None);
    let of = ("personal_name_of", "行知（示例）");
    let named = read(&[("personal_name", "yes"), of, ("personal_name_ground", "merit")]);
    assert_eq!(named.unwrap().personal_name.map(|one| one.of), Some("行知（示例）".to_owned()));
    let faults = read(&[("personal_name", "yes"), of]).err().unwrap_or_default();
    assert_eq!(faults[0].field.as_deref(), Some("personal_name_ground"));
    let institution = OrganisationKind::SocialServiceInstitution;
    let read = Application::read(institution, &with(&home_care(), &[("area", "南京市")])).unwrap();
    assert_eq!(read.area, "", "an institution registers none");
}
