//! Payment batches: choose what was approved, hand it to the bank, take in the bank's answer.

use app::funds::payments::{self, BatchLine, PaymentLine};
use app::funds::reconciliation::{self, bank_sheet, column_title, read_bank_file};
use app::funds::{Reconcile, SendBatch};
use app::{Error, sheets};
use askama::Template;
use axum::response::Response;
use domain::funds::RequestState;
use domain::kernel::{PaymentRequestId, Refusal, Role};

use super::outcome_tone;
use crate::shell::{
    Choice, FieldFault, FileForm, Form, PageError, Path, Shell, Visit, download, fault_at, show, show_faults,
};

/// Faults of a bank file shown at once.
const SHOWN_MAX: usize = 200;

struct RowFault {
    row: String,
    column: String,
    text: String,
}

#[derive(Template)]
#[template(path = "funds/batches.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    batches: &'a [BatchLine],
    ready: Vec<Choice>,
    may_pay: bool,
    rows: Vec<RowFault>,
    faults: &'a [FieldFault],
}

#[derive(Template)]
#[template(path = "funds/batch.html")]
struct OnePage<'a> {
    shell: &'a Shell,
    number: &'a str,
    lines: Vec<(PaymentLine, &'static str)>,
}

/// GET /desk/payment-batches
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    page(&visit, &Form::default(), Vec::new(), &[]).await
}

async fn page(
    visit: &Visit,
    form: &Form,
    rows: Vec<RowFault>,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let batches = payments::batches(&visit.city).await.map_err(|error| visit.error(error))?;
    let approved = payments::requests(&visit.city, Some(RequestState::Approved)).await;
    let approved = approved.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let choice = |line: &payments::RequestLine| {
        let value = line.id.0.to_string();
        let chosen = if form.has("requests", &value) { value.clone() } else { String::new() };
        let text = format!("{} · {} · {}", line.number, line.organisation, shell.money(&line.amount_fen));
        let checker = line.checker.clone().unwrap_or_default();
        let hint = shell.txy("batch-ready-hint", checker, shell.date(&line.due_on));
        Choice::new(value, text, &chosen).with_hint(hint)
    };
    let is_faultless = faults.is_empty() && rows.is_empty();
    let page = ListPage {
        ready: approved.iter().map(choice).collect(),
        may_pay: visit.actor.post.role == Role::Finance,
        batches: &batches,
        shell,
        rows,
        faults,
    };
    if is_faultless { show(&page) } else { show_faults(&page) }
}

/// POST /desk/payment-batches
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let ids = form.every("requests").iter().filter_map(|id| id.parse().ok().map(PaymentRequestId)).collect();
    match visit.city.act(&visit.actor, &form.key(), &SendBatch { requests: ids }).await {
        Ok(number) => Ok(visit.done(&format!("/desk/payment-batches/{number}"), "batch-sent")),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, &form, Vec::new(), &faults).await
        }
    }
}

/// GET /desk/payment-batches/{no}
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let found = payments::of_batch(&visit.city, &number).await.map_err(|error| visit.error(error))?;
    let lines = found.into_iter().map(|line| {
        let tone = outcome_tone(&line.outcome);
        (line, tone)
    });
    show(&OnePage { shell: &visit.shell, number: &number, lines: lines.collect() })
}

/// GET /desk/payment-batches/{no}/bank.xlsx
pub async fn bank_file(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let sheet = bank_sheet(&visit.city, &number, visit.shell.is_english()).await;
    let bytes = sheet.map_err(|error| visit.error(error))?;
    Ok(download(&format!("{number}.xlsx"), sheets::XLSX, bytes))
}

/// GET /desk/payment-batches/answer.xlsx: the columns of the bank's answer, with what still waits for one.
pub async fn answer_template(visit: Visit) -> Result<Response, PageError> {
    let sheet = reconciliation::answer_sheet(&visit.city, visit.shell.is_english()).await;
    let bytes = sheet.map_err(|error| visit.error(error))?;
    Ok(download("answer.xlsx", sheets::XLSX, bytes))
}

/// POST /desk/payment-batches/reconciliation
pub async fn reconcile(visit: Visit, typed: FileForm) -> Result<Response, PageError> {
    match take_in(&visit, typed).await {
        Ok(_) => Ok(visit.done("/desk/payment-batches", "bank-answered")),
        Err(error) => {
            let (rows, faults): (Vec<FieldFault>, Vec<FieldFault>) =
                visit.faults(error)?.into_iter().partition(|fault| fault.field.starts_with("row."));
            let rows = rows.into_iter().take(SHOWN_MAX).map(|fault| row_fault(&visit.shell, fault)).collect();
            page(&visit, &Form::default(), rows, &faults).await
        }
    }
}

async fn take_in(visit: &Visit, typed: FileForm) -> Result<i64, Error> {
    let key = typed.form.key();
    let upload = typed.files.into_iter().find(|upload| upload.field == "file");
    let upload = upload.ok_or_else(|| Refusal::new("funds.bank-file-missing", "C28").at("file"))?;
    let rows = read_bank_file(upload.bytes).await?;
    visit.city.act(&visit.actor, &key, &Reconcile { rows }).await
}

/// `row.7.amount` is the column `amount` of row 7.
fn row_fault(shell: &Shell, fault: FieldFault) -> RowFault {
    let mut parts = fault.field.splitn(3, '.').skip(1);
    let row = parts.next().unwrap_or_default().to_owned();
    let column = column_title(parts.next().unwrap_or_default(), shell.is_english()).to_owned();
    RowFault { row, column, text: fault.text }
}
