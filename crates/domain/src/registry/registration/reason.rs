//! What is doubtful needs a reason: a `?` of the rule book is passed over with a reason on record alone (RULES 0).
//!
//! Whoever gives an opinion says of each doubtful condition why it does not stand in the way, or that it does. An
//! association like another has its own opinion on necessity, which is the reason for that condition (B18).

use crate::kernel::{Fact, Finding, Level, Refusal};

/// The condition whose reason is the opinion on necessity (B18).
const NECESSITY: &str = "registration.similar";

/// A doubtful condition, with the key under which its reason is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Its key: the same condition with the same facts has the same one.
    pub key: String,
    /// The condition.
    pub finding: Finding,
}

impl Doubt {
    /// The field of its reason.
    pub fn field(&self) -> String {
        format!("reason-{}", self.key)
    }
}

/// A reason as an officer gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// The key of the condition.
    pub key: String,
    /// Why it does not stand in the way, or why it does.
    pub text: String,
    /// Whether it does.
    pub stands: bool,
}

/// Whether a condition asks an officer for a reason.
pub fn is_doubtful(finding: &Finding) -> bool {
    finding.level == Level::Warn && finding.code != NECESSITY
}

/// The reason that was given for a condition, if something is written.
pub fn given<'a>(doubt: &Doubt, reasons: &'a [Reason]) -> Option<&'a Reason> {
    reasons.iter().find(|one| one.key == doubt.key && !one.text.trim().is_empty())
}

/// What is wrong with the reasons of one officer: one is missing or too long, or a condition is said to stand in the
/// way of a registration that the same officer is for.
///
/// Gives `registration.reason-wanted`, `registration.text-too-long` and `registration.reason-stands`, each at the
/// field of its condition and under its rule.
pub fn faults(doubts: &[Doubt], reasons: &[Reason], is_for: bool, text_max: usize) -> Vec<Refusal> {
    let fault = |doubt: &Doubt| {
        let Some(reason) = given(doubt, reasons) else {
            return Some(of(doubt, "registration.reason-wanted"));
        };
        if reason.text.trim().chars().count() > text_max {
            let refusal = Refusal::new("registration.text-too-long", doubt.finding.rule);
            return Some(refusal.with("max", text_max));
        }
        (reason.stands && is_for).then(|| of(doubt, "registration.reason-stands"))
    };
    doubts.iter().filter_map(|doubt| fault(doubt).map(|refusal| refusal.at(doubt.field()))).collect()
}

/// Each condition for which no reason on record says why it does not stand in the way: `registration.reason-missing`,
/// with the condition and under its rule.
pub fn unexplained(doubts: &[Doubt], recorded: &[Reason]) -> Vec<Refusal> {
    let is_open = |doubt: &&Doubt| !recorded.iter().any(|reason| reason.key == doubt.key && !reason.stands);
    doubts.iter().filter(is_open).map(|doubt| of(doubt, "registration.reason-missing")).collect()
}

/// A refusal that names the condition: what it is, and what it is about.
fn of(doubt: &Doubt, code: &'static str) -> Refusal {
    let about = doubt.finding.facts.first().map(|(_, fact)| fact.clone());
    Refusal::new(code, doubt.finding.rule)
        .with("condition", Fact::Code("doubt", doubt.finding.code))
        .with("about", about.unwrap_or_else(|| Fact::Text(String::new())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubt(key: &str) -> Doubt {
        let finding = Finding::warn("name.near", "B8").with("name", "南京市示例协会");
        Doubt { key: key.to_owned(), finding }
    }

    fn reason(key: &str, text: &str, stands: bool) -> Reason {
        Reason { key: key.to_owned(), text: text.to_owned(), stands }
    }

    #[test]
    fn a_warning_is_doubtful_and_a_like_association_has_its_opinion() {
        for (finding, expected) in [
            (Finding::warn("name.near", "B8"), true),
            (Finding::warn("registration.similar", "B18"), false),
            (Finding::met("name.near", "B8"), false),
            (Finding::barred("name.taken", "B8"), false),
        ] {
            assert_eq!(is_doubtful(&finding), expected, "{finding:?}");
        }
    }

    #[test]
    fn an_opinion_says_of_each_doubt_why_it_does_not_stand_in_the_way() {
        let long = "长".repeat(11);
        let doubts = [doubt("a"), doubt("b")];
        for (reasons, is_for, expected) in [
            (vec![reason("a", "字号不同", false), reason("b", "字号不同", false)], true, vec![]),
            (vec![reason("a", "字号不同", false)], true, vec![("registration.reason-wanted", "reason-b")]),
            (
                vec![reason("a", " ", false), reason("b", &long, false)],
                false,
                vec![("registration.reason-wanted", "reason-a"), ("registration.text-too-long", "reason-b")],
            ),
            (
                vec![reason("a", "易混淆", true), reason("b", "字号不同", false)],
                true,
                vec![("registration.reason-stands", "reason-a")],
            ),
            (vec![reason("a", "易混淆", true), reason("b", "易混淆", true)], false, vec![]),
        ] {
            let found = faults(&doubts, &reasons, is_for, 10);
            let found: Vec<_> =
                found.iter().map(|no| (no.code, no.field.as_deref().unwrap_or_default())).collect();
            assert_eq!(found, expected, "{reasons:?}");
        }
    }

    #[test]
    fn what_no_reason_clears_is_named_with_its_rule() {
        let doubts = [doubt("a"), doubt("b"), doubt("c")];
        let recorded =
            [reason("a", "易混淆", true), reason("a", "字号不同", false), reason("b", "易混淆", true)];
        let open = unexplained(&doubts, &recorded);
        assert_eq!(open.len(), 2, "{open:?}");
        assert!(open.iter().all(|no| (no.code, no.rule) == ("registration.reason-missing", "B8")));
        assert_eq!(open[0].facts[1], ("about", Fact::Text("南京市示例协会".to_owned())));
        assert_eq!(unexplained(&doubts, &[]).len(), 3);
    }
}
