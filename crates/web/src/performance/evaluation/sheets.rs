//! The score sheets of a published round on A4; experts are known by their codes.

use app::Error;
use app::performance::evaluation::held::{self, HeldContract};
use askama::Template;
use axum::response::Response;

use super::view::{self, RoundView, Sight};
use crate::shell::{PageError, Path, Shell, Visit, qr, show};

#[derive(Template)]
#[template(path = "performance/evaluation/sheets.html")]
struct SheetsPage<'a> {
    shell: &'a Shell,
    contract: &'a HeldContract,
    view: &'a RoundView,
    qr: String,
}

/// GET /contracts/{no}/evaluation/sheets: of the latest published round with a grade.
pub async fn show_sheets(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let contract = held::by_number(&visit.city, &number).await.map_err(fail)?;
    let rounds = view::rounds(&visit, &contract, Sight::Public).await.map_err(fail)?;
    let Some(view) = rounds.iter().find(|view| view.round.total.is_some()) else {
        return Err(fail(Error::NotFound));
    };
    let address = visit.shell.absolute(format!("/contracts/{number}/evaluation"));
    show(&SheetsPage {
        shell: &visit.shell,
        contract: &contract,
        view,
        qr: qr::svg(&address, &visit.shell.t("document-qr")),
    })
}
