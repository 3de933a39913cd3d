//! Whose judgement counts how much: experts, recipients, purchaser, and a third party where nobody can be asked
//! (E1, S72).

use crate::kernel::{Refusal, RuleKey, Rules};

/// All weights together, in hundredths of the result.
const WHOLE: i64 = 100;

/// The weight of each party in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights {
    /// Experts drawn from the pool.
    pub experts: i64,
    /// Recipients, by their satisfaction rate.
    pub recipients: i64,
    /// The purchasing office.
    pub purchaser: i64,
    /// An independent evaluator, only where no recipients can be identified.
    pub third_party: i64,
}

/// Who can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipients<'a> {
    /// Whether recipients can be identified.
    pub are_identifiable: bool,
    /// Why not; published.
    pub reason: &'a str,
    /// The independent evaluator then.
    pub third_party: &'a str,
}

/// The weights that hold unless a plan says otherwise.
pub fn usual(rules: Rules<'_>) -> Weights {
    Weights {
        experts: rules.number(RuleKey::EvaluationExpertsWeight),
        recipients: rules.number(RuleKey::EvaluationRecipientsWeight),
        purchaser: rules.number(RuleKey::EvaluationPurchaserWeight),
        third_party: 0,
    }
}

/// Everything wrong with the weights; empty when they may be fixed.
pub fn problems(weights: &Weights, recipients: &Recipients<'_>, rules: Rules<'_>) -> Vec<Refusal> {
    let mut found = Vec::new();
    let parts = [
        ("experts", weights.experts),
        ("recipients", weights.recipients),
        ("purchaser", weights.purchaser),
        ("third_party", weights.third_party),
    ];
    for (field, value) in parts {
        if !(0..=WHOLE).contains(&value) {
            found.push(at("performance.weight-out-of-range", "E1", field).with("weight", value));
        }
    }
    let sum = parts.iter().fold(0_i64, |sum, (_, value)| sum.saturating_add(*value));
    if sum != WHOLE {
        found.push(at("performance.weights-sum", "E1", "experts").with("sum", sum));
    }
    let below = rules.number(RuleKey::EvaluationPurchaserBelow);
    if weights.purchaser >= below {
        let refusal = at("performance.purchaser-weight", "E1", "purchaser");
        found.push(refusal.with("weight", weights.purchaser).with("below", below));
    }
    if weights.experts <= 0 {
        found.push(at("performance.experts-weight-zero", "S72", "experts"));
    }
    match recipients.are_identifiable {
        true => found.extend(heard(weights)),
        false => found.extend(moved(weights, recipients, rules)),
    }
    found
}

/// Recipients who can be asked are asked, and nobody stands in for them.
fn heard(weights: &Weights) -> Vec<Refusal> {
    let mut found = Vec::new();
    if weights.recipients <= 0 {
        found.push(at("performance.recipients-weight-zero", "S72", "recipients"));
    }
    if weights.third_party != 0 {
        found.push(at("performance.third-party-beside-recipients", "E1", "third_party"));
    }
    found
}

/// The weight of recipients who cannot be identified goes to experts and a third party, with a reason.
fn moved(weights: &Weights, recipients: &Recipients<'_>, rules: Rules<'_>) -> Vec<Refusal> {
    let mut found = Vec::new();
    if weights.recipients != 0 {
        found.push(at("performance.weight-of-nobody", "E1", "recipients"));
    }
    if weights.third_party <= 0 {
        found.push(at("performance.third-party-weight-missing", "E1", "third_party"));
    }
    let own = rules.number(RuleKey::EvaluationPurchaserWeight);
    if weights.purchaser > own {
        let refusal = at("performance.weight-moved-to-purchaser", "E1", "purchaser");
        found.push(refusal.with("most", own));
    }
    if recipients.reason.trim().is_empty() {
        found.push(at("performance.no-recipients-reason-missing", "E1", "no_recipients_reason"));
    }
    if recipients.third_party.trim().is_empty() {
        found.push(at("performance.third-party-missing", "E1", "third_party_name"));
    }
    found
}

fn at(code: &'static str, rule: &'static str, field: &'static str) -> Refusal {
    Refusal::new(code, rule).at(field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::rules;

    const ASKED: Recipients<'_> = Recipients { are_identifiable: true, reason: "", third_party: "" };
    const NOBODY: Recipients<'_> = Recipients {
        are_identifiable: false,
        reason: "面向公众的政策研究，没有可识别的服务对象",
        third_party: "宁衡评价事务所（示例）",
    };

    fn check(parts: [i64; 4], recipients: &Recipients<'_>, expected: &[&str]) {
        let [experts, of_recipients, purchaser, third_party] = parts;
        let weights = Weights { experts, recipients: of_recipients, purchaser, third_party };
        let found = problems(&weights, recipients, rules());
        let codes: Vec<_> = found.iter().map(|refusal| refusal.code).collect();
        assert_eq!(codes, expected, "{parts:?}");
    }

    #[test]
    fn the_usual_weights_are_forty_forty_twenty() {
        let weights = usual(rules());
        assert_eq!((weights.experts, weights.recipients, weights.purchaser), (40, 40, 20));
        assert_eq!(problems(&weights, &ASKED, rules()), []);
    }

    #[test]
    fn the_purchaser_never_has_half_and_experts_and_recipients_always_count() {
        for (parts, expected) in [
            ([30, 21, 49, 0], &[][..]),
            ([30, 20, 50, 0], &["performance.purchaser-weight"]),
            ([20, 20, 60, 0], &["performance.purchaser-weight"]),
            ([0, 80, 20, 0], &["performance.experts-weight-zero"]),
            ([80, 0, 20, 0], &["performance.recipients-weight-zero"]),
            ([40, 40, 19, 0], &["performance.weights-sum"]),
            ([40, 39, 20, 1], &["performance.third-party-beside-recipients"]),
            ([-10, 90, 20, 0], &["performance.weight-out-of-range", "performance.experts-weight-zero"]),
        ] {
            check(parts, &ASKED, expected);
        }
    }

    #[test]
    fn a_weight_of_nobody_goes_to_experts_and_a_third_party_with_a_reason() {
        check([60, 0, 20, 20], &NOBODY, &[]);
        check(
            [60, 20, 20, 0],
            &NOBODY,
            &["performance.weight-of-nobody", "performance.third-party-weight-missing"],
        );
        check([50, 0, 30, 20], &NOBODY, &["performance.weight-moved-to-purchaser"]);
        let silent = Recipients { reason: " ", third_party: "", ..NOBODY };
        check(
            [60, 0, 20, 20],
            &silent,
            &["performance.no-recipients-reason-missing", "performance.third-party-missing"],
        );
    }
}
