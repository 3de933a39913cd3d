//! The program as it is installed: started, driven from outside, killed, asked again.
#![allow(
    clippy::panic,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

mod cards;
mod client;
mod generate;
mod killed;
/// A tender open for bids, planted as for the use cases.
#[expect(dead_code, reason = "the use cases' own tests use the rest")]
#[path = "../../../app/tests/it/planted.rs"]
mod planted;
mod program;
mod users;
mod year;
