//! The fields of the yearly report, as the form shows them.

use domain::kernel::Coded;
use domain::registry::inspection::unit::Unit;
use domain::registry::inspection::{Answers, Head, Question, Shape};

use super::answer;
use crate::shell::{Choice, FieldFault, Form, Shell, fault_at};

/// A head of the report with its fields.
pub(super) struct HeadFields {
    pub title: String,
    pub fields: Vec<Field>,
}

/// One question as a field.
pub(super) struct Field {
    pub code: &'static str,
    pub label: String,
    /// How it is typed: `yes_no`, `count`, `day`, `money`, `line` or `note`.
    pub kind: &'static str,
    pub value: String,
    /// What was said last year.
    pub hint: String,
    pub error: String,
    choices: Vec<Choice>,
}

impl Field {
    /// Yes and no, for the questions that ask so.
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }
}

/// The whole form; `typed` is what came back with faults.
pub(super) fn heads(
    shell: &Shell,
    (answers, last_year): (&Answers, Option<&Answers>),
    unit: &Unit,
    typed: Option<&Form>,
    faults: &[FieldFault],
) -> Vec<HeadFields> {
    // Only whoever reports to a unit first is asked for its opinion (B24).
    let is_asked = |one: &Question| *one != Question::UnitOpinionOn || unit.is_reported_to();
    let field = |question: Question| {
        let code = question.code();
        let value = typed.map_or_else(|| answers.typed(question), |form| form.text(code).to_owned());
        let hint = match last_year {
            Some(last) if !last.text(question).is_empty() && question.shape() != Shape::Note => {
                shell.tx("inspection-last-year", answer(shell, last, question))
            }
            _ if question.shape() == Shape::Day => shell.t("registry-date-hint"),
            _ => String::new(),
        };
        let choices = vec![
            Choice::new("yes", shell.t("inspection-yes"), &value),
            Choice::new("no", shell.t("inspection-no"), &value),
        ];
        Field {
            code,
            label: shell.coded(&question),
            kind: kind(question.shape()),
            hint,
            error: fault_at(faults, code).to_owned(),
            choices,
            value,
        }
    };
    let head = |head: &Head| HeadFields {
        title: shell.coded(head),
        fields: Question::ALL
            .iter()
            .filter(|one| one.head() == *head && is_asked(one))
            .map(|one| field(*one))
            .collect(),
    };
    Head::ALL.iter().map(head).collect()
}

fn kind(shape: Shape) -> &'static str {
    match shape {
        Shape::YesNo => "yes_no",
        Shape::Count => "count",
        Shape::Day => "day",
        Shape::Money | Shape::Balance => "money",
        Shape::Line => "line",
        Shape::Note => "note",
    }
}
