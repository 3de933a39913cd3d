//! The end of an organisation at the approval office: cancellation and revocation (B22, B23, B27).
//!
//! `cancellation` takes the request and the officer's opinion, `revocation` proposes, tells and hears, `decision`
//! ends or drops, `effect` writes what follows, `open` counts what is open, `held` are the rows, `read` tells pages.

pub mod cancellation;
pub mod decision;
mod effect;
pub mod held;
pub mod open;
pub mod read;
pub mod revocation;
