//! The published catalogue of a year: a map of amounts, the sums, and every row behind them.

use app::catalogue::read::{self, Catalogue, Filter};
use app::catalogue::sheet::{self, ListWords};
use askama::Template;
use axum::response::Response;
use domain::catalogue::FunctionKind;
use domain::kernel::Coded;

use super::{OfficeRows, asked, by_office, share_name, sum_in_wan, workbook, year_choices, year_of};
use crate::shell::chart::{self, Group, Mark, Words};
use crate::shell::{Choice, Form, PageError, Shell, Visit, show, words};

#[derive(Template)]
#[template(path = "catalogue/list.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    year: i64,
    catalogue: &'a Catalogue,
    groups: Vec<OfficeRows<'a>>,
    map: String,
    years: Vec<Choice>,
    offices: Vec<Choice>,
    kinds: Vec<Choice>,
    download: String,
}

fn filter_of(asked: &Form) -> Filter {
    let office = Some(asked.trimmed("office").to_owned()).filter(|code| !code.is_empty());
    Filter { office, kind: FunctionKind::from_code(asked.trimmed("kind")) }
}

/// GET /purchase/catalogue
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let asked = asked(&visit);
    let year = year_of(&visit, &asked).await?;
    let catalogue = read::catalogue(&visit.city, year, &filter_of(&asked)).await;
    let catalogue = catalogue.map_err(|error| visit.error(error))?;
    let headers = read::headers(&visit.city).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let (office, kind) = (asked.trimmed("office"), asked.trimmed("kind"));
    let mut offices = vec![Choice::new("", shell.t("catalogue-all-offices"), office)];
    offices
        .extend(catalogue.offices.iter().map(|one| Choice::new(&one.code, share_name(shell, one), office)));
    let mut kinds = vec![Choice::new("", shell.t("catalogue-all-kinds"), kind)];
    kinds.extend(FunctionKind::ALL.iter().map(|one| Choice::new(one.code(), shell.coded(one), kind)));
    let groups = by_office(shell, &catalogue.items);
    show(&ListPage {
        shell,
        year,
        catalogue: &catalogue,
        map: map(shell, &groups),
        groups,
        years: year_choices(headers.iter().map(|header| header.year).collect(), year),
        offices,
        kinds,
        download: shell.url(format!("/purchase/catalogue.xlsx?year={year}")),
    })
}

/// The amounts as areas, grouped by office; each opens its item.
fn map(shell: &Shell, groups: &[OfficeRows<'_>]) -> String {
    let (title, says) = (shell.t("catalogue-map-title"), shell.t("catalogue-map-says"));
    let (table, name_head) = (shell.t("shell-table-view"), shell.t("catalogue-name-head"));
    let value_head = shell.t("catalogue-amount-head");
    let words = Words {
        id: "map",
        title: &title,
        says: &says,
        table: &table,
        name_head: &name_head,
        value_head: &value_head,
    };
    let mark = |item: &&read::ItemRow| {
        let there = shell.url(format!("/purchase/catalogue/{}", item.code));
        Mark::new(&item.name, item.ceiling_fen.0, item.ceiling_fen.in_wan()).to(there)
    };
    let group = |rows: &OfficeRows<'_>| Group {
        label: rows.name.to_owned(),
        marks: rows.items.iter().map(mark).collect(),
    };
    chart::treemap(&words, &groups.iter().map(group).collect::<Vec<_>>())
}

/// GET /purchase/catalogue.xlsx
pub async fn download(visit: Visit) -> Result<Response, PageError> {
    let asked = asked(&visit);
    let year = year_of(&visit, &asked).await?;
    let catalogue = read::catalogue(&visit.city, year, &Filter::default()).await;
    let catalogue = catalogue.map_err(|error| visit.error(error))?;
    if catalogue.header.is_none() {
        return Err(visit.error(app::Error::NotFound));
    }
    let (name, total) = (visit.shell.t("catalogue-sheet-name"), visit.shell.t("catalogue-total"));
    let lang = visit.shell.lang;
    let titles = [
        "code",
        "office",
        "director",
        "title",
        "function",
        "quantity",
        "standard",
        "ceiling",
        "budget",
        "fund-source",
        "scope",
        "recipients",
        "performance-standard",
    ];
    let list = ListWords {
        name: &name,
        titles: titles.map(|title| visit.shell.t(&format!("catalogue-item-{title}"))),
        total: &total,
        member: &|list, code| words::member(lang, list, code),
    };
    let bytes = sheet::list(&catalogue.items, &list).map_err(|error| visit.error(error))?;
    Ok(workbook(&format!("catalogue-{year}"), bytes))
}
