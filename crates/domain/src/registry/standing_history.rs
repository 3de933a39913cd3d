//! Standing at a moment: what the register knew of an organisation then, from facts that carry their day.
//!
//! Why: a gate is judged as of a moment, such as a bid deadline, and later facts must not reach back. A fact
//! holds from its own moment; one that was kept with its day alone holds from the start of that day.
//! Takes what was entered by hand or by sheet, and what acts decided since; gives `Known`.
//! Where acts decided nothing, what was entered counts, from the day on which it was entered; before that,
//! and for an organisation that a registration brought in, there is nothing against it.

use super::credit::clock::list_at;
use super::credit::{CreditList, ListingFact, Penalty};
use super::organisation::{CreditListing, InspectionResult, OrganisationStatus};
use super::standing::Standing;
use crate::coded;
use crate::kernel::{Date, Moment, Rules};

coded! {
    /// How a grade ended before its time (B33).
    pub enum RatingEnd as "rating_end" {
        /// 降低.
        Lowered = "lowered",
        /// 取消.
        Cancelled = "cancelled",
        /// A newer grade took its place.
        Replaced = "replaced",
        /// The registration of whoever held it ended.
        Lapsed = "lapsed",
    }
}

/// What was entered by hand or came with a sheet, valid until the next entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entered {
    /// When it was entered.
    pub from: Moment,
    /// Whether the registration is alive.
    pub status: OrganisationStatus,
    /// The last inspection.
    pub inspection: InspectionResult,
    /// The credit list.
    pub listing: CreditListing,
    /// Last day of a ban.
    pub banned_until: Option<Date>,
}

/// From when a status holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusFact {
    /// Since when.
    pub from: Moment,
    /// Which.
    pub status: OrganisationStatus,
}

/// The outcome of one year's inspection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InspectionFact {
    /// The year that was inspected.
    pub year: i64,
    /// Since when the outcome holds.
    pub from: Moment,
    /// The outcome.
    pub result: InspectionResult,
}

/// A grade, by its number of As; a facility's grade never comes here (T2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatingFact {
    /// How many As.
    pub grade: i64,
    /// The day of its confirmation.
    pub confirmed_on: Date,
    /// Its last day.
    pub valid_until: Date,
    /// When and how it ended before.
    pub ended: Option<(Date, RatingEnd)>,
}

/// A penalty on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PenaltyFact {
    /// What was imposed.
    pub penalty: Penalty,
    /// Since when it is on record.
    pub from: Moment,
    /// The day on which it was carried out; none while it is not.
    pub finished_on: Option<Date>,
}

/// A span between two moments: a matter under investigation, or being a charity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// From when.
    pub from: Moment,
    /// Until when; none while it lasts.
    pub to: Option<Moment>,
}

impl Span {
    fn holds_at(&self, moment: Moment) -> bool {
        self.from <= moment && self.to.is_none_or(|end| moment < end)
    }
}

/// Everything with a date that is on file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// What carries no date: kind, code, relations. Its dated fields are filled in by `at`.
    pub identity: Standing,
    /// Day of registration or filing.
    pub registered_on: Date,
    /// Entries, in any order.
    pub entered: Vec<Entered>,
    /// Status changes that acts decided.
    pub statuses: Vec<StatusFact>,
    /// Inspections that were decided, and absences.
    pub inspections: Vec<InspectionFact>,
    /// Grades that were confirmed.
    pub ratings: Vec<RatingFact>,
    /// Places on the lists.
    pub listings: Vec<ListingFact>,
    /// Penalties.
    pub penalties: Vec<PenaltyFact>,
    /// Matters under investigation.
    pub investigations: Vec<Span>,
    /// Being a charity.
    pub charity: Vec<Span>,
}

/// What was known at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// When.
    pub at: Moment,
    /// What bidding asks.
    pub standing: Standing,
    /// Day of registration or filing.
    pub registered_on: Date,
    /// Outcomes by year, latest year first.
    pub inspections: Vec<(i64, InspectionResult)>,
    /// The grade in validity: how many As, and its last day.
    pub rating: Option<(i64, Date)>,
    /// The last time a grade was lowered or cancelled.
    pub lost: Option<(Date, RatingEnd)>,
    /// Penalties on record, with the day on which each was carried out.
    pub penalties: Vec<(Penalty, Option<Date>)>,
    /// Whether something is under investigation.
    pub is_investigated: bool,
    /// Since when it is a charity.
    pub charity_since: Option<Date>,
}

impl History {
    /// What was known at `moment`, under the rules of that day.
    pub fn at(&self, moment: Moment, rules: Rules<'_>) -> Known {
        let inspections = self.inspections_at(moment);
        let penalties: Vec<&PenaltyFact> = self.penalties.iter().filter(|one| one.from <= moment).collect();
        let major = penalties.iter().filter(|one| one.penalty.is_major_violation(rules));
        let standing = Standing {
            status: self.status_at(moment),
            inspection: self.inspection_at(moment, &inspections),
            listing: self.listing_at(moment),
            last_major_violation: major.map(|one| one.penalty.imposed_on).max(),
            banned_until: self.entered_at(moment).and_then(|entered| entered.banned_until),
            ..self.identity.clone()
        };
        Known {
            at: moment,
            standing,
            registered_on: self.registered_on,
            inspections,
            rating: self.rating_at(moment.date()),
            lost: self.lost_at(moment.date()),
            penalties: penalties.iter().map(|one| (one.penalty, finished(one, moment))).collect(),
            is_investigated: self.investigations.iter().any(|span| span.holds_at(moment)),
            charity_since: self
                .charity
                .iter()
                .filter(|span| span.holds_at(moment))
                .map(|span| span.from.date())
                .min(),
        }
    }

    fn entered_at(&self, moment: Moment) -> Option<&Entered> {
        self.entered.iter().filter(|entered| entered.from <= moment).max_by_key(|entered| entered.from)
    }

    /// The later of what was entered and what an act decided; an act wins a draw.
    fn status_at(&self, moment: Moment) -> OrganisationStatus {
        let decided = self.statuses.iter().filter(|fact| fact.from <= moment).max_by_key(|fact| fact.from);
        match (decided, self.entered_at(moment)) {
            (Some(fact), Some(entered)) if fact.from < entered.from => entered.status,
            (Some(fact), _) => fact.status,
            (None, Some(entered)) => entered.status,
            (None, None) => OrganisationStatus::Active,
        }
    }

    fn inspections_at(&self, moment: Moment) -> Vec<(i64, InspectionResult)> {
        let known = self.inspections.iter().filter(|fact| fact.from <= moment);
        let mut by_year: Vec<(i64, InspectionResult)> = known.map(|fact| (fact.year, fact.result)).collect();
        by_year.sort_by_key(|(year, _)| std::cmp::Reverse(*year));
        by_year
    }

    /// The outcome of the latest inspected year; what was entered counts while no year was decided.
    fn inspection_at(&self, moment: Moment, known: &[(i64, InspectionResult)]) -> InspectionResult {
        match known.first() {
            Some((_, result)) => *result,
            None => self.entered_at(moment).map_or(InspectionResult::NotDue, |entered| entered.inspection),
        }
    }

    /// The graver list; what was entered counts while no decision put the organisation on a list.
    fn listing_at(&self, moment: Moment) -> CreditListing {
        if self.listings.iter().any(|fact| fact.listed_at <= moment) {
            return list_at(&self.listings, moment).map_or(CreditListing::None, CreditList::listing);
        }
        self.entered_at(moment).map_or(CreditListing::None, |entered| entered.listing)
    }

    fn rating_at(&self, day: Date) -> Option<(i64, Date)> {
        let valid = self.ratings.iter().filter(|fact| {
            fact.confirmed_on <= day
                && day <= fact.valid_until
                && fact.ended.is_none_or(|(ended, _)| day < ended)
        });
        valid.max_by_key(|fact| fact.confirmed_on).map(|fact| (fact.grade, fact.valid_until))
    }

    fn lost_at(&self, day: Date) -> Option<(Date, RatingEnd)> {
        let ended = self.ratings.iter().filter_map(|fact| fact.ended);
        let lost = ended.filter(|(_, how)| matches!(how, RatingEnd::Lowered | RatingEnd::Cancelled));
        lost.filter(|(on, _)| *on <= day).max_by_key(|(on, _)| *on)
    }
}

fn finished(one: &PenaltyFact, moment: Moment) -> Option<Date> {
    one.finished_on.filter(|day| *day <= moment.date())
}

#[cfg(test)]
#[path = "standing_history_tests.rs"]
pub(crate) mod tests;
