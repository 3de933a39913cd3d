//! Who was reminded on which day; the reminders stand inside the system alone.

use app::registry::inspection::{self, Reminded};
use askama::Template;
use axum::response::Response;
use domain::kernel::RuleKey;

use crate::shell::{PageError, Path, Shell, Visit, show};

/// A reminder day.
struct Day {
    title: String,
    number: String,
    names: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "registry/inspection/reminders.html")]
struct RemindersPage<'a> {
    shell: &'a Shell,
    title: String,
    intro: String,
    days: Vec<Day>,
}

/// GET /desk/inspections/{year}/reminders
pub async fn index(visit: Visit, Path(year): Path<i64>) -> Result<Response, PageError> {
    let campaign = inspection::campaign(&visit.city, year).await.map_err(|error| visit.error(error))?;
    let reminded = inspection::reminded(&visit.city, &campaign).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let day = |one: &Reminded| {
        let who = if one.is_foundations {
            shell.t("inspection-reminder-foundations")
        } else {
            shell.t("inspection-reminder-others")
        };
        let number = match one.has_come {
            true => shell.tn("inspection-reminder-number", one.number),
            false => shell.t("inspection-reminder-future"),
        };
        let href = |uscc: &str| shell.url(format!("/orgs/{uscc}"));
        let names = one.names.iter().map(|named| (named.name.clone(), href(&named.uscc)));
        Day { title: format!("{} · {who}", shell.date(&one.on)), number, names: names.collect() }
    };
    show(&RemindersPage {
        shell,
        title: shell.tx("inspection-reminders-title", year),
        intro: shell.by_rules(
            visit.city.book.on(shell.now().date()),
            "inspection-reminders-intro",
            &[("first", RuleKey::ReminderFirstDays), ("second", RuleKey::ReminderSecondDays)],
        ),
        days: reminded.iter().map(day).collect(),
    })
}
