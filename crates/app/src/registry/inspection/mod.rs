//! Annual inspection: the campaign of a year, the reports, the review in batches, absence, rectification.
//!
//! `campaign` opens a year, `filing` is the organisation's side, `review`, `decision` and `absence` the
//! approval office's, `rectification` belongs to both; `one` and `lists` are what pages read, `unit` says whether a supervising unit is heard first.

pub mod absence;
pub mod campaign;
pub mod decision;
pub mod filing;
pub mod held;
mod lapse;
pub mod lists;
pub mod one;
pub mod recorded;
pub mod rectification;
pub mod reminders;
pub mod review;
pub mod sheet;
mod unit;

pub use absence::RecordAbsences;
pub use campaign::{Campaign, campaign, campaigns, open};
pub use decision::DecideMany;
pub use filing::{AttachPaper, DetachPaper, SaveReport, SubmitReport};
pub use held::{HeldGround, Inspection, Rectification, Report};
pub(in crate::registry) use lapse::with_registration as end_with_registration;
pub use lists::{Filter, Line, Tally, lines, proposals, tally};
pub use one::{Past, Whole, history, latest, whole};
pub use rectification::{ReportRectification, VerifyRectification};
pub use reminders::{Reminded, reminded};
pub use review::{BatchRow, FoundGround, ReturnReport, ReviewMany, ReviewReport};
