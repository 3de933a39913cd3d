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
        ended.filter(|(on, how)| *on <= day && *how != RatingEnd::Replaced).max_by_key(|(on, _)| *on)
    }
}

fn finished(one: &PenaltyFact, moment: Moment) -> Option<Date> {
    one.finished_on.filter(|day| *day <= moment.date())
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::super::credit::{ListingGround, PenaltyKind};
    use super::super::standing::tests::sound;
    use super::*;
    use crate::kernel::{Coded, Fen};
    use crate::specimen::{book, day};

    /// An institution registered in 2010 with nothing on file.
    pub(crate) fn blank() -> History {
        History {
            identity: sound(1),
            registered_on: day(2010, 3, 1),
            entered: Vec::new(),
            statuses: Vec::new(),
            inspections: Vec::new(),
            ratings: Vec::new(),
            listings: Vec::new(),
            penalties: Vec::new(),
            investigations: Vec::new(),
            charity: Vec::new(),
        }
    }

    fn at(date: Date, hour: i8) -> Moment {
        Moment::beijing(date, hour, 0)
    }

    fn known(history: &History, moment: Moment) -> Known {
        history.at(moment, book().on(moment.date()))
    }

    #[test]
    fn what_was_entered_counts_from_its_day_until_an_act_decides() {
        let entered = Entered {
            from: at(day(2026, 1, 5), 9),
            status: OrganisationStatus::Suspended,
            inspection: InspectionResult::Fail,
            listing: CreditListing::Serious,
            banned_until: Some(day(2026, 6, 1)),
        };
        let listed = ListingFact {
            list: CreditList::Abnormal,
            ground: ListingGround::ReportOverdue,
            listed_at: at(day(2026, 3, 2), 15),
            removed_at: Some(at(day(2026, 3, 20), 10)),
        };
        let history = History {
            entered: vec![entered],
            statuses: vec![StatusFact { from: at(day(2026, 2, 2), 0), status: OrganisationStatus::Active }],
            inspections: vec![InspectionFact {
                year: 2025,
                from: at(day(2026, 2, 9), 0),
                result: InspectionResult::Absent,
            }],
            listings: vec![listed],
            ..blank()
        };
        let told = |moment| {
            let known = known(&history, moment).standing;
            (known.status.code(), known.inspection.code(), known.listing.code(), known.banned_until.is_some())
        };
        assert_eq!(told(at(day(2026, 1, 4), 9)), ("active", "not_due", "none", false));
        assert_eq!(told(at(day(2026, 1, 5), 9)), ("suspended", "fail", "serious", true));
        assert_eq!(told(at(day(2026, 2, 2), 0)), ("active", "fail", "serious", true));
        assert_eq!(told(at(day(2026, 2, 9), 0)), ("active", "absent", "serious", true));
        assert_eq!(told(at(day(2026, 3, 2), 14)), ("active", "absent", "serious", true));
        assert_eq!(told(at(day(2026, 3, 2), 15)), ("active", "absent", "abnormal", true));
        assert_eq!(told(at(day(2026, 3, 20), 10)), ("active", "absent", "none", true));
    }

    #[test]
    fn a_grade_holds_through_its_last_day_and_ends_when_it_is_lost() {
        let grade =
            RatingFact { grade: 4, confirmed_on: day(2021, 3, 2), valid_until: day(2026, 3, 1), ended: None };
        let lost = RatingFact { ended: Some((day(2025, 5, 5), RatingEnd::Cancelled)), ..grade };
        let rating = |fact, on| known(&History { ratings: vec![fact], ..blank() }, at(on, 9));
        assert_eq!(rating(grade, day(2021, 3, 1)).rating, None);
        assert_eq!(rating(grade, day(2026, 3, 1)).rating, Some((4, day(2026, 3, 1))));
        assert_eq!(rating(grade, day(2026, 3, 2)).rating, None);
        assert_eq!(rating(lost, day(2025, 5, 4)).rating, Some((4, day(2026, 3, 1))));
        assert_eq!(rating(lost, day(2025, 5, 4)).lost, None);
        let after = rating(lost, day(2025, 5, 5));
        assert_eq!((after.rating, after.lost), (None, Some((day(2025, 5, 5), RatingEnd::Cancelled))));
    }

    fn a_day() -> impl Strategy<Value = Date> {
        (2020_i16..=2026, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, of)| day(year, month, of))
    }

    /// One more fact of any sort, holding from `on`.
    fn add(history: &mut History, sort: usize, on: Date) {
        let from = Moment::start_of(on);
        match sort % 7 {
            0 => history.entered.push(Entered {
                from,
                status: OrganisationStatus::Suspended,
                inspection: InspectionResult::Fail,
                listing: CreditListing::Serious,
                banned_until: Some(day(2027, 1, 1)),
            }),
            1 => history.statuses.push(StatusFact { from, status: OrganisationStatus::Revoked }),
            2 => history.inspections.push(InspectionFact {
                year: i64::from(on.year()),
                from,
                result: InspectionResult::Fail,
            }),
            3 => history.ratings.push(RatingFact {
                grade: 5,
                confirmed_on: on,
                valid_until: day(2030, 1, 1),
                ended: None,
            }),
            4 => history.listings.push(ListingFact {
                list: CreditList::Serious,
                ground: ListingGround::FinedLarge,
                listed_at: from,
                removed_at: None,
            }),
            5 => history.penalties.push(PenaltyFact {
                penalty: Penalty {
                    kind: PenaltyKind::Fine,
                    amount: Fen::yuan(3_000_000),
                    imposed_on: on,
                    until: None,
                },
                from,
                finished_on: None,
            }),
            _ => history.investigations.push(Span { from, to: None }),
        }
    }

    proptest! {
        #[test]
        fn later_facts_never_change_the_past(
            before in proptest::collection::vec((0_usize..7, a_day()), 0..8),
            later in proptest::collection::vec((0_usize..7, 1_i64..900), 1..8),
            asked in a_day(), hour in 0_i8..24,
        ) {
            let mut history = blank();
            for (sort, on) in before {
                add(&mut history, sort, on);
            }
            let moment = at(asked, hour);
            let was = known(&history, moment);
            for (sort, days) in later {
                add(&mut history, sort, asked.checked_add(jiff::Span::new().days(days)).unwrap());
            }
            // What ends later ends nothing now.
            let tomorrow = at(asked.tomorrow().unwrap(), 0);
            for listed in &mut history.listings {
                listed.removed_at = listed.removed_at.or(Some(tomorrow.max(listed.listed_at)));
            }
            for grade in &mut history.ratings {
                grade.ended = grade.ended.or(Some((asked.tomorrow().unwrap().max(grade.confirmed_on), RatingEnd::Lowered)));
            }
            prop_assert_eq!(known(&history, moment), was);
        }
    }
}
