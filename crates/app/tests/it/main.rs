//! Use cases on both databases: SQLite always, PostgreSQL when `TEST_DATABASE_URL` names a server.

mod catalogue;
mod contracts;
mod crash;
mod journal;
mod planted;
mod support;
