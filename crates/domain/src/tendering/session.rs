//! A live session: order by lot, equal time for each, and a roll-call before it begins (S61, C18, C31, C38).
//!
//! Lots are 32 random-looking bytes that the caller draws from a published seed, one per bid; the lowest
//! goes first. So the order can be recomputed by anyone, and this file needs no chance of its own.

use crate::kernel::{BidId, Moment, PersonId, Refusal};

/// A bid's lot.
pub type Lot = [u8; 32];

/// The order of presentation: lowest lot first. Equal lots mean a broken seed and are refused.
pub fn order_by_lot(lots: &[(BidId, Lot)]) -> Result<Vec<BidId>, Refusal> {
    let mut sorted: Vec<(Lot, BidId)> = lots.iter().map(|(bid, lot)| (*lot, *bid)).collect();
    sorted.sort();
    let is_repeated = sorted.iter().zip(sorted.iter().skip(1)).any(|(first, second)| first.0 == second.0);
    let mut bids: Vec<BidId> = sorted.iter().map(|(_, bid)| *bid).collect();
    bids.sort();
    bids.dedup();
    if is_repeated || bids.len() != sorted.len() {
        return Err(Refusal::new("tendering.lot-twice", "C18"));
    }
    Ok(sorted.into_iter().map(|(_, bid)| bid).collect())
}

/// Seconds that a presenter has left: never negative, never more than the allotted minutes.
pub fn seconds_left(started: Moment, now: Moment, minutes: i64) -> i64 {
    let allotted = minutes.saturating_mul(60).max(0);
    allotted.saturating_sub(now.seconds_since(started)).clamp(0, allotted)
}

/// Before a review every member is there; an absent one is replaced, never done without (C38).
pub fn review_roll_call(members: &[PersonId], present: &[PersonId]) -> Result<(), Refusal> {
    let absent = members.iter().filter(|member| !present.contains(member)).count();
    if members.is_empty() || absent > 0 {
        return Err(Refusal::new("tendering.member-absent", "C38")
            .with("absent", absent)
            .with("members", members.len()));
    }
    Ok(())
}

/// At an opening no member of the committee is in the room (C31), and the opener is not alone (E11).
pub fn opening_roll_call(
    opener: PersonId,
    present: &[PersonId],
    members: &[PersonId],
) -> Result<(), Refusal> {
    if present.iter().any(|person| members.contains(person)) || members.contains(&opener) {
        return Err(Refusal::new("tendering.member-at-opening", "C31").at("present"));
    }
    if present.iter().all(|person| *person == opener) {
        return Err(Refusal::new("tendering.opener-alone", "E11").at("present"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_lowest_lot_presents_first() {
        let lots = [(BidId(1), [9; 32]), (BidId(2), [1; 32]), (BidId(3), [5; 32])];
        assert_eq!(order_by_lot(&lots), Ok(vec![BidId(2), BidId(3), BidId(1)]));
        let same_lot = [(BidId(1), [1; 32]), (BidId(2), [1; 32])];
        let same_bid = [(BidId(1), [1; 32]), (BidId(1), [2; 32])];
        for broken in [same_lot, same_bid] {
            assert_eq!(order_by_lot(&broken).unwrap_err().code, "tendering.lot-twice");
        }
    }

    #[test]
    fn everyone_has_the_same_minutes() {
        let started = Moment(0);
        for (passed, left) in [(0, 600), (599, 1), (600, 0), (4_000, 0), (-5, 600)] {
            assert_eq!(seconds_left(started, started.plus_seconds(passed), 10), left);
        }
    }

    #[test]
    fn a_review_waits_for_all_and_an_opening_for_none_of_them() {
        let members = [PersonId(1), PersonId(2), PersonId(3)];
        assert!(review_roll_call(&members, &[PersonId(3), PersonId(1), PersonId(2), PersonId(8)]).is_ok());
        assert_eq!(review_roll_call(&members, &members[..2]).unwrap_err().code, "tendering.member-absent");
        assert!(review_roll_call(&[], &[]).is_err());
        let code = |present: &[PersonId]| {
            opening_roll_call(PersonId(7), present, &members).err().map(|found| found.code)
        };
        assert_eq!(code(&[PersonId(7), PersonId(8)]), None);
        assert_eq!(code(&[PersonId(7)]), Some("tendering.opener-alone"));
        assert_eq!(code(&[PersonId(7), PersonId(2)]), Some("tendering.member-at-opening"));
    }

    proptest! {
        #[test]
        fn who_was_entered_first_does_not_present_first(
            lots in proptest::collection::btree_map(any::<i64>(), any::<[u8; 32]>(), 1..20)
        ) {
            let given: Vec<_> = lots.iter().map(|(bid, lot)| (BidId(*bid), *lot)).collect();
            let turned: Vec<_> = given.iter().rev().copied().collect();
            prop_assert_eq!(order_by_lot(&given), order_by_lot(&turned));
        }
    }
}
