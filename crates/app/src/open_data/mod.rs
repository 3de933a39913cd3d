//! What everyone may read, page by page, in an order that does not move while it is read.
//!
//! Only what is public already is here: no draft, no bid before its opening, no person's contact. Pages
//! follow a key (`after`), never an offset, so that a row is neither skipped nor given twice.

pub mod catalogue;
pub mod contracts;
pub mod delivery;
pub mod feed;
pub mod figures;
pub mod money;
pub mod organisations;
pub mod registry;
pub mod results;
pub mod tenders;
pub mod way;

/// The most rows that one page holds.
pub const PAGE_MAX: i64 = 200;

/// Rows of one page: at least one, at most `PAGE_MAX`.
fn page(limit: i64) -> i64 {
    limit.clamp(1, PAGE_MAX)
}
