//! Credit: the list of abnormal activity and the list of serious violations, from ground to removal (B35-B38).
//!
//! `ground` holds the closed lists of grounds, `clock` the days on which something falls due, `penalty` what
//! a penalty leads to, `sanction` whether its article carries it and `fine` how much, `letter` how an organisation is shown
//! to be unreachable, `notice` what every prior notice has in common, `case` who may decide a listing when, `penalty_case`
//! who a penalty of the registrar's own, `removal` how a place on a list ends.

pub mod case;
pub mod clock;
pub mod fine;
pub mod ground;
pub mod letter;
pub mod notice;
pub mod penalty;
pub mod penalty_case;
pub mod removal;
pub mod sanction;

pub use case::{ListingStage, StatementKind};
pub use clock::ListingFact;
pub use fine::{FineBase, Illegal};
pub use ground::{CreditList, ListingGround};
pub use letter::SpecialLetter;
pub use notice::PriorNotice;
pub use penalty::{Penalty, PenaltyKind};
pub use penalty_case::{Measure, PenaltyFacts, PenaltyStage};
pub use removal::RemovalStage;
pub use sanction::{Sanction, Sealing};
