//! The provider's own money: what was accepted and may be billed, and where each request stands.

use app::Error;
use app::contracts::{self, Contract};
use app::funds::payments::{self, Billable, RequestLine};
use app::funds::{self, Bill, Book, RequestPayment};
use app::uploads::{FILE_MIB_MAX, StoredFile};
use askama::Template;
use axum::response::Response;
use domain::funds::RequestState;
use domain::kernel::{AcceptanceId, Fen, Refusal, parse_date};

use super::tone;
use crate::shell::{
    Choice, FieldFault, FileForm, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults,
};

/// A request with the colour of its tag.
struct Line {
    request: RequestLine,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "funds/own.html")]
struct OwnPage<'a> {
    shell: &'a Shell,
    contract: &'a Contract,
    book: Book,
    lines: Vec<Line>,
    open: Vec<Choice>,
    form: &'a Form,
    file_hint: String,
    faults: &'a [FieldFault],
}

/// GET /me/contracts/{no}/payments
pub async fn index(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, None, &[]).await
}

async fn own(visit: &Visit, number: &str) -> Result<Contract, PageError> {
    let found = contracts::by_number(&visit.city, &visit.actor, number).await;
    let (contract, _) = found.map_err(|error| visit.error(error))?;
    let is_own = visit.actor.organisation() == Some(contract.organisation_id);
    if is_own { Ok(contract) } else { Err(visit.error(Error::NotFound)) }
}

async fn page(
    visit: &Visit,
    number: &str,
    typed: Option<&Form>,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let contract = own(visit, number).await?;
    let city = &visit.city;
    let book = funds::contract_money(city, contract.id).await.map_err(|error| visit.error(error))?;
    let billable = payments::billable(city, contract.id).await.map_err(|error| visit.error(error))?;
    let requests = payments::of_contract(city, contract.id).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    // What was asked for last is offered again: bank and account seldom change, a returned bill is mended.
    let prefilled = requests.last().map_or_else(Form::default, |last| {
        Form::of([("bank", last.payee_bank.as_str()), ("account", last.payee_account.as_str())])
    });
    let form = typed.unwrap_or(&prefilled);
    let is_open = |one: &&Billable| one.state.is_none_or(|state| state == RequestState::Returned);
    let choice = |one: &Billable| {
        let text = format!("{} · {}", one.milestone, shell.money(&one.accepted_fen));
        let hint = shell.tx("own-accepted-on", shell.moment(&one.accepted_at));
        Choice::new(one.id.0.to_string(), text, form.trimmed("acceptance")).with_hint(hint)
    };
    let page = OwnPage {
        open: billable.iter().filter(is_open).map(choice).collect(),
        lines: requests.into_iter().map(|request| Line { tone: tone(&request.state), request }).collect(),
        file_hint: shell.tx("paper-file-hint", FILE_MIB_MAX),
        contract: &contract,
        shell,
        book,
        form,
        faults,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

/// POST /me/contracts/{no}/payments
pub async fn create(
    visit: Visit,
    Path(number): Path<String>,
    typed: FileForm,
) -> Result<Response, PageError> {
    own(&visit, &number).await?;
    match ask(&visit, &typed).await {
        Ok(_) => Ok(visit.done(&format!("/me/contracts/{number}/payments"), "payment-asked")),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, &number, Some(&typed.form), &faults).await
        }
    }
}

async fn ask(visit: &Visit, typed: &FileForm) -> Result<domain::kernel::PaymentRequestId, Error> {
    let form = &typed.form;
    let mut faults = Vec::new();
    let acceptance = form.number("acceptance").map(AcceptanceId);
    if acceptance.is_none() {
        faults.push(Refusal::new("funds.milestone-missing", "C28").at("acceptance"));
    }
    let amount = Fen::parse_yuan(form.trimmed("invoice_amount"));
    let amount = amount.map_err(|refusal| faults.push(refusal.at("invoice_amount"))).unwrap_or_default();
    let upload = typed.files.iter().find(|file| file.field == "file");
    let file = match upload {
        Some(file) => StoredFile::store(&visit.city, "C28", &file.name, &file.bytes),
        None => Err(Error::Invalid(vec![Refusal::new("funds.invoice-missing", "C28").at("file")])),
    };
    let text = |field| form.trimmed(field).to_owned();
    let bill = Bill {
        invoice_number: text("invoice_number"),
        invoice_on: parse_date(form.trimmed("invoice_on")).ok(),
        invoice_amount: amount,
        bank: text("bank"),
        account: text("account"),
    };
    let (Some(acceptance), Ok(file), true) = (acceptance, &file, faults.is_empty()) else {
        faults.extend(bill.faults(visit.shell.now().date()));
        if let Err(Error::Invalid(more)) = file {
            faults.extend(more);
        }
        return Err(Error::Invalid(faults));
    };
    let ask = RequestPayment { acceptance, bill, file: file.clone() };
    visit.city.act(&visit.actor, &form.key(), &ask).await
}
