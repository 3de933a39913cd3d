//! Feedback between office and organisation (E6, S73): what each tells the other is acknowledged and answered in
//! time; what an organisation thinks of an office never names it while it depends on that office; and a complaint
//! of retaliation goes past the office to discipline alone.

mod given;
mod judgement;
mod read;
mod retaliation;

pub use given::{AcknowledgeFeedback, AnswerOfficeFeedback, GiveFeedback};
pub use judgement::{
    JudgeOffice, OfficeMark, OwnJudgement, ShownJudgement, own_judgement, shown_marks, shown_words,
};
pub use read::{FeedbackLine, of_contract, on_desk};
pub use retaliation::{
    ComplainOfRetaliation, FindOnRetaliation, RetaliationLine, complaints, own_complaints,
};
