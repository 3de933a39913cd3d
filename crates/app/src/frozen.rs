//! Findings and facts written down for good: what the register said at a deadline (C17), what a document states.
//!
//! The register moves on; the answer that decided over a bid does not. Kept as JSON, read back for pages.

use domain::kernel::{Coded, Fact, Fen, Finding, Level, Moment};
use serde_json::{Value, json};

/// A finding read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenFinding {
    /// Stable code of the condition.
    pub code: String,
    /// The rule that sets it.
    pub rule: String,
    /// How it came out.
    pub level: Level,
    /// Named values for the sentence.
    pub facts: Vec<(String, FrozenFact)>,
}

/// A named value read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FrozenFact {
    /// A value that reads the same as when it was written.
    Value(Fact),
    /// A member of a closed list: list and code.
    Member(String, String),
}

/// The findings as text.
pub fn freeze(findings: &[Finding]) -> String {
    let lines: Vec<Value> = findings
        .iter()
        .map(|finding| {
            let facts: Vec<Value> =
                finding.facts.iter().map(|(name, fact)| freeze_fact(name, fact)).collect();
            json!({
                "code": finding.code,
                "rule": finding.rule,
                "level": finding.level.code(),
                "facts": facts,
            })
        })
        .collect();
    Value::Array(lines).to_string()
}

/// Named values as text.
pub fn freeze_facts(facts: &[(&'static str, Fact)]) -> String {
    Value::Array(facts.iter().map(|(name, fact)| freeze_fact(name, fact)).collect()).to_string()
}

/// The named values that `text` holds; what cannot be read is left out.
pub fn thaw_facts(text: &str) -> Vec<(String, FrozenFact)> {
    let Ok(Value::Array(facts)) = serde_json::from_str(text) else { return Vec::new() };
    facts.iter().filter_map(thaw_fact).collect()
}

fn freeze_fact(name: &str, fact: &Fact) -> Value {
    match fact {
        Fact::Number(number) => json!([name, "number", number.to_string()]),
        Fact::Money(amount) => json!([name, "money", amount.0.to_string()]),
        Fact::Moment(at) => json!([name, "moment", at.0.to_string()]),
        Fact::Date(day) => json!([name, "date", day.to_string()]),
        Fact::Text(text) => json!([name, "text", text]),
        Fact::Code(list, code) => json!([name, list, code, "member"]),
    }
}

/// The findings that `text` holds; what cannot be read is left out.
pub fn thaw(text: &str) -> Vec<FrozenFinding> {
    let Ok(Value::Array(lines)) = serde_json::from_str(text) else { return Vec::new() };
    lines.iter().filter_map(thaw_finding).collect()
}

fn thaw_finding(line: &Value) -> Option<FrozenFinding> {
    let text = |name: &str| line.get(name)?.as_str().map(str::to_owned);
    let facts = line.get("facts")?.as_array()?;
    Some(FrozenFinding {
        code: text("code")?,
        rule: text("rule")?,
        level: Level::from_code(&text("level")?)?,
        facts: facts.iter().filter_map(thaw_fact).collect(),
    })
}

fn thaw_fact(fact: &Value) -> Option<(String, FrozenFact)> {
    let word = |at: usize| fact.get(at)?.as_str().map(str::to_owned);
    let (name, kind, value) = (word(0)?, word(1)?, word(2)?);
    if word(3).is_some() {
        return Some((name, FrozenFact::Member(kind, value)));
    }
    let fact = match kind.as_str() {
        "number" => Fact::Number(value.parse().ok()?),
        "money" => Fact::Money(Fen(value.parse().ok()?)),
        "moment" => Fact::Moment(Moment(value.parse().ok()?)),
        "date" => Fact::Date(value.parse().ok()?),
        _ => Fact::Text(value),
    };
    Some((name, FrozenFact::Value(fact)))
}

#[cfg(test)]
mod tests {
    use domain::registry::organisation::Legal;

    use super::*;

    #[test]
    fn a_frozen_finding_reads_back_with_its_facts() {
        let finding = Finding::barred("registry.legal-personality", "T3")
            .with_code("legal", Legal::Filed)
            .with("price", Fen(10_050))
            .with("years", 3_i64)
            .with("name", "示例");
        let read = thaw(&freeze(&[finding]));
        assert_eq!(read.len(), 1);
        let [finding] = &read[..] else { return };
        assert_eq!((finding.code.as_str(), finding.level), ("registry.legal-personality", Level::Barred));
        let member = FrozenFact::Member("legal".to_owned(), "filed".to_owned());
        assert_eq!(finding.facts[0], ("legal".to_owned(), member));
        assert_eq!(finding.facts[1], ("price".to_owned(), FrozenFact::Value(Fact::Money(Fen(10_050)))));
        assert_eq!(finding.facts[2], ("years".to_owned(), FrozenFact::Value(Fact::Number(3))));
    }

    #[test]
    fn a_text_that_is_no_finding_reads_as_none() {
        for text in ["", "null", "{}", "[1, {}]", "[{\"code\": 1}]"] {
            assert_eq!(thaw(text), Vec::new());
        }
    }
}
