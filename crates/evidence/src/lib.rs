//! What outsiders can verify without us: canonical JSON, journal leaves, the expert draw, bid receipts, and
//! the answers that recipients give on cards.
//!
//! Pure: bytes in, bytes out. Nothing here draws a random number, reads a clock or a database, so an
//! auditor can take this crate alone and recompute everything the bureau has published (TRUST 2b, 2c).
#![warn(missing_docs)]

pub mod base32;
pub mod hex;

pub mod digest;

pub mod canonical;

pub mod leaf;

pub mod draw;

pub mod receipt;

pub mod merkle;

pub mod survey;

pub use digest::Digest;
