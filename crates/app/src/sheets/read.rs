//! Reading a sheet: the first table of an Excel file, or a CSV file in UTF-8, UTF-16 or GB 18030.
//!
//! Excel on a Chinese desktop saves CSV in GB 18030, so that is read too; what is neither is refused.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};
use domain::kernel::Refusal;

use super::refuse;

/// What a file may hold at most.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Rows below the header.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Characters in one cell.
    pub cell: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 32 * 1024 * 1024, rows: 50_000, columns: 60, cell: 10_000 }
    }
}

/// An unpacked Excel file may be this many times larger than its limit of bytes.
const UNPACKED_TIMES: u64 = 16;

/// A table: its header and the rows below it, without empty rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The cells of the first row that holds anything.
    pub header: Vec<String>,
    /// The rows below.
    pub rows: Vec<SheetRow>,
}

/// One row with its number as the spreadsheet program shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// Counted from 1; the header usually is 1.
    pub number: usize,
    /// Text of the cells, trimmed; may be shorter than the header.
    pub cells: Vec<String>,
}

impl SheetRow {
    /// The cell in this column, counted from 0; empty when the row ends before it.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// Reads a file; its kind is told by its content, never by its name.
///
/// # Errors
/// A refusal at `file` that says what is wrong with the whole file.
pub fn read(bytes: &[u8], limits: Limits) -> Result<Sheet, Refusal> {
    if bytes.is_empty() {
        return Err(refuse("sheets.empty"));
    }
    if bytes.len() > limits.bytes {
        let (found, most) = (bytes.len() / 1024, limits.bytes / 1024);
        return Err(refuse("sheets.too-large").with("found", found).with("most", most));
    }
    let rows = if bytes.starts_with(b"PK\x03\x04") {
        read_xlsx(bytes, limits)?
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(refuse("sheets.old-excel"));
    } else {
        read_csv(bytes, limits)?
    };
    let mut rows = rows.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    let header = rows.next().ok_or(refuse("sheets.empty"))?.cells;
    let rows: Vec<SheetRow> = rows.collect();
    if rows.len() > limits.rows {
        return Err(too_many_rows(limits));
    }
    Ok(Sheet { header, rows })
}

fn too_many_rows(limits: Limits) -> Refusal {
    refuse("sheets.too-many-rows").with("most", limits.rows)
}

fn read_xlsx(bytes: &[u8], limits: Limits) -> Result<Vec<SheetRow>, Refusal> {
    let broken = || refuse("sheets.unreadable");
    let most = u64::try_from(limits.bytes).unwrap_or(u64::MAX).saturating_mul(UNPACKED_TIMES);
    if unpacked_size(bytes).ok_or_else(broken)? > most {
        let most = limits.bytes / 1024;
        return Err(refuse("sheets.too-large").with("found", bytes.len() / 1024).with("most", most));
    }
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| broken())?;
    let name = book.sheet_names().first().cloned().ok_or_else(broken)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(|_| broken())?;
    let mut rows: Vec<SheetRow> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(|_| broken())? {
        let text = text_of(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let number = usize::try_from(row).unwrap_or(usize::MAX).saturating_add(1);
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if rows.last().is_none_or(|last| last.number != number) {
            rows.push(SheetRow { number, cells: Vec::new() });
        }
        // One row more than allowed is kept for the header.
        if rows.len() > limits.rows.saturating_add(1) {
            return Err(too_many_rows(limits));
        }
        if let Some(last) = rows.last_mut() {
            put(&mut last.cells, column, text, limits, number)?;
        }
    }
    Ok(rows)
}

/// What the parts of the file say they unpack to, before any of them is unpacked.
fn unpacked_size(bytes: &[u8]) -> Option<u64> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut size = 0_u64;
    for at in 0..archive.len() {
        size = size.saturating_add(archive.by_index_raw(at).ok()?.size());
    }
    Some(size)
}

fn put(
    cells: &mut Vec<String>,
    column: usize,
    text: String,
    limits: Limits,
    row: usize,
) -> Result<(), Refusal> {
    if column >= limits.columns {
        return Err(refuse("sheets.too-many-columns").with("most", limits.columns).with("row", row));
    }
    if text.chars().count() > limits.cell {
        return Err(refuse("sheets.cell-too-long").with("most", limits.cell).with("row", row));
    }
    if cells.len() <= column {
        cells.resize(column + 1, String::new());
    }
    if let Some(cell) = cells.get_mut(column) {
        *cell = text;
    }
    Ok(())
}

/// The text that a person sees in the cell: whole numbers without a fraction, days as year-month-day.
fn text_of(value: &DataRef<'_>) -> String {
    let text = match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(is_true) => (if *is_true { "1" } else { "0" }).to_owned(),
        DataRef::DateTime(at) => {
            let (year, month, day, hour, minute, ..) = at.to_ymd_hms_milli();
            match (hour, minute) {
                (0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"),
            }
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        _ => String::new(),
    };
    clean(&text)
}

/// Without surrounding space and without the characters that no form would send.
fn clean(text: &str) -> String {
    let kept = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    kept.trim().to_owned()
}

fn read_csv(bytes: &[u8], limits: Limits) -> Result<Vec<SheetRow>, Refusal> {
    let text = decode(bytes)?;
    let separator = if text.lines().next().is_some_and(|line| line.contains('\t')) { b'\t' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| refuse("sheets.unreadable"))?;
        let number = rows.len() + 1;
        if number > limits.rows.saturating_add(1) && record.iter().any(|cell| !cell.trim().is_empty()) {
            return Err(too_many_rows(limits));
        }
        let mut cells = Vec::with_capacity(record.len().min(limits.columns));
        for (column, cell) in record.iter().enumerate() {
            let cell = clean(cell);
            if !cell.is_empty() {
                put(&mut cells, column, cell, limits, number)?;
            }
        }
        rows.push(SheetRow { number, cells });
    }
    Ok(rows)
}

fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(bytes) {
        let body = bytes.get(length..).unwrap_or_default();
        return encoding
            .decode_without_bom_handling_and_without_replacement(body)
            .map(|text| text.into_owned())
            .ok_or(refuse("sheets.encoding"));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return if text.contains('\0') { Err(refuse("sheets.unreadable")) } else { Ok(text.to_owned()) };
    }
    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    match text {
        Some(text) if text.chars().all(|c| !c.is_control() || matches!(c, '\r' | '\n' | '\t')) => {
            Ok(text.into_owned())
        }
        _ => Err(refuse("sheets.encoding")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Column, csv, xlsx};
    use super::*;

    fn check(bytes: &[u8], limits: Limits, expected: &str) {
        let found = match read(bytes, limits) {
            Ok(sheet) => {
                let rows = sheet.rows.iter().map(|row| format!("{}:{}", row.number, row.cells.join("|")));
                format!("{} / {}", sheet.header.join("|"), rows.collect::<Vec<_>>().join(" / "))
            }
            Err(refusal) => refusal.code.to_owned(),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn a_csv_file_is_read_in_every_encoding_that_offices_use() {
        let all = Limits::default();
        check("名称,街道\n示例中心, 夫子庙 \n".as_bytes(), all, "名称|街道 / 2:示例中心|夫子庙");
        check("\u{feff}名称,街道\r\n\r\n甲,\r\n".as_bytes(), all, "名称|街道 / 2:甲");
        check("a\tb\n1\t2\n".as_bytes(), all, "a|b / 2:1|2");
        let (gbk, ..) = encoding_rs::GB18030.encode("名称,街道\n示例中心,夫子庙\n");
        check(&gbk, all, "名称|街道 / 2:示例中心|夫子庙");
        check("a,b\n\"x,\"\"y\"\"\",2\n".as_bytes(), all, "a|b / 2:x,\"y\"|2");
    }

    #[test]
    fn a_file_that_is_no_table_is_refused_and_says_why() {
        let all = Limits::default();
        check(b"", all, "sheets.empty");
        check(b"\n\n , \n", all, "sheets.empty");
        check(b"PK\x03\x04 broken", all, "sheets.unreadable");
        check(&[0xD0, 0xCF, 0x11, 0xE0, 0, 0], all, "sheets.old-excel");
        check(&[0xFF, 0x00, 0x81, 0x20], all, "sheets.encoding");
        check(b"a\0b", all, "sheets.unreadable");
    }

    #[test]
    fn a_file_stays_within_its_limits() {
        let small = Limits { bytes: 60, rows: 2, columns: 3, cell: 8 };
        check(b"a\n1\n2\n", small, "a / 2:1 / 3:2");
        check(b"a\n1\n2\n3\n", small, "sheets.too-many-rows");
        check(b"a,b,c,d\n", small, "sheets.too-many-columns");
        check(b"a\n123456789\n", small, "sheets.cell-too-long");
        check(&[b'a'; 61], small, "sheets.too-large");
    }

    #[test]
    fn what_we_write_we_read_again() {
        let columns = [Column::new("名称", 20), Column::new("金额", 12)];
        let rows = vec![
            vec![Cell::text("=1+1"), Cell::Money(domain::kernel::Fen(48_000_050))],
            vec![Cell::text(""), Cell::Number(7)],
        ];
        let all = Limits::default();
        check(&xlsx("表", &columns, &rows).unwrap(), all, "名称|金额 / 2:=1+1|480000.5 / 3:|7");
        check(&csv(&columns, &rows), all, "名称|金额 / 2:'=1+1|480000.50 / 3:|7");
    }
}
