//! Registry: which organisations exist, of what kind they are, what they may do, and how they came to be.
//!
//! `organisation` holds the closed lists of the register, `relation` who stands behind an organisation,
//! `registration` how one comes to be, `paper` and `document` what is given and issued at the one window,
//! `leaving` says when a post may end, `organisation` holds the closed lists of the register, `relation` who
//! stands behind an organisation, `paper` and `document` what is given and issued at the one window,
//! `standing` turns the register's facts of one moment into findings that are shown and frozen.

pub mod document;
pub mod figures;
pub mod filing;
pub mod leaving;
pub mod organisation;
pub mod paper;
pub mod registration;
pub mod relation;
pub mod standing;

pub use document::DocumentKind;
pub use leaving::Leaving;
pub use organisation::{
    BusinessField, CreditListing, InspectionResult, Legal, OrganisationKind, OrganisationStatus,
};
pub use paper::PaperKind;
pub use relation::{Party, RelatedPair, Relation, RelationKind};
pub use standing::{Eligibility, Purchase, Standing};
