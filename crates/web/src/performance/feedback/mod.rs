//! Feedback between office and organisation, judgements of offices, and complaints of retaliation.

pub mod desk;
pub mod own;
pub mod retaliation;

use app::performance::feedback::FeedbackLine;
use domain::kernel::RuleKey;
use domain::performance::feedback::FeedbackWay;

use crate::i18n::{self, Value};
use crate::shell::Visit;

/// A feedback as a page shows it.
pub struct Line {
    /// As held.
    pub line: FeedbackLine,
    /// Whether the reader's side received it.
    pub is_received: bool,
}

/// The lines with the side that reads them.
pub(super) fn lines(all: Vec<FeedbackLine>, received: FeedbackWay) -> Vec<Line> {
    all.into_iter().map(|line| Line { is_received: line.way == received, line }).collect()
}

/// Within which days a feedback is acknowledged and answered, with the other side's name (E6).
pub(super) fn lead(visit: &Visit, key: &str, other: &str) -> String {
    let rules = visit.city.book.on(visit.shell.now().date());
    let facts = [
        ("x", Value::from(other.to_owned())),
        ("acknowledge", Value::from(rules.number(RuleKey::FeedbackAcknowledgeWorkingDays))),
        ("answer", Value::from(rules.number(RuleKey::FeedbackAnswerWorkingDays))),
    ];
    i18n::text_with(visit.shell.lang, key, &facts)
}
