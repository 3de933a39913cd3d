//! Examples of directors' accounts and of indicators.

use domain::catalogue::splitting::{Counter, Nearness, Purchase};
use domain::kernel::{Coded, Fen, RuleKey};
use domain::performance::account::result::{self, Worth};
use domain::supervision::indicator::{self, Indicator, Share};

use super::row::{Answer, Fault, Kind, Law, Row, coded, number};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind { name: "account", columns: &["on", "lines", "proven vetoes", "verdict"], answer: account },
    Kind { name: "split-counter", columns: &["on", "purchases", "verdict"], answer: counter },
    Kind { name: "light", columns: &["on", "indicator", "part", "whole", "verdict"], answer: light },
];

fn account(law: &Law, row: &Row<'_>) -> Answer {
    let unreadable = |words: &str| Fault::Unreadable(format!("{words:?} is no line"));
    let mut lines = Vec::new();
    for words in row.list("lines", ';')? {
        let (step, share) = words.split_once(' ').ok_or_else(|| unreadable(words))?;
        let (got, of) = share.split_once('/').ok_or_else(|| unreadable(words))?;
        lines.push(Worth { step: coded(step)?, got: number(got)?, of: number(of)? });
    }
    let found = result::account(&lines, row.number("proven vetoes")?, row.rules(law)?);
    let (whole, rest) = (found.result / 100, found.result % 100);
    Ok(format!("{whole}.{rest:02} {}", found.standing.code()))
}

fn counter(law: &Law, row: &Row<'_>) -> Answer {
    let unreadable = |words: &str| Fault::Unreadable(format!("{words:?} is no purchase"));
    let rules = row.rules(law)?;
    let mut purchases = Vec::new();
    for words in row.list("purchases", ';')? {
        let (yuan, way) = words.split_once(' ').ok_or_else(|| unreadable(words))?;
        let (was_open, has_consent) = (way == "open", way == "consented");
        purchases.push(Purchase { amount: Fen::yuan(number(yuan)?), was_open, has_consent });
    }
    let found = Counter::of(&purchases, rules.money(RuleKey::SplittingThreshold));
    let word = match found.nearness(rules.ratio(RuleKey::SplittingWarnShare)) {
        Nearness::Nothing => "nothing counts",
        Nearness::Far => "far",
        Nearness::Near => "near",
        Nearness::Over => "splitting",
    };
    Ok(format!("{} in {}, {word}", found.sum, found.count))
}

fn light(law: &Law, row: &Row<'_>) -> Answer {
    let (indicator, rules) = (row.coded::<Indicator>("indicator")?, row.rules(law)?);
    let share = Share { part: row.number("part")?, whole: row.number("whole")? };
    Ok(indicator::light(indicator, share, rules).code().to_owned())
}
