//! What follows a contract: delivered, accepted, judged, and answered for.

pub mod account;
