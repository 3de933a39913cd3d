//! Use cases on both databases: SQLite always, PostgreSQL when `TEST_DATABASE_URL` names a server.

mod catalogue;
mod crash;
mod journal;
mod support;
