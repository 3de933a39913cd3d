//! The doors, asked as a browser asks them: pages in both languages, forms with faults, who may come in.
#![allow(
    clippy::panic,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

mod access;
mod api;
mod api_client;
mod api_later;
mod api_manual;
mod api_provider;
mod api_registry;
mod casework;
mod catalogue;
mod changes;
mod charity;
mod complaints;
mod contracts;
mod credit;
mod cultivation;
/// A signed contract with units, workers and recipients, as for the use cases.
#[expect(dead_code, reason = "the use cases' own tests use the rest")]
#[path = "../../../app/tests/it/delivered.rs"]
mod delivered;
mod deposits;
mod desk;
mod early;
mod ending;
mod evaluation;
mod faults;
mod filing;
mod fundraising;
mod funds;
/// Organisations that are inspected, as for the use cases.
#[expect(dead_code, reason = "the use cases' own tests use the rest")]
#[path = "../../../app/tests/it/inspected.rs"]
mod inspected;
mod inspection;
mod low_price;
mod opinions;
mod peers;
mod penalties;
mod people;
mod performance;
/// An awarded tender, planted as for the use cases.
#[expect(dead_code, reason = "the doors' tests sign in by themselves")]
#[path = "../../../app/tests/it/planted.rs"]
mod planted;
mod rating;
mod registration;
mod registration_barred;
mod registration_draft;
mod registry;
mod registry_owned;
mod reports_first;
mod review;
#[path = "../../../app/tests/it/room.rs"]
#[expect(dead_code, reason = "the use cases' own tests use the rest")]
mod room;
mod scope;
mod seal;
mod security;
mod shared;
mod site;
mod splitting;
mod supervision;
mod support;
mod survey;
/// A contract whose recipients may answer, as for the use cases.
#[path = "../../../app/tests/it/surveyed.rs"]
mod surveyed;
mod tendering;
mod tendering_ground;
mod two_worlds;
mod two_worlds_walk;
mod way_in;
mod window_public;
