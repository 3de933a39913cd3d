//! Use cases on both databases: SQLite always, PostgreSQL when `TEST_DATABASE_URL` names a server. Besides,
//! the rule pages, run against the law as shipped.

#![expect(clippy::expect_used, reason = "a test that meets the unexpected should stop there")]

mod award;
mod catalogue;
mod catalogue_workbook;
mod contracts;
mod crash;
mod inbox;
mod journal;
mod low_price;
mod open_data;
mod opening;
mod panel;
mod planted;
mod registry;
mod review;
mod room;
mod rule_pages;
mod support;
mod tendering;
mod tendering_bids;
mod tendering_ground;
mod tokens;
