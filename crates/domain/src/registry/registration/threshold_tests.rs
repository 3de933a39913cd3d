//! Decision tables of the thresholds: G1, G2 and G3 with every refusal that they list.

use super::super::application::Answers;
use super::super::application::tests::{answers, association, home_care, with};
use super::*;
use crate::specimen::rules;

/// The codes of what bars, in order; empty when nothing does.
fn barred(kind: OrganisationKind, answers: &Answers) -> Vec<&'static str> {
    let application = Application::read(kind, answers).unwrap();
    let findings = findings(&application, rules());
    findings.iter().filter(|one| one.level == Level::Barred).map(|one| one.code).collect()
}

fn check(kind: OrganisationKind, of: &Answers, changes: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(barred(kind, &with(of, changes)), expected, "{changes:?}");
}

const ASSOCIATION: OrganisationKind = OrganisationKind::SocialAssociation;
const INSTITUTION: OrganisationKind = OrganisationKind::SocialServiceInstitution;

#[test]
fn the_profile_follows_from_the_facts() {
    for (kind, basis, expected) in [
        (ASSOCIATION, Basis::Ordinary, Profile::Statutory),
        (ASSOCIATION, Basis::Community, Profile::Community),
        (ASSOCIATION, Basis::Programme, Profile::Community),
        (ASSOCIATION, Basis::HomeCare, Profile::ZeroThreshold),
        (INSTITUTION, Basis::HomeCare, Profile::ZeroThreshold),
        (OrganisationKind::Foundation, Basis::HomeCare, Profile::Statutory),
        (OrganisationKind::Foundation, Basis::Programme, Profile::Statutory),
    ] {
        assert_eq!(profile(kind, basis), expected, "{kind:?} {basis:?}");
    }
}

#[test]
fn a_home_care_centre_needs_no_funds_but_a_year_of_premises() {
    let of = home_care();
    check(INSTITUTION, &of, &[], &[]);
    check(INSTITUTION, &of, &[("staff", "0")], &[]);
    check(INSTITUTION, &of, &[("premises_until", "2026-10-31")], &["registration.premises"]);
    check(INSTITUTION, &of, &[("premises_until", "2027-02-27")], &["registration.premises"]);
    check(INSTITUTION, &of, &[("premises_until", "")], &[]);
    check(INSTITUTION, &of, &[("has_branches", "yes")], &["registration.branches"]);
    check(INSTITUTION, &of, &[("lost_rights", "yes")], &["registration.rights"]);
    let application = Application::read(INSTITUTION, &of).unwrap();
    assert_eq!(may_ask_for_funds(&application, rules()).unwrap_err().code, "registration.capital-not-asked");
}

#[test]
fn what_a_paper_proves_badly_does_not_stop_the_sending() {
    let short = with(&home_care(), &[("premises_until", "2026-10-31"), ("has_branches", "yes")]);
    let application = Application::read(INSTITUTION, &short).unwrap();
    let all = findings(&application, rules());
    let stops: Vec<&str> = all.iter().filter(|one| stops_submission(one)).map(|one| one.code).collect();
    assert_eq!(stops, ["registration.branches"]);
}

#[test]
fn an_association_counts_its_members_by_profile() {
    let of = association();
    for (individual, units, basis, holds) in [
        ("30", "23", "ordinary", true),
        ("30", "19", "ordinary", false),
        ("50", "0", "ordinary", true),
        ("0", "30", "ordinary", true),
        ("20", "29", "ordinary", false),
        ("20", "0", "community", true),
        ("19", "0", "community", false),
        ("0", "10", "programme", true),
        ("10", "9", "programme", false),
        ("11", "9", "home_care", true),
    ] {
        let changes = [("individual_members", individual), ("unit_members", units), ("basis", basis)];
        let expected: &[&str] = if holds { &[] } else { &["registration.members"] };
        check(ASSOCIATION, &of, &changes, expected);
    }
    check(ASSOCIATION, &of, &[("capital", "29999.99")], &["registration.capital"]);
    check(ASSOCIATION, &of, &[("capital", "0"), ("basis", "programme")], &[]);
    check(ASSOCIATION, &of, &[("leads_other", "yes")], &["registration.leads-other"]);
    check(ASSOCIATION, &of, &[("staff", "0")], &["registration.staff"]);
    check(ASSOCIATION, &of, &[("has_branches", "yes")], &["registration.branches"]);
}

#[test]
fn a_chamber_is_of_units_from_elsewhere() {
    let of = with(
        &association(),
        &[
            ("individual_members", "0"),
            ("unit_members", "30"),
            ("origin", "温州市"),
            ("origin_level", "prefecture"),
            ("initiators", "5"),
        ],
    );
    check(ASSOCIATION, &of, &[], &[]);
    check(ASSOCIATION, &of, &[("unit_members", "29")], &["registration.chamber-members"]);
    check(ASSOCIATION, &of, &[("unit_members", "20"), ("sole_traders", "30")], &[]);
    check(
        ASSOCIATION,
        &of,
        &[("unit_members", "20"), ("sole_traders", "29")],
        &["registration.chamber-members"],
    );
    check(
        ASSOCIATION,
        &of,
        &[("individual_members", "60"), ("unit_members", "0")],
        &["registration.chamber-units-only", "registration.chamber-members"],
    );
    check(ASSOCIATION, &of, &[("initiators", "4")], &["registration.chamber-initiators"]);
    check(ASSOCIATION, &of, &[("outside_members", "1")], &["registration.chamber-outside"]);
    check(ASSOCIATION, &of, &[("origin", "浙江省"), ("origin_level", "province")], &[]);
    check(ASSOCIATION, &of, &[("origin_level", "county")], &["registration.chamber-level"]);
    check(ASSOCIATION, &of, &[("has_branches", "yes")], &["registration.branches"]);
}

#[test]
fn the_direct_path_is_open_to_four_classes() {
    for (kind, path, fields, holds) in [
        (ASSOCIATION, "trade", "trade_and_industry", true),
        (ASSOCIATION, "trade", "elderly_care", false),
        (INSTITUTION, "trade", "trade_and_industry", false),
        (INSTITUTION, "science", "research", true),
        (INSTITUTION, "science", "training", false),
        (INSTITUTION, "charity", "charity", true),
        (INSTITUTION, "charity", "trade_and_industry", false),
        (INSTITUTION, "community_service", "elderly_care", true),
        (INSTITUTION, "community_service", "legal_and_psychological_aid", false),
        (INSTITUTION, "supervised", "legal_and_psychological_aid", true),
    ] {
        let of = if kind == ASSOCIATION { association() } else { home_care() };
        let expected: &[&str] = if holds { &[] } else { &["registration.direct-class"] };
        check(kind, &of, &[("path", path), ("fields", fields)], expected);
    }
}

#[test]
fn an_institution_is_mostly_not_the_states_and_has_the_form_of_its_sponsors() {
    let of = with(&home_care(), &[("basis", "ordinary")]);
    for (capital, state, holds) in
        [("100000", "33333.33", true), ("100000", "33333.34", false), ("0", "0", true), ("100", "200", false)]
    {
        let expected: &[&str] = if holds { &[] } else { &["registration.non-state-assets"] };
        check(INSTITUTION, &of, &[("capital", capital), ("state_assets", state)], expected);
    }
    for (form, people, units, holds) in [
        ("individual", "1", "0", true),
        ("individual", "2", "0", false),
        ("partnership", "2", "0", true),
        ("partnership", "2", "1", false),
        ("legal_person", "0", "1", true),
        ("legal_person", "1", "0", false),
    ] {
        let expected: &[&str] = if holds { &[] } else { &["registration.legal-form"] };
        let changes = [("legal_form", form), ("sponsor_people", people), ("sponsor_units", units)];
        check(INSTITUTION, &of, &changes, expected);
    }
}

#[test]
fn a_foundation_has_its_fund_and_its_council() {
    let own = answers(&[
        ("council", "9"),
        ("council_relatives", "0"),
        ("council_paid", "3"),
        ("is_public", "no"),
        ("state_officers", "no"),
        ("capital", "2000000"),
        ("path", "charity"),
        ("fields", "charity"),
    ]);
    let mut of = home_care();
    of.0.extend(own.0);
    let kind = OrganisationKind::Foundation;
    // The footing of home care is not asked of it, and what stands in the field has no effect.
    assert_eq!(Application::read(kind, &of).unwrap().basis, Basis::Ordinary);
    check(kind, &of, &[], &[]);
    check(kind, &of, &[("capital", "1999999.99")], &["registration.capital"]);
    check(kind, &of, &[("is_public", "yes")], &["registration.capital"]);
    check(kind, &of, &[("is_public", "yes"), ("capital", "4000000")], &[]);
    check(kind, &of, &[("council", "4"), ("council_paid", "1")], &["registration.council"]);
    check(kind, &of, &[("council", "26")], &["registration.council"]);
    check(kind, &of, &[("council_relatives", "3")], &[]);
    check(kind, &of, &[("council_relatives", "4")], &["registration.council-relatives"]);
    check(
        kind,
        &of,
        &[("council_relatives", "1"), ("is_public", "yes"), ("capital", "4000000")],
        &["registration.council-relatives"],
    );
    check(kind, &of, &[("council_paid", "4")], &["registration.council-paid"]);
    check(kind, &of, &[("state_officers", "yes")], &["registration.council-officers"]);
    check(kind, &of, &[("leads_other", "yes")], &["registration.leads-other"]);
}

#[test]
fn a_city_registers_foundations_by_delegation_alone() {
    let before = crate::specimen::book().on(crate::specimen::day(2026, 1, 31));
    let level = |kind, rules| delegation(kind, rules).map(|finding| (finding.level, finding.rule));
    assert_eq!(level(OrganisationKind::Foundation, before), Some((Level::Barred, "B3")));
    assert_eq!(level(OrganisationKind::Foundation, rules()), Some((Level::Met, "B3")));
    assert_eq!(level(ASSOCIATION, before), None);
    assert_eq!(level(INSTITUTION, before), None);
}
