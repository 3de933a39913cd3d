//! An office's account for everyone: the result and how it came about (E4).

use app::performance::account;
use askama::Template;
use axum::response::Response;

use super::chosen_year;
use super::told::{Told, told};
use crate::shell::{Choice, PageError, Path, Shell, Visit, show};

#[derive(Template)]
#[template(path = "performance/account/public.html")]
struct PublicPage<'a> {
    shell: &'a Shell,
    account: Told,
    years: Vec<Choice>,
    vetoes_open: bool,
    path: String,
    office_href: String,
}

/// GET /offices/{code}/account
pub async fn show_one(visit: Visit, Path(code): Path<String>) -> Result<Response, PageError> {
    let (year, years) = chosen_year(&visit).await?;
    let found = account::of_office(&visit.city, &code, year).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    show(&PublicPage {
        account: told(shell, &found, None, true),
        years,
        vetoes_open: false,
        path: format!("/offices/{code}/account"),
        office_href: shell.url(format!("/offices/{code}")),
        shell,
    })
}
