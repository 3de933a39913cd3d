//! The acceptance desk: every acceptance, what waits for somebody first (C55).

use app::performance::desk::{self, DeskLine};
use askama::Template;
use axum::response::Response;

use crate::shell::{PageError, Shell, Visit, show};

#[derive(Template)]
#[template(path = "performance/desk.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    lines: &'a [DeskLine],
}

/// GET /desk/acceptance
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let lines = desk::lines(&visit.city).await.map_err(|error| visit.error(error))?;
    show(&DeskPage { shell: &visit.shell, lines: &lines })
}
