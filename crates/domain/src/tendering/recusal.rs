//! Recusal: who must not judge a purchase, by the rules and by own word (C38, T9).
//!
//! Asked twice: at the draw, when bidders may still be unknown, and again when they are known.

use super::expert::full_years;
use crate::coded;
use crate::kernel::{Date, Finding, Level, OrganisationId, Refusal, RuleKey, Rules};

coded! {
    /// How a person is tied to a bidder or to the purchase.
    pub enum TieKind as "tie_kind" {
        /// Worked for the bidder.
        Employed = "employed",
        /// Its director or supervisor.
        DirectorOrSupervisor = "director_or_supervisor",
        /// Held or controlled it.
        HolderOrController = "holder_or_controller",
        /// Spouse of its head.
        Spouse = "spouse",
        /// Parent, child or other lineal kin of its head.
        LinealKin = "lineal_kin",
        /// Collateral kin within three generations.
        CollateralKin = "collateral_kin",
        /// Near affinity.
        Affinity = "affinity",
        /// Founded the bidder or the project (T9).
        Founder = "founder",
        /// Advised the bidder as a member of the expert team (T9).
        Adviser = "adviser",
        /// Designed the requirement of this purchase (T9).
        DesignedRequirement = "designed_requirement",
        /// Another relation that may affect fairness.
        Other = "other",
    }
}

/// One tie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// How.
    pub kind: TieKind,
    /// To whom; `None` when it is to the purchase itself.
    pub bidder: Option<OrganisationId>,
    /// Last day of a tie that is over; `None` while it lasts.
    pub ended: Option<Date>,
}

impl TieKind {
    /// Whether the tie loses its force some years after it ended; kinship and authorship never do.
    fn fades(self) -> bool {
        matches!(
            self,
            Self::Employed
                | Self::DirectorOrSupervisor
                | Self::HolderOrController
                | Self::Adviser
                | Self::Other
        )
    }
}

/// Every tie to this purchase or one of its bidders, with its outcome on one day.
pub fn findings(ties: &[Tie], bidders: &[OrganisationId], on: Date, rules: Rules<'_>) -> Vec<Finding> {
    ties.iter()
        .filter(|tie| tie.bidder.is_none_or(|bidder| bidders.contains(&bidder)))
        .map(|tie| finding(tie, on, rules))
        .collect()
}

fn finding(tie: &Tie, on: Date, rules: Rules<'_>) -> Finding {
    let years = rules.number(RuleKey::RecusalYears);
    let rule = match tie.kind {
        TieKind::Founder | TieKind::Adviser | TieKind::DesignedRequirement => "T9",
        _ => "C38",
    };
    let is_over = tie.kind.fades() && tie.ended.is_some_and(|ended| full_years(ended, on) >= years);
    let finding =
        Finding::required("tendering.tie", rule, is_over).with_code("kind", tie.kind).with("years", years);
    match tie.ended {
        Some(ended) => finding.with("ended", ended),
        None => finding,
    }
}

/// Whether the findings keep the person from sitting.
pub fn is_recused(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.level == Level::Barred)
}

/// A person recuses himself, in words, at any time before locking his scores.
pub fn by_own_word(reason: &str, has_locked_scores: bool) -> Result<(), Refusal> {
    if has_locked_scores {
        return Err(Refusal::new("tendering.recusal-after-lock", "C38"));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::new("tendering.recusal-reason-missing", "C38").at("reason"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{day, rules};

    fn check(kind: TieKind, bidder: Option<i64>, ended: Option<Date>, expected: bool) {
        let tie = Tie { kind, bidder: bidder.map(OrganisationId), ended };
        let found = findings(&[tie], &[OrganisationId(1)], day(2026, 9, 18), rules());
        assert_eq!(is_recused(&found), expected, "{kind:?} {bidder:?} {ended:?}");
    }

    #[test]
    fn work_for_a_bidder_recuses_for_three_years_and_kinship_for_ever() {
        check(TieKind::Employed, Some(1), None, true);
        check(TieKind::Employed, Some(1), Some(day(2024, 9, 18)), true);
        check(TieKind::Employed, Some(1), Some(day(2023, 9, 19)), true);
        check(TieKind::Employed, Some(1), Some(day(2023, 9, 18)), false);
        check(TieKind::Employed, Some(2), None, false);
        check(TieKind::Spouse, Some(1), Some(day(2001, 1, 1)), true);
        check(TieKind::Founder, Some(1), Some(day(2001, 1, 1)), true);
        check(TieKind::DesignedRequirement, None, None, true);
    }

    #[test]
    fn own_word_needs_a_reason_and_comes_before_the_lock() {
        assert!(by_own_word("曾任其顾问", false).is_ok());
        assert_eq!(by_own_word(" ", false).unwrap_err().code, "tendering.recusal-reason-missing");
        assert_eq!(by_own_word("x", true).unwrap_err().code, "tendering.recusal-after-lock");
    }
}
