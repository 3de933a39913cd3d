//! Sheets: Excel and CSV files in and out, as rows of text.
//!
//! Why here: every list that officials fill or take away passes through the same limits, so a broken,
//! oversized or hostile file gets one clear answer, and nothing we write can run as a formula.

mod read;
mod write;

use domain::kernel::Refusal;

pub use read::{Limits, Sheet, SheetRow, read};
pub use write::{Cell, Column, csv, xlsx};

/// The media type of the Excel files that we write.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The media type of the CSV files that we write.
pub const CSV: &str = "text/csv; charset=utf-8";

/// A refusal of a whole file, shown at the upload field.
fn refuse(code: &'static str) -> Refusal {
    Refusal::new(code, "X1").at("file")
}
