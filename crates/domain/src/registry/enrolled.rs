//! Being enrolled in the targeted cultivation programme: of which type, since when, until what ended it.
//!
//! Why here: a tie-break and a registration ask whether an organisation is enrolled at a moment (T4, S34), so that the
//! answer is a fact of the register like any other. How one comes to be enrolled is `cultivation`.
//! The serious list and the end of a registration end it by themselves, as of their moment, for good (D2).

use crate::coded;
use crate::kernel::Moment;

coded! {
    /// The four types of the programme; each enrolled organisation has exactly one (S21).
    pub enum ProgrammeType as "programme_type" {
        /// 养老服务类 (S22-S27).
        Elderly = "elderly",
        /// 为小服务类 (S28, S29).
        Children = "children",
        /// 调解治理类 (S31, S32).
        Mediation = "mediation",
        /// 综合服务类 (S33).
        Comprehensive = "comprehensive",
    }
}

coded! {
    /// Why an organisation leaves the programme; there is no other ground (D2).
    pub enum ExitGround as "exit_ground" {
        /// It was put on the serious-violation list (B38).
        SeriousList = "serious_list",
        /// Its registration or filing ended: cancelled, annulled or revoked (D2).
        Ended = "ended",
        /// It failed so many yearly reviews (D2).
        FailedReviews = "failed_reviews",
        /// By its own wish (D1).
        OwnWish = "own_wish",
    }
}

impl ExitGround {
    /// Whether it takes effect by itself, without anybody's act.
    pub fn is_by_effect(self) -> bool {
        matches!(self, Self::SeriousList | Self::Ended)
    }
}

/// An end: since when, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit {
    /// From this moment on it is enrolled no more.
    pub at: Moment,
    /// Why.
    pub ground: ExitGround,
}

/// An enrolment with everything that may have ended it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolled {
    /// Its type.
    pub kind: ProgrammeType,
    /// Since when.
    pub from: Moment,
    /// What was recorded as its end.
    pub recorded: Option<Exit>,
    /// What the register holds that ends it by itself, in any order.
    pub facts: Vec<Exit>,
}

impl Enrolled {
    /// The first end: what happened before the enrolment ends nothing.
    pub fn end(&self) -> Option<Exit> {
        let facts = self.facts.iter().filter(|fact| fact.at >= self.from);
        facts.chain(&self.recorded).min_by_key(|exit| exit.at).copied()
    }

    /// Whether it is in force at a moment.
    pub fn holds_at(&self, moment: Moment) -> bool {
        self.from <= moment && self.end().is_none_or(|exit| moment < exit.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> Moment {
        Moment(hour * 3_600_000_000)
    }

    #[test]
    fn an_enrolment_holds_from_its_moment_to_its_first_end() {
        use ExitGround::{Ended, OwnWish, SeriousList};
        // recorded end, facts, moment asked, whether it holds, ground of the end
        type Case<'a> = (Option<i64>, &'a [(i64, ExitGround)], i64, bool, Option<ExitGround>);
        let cases: [Case<'_>; 8] = [
            (None, &[], 9, false, None),
            (None, &[], 10, true, None),
            (None, &[(9, SeriousList)], 20, true, None),
            (None, &[(15, SeriousList)], 14, true, Some(SeriousList)),
            (None, &[(15, SeriousList)], 15, false, Some(SeriousList)),
            (Some(12), &[(15, Ended)], 13, false, Some(OwnWish)),
            (Some(16), &[(15, Ended)], 15, false, Some(Ended)),
            (None, &[(30, Ended), (20, SeriousList)], 25, false, Some(SeriousList)),
        ];
        for (recorded, facts, asked, holds, ground) in cases {
            let enrolled = Enrolled {
                kind: ProgrammeType::Elderly,
                from: at(10),
                recorded: recorded.map(|hour| Exit { at: at(hour), ground: OwnWish }),
                facts: facts.iter().map(|(hour, ground)| Exit { at: at(*hour), ground: *ground }).collect(),
            };
            assert_eq!(enrolled.holds_at(at(asked)), holds, "{recorded:?} {facts:?} at {asked}");
            assert_eq!(enrolled.end().map(|exit| exit.ground), ground, "{recorded:?} {facts:?}");
        }
    }

    #[test]
    fn only_what_the_register_shows_ends_it_by_itself() {
        let by_effect: Vec<bool> =
            [ExitGround::SeriousList, ExitGround::Ended, ExitGround::FailedReviews, ExitGround::OwnWish]
                .map(ExitGround::is_by_effect)
                .into();
        assert_eq!(by_effect, [true, true, false, false]);
    }
}
