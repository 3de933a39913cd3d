//! The catalogue's pages: how the purchase works, the published list, and the desks behind it.
//!
//! The public reads `overview`, `list`, `item`, `measures` and `batches`; officials work in the `desk_`
//! pages, which call the use cases of the same names in `app`.

pub mod batches;
pub mod desk_batches;
pub mod desk_form;
pub mod desk_import;
pub mod desk_item;
pub mod desk_list;
pub mod desk_measures;
pub mod item;
pub mod list;
pub mod measures;
pub mod overview;

use app::catalogue::read::{self, ItemRow, Share};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::catalogue::{ItemStage, RowAnswer};
use domain::kernel::Fen;

use crate::shell::form::pairs;
use crate::shell::{Choice, Form, PageError, Shell, Visit};

/// What the address asks for after its question mark.
fn asked(visit: &Visit) -> Form {
    Form::of(pairs(visit.shell.query.as_bytes()))
}

/// The year that the address asks for, else the newest published one, else this year.
async fn year_of(visit: &Visit, asked: &Form) -> Result<i64, PageError> {
    if let Some(year) = asked.number("year") {
        return Ok(year);
    }
    let headers = read::headers(&visit.city).await.map_err(|error| visit.error(error))?;
    let now = i64::from(visit.shell.now().date().year());
    Ok(headers.first().map_or(now, |header| header.year))
}

/// The office's name in the reader's language.
fn office<'a>(shell: &Shell, item: &'a ItemRow) -> &'a str {
    if shell.is_english() { &item.office_name_en } else { &item.office_name }
}

/// The name of a share: an office in the reader's language.
fn share_name<'a>(shell: &Shell, share: &'a Share) -> &'a str {
    if shell.is_english() { &share.name_en } else { &share.name }
}

/// The tone of a stage's tag.
fn tone(stage: &ItemStage) -> &'static str {
    match stage {
        ItemStage::Proposed => "wait",
        ItemStage::Reviewed => "warn",
        ItemStage::Listed => "ok",
        ItemStage::Withdrawn => "",
    }
}

/// The word for an answer of the negative list.
fn answer_key(answer: &RowAnswer) -> &'static str {
    if answer.applies { "catalogue-check-applies" } else { "catalogue-check-applies-not" }
}

/// The sum of the rows' ceilings in units of 10,000 yuan.
fn sum_in_wan(items: &[ItemRow]) -> String {
    read::sum(items).in_wan()
}

/// Items of one office, in the order of their numbers.
struct OfficeRows<'a> {
    name: &'a str,
    items: Vec<&'a ItemRow>,
    total: Fen,
}

fn by_office<'a>(shell: &Shell, items: &'a [ItemRow]) -> Vec<OfficeRows<'a>> {
    let mut groups: Vec<OfficeRows<'a>> = Vec::new();
    for item in items {
        let name = office(shell, item);
        let at = groups.iter().position(|group| group.name == name);
        let group = match at.and_then(|at| groups.get_mut(at)) {
            Some(group) => group,
            None => {
                groups.push(OfficeRows { name, items: Vec::new(), total: Fen::ZERO });
                let Some(group) = groups.last_mut() else { continue };
                group
            }
        };
        group.total = group.total.plus(item.ceiling_fen).unwrap_or(Fen(i64::MAX));
        group.items.push(item);
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.total));
    groups
}

/// Years to choose from; the current one is always among them.
fn year_choices(mut years: Vec<i64>, current: i64) -> Vec<Choice> {
    if !years.contains(&current) {
        years.push(current);
    }
    years.sort_unstable_by(|one, other| other.cmp(one));
    let current = current.to_string();
    years.iter().map(|year| Choice::new(year.to_string(), year.to_string(), &current)).collect()
}

/// A workbook as a download; `name` is plain ASCII.
fn workbook(name: &str, bytes: Vec<u8>) -> Response {
    let attachment = format!("attachment; filename=\"{name}.xlsx\"");
    let headers =
        [(header::CONTENT_TYPE, app::sheets::XLSX.to_owned()), (header::CONTENT_DISPOSITION, attachment)];
    (headers, bytes).into_response()
}

/// The paragraphs of a text: one on each line.
fn paragraphs(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}
