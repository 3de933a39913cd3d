//! Recipients' satisfaction: who is asked, what, and when the answers say enough (E2, C55, S72).
//!
//! Every answer comes from a card that no name is on; here are the rules around it. The card itself, its
//! key and its signature are in `evidence::survey`.

pub mod answer;
pub mod check;
pub mod feedback;
pub mod interval;
pub mod question;
pub mod round;
pub mod sample;
pub mod tally;

pub use answer::{Answer, Means, SurveyStep};
pub use check::CheckOutcome;
pub use interval::Interval;
pub use question::{Mark, Question, questions};
pub use round::{Round, RoundKind};
pub use sample::{Exclusion, LedgerLine};
pub use tally::Tally;
