//! What a document, a paper or a deadline belongs to.

use crate::coded;

coded! {
    /// The kinds of things that papers are given for, documents issued about and deadlines run in.
    pub enum SubjectKind as "subject_kind" {
        /// A case at the one window: registration, change, cancellation (B9).
        Case = "case",
        /// The filing of a community organisation (B20).
        Filing = "filing",
        /// One organisation's annual inspection of one year (B24).
        Inspection = "inspection",
        /// An application for a rating (B29).
        Rating = "rating",
        /// A place on a credit list (B35, B37).
        Listing = "listing",
        /// A signed contract (C50).
        Contract = "contract",
        /// The acceptance of a milestone (C55).
        Acceptance = "acceptance",
        /// A request to be paid (C28).
        Payment = "payment",
        /// A round of evaluation (E1).
        Evaluation = "evaluation",
        /// Feedback between office and organisation (E6).
        Feedback = "feedback",
        /// An enrolment in the cultivation programme (D1).
        Enrolment = "enrolment",
    }
}

/// One such thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Subject {
    /// Its kind.
    pub kind: SubjectKind,
    /// Its row.
    pub id: i64,
}

impl Subject {
    /// A thing of this kind with this row.
    pub fn new(kind: SubjectKind, id: i64) -> Self {
        Self { kind, id }
    }
}
