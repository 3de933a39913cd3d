//! Annual inspection (年度检查): who reports by when, what is told, what is found, and how it ends (B24-B28).
//!
//! `duty` says who reports and by which day, `report` what the six heads ask, `filing` what must be there, `finding` what the answers and
//! the register say against each other, `unit` what a supervising unit says of it first, `outcome` which outcome grounds allow, `rectification` what follows.
//! The year of an inspection is the year reported on: the report for 2026 is due in 2027.

pub mod duty;
pub mod filing;
pub mod finding;
pub mod outcome;
pub mod rectification;
pub mod report;
pub mod unit;

use crate::coded;

pub use duty::{Calling, Duty};
pub use outcome::{Ground, Outcome, Weight};
pub use report::{Answers, Head, Question, Shape};

coded! {
    /// How far one organisation's inspection of one year is. Absence is a state and no outcome (B27).
    pub enum InspectionState as "inspection_state" {
        /// The report is awaited.
        Due = "due",
        /// Nothing is asked: too young at the end of the year (B25), or its registration has ended (B22).
        Exempt = "exempt",
        /// The report is there.
        Reported = "reported",
        /// Sent back for completion, once (B9).
        Returned = "returned",
        /// An officer has proposed an outcome.
        Reviewed = "reviewed",
        /// The director has decided.
        Decided = "decided",
        /// No report came by the last day (B27).
        Absent = "absent",
    }
}
