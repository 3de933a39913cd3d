//! Registry: which organisations exist, of what kind they are and whether they may bid.
//!
//! `leaving` says when a post may end. `organisation` holds the closed lists of the register, `relation` who stands behind an organisation,
//! `standing` turns the register's facts of one moment into findings that are shown and frozen.

pub mod leaving;
pub mod organisation;
pub mod relation;
pub mod standing;

pub use leaving::Leaving;
pub use organisation::{
    BusinessField, CreditListing, InspectionResult, Legal, OrganisationKind, OrganisationStatus,
};
pub use relation::{Party, RelatedPair, Relation, RelationKind};
pub use standing::{Eligibility, Purchase, Standing};
