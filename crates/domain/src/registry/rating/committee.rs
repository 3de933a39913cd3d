//! The two bodies that decide: how large, for how long, with which quorum and which majority (B32).
//!
//! Quorum and majority are counted over all members. Who stays away by recusal lowers neither: with fifteen
//! members, ten must take part and eight must agree.

use super::grade::Grade;
use super::years_after;
use crate::coded;
use crate::kernel::{Date, Refusal, RuleKey, Rules};

coded! {
    /// Who decides.
    pub enum Body as "rating_body" {
        /// 评估委员会: decides the grade.
        Committee = "committee",
        /// 复核委员会: decides an appeal.
        ReviewBoard = "review_board",
    }
}

impl Body {
    fn sizes(self) -> (RuleKey, RuleKey) {
        match self {
            Self::Committee => (RuleKey::RatingCommitteeMin, RuleKey::RatingCommitteeMax),
            Self::ReviewBoard => (RuleKey::ReviewBoardMin, RuleKey::ReviewBoardMax),
        }
    }
}

/// Refuses a body that is too small or too large.
///
/// # Errors
/// `rating.body-size` with the least and the most.
pub fn check_size(body: Body, members: usize, rules: Rules<'_>) -> Result<(), Refusal> {
    let (least, most) = body.sizes();
    let (least, most) = (rules.count(least), rules.count(most));
    if (least..=most).contains(&members) {
        return Ok(());
    }
    let refusal = Refusal::new("rating.body-size", "B32").at("members").with_code("body", body);
    Err(refusal.with("members", members).with("least", least).with("most", most))
}

/// Refuses a term that is longer than the rule allows or runs backward.
///
/// # Errors
/// `rating.term` with the years of the rule.
pub fn check_term(from: Date, until: Date, rules: Rules<'_>) -> Result<(), Refusal> {
    let years = rules.number(RuleKey::CommitteeTermYears);
    let is_short = years_after(from, years).is_some_and(|end| until < end);
    if from <= until && is_short {
        return Ok(());
    }
    Err(Refusal::new("rating.term", "B32").at("term_until").with("years", years))
}

/// Somebody leaves a body within its term, and somebody may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Succession {
    /// Which body.
    pub body: Body,
    /// How many members it has.
    pub members: usize,
    /// Whether somebody follows.
    pub is_followed: bool,
    /// Whether who follows is a member, or was one in this term.
    pub is_known: bool,
    /// Whether a sitting of the body is open.
    pub is_sitting: bool,
}

/// Refuses a change of members outside the term, while the body sits, or that leaves it too small; quorum and
/// majority count over all members, whom an open sitting has counted already (B32).
///
/// # Errors
/// `rating.term-over`, `rating.body-sits`, `rating.member-known`, `rating.body-size`.
pub fn check_succession(
    asked: &Succession,
    on: Date,
    (from, until): (Date, Date),
    rules: Rules<'_>,
) -> Result<(), Refusal> {
    check_sitting(on, from, until)?;
    if asked.is_sitting {
        return Err(Refusal::new("rating.body-sits", "B32").at("member"));
    }
    if asked.is_followed && asked.is_known {
        return Err(Refusal::new("rating.member-known", "B32").at("successor"));
    }
    let after = asked.members.saturating_sub(usize::from(!asked.is_followed));
    check_size(asked.body, after, rules).map_err(|refusal| refusal.at("successor"))
}

/// Refuses a sitting outside the body's term.
///
/// # Errors
/// `rating.term-over`.
pub fn check_sitting(on: Date, from: Date, until: Date) -> Result<(), Refusal> {
    if from <= on && on <= until {
        return Ok(());
    }
    Err(Refusal::new("rating.term-over", "B32").at("body").with("from", from).with("until", until))
}

/// Refuses a sitting with too few of all members.
///
/// # Errors
/// `rating.quorum` with how many take part and how many must.
pub fn check_quorum(taking_part: usize, all: usize, rules: Rules<'_>) -> Result<(), Refusal> {
    let share = rules.ratio(RuleKey::CommitteeQuorum);
    if all > 0 && share.at_least(whole(taking_part), whole(all)) {
        return Ok(());
    }
    let needed = share.least_of(u32::try_from(all).unwrap_or(u32::MAX));
    let refusal = Refusal::new("rating.quorum", "B32").at("present");
    Err(refusal.with("present", taking_part).with("all", all).with("needed", i64::from(needed)))
}

/// What the votes decide: the one choice that enough of all members agree on; `None` is "no grade".
///
/// # Errors
/// `rating.no-majority`; `rating.two-majorities` when an even body stands half against half.
pub fn decide(votes: &[Option<Grade>], all: usize, rules: Rules<'_>) -> Result<Option<Grade>, Refusal> {
    let share = rules.ratio(RuleKey::CommitteeMajority);
    let mut choices: Vec<Option<Grade>> = votes.to_vec();
    choices.sort_unstable();
    choices.dedup();
    let count = |choice: &Option<Grade>| votes.iter().filter(|vote| *vote == choice).count();
    let agreed: Vec<Option<Grade>> =
        choices.iter().filter(|choice| share.at_least(whole(count(choice)), whole(all))).copied().collect();
    match agreed[..] {
        [choice] if all > 0 => Ok(choice),
        [_, _, ..] => Err(Refusal::new("rating.two-majorities", "B32")),
        _ => {
            let most = choices.iter().map(count).max().unwrap_or(0);
            let needed = share.least_of(u32::try_from(all).unwrap_or(u32::MAX));
            let refusal = Refusal::new("rating.no-majority", "B32").with("most", most);
            Err(refusal.with("all", all).with("needed", i64::from(needed)))
        }
    }
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{day, rules};

    #[test]
    fn bodies_have_their_sizes() {
        for (body, members, expected) in [
            (Body::Committee, 6, false),
            (Body::Committee, 7, true),
            (Body::Committee, 25, true),
            (Body::Committee, 26, false),
            (Body::ReviewBoard, 4, false),
            (Body::ReviewBoard, 5, true),
            (Body::ReviewBoard, 9, true),
            (Body::ReviewBoard, 10, false),
        ] {
            assert_eq!(check_size(body, members, rules()).is_ok(), expected, "{body:?} {members}");
        }
    }

    #[test]
    fn a_term_lasts_five_years_at_most() {
        let check = |from, until| check_term(from, until, rules()).is_ok();
        assert!(check(day(2026, 1, 1), day(2030, 12, 31)));
        assert!(!check(day(2026, 1, 1), day(2031, 1, 1)));
        assert!(!check(day(2026, 1, 2), day(2026, 1, 1)));
        let sits = |on| check_sitting(on, day(2026, 1, 1), day(2030, 12, 31)).is_ok();
        assert!(sits(day(2030, 12, 31)) && !sits(day(2031, 1, 1)) && !sits(day(2025, 12, 31)));
    }

    #[test]
    fn a_member_leaves_within_the_term_and_the_body_keeps_its_size() {
        let (today, term) = (day(2026, 9, 18), (day(2026, 1, 1), day(2030, 12, 31)));
        let plain = Succession {
            body: Body::Committee,
            members: 7,
            is_followed: true,
            is_known: false,
            is_sitting: false,
        };
        for (asked, on, expected) in [
            (plain, today, ""),
            (Succession { is_followed: false, ..plain }, today, "rating.body-size"),
            (Succession { is_followed: false, members: 8, ..plain }, today, ""),
            (
                Succession { is_followed: false, body: Body::ReviewBoard, members: 5, ..plain },
                today,
                "rating.body-size",
            ),
            (Succession { is_known: true, ..plain }, today, "rating.member-known"),
            (Succession { is_sitting: true, ..plain }, today, "rating.body-sits"),
            (plain, day(2031, 1, 1), "rating.term-over"),
        ] {
            let code = check_succession(&asked, on, term, rules()).err().map_or("", |refusal| refusal.code);
            assert_eq!(code, expected, "{asked:?} {on}");
        }
    }

    #[test]
    fn two_thirds_of_all_must_take_part() {
        for (taking_part, all, expected) in [
            (10, 15, true),
            (9, 15, false),
            (5, 7, true),
            (4, 7, false),
            (17, 25, true),
            (16, 25, false),
            (0, 0, false),
        ] {
            assert_eq!(check_quorum(taking_part, all, rules()).is_ok(), expected, "{taking_part}/{all}");
        }
        let refusal = check_quorum(9, 15, rules()).unwrap_err();
        assert!(refusal.facts.contains(&("needed", 10_i64.into())), "{refusal:?}");
    }

    #[test]
    fn half_of_all_must_agree_not_half_of_those_present() {
        let check = |four: usize, three: usize, all, expected: Result<Option<Grade>, &str>| {
            let mut votes = vec![Some(Grade::FourA); four];
            votes.extend(vec![Some(Grade::ThreeA); three]);
            assert_eq!(decide(&votes, all, rules()).map_err(|no| no.code), expected, "{four} {three} {all}");
        };
        check(8, 2, 15, Ok(Some(Grade::FourA)));
        check(7, 3, 15, Err("rating.no-majority"));
        check(7, 0, 15, Err("rating.no-majority"));
        check(7, 7, 14, Err("rating.two-majorities"));
        check(7, 6, 14, Ok(Some(Grade::FourA)));
        check(0, 0, 15, Err("rating.no-majority"));
        check(0, 0, 0, Err("rating.no-majority"));
        assert_eq!(decide(&[None; 8], 15, rules()), Ok(None), "no grade can be voted as well");
    }
}
