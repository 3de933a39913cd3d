//! The desk of tenders: what an office or the purchase lead has at hand, and the task list of one tender.

use app::Error;
use app::tendering::correction;
use app::tendering::queries::{self, CriterionRow, ReadyItem, Tender};
use app::tendering::question::{self, QuestionLine};
use app::tendering::requirement::{StartTender, draft_of};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::ItemId;
use domain::tendering::requirement::problems;
use domain::tendering::scoring_table;
use domain::tendering::stage::Stage;

use super::{Head, Line, review, show_as};
use crate::shell::{FieldFault, Form, NavLink, PageError, Path, Shell, Visit, show};

#[derive(Template)]
#[template(path = "tendering/desk.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    lines: Vec<Line>,
    ready: Vec<ReadyItem>,
    faults: Vec<FieldFault>,
}

async fn page(visit: &Visit, status: StatusCode, faults: Vec<FieldFault>) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let fail = |error| visit.error(error);
    let mut lines: Vec<Line> = queries::desk(city, &visit.actor)
        .await
        .map_err(fail)?
        .into_iter()
        .map(|tender| Line::new(city, shell, tender))
        .collect();
    // Those whose bidding ends soonest come first; the rest keeps the order of the query.
    lines.sort_by_key(|line| line.days_left.unwrap_or(i64::MAX));
    let ready = match visit.actor.office() {
        Some(office) if shell.is_role("office_staff") => {
            queries::ready_items(city, office).await.map_err(fail)?
        }
        _ => Vec::new(),
    };
    show_as(status, &DeskPage { shell, lines, ready, faults })
}

/// GET /desk/tenders
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    page(&visit, StatusCode::OK, Vec::new()).await
}

/// POST /desk/tenders
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let Some(item) = form.number("item") else { return Err(visit.error(Error::NotFound)) };
    let start = StartTender { item: ItemId(item) };
    match visit.city.act(&visit.actor, &form.key(), &start).await {
        Ok(id) => {
            let held = queries::desk(&visit.city, &visit.actor).await.map_err(|error| visit.error(error))?;
            let number = held.iter().find(|tender| tender.id == id).map(|tender| tender.number.clone());
            Ok(visit.done(&format!("/desk/tenders/{}", number.unwrap_or_default()), "tender-started"))
        }
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, faults).await
        }
    }
}

/// One line of a tender's task list.
pub struct Task {
    id: &'static str,
    title: String,
    href: String,
    status: String,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "tendering/desk_tender.html")]
struct DeskTenderPage<'a> {
    shell: &'a Shell,
    tender: &'a Tender,
    head: Head,
    tasks: Vec<Task>,
    steps: Vec<NavLink>,
}

/// GET /desk/tenders/{no}
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let fail = |error| visit.error(error);
    let tender = queries::on_desk(city, &visit.actor, &number).await.map_err(fail)?;
    let criteria = queries::criteria(city, tender.id).await.map_err(fail)?;
    let questions = question::on_tender(city, tender.id).await.map_err(fail)?;
    let corrections = correction::on_tender(city, tender.id).await.map_err(fail)?.len();
    let state = State { tender: &tender, criteria: &criteria, questions: &questions, corrections };
    let tasks = tasks(&visit, &state);
    let steps = review_steps(shell, &tender);
    show(&DeskTenderPage { shell, head: Head::of(shell, &tender), tasks, steps, tender: &tender })
}

/// The rooms of the opening and the review that this tender has come to.
fn review_steps(shell: &Shell, tender: &Tender) -> Vec<NavLink> {
    let reached = match tender.stage {
        Stage::Drafting | Stage::Checking | Stage::Ready => 0,
        Stage::Bidding | Stage::Failed | Stage::Cancelled => 1,
        Stage::Opened | Stage::Reviewing => 5,
        Stage::Ranked | Stage::Publicised | Stage::Awarded | Stage::Contracted => 6,
    };
    review::steps(shell, &tender.number, "").into_iter().take(reached).collect()
}

struct State<'a> {
    tender: &'a Tender,
    criteria: &'a [CriterionRow],
    questions: &'a [QuestionLine],
    corrections: usize,
}

/// The tasks up to the deadline with their states; what comes after the opening has its own rooms.
fn tasks(visit: &Visit, state: &State<'_>) -> Vec<Task> {
    let (shell, tender) = (&visit.shell, state.tender);
    let task = |id: &'static str, (status, tone): (&str, &'static str), is_open: bool| Task {
        id,
        title: shell.t(&format!("task-{id}")),
        href: if is_open {
            shell.url(format!("/desk/tenders/{}/{id}", tender.number))
        } else {
            String::new()
        },
        status: shell.t(&format!("task-status-{status}")),
        tone,
    };
    let rules = visit.city.book.on(tender.rules_on);
    let table = queries::scoring_table(tender, state.criteria);
    let is_written = problems(&draft_of(tender)).is_empty();
    let has_table = scoring_table::problems(&table, tender.procedure.procedure(), rules).is_empty();
    let part = |is_done, is_begun| match (is_done, is_begun) {
        (true, _) => ("done", ""),
        (false, true) => ("begun", "wait"),
        (false, false) => ("open", "warn"),
    };
    let is_drafting = tender.stage == Stage::Drafting;
    let check = match tender.stage {
        Stage::Drafting if is_written && has_table => ("open", "warn"),
        Stage::Drafting => ("later", "closed"),
        Stage::Checking => ("waiting", "wait"),
        _ => ("done", ""),
    };
    let publish = match tender.stage {
        Stage::Ready => ("open", "warn"),
        Stage::Drafting | Stage::Checking => ("later", "closed"),
        _ => ("done", ""),
    };
    let is_public = tender.stage.is_public();
    let questions = match state.questions.iter().any(|one| one.answer.is_none()) {
        _ if !is_public => ("later", "closed"),
        true => ("unanswered", "stop"),
        false => ("done", ""),
    };
    let corrections = match state.corrections {
        _ if !is_public => ("later", "closed"),
        0 => ("none", ""),
        _ => ("done", ""),
    };
    vec![
        task("requirement", part(is_written, !tender.requirement.is_empty()), true),
        task("scoring", part(has_table, !state.criteria.is_empty()), true),
        task("check", check, !is_drafting || (is_written && has_table)),
        task("publish", publish, !matches!(tender.stage, Stage::Drafting | Stage::Checking)),
        task("questions", questions, is_public),
        task("correction", corrections, is_public),
    ]
}
