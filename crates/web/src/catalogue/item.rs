//! One listed item: every field, the signed check, who answers for it, and its tenders.

use app::catalogue::read::{self, ItemRow, ItemTender};
use askama::Template;
use axum::response::Response;

use super::{answer_key, office, tone};
use crate::shell::way::{self, Stop};
use crate::shell::{PageError, Path, Shell, Visit, show};

#[derive(Template)]
#[template(path = "catalogue/item.html")]
struct ItemPage<'a> {
    shell: &'a Shell,
    item: &'a ItemRow,
    tenders: &'a [ItemTender],
    way: Vec<Stop>,
}

/// GET /purchase/catalogue/{code}
pub async fn show_item(visit: Visit, Path(code): Path<String>) -> Result<Response, PageError> {
    let item = read::public_item(&visit.city, &code).await.map_err(|error| visit.error(error))?;
    let tenders = read::tenders_of(&visit.city, item.id).await.map_err(|error| visit.error(error))?;
    let way = way::of_item(&visit, &code).await?;
    show(&ItemPage { shell: &visit.shell, item: &item, tenders: &tenders, way })
}
