//! Registry: which organisations exist, of what kind they are, what they may do, and how they came to be.
//!
//! `organisation` holds the closed lists of the register, `relation` who stands behind an organisation, `paper` and
//! `document` what is given and issued at the one window, `announcement` what of it the public is told, `entry` what
//! may be entered by hand. `registration` says how one comes to be, `filing` what a street keeps, `head` who may lead
//! an organisation, `area` where an association works, `division` which district was which on a day, `course` the
//! steps that applications share, `change` what of an organisation may change, `ending` how it ceases to be, `leaving`
//! when a post may end, `seal` what is filed of its seals and its account; `inspection` the yearly report and how it
//! ends, `rating` how it gets its 1A to 5A and loses it, `charity` how it becomes one, `fundraising` how a charity
//! comes to raise funds from the public, `credit` the two credit lists, `offence` what the three regulations punish,
//! by kind of organisation, `enrolled` whether it is in the cultivation programme.
//! `standing_history` is what was known at any moment, `standing` judges it for a purchase, `standing_gates` for
//! everything else. `figures` and `rank` are what is counted, `target` what is to be reached, `promise` what was promised.

pub mod announcement;
pub mod area;
pub mod change;
pub mod charity;
pub mod course;
pub mod credit;
pub mod division;
pub mod document;
pub mod ending;
pub mod enrolled;
pub mod entry;
pub mod figures;
pub mod filing;
pub mod fundraising;
pub mod head;
pub mod inspection;
pub mod leaving;
pub mod offence;
pub mod organisation;
pub mod paper;
pub mod promise;
pub mod rank;
pub mod rating;
pub mod registration;
pub mod relation;
pub mod seal;
pub mod standing;
pub mod standing_gates;
pub mod standing_history;
pub mod target;

pub use announcement::AnnouncementKind;
pub use document::DocumentKind;
pub use leaving::Leaving;
pub use offence::{Offence, Statute};
pub use organisation::{
    BusinessField, CreditListing, InspectionResult, Legal, OrganisationKind, OrganisationStatus,
};
pub use paper::PaperKind;
pub use relation::{Party, RelatedPair, Relation, RelationKind};
pub use standing::{Eligibility, Purchase, Standing};
pub use standing_gates::{Gate, GateAnswer};
pub use standing_history::{History, Known};
