//! The catalogue's desk: the items of a year by stage, and publishing what has been reviewed.

use app::catalogue::PublishCatalogue;
use app::catalogue::read::{self, ItemRow};
use askama::Template;
use axum::response::Response;
use domain::catalogue::ItemStage;
use domain::kernel::Coded;

use super::{asked, office, sum_in_wan, tone, year_choices};
use crate::shell::{Choice, FieldFault, Form, NavLink, PageError, Shell, Visit, show, show_faults};

#[derive(Template)]
#[template(path = "catalogue/desk_list.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    year: i64,
    years: Vec<Choice>,
    tabs: Vec<NavLink>,
    items: &'a [ItemRow],
    /// How many items the purchase lead may publish now.
    reviewed: i64,
    faults: &'a [FieldFault],
}

/// GET /desk/catalogue
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let asked = asked(&visit);
    page(&visit, asked.number("year"), asked.trimmed("stage"), &[]).await
}

async fn page(
    visit: &Visit,
    year: Option<i64>,
    stage: &str,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let year = year.unwrap_or_else(|| i64::from(shell.now().date().year()));
    let all = read::desk(&visit.city, &visit.actor, year, None).await.map_err(|error| visit.error(error))?;
    let years = read::years(&visit.city).await.map_err(|error| visit.error(error))?;
    let count = |of: ItemStage| all.iter().filter(|item| item.stage == of).count();
    let reviewed = i64::try_from(count(ItemStage::Reviewed)).unwrap_or(i64::MAX);
    let tab = |code: &str, label: String, number: usize| NavLink {
        href: shell.url(format!("/desk/catalogue?year={year}&stage={code}")),
        label: format!("{label} {number}"),
        current: stage == code,
    };
    let mut tabs = vec![tab("", shell.t("desk-catalogue-all"), all.len())];
    tabs.extend(ItemStage::ALL.iter().map(|one| tab(one.code(), shell.coded(one), count(*one))));
    let wanted = ItemStage::from_code(stage);
    let items: Vec<ItemRow> =
        all.into_iter().filter(|item| wanted.is_none_or(|one| one == item.stage)).collect();
    let years = year_choices(years, year);
    let page = DeskPage { shell, year, years, tabs, items: &items, reviewed, faults };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

/// POST /desk/catalogue/publication
pub async fn publish(visit: Visit, form: Form) -> Result<Response, PageError> {
    let Some(year) = form.number("year") else { return Err(visit.error(app::Error::NotFound)) };
    match visit.city.act(&visit.actor, &form.key(), &PublishCatalogue { year }).await {
        Ok(_) => Ok(visit.done(&format!("/desk/catalogue?year={year}"), "catalogue-published")),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, Some(year), "", &faults).await
        }
    }
}
