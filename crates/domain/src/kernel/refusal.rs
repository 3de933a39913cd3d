//! An expected "no": what was refused, under which rule, with which facts.
//!
//! Text lives in the message files under the key `refusal-<code>`; the rule id opens the rule's page with
//! its legal ground. A refusal may point at the field that caused it.

use super::{Coded, Date, Fen, Moment};

/// A value that a refusal's sentence names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A count, in the unit that the sentence gives.
    Number(i64),
    /// An amount of money.
    Money(Fen),
    /// An instant.
    Moment(Moment),
    /// A calendar date.
    Date(Date),
    /// Words as people typed them, such as a name.
    Text(String),
    /// A member of a closed list: its list name and code, translated when shown.
    Code(&'static str, &'static str),
}

/// Why something may not be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Stable code such as `tendering.deadline-passed`; API, tests and translations use it.
    pub code: &'static str,
    /// The rule in the rule book that forbids it, such as `C30`.
    pub rule: &'static str,
    /// The form field at fault, if it is one field.
    pub field: Option<String>,
    /// Named values for the sentence.
    pub facts: Vec<(&'static str, Fact)>,
}

impl Refusal {
    /// A refusal with a stable code and the id of its rule.
    pub fn new(code: &'static str, rule: &'static str) -> Self {
        Self { code, rule, field: None, facts: Vec::new() }
    }

    /// Names the form field at fault.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
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
}

macro_rules! fact_from {
    ($($from:ty => $variant:ident),+) => {$(
        impl From<$from> for Fact { fn from(value: $from) -> Self { Fact::$variant(value) } }
    )+};
}
fact_from!(i64 => Number, Fen => Money, Moment => Moment, Date => Date, String => Text);

impl From<usize> for Fact {
    fn from(value: usize) -> Self {
        Fact::Number(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<&str> for Fact {
    fn from(value: &str) -> Self {
        Fact::Text(value.to_owned())
    }
}
