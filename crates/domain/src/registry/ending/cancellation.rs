//! What cancellation needs first: a liquidation that has ended, a remainder that goes to no founder or member,
//! and nothing open (B22).

use crate::coded;
use crate::kernel::{Calendar, Date, Finding, Level, Refusal, RuleKey, Rules};

use super::super::paper::PaperKind;

coded! {
    /// What becomes of what is left after liquidation (B22).
    pub enum Remainder as "remainder" {
        /// 没有剩余财产.
        Nothing = "nothing",
        /// 转给宗旨相同或者相近的非营利法人.
        SamePurpose = "same_purpose",
        /// 按照章程用于公益目的.
        PublicBenefit = "public_benefit",
        /// 分给发起人、出资人、会员或者理事: never lawful.
        Members = "members",
    }
}

/// The paper that shows the liquidation.
pub const PAPER: PaperKind = PaperKind::LiquidationReport;
/// The paper that shows the opinion of the supervising unit (SAR19, PNR16).
pub const OPINION: PaperKind = PaperKind::SupervisingConsent;
/// The longest name of who receives the remainder, in characters.
const RECIPIENT_MAX: usize = 200;

/// What the organisation says when it asks.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Whether it is a charity, whose liquidation group has a term of its own.
    pub is_charity: bool,
    /// The day on which the ground for ending arose; asked of a charity.
    pub ground_on: Option<Date>,
    /// The day on which the liquidation group was formed; asked of a charity.
    pub group_on: Option<Date>,
    /// The day on which liquidation ended.
    pub liquidated_on: Date,
    /// Why it is asked for late; asked of whoever is late.
    pub late_why: &'a str,
    /// What becomes of the remainder.
    pub remainder: Remainder,
    /// Who receives it, or for what it is used.
    pub recipient: &'a str,
    /// Whether a supervising unit stands over the organisation, whose opinion is asked for.
    pub has_unit: bool,
    /// What the papers show.
    pub papers: &'a [PaperKind],
}

/// Everything in the request itself that keeps it from being taken; empty when nothing does. To ask late is a
/// breach that is put on file with its reason; nobody is kept from ending lawfully.
pub fn faults(request: &Request<'_>, today: Date, rules: Rules<'_>, calendar: &Calendar) -> Vec<Refusal> {
    let mut faults = day_faults(request);
    if request.liquidated_on > today {
        faults.push(Refusal::new("ending.liquidation-ahead", "B22").at("liquidated_on"));
    } else {
        match in_time(request.liquidated_on, today, rules, calendar) {
            Ok(found) if found.level == Level::Warn && request.late_why.is_empty() => {
                let refusal = Refusal::new("ending.late-why-missing", "B22").at("late_why");
                faults.push(Refusal { facts: found.facts, ..refusal });
            }
            Ok(_) => {}
            Err(refusal) => faults.push(refusal.at("liquidated_on")),
        }
    }
    match request.remainder {
        Remainder::Members => {
            faults.push(Refusal::new("ending.remainder-to-members", "B22").at("remainder"));
        }
        Remainder::SamePurpose | Remainder::PublicBenefit => {
            let length = request.recipient.chars().count();
            if length == 0 || length > RECIPIENT_MAX {
                let refusal = Refusal::new("ending.recipient-missing", "B22").at("recipient");
                faults.push(refusal.with("most", RECIPIENT_MAX));
            }
        }
        Remainder::Nothing => {}
    }
    if !request.papers.contains(&PAPER) {
        faults.push(Refusal::new("ending.liquidation-report-missing", "B22").at("papers"));
    }
    if request.has_unit && !request.papers.contains(&OPINION) {
        faults.push(Refusal::new("ending.opinion-missing", "B22").at("papers"));
    }
    faults
}

/// The three days in their order: ground, group, end of liquidation; a charity tells all of them (CL18).
fn day_faults(request: &Request<'_>) -> Vec<Refusal> {
    let mut faults = Vec::new();
    let mut fault = |code, field: &str| faults.push(Refusal::new(code, "B22").at(field));
    if request.is_charity && request.ground_on.is_none() {
        fault("ending.ground-day-missing", "ground_on");
    }
    if request.is_charity && request.group_on.is_none() {
        fault("ending.group-day-missing", "group_on");
    }
    let group = request.group_on.unwrap_or(request.liquidated_on);
    if request.ground_on.is_some_and(|ground| ground > group) {
        fault("ending.group-before-ground", "group_on");
    }
    if group > request.liquidated_on {
        fault("ending.group-after-liquidation", "group_on");
    }
    faults
}

/// Whether a charity formed its liquidation group in time after the ground arose (CL18).
///
/// # Errors
/// The day lies beyond the published calendar.
pub fn group_in_time(
    ground_on: Date,
    group_on: Date,
    rules: Rules<'_>,
    calendar: &Calendar,
) -> Result<Finding, Refusal> {
    let last = rules.deadline(calendar, RuleKey::CharityLiquidationDays, ground_on)?;
    let (code, rule) = ("ending.group-in-time", "B22");
    let finding = if group_on <= last.due { Finding::met(code, rule) } else { Finding::warn(code, rule) };
    Ok(finding.with("days", i64::from(last.count)).with("last", last.due).with("formed", group_on))
}

/// Whether it was asked for in time. To be late breaks a duty, yet nobody is kept from ending lawfully.
///
/// # Errors
/// The day lies beyond the published calendar.
pub fn in_time(
    liquidated_on: Date,
    applied_on: Date,
    rules: Rules<'_>,
    calendar: &Calendar,
) -> Result<Finding, Refusal> {
    let last = rules.deadline(calendar, RuleKey::CancellationApplicationDays, liquidated_on)?;
    let (code, rule) = ("ending.in-time", "B22");
    let finding = if applied_on <= last.due { Finding::met(code, rule) } else { Finding::warn(code, rule) };
    Ok(finding.with("days", i64::from(last.count)).with("last", last.due))
}

/// How many matters of the organisation are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenMatters {
    /// Contracts that are drafted, offered or being performed.
    pub contracts: i64,
    /// Purchases that were opened and are not awarded to others, with a bid of its own.
    pub tenders: i64,
    /// Listings that it was told of and that are not decided.
    pub listings: i64,
    /// Annual reports that are with the approval office and not decided.
    pub inspections: i64,
    /// Rectifications that are not verified.
    pub rectifications: i64,
    /// Registrations, changes and revocations at the window that are not concluded.
    pub cases: i64,
    /// Complaints and requests of those it serves and of offices that have no answer, and errands of supervision on
    /// its contracts that are not closed.
    pub complaints: i64,
}

impl OpenMatters {
    /// Each with its outcome: what is open bars cancellation (B22).
    pub fn findings(self) -> Vec<Finding> {
        [
            ("ending.no-open-contracts", "B22", self.contracts),
            ("ending.no-open-tenders", "B22", self.tenders),
            ("ending.no-open-listings", "B37", self.listings),
            ("ending.no-open-inspections", "B22", self.inspections),
            ("ending.no-open-rectifications", "B27", self.rectifications),
            ("ending.no-open-cases", "B21", self.cases),
            ("ending.no-open-complaints", "B22", self.complaints),
        ]
        .into_iter()
        .map(|(code, rule, open)| Finding::required(code, rule, open == 0).with("count", open))
        .collect()
    }

    /// What is open, as refusals.
    pub fn refusals(self) -> Vec<Refusal> {
        self.findings().iter().filter_map(Finding::refusal).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{book, calendar, day};

    fn plain() -> Request<'static> {
        Request {
            is_charity: false,
            ground_on: None,
            group_on: None,
            liquidated_on: day(2014, 4, 20),
            late_why: "",
            remainder: Remainder::Nothing,
            recipient: "",
            has_unit: false,
            papers: &[PAPER],
        }
    }

    #[test]
    fn a_charity_tells_its_days_and_whoever_is_late_tells_why() {
        let (ground, group) = (Some(day(2014, 3, 1)), Some(day(2014, 3, 31)));
        let charity = Request { is_charity: true, ground_on: ground, group_on: group, ..plain() };
        let late = Request { liquidated_on: day(2014, 4, 10), ..plain() };
        for (request, expected) in [
            (plain(), ""),
            (charity, ""),
            (
                Request { ground_on: None, group_on: None, ..charity },
                "ending.ground-day-missing ending.group-day-missing",
            ),
            (Request { group_on: Some(day(2014, 2, 28)), ..charity }, "ending.group-before-ground"),
            (Request { group_on: Some(day(2014, 4, 21)), ..charity }, "ending.group-after-liquidation"),
            (late, "ending.late-why-missing"),
            (Request { late_why: "账目交接延误（示例）", ..late }, ""),
        ] {
            let today = day(2014, 4, 30);
            let found = faults(&request, today, book().on(today), calendar());
            let codes: Vec<&str> = found.iter().map(|one| one.code).collect();
            assert_eq!(codes.join(" "), expected, "{request:?}");
        }
    }

    #[test]
    fn a_charity_has_thirty_days_for_its_liquidation_group() {
        let ground = day(2014, 3, 1);
        for (formed, expected) in [(day(2014, 3, 31), Level::Met), (day(2014, 4, 1), Level::Warn)] {
            let found = group_in_time(ground, formed, book().on(formed), calendar()).map(|one| one.level);
            assert_eq!(found, Ok(expected), "{formed}");
        }
    }

    #[test]
    fn the_remainder_goes_to_no_founder_or_member_and_the_report_is_there() {
        let report = [PaperKind::LiquidationReport];
        let none: [PaperKind; 0] = [];
        let today = day(2014, 4, 30);
        for (liquidated_on, remainder, recipient, papers, expected) in [
            (day(2014, 4, 20), Remainder::Nothing, "", &report[..], ""),
            (day(2014, 4, 20), Remainder::SamePurpose, "示例基金会", &report[..], ""),
            (day(2014, 4, 20), Remainder::PublicBenefit, "", &report[..], "ending.recipient-missing"),
            (day(2014, 4, 20), Remainder::Members, "会员", &report[..], "ending.remainder-to-members"),
            (day(2014, 5, 1), Remainder::Nothing, "", &report[..], "ending.liquidation-ahead"),
            (day(2014, 4, 20), Remainder::Nothing, "", &none[..], "ending.liquidation-report-missing"),
        ] {
            let request = Request { liquidated_on, remainder, recipient, papers, ..plain() };
            let found = faults(&request, today, book().on(today), calendar());
            let codes: Vec<&str> = found.iter().map(|one| one.code).collect();
            assert_eq!(codes.join(" "), expected, "{request:?}");
        }
    }

    #[test]
    fn the_supervising_unit_gives_its_opinion_where_there_is_one() {
        let today = day(2014, 4, 30);
        for (has_unit, papers, expected) in [
            (true, &[PAPER][..], "ending.opinion-missing"),
            (true, &[PAPER, OPINION][..], ""),
            (false, &[PAPER][..], ""),
        ] {
            let request = Request { has_unit, papers, ..plain() };
            let found = faults(&request, today, book().on(today), calendar());
            let codes: Vec<&str> = found.iter().map(|one| one.code).collect();
            assert_eq!(codes.join(" "), expected, "{request:?}");
        }
    }

    #[test]
    fn fifteen_days_are_counted_from_the_end_of_liquidation() {
        let ended = day(2014, 4, 14);
        for (applied, expected) in [(day(2014, 4, 29), Level::Met), (day(2014, 4, 30), Level::Warn)] {
            let found = in_time(ended, applied, book().on(applied), calendar()).map(|one| one.level);
            assert_eq!(found, Ok(expected), "{applied}");
        }
    }

    #[test]
    fn whatever_is_open_bars_and_is_named() {
        let open = |matters: OpenMatters| {
            let codes: Vec<&str> = matters.refusals().iter().map(|one| one.code).collect();
            codes.join(" ")
        };
        let none = OpenMatters::default();
        assert_eq!(open(none), "");
        assert_eq!(none.findings().len(), 7);
        for (matters, expected) in [
            (OpenMatters { contracts: 1, ..none }, "ending.no-open-contracts"),
            (OpenMatters { tenders: 1, ..none }, "ending.no-open-tenders"),
            (OpenMatters { listings: 1, ..none }, "ending.no-open-listings"),
            (OpenMatters { inspections: 1, ..none }, "ending.no-open-inspections"),
            (OpenMatters { rectifications: 1, ..none }, "ending.no-open-rectifications"),
            (OpenMatters { complaints: 1, ..none }, "ending.no-open-complaints"),
            (OpenMatters { contracts: 2, cases: 1, ..none }, "ending.no-open-contracts ending.no-open-cases"),
        ] {
            assert_eq!(open(matters), expected);
        }
    }
}
