//! The file of a purchase: the seven parts that its record must have, and how long it is kept (C57).
//!
//! The parts are those of the procurement law, article 42. A part that does not apply says why; a part that
//! is not there is named as missing.

use jiff::Span;

use crate::coded;
use crate::kernel::{Coded, Date};

coded! {
    /// A part of the record.
    pub enum RecordPart as "record_part" {
        /// Category and name of the item.
        Item = "item",
        /// Budget, where the money comes from, and the contract's price.
        Money = "money",
        /// How it was bought, and why, when it was not by open competition.
        Method = "method",
        /// On which conditions suppliers were invited and chosen.
        Suppliers = "suppliers",
        /// How bids were judged, and why the winner was chosen.
        Choice = "choice",
        /// Why the purchase came to nothing.
        Void = "void",
        /// What belongs to methods other than tendering.
        OtherMethod = "other_method",
    }
}

coded! {
    /// Whether a part is there.
    pub enum PartState as "part_state" {
        /// It is there.
        Present = "present",
        /// It must be there and is not.
        Missing = "missing",
        /// It does not apply to this purchase.
        NotApplicable = "not_applicable",
        /// Its time has not come.
        NotYet = "not_yet",
    }
}

coded! {
    /// What follows the record in the file: the law names seven parts of it, the purchase goes on after them.
    pub enum FollowPart as "follow_part" {
        /// What was asked for, ordered at the bank, and arrived (C28, S68).
        Payment = "payment",
        /// What recipients, experts and the purchaser judged (S71, S72).
        Evaluation = "evaluation",
    }
}

/// What the file knows of what followed the contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// The purchase came to nothing.
    pub is_void: bool,
    /// The contract's last day is over.
    pub is_over: bool,
    /// Money that was accepted.
    pub accepted_fen: i64,
    /// Money that arrived.
    pub paid_fen: i64,
    /// Payments that were asked for.
    pub requests: i64,
    /// Published rounds of evaluation.
    pub rounds: i64,
    /// The final evaluation is published.
    pub has_final: bool,
}

/// The state of what followed, in order. While the contract runs, what is not there yet is not missing.
pub fn followed(held: &Followed) -> Vec<(FollowPart, PartState)> {
    let state = |is_whole: bool, is_begun: bool| match (held.is_void, is_whole, held.is_over, is_begun) {
        (true, ..) => PartState::NotApplicable,
        (_, true, ..) => PartState::Present,
        (_, _, true, _) => PartState::Missing,
        (_, _, false, true) => PartState::Present,
        (_, _, false, false) => PartState::NotYet,
    };
    let is_settled = held.accepted_fen > 0 && held.paid_fen >= held.accepted_fen;
    let of = |part: &FollowPart| match part {
        FollowPart::Payment => state(is_settled, held.requests > 0),
        FollowPart::Evaluation => state(held.has_final, held.rounds > 0),
    };
    FollowPart::ALL.iter().map(|part| (*part, of(part))).collect()
}

/// What the file knows of a purchase, as far as the record's parts depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Category and name are written.
    pub has_item: bool,
    /// Budget and source of money are written.
    pub has_budget: bool,
    /// The contract's price is written.
    pub has_price: bool,
    /// It was bought by open competition.
    pub is_open_method: bool,
    /// A reason for another method is written.
    pub has_method_reason: bool,
    /// The conditions that suppliers had to meet are written.
    pub has_conditions: bool,
    /// The notice is out, so that suppliers were invited.
    pub is_published: bool,
    /// Criteria are written.
    pub has_criteria: bool,
    /// The winner's reason is written.
    pub has_reason: bool,
    /// It failed or was cancelled.
    pub is_void: bool,
    /// Why is written.
    pub has_void_reason: bool,
    /// A contract is signed.
    pub is_contracted: bool,
}

/// The state of each part, in order.
pub fn record(held: &Held) -> Vec<(RecordPart, PartState)> {
    RecordPart::ALL.iter().map(|part| (*part, state(*part, held))).collect()
}

fn state(part: RecordPart, held: &Held) -> PartState {
    let needed = |is_there: bool| if is_there { PartState::Present } else { PartState::Missing };
    let later = |is_there: bool, is_due: bool| match (is_there, is_due) {
        (true, _) => PartState::Present,
        (false, true) => PartState::Missing,
        (false, false) => PartState::NotYet,
    };
    match part {
        RecordPart::Item => needed(held.has_item),
        RecordPart::Money if held.is_void => needed(held.has_budget),
        RecordPart::Money if !held.has_budget => PartState::Missing,
        RecordPart::Money => later(held.has_price, held.is_contracted),
        RecordPart::Method => needed(held.is_open_method || held.has_method_reason),
        RecordPart::Suppliers => later(held.has_conditions && held.is_published, held.is_published),
        RecordPart::Choice if held.is_void => PartState::NotApplicable,
        RecordPart::Choice if held.is_published && !held.has_criteria => PartState::Missing,
        RecordPart::Choice => later(held.has_reason, held.is_contracted),
        RecordPart::Void if held.is_void => needed(held.has_void_reason),
        RecordPart::Void => PartState::NotApplicable,
        RecordPart::OtherMethod if held.is_open_method => PartState::NotApplicable,
        RecordPart::OtherMethod => needed(held.has_method_reason),
    }
}

/// The last day on which the file must be kept: so many years from the day the purchase ended (C57). The day
/// of the end does not count; beyond the calendar it is kept for ever, which `None` says.
pub fn keep_until(ended_on: Date, years: i64) -> Option<Date> {
    let span = Span::new().try_years(years).ok()?;
    ended_on.checked_add(span).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::day;

    fn full() -> Held {
        Held {
            has_item: true,
            has_budget: true,
            has_price: true,
            is_open_method: true,
            has_conditions: true,
            is_published: true,
            has_criteria: true,
            has_reason: true,
            is_contracted: true,
            ..Held::default()
        }
    }

    fn check(held: Held, part: RecordPart, expected: PartState) {
        let found = record(&held).into_iter().find(|(one, _)| *one == part).map(|(_, state)| state);
        assert_eq!(found, Some(expected), "{part:?} of {held:?}");
    }

    #[test]
    fn the_record_has_seven_parts_and_names_what_is_missing() {
        use PartState::{Missing, NotApplicable, NotYet, Present};
        assert_eq!(record(&full()).len(), 7);
        assert!(record(&full()).iter().all(|(_, state)| matches!(state, Present | NotApplicable)));
        check(Held { has_price: false, ..full() }, RecordPart::Money, Missing);
        check(Held { has_price: false, is_contracted: false, ..full() }, RecordPart::Money, NotYet);
        check(Held { has_budget: false, ..full() }, RecordPart::Money, Missing);
        check(Held { is_open_method: false, ..full() }, RecordPart::Method, Missing);
        check(Held { is_open_method: false, ..full() }, RecordPart::OtherMethod, Missing);
        check(
            Held { is_open_method: false, has_method_reason: true, ..full() },
            RecordPart::OtherMethod,
            Present,
        );
        check(Held { has_conditions: false, ..full() }, RecordPart::Suppliers, Missing);
        check(Held { has_criteria: false, ..full() }, RecordPart::Choice, Missing);
        check(Held { has_reason: false, ..full() }, RecordPart::Choice, Missing);
        check(full(), RecordPart::Void, NotApplicable);
        let void = Held { is_void: true, is_contracted: false, has_price: false, ..full() };
        check(void, RecordPart::Void, Missing);
        check(Held { has_void_reason: true, ..void }, RecordPart::Void, Present);
        check(void, RecordPart::Money, Present);
        check(void, RecordPart::Choice, NotApplicable);
        check(Held::default(), RecordPart::Suppliers, NotYet);
    }

    #[test]
    fn what_followed_is_missing_only_once_the_contract_is_over() {
        use PartState::{Missing, NotApplicable, NotYet, Present};
        let whole = Followed {
            accepted_fen: 9,
            paid_fen: 9,
            requests: 1,
            rounds: 2,
            has_final: true,
            ..Followed::default()
        };
        for (held, expected) in [
            (Followed::default(), [NotYet, NotYet]),
            (Followed { is_void: true, ..Followed::default() }, [NotApplicable, NotApplicable]),
            (Followed { is_over: true, ..Followed::default() }, [Missing, Missing]),
            (whole, [Present, Present]),
            (Followed { is_over: true, ..whole }, [Present, Present]),
            (Followed { paid_fen: 8, has_final: false, ..whole }, [Present, Present]),
            (Followed { is_over: true, paid_fen: 8, ..whole }, [Missing, Present]),
            (Followed { is_over: true, has_final: false, ..whole }, [Present, Missing]),
        ] {
            let found: Vec<PartState> = followed(&held).into_iter().map(|(_, state)| state).collect();
            assert_eq!(found, expected, "{held:?}");
        }
    }

    #[test]
    fn fifteen_years_from_the_end() {
        assert_eq!(keep_until(day(2014, 12, 31), 15), Some(day(2029, 12, 31)));
        assert_eq!(keep_until(day(2012, 2, 29), 15), Some(day(2027, 2, 28)));
        assert_eq!(keep_until(day(2014, 1, 1), 1_000_000), None);
    }
}
