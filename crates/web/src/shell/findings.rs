//! Frozen findings and facts as pages and documents show them.

use app::frozen::{FrozenFact, FrozenFinding};
use domain::kernel::Level;

use super::{Shell, words};
use crate::i18n::{self, Value};

/// The message `key` with frozen facts in it, in the reader's language.
pub fn sentence(shell: &Shell, key: &str, facts: &[(String, FrozenFact)]) -> String {
    let text = |fact: &FrozenFact| match fact {
        FrozenFact::Value(fact) => words::fact(shell.lang, fact),
        FrozenFact::Member(list, code) => words::member(shell.lang, list, code),
    };
    let facts: Vec<(&str, Value<'_>)> =
        facts.iter().map(|(name, fact)| (name.as_str(), Value::from(text(fact)))).collect();
    i18n::text_with(shell.lang, key, &facts)
}

/// A frozen finding as a page shows it.
pub struct FindingLine {
    /// The sentence.
    pub text: String,
    /// The rule that sets it.
    pub rule: String,
    /// The outcome in a word.
    pub level: String,
    /// The tone of its tag.
    pub tone: &'static str,
}

/// What the register said, with what bars or warns first.
pub fn finding_lines(shell: &Shell, findings: &[FrozenFinding]) -> Vec<FindingLine> {
    let mut sorted: Vec<&FrozenFinding> = findings.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    sorted.into_iter().map(|finding| finding_line(shell, finding)).collect()
}

/// One finding with its sentence, rule and outcome.
pub fn finding_line(shell: &Shell, finding: &FrozenFinding) -> FindingLine {
    let key = format!("finding-{}", finding.code.replace(['.', '_'], "-"));
    FindingLine {
        text: sentence(shell, &key, &finding.facts),
        rule: finding.rule.clone(),
        level: words::coded(shell.lang, finding.level),
        tone: match finding.level {
            Level::Met => "ok",
            Level::Warn => "warn",
            Level::Barred => "stop",
        },
    }
}
