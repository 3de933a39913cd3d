//! Every deposit that is held or went back, with its last day, on one page and as an Excel file (C27).

use app::funds::deposits::{self, Line};
use app::sheets::{self, Cell, Column};
use askama::Template;
use axum::response::Response;

use super::deposits::{Told, told};
use crate::shell::download::download;
use crate::shell::{PageError, Shell, Visit, show};

#[derive(Template)]
#[template(path = "funds/deposits_all.html")]
struct AllPage<'a> {
    shell: &'a Shell,
    lines: Vec<Told>,
}

async fn held(visit: &Visit) -> Result<Vec<Line>, PageError> {
    let found = deposits::lines(&visit.city, visit.actor.office(), None).await;
    found.map_err(|error| visit.error(error))
}

/// GET /desk/deposits
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let held = held(&visit).await?;
    let lines = held.iter().map(|one| told(&visit.shell, one)).collect();
    show(&AllPage { shell: &visit.shell, lines })
}

/// GET /desk/deposits/export.xlsx
pub async fn export(visit: Visit) -> Result<Response, PageError> {
    let held = held(&visit).await?;
    let shell = &visit.shell;
    let keys = [
        "tender",
        "what",
        "organisation",
        "amount",
        "means",
        "paper",
        "received",
        "due",
        "returned",
        "state",
    ];
    let columns: Vec<Column> =
        keys.iter().map(|key| Column::new(shell.t(&format!("deposit-{key}")), 18)).collect();
    let row = |one: &Line| {
        let told = told(shell, one);
        vec![
            Cell::text(told.tender),
            Cell::text(told.kind),
            Cell::text(told.organisation),
            Cell::Money(one.amount),
            Cell::text(told.means),
            Cell::text(told.paper),
            Cell::Day(one.received_on),
            one.due_on.map_or(Cell::text(""), Cell::Day),
            one.returned_on.map_or(Cell::text(""), Cell::Day),
            Cell::text(told.state),
        ]
    };
    let name = shell.t("desk-deposits");
    let bytes = sheets::xlsx(&name, &columns, &held.iter().map(row).collect::<Vec<_>>());
    Ok(download(&format!("{name}.xlsx"), sheets::XLSX, bytes.map_err(|error| visit.error(error))?))
}
