//! The desk of recognitions: applications that wait for somebody, or those that are settled (B46).

use app::registry::charity::read;
use askama::Template;
use axum::response::Response;

use super::tone;
use crate::shell::form::pairs;
use crate::shell::{Choice, Form, PageError, Shell, Visit, show};

/// An application in the list.
struct Line {
    href: String,
    number: String,
    name: String,
    applied: String,
    due: String,
    is_late: bool,
    state: String,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "registry/charity/desk.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    lines: Vec<Line>,
    states: Vec<Choice>,
}

/// GET /desk/charity
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let asked = Form::of(pairs(shell.query.as_bytes()));
    let is_settled = asked.trimmed("state") == "settled";
    let today = shell.now().date();
    let lines = read::on_desk(city, is_settled).await.map_err(|error| visit.error(error))?;
    let states = [("", "ending-under-way"), ("settled", "ending-settled")];
    show(&DeskPage {
        lines: lines
            .into_iter()
            .map(|one| Line {
                href: shell.url(format!("/desk/charity/{}", one.number)),
                number: one.number.to_string(),
                name: one.name,
                applied: shell.moment(&one.applied_at),
                due: one.due_on.as_ref().map_or_else(|| "—".to_owned(), |day| shell.date(day)),
                is_late: one.due_on.is_some_and(|day| day < today),
                state: shell.coded(&one.stage),
                tone: tone(one.stage),
            })
            .collect(),
        states: states.map(|(value, key)| Choice::new(value, shell.t(key), asked.trimmed("state"))).into(),
        shell,
    })
}
