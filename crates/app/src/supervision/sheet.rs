//! The list of findings as an Excel file.

use domain::kernel::Coded;

use super::read::FindingLine;
use crate::Error;
use crate::sheets::{self, Cell, Column};

/// The words of the file, from the reader's language.
pub struct Wording<'a> {
    /// The name of the sheet.
    pub name: &'a str,
    /// Titles of the columns, ten of them.
    pub columns: &'a [String],
    /// The name of a member of a closed list.
    pub told: &'a (dyn Fn(&str, &str) -> String + Sync),
}

/// One row for each finding.
///
/// # Errors
/// `Folder` when the file could not be put together.
pub fn xlsx(findings: &[FindingLine], wording: &Wording<'_>) -> Result<Vec<u8>, Error> {
    let columns: Vec<Column> = wording.columns.iter().map(|title| Column::new(title.as_str(), 18)).collect();
    let row = |one: &FindingLine| {
        let ticket = one.ticket_state.map(|state| (wording.told)("ticket_state", state.code()));
        vec![
            Cell::text((wording.told)("finding_kind", one.kind.code())),
            Cell::text(one.kind.rule()),
            Cell::text(one.subject.as_str()),
            Cell::text(one.title.as_str()),
            Cell::text(one.office.as_str()),
            Cell::text(one.director.as_deref().unwrap_or("")),
            one.due_on.map_or(Cell::text(""), Cell::Day),
            Cell::Day(one.first_seen_at.date()),
            Cell::text(one.ticket.as_deref().unwrap_or("")),
            Cell::text(ticket.unwrap_or_default()),
        ]
    };
    sheets::xlsx(wording.name, &columns, &findings.iter().map(row).collect::<Vec<_>>())
}
