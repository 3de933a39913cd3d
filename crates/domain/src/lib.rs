//! The rules of Gongzhi, pure: values in, decision out.
//!
//! Nothing here reads a clock, draws a random number, touches a database or a network, or panics on
//! input. `kernel` comes first; each other folder is one capability of a civil-affairs bureau, and the
//! same folder name holds its use cases in `app` and its pages in `web`.
#![warn(missing_docs)]

pub mod kernel;

pub mod registry;

pub mod catalogue;

pub mod funds;

pub mod tendering;

pub mod contracts;

pub mod performance;

pub mod cultivation;

pub mod supervision;

#[cfg(test)]
mod specimen;
