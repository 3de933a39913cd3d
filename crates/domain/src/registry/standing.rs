//! Standing: may this organisation bid for this purchase, as the register stands at one moment?
//!
//! `standing_history` gives the `Standing` of a moment from dated facts; here it is judged.
//!
//! Every condition is reported, met or not, so that an organisation sees all of them before it bids and
//! the answer frozen at the deadline explains itself (C4, C5, C17, T3, T8). Being young or supervised by
//! the bureau is no bar (C6, S70).

use super::credit::clock::years_after;
use super::organisation::{CreditListing, InspectionResult, Legal, OrganisationKind, OrganisationStatus};
use super::relation::Relation;
use crate::kernel::{Date, Finding, Level, OrganisationId, Refusal, RuleKey, Rules};

/// What the register knows of an organisation at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Who.
    pub organisation: OrganisationId,
    /// What it is.
    pub kind: OrganisationKind,
    /// Registered or only filed.
    pub legal: Legal,
    /// Whether its registration is alive.
    pub status: OrganisationStatus,
    /// Whether it has a credit code that passes its check character.
    pub has_valid_code: bool,
    /// Outcome of the last annual inspection.
    pub inspection: InspectionResult,
    /// Credit list.
    pub listing: CreditListing,
    /// Whether the bureau is its supervising unit (S70).
    pub supervised_by_bureau: bool,
    /// Whether it lives on the budget for its posts: a funded mass body or 公益一类 institution (C3, C4).
    pub is_fully_funded: bool,
    /// Day of the last criminal penalty, closure, revoked licence or larger fine (C5).
    pub last_major_violation: Option<Date>,
    /// Last day of a ban from government purchase (GPL 77).
    pub banned_until: Option<Date>,
    /// Who stands behind it (C35).
    pub relations: Vec<Relation>,
}

/// What the purchase asks of bidders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purchase<'a> {
    /// True for items such as rating, which the bureau's own affiliates may not perform (T8).
    pub excludes_affiliates: bool,
    /// Organisations that designed, managed or supervised the project (C35).
    pub designers: &'a [OrganisationId],
}

/// All conditions, each with its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Eligibility {
    /// In the order in which a page shows them.
    pub findings: Vec<Finding>,
}

impl Eligibility {
    /// True when nothing bars the organisation; warnings do not.
    pub fn is_eligible(&self) -> bool {
        self.findings.iter().all(|finding| finding.level != Level::Barred)
    }

    /// The first bar as a refusal.
    pub fn require(&self) -> Result<(), Refusal> {
        self.findings.iter().find_map(Finding::refusal).map_or(Ok(()), Err)
    }
}

/// Judges a standing for one purchase on one day.
pub fn eligibility(standing: &Standing, purchase: &Purchase<'_>, on: Date, rules: Rules<'_>) -> Eligibility {
    let affiliate = purchase.excludes_affiliates && standing.supervised_by_bureau;
    let designer = purchase.designers.contains(&standing.organisation);
    let findings = vec![
        Finding::required("registry.legal-personality", "T3", standing.legal == Legal::Registered)
            .with_code("legal", standing.legal),
        Finding::required("registry.status-active", "C17", standing.status == OrganisationStatus::Active)
            .with_code("status", standing.status),
        Finding::required("registry.code-valid", "C17", standing.has_valid_code),
        Finding::required("registry.kind-may-supply", "C4", !standing.is_fully_funded)
            .with_code("kind", standing.kind),
        violation_finding(standing.last_major_violation, on, rules),
        ban_finding(standing.banned_until, on),
        listing_finding(standing.listing),
        inspection_finding(standing.inspection),
        Finding::required("registry.not-designer", "C35", !designer),
        Finding::required("registry.not-affiliate", "T8", !affiliate),
    ];
    Eligibility { findings }
}

fn violation_finding(last: Option<Date>, on: Date, rules: Rules<'_>) -> Finding {
    let years = rules.number(RuleKey::NoBadRecordYears);
    let finding = |holds| Finding::required("registry.no-major-violation", "C5", holds).with("years", years);
    match last {
        None => finding(true),
        Some(day) => finding(years_after(day, years).is_some_and(|free| free <= on)).with("last", day),
    }
}

fn ban_finding(until: Option<Date>, on: Date) -> Finding {
    match until {
        None => Finding::met("registry.not-banned", "C17"),
        Some(last) => Finding::required("registry.not-banned", "C17", last < on).with("until", last),
    }
}

fn listing_finding(listing: CreditListing) -> Finding {
    let (code, rule) = ("registry.credit-listing", "B38");
    match listing {
        CreditListing::None => Finding::met(code, rule),
        CreditListing::Abnormal => Finding::warn(code, rule),
        CreditListing::Serious => Finding::barred(code, rule),
    }
    .with_code("listing", listing)
}

fn inspection_finding(result: InspectionResult) -> Finding {
    let (code, rule) = ("registry.inspection", "C17");
    match result {
        InspectionResult::NotDue | InspectionResult::Pass | InspectionResult::BasicPass => {
            Finding::met(code, rule)
        }
        InspectionResult::Absent => Finding::warn(code, rule),
        InspectionResult::Fail => Finding::barred(code, rule),
    }
    .with_code("result", result)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::specimen::{book, day};

    /// An organisation with nothing against it.
    pub(crate) fn sound(id: i64) -> Standing {
        Standing {
            organisation: OrganisationId(id),
            kind: OrganisationKind::SocialServiceInstitution,
            legal: Legal::Registered,
            status: OrganisationStatus::Active,
            has_valid_code: true,
            inspection: InspectionResult::Pass,
            listing: CreditListing::None,
            supervised_by_bureau: false,
            is_fully_funded: false,
            last_major_violation: None,
            banned_until: None,
            relations: Vec::new(),
        }
    }

    fn check(standing: Standing, excludes_affiliates: bool, expected: &str) {
        let designers = [OrganisationId(66)];
        let purchase = Purchase { excludes_affiliates, designers: &designers };
        let found = eligibility(&standing, &purchase, day(2026, 3, 2), book().on(day(2026, 3, 2)));
        let outstanding: Vec<String> = found
            .findings
            .iter()
            .filter(|finding| finding.level != Level::Met)
            .map(|finding| format!("{:?} {}", finding.level, finding.code))
            .collect();
        assert_eq!(outstanding.join(", "), expected);
        assert_eq!(found.is_eligible(), !expected.contains("Barred"));
        assert_eq!(found.require().is_ok(), found.is_eligible());
        assert_eq!(found.findings.len(), 10, "every condition is shown");
    }

    #[test]
    fn nothing_against_it_means_eligible() {
        check(sound(1), true, "");
    }

    #[test]
    fn filed_dead_or_uncoded_organisations_sign_no_contract() {
        check(Standing { legal: Legal::Filed, ..sound(1) }, false, "Barred registry.legal-personality");
        for status in
            [OrganisationStatus::Suspended, OrganisationStatus::Cancelled, OrganisationStatus::Revoked]
        {
            check(Standing { status, ..sound(1) }, false, "Barred registry.status-active");
        }
        check(Standing { has_valid_code: false, ..sound(1) }, false, "Barred registry.code-valid");
        check(Standing { is_fully_funded: true, ..sound(1) }, false, "Barred registry.kind-may-supply");
    }

    #[test]
    fn lists_and_inspections_warn_or_bar_by_weight() {
        check(
            Standing { listing: CreditListing::Abnormal, ..sound(1) },
            false,
            "Warn registry.credit-listing",
        );
        check(
            Standing { listing: CreditListing::Serious, ..sound(1) },
            false,
            "Barred registry.credit-listing",
        );
        check(
            Standing { inspection: InspectionResult::Fail, ..sound(1) },
            false,
            "Barred registry.inspection",
        );
        check(
            Standing { inspection: InspectionResult::Absent, ..sound(1) },
            false,
            "Warn registry.inspection",
        );
    }

    #[test]
    fn a_violation_weighs_for_three_years_and_a_ban_through_its_last_day() {
        let violated = |on| Standing { last_major_violation: Some(on), ..sound(1) };
        check(violated(day(2023, 3, 2)), false, "");
        check(violated(day(2023, 3, 3)), false, "Barred registry.no-major-violation");
        let banned = |until| Standing { banned_until: Some(until), ..sound(1) };
        check(banned(day(2026, 3, 1)), false, "");
        check(banned(day(2026, 3, 2)), false, "Barred registry.not-banned");
    }

    #[test]
    fn the_bureaus_own_may_bid_for_all_but_what_they_may_not_judge() {
        let own = Standing { supervised_by_bureau: true, ..sound(1) };
        check(own.clone(), false, "");
        check(own, true, "Barred registry.not-affiliate");
        check(sound(66), false, "Barred registry.not-designer");
    }
}
