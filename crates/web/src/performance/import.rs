//! The ledger from a sheet: upload, report, and the rows to mend as a sheet (C54, X1).

use app::performance::import::{FIELDS, ImportReport, RowFault, Titles, import};
use app::sheets::{self, Column};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::Refusal;

use super::own::signed;
use super::{mendable, own_contract, plain};
use crate::i18n::{self, Lang};
use crate::shell::fault::field_fault;
use crate::shell::{FieldFault, FileForm, PageError, Path, Shell, Visit, download, fault_at, show_as};

/// Faults that the page itself shows; the sheet has all of them.
const SHOWN_MAX: usize = 100;

struct Fault {
    row: String,
    column: String,
    text: String,
}

struct Report {
    added: String,
    unchanged: String,
    bad: String,
    faults: Vec<Fault>,
    sheet_href: String,
}

#[derive(Template)]
#[template(path = "performance/import.html")]
struct ImportPage<'a> {
    shell: &'a Shell,
    number: &'a str,
    title: String,
    base: String,
    report: Option<Report>,
    faults: &'a [FieldFault],
}

/// The title of a field's column.
fn title(lang: Lang, field: &str) -> String {
    i18n::text(lang, &format!("performance-column-{}", field.replace('_', "-")))
}

fn titles() -> Titles {
    let of = |lang| FIELDS.into_iter().map(move |field| (title(lang, field), field));
    of(Lang::Zh).chain(of(Lang::En)).collect()
}

/// GET /me/contracts/{no}/ledger/import
pub async fn new(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, None, plain()).await
}

async fn page(
    visit: &Visit,
    number: &str,
    report: Option<Report>,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let contract = signed(visit, own_contract(visit, number).await?)?;
    let base = visit.shell.url(format!("/me/contracts/{number}"));
    let title = contract.title;
    show_as(status, &ImportPage { shell: &visit.shell, number, title, base, report, faults: &faults })
}

/// POST /me/contracts/{no}/ledger/import
pub async fn create(visit: Visit, Path(number): Path<String>, sent: FileForm) -> Result<Response, PageError> {
    let contract = signed(&visit, own_contract(&visit, &number).await?)?.id;
    let Some(file) = sent.files.iter().find(|file| file.field == "file") else {
        let refusal = Refusal::new("sheets.missing", "X1").at("file");
        let faults = vec![field_fault(&visit.shell, &refusal)];
        return page(&visit, &number, None, (StatusCode::UNPROCESSABLE_ENTITY, faults)).await;
    };
    let (city, actor, key) = (&visit.city, &visit.actor, sent.form.key());
    match import(city, actor, &key, contract, &file.bytes, &titles()).await {
        Ok(report) => {
            let told = told(&visit, &number, &report)?;
            page(&visit, &number, Some(told), plain()).await
        }
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, &number, None, faults).await
        }
    }
}

fn told(visit: &Visit, number: &str, report: &ImportReport) -> Result<Report, PageError> {
    let shell = &visit.shell;
    let column = |fault: &RowFault| {
        let field = fault.refusal.field.as_deref().unwrap_or_default();
        if FIELDS.contains(&field) { title(shell.lang, field) } else { String::new() }
    };
    let mut sheet_href = String::new();
    if report.bad_rows() > 0 {
        let say = |fault: &RowFault| format!("{} {}", column(fault), shell.refusal(&fault.refusal));
        let remark = shell.t("performance-remark-column");
        let sheet = report.error_sheet(&shell.t("performance-ledger"), &remark, &say);
        let digest =
            sheet.and_then(|bytes| visit.city.blobs.put(&bytes)).map_err(|error| visit.error(error))?;
        sheet_href = shell.url(format!("/me/contracts/{number}/ledger/import/{digest}"));
    }
    let faults = report.faults.iter().take(SHOWN_MAX).map(|fault| Fault {
        row: fault.row.to_string(),
        column: column(fault),
        text: shell.refusal(&fault.refusal),
    });
    Ok(Report {
        added: report.added.to_string(),
        unchanged: report.unchanged.to_string(),
        bad: report.bad_rows().to_string(),
        faults: faults.collect(),
        sheet_href,
    })
}

/// GET /me/contracts/{no}/ledger/import/{digest}: the rows to mend, for who has the address from the report.
pub async fn errors(
    visit: Visit,
    Path((number, digest)): Path<(String, String)>,
) -> Result<Response, PageError> {
    own_contract(&visit, &number).await?;
    let bytes = visit.city.blobs.get(&digest).map_err(|error| visit.error(error))?;
    // The folder also holds other people's files; this address gives out sheets of ours and nothing else.
    let sheet = sheets::read(&bytes, sheets::Limits::default());
    let remark = visit.shell.t("performance-remark-column");
    if !sheet.is_ok_and(|sheet| sheet.header.last() == Some(&remark)) {
        return Err(visit.error(app::Error::NotFound));
    }
    Ok(download("ledger-to-mend.xlsx", sheets::XLSX, bytes))
}

/// GET /me/contracts/{no}/ledger/template.xlsx
pub async fn template(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    own_contract(&visit, &number).await?;
    let columns: Vec<Column> =
        FIELDS.iter().map(|field| Column::new(title(visit.shell.lang, field), 18)).collect();
    let name = visit.shell.t("performance-ledger");
    let bytes = sheets::xlsx(&name, &columns, &[]).map_err(|error| visit.error(error))?;
    Ok(download("ledger-template.xlsx", sheets::XLSX, bytes))
}
