//! Many filings at once from Excel or CSV: every row is read and judged, then all are filed or none is.

use domain::kernel::Refusal;

use super::form::FilingForm;
use crate::sheets::{self, Cell, Column, Limits, Sheet};
use crate::{App, Error};

/// No sheet has more rows; a street files dozens, not thousands.
const ROWS_MAX: usize = 2_000;

/// The columns: field, Chinese title, English title, width.
const COLUMNS: [(&str, &str, &str, u16); 10] = [
    ("name", "名称", "Name", 36),
    ("kind", "类型", "Kind", 14),
    ("fields", "业务领域", "Fields", 24),
    ("domicile", "活动地点", "Meeting place", 30),
    ("person_in_charge", "负责人", "Person in charge", 14),
    ("contact", "联系电话", "Contact", 18),
    ("members", "成员数", "Members", 10),
    ("led_by", "管理主体", "Led by", 14),
    ("community", "社区", "Community", 20),
    ("host", "资金代管组织代码", "Host's credit code", 22),
];

/// The empty sheet with one invented row that shows how.
///
/// # Errors
/// The file could not be put together.
pub fn template(is_english: bool) -> Result<Vec<u8>, Error> {
    let columns: Vec<Column> = COLUMNS
        .iter()
        .map(|(_, zh, en, width)| Column::new(if is_english { *en } else { *zh }, *width))
        .collect();
    let example = if is_english {
        [
            "Sunset chess group (sample)",
            "social_association",
            "elderly_care",
            "Community hall",
            "Sample person",
            "025-0000",
            "12",
            "community",
            "Sample community",
            "",
        ]
    } else {
        [
            "夕阳红棋社（示例）",
            "社会团体",
            "养老服务",
            "社区活动室",
            "示例负责人",
            "025-0000",
            "12",
            "社区",
            "示例社区",
            "",
        ]
    };
    let row = example.iter().map(|text| Cell::text(*text)).collect();
    sheets::xlsx(if is_english { "Filings" } else { "备案" }, &columns, &[row])
}

/// The title of a field's column.
pub fn title(field: &str, is_english: bool) -> String {
    let found = COLUMNS.iter().find(|(name, ..)| *name == field);
    found.map_or_else(|| field.to_owned(), |(_, zh, en, _)| (if is_english { *en } else { *zh }).to_owned())
}

/// The title of the column that says what to mend.
fn remark(is_english: bool) -> &'static str {
    if is_english { "To mend (rule)" } else { "改正意见（依据规则）" }
}

/// Reads a file into rows.
///
/// # Errors
/// The faults of `sheets::read`.
pub async fn open(file: Vec<u8>) -> Result<Sheet, Error> {
    let read = tokio::task::spawn_blocking(move || sheets::read(&file, Limits::default()));
    Ok(read.await.map_err(|_| Error::Folder("the reading thread stopped".to_owned()))??)
}

/// The whole sheet as it came, good rows too, with a last column that says what to mend: all rows are filed or
/// none is, so all of them are sent again. `told` gives what is wrong with a row; empty where nothing is.
///
/// # Errors
/// The file could not be put together.
pub fn with_remarks(
    sheet: &Sheet,
    is_english: bool,
    told: &dyn Fn(usize) -> String,
) -> Result<Vec<u8>, Error> {
    // A sheet that was mended and is refused again has the column already.
    let has = |title: &String| [remark(true), remark(false)].contains(&title.trim());
    let kept: Vec<usize> = (0..sheet.header.len()).filter(|at| !has(&sheet.header[*at])).collect();
    let mut columns: Vec<Column> = kept.iter().map(|at| Column::new(sheet.header[*at].clone(), 20)).collect();
    columns.push(Column::new(remark(is_english), 60));
    let rows: Vec<Vec<Cell>> = sheet
        .rows
        .iter()
        .map(|row| {
            let mut cells: Vec<Cell> = kept.iter().map(|at| Cell::text(row.cell(*at))).collect();
            cells.push(Cell::Text(told(row.number)));
            cells
        })
        .collect();
    sheets::xlsx(if is_english { "Filings" } else { "备案" }, &columns, &rows)
}

/// Whether bytes are a sheet of [`with_remarks`].
pub fn has_remarks(bytes: &[u8]) -> bool {
    let sheet = sheets::read(bytes, Limits::default());
    sheet.is_ok_and(|sheet| {
        sheet.header.last().is_some_and(|title| [remark(true), remark(false)].contains(&title.as_str()))
    })
}

/// The rows of a sheet as forms, each with its row number.
///
/// # Errors
/// `Invalid` for a file that is no such sheet, one without rows, and one that is too long.
pub fn forms(app: &App, sheet: &Sheet) -> Result<Vec<(usize, FilingForm)>, Error> {
    let place = |field: &str| {
        let (_, zh, en, _) = COLUMNS.iter().find(|(name, ..)| *name == field)?;
        sheet.header.iter().position(|title| [*zh, *en, field].contains(&title.trim()))
    };
    if let Some((field, ..)) = COLUMNS.iter().take(2).find(|(field, ..)| place(field).is_none()) {
        let refusal = Refusal::new("filing.column-missing", "B20").at("file");
        return Err(Error::Invalid(vec![refusal.with("column", title(field, false))]));
    }
    if sheet.rows.is_empty() || sheet.rows.len() > ROWS_MAX {
        let refusal = Refusal::new("filing.rows", "B20").at("file").with("max", ROWS_MAX);
        return Err(Error::Invalid(vec![refusal]));
    }
    let forms = sheet.rows.iter().map(|row| {
        let text = |field: &str| place(field).map(|at| row.cell(at).to_owned()).unwrap_or_default();
        let form = FilingForm {
            name: text("name"),
            kind: text("kind"),
            fields: text("fields"),
            domicile: text("domicile"),
            person_in_charge: text("person_in_charge"),
            contact: text("contact"),
            members: text("members"),
            led_by: text("led_by"),
            community: text("community"),
            host: text("host"),
            is_demo: app.is_demo,
        };
        (row.number, form)
    });
    Ok(forms.collect())
}
