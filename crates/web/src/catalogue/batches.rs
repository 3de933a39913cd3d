//! One batch as the public sees it: its items and what they add up to.

use app::Error;
use app::catalogue::batches::{self, Batch};
use app::catalogue::read::ItemRow;
use askama::Template;
use axum::response::Response;

use super::office;
use crate::shell::{PageError, Path, Shell, Visit, show};

#[derive(Template)]
#[template(path = "catalogue/batch.html")]
struct BatchPage<'a> {
    shell: &'a Shell,
    batch: &'a Batch,
    items: &'a [ItemRow],
}

/// The year and number that `2014-1` names.
pub(super) fn place_of(name: &str) -> Result<(i64, i64), Error> {
    let parts =
        name.split_once('-').and_then(|(year, number)| Some((year.parse().ok()?, number.parse().ok()?)));
    parts.ok_or(Error::NotFound)
}

/// GET /purchase/batches/{name}
pub async fn show_batch(visit: Visit, Path(name): Path<String>) -> Result<Response, PageError> {
    let (year, number) = place_of(&name).map_err(|error| visit.error(error))?;
    let (batch, items) =
        batches::batch(&visit.city, year, number).await.map_err(|error| visit.error(error))?;
    show(&BatchPage { shell: &visit.shell, batch: &batch, items: &items })
}
