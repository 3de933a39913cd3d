//! Terms and values of the rule book in words: a count day by day, so many days, an amount with its unit.

use domain::kernel::{Date, Rule, RuleValue, Step};

use super::{Shell, words};
use crate::i18n::{self, Value};

/// The value with its unit.
pub fn amount(shell: &Shell, rule: &Rule) -> String {
    match rule.value {
        RuleValue::Number(number) => format!("{number} {}", words::coded(shell.lang, rule.unit)),
        RuleValue::Ratio(ratio) if 100 % ratio.denominator() == 0 => ratio.percent_text(),
        RuleValue::Ratio(ratio) => format!("{}/{}", ratio.numerator(), ratio.denominator()),
        RuleValue::Money(amount) => shell.money(&amount),
    }
}

/// So many calendar days (日) or working days (工作日).
pub fn days(shell: &Shell, count: i64, is_working: bool) -> String {
    shell.tn(if is_working { "days-working" } else { "days-calendar" }, count)
}

/// The festivals that the yearly lists name, each with the key of its name.
const FESTIVALS: [(&str, &str); 8] = [
    ("元旦", "festival-new-year"),
    ("春节", "festival-spring"),
    ("清明", "festival-qingming"),
    ("劳动节", "festival-labour"),
    ("端午", "festival-dragon-boat"),
    ("中秋", "festival-mid-autumn"),
    ("国庆节", "festival-national-day"),
    ("中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日", "festival-victory"),
];

/// A festival in the reader's language; one that a deployment's own list adds stays as it is written there.
pub fn festival(shell: &Shell, name: &str) -> String {
    let known = FESTIVALS.iter().find(|(chinese, _)| *chinese == name);
    known.map_or_else(|| name.to_owned(), |(_, key)| shell.t(key))
}

/// One line of a count.
pub fn step_text(shell: &Shell, step: &Step) -> String {
    let day = |date: &Date| Value::from(words::date(shell.lang, *date));
    let name = |festival: &Option<String>| {
        let named = festival.as_deref().map(|name| self::festival(shell, name));
        Value::from(named.unwrap_or_else(|| shell.t("deadline-step-weekend")))
    };
    let number = |days: &u32| Value::from(i64::from(*days));
    let (key, facts) = match step {
        Step::NotCounted(date) => ("deadline-step-not-counted", vec![("from", day(date))]),
        Step::Counted { from, to, .. } if from == to => {
            ("deadline-step-counted-day", vec![("from", day(from))])
        }
        Step::Counted { from, to, days } => {
            ("deadline-step-counted", vec![("from", day(from)), ("to", day(to)), ("n", number(days))])
        }
        Step::MakeUp { date, festival } => (
            "deadline-step-make-up",
            vec![("from", day(date)), ("name", Value::from(self::festival(shell, festival)))],
        ),
        Step::Skipped { from, to, festival, .. } if from == to => {
            ("deadline-step-skipped-day", vec![("from", day(from)), ("name", name(festival))])
        }
        Step::Skipped { from, to, days, festival } => (
            "deadline-step-skipped",
            vec![("from", day(from)), ("to", day(to)), ("n", number(days)), ("name", name(festival))],
        ),
        Step::RolledOver { from, to, festival } => {
            ("deadline-step-rolled", vec![("from", day(from)), ("to", day(to)), ("name", name(festival))])
        }
    };
    i18n::text_with(shell.lang, key, &facts)
}
