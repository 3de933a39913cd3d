//! How amounts, dates, moments, closed lists and refusals read in each language.

use app::divisions;
use domain::kernel::{self, Coded, Date, Fact, Fen, Moment, Refusal};

use crate::i18n::{self, Lang, Value};

/// The date as people write it: 2014年3月5日 or 5 March 2014.
pub fn date(lang: Lang, date: Date) -> String {
    match lang {
        Lang::Zh => kernel::date_in_chinese(date),
        Lang::En => kernel::date_in_english(date),
    }
}

/// Date and 24-hour time in Beijing.
pub fn moment(lang: Lang, moment: Moment) -> String {
    match lang {
        Lang::Zh => kernel::moment_in_chinese(moment),
        Lang::En => kernel::moment_in_english(moment),
    }
}

/// The name of a district; of a former one also what it became (B45).
pub fn district(lang: Lang, code: &str) -> String {
    let (name, today) = (divisions::district_name(code), divisions::today_of(code));
    if today == code {
        return name.to_owned();
    }
    let facts = [("x", Value::from(name)), ("y", Value::from(divisions::district_name(today)))];
    i18n::text_with(lang, "division-now", &facts)
}

/// Yuan with thousands separators and two decimals.
pub fn money(lang: Lang, amount: Fen) -> String {
    i18n::text_with(lang, "shell-yuan", &[("amount", Value::from(amount.to_string()))])
}

/// The name of a closed list's member.
pub fn member(lang: Lang, list: &str, code: &str) -> String {
    i18n::text(lang, &format!("{list}-{code}").replace(['_', '.'], "-"))
}

/// The name of a closed list's member.
pub fn coded<C: Coded>(lang: Lang, of: C) -> String {
    member(lang, C::LIST, of.code())
}

/// The refusal's sentence: what was refused, why, and what to do next.
pub fn refusal(lang: Lang, refusal: &Refusal) -> String {
    let facts: Vec<(&str, Value<'_>)> =
        refusal.facts.iter().map(|(name, value)| (*name, Value::from(fact(lang, value)))).collect();
    let key = format!("refusal-{}", refusal.code.replace(['.', '_'], "-"));
    i18n::text_with(lang, &key, &facts)
}

/// A named value of a refusal or finding.
pub fn fact(lang: Lang, fact: &Fact) -> String {
    match fact {
        Fact::Number(number) => number.to_string(),
        Fact::Money(amount) => money(lang, *amount),
        Fact::Moment(at) => moment(lang, *at),
        Fact::Date(day) => date(lang, *day),
        Fact::Text(text) => text.clone(),
        Fact::Code(list, code) => member(lang, list, code),
    }
}
