//! One contract's money, public: what was bound, asked, accepted and paid, each transfer with its ground.

use app::contracts::{self, Contract};
use app::funds::payments::{self, RequestLine};
use app::funds::{self, Book, TransferLine};
use askama::Template;
use axum::response::Response;
use domain::funds::RequestState;

use super::tone;
use crate::shell::way::{self, Station, Stop};
use crate::shell::{PageError, Path, Shell, Visit, show};

#[derive(Template)]
#[template(path = "funds/contract.html")]
struct MoneyPage<'a> {
    shell: &'a Shell,
    contract: &'a Contract,
    book: Book,
    requests: Vec<Line>,
    transfers: &'a [TransferLine],
    way: Vec<Stop>,
}

/// A request without what is only the parties' business.
struct Line {
    number: String,
    milestone: String,
    amount: String,
    state: String,
    tone: &'static str,
    due: String,
    is_late: bool,
}

/// GET /contracts/{no}/money
pub async fn show_money(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let found = contracts::by_number(&visit.city, &visit.actor, &number).await;
    let (contract, _) = found.map_err(|error| visit.error(error))?;
    if contract.published_at.is_none() {
        return Err(visit.error(app::Error::NotFound));
    }
    let city = &visit.city;
    let book = funds::contract_money(city, contract.id).await.map_err(|error| visit.error(error))?;
    let requests = payments::of_contract(city, contract.id).await.map_err(|error| visit.error(error))?;
    let found = funds::transfers_of_contract(city, contract.id).await;
    let transfers = found.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    show(&MoneyPage {
        requests: requests.iter().map(|request| line(shell, request)).collect(),
        contract: &contract,
        transfers: &transfers,
        way: way::of_contract(&visit, &number, Station::Money).await?,
        book,
        shell,
    })
}

fn line(shell: &Shell, request: &RequestLine) -> Line {
    Line {
        number: request.number.clone(),
        milestone: request.milestone.clone(),
        amount: shell.money(&request.amount_fen),
        state: shell.coded(&request.state),
        tone: tone(&request.state),
        due: shell.date(&request.due_on),
        is_late: request.state != RequestState::Paid && shell.now().date() > request.due_on,
    }
}
