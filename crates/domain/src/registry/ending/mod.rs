//! How an organisation ceases to be: cancelled because it asks (B22), annulled or revoked by the authority (B23).

pub mod cancellation;
pub mod case;
pub mod revocation;

pub use cancellation::{OpenMatters, Remainder};
pub use case::{EndingFacts, EndingKind, EndingStage};
pub use revocation::RevocationGround;
