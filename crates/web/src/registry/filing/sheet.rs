//! Filing many organisations from a sheet: all rows or none, every fault at its row and column.

use app::Error;
use app::registry::filing::{FileOrganisations, sheet};
use app::sheets;
use askama::Template;
use axum::response::Response;
use domain::kernel::Refusal;

use super::super::file;
use crate::shell::{FieldFault, FileForm, PageError, Shell, Visit, fault_at, show, show_faults};

/// Faults shown at once.
const SHOWN_MAX: usize = 200;

struct RowFault {
    row: String,
    column: String,
    text: String,
}

#[derive(Template)]
#[template(path = "registry/filing/sheet.html")]
struct SheetPage<'a> {
    shell: &'a Shell,
    faults: &'a [FieldFault],
    rows: Vec<RowFault>,
}

/// GET /desk/filings/import
pub async fn new(visit: Visit) -> Result<Response, PageError> {
    show(&SheetPage { shell: &visit.shell, faults: &[], rows: Vec::new() })
}

/// GET /desk/filings/import/template.xlsx
pub async fn empty(visit: Visit) -> Result<Response, PageError> {
    let bytes = sheet::template(visit.shell.is_english()).map_err(|error| visit.error(error))?;
    Ok(file("filings.xlsx", sheets::XLSX, bytes))
}

/// POST /desk/filings/import
pub async fn create(visit: Visit, typed: FileForm) -> Result<Response, PageError> {
    match try_file(&visit, typed).await {
        Ok(_) => Ok(visit.done("/desk/filings", "filings-filed")),
        Err(error) => {
            let (rows, faults): (Vec<FieldFault>, Vec<FieldFault>) =
                visit.faults(error)?.into_iter().partition(|fault| fault.field.starts_with("row."));
            let rows = rows.into_iter().take(SHOWN_MAX).map(|fault| row_fault(&visit.shell, fault)).collect();
            show_faults(&SheetPage { shell: &visit.shell, faults: &faults, rows })
        }
    }
}

async fn try_file(visit: &Visit, typed: FileForm) -> Result<i64, Error> {
    let key = typed.form.key();
    let upload = typed.files.into_iter().find(|upload| upload.field == "file");
    let upload = upload.ok_or_else(|| Refusal::new("filing.file-missing", "B20").at("file"))?;
    let forms = sheet::read(&visit.city, upload.bytes).await?;
    visit.city.act(&visit.actor, &key, &FileOrganisations { forms }).await
}

/// `row.7.name` is the column `name` of row 7.
fn row_fault(shell: &Shell, fault: FieldFault) -> RowFault {
    let mut parts = fault.field.splitn(3, '.').skip(1);
    let row = parts.next().unwrap_or_default().to_owned();
    let column = sheet::title(parts.next().unwrap_or_default(), shell.is_english());
    RowFault { row, column, text: fault.text }
}
