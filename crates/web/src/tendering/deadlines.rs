//! Every deadline of a tender, explained day by day on the working-day calendar (C18, C20, C21, E17).

use app::tendering::notice::{self, Explained, Term};
use app::tendering::queries::{self, Tender};
use askama::Template;
use axum::response::Response;
use domain::kernel::DayKind;

use super::tabs;
use crate::shell::nav::NavLink;
use crate::shell::terms::{days, step_text};
use crate::shell::{PageError, Path, Shell, Visit, show};

/// A term with its steps in words.
pub struct TermLine {
    pub(super) title: String,
    pub(super) term: Term,
    pub(super) length: String,
    pub(super) steps: Vec<String>,
}

#[derive(Template)]
#[template(path = "tendering/deadlines.html")]
struct DeadlinesPage<'a> {
    shell: &'a Shell,
    tender: Tender,
    base: String,
    tabs: Vec<NavLink>,
    explained: Explained,
    terms: Vec<TermLine>,
    last_questions: String,
    clarification: String,
}

/// GET /tenders/{no}/deadlines
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let tender = queries::by_number(city, &number).await.map_err(|error| visit.error(error))?;
    let explained =
        notice::explain_deadlines(city, &tender, shell.now()).map_err(|error| visit.error(error))?;
    let page = DeadlinesPage {
        shell,
        base: format!("/tenders/{}", tender.number),
        tabs: tabs(shell, &tender),
        terms: term_lines(shell, &explained),
        last_questions: explained.last_questions.map_or_else(|| "—".to_owned(), |day| shell.date(&day)),
        clarification: days(shell, explained.clarification.0, explained.clarification.1),
        explained,
        tender,
    };
    show(&page)
}

/// The terms with their counts in words.
pub(super) fn term_lines(shell: &Shell, explained: &Explained) -> Vec<TermLine> {
    let line = |term: &Term| TermLine {
        title: shell.t(&format!("term-{}", term.name)),
        length: days(shell, i64::from(term.deadline.count), term.deadline.kind == DayKind::WorkingDays),
        steps: term.deadline.steps.iter().map(|step| step_text(shell, step)).collect(),
        term: term.clone(),
    };
    explained.terms.iter().map(line).collect()
}
