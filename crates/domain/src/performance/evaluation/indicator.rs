//! Indicators: what is looked at, for how many points, against which target (E3, E3a).

use crate::coded;
use crate::kernel::{Coded, Refusal, RuleKey, Rules};

coded! {
    /// The kind of service, which decides the indicators (E3a).
    pub enum ServiceKind as "service_kind" {
        /// 养老服务.
        Elderly = "elderly",
        /// 儿童服务.
        Children = "children",
        /// 纠纷调解.
        Mediation = "mediation",
        /// 一般公益服务.
        General = "general",
        /// 评估、培训、考核等机关辅助服务: its recipients are the organisations served.
        BureauSupport = "bureau_support",
    }
}

coded! {
    /// The four heads of the skeleton (E3).
    pub enum IndicatorHead as "indicator_head" {
        /// 预算执行.
        BudgetExecution = "budget_execution",
        /// 产出.
        Output = "output",
        /// 效果.
        Effect = "effect",
        /// 满意度.
        Satisfaction = "satisfaction",
    }
}

coded! {
    /// Where an indicator stands below its head; output has four sides (E3).
    pub enum IndicatorGroup as "indicator_group" {
        /// How the money was spent.
        BudgetExecution = "budget_execution",
        /// How much was delivered.
        Quantity = "quantity",
        /// How well.
        Quality = "quality",
        /// How timely.
        Time = "time",
        /// At which cost.
        Cost = "cost",
        /// What it brought about.
        Effect = "effect",
        /// How content those served are.
        Satisfaction = "satisfaction",
    }
}

impl IndicatorGroup {
    /// The head that the group's points belong to.
    pub fn head(self) -> IndicatorHead {
        match self {
            Self::BudgetExecution => IndicatorHead::BudgetExecution,
            Self::Quantity | Self::Quality | Self::Time | Self::Cost => IndicatorHead::Output,
            Self::Effect => IndicatorHead::Effect,
            Self::Satisfaction => IndicatorHead::Satisfaction,
        }
    }
}

impl IndicatorHead {
    /// The rule that sets the points of this head.
    pub fn rule(self) -> RuleKey {
        match self {
            Self::BudgetExecution => RuleKey::EvaluationBudgetPoints,
            Self::Output => RuleKey::EvaluationOutputPoints,
            Self::Effect => RuleKey::EvaluationEffectPoints,
            Self::Satisfaction => RuleKey::EvaluationSatisfactionPoints,
        }
    }
}

/// One indicator of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Stable code.
    pub code: String,
    /// Where it stands.
    pub group: IndicatorGroup,
    /// Its points, whole.
    pub points: i64,
    /// Its name in Chinese.
    pub title_zh: String,
    /// Its name in English.
    pub title_en: String,
}

/// Refuses a set whose heads do not have the points of the skeleton, or whose output lacks a side (E3).
///
/// # Errors
/// `performance.indicators-not-whole` names the head; `performance.output-side-missing` the side.
pub fn check_set(set: &[Indicator], rules: Rules<'_>) -> Result<(), Refusal> {
    for head in IndicatorHead::ALL {
        let of_head = set.iter().filter(|indicator| indicator.group.head() == *head);
        let points = of_head.fold(0_i64, |sum, indicator| sum.saturating_add(indicator.points));
        let needed = rules.number(head.rule());
        if points != needed {
            let refusal = Refusal::new("performance.indicators-not-whole", "E3").with_code("head", *head);
            return Err(refusal.with("points", points).with("needed", needed));
        }
    }
    let lacks = |group: &&IndicatorGroup| !set.iter().any(|indicator| indicator.group == **group);
    match IndicatorGroup::ALL.iter().find(lacks) {
        Some(group) => Err(Refusal::new("performance.output-side-missing", "E3").with_code("group", *group)),
        None => Ok(()),
    }
}

/// The form field of an indicator's target or actual value, counted from 1.
pub fn field(list: &str, position: usize) -> String {
    format!("{list}.{position}")
}

/// Every indicator without a target value: a set is fixed with all of them (E3).
pub fn missing_targets(targets: &[String]) -> Vec<Refusal> {
    missing(targets, "targets", "performance.target-missing")
}

/// Every indicator of which nobody has said what was reached.
pub fn missing_actuals(actuals: &[String]) -> Vec<Refusal> {
    missing(actuals, "actuals", "performance.actual-missing")
}

fn missing(values: &[String], list: &str, code: &'static str) -> Vec<Refusal> {
    let blank = values.iter().enumerate().filter(|(_, value)| value.trim().is_empty());
    blank
        .map(|(place, _)| Refusal::new(code, "E3").at(field(list, place + 1)).with("position", place + 1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::rules;

    fn set(points: [i64; 7]) -> Vec<Indicator> {
        let groups = IndicatorGroup::ALL.iter().zip(points).filter(|(_, points)| *points > 0);
        groups
            .map(|(group, points)| Indicator {
                code: group.code().to_owned(),
                group: *group,
                points,
                title_zh: "指标".to_owned(),
                title_en: "Indicator".to_owned(),
            })
            .collect()
    }

    #[test]
    fn a_set_has_ten_fifty_thirty_ten_and_all_four_sides_of_output() {
        for (points, expected) in [
            ([10, 15, 15, 10, 10, 30, 10], None),
            ([10, 20, 20, 10, 0, 30, 10], Some("performance.output-side-missing")),
            ([10, 15, 15, 10, 9, 30, 10], Some("performance.indicators-not-whole")),
            ([20, 15, 15, 10, 10, 20, 10], Some("performance.indicators-not-whole")),
            ([10, 15, 15, 10, 10, 40, 0], Some("performance.indicators-not-whole")),
        ] {
            let found = check_set(&set(points), rules()).err().map(|refusal| refusal.code);
            assert_eq!(found, expected, "{points:?}");
        }
    }

    #[test]
    fn every_indicator_has_a_target_before_the_service_begins() {
        let targets = ["95%".to_owned(), " ".to_owned(), "30".to_owned()];
        let found = missing_targets(&targets);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].field.as_deref(), Some("targets.2"));
        assert_eq!(missing_actuals(&targets)[0].code, "performance.actual-missing");
    }
}
