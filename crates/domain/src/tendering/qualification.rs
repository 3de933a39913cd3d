//! Qualification: the purchaser, not the committee, checks who may take part (C32).
//!
//! The purchaser cannot let in whom the register bars, and cannot keep out anyone without a reason. Fewer
//! qualified bidders than the competition needs: no review.

use super::opening;
use super::procedure::Procedure;
use crate::kernel::{BidId, PersonId, Refusal, Rules};
use crate::registry::Eligibility;

/// The purchaser's finding on one bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Which bid.
    pub bid: BidId,
    /// Whether it may go on.
    pub is_qualified: bool,
    /// Why not; may be empty when it may.
    pub reason: String,
}

/// What follows from all verdicts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The committee reviews these bids.
    Review(Vec<BidId>),
    /// Too few are left: no review.
    Fail {
        /// How many are left.
        left: usize,
        /// How many are needed.
        needed: usize,
    },
}

/// Checks one verdict against the register's answer, frozen as of the deadline.
pub fn check(verdict: &Verdict, eligibility: &Eligibility) -> Result<(), Refusal> {
    if verdict.is_qualified {
        return eligibility.require();
    }
    if verdict.reason.trim().is_empty() {
        return Err(Refusal::new("tendering.disqualification-reason-missing", "C32").at("reason"));
    }
    Ok(())
}

/// The checker is no member of the committee (C32).
pub fn check_checker(checker: PersonId, panel: &[PersonId]) -> Result<(), Refusal> {
    if panel.contains(&checker) {
        return Err(Refusal::new("tendering.qualification-by-panel", "C32"));
    }
    Ok(())
}

/// What follows, once every opened bid has one verdict.
pub fn conclude(
    opened: &[BidId],
    verdicts: &[Verdict],
    extensions: usize,
    procedure: &Procedure,
    rules: Rules<'_>,
) -> Result<Outcome, Refusal> {
    let mut qualified = Vec::new();
    for bid in opened {
        let mut own = verdicts.iter().filter(|verdict| verdict.bid == *bid);
        let (Some(verdict), None) = (own.next(), own.next()) else {
            return Err(Refusal::new("tendering.qualification-open", "C32").with("bid", bid.0));
        };
        if verdict.is_qualified {
            qualified.push(*bid);
        }
    }
    let needed = opening::bidders_needed(extensions, procedure, rules);
    if qualified.len() < needed {
        return Ok(Outcome::Fail { left: qualified.len(), needed });
    }
    Ok(Outcome::Review(qualified))
}

#[cfg(test)]
mod tests {
    use super::super::procedure::OPEN_COMPETITION;
    use super::*;
    use crate::kernel::Finding;
    use crate::specimen::rules;

    fn verdict(bid: i64, is_qualified: bool, reason: &str) -> Verdict {
        Verdict { bid: BidId(bid), is_qualified, reason: reason.to_owned() }
    }

    #[test]
    fn the_purchaser_neither_overrules_the_register_nor_excludes_in_silence() {
        let barred = Eligibility { findings: vec![Finding::barred("registry.credit-listing", "B38")] };
        let sound = Eligibility { findings: vec![Finding::warn("registry.inspection", "C17")] };
        let code = |verdict, eligibility| check(&verdict, eligibility).err().map(|refusal| refusal.code);
        assert_eq!(code(verdict(1, true, ""), &barred), Some("registry.credit-listing"));
        assert_eq!(code(verdict(1, true, ""), &sound), None);
        let silent = Some("tendering.disqualification-reason-missing");
        assert_eq!(code(verdict(1, false, " "), &sound), silent);
        assert_eq!(code(verdict(1, false, "证书过期"), &sound), None);
        assert!(check_checker(PersonId(1), &[PersonId(1)]).is_err());
    }

    #[test]
    fn too_few_qualified_bidders_mean_no_review() {
        let opened = [BidId(1), BidId(2), BidId(3)];
        let out = |last| [verdict(1, true, ""), verdict(2, true, ""), verdict(3, last, "x")];
        let conclude = |verdicts: &[Verdict], extensions| {
            super::conclude(&opened, verdicts, extensions, &OPEN_COMPETITION, rules())
        };
        assert_eq!(conclude(&out(true), 0), Ok(Outcome::Review(opened.to_vec())));
        assert_eq!(conclude(&out(false), 0), Ok(Outcome::Fail { left: 2, needed: 3 }));
        assert_eq!(conclude(&out(false), 1), Ok(Outcome::Review(opened[..2].to_vec())));
        assert_eq!(conclude(&out(true)[..2], 0).unwrap_err().code, "tendering.qualification-open");
    }
}
