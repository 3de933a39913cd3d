//! Use cases on both databases: SQLite always, PostgreSQL when `TEST_DATABASE_URL` names a server. Besides,
//! the rule pages, run against the law as shipped.
#![allow(
    clippy::panic,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

mod acceptance;
mod account;
mod announcements;
mod award;
mod catalogue;
mod catalogue_workbook;
mod change_terms;
mod charity;
mod charity_ends;
mod charity_founding;
mod charter;
mod consortium;
mod contract_changes;
mod contracts;
mod crash;
mod credit;
mod credit_cast;
mod cultivation;
mod cultivation_ground;
mod cultivation_ties;
mod delivered;
mod deposits;
mod desk;
mod doubts;
mod ending;
mod ending_open;
mod evaluation;
mod evaluation_closing;
mod evaluation_ground;
mod evaluation_race;
mod expert_ties;
mod figures;
mod filing;
mod fundraising;
mod fundraising_ends;
mod funds;
mod generated;
mod handoff;
mod inbox;
mod inspected;
mod inspection;
mod inspection_recorded;
mod intake;
mod journal;
mod kept_files;
mod leaving;
mod ledger;
mod low_price;
mod money_histories;
mod money_history_steps;
mod office_feedback;
mod open_data;
mod opening;
mod panel;
mod payments;
mod payments_crash;
mod planted;
mod planted_races;
mod rating;
mod rating_grounds;
mod rating_refusals;
mod registration;
mod registration_ground;
mod registration_silence;
mod registry;
mod registry_owned;
mod rehearsal;
mod review;
mod room;
mod rule_pages;
mod seal;
mod sign_up;
mod splitting;
mod supervision;
mod support;
mod survey;
mod survey_cards;
mod survey_check;
mod surveyed;
mod tendering;
mod tendering_bids;
mod tendering_ground;
mod tokens;
mod upgrade;
mod upheld;
mod window;
mod yearly;
