//! A finding: one condition that was checked, and how it came out.
//!
//! Unlike a refusal, a finding is kept when all is well, so that a page can show every condition with its
//! rule and a later reader sees what was looked at. Text lives under the message key `finding-<code>`,
//! with dots as dashes.

use super::{Coded, Fact, Refusal};
use crate::coded;

coded! {
    /// How a condition came out.
    pub enum Level as "level" {
        /// The condition holds.
        Met = "met",
        /// It may be passed over, with a reason on record.
        Warn = "warn",
        /// It bars the act.
        Barred = "barred",
    }
}

/// One checked condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Stable code of the condition, such as `registry.legal-personality`.
    pub code: &'static str,
    /// The rule that sets the condition, such as `C4`.
    pub rule: &'static str,
    /// How it came out.
    pub level: Level,
    /// Named values for the sentence.
    pub facts: Vec<(&'static str, Fact)>,
}

impl Finding {
    /// A condition that holds.
    pub fn met(code: &'static str, rule: &'static str) -> Self {
        Self { code, rule, level: Level::Met, facts: Vec::new() }
    }

    /// A condition that asks for a reason.
    pub fn warn(code: &'static str, rule: &'static str) -> Self {
        Self { level: Level::Warn, ..Self::met(code, rule) }
    }

    /// A condition that bars the act.
    pub fn barred(code: &'static str, rule: &'static str) -> Self {
        Self { level: Level::Barred, ..Self::met(code, rule) }
    }

    /// A condition that holds when `holds`, and else bars the act.
    pub fn required(code: &'static str, rule: &'static str, holds: bool) -> Self {
        if holds { Self::met(code, rule) } else { Self::barred(code, rule) }
    }

    /// Adds a named value for the sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, fact: impl Into<Fact>) -> Self {
        self.facts.push((name, fact.into()));
        self
    }

    /// Adds a member of a closed list, translated when shown.
    #[must_use]
    pub fn with_code<C: Coded>(self, name: &'static str, member: C) -> Self {
        self.with(name, Fact::Code(C::LIST, member.code()))
    }

    /// The refusal that this finding amounts to when it bars the act.
    pub fn refusal(&self) -> Option<Refusal> {
        (self.level == Level::Barred).then(|| Refusal {
            code: self.code,
            rule: self.rule,
            field: None,
            facts: self.facts.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bar_becomes_a_refusal_and_it_keeps_its_facts() {
        let barred = Finding::required("registry.status", "C17", false).with("name", "示例中心");
        let refusal = barred.refusal().unwrap();
        assert_eq!(
            (refusal.code, refusal.rule, refusal.facts),
            ("registry.status", "C17", barred.facts.clone())
        );
        assert_eq!(Finding::warn("registry.listing", "B38").refusal(), None);
        assert_eq!(Finding::required("registry.status", "C17", true).level, Level::Met);
    }
}
