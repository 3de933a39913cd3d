//! Thresholds: what an application must reach, under the profile that its facts choose (B1-B5, B17-B19).
//!
//! Three profiles: as the statute says, like a community organisation (B4, S34), and zero threshold (S35).
//! Each condition is reported, met or not, with its rule, so that the applicant, the officer and the
//! published decision all see the same list.

use super::application::{
    Application, Basis, Body, Council, DirectClass, LegalForm, Members, OriginLevel, Path, Sponsors,
};
use super::relief;
use crate::coded;
use crate::kernel::{Fen, Finding, Level, Refusal, RuleKey, Rules};
use crate::registry::head::{self, Declared};
use crate::registry::{BusinessField, OrganisationKind};

coded! {
    /// The thresholds that apply.
    pub enum Profile as "threshold_profile" {
        /// As the statute says (B1-B3).
        Statutory = "statutory",
        /// Like a community organisation: programme organisations and community organisations (B4, S34).
        Community = "community",
        /// Home care: no minimum of funds (S35).
        ZeroThreshold = "zero_threshold",
    }
}

/// The profile that the facts choose. Foundations have the statutory one alone, whatever they do.
pub fn profile(kind: OrganisationKind, basis: Basis) -> Profile {
    match (kind, basis) {
        (OrganisationKind::Foundation, _) | (_, Basis::Ordinary) => Profile::Statutory,
        (_, Basis::HomeCare) => Profile::ZeroThreshold,
        (_, Basis::Community | Basis::Programme) => Profile::Community,
    }
}

/// The funds that may be asked for, with the rule that sets them.
pub fn funds_needed(application: &Application, rules: Rules<'_>) -> (Fen, &'static str) {
    match (profile(application.kind, application.basis), &application.body) {
        (Profile::ZeroThreshold, _) => (rules.money(RuleKey::ZeroThresholdFundsMin), "S35"),
        (Profile::Community, _) => (rules.money(RuleKey::CommunityFundsMin), "S34"),
        (Profile::Statutory, Body::Members(_)) => (rules.money(RuleKey::AssociationFundsMin), "B1"),
        (Profile::Statutory, Body::Council(council)) if council.is_public => {
            (rules.money(RuleKey::FoundationPublicFundMin), "B3")
        }
        (Profile::Statutory, Body::Council(_)) => (rules.money(RuleKey::FoundationFundMin), "B3"),
        // No national minimum for institutions: the floor is the industry's (B2).
        (Profile::Statutory, Body::Sponsors(_)) => (Fen(0), "B2"),
    }
}

/// Refuses to ask for funds where none may be asked (S35).
///
/// # Errors
/// `registration.capital-not-asked` under a profile without a minimum.
pub fn may_ask_for_funds(application: &Application, rules: Rules<'_>) -> Result<(), Refusal> {
    let (needed, rule) = funds_needed(application, rules);
    if needed > Fen(0) {
        return Ok(());
    }
    Err(Refusal::new("registration.capital-not-asked", "S35").with("rule", rule).at("defect"))
}

/// Every condition of the application itself, in the order in which a page shows them.
pub fn findings(application: &Application, rules: Rules<'_>) -> Vec<Finding> {
    let profile = profile(application.kind, application.basis);
    let mut all = vec![
        Finding::met("registration.profile", rule_of(profile)).with_code("profile", profile),
        path_finding(application),
    ];
    // The programme's own list is kept elsewhere, so an officer looks (S34).
    if application.basis == Basis::Programme && profile == Profile::Community {
        all.push(Finding::warn("registration.enrolment", "S34"));
    }
    match &application.body {
        Body::Members(members) => all.extend(members_findings(members, profile, rules)),
        Body::Sponsors(sponsors) => all.extend(sponsors_findings(application, *sponsors, rules)),
        Body::Council(council) => all.extend(council_findings(application, *council, rules)),
    }
    let (needed, rule) = funds_needed(application, rules);
    all.push(
        Finding::required("registration.capital", rule, application.capital >= needed)
            .with("held", application.capital)
            .with("needed", needed),
    );
    all.push(premises_finding(application, rules));
    all.push(relief::staff(application, profile, rules));
    all.push(relief::account(profile, rules));
    let branches_rule = if application.kind == OrganisationKind::SocialAssociation { "B5" } else { "B2" };
    all.push(Finding::required("registration.branches", branches_rule, !application.has_branches));
    let of_head = Declared { leads_other: application.leads_other, lost_rights: application.lost_rights };
    all.extend(head::declared(application.kind, of_head));
    all
}

/// Whether a barred condition keeps the application from being sent in. What a paper proves badly is for the
/// officer to tell, once and whole (B9); what the application itself says too little of is told at once.
pub fn stops_submission(finding: &Finding) -> bool {
    finding.level == Level::Barred && finding.code != "registration.premises"
}

fn rule_of(profile: Profile) -> &'static str {
    match profile {
        Profile::Statutory => "B1",
        Profile::Community => "S34",
        Profile::ZeroThreshold => "S35",
    }
}

/// The direct path is open to four classes alone, each known by kind and fields (B17).
fn path_finding(application: &Application) -> Finding {
    use BusinessField as F;
    let Path::Direct(class) = application.path else {
        return Finding::met("registration.supervised", "B17").with("unit", application.unit.as_str());
    };
    let is_of = |fields: &[BusinessField]| application.fields.iter().any(|field| fields.contains(field));
    let holds = match class {
        DirectClass::Trade => {
            application.kind == OrganisationKind::SocialAssociation && is_of(&[F::TradeAndIndustry])
        }
        DirectClass::Science => is_of(&[F::SciencePopularisation, F::Research]),
        DirectClass::Charity => {
            is_of(&[F::Charity, F::Volunteering, F::DisabilitySupport, F::Environment, F::Health])
        }
        DirectClass::CommunityService => is_of(&[
            F::Community,
            F::ElderlyCare,
            F::ChildAndYouth,
            F::MediationAndGovernance,
            F::GeneralService,
            F::SocialWork,
            F::Volunteering,
        ]),
    };
    Finding::required("registration.direct-class", "B17", holds).with_code("class", class)
}

fn members_findings(members: &Members, profile: Profile, rules: Rules<'_>) -> Vec<Finding> {
    if !members.origin.is_empty() {
        return chamber_findings(members, rules);
    }
    let (individual, unit, mixed, rule) = match profile {
        Profile::Statutory => (
            RuleKey::AssociationIndividualMembersMin,
            RuleKey::AssociationUnitMembersMin,
            RuleKey::AssociationMixedMembersMin,
            "B1",
        ),
        Profile::Community | Profile::ZeroThreshold => (
            RuleKey::CommunityIndividualMembersMin,
            RuleKey::CommunityUnitMembersMin,
            RuleKey::CommunityMixedMembersMin,
            "B4",
        ),
    };
    let (individual, unit, mixed) = (rules.number(individual), rules.number(unit), rules.number(mixed));
    let units = members.units + members.sole_traders;
    let total = members.individual + units;
    let holds = members.individual >= individual || units >= unit || total >= mixed;
    vec![
        Finding::required("registration.members", rule, holds)
            .with("individual", members.individual)
            .with("units", units)
            .with("total", total)
            .with("need_individual", individual)
            .with("need_units", unit)
            .with("need_total", mixed),
    ]
}

/// An out-of-area chamber: units alone, few of them initiating, none outside the area (B19).
fn chamber_findings(members: &Members, rules: Rules<'_>) -> Vec<Finding> {
    let units = rules.number(RuleKey::ChamberUnitMembersMin);
    let mixed = rules.number(RuleKey::ChamberMixedMembersMin);
    let initiators = rules.number(RuleKey::ChamberInitiatorsMin);
    let total = members.units + members.sole_traders;
    let enough = members.units >= units || (members.sole_traders > 0 && total >= mixed);
    let lowest = rules.number(RuleKey::ChamberOriginLevelMin);
    let level = members.origin_level.unwrap_or(OriginLevel::County);
    vec![
        Finding::required("registration.chamber-units-only", "B19", members.individual == 0)
            .with("individual", members.individual),
        Finding::required("registration.chamber-members", "B19", enough)
            .with("units", members.units)
            .with("total", total)
            .with("need_units", units)
            .with("need_total", mixed),
        Finding::required("registration.chamber-initiators", "B19", members.initiators >= initiators)
            .with("held", members.initiators)
            .with("needed", initiators),
        Finding::required("registration.chamber-outside", "B19", members.outside == 0)
            .with("outside", members.outside),
        Finding::required("registration.chamber-level", "B19", level.rank() <= lowest)
            .with("origin", members.origin.as_str())
            .with_code("level", level),
        Finding::warn("registration.chamber-party", "B19").with("origin", members.origin.as_str()),
    ]
}

fn sponsors_findings(application: &Application, sponsors: Sponsors, rules: Rules<'_>) -> Vec<Finding> {
    let (people, units) = (sponsors.people, sponsors.units);
    let holds = match sponsors.form {
        LegalForm::Individual => people == 1 && units == 0,
        LegalForm::Partnership => people >= 2 && units == 0,
        LegalForm::LegalPerson => people >= 2 || units >= 1,
    };
    let share = rules.ratio(RuleKey::NonStateAssetsMin);
    let private = application.capital.0.saturating_sub(application.state_assets.0);
    let is_private = private >= 0 && share.at_least(private, application.capital.0);
    vec![
        Finding::required("registration.legal-form", "B2", holds)
            .with_code("form", sponsors.form)
            .with("people", people)
            .with("units", units),
        Finding::required("registration.non-state-assets", "B2", is_private)
            .with("held", Fen(private))
            .with("whole", application.capital)
            .with("needed", format!("{}/{}", share.numerator(), share.denominator())),
    ]
}

/// Foundations are the province's to register; a city registers them by delegation alone (B3). Nothing for other
/// kinds.
pub fn delegation(kind: OrganisationKind, rules: Rules<'_>) -> Option<Finding> {
    let is_foundation = kind == OrganisationKind::Foundation;
    let holds = rules.number(RuleKey::FoundationDelegated) > 0;
    is_foundation.then(|| Finding::required("registration.foundation-delegation", "B3", holds))
}

fn council_findings(application: &Application, council: Council, rules: Rules<'_>) -> Vec<Finding> {
    let (least, most) = (rules.number(RuleKey::CouncilMin), rules.number(RuleKey::CouncilMax));
    // Relatives only in a private council, and even there no more than a third (B3).
    let third = rules.ratio(RuleKey::CouncilRelativesMax);
    let few_relatives = if council.is_public {
        council.relatives == 0
    } else {
        third.at_most(council.relatives, council.members)
    };
    let few_paid = rules.ratio(RuleKey::CouncilPaidMax).at_most(council.paid, council.members);
    let mut all: Vec<Finding> = delegation(application.kind, rules).into_iter().collect();
    all.extend([
        Finding::required("registration.council", "B3", (least..=most).contains(&council.members))
            .with("members", council.members)
            .with("least", least)
            .with("most", most),
        Finding::required("registration.council-relatives", "B3", few_relatives)
            .with("relatives", council.relatives)
            .with("members", council.members),
        Finding::required("registration.council-paid", "B3", few_paid)
            .with("paid", council.paid)
            .with("members", council.members),
        head::state_officers(council.has_state_officers),
    ]);
    all
}

/// The right to the premises lasts long enough; what the organisation owns lasts (B2).
fn premises_finding(application: &Application, rules: Rules<'_>) -> Finding {
    let months = rules.number(RuleKey::PremisesMonthsMin);
    let holds = application.premises_until.is_none_or(|until| {
        let span = jiff::Span::new().try_months(months);
        let needed = span.and_then(|span| application.premises_from.checked_add(span));
        let last = needed.and_then(|first_after| first_after.yesterday());
        last.is_ok_and(|last| until >= last)
    });
    let finding = Finding::required("registration.premises", "B2", holds).with("months", months);
    match application.premises_until {
        Some(until) => finding.with("from", application.premises_from).with("until", until),
        None => Finding::met("registration.premises-own", "B2"),
    }
}

#[cfg(test)]
#[path = "threshold_tests.rs"]
mod tests;
