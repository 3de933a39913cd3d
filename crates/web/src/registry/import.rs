//! Importing organisations from a sheet: upload, report, and the rows to mend as a sheet.

use app::registry::import::{import, template};
use app::registry::{ImportReport, words};
use app::sheets;
use askama::Template;
use axum::response::Response;
use domain::kernel::Refusal;

use super::file;
use crate::shell::fault::field_fault;
use crate::shell::{FieldFault, FileForm, PageError, Path, Shell, Visit, fault_at, show, show_faults};

/// Faults that the page itself shows; the sheet has all of them.
const SHOWN_MAX: usize = 100;

struct Fault {
    row: String,
    column: String,
    text: String,
}

struct Report {
    added: i64,
    updated: i64,
    unchanged: i64,
    bad: String,
    faults: Vec<Fault>,
    has_more: bool,
    sheet_href: String,
}

#[derive(Template)]
#[template(path = "registry/import.html")]
struct ImportPage<'a> {
    shell: &'a Shell,
    faults: &'a [FieldFault],
    report: Option<Report>,
    template_href: String,
}

impl<'a> ImportPage<'a> {
    fn new(shell: &'a Shell, faults: &'a [FieldFault], report: Option<Report>) -> Self {
        let template_href = shell.url("/desk/organisations/import/template.xlsx");
        Self { shell, faults, report, template_href }
    }
}

/// GET /desk/organisations/import
pub async fn new(visit: Visit) -> Result<Response, PageError> {
    show(&ImportPage::new(&visit.shell, &[], None))
}

/// POST /desk/organisations/import
pub async fn create(visit: Visit, form: FileForm) -> Result<Response, PageError> {
    let upload = form.files.into_iter().find(|file| file.field == "file");
    let Some(upload) = upload else {
        let refusal = Refusal::new("sheets.missing", "X1").at("file");
        let faults = [field_fault(&visit.shell, &refusal)];
        return show_faults(&ImportPage::new(&visit.shell, &faults, None));
    };
    match import(&visit.city, &visit.actor, upload.bytes, &|_, _| {}).await {
        Ok(report) => {
            let report = told(&visit, &report).await?;
            show(&ImportPage::new(&visit.shell, &[], Some(report)))
        }
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&ImportPage::new(&visit.shell, &faults, None))
        }
    }
}

async fn told(visit: &Visit, report: &ImportReport) -> Result<Report, PageError> {
    let shell = &visit.shell;
    let mut sheet_href = String::new();
    if report.bad_rows() > 0 {
        let sheet = report.error_sheet(shell.is_english(), &|refusal| shell.refusal(refusal));
        let digest =
            sheet.and_then(|bytes| visit.city.blobs.put(&bytes)).map_err(|error| visit.error(error))?;
        sheet_href = shell.url(format!("/desk/organisations/import/{digest}"));
    }
    let faults = report.faults.iter().take(SHOWN_MAX).map(|fault| Fault {
        row: fault.row.to_string(),
        column: words::word_of("column", &fault.column, shell.is_english()),
        text: shell.refusal(&fault.refusal),
    });
    Ok(Report {
        added: report.tally.added,
        updated: report.tally.updated,
        unchanged: report.tally.unchanged,
        bad: report.bad_rows().to_string(),
        faults: faults.collect(),
        has_more: report.faults.len() > SHOWN_MAX,
        sheet_href,
    })
}

/// GET /desk/organisations/import/{digest}: the rows to mend, for who has the address from the report.
pub async fn errors(visit: Visit, Path(digest): Path<String>) -> Result<Response, PageError> {
    let bytes = visit.city.blobs.get(&digest).map_err(|error| visit.error(error))?;
    // The folder also holds other people's files; this address gives out sheets of ours and nothing else.
    let sheet = sheets::read(&bytes, sheets::Limits::default());
    let remark = words::word_of("column", "remark", visit.shell.is_english());
    let is_ours = sheet.is_ok_and(|sheet| sheet.header.last() == Some(&remark));
    if !is_ours {
        return Err(visit.error(app::Error::NotFound));
    }
    Ok(file("organisations-to-mend.xlsx", sheets::XLSX, bytes))
}

/// GET /desk/organisations/import/template.xlsx
pub async fn empty(visit: Visit) -> Result<Response, PageError> {
    let bytes = template(visit.shell.is_english()).map_err(|error| visit.error(error))?;
    Ok(file("organisations-template.xlsx", sheets::XLSX, bytes))
}
