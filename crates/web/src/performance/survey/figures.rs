//! The figures of a survey as a page shows them: a rate with its count and its interval, or why there is none.

use domain::kernel::{Ratio, RuleKey, Rules};
use domain::performance::survey::Tally;

use crate::shell::Shell;

/// What a reader sees of a tally.
pub struct Figures {
    /// Whether there are enough answers to show any figure of them.
    pub is_shown: bool,
    /// Answers from which figures are shown.
    pub shown_from: i64,
    /// The satisfaction rate, as "87.88%".
    pub rate: String,
    /// The interval, as a sentence.
    pub interval: String,
    /// Names with figures: how the rate came about.
    pub rows: Vec<(String, String)>,
    /// Names with figures: what became of the cards.
    pub cards: Vec<(String, String)>,
    /// Whether enough have answered.
    pub is_sufficient: bool,
    /// The sentence about it.
    pub sufficiency: String,
}

impl Figures {
    /// The figures of `tally` in the reader's language.
    pub fn of(shell: &Shell, tally: &Tally, rules: Rules<'_>) -> Self {
        let is_shown = tally.may_be_shown(rules);
        let percent = |ratio: Option<Ratio>| ratio.map_or_else(|| "—".to_owned(), Ratio::percent_text);
        let line = |key: &str, number: i64| (shell.t(key), number.to_string());
        let mut rows = vec![
            line("survey-recipients", tally.recipients),
            line("survey-minimum", tally.sample_minimum),
            line("survey-valid", tally.valid),
            (shell.t("survey-response"), percent(tally.response_rate())),
        ];
        if is_shown {
            rows.push(line("survey-satisfied", tally.satisfied));
            rows.push(line("survey-very-satisfied", tally.very_satisfied));
            rows.push(line("survey-assisted", tally.assisted));
            rows.push(line("survey-proxy", tally.proxy));
        }
        let interval = tally.interval().filter(|_| is_shown).map(|found| {
            let (low, high) = found.percent_texts();
            shell.txy("survey-interval", low, high)
        });
        let missing = (tally.sample_minimum - tally.valid).max(0);
        Self {
            is_shown,
            shown_from: rules.number(RuleKey::SurveyShownMin),
            rate: percent(tally.rate().filter(|_| is_shown)),
            interval: interval.unwrap_or_default(),
            rows,
            cards: vec![
                line("survey-issued", tally.issued),
                line("survey-used", tally.valid),
                line("survey-void", tally.void),
                line("survey-unused", tally.unused()),
            ],
            is_sufficient: tally.is_sufficient(),
            sufficiency: match tally.is_sufficient() {
                true => shell.tn("survey-sufficient", tally.sample_minimum),
                false => shell.tn("survey-insufficient", missing),
            },
        }
    }
}
