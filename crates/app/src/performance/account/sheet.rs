//! The yearly export for the bureau's office assessment (S63): what was computed, to be read and not edited.
//! Nothing reads such a file back.

use domain::kernel::Coded;

use super::read::OfficeAccount;
use crate::Error;
use crate::sheets::{self, Cell, Column};

/// The words of the file, from the reader's language.
pub struct Wording<'a> {
    /// The name of the sheet.
    pub name: &'a str,
    /// Titles of the columns, twelve of them.
    pub columns: &'a [String],
    /// The name of a step or part by its list and code.
    pub told: &'a (dyn Fn(&str, &str) -> String + Sync),
}

/// One row for each part of each office and one for each line of evidence.
///
/// # Errors
/// `Folder` when the file could not be put together.
pub fn xlsx(accounts: &[OfficeAccount], wording: &Wording<'_>) -> Result<Vec<u8>, Error> {
    let columns: Vec<Column> = wording.columns.iter().map(|title| Column::new(title.as_str(), 16)).collect();
    let mut rows = Vec::new();
    for one in accounts {
        rows.push(sum_row(one, wording));
        for part in &one.account.parts {
            let mut row = head(one);
            row.push(Cell::text((wording.told)("account_part", part.part.code())));
            row.extend([Cell::text(""), Cell::text(""), Cell::text(""), Cell::text("")]);
            row.extend([Cell::Number(part.got), Cell::Number(part.of)]);
            row.extend([hundredths(part.points), hundredths(part.most), Cell::text("")]);
            rows.push(row);
        }
        for line in &one.evidence {
            let mut row = head(one);
            row.push(Cell::text((wording.told)("account_part", line.step.part().code())));
            row.push(Cell::text((wording.told)("account_step", line.step.code())));
            row.push(Cell::text(line.subject.as_str()));
            row.extend([line.due, line.done].map(|day| day.map_or(Cell::text(""), Cell::Day)));
            row.extend([Cell::Number(line.got), Cell::Number(line.of)]);
            row.extend([hundredths(line.points), Cell::text("")]);
            row.push(Cell::text(one.name_of(line.director).unwrap_or("")));
            rows.push(row);
        }
    }
    sheets::xlsx(wording.name, &columns, &rows)
}

fn head(one: &OfficeAccount) -> Vec<Cell> {
    vec![Cell::text(one.office.name.as_str()), Cell::Number(i64::from(one.year))]
}

fn sum_row(one: &OfficeAccount, wording: &Wording<'_>) -> Vec<Cell> {
    let mut row = head(one);
    row.push(Cell::text((wording.told)("account_standing", one.account.standing.code())));
    row.extend(std::iter::repeat_n(Cell::text(""), 6));
    row.push(hundredths(one.account.result));
    row.push(hundredths(10_000));
    row.push(Cell::text(one.office.director.as_deref().unwrap_or("")));
    row
}

/// Points with two decimals, as text: a figure that was computed is not for sums of another sheet.
fn hundredths(points: i64) -> Cell {
    Cell::text(format!("{}.{:02}", points / 100, points.rem_euclid(100)))
}
