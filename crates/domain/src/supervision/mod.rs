//! Supervision of purchase: what is late, missing or odd, the errand to set it right, the indicators of the
//! districts, and the file that stays (C57, E7, E10, S46, S63).

pub mod archive;
pub mod finding;
pub mod indicator;
pub mod ticket;

pub use archive::{PartState, RecordPart};
pub use finding::{FindingKind, FindingSort};
pub use indicator::{Indicator, Light};
pub use ticket::TicketState;
