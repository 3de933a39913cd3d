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

/// One line of a count.
pub fn step_text(shell: &Shell, step: &Step) -> String {
    let day = |date: &Date| Value::from(words::date(shell.lang, *date));
    let name = |festival: &Option<String>| {
        Value::from(festival.clone().unwrap_or_else(|| shell.t("deadline-step-weekend")))
    };
    let number = |days: &u32| Value::from(i64::from(*days));
    let (key, facts) = match step {
        Step::NotCounted(date) => ("deadline-step-not-counted", vec![("from", day(date))]),
        Step::Counted { from, to, days } => {
            ("deadline-step-counted", vec![("from", day(from)), ("to", day(to)), ("n", number(days))])
        }
        Step::MakeUp { date, festival } => {
            ("deadline-step-make-up", vec![("from", day(date)), ("name", Value::from(festival.clone()))])
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
