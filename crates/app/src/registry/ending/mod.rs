//! The end of an organisation at the approval office: cancellation and revocation (B22, B23, B27).
//!
//! `cancellation` takes the request and the officer's opinion, `revocation` proposes, tells and hears, `decision`
//! ends or drops, `effect` writes what follows, `intake` takes a request up, `open` counts what is open, `surrender` what was given back, `held` are the rows, `read` tells pages.

pub mod cancellation;
pub mod decision;
mod effect;
pub mod held;
pub mod intake;
pub mod open;
pub mod read;
pub mod revocation;
pub mod surrender;
