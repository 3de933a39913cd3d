//! Late steps for those who watch: what is overdue, and what was done too late in the last year (S19, E17).

use app::deadlines::{self, Late};
use app::performance::survey::feedback::{self, Ticket};
use app::registry::course::silence;
use app::registry::late::{self, About, Place};
use askama::Template;
use axum::response::Response;

use crate::shell::{PageError, Shell, Visit, show, words};

/// Days back in which a step that was done late is still listed.
const BACK: i64 = 365;

/// A late step.
struct Line {
    what: String,
    title: String,
    number: String,
    href: String,
    due: String,
    done: String,
    days: String,
    is_open: bool,
}

#[derive(Template)]
#[template(path = "registry/registration/late.html")]
struct LatePage<'a> {
    shell: &'a Shell,
    lines: Vec<Line>,
}

/// GET /desk/late
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let failed = |error| visit.error(error);
    let today = shell.now().date();
    let since = shell.now().plus_seconds(-BACK * 86_400).date();
    // What silence has accepted is late as well, whether anybody has touched it or not.
    silence::settle(city).await.map_err(failed)?;
    let mut lines = Vec::new();
    for step in deadlines::late(city, today, since).await.map_err(failed)? {
        let of = late::about(city, &step).await.map_err(failed)?;
        lines.push(line(&visit, &step, of));
    }
    for ticket in feedback::late(city, today, since).await.map_err(failed)? {
        lines.extend(late_request(&visit, &ticket));
    }
    show(&LatePage { shell, lines })
}

/// What a recipient asked and nobody took up or answered in time (E6).
fn late_request(visit: &Visit, ticket: &Ticket) -> Option<Line> {
    let (city, shell) = (&visit.city, &visit.shell);
    let today = shell.now().date();
    let (due, done) = ticket.late(today)?;
    let days = deadlines::days_left(city, done.unwrap_or(today), due).map_or(0, i64::abs);
    let is_taken_up = ticket.acknowledged_on.is_some_and(|day| day <= ticket.acknowledge_due_on);
    Some(Line {
        what: shell.t(if is_taken_up { "feedback-late-answer" } else { "feedback-late-acknowledge" }),
        title: ticket.title.clone(),
        number: ticket.receipt.clone(),
        href: shell.url(format!("/desk/feedback/{}", ticket.receipt)),
        due: shell.date(&due),
        done: done.map_or_else(|| shell.t("late-open"), |day| shell.date(&day)),
        days: shell.tn("late-days", days),
        is_open: done.is_none(),
    })
}

fn line(visit: &Visit, late: &Late, of: Option<About>) -> Line {
    let (city, shell) = (&visit.city, &visit.shell);
    let end = late.done_on.unwrap_or(shell.now().date());
    let days = deadlines::days_left(city, end, late.due_on).map_or(0, i64::abs);
    Line {
        what: words::coded(shell.lang, late.rule),
        href: of.as_ref().map_or_else(String::new, |about| shell.url(path(about))),
        number: of.as_ref().map_or_else(String::new, |about| about.number.replace('/', " ")),
        title: of.map_or_else(|| words::coded(shell.lang, late.subject_kind), |about| about.title),
        due: shell.date(&late.due_on),
        done: late.done_on.map_or_else(|| shell.t("late-open"), |day| shell.date(&day)),
        days: shell.tn("late-days", days),
        is_open: late.done_on.is_none(),
    }
}

/// The desk page of the late thing.
fn path(about: &About) -> String {
    let number = &about.number;
    match about.place {
        Place::Case => format!("/desk/cases/{number}"),
        Place::Change => format!("/desk/endings/c{number}"),
        Place::Ending => format!("/desk/endings/e{number}"),
        Place::Charity => format!("/desk/charity/{number}"),
        Place::Fundraising => format!("/desk/fundraising/{number}"),
        Place::Release => "/desk/endings".to_owned(),
        Place::Inspection => format!("/desk/inspections/{number}"),
        Place::Rating => format!("/desk/ratings/{number}"),
        Place::Penalty => format!("/desk/credit/organisations/{number}"),
        Place::Listing => format!("/desk/credit/cases/{number}"),
        Place::Delivery => format!("/desk/contracts/{number}/delivery"),
        Place::Acceptance => format!("/desk/acceptance/{number}"),
        Place::Payment => format!("/desk/payments/{number}"),
        Place::Evaluation => format!("/desk/contracts/{number}/evaluation"),
        Place::Feedback => format!("/desk/contracts/{number}/feedback"),
    }
}
