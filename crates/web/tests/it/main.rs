//! The doors, asked as a browser asks them: pages in both languages, forms with faults, who may come in.

mod access;
mod api;
mod contracts;
mod registry;
mod security;
mod site;
mod support;

/// An awarded tender, planted as for the use cases.
#[expect(dead_code, reason = "the doors' tests sign in by themselves")]
#[path = "../../../app/tests/it/planted.rs"]
mod planted;
