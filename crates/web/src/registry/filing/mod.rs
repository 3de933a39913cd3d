//! The streets' desk of filings: the ledger, one filing with its reports, entering one, many from a sheet.

pub mod amend;
pub mod entry;
pub mod ledger;
pub mod one;
pub mod sheet;
