//! Supplements: more of the same service, up to a tenth of the contract in all (C53).

use crate::kernel::{Fen, Refusal, RuleKey, Rules};

/// Checks one more supplement against all that came before it.
pub fn check(
    contract: Fen,
    earlier: &[Fen],
    amount: Fen,
    is_same_content: bool,
    rules: Rules<'_>,
) -> Result<(), Refusal> {
    if amount <= Fen::ZERO {
        return Err(Refusal::new("contracts.supplement-not-positive", "C53").at("amount"));
    }
    if !is_same_content {
        return Err(Refusal::new("contracts.supplement-other-content", "C53").at("content"));
    }
    let sum = Fen::sum(earlier.iter().copied().chain([amount])).unwrap_or(Fen(i64::MAX));
    let most = rules.ratio(RuleKey::SupplementMax);
    if !most.at_most(sum.0, contract.0) {
        let refusal = Refusal::new("contracts.supplement-too-large", "C53").at("amount").with("sum", sum);
        return Err(refusal.with("most", most.of(contract)).with("contract", contract));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::rules;

    fn verdict(earlier: &[i64], fen: i64, expected: Option<&str>) {
        let earlier: Vec<Fen> = earlier.iter().map(|fen| Fen(*fen)).collect();
        let found = check(Fen(100_005), &earlier, Fen(fen), true, rules());
        assert_eq!(found.err().map(|refusal| refusal.code), expected);
    }

    #[test]
    fn all_supplements_together_stay_within_a_tenth() {
        verdict(&[], 10_000, None);
        verdict(&[], 10_001, Some("contracts.supplement-too-large"));
        verdict(&[6_000, 4_000], 1, Some("contracts.supplement-too-large"));
        verdict(&[6_000], 4_000, None);
        verdict(&[], 0, Some("contracts.supplement-not-positive"));
        verdict(&[i64::MAX], i64::MAX, Some("contracts.supplement-too-large"));
        let other = check(Fen(100), &[], Fen(1), false, rules()).unwrap_err();
        assert_eq!(other.code, "contracts.supplement-other-content");
    }
}
