//! The desk of public fundraising: applications under way or settled, and holders who no longer meet the
//! conditions (B39).

use app::registry::fundraising::read;
use askama::Template;
use axum::response::Response;

use super::tone;
use crate::registry::tell::{self, Condition};
use crate::shell::form::pairs;
use crate::shell::{Choice, Form, PageError, Shell, Visit, show};

/// An application in the list.
struct Line {
    href: String,
    number: String,
    name: String,
    way: String,
    applied: String,
    due: String,
    is_late: bool,
    state: String,
    tone: &'static str,
}

/// A holder who no longer meets a condition.
struct WantingLine {
    href: String,
    name: String,
    certificate: String,
    unmet: Vec<Condition>,
}

#[derive(Template)]
#[template(path = "registry/fundraising/desk.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    lines: Vec<Line>,
    wanting: Vec<WantingLine>,
    states: Vec<Choice>,
}

/// GET /desk/fundraising
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let fail = |error| visit.error(error);
    let asked = Form::of(pairs(shell.query.as_bytes()));
    let is_settled = asked.trimmed("state") == "settled";
    let today = shell.now().date();
    let lines = read::on_desk(city, is_settled).await.map_err(fail)?;
    let wanting = read::wanting(city).await.map_err(fail)?;
    let states = [("", "ending-under-way"), ("settled", "ending-settled")];
    show(&DeskPage {
        lines: lines
            .into_iter()
            .map(|one| Line {
                href: shell.url(format!("/desk/fundraising/{}", one.number)),
                number: one.number.to_string(),
                name: one.name,
                way: shell.coded(&one.way),
                applied: shell.moment(&one.applied_at),
                due: one.due_on.as_ref().map_or_else(|| "—".to_owned(), |day| shell.date(day)),
                is_late: one.due_on.is_some_and(|day| day < today),
                state: shell.coded(&one.stage),
                tone: tone(one.stage),
            })
            .collect(),
        wanting: wanting
            .into_iter()
            .map(|one| WantingLine {
                href: shell.url(format!("/desk/credit/organisations/{}", one.uscc)),
                name: one.name,
                certificate: one.certificate,
                unmet: one.unmet.iter().map(|finding| tell::condition(shell, finding)).collect(),
            })
            .collect(),
        states: states.map(|(value, key)| Choice::new(value, shell.t(key), asked.trimmed("state"))).into(),
        shell,
    })
}
