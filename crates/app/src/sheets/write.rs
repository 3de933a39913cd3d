//! Writing a sheet: typed cells, a bold header that stays in view, nothing that a program would run.
//!
//! Excel cells of text are written as text, so they never become formulas; a CSV file has no types, so
//! there a text that would start a formula gets an apostrophe in front.

use domain::kernel::{Date, Fen};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use crate::Error;

/// A column: its title and its width in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    title: String,
    width: u16,
}

impl Column {
    /// A column of this title and width.
    pub fn new(title: impl Into<String>, width: u16) -> Self {
        Self { title: title.into(), width }
    }

    /// The title.
    pub fn title(&self) -> &str {
        &self.title
    }
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words, codes, everything that is not counted.
    Text(String),
    /// A count.
    Number(i64),
    /// Yuan with two decimals.
    Money(Fen),
    /// A day, written as text so that it reads alike everywhere.
    Day(Date),
}

impl Cell {
    /// A cell of words.
    pub fn text(text: impl Into<String>) -> Self {
        Cell::Text(text.into())
    }

    fn plain(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Money(amount) => amount.to_string().replace(',', ""),
            Cell::Day(day) => day.to_string(),
        }
    }
}

/// An Excel file with one sheet.
///
/// # Errors
/// `Folder` when the file could not be put together, such as for a cell beyond Excel's own limits.
pub fn xlsx(name: &str, columns: &[Column], rows: &[Vec<Cell>]) -> Result<Vec<u8>, Error> {
    build(name, columns, rows).map_err(|error| Error::Folder(error.to_string()))
}

fn build(name: &str, columns: &[Column], rows: &[Vec<Cell>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let (year, month, day) = NO_TIME;
    let undated = DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?);
    book.set_properties(&undated);
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    let text_format = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
    let money_format = Format::new().set_num_format("#,##0.00").set_align(FormatAlign::Top);
    let number_format = Format::new().set_num_format("0").set_align(FormatAlign::Top);
    let sheet = book.add_worksheet();
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    for (at, column) in (0_u16..).zip(columns) {
        sheet.set_column_width(at, f64::from(column.width))?;
        sheet.set_column_format(at, &text_format)?;
        sheet.write_string_with_format(0, at, &column.title, &head)?;
    }
    for (row, cells) in (1_u32..).zip(rows) {
        for (at, cell) in (0_u16..).zip(cells) {
            match (cell, cell.plain().parse::<f64>()) {
                (Cell::Number(_), Ok(number)) => {
                    sheet.write_number_with_format(row, at, number, &number_format)?
                }
                (Cell::Money(_), Ok(amount)) => {
                    sheet.write_number_with_format(row, at, amount, &money_format)?
                }
                _ => sheet.write_string_with_format(row, at, cell.plain(), &text_format)?,
            };
        }
    }
    book.save_to_buffer()
}

/// A workbook carries no time of its making: that would be the machine's clock and not the city's, and the same
/// content would not be the same bytes. This is the first day that such a file can name.
const NO_TIME: (u16, u8, u8) = (1980, 1, 1);

/// A CSV file in UTF-8 with the mark that makes Excel read it as such.
pub fn csv(columns: &[Column], rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut file = "\u{feff}".as_bytes().to_vec();
    line(&mut file, columns.iter().map(|column| guarded(&column.title)));
    for cells in rows {
        line(
            &mut file,
            cells.iter().map(|cell| match cell {
                Cell::Text(text) => guarded(text),
                other => other.plain(),
            }),
        );
    }
    file
}

fn line(file: &mut Vec<u8>, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            file.push(b',');
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            file.extend_from_slice(format!("\"{}\"", cell.replace('"', "\"\"")).as_bytes());
        } else {
            file.extend_from_slice(cell.as_bytes());
        }
    }
    file.extend_from_slice(b"\r\n");
}

/// A text that a spreadsheet program would take for a formula gets an apostrophe in front.
fn guarded(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let file = csv(&[], &[vec![Cell::text(text)]]);
        assert_eq!(String::from_utf8(file).unwrap(), format!("\u{feff}\r\n{expected}\r\n"));
    }

    #[test]
    fn a_text_that_starts_a_formula_is_disarmed() {
        check("=HYPERLINK(1)", "'=HYPERLINK(1)");
        check("+1", "'+1");
        check("-1", "'-1");
        check("@x", "'@x");
        check("a=1", "a=1");
        check("a,b", "\"a,b\"");
        check("=\"x\"", "\"'=\"\"x\"\"\"");
    }
}
