//! How an organisation ceases to be: cancelled because it asks (B22), annulled or revoked by the authority (B23);
//! and what it then gives back.

pub mod cancellation;
pub mod case;
pub mod revocation;
pub mod surrender;

pub use cancellation::{OpenMatters, Remainder};
pub use case::{EndingFacts, EndingKind, EndingStage, EndingStanding};
pub use revocation::RevocationGround;
