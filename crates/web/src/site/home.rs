//! The home page: search, four doors, six live figures, the openings of the week, the latest notices (W1).

use app::open_data::{feed, figures, tenders};
use askama::Template;
use axum::response::Response;
use domain::kernel::Moment;

use super::news::{self, Line};
use crate::shell::way::{self, Stop};
use crate::shell::{PageError, Shell, Visit, show};

/// Openings shown by name.
const OPENINGS_SHOWN: usize = 6;
const NEWS_SHOWN: i64 = 8;
const DAY_SECONDS: i64 = 86_400;
/// What people look for, as chips below the search box.
const CHIPS: [&str; 4] = ["养老", "评估", "培训", "社会工作"];

/// A figure that opens to its rows.
struct Figure {
    value: String,
    unit: String,
    label: String,
    href: String,
}

#[derive(Template)]
#[template(path = "site/home.html")]
struct HomePage<'a> {
    shell: &'a Shell,
    chips: &'a [&'static str],
    figures: Vec<Figure>,
    today: i64,
    week: i64,
    openings: &'a [tenders::Tender],
    news: Vec<Line>,
    way: Vec<Stop>,
}

/// GET /
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let (city, shell, now) = (&visit.city, &visit.shell, visit.city.clock.now());
    let told = |error| visit.error(error);
    let found = figures::at(city, now).await.map_err(told)?;
    let today_ends = Moment::end_of(now.date());
    let to_sunday = 6 - i64::from(now.date().weekday().to_monday_zero_offset());
    let week_ends = today_ends.plus_seconds(to_sunday * DAY_SECONDS);
    let openings = tenders::opening_between(city, now, week_ends).await.map_err(told)?;
    let is_today = |tender: &&tenders::Tender| tender.deadline_at.is_some_and(|at| at < today_ends);
    let today = count(openings.iter().filter(is_today).count());
    let latest = feed::latest(city, NEWS_SHOWN).await.map_err(told)?;
    show(&HomePage {
        shell,
        chips: &CHIPS,
        figures: figures_of(shell, &found),
        today,
        week: count(openings.len()),
        way: way::everywhere(shell),
        openings: openings.get(..OPENINGS_SHOWN.min(openings.len())).unwrap_or_default(),
        news: latest.iter().map(|one| news::line(shell, one)).collect(),
    })
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn figures_of(shell: &Shell, found: &figures::Figures) -> Vec<Figure> {
    let figure = |value: String, key: &str, path: &str| Figure {
        value,
        unit: shell.t(&format!("home-unit-{key}")),
        label: shell.t(&format!("home-figure-{key}")),
        href: shell.url(path),
    };
    vec![
        figure(found.organisations.to_string(), "organisations", "/orgs"),
        figure(found.items.to_string(), "items", "/purchase/catalogue"),
        figure(found.items_fen.in_wan(), "items-sum", "/purchase/catalogue"),
        figure(found.open_tenders.to_string(), "tenders", "/tenders"),
        figure(found.contracts.to_string(), "contracts", "/contracts"),
        figure(found.contracts_fen.in_wan(), "contracts-sum", "/contracts"),
    ]
}
