//! Conformity: the committee decides by majority which bids are valid, on the grounds of the law alone
//! (C32, C34).

use crate::coded;
use crate::kernel::{BidId, Refusal, SeatId};

coded! {
    /// Why a bid is invalid (C34).
    pub enum InvalidGround as "invalid_ground" {
        /// No deposit though the documents ask for one.
        NoDeposit = "no_deposit",
        /// Not signed or sealed as asked.
        Unsigned = "unsigned",
        /// Not qualified after all.
        Unqualified = "unqualified",
        /// Over the ceiling.
        OverCeiling = "over_ceiling",
        /// Conditions the purchaser cannot accept.
        UnacceptableConditions = "unacceptable_conditions",
        /// A requirement of substance is not met.
        RequirementNotMet = "requirement_not_met",
        /// Collusion, or deemed so.
        Collusion = "collusion",
        /// An abnormally low price not explained (C47).
        LowPriceUnexplained = "low_price_unexplained",
        /// Another ground that the documents state.
        StatedInDocuments = "stated_in_documents",
    }
}

/// One member's vote on one bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// Whose.
    pub seat: SeatId,
    /// On which bid.
    pub bid: BidId,
    /// The ground on which the bid is invalid; `None` when it is valid.
    pub invalid: Option<InvalidGround>,
    /// Why, in words; may be empty when it is valid.
    pub reason: String,
}

/// The committee's finding on one bid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conformity {
    /// Which bid.
    pub bid: BidId,
    /// Votes that it is valid.
    pub valid_votes: usize,
    /// Votes that it is not.
    pub invalid_votes: usize,
    /// The ground most named, when the majority finds it invalid.
    pub invalid: Option<InvalidGround>,
}

/// Checks one vote: a ground asks for words.
pub fn check_vote(vote: &Vote) -> Result<(), Refusal> {
    if vote.invalid.is_some() && vote.reason.trim().is_empty() {
        return Err(Refusal::new("tendering.vote-reason-missing", "C34").at("reason"));
    }
    Ok(())
}

/// The majority's finding, once every seat has voted exactly once on the bid.
pub fn conclude(bid: BidId, seats: &[SeatId], votes: &[Vote]) -> Result<Conformity, Refusal> {
    let mut grounds = Vec::new();
    for seat in seats {
        let mut own = votes.iter().filter(|vote| vote.bid == bid && vote.seat == *seat);
        let (Some(vote), None) = (own.next(), own.next()) else {
            return Err(Refusal::new("tendering.vote-open", "C34").with("bid", bid.0).with("seat", seat.0));
        };
        grounds.extend(vote.invalid);
    }
    let (invalid_votes, valid_votes) = (grounds.len(), seats.len() - grounds.len());
    let invalid = (invalid_votes > valid_votes).then(|| most_named(&grounds)).flatten();
    Ok(Conformity { bid, valid_votes, invalid_votes, invalid })
}

/// The ground named most often; among equals the first of the law's list.
fn most_named(grounds: &[InvalidGround]) -> Option<InvalidGround> {
    let count = |ground: &InvalidGround| grounds.iter().filter(|other| *other == ground).count();
    grounds.iter().copied().max_by_key(|ground| (count(ground), std::cmp::Reverse(*ground)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(votes: &[Option<InvalidGround>], expected: Result<Option<InvalidGround>, &str>) {
        let seats: Vec<SeatId> = (0..5).map(SeatId).collect();
        let votes: Vec<Vote> = votes
            .iter()
            .zip(&seats)
            .map(|(invalid, seat)| Vote {
                seat: *seat,
                bid: BidId(1),
                invalid: *invalid,
                reason: "因".to_owned(),
            })
            .collect();
        let found = conclude(BidId(1), &seats, &votes);
        assert_eq!(found.map(|found| found.invalid).map_err(|refusal| refusal.code), expected);
    }

    #[test]
    fn a_majority_of_all_members_decides() {
        use InvalidGround::*;
        let (valid, over, unsigned) = (None, Some(OverCeiling), Some(Unsigned));
        check(&[valid, valid, valid, over, over], Ok(None));
        check(&[valid, valid, over, over, unsigned], Ok(over));
        check(&[over, unsigned, valid, valid, Some(Collusion)], Ok(unsigned));
        check(&[over, over, over, over], Err("tendering.vote-open"));
    }

    #[test]
    fn a_vote_against_a_bid_gives_its_reason() {
        let silent = Vote {
            seat: SeatId(1),
            bid: BidId(1),
            invalid: Some(InvalidGround::Unsigned),
            reason: String::new(),
        };
        assert_eq!(check_vote(&silent).unwrap_err().code, "tendering.vote-reason-missing");
        assert!(check_vote(&Vote { invalid: None, ..silent }).is_ok());
    }
}
