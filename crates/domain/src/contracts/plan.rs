//! The plan of delivery: of what a milestone consists, what one unit costs, and for what may be deducted. It
//! is kept with the contract before anyone signs, so that acceptance only counts (E3b, C50, S64).

use super::Milestone;
use crate::coded;
use crate::kernel::{Fen, Ratio, Refusal, RuleKey, Rules};

coded! {
    /// How a line of the deduction table deducts.
    pub enum DeductionKind as "deduction_kind" {
        /// Units that are not accepted, at their price.
        Unit = "unit",
        /// A share of what the accepted units cost.
        Share = "share",
    }
}

/// A kind of unit of one milestone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedUnit {
    /// The milestone's place in the order, from 1.
    pub milestone: i64,
    /// What is done.
    pub name: String,
    /// In what it is counted, such as 人次.
    pub measure: String,
    /// How many.
    pub planned: i64,
    /// What one costs.
    pub price: Fen,
}

/// A line of the deduction table, as it is to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedDeduction {
    /// Units that are not accepted, or a share of the rest.
    pub kind: DeductionKind,
    /// For what.
    pub ground: String,
    /// The share, in hundredths of a percent; nought for units.
    pub basis_points: i64,
}

/// Everything wrong with the units; empty when they make up their milestones. A milestone without units of
/// its own is one unit at its whole amount.
pub fn unit_problems(units: &[PlannedUnit], milestones: &[Milestone]) -> Vec<Refusal> {
    let mut found = Vec::new();
    for (index, unit) in units.iter().enumerate() {
        let at = |code, field: &str| Refusal::new(code, "C50").at(format!("units.{index}.{field}"));
        if unit.name.trim().is_empty() || unit.measure.trim().is_empty() {
            found.push(at("performance.unit-name-empty", "name"));
        }
        if unit.planned <= 0 || unit.price <= Fen::ZERO {
            found.push(at("performance.unit-not-positive", "planned"));
        }
        if usize::try_from(unit.milestone).map_or(true, |place| place == 0 || place > milestones.len()) {
            found.push(at("performance.milestone-unknown", "milestone"));
        }
    }
    if found.is_empty() {
        found.extend(
            milestones.iter().enumerate().filter_map(|(index, held)| sum_problem(units, index, held)),
        );
    }
    found
}

fn sum_problem(units: &[PlannedUnit], index: usize, milestone: &Milestone) -> Option<Refusal> {
    let place = i64::try_from(index + 1).ok()?;
    let mut own = units.iter().filter(|unit| unit.milestone == place).peekable();
    own.peek()?;
    let sum = own.try_fold(0_i64, |sum, unit| sum.checked_add(unit.price.0.checked_mul(unit.planned)?));
    if sum == Some(milestone.amount.0) {
        return None;
    }
    let refusal = Refusal::new("performance.units-sum", "C50").at("units").with("milestone", place);
    Some(refusal.with("sum", Fen(sum.unwrap_or(i64::MAX))).with("amount", milestone.amount))
}

/// Everything wrong with the lines of a deduction table.
pub fn line_problems(lines: &[PlannedDeduction]) -> Vec<Refusal> {
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let at = |code, field: &str| Refusal::new(code, "E3b").at(format!("lines.{index}.{field}"));
        if line.ground.trim().is_empty() {
            found.push(at("performance.line-ground-empty", "ground"));
        }
        let is_share = line.kind == DeductionKind::Share;
        if is_share != (1..=10_000).contains(&line.basis_points) || (!is_share && line.basis_points != 0) {
            found.push(at("performance.line-share", "share"));
        }
    }
    found
}

/// The table that a contract has when its office writes none.
pub fn standard_lines(rules: Rules<'_>) -> Vec<PlannedDeduction> {
    let share = |key| {
        let ratio: Ratio = rules.ratio(key);
        i64::try_from(ratio.basis_points()).unwrap_or(0)
    };
    vec![
        PlannedDeduction {
            kind: DeductionKind::Unit,
            ground: "未提供或台账无法核实的服务，按单价扣减".to_owned(),
            basis_points: 0,
        },
        PlannedDeduction {
            kind: DeductionKind::Share,
            ground: "逾期完成本阶段服务".to_owned(),
            basis_points: share(RuleKey::DeductionLateShare),
        },
        PlannedDeduction {
            kind: DeductionKind::Share,
            ground: "服务质量未达到合同标准".to_owned(),
            basis_points: share(RuleKey::DeductionQualityShare),
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{day, rules};

    fn unit(milestone: i64, planned: i64, yuan: i64) -> PlannedUnit {
        let (name, measure) = ("上门服务".to_owned(), "人次".to_owned());
        PlannedUnit { milestone, name, measure, planned, price: Fen::yuan(yuan) }
    }

    #[test]
    fn units_make_up_their_milestone() {
        let milestone =
            |yuan| Milestone { name: "期".to_owned(), due: day(2026, 6, 30), amount: Fen::yuan(yuan) };
        let milestones = [milestone(1_000), milestone(500)];
        for (units, expected) in [
            (vec![], vec![]),
            (vec![unit(1, 10, 100)], vec![]),
            (vec![unit(1, 6, 100), unit(1, 4, 100), unit(2, 1, 500)], vec![]),
            (vec![unit(1, 9, 100)], vec!["performance.units-sum"]),
            (vec![unit(3, 1, 100)], vec!["performance.milestone-unknown"]),
            (vec![unit(1, 0, 100)], vec!["performance.unit-not-positive"]),
            (vec![unit(1, i64::MAX, 100)], vec!["performance.units-sum"]),
            (
                vec![PlannedUnit { measure: String::new(), ..unit(1, 10, 100) }],
                vec!["performance.unit-name-empty"],
            ),
        ] {
            let codes: Vec<_> = unit_problems(&units, &milestones).iter().map(|found| found.code).collect();
            assert_eq!(codes, expected, "{units:?}");
        }
    }

    #[test]
    fn a_share_lies_between_nothing_and_all() {
        let line = |kind, ground: &str, basis_points| PlannedDeduction {
            kind,
            ground: ground.to_owned(),
            basis_points,
        };
        for (line, expected) in [
            (line(DeductionKind::Share, "逾期", 500), None),
            (line(DeductionKind::Share, "逾期", 0), Some("performance.line-share")),
            (line(DeductionKind::Share, "逾期", 10_001), Some("performance.line-share")),
            (line(DeductionKind::Unit, "未提供", 0), None),
            (line(DeductionKind::Unit, "未提供", 5), Some("performance.line-share")),
            (line(DeductionKind::Unit, " ", 0), Some("performance.line-ground-empty")),
        ] {
            assert_eq!(line_problems(&[line]).first().map(|found| found.code), expected);
        }
    }

    #[test]
    fn the_standard_table_comes_from_the_rule_book() {
        let lines = standard_lines(rules());
        let shares: Vec<i64> = lines.iter().map(|line| line.basis_points).collect();
        assert_eq!(shares, [0, 500, 1_000]);
        assert!(line_problems(&lines).is_empty());
    }
}
