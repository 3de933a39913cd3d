//! The public budget book: every fund, every item's money, every transfer.

use app::funds::{self, FundLine, ItemMoney, TransferLine};
use askama::Template;
use axum::response::Response;

use crate::shell::chart::{self, Stack, Words};
use crate::shell::form::pairs;
use crate::shell::{Form, PageError, Path, Shell, Visit, show};

/// Transfers on one page; the use case gives no more.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "funds/index.html")]
struct IndexPage<'a> {
    shell: &'a Shell,
    lines: &'a [FundLine],
    chart: String,
}

#[derive(Template)]
#[template(path = "funds/fund.html")]
struct FundPage<'a> {
    shell: &'a Shell,
    line: &'a FundLine,
    items: &'a [ItemMoney],
    transfers: &'a [TransferLine],
    next: String,
}

/// GET /funds
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let lines = funds::funds(&visit.city).await.map_err(|error| visit.error(error))?;
    let chart = chart(&visit.shell, &lines);
    show(&IndexPage { shell: &visit.shell, lines: &lines, chart })
}

/// Where each fund's money lies, as bars of five parts.
fn chart(shell: &Shell, lines: &[FundLine]) -> String {
    let keys = ["paid", "transit", "committed", "free", "unallotted"];
    let names: Vec<String> = keys.iter().map(|key| shell.t(&format!("funds-{key}"))).collect();
    let stack = |line: &FundLine| Stack {
        label: line.fund.code.clone(),
        parts: vec![
            line.book.paid.0,
            line.book.transit.0,
            line.book.committed.0,
            line.book.free.0,
            line.book.unallotted.0,
        ],
        shown: shell.money(&line.book.appropriated),
        href: shell.url(format!("/funds/{}", line.fund.code)),
    };
    let stacks: Vec<Stack> = lines.iter().map(stack).collect();
    let texts =
        ["funds-chart-title", "funds-chart-says", "funds-chart-table", "funds-fund", "funds-appropriated"]
            .map(|key| shell.t(key));
    let [title, says, table, name_head, value_head] = &texts;
    chart::stacked(&Words { id: "funds", title, says, table, name_head, value_head }, &names, &stacks)
}

/// GET /funds/{code}
pub async fn show_one(visit: Visit, Path(code): Path<String>) -> Result<Response, PageError> {
    let (line, items) = funds::of_fund(&visit.city, &code).await.map_err(|error| visit.error(error))?;
    let before = Form::of(pairs(visit.shell.query.as_bytes())).number("before");
    let found = funds::transfers_of_fund(&visit.city, line.fund.id, before).await;
    let transfers = found.map_err(|error| visit.error(error))?;
    let next = match transfers.last() {
        Some(last) if transfers.len() == PAGE => {
            visit.shell.url(format!("/funds/{code}?before={}#transfers", last.serial))
        }
        _ => String::new(),
    };
    show(&FundPage { shell: &visit.shell, line: &line, items: &items, transfers: &transfers, next })
}
