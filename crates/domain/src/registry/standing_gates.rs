//! The gates of an organisation's life, each answered from what was known at one moment, with every condition
//! and its rule: bidding, signing, rating, charity, public fundraising, programme, incubator, grants.
//!
//! Why here: one answer for every capability (B38, B39, B29, B30, B33, T3), so that no gate has its own idea of
//! an organisation's standing. Which item a bidder bids for is judged in `standing`; here no item is meant.

use super::charity::founding;
use super::credit::clock::years_after;
use super::fundraising::{Condition, declared};
use super::organisation::{CreditListing, InspectionResult, Legal, OrganisationStatus};
use super::standing::{Purchase, eligibility};
use super::standing_history::{Known, RatingEnd};
use crate::coded;
use crate::kernel::{Date, Finding, Level, Refusal, RuleKey, Rules};

coded! {
    /// What an organisation may do.
    pub enum Gate as "gate" {
        /// Bid for a purchase (C17).
        Bid = "bid",
        /// Sign a purchase contract (T3).
        Sign = "sign",
        /// Apply for a rating (B29, B30).
        Rating = "rating",
        /// Be recognised as a charity (B38).
        Charity = "charity",
        /// Raise funds from the public (B39).
        PublicFundraising = "public_fundraising",
        /// Enter the cultivation programme (B38).
        Programme = "programme",
        /// Enter an incubator (B38).
        Incubator = "incubator",
        /// Receive a grant (B38, T3).
        Grant = "grant",
    }
}

/// A gate with all its conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateAnswer {
    /// Which gate.
    pub gate: Gate,
    /// Every condition, met or not.
    pub findings: Vec<Finding>,
}

impl GateAnswer {
    /// The worst of its conditions.
    pub fn level(&self) -> Level {
        self.findings.iter().map(|finding| finding.level).max().unwrap_or(Level::Met)
    }

    /// The first bar as a refusal.
    ///
    /// # Errors
    /// The gate is closed.
    pub fn require(&self) -> Result<(), Refusal> {
        self.findings.iter().find_map(Finding::refusal).map_or(Ok(()), Err)
    }
}

impl Known {
    /// The answer of one gate, under the rules of the day.
    pub fn gate(&self, gate: Gate, rules: Rules<'_>) -> GateAnswer {
        let findings = match gate {
            Gate::Bid => {
                let anyone = Purchase { excludes_affiliates: false, designers: &[] };
                eligibility(&self.standing, &anyone, self.day(), rules).findings
            }
            Gate::Sign => self.signing(),
            Gate::Rating => self.rating_gate(rules),
            Gate::Charity => self.charity(rules),
            Gate::PublicFundraising => self.fundraising(rules),
            Gate::Programme | Gate::Incubator => {
                vec![self.is_social(), self.is_alive(), self.is_not_serious()]
            }
            Gate::Grant => vec![self.is_social(), self.is_alive(), self.is_not_serious(), self.has_host()],
        };
        GateAnswer { gate, findings }
    }

    fn day(&self) -> Date {
        self.at.date()
    }

    fn signing(&self) -> Vec<Finding> {
        let standing = &self.standing;
        let is_banned = standing.banned_until.is_some_and(|last| self.day() <= last);
        let banned = Finding::required("registry.not-banned", "C17", !is_banned);
        vec![
            self.is_registered(),
            self.is_alive(),
            Finding::required("registry.code-valid", "C17", standing.has_valid_code),
            self.is_not_serious(),
            standing.banned_until.map_or(banned.clone(), |last| banned.with("until", last)),
        ]
    }

    fn rating_gate(&self, rules: Rules<'_>) -> Vec<Finding> {
        let on = self.day();
        let years = rules.number(RuleKey::RatingAgeYears);
        let is_old = years_after(self.registered_on, years).is_some_and(|due| due <= on);
        let latest = self.standing.inspection;
        let last_year = i64::from(on.year()) - 1;
        let is_penalised =
            self.penalties.iter().any(|(one, _)| i64::from(one.imposed_on.year()) == last_year);
        let is_unfinished = self.penalties.iter().any(|(one, finished)| !one.is_carried_out(*finished, on));
        vec![
            self.is_social(),
            self.is_registered(),
            self.is_alive(),
            Finding::required("registry.certificate-age", "B29", is_old).with("years", years),
            self.rating_window(rules),
            Finding::required("registry.inspection-attended", "B30", latest != InspectionResult::Absent),
            Finding::required("registry.inspection-not-failed", "B30", latest != InspectionResult::Fail),
            self.no_basic_run(rules),
            Finding::required("registry.no-penalty-last-year", "B30", !is_penalised).with("year", last_year),
            Finding::required("registry.penalty-finished", "B30", !is_unfinished),
            Finding::required("registry.not-investigated", "B30", !self.is_investigated),
            self.not_lost(rules),
        ]
    }

    /// Never rated, expired, or within the last years of validity (B29).
    fn rating_window(&self, rules: Rules<'_>) -> Finding {
        let (code, rule) = ("registry.rating-window", "B29");
        let again = rules.number(RuleKey::RatingAgainYears);
        match self.rating {
            None => Finding::met(code, rule),
            Some((_, until)) => {
                let first = years_after(until, -again);
                Finding::required(code, rule, first.is_some_and(|first| first <= self.day()))
                    .with("until", until)
            }
        }
        .with("years", again)
    }

    /// Not so many basic passes in consecutive years up to the last (B30).
    fn no_basic_run(&self, rules: Rules<'_>) -> Finding {
        let years = rules.count(RuleKey::RatingBasicYears);
        let run = self.inspections.iter().enumerate().take_while(|(place, (year, result))| {
            let expected =
                self.inspections.first().map(|(first, _)| first - i64::try_from(*place).unwrap_or(0));
            *result == InspectionResult::BasicPass && expected == Some(*year)
        });
        Finding::required("registry.no-basic-run", "B30", run.count() < years).with("years", years)
    }

    /// A grade that was lowered or cancelled bars a new application for years (B33).
    fn not_lost(&self, rules: Rules<'_>) -> Finding {
        let (code, rule) = ("registry.rating-not-lost", "B33");
        let Some((lost, how)) = self.lost else { return Finding::met(code, rule) };
        let key = match how {
            RatingEnd::Cancelled => RuleKey::RatingCancelledYears,
            RatingEnd::Lowered | RatingEnd::Replaced | RatingEnd::Lapsed => RuleKey::RatingLoweredYears,
        };
        match years_after(lost, rules.number(key)) {
            Some(free) => Finding::required(code, rule, free <= self.day()).with("free", free),
            None => Finding::barred(code, rule).with("free", lost),
        }
    }

    /// What the register itself knows of the conditions for public fundraising (CL22, PF74-5); what it does
    /// not know is declared: see `fundraising`.
    fn fundraising(&self, rules: Rules<'_>) -> Vec<Finding> {
        let on = self.day();
        let began = rules.began(RuleKey::FundraisingCharityYears);
        let years = rules.number(RuleKey::FundraisingCharityYears);
        let since = self.charity_since.and_then(|since| years_after(since, years));
        let (grade, young) =
            (rules.number(RuleKey::RatingPriorityGrade), rules.number(RuleKey::RatingAgeYears));
        let is_graded = self.rating.is_some_and(|(held, _)| held >= grade);
        let is_young = years_after(self.registered_on, young).is_some_and(|due| on < due);
        let clean = rules.number(RuleKey::FundraisingCleanYears);
        let mut found = vec![
            self.is_registered(),
            self.is_alive(),
            Finding::required("registry.fundraising-law", "B39", began <= on).with("from", began),
            Finding::required("registry.charity-for", "B39", since.is_some_and(|due| due <= on))
                .with("years", years),
            Finding::required("registry.graded-or-young", "B39", is_graded || is_young)
                .with("grade", grade)
                .with("years", young),
            Finding { rule: "B39", ..self.is_clean() },
            self.no_penalty_within(clean, "B39"),
        ];
        if declared(rules).contains(&Condition::Reports) {
            let is_reported = self.standing.inspection != InspectionResult::Absent;
            found.push(Finding::required("registry.yearly-reported", "B39", is_reported));
        }
        found
    }

    /// What the register itself knows of the conditions for a recognition as a charity (CL10, CO58-2, CO58-5); what
    /// it does not know is declared: see `charity`.
    fn charity(&self, rules: Rules<'_>) -> Vec<Finding> {
        let clean = rules.number(RuleKey::CharityCleanYears);
        let mut found = vec![
            self.is_social(),
            self.is_registered(),
            self.is_alive(),
            founding::law(rules),
            self.is_clean(),
            self.no_penalty_within(clean, "B46"),
        ];
        if rules.number(RuleKey::CharityOldOnly) > 0 {
            let published = rules.began(RuleKey::CharityOldOnly);
            let is_old = self.registered_on < published;
            found.push(Finding::required("registry.charity-older", "B46", is_old).with("from", published));
        }
        found
    }

    /// No penalty in so many years before today.
    fn no_penalty_within(&self, years: i64, rule: &'static str) -> Finding {
        let on = self.day();
        let is_penalised = self
            .penalties
            .iter()
            .any(|(one, _)| years_after(one.imposed_on, years).is_none_or(|over| on < over));
        Finding::required("registry.no-penalty-within-year", rule, !is_penalised).with("years", years)
    }

    fn is_social(&self) -> Finding {
        let kind = self.standing.kind;
        Finding::required("registry.social-organisation", "B1", kind.is_social_organisation())
            .with_code("kind", kind)
    }

    fn is_registered(&self) -> Finding {
        let legal = self.standing.legal;
        Finding::required("registry.is-registered", "T3", legal == Legal::Registered)
            .with_code("legal", legal)
    }

    fn is_alive(&self) -> Finding {
        let status = self.standing.status;
        Finding::required("registry.alive", "C17", status == OrganisationStatus::Active)
            .with_code("status", status)
    }

    /// On no list at all (CO58-5, PF74-5).
    fn is_clean(&self) -> Finding {
        let listing = self.standing.listing;
        Finding::required("registry.on-no-list", "B38", listing == CreditListing::None)
            .with_code("listing", listing)
    }

    fn is_not_serious(&self) -> Finding {
        let listing = self.standing.listing;
        Finding::required("registry.not-serious", "B38", listing != CreditListing::Serious)
            .with_code("listing", listing)
    }

    /// A filed organisation takes money through a host alone (B20, T3).
    fn has_host(&self) -> Finding {
        let (code, rule) = ("registry.host-needed", "T3");
        match self.standing.legal {
            Legal::Registered => Finding::met(code, rule),
            Legal::Filed => Finding::warn(code, rule),
        }
        .with_code("legal", self.standing.legal)
    }
}

#[cfg(test)]
#[path = "standing_gates_tests.rs"]
mod tests;
