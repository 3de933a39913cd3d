//! Supervision of purchase: findings read from the tables, tickets to set them right, what districts report,
//! and the file of each purchase (C57, E7, S46, S63).
//!
//! `look` says what is wrong now, `stock` keeps since when and closes what was set right, `ticket` is the errand,
//! `indicator` the figures of city and districts, `figure_lines` the rows they are the sum of, `archive` the file,
//! `read` and `sheet` answer pages.

pub mod archive;
mod archive_after;
mod archive_file;
pub mod figure_lines;
pub mod indicator;
mod look;
mod patterns;
pub mod read;
pub mod sheet;
pub mod stock;
pub mod ticket;

use domain::kernel::Refusal;

use crate::Error;

/// No text of these pages is longer, in characters.
const TEXT_MAX: usize = 2_000;

/// A fault at a field when a text is too long to keep.
fn check_length(text: &str, field: &'static str) -> Result<(), Error> {
    if text.chars().count() <= TEXT_MAX {
        return Ok(());
    }
    let refusal = Refusal::new("supervision.text-too-long", "S63").at(field).with("max", TEXT_MAX);
    Err(Error::Invalid(vec![refusal]))
}

/// A refusal that names a field goes beside that field.
fn at_field(refusal: Refusal) -> Error {
    if refusal.field.is_some() { Error::Invalid(vec![refusal]) } else { Error::Refused(refusal) }
}
