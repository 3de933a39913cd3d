//! Milestones: what is delivered when, and what is paid for it. Together they are the price (C28, C50).

use super::term::Term;
use crate::kernel::{Date, Fen, Refusal};

/// One delivery with its payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// What is delivered.
    pub name: String,
    /// By when.
    pub due: Date,
    /// What is paid once it is accepted.
    pub amount: Fen,
}

/// Everything wrong with the milestones; empty when they fit price and term.
pub fn problems(milestones: &[Milestone], price: Fen, term: &Term) -> Vec<Refusal> {
    let mut found = Vec::new();
    for (index, milestone) in milestones.iter().enumerate() {
        let at = |code, field: &str| Refusal::new(code, "C50").at(format!("milestones.{index}.{field}"));
        if milestone.name.trim().is_empty() {
            found.push(at("contracts.milestone-name-empty", "name"));
        }
        if milestone.due < term.starts || milestone.due > term.ends {
            let refusal = at("contracts.milestone-outside-term", "due");
            found.push(refusal.with("starts", term.starts).with("ends", term.ends));
        }
        if milestone.amount <= Fen::ZERO {
            found.push(at("contracts.milestone-amount-not-positive", "amount"));
        }
    }
    let sum = Fen::sum(milestones.iter().map(|milestone| milestone.amount));
    if sum != Some(price) {
        let refusal = Refusal::new("contracts.milestones-sum", "C50").at("milestones").with("price", price);
        found.push(refusal.with("sum", sum.unwrap_or(Fen(i64::MAX))));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::day;

    fn check(amounts: &[i64], month: i8, expected: &[&str]) {
        let milestones: Vec<Milestone> = amounts
            .iter()
            .map(|yuan| Milestone {
                name: "中期".to_owned(),
                due: day(2026, month, 1),
                amount: Fen::yuan(*yuan),
            })
            .collect();
        let term = Term { starts: day(2026, 3, 1), ends: day(2026, 12, 31) };
        let codes: Vec<_> =
            problems(&milestones, Fen::yuan(100), &term).iter().map(|found| found.code).collect();
        assert_eq!(codes, expected);
    }

    #[test]
    fn milestones_sum_to_the_price_within_the_term() {
        check(&[50, 30, 20], 6, &[]);
        check(&[50, 30, 21], 6, &["contracts.milestones-sum"]);
        check(&[], 6, &["contracts.milestones-sum"]);
        check(&[100], 2, &["contracts.milestone-outside-term"]);
        check(&[150, -50], 6, &["contracts.milestone-amount-not-positive"]);
        check(&[i64::MAX, i64::MAX], 6, &["contracts.milestones-sum"]);
    }
}
