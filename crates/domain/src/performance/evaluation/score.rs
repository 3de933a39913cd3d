//! The result: three judgements joined by exact whole numbers, rounded once at the end (E1, E3).

use super::weights::Weights;
use crate::coded;
use crate::kernel::{Refusal, RuleKey, Rules};

/// A full score, in hundredths of a point.
pub const FULL: i64 = 10_000;

coded! {
    /// The grade of a project; another scale than the rating of an organisation (E3, T2).
    pub enum EvaluationGrade as "evaluation_grade" {
        /// 优.
        You = "you",
        /// 良.
        Liang = "liang",
        /// 中.
        Zhong = "zhong",
        /// 差.
        Cha = "cha",
    }
}

/// What each party said; fractions stay fractions until the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartyScores {
    /// Sum of the experts' sheets in hundredths, and how many there are.
    pub experts: (i64, i64),
    /// Satisfied and valid answers of recipients, where there are any.
    pub recipients: Option<(i64, i64)>,
    /// The purchaser's score in hundredths.
    pub purchaser: i64,
    /// The third party's score in hundredths, where there is one.
    pub third_party: Option<i64>,
}

/// The result in hundredths of a point, rounded half up, once, to the decimals of the rule.
///
/// # Errors
/// `performance.score-of-party-missing` when a party with weight has not spoken.
pub fn total(weights: &Weights, scores: &PartyScores, rules: Rules<'_>) -> Result<i64, Refusal> {
    let missing = |party: &'static str| {
        let refusal = Refusal::new("performance.score-of-party-missing", "E1");
        refusal.with("party", crate::kernel::Fact::Code("evaluation_party", party))
    };
    let (sum, count) = scores.experts;
    if count <= 0 {
        return Err(missing("experts"));
    }
    let (satisfied, valid) = match scores.recipients {
        Some((satisfied, valid)) if valid > 0 => (satisfied, valid),
        _ if weights.recipients > 0 => return Err(missing("recipients")),
        _ => (0, 1),
    };
    let third_party = match scores.third_party {
        Some(score) => score,
        None if weights.third_party > 0 => return Err(missing("third_party")),
        None => 0,
    };
    let [count, valid] = [count, valid].map(i128::from);
    let part = |weight: i64, value: i64| i128::from(weight) * i128::from(value);
    let numerator = part(weights.experts, sum) * valid
        + part(weights.recipients, satisfied) * i128::from(FULL) * count
        + (part(weights.purchaser, scores.purchaser) + part(weights.third_party, third_party))
            * count
            * valid;
    let step = 10_i128.pow(2_u32.saturating_sub(decimals(rules)));
    let denominator = 100 * count * valid * step;
    let rounded = (2 * numerator + denominator).div_euclid(2 * denominator) * step;
    Ok(i64::try_from(rounded).unwrap_or(i64::MAX))
}

/// Decimals of a published result: at most two, since points are kept in hundredths.
fn decimals(rules: Rules<'_>) -> u32 {
    u32::try_from(rules.number(RuleKey::EvaluationDecimals)).unwrap_or(0).min(2)
}

/// The grade of a published result.
pub fn grade(total: i64, rules: Rules<'_>) -> EvaluationGrade {
    let reaches = |key| total >= rules.number(key).saturating_mul(100);
    if reaches(RuleKey::EvaluationGradeYou) {
        EvaluationGrade::You
    } else if reaches(RuleKey::EvaluationGradeLiang) {
        EvaluationGrade::Liang
    } else if reaches(RuleKey::EvaluationGradeZhong) {
        EvaluationGrade::Zhong
    } else {
        EvaluationGrade::Cha
    }
}

/// Refuses a score out of 0 to 100, or one without its evidence in writing (E1).
///
/// # Errors
/// `performance.party-score-out-of-range` at `score`, `performance.evidence-missing` at `evidence`.
pub fn check_given(score: Option<i64>, evidence: &str) -> Vec<Refusal> {
    let mut found = Vec::new();
    if !score.is_some_and(|score| (0..=FULL).contains(&score)) {
        found.push(Refusal::new("performance.party-score-out-of-range", "E1").at("score"));
    }
    if evidence.trim().is_empty() {
        found.push(Refusal::new("performance.evidence-missing", "E1").at("evidence"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::weights::usual;
    use super::*;
    use crate::specimen::rules;

    fn scores(experts: (i64, i64), recipients: (i64, i64), purchaser: i64) -> PartyScores {
        PartyScores { experts, recipients: Some(recipients), purchaser, third_party: None }
    }

    #[test]
    fn results_are_those_of_the_rule_book() {
        for (experts, recipients, purchaser, expected, graded) in [
            // G10: 85, 29 of 33, 95.
            ((8500, 1), (29, 33), 9500, 8820, EvaluationGrade::Liang),
            ((25_500, 3), (29, 33), 9500, 8820, EvaluationGrade::Liang),
            ((10_000, 1), (1, 1), 10_000, 10_000, EvaluationGrade::You),
            ((9000, 1), (9, 10), 9000, 9000, EvaluationGrade::You),
            ((8985, 1), (9, 10), 9000, 8990, EvaluationGrade::Liang),
            ((6000, 1), (6, 10), 5980, 6000, EvaluationGrade::Zhong),
            ((6000, 1), (6, 10), 5970, 5990, EvaluationGrade::Cha),
            ((0, 3), (0, 30), 0, 0, EvaluationGrade::Cha),
        ] {
            let found = total(&usual(rules()), &scores(experts, recipients, purchaser), rules());
            assert_eq!(found, Ok(expected), "{experts:?} {recipients:?} {purchaser}");
            assert_eq!(grade(expected, rules()), graded);
        }
    }

    #[test]
    fn thirds_are_not_rounded_before_the_end() {
        // Three sheets of 89.99, 90.00, 90.00 and all else full: 95.9987 is 96.0.
        let found = total(&usual(rules()), &scores((26_999, 3), (3, 3), 10_000), rules());
        assert_eq!(found, Ok(9600));
        // 0.4 of 100/3 is 13.33…, which rounds to 13.3 and not to 13.4 by way of 13.34.
        let found = total(&usual(rules()), &scores((10_000, 3), (0, 7), 0), rules());
        assert_eq!(found, Ok(1330));
    }

    #[test]
    fn nobody_is_left_out_who_has_a_weight() {
        let weights = usual(rules());
        let silent = PartyScores { recipients: None, ..scores((8500, 1), (1, 1), 9000) };
        assert_eq!(total(&weights, &silent, rules()).unwrap_err().code, "performance.score-of-party-missing");
        assert!(total(&weights, &scores((0, 0), (1, 1), 9000), rules()).is_err());
        let moved = Weights { experts: 60, recipients: 0, purchaser: 20, third_party: 20 };
        assert!(total(&moved, &silent, rules()).is_err());
        let heard = PartyScores { third_party: Some(8000), ..silent };
        assert_eq!(total(&moved, &heard, rules()), Ok(8500));
    }

    #[test]
    fn a_given_score_has_its_evidence() {
        assert_eq!(check_given(Some(9500), "验收单与台账"), []);
        assert_eq!(check_given(Some(10_001), "").len(), 2);
        assert_eq!(check_given(None, "x")[0].field.as_deref(), Some("score"));
    }
}
