//! Use cases on both databases: SQLite always, PostgreSQL when `TEST_DATABASE_URL` names a server.

mod award;
mod catalogue;
mod contracts;
mod crash;
mod journal;
mod opening;
mod planted;
mod registry;
mod review;
mod room;
mod support;
