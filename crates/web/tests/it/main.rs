//! The doors, asked as a browser asks them: pages in both languages, forms with faults, who may come in.

#![expect(clippy::expect_used, reason = "a test that meets the unexpected should stop there")]

mod catalogue;
mod registry;
mod support;
mod tendering;
mod tendering_ground;
