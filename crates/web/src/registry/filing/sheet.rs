//! Filing many organisations from a sheet: all rows or none, every fault at its row and column.

use app::registry::filing::{FileOrganisations, sheet};
use app::sheets::{self, Sheet};
use app::{Error, RequestKey};
use askama::Template;
use axum::response::Response;
use domain::kernel::Refusal;

use super::super::file;
use crate::shell::{FieldFault, FileForm, PageError, Path, Shell, Visit, fault_at, show, show_faults};

/// Faults shown at once.
const SHOWN_MAX: usize = 200;

struct RowFault {
    row: String,
    column: String,
    fault: FieldFault,
}

#[derive(Template)]
#[template(path = "registry/filing/sheet.html")]
struct SheetPage<'a> {
    shell: &'a Shell,
    faults: &'a [FieldFault],
    rows: Vec<RowFault>,
    /// The sheet as it came, with what to mend in its last column.
    remarks_href: String,
}

/// GET /desk/filings/import
pub async fn new(visit: Visit) -> Result<Response, PageError> {
    let remarks_href = String::new();
    show(&SheetPage { shell: &visit.shell, faults: &[], rows: Vec::new(), remarks_href })
}

/// GET /desk/filings/import/template.xlsx
pub async fn empty(visit: Visit) -> Result<Response, PageError> {
    let bytes = sheet::template(visit.shell.is_english()).map_err(|error| visit.error(error))?;
    Ok(file("filings.xlsx", sheets::XLSX, bytes))
}

/// POST /desk/filings/import
pub async fn create(visit: Visit, typed: FileForm) -> Result<Response, PageError> {
    let key = typed.form.key();
    let read = match read(typed).await {
        Ok(read) => read,
        Err(error) => return refused(&visit, None, error),
    };
    match try_file(&visit, &key, &read).await {
        Ok(_) => Ok(visit.done("/desk/filings", "filings-filed")),
        Err(error) => refused(&visit, Some(&read), error),
    }
}

async fn read(typed: FileForm) -> Result<Sheet, Error> {
    let upload = typed.files.into_iter().find(|upload| upload.field == "file");
    let upload = upload.ok_or_else(|| Refusal::new("filing.file-missing", "B20").at("file"))?;
    sheet::open(upload.bytes).await
}

async fn try_file(visit: &Visit, key: &RequestKey, read: &Sheet) -> Result<i64, Error> {
    let forms = sheet::forms(&visit.city, read)?;
    visit.city.act(&visit.actor, key, &FileOrganisations { forms }).await
}

/// The page with every fault at its row, and the sheet to mend.
fn refused(visit: &Visit, read: Option<&Sheet>, error: Error) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let (rows, faults): (Vec<FieldFault>, Vec<FieldFault>) =
        visit.faults(error)?.into_iter().partition(|fault| fault.field.starts_with("row."));
    let mut rows: Vec<RowFault> = rows.into_iter().map(|fault| row_fault(shell, fault)).collect();
    let mut remarks_href = String::new();
    if let Some(read) = read.filter(|_| !rows.is_empty()) {
        let told = |number: usize| remarks(&rows, number);
        let bytes = sheet::with_remarks(read, shell.is_english(), &told);
        let digest =
            bytes.and_then(|bytes| visit.city.blobs.put(&bytes)).map_err(|error| visit.error(error))?;
        remarks_href = shell.url(format!("/desk/filings/import/{digest}"));
    }
    rows.truncate(SHOWN_MAX);
    show_faults(&SheetPage { shell, faults: &faults, rows, remarks_href })
}

/// What is wrong with a row, a line for each fault, with the rule it rests on.
fn remarks(rows: &[RowFault], number: usize) -> String {
    let number = number.to_string();
    let lines = rows.iter().filter(|one| one.row == number).map(|one| {
        let rule = one.fault.rule.as_ref().map_or("", |rule| rule.label.as_str());
        let text = format!("{}: {} {rule}", one.column, one.fault.text);
        text.trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// GET /desk/filings/import/{digest}: the sheet to mend, for who has the address from the page.
pub async fn mend(visit: Visit, Path(digest): Path<String>) -> Result<Response, PageError> {
    let bytes = visit.city.blobs.get(&digest).map_err(|error| visit.error(error))?;
    // The folder also holds other people's files; this address gives out sheets of ours and nothing else.
    if !sheet::has_remarks(&bytes) {
        return Err(visit.error(Error::NotFound));
    }
    Ok(file("filings-to-mend.xlsx", sheets::XLSX, bytes))
}

/// `row.7.name` is the column `name` of row 7.
fn row_fault(shell: &Shell, fault: FieldFault) -> RowFault {
    let mut parts = fault.field.splitn(3, '.').skip(1);
    let row = parts.next().unwrap_or_default().to_owned();
    let column = sheet::title(parts.next().unwrap_or_default(), shell.is_english());
    RowFault { row, column, fault }
}
