//! The scoring table: what will be scored and how much each part weighs, published with the notice
//! (C19, C41, C42). It cannot change once bids may come in.

use super::procedure::Procedure;
use crate::coded;
use crate::kernel::{Refusal, RuleKey, Rules};

coded! {
    /// What a criterion looks at.
    pub enum CriterionKind as "criterion_kind" {
        /// The price; computed, never scored by hand.
        Price = "price",
        /// The written bid.
        Quality = "quality",
        /// The live presentation.
        Presentation = "presentation",
    }
}

coded! {
    /// How two bids equal in score and price are told apart (C45, T4). The lot decides what is left.
    pub enum TieRule as "tie_rule" {
        /// By lot at once.
        Lot = "lot",
        /// The higher score without price first.
        QualityFirst = "quality_first",
        /// Organisations of the cultivation programme first (S36).
        CultivatedFirst = "cultivated_first",
    }
}

coded! {
    /// How scores are rounded when they are printed; ranking never rounds (C43).
    pub enum RoundingRule as "rounding_rule" {
        /// Half up, to the decimals that the rule book sets.
        HalfUp = "half_up",
    }
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// 1, 2, …: its place in the table and its name in score sheets.
    pub position: u32,
    /// What is looked at, in words.
    pub name: String,
    /// Kind.
    pub kind: CriterionKind,
    /// Whole points.
    pub weight_points: i64,
    /// True when it counts facts, so that all members must arrive at the same score (C46).
    pub is_objective: bool,
}

/// The whole table with its published rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoringTable {
    /// The lines, by position.
    pub criteria: Vec<Criterion>,
    /// Ties.
    pub tie_rule: TieRule,
    /// Rounding.
    pub rounding_rule: RoundingRule,
    /// True when the price is fixed or set by the state, and so not scored (C42).
    pub is_price_fixed: bool,
}

impl ScoringTable {
    /// The price weight in points; zero when the price is fixed.
    pub fn price_weight(&self) -> i64 {
        let price = self.criteria.iter().filter(|criterion| criterion.kind == CriterionKind::Price);
        price.fold(0_i64, |sum, criterion| sum.saturating_add(criterion.weight_points))
    }

    /// The criteria that members score by hand.
    pub fn scored(&self) -> impl Iterator<Item = &Criterion> {
        self.criteria.iter().filter(|criterion| criterion.kind != CriterionKind::Price)
    }

    /// The criterion at a position.
    pub fn at(&self, position: u32) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| criterion.position == position)
    }
}

/// Words that name a factor nobody may be scored on: size, age, locality, local honours (C5, C6, C41).
const BARRED_FACTORS: [&str; 20] = [
    "注册资本",
    "注册资金",
    "开办资金",
    "资产总额",
    "总资产",
    "营业收入",
    "年收入",
    "利润",
    "纳税额",
    "从业人员",
    "人员规模",
    "成立年限",
    "成立时间",
    "本地企业",
    "本市注册",
    "本地注册",
    "市级奖项",
    "本市奖项",
    "局主管",
    "评估等级",
];

/// The barred factor that a criterion's name mentions, if any.
pub fn barred_factor(name: &str) -> Option<&'static str> {
    BARRED_FACTORS.into_iter().find(|words| name.contains(words))
}

/// Everything wrong with a table; empty when it may be published. Fields are `criteria.<position>`.
pub fn problems(table: &ScoringTable, procedure: &Procedure, rules: Rules<'_>) -> Vec<Refusal> {
    let mut found = Vec::new();
    for (index, criterion) in table.criteria.iter().enumerate() {
        let at = |code, rule| Refusal::new(code, rule).at(format!("criteria.{}", criterion.position));
        if table.criteria.iter().take(index).any(|earlier| earlier.position == criterion.position) {
            found.push(at("tendering.criterion-position-twice", "C19"));
        }
        if criterion.name.trim().is_empty() {
            found.push(at("tendering.criterion-name-empty", "C41"));
        }
        if let Some(words) = barred_factor(&criterion.name) {
            found.push(at("tendering.criterion-barred-factor", "C41").with("words", words));
        }
        if criterion.weight_points <= 0 {
            found.push(at("tendering.criterion-weight-not-positive", "C41"));
        }
    }
    let sum = table.criteria.iter().fold(0_i64, |sum, criterion| sum.saturating_add(criterion.weight_points));
    let needed = rules.number(RuleKey::WeightsSum);
    if sum != needed {
        found.push(
            Refusal::new("tendering.weights-sum", "C41")
                .at("criteria")
                .with("sum", sum)
                .with("needed", needed),
        );
    }
    if table.scored().next().is_none() {
        found.push(Refusal::new("tendering.nothing-to-score", "C41").at("criteria"));
    }
    found.extend(check_price(table, procedure, rules).err());
    found
}

fn check_price(table: &ScoringTable, procedure: &Procedure, rules: Rules<'_>) -> Result<(), Refusal> {
    let count = table.criteria.iter().filter(|criterion| criterion.kind == CriterionKind::Price).count();
    let needed = usize::from(!table.is_price_fixed);
    if count != needed {
        let code = if table.is_price_fixed {
            "tendering.fixed-price-scored"
        } else {
            "tendering.one-price-criterion"
        };
        return Err(Refusal::new(code, "C42").at("criteria").with("count", count));
    }
    if table.is_price_fixed {
        return Ok(());
    }
    let (weight, whole) = (table.price_weight(), rules.number(RuleKey::WeightsSum));
    let (low, high) = (rules.ratio(procedure.price_weight_min), rules.ratio(procedure.price_weight_max));
    if low.at_least(weight, whole) && high.at_most(weight, whole) {
        return Ok(());
    }
    Err(Refusal::new("tendering.price-weight-range", "C42")
        .at("criteria")
        .with("weight", weight)
        .with("low", low.to_string())
        .with("high", high.to_string()))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::procedure::OPEN_COMPETITION;
    use super::*;
    use crate::specimen::rules;

    /// Price 20, two written criteria, a presentation.
    pub(crate) fn table() -> ScoringTable {
        let criterion = |position, name: &str, kind, weight_points, is_objective| Criterion {
            position,
            name: name.to_owned(),
            kind,
            weight_points,
            is_objective,
        };
        ScoringTable {
            criteria: vec![
                criterion(1, "报价", CriterionKind::Price, 20, true),
                criterion(2, "服务方案", CriterionKind::Quality, 40, false),
                criterion(3, "持证人员", CriterionKind::Quality, 20, true),
                criterion(4, "现场陈述", CriterionKind::Presentation, 20, false),
            ],
            tie_rule: TieRule::Lot,
            rounding_rule: RoundingRule::HalfUp,
            is_price_fixed: false,
        }
    }

    fn check(change: impl FnOnce(&mut ScoringTable), expected: &[&str]) {
        let mut changed = table();
        change(&mut changed);
        let codes: Vec<_> =
            problems(&changed, &OPEN_COMPETITION, rules()).iter().map(|found| found.code).collect();
        assert_eq!(codes, expected);
    }

    #[test]
    fn weights_sum_to_the_whole_and_price_stays_in_its_range() {
        check(|_| {}, &[]);
        check(|table| table.criteria[1].weight_points = 41, &["tendering.weights-sum"]);
        let price = |table: &mut ScoringTable, weight| {
            table.criteria[0].weight_points = weight;
            table.criteria[1].weight_points = 60 - weight;
        };
        check(|table| price(table, 10), &[]);
        check(|table| price(table, 30), &[]);
        check(|table| price(table, 9), &["tendering.price-weight-range"]);
        check(|table| price(table, 31), &["tendering.price-weight-range"]);
    }

    #[test]
    fn there_is_one_price_line_unless_the_price_is_fixed() {
        check(|table| table.criteria[1].kind = CriterionKind::Price, &["tendering.one-price-criterion"]);
        check(|table| table.criteria[0].kind = CriterionKind::Quality, &["tendering.one-price-criterion"]);
        check(|table| table.is_price_fixed = true, &["tendering.fixed-price-scored"]);
        let fixed = |table: &mut ScoringTable| {
            table.is_price_fixed = true;
            table.criteria[0].kind = CriterionKind::Quality;
        };
        check(fixed, &[]);
    }

    #[test]
    fn size_age_and_locality_are_no_factors() {
        for name in ["注册资本100万以上", "成立年限", "获本市奖项", "从业人员数量"] {
            check(|table| table.criteria[1].name = name.to_owned(), &["tendering.criterion-barred-factor"]);
        }
        check(|table| table.criteria[1].position = 1, &["tendering.criterion-position-twice"]);
        check(|table| table.criteria[1].name.clear(), &["tendering.criterion-name-empty"]);
    }

    #[test]
    fn hostile_weights_are_refused_and_not_added_up_past_the_end() {
        check(
            |table| {
                table.criteria[1].weight_points = i64::MAX;
                table.criteria[2].weight_points = -1;
            },
            &["tendering.criterion-weight-not-positive", "tendering.weights-sum"],
        );
    }
}
