//! Three-party evaluation from the plan to the closed project (E1-E3, S71, S72, C51, C56).
//!
//! Plan: the office writes it, the purchase lead fixes it before the service begins. Round: the office reports
//! what was reached, experts drawn by seed score alone, the director gives the purchaser's score, recipients
//! speak through their survey. The result goes to the provider first, who may reply; then it is public.

mod closing;
mod continuation;
mod draw;
pub mod held;
mod indicators;
mod opinions;
mod pages;
mod plan;
mod read;
mod result;
mod round;
mod satisfaction;
mod sheet;
mod standing;

pub use closing::{CloseProject, closing_findings};
pub use continuation::ContinueContract;
pub use draw::DrawExperts;
pub use indicators::indicators;
pub use opinions::{GivePurchaserScore, GiveThirdPartyScore};
pub use pages::{Assignment, OwnSheet, assignments, own_sheet};
pub use plan::{CheckPlan, DraftPlan, SubmitPlan};
pub use read::{
    ActualRow, DrawRow, IndicatorRow, PlanRow, RoundRow, ScoreRow, SeatRow, YearRow, actuals, draws,
    indicators_of, plan_of, rounds_of, scores, seats, years,
};
pub use result::{AnswerReply, PublishResult, ReplyToResult, SendResult};
pub use round::{OpenEvaluation, PublishMidTerm, ReportActuals};
pub use satisfaction::of_contract as satisfaction_of;
pub use sheet::{LockSheet, RecuseFromEvaluation, SaveSheet, SheetEntry};
pub use standing::{GradeCount, PublishedLine, figures, heaviest_purchaser_weight, published};
