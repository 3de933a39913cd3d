//! The batches' desk: the purchase lead puts listed items together, and closes a batch that has run.

use app::catalogue::batches::{self, Batch};
use app::catalogue::read::ItemRow;
use app::catalogue::{CloseBatch, CreateBatch};
use askama::Template;
use axum::response::Response;
use domain::kernel::ItemId;

use super::batches::place_of;
use super::{asked, office, year_of};
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "catalogue/desk_batches.html")]
struct IndexPage<'a> {
    shell: &'a Shell,
    batches: &'a [Batch],
}

#[derive(Template)]
#[template(path = "catalogue/desk_batch_form.html")]
struct FormPage<'a> {
    shell: &'a Shell,
    year: i64,
    form: &'a Form,
    faults: &'a [FieldFault],
    items: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "catalogue/desk_batch.html")]
struct BatchPage<'a> {
    shell: &'a Shell,
    batch: &'a Batch,
    items: &'a [ItemRow],
    faults: &'a [FieldFault],
}

/// GET /desk/batches
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let batches = batches::of_year(&visit.city, None).await.map_err(|error| visit.error(error))?;
    show(&IndexPage { shell: &visit.shell, batches: &batches })
}

async fn form_page(
    visit: &Visit,
    year: i64,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let free = batches::free_items(&visit.city, year).await.map_err(|error| visit.error(error))?;
    let choice = |item: &ItemRow| {
        let value = item.id.0.to_string();
        let chosen = if form.has("items", &value) { value.clone() } else { String::new() };
        let facts = format!(
            "{} · {} · {}",
            item.code,
            office(&visit.shell, item),
            visit.shell.money(&item.ceiling_fen)
        );
        Choice::new(value, &item.name, &chosen).with_hint(facts)
    };
    let items = free.iter().map(choice).collect();
    let page = FormPage { shell: &visit.shell, year, form, faults, items };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

/// GET /desk/batches/new
pub async fn new(visit: Visit) -> Result<Response, PageError> {
    let year = year_of(&visit, &asked(&visit)).await?;
    form_page(&visit, year, &Form::default(), &[]).await
}

/// POST /desk/batches/new
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let year = form.number("year").unwrap_or_default();
    let ids = form.every("items").iter().filter_map(|id| id.parse().ok().map(ItemId)).collect();
    let command = CreateBatch { year, title: form.trimmed("title").to_owned(), item_ids: ids };
    match visit.city.act(&visit.actor, &form.key(), &command).await {
        Ok(_) => Ok(visit.done("/desk/batches", "batch-created")),
        Err(error) => {
            let faults = visit.faults(error)?;
            form_page(&visit, year, &form, &faults).await
        }
    }
}

async fn found(visit: &Visit, name: &str) -> Result<(Batch, Vec<ItemRow>), PageError> {
    let (year, number) = place_of(name).map_err(|error| visit.error(error))?;
    batches::batch(&visit.city, year, number).await.map_err(|error| visit.error(error))
}

/// GET /desk/batches/{name}
pub async fn show_batch(visit: Visit, Path(name): Path<String>) -> Result<Response, PageError> {
    let (batch, items) = found(&visit, &name).await?;
    show(&BatchPage { shell: &visit.shell, batch: &batch, items: &items, faults: &[] })
}

/// POST /desk/batches/{name}/closing
pub async fn close(visit: Visit, Path(name): Path<String>, form: Form) -> Result<Response, PageError> {
    let (batch, items) = found(&visit, &name).await?;
    let version = form.number("version").unwrap_or_default();
    match visit.city.act(&visit.actor, &form.key(), &CloseBatch { batch: batch.id, version }).await {
        Ok(()) => Ok(visit.done(&format!("/desk/batches/{name}"), "batch-closed")),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&BatchPage { shell: &visit.shell, batch: &batch, items: &items, faults: &faults })
        }
    }
}
