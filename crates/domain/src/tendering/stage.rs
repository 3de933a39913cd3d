//! The life of a tender: one closed list of stages, one table of who may follow whom, and the phase people
//! see, which depends on the moment of reading.
//!
//! There is one way to an award: through bidding, opening, review and ranking (S67, S69). The table has no
//! shortcut, and a test walks it to prove that.

use crate::coded;
use crate::kernel::{Moment, Refusal};

coded! {
    /// Where a tender stands, as stored.
    pub enum Stage as "stage" {
        /// The office writes the requirement.
        Drafting = "drafting",
        /// The purchase lead checks it.
        Checking = "checking",
        /// Checked, waiting to be published.
        Ready = "ready",
        /// Published: notice, questions, bids.
        Bidding = "bidding",
        /// Bids are readable; qualification is being checked.
        Opened = "opened",
        /// The committee works.
        Reviewing = "reviewing",
        /// Scores are locked and ranked.
        Ranked = "ranked",
        /// The decision is public and may be challenged.
        Publicised = "publicised",
        /// The award notice is out.
        Awarded = "awarded",
        /// Both sides have signed.
        Contracted = "contracted",
        /// Too few bids or none valid; may be noticed again as a new tender.
        Failed = "failed",
        /// Ended by decision.
        Cancelled = "cancelled",
    }
}

coded! {
    /// What people see of a tender at a moment.
    pub enum Phase as "phase" {
        /// Not yet public.
        Preparing = "preparing",
        /// Public and open for bids.
        Bidding = "bidding",
        /// The deadline has passed; the opening has not been held yet.
        AwaitingOpening = "awaiting_opening",
        /// Opened, qualification under way.
        Opened = "opened",
        /// Under review.
        Reviewing = "reviewing",
        /// Ranked; the purchaser decides.
        Deciding = "deciding",
        /// The result is public and may be challenged.
        Publicised = "publicised",
        /// The time to challenge is over; the award notice is due.
        AwaitingAward = "awaiting_award",
        /// Awarded; the contract is due.
        Awarded = "awarded",
        /// Under contract.
        Contracted = "contracted",
        /// Failed.
        Failed = "failed",
        /// Cancelled.
        Cancelled = "cancelled",
    }
}

impl Stage {
    /// The stages that may come next. `Bidding` may be extended and so follows itself.
    pub fn followers(self) -> &'static [Stage] {
        match self {
            Self::Drafting => &[Self::Checking, Self::Cancelled],
            Self::Checking => &[Self::Drafting, Self::Ready, Self::Cancelled],
            Self::Ready => &[Self::Drafting, Self::Bidding, Self::Cancelled],
            Self::Bidding => &[Self::Bidding, Self::Opened, Self::Failed, Self::Cancelled],
            Self::Opened => &[Self::Reviewing, Self::Failed, Self::Cancelled],
            Self::Reviewing => &[Self::Ranked, Self::Failed, Self::Cancelled],
            // Back to the committee: only to correct scores (C46).
            Self::Ranked => &[Self::Reviewing, Self::Publicised, Self::Failed, Self::Cancelled],
            // Back to the decision: the candidate fell away or a challenge was upheld (C58, C61).
            Self::Publicised => &[Self::Ranked, Self::Awarded, Self::Failed, Self::Cancelled],
            Self::Awarded => &[Self::Ranked, Self::Contracted, Self::Failed, Self::Cancelled],
            Self::Contracted | Self::Failed | Self::Cancelled => &[],
        }
    }

    /// Whether `next` may follow.
    pub fn may_follow(self, next: Stage) -> bool {
        self.followers().contains(&next)
    }

    /// `next`, when it may follow.
    pub fn advance(self, next: Stage) -> Result<Stage, Refusal> {
        if self.may_follow(next) {
            return Ok(next);
        }
        Err(Refusal::new("tendering.stage-may-not-follow", "S69")
            .with_code("stage", self)
            .with_code("next", next))
    }

    /// Refuses any stage but `needed`.
    pub fn expect(self, needed: Stage) -> Result<(), Refusal> {
        if self == needed {
            return Ok(());
        }
        Err(Refusal::new("tendering.wrong-stage", "S69").with_code("stage", self).with_code("needed", needed))
    }

    /// Whether the public may see the tender.
    pub fn is_public(self) -> bool {
        !matches!(self, Self::Drafting | Self::Checking | Self::Ready)
    }

    /// Whether bids have been opened, so that their number and names are no secret any more (C30).
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Self::Opened
                | Self::Reviewing
                | Self::Ranked
                | Self::Publicised
                | Self::Awarded
                | Self::Contracted
        )
    }

    /// Whether nothing can happen any more.
    pub fn is_final(self) -> bool {
        self.followers().is_empty()
    }
}

/// The phase at `now`. `deadline` is the bid deadline in force, `challenge_end` the end of the time in
/// which the public result may be challenged; both are `None` until they are known.
pub fn phase(stage: Stage, deadline: Option<Moment>, challenge_end: Option<Moment>, now: Moment) -> Phase {
    let has_passed = |moment: Option<Moment>| moment.is_some_and(|end| now >= end);
    match stage {
        Stage::Drafting | Stage::Checking | Stage::Ready => Phase::Preparing,
        Stage::Bidding if has_passed(deadline) => Phase::AwaitingOpening,
        Stage::Bidding => Phase::Bidding,
        Stage::Opened => Phase::Opened,
        Stage::Reviewing => Phase::Reviewing,
        Stage::Ranked => Phase::Deciding,
        Stage::Publicised if has_passed(challenge_end) => Phase::AwaitingAward,
        Stage::Publicised => Phase::Publicised,
        Stage::Awarded => Phase::Awarded,
        Stage::Contracted => Phase::Contracted,
        Stage::Failed => Phase::Failed,
        Stage::Cancelled => Phase::Cancelled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Coded;

    #[test]
    fn there_is_no_award_without_a_closed_competition() {
        let competition = [
            Stage::Bidding,
            Stage::Opened,
            Stage::Reviewing,
            Stage::Ranked,
            Stage::Publicised,
            Stage::Awarded,
        ];
        // Leave out one step of the competition: then nothing after it can be reached at all.
        for (index, without) in competition.iter().enumerate() {
            let mut reached = vec![Stage::Drafting];
            let mut next = 0;
            while let Some(stage) = reached.get(next).copied() {
                next += 1;
                for follower in stage.followers() {
                    if follower != without && !reached.contains(follower) {
                        reached.push(*follower);
                    }
                }
            }
            for later in competition.iter().skip(index).chain([&Stage::Contracted]) {
                assert!(!reached.contains(later), "{later:?} without {without:?}");
            }
        }
    }

    #[test]
    fn what_is_over_stays_over_and_what_is_running_can_be_ended() {
        for stage in Stage::ALL {
            if stage.is_final() {
                assert!(Stage::ALL.iter().all(|next| stage.advance(*next).is_err()));
            } else {
                assert!(stage.may_follow(Stage::Cancelled));
            }
        }
        assert_eq!(Stage::Ready.advance(Stage::Awarded).unwrap_err().code, "tendering.stage-may-not-follow");
    }

    #[test]
    fn the_phase_follows_the_clock_and_not_the_last_write() {
        let at = |seconds: i64| Moment(seconds * 1_000_000);
        let seen = |stage, now| phase(stage, Some(at(10)), Some(at(20)), at(now));
        assert_eq!(seen(Stage::Bidding, 9), Phase::Bidding);
        assert_eq!(seen(Stage::Bidding, 10), Phase::AwaitingOpening);
        assert_eq!(seen(Stage::Publicised, 19), Phase::Publicised);
        assert_eq!(seen(Stage::Publicised, 20), Phase::AwaitingAward);
        assert_eq!(phase(Stage::Bidding, None, None, at(99)), Phase::Bidding);
    }
}
