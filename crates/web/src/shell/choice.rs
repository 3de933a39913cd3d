//! Choices and faults of forms, in the shape that the component macros read.

use super::page::Shell;

/// One option of a select, a radio group or a group of check boxes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the reader sees, already translated.
    pub label: String,
    /// A line below the label; may be empty.
    pub hint: String,
    /// Whether it is chosen now.
    pub chosen: bool,
}

impl Choice {
    /// An option that is chosen when its value is the current one.
    pub fn new(value: impl Into<String>, label: impl Into<String>, current: &str) -> Self {
        let value = value.into();
        let chosen = value == current;
        Self { value, label: label.into(), hint: String::new(), chosen }
    }

    /// The same option with a line below its label.
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }
}

/// One line of the error summary: the field to go to, and what to do about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldFault {
    /// The id of the field; empty when the whole form is meant.
    pub field: String,
    /// The sentence, already translated.
    pub text: String,
    /// The rule that says so, with the address of its page; `None` when nothing but the form was wrong.
    pub rule: Option<RuleLink>,
}

/// Where a refusal's ground can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleLink {
    /// What the link says.
    pub label: String,
    /// The address of the rule's page.
    pub href: String,
}

impl FieldFault {
    /// A fault of a field.
    pub fn new(field: impl Into<String>, text: impl Into<String>) -> Self {
        Self { field: field.into(), text: text.into(), rule: None }
    }

    /// The same fault at another field: `place` names it as the page does.
    #[must_use]
    pub fn at(self, place: impl Into<String>) -> Self {
        Self { field: place.into(), ..self }
    }

    /// The same fault in other words.
    #[must_use]
    pub fn saying(self, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..self }
    }

    /// The same fault with the rule that says so.
    #[must_use]
    pub fn under(self, rule: RuleLink) -> Self {
        Self { rule: Some(rule), ..self }
    }
}

/// The lines of a summary, each with the name of its field before the sentence, where `label` knows it and the
/// sentence does not say it: several fields may lack the same thing.
pub fn named(
    shell: &Shell,
    faults: &[FieldFault],
    label: impl Fn(&str) -> Option<String>,
) -> Vec<FieldFault> {
    let line = |fault: &FieldFault| match label(&fault.field) {
        Some(label) if !fault.text.contains(&label) => {
            fault.clone().saying(shell.txy("shell-error-named", label, &fault.text))
        }
        _ => fault.clone(),
    };
    faults.iter().map(line).collect()
}

/// The same where the names of the fields are messages: each field with the key of its name.
pub fn named_by(shell: &Shell, faults: &[FieldFault], keys: &[(&str, &str)]) -> Vec<FieldFault> {
    let key = |field: &str| keys.iter().find(|(known, _)| *known == field).map(|(_, key)| *key);
    named(shell, faults, |field| key(field).map(|key| shell.t(key)))
}

/// The sentences about one field, a line each, or an empty text: what the `error` argument of a macro wants.
pub fn fault_at(faults: &[FieldFault], field: &str) -> String {
    let here = faults.iter().filter(|fault| fault.field == field);
    here.map(|fault| fault.text.as_str()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_wrong_with_a_field_stands_beside_it() {
        let faults = [("papers", "缺少甲。"), ("reason", "请填写。"), ("papers", "缺少乙。")];
        let faults = faults.map(|(field, text)| FieldFault::new(field, text));
        for (field, expected) in [("papers", "缺少甲。\n缺少乙。"), ("reason", "请填写。"), ("value", "")]
        {
            assert_eq!(fault_at(&faults, field), expected, "{field}");
        }
    }
}
