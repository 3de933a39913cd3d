//! Feedback between office and organisation, judgements of offices, and complaints of retaliation.

pub mod desk;
pub mod own;
pub mod retaliation;

use app::performance::feedback::FeedbackLine;
use domain::performance::feedback::FeedbackWay;

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
