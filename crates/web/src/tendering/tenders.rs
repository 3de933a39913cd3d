//! The list of published tenders.

use app::access::offices::{self, Office};
use app::tendering::queries::{self, Filter};
use askama::Template;
use axum::response::Response;
use domain::kernel::{BatchId, Coded};
use domain::tendering::stage::Stage;

use super::Line;
use crate::shell::{Choice, Form, PageError, Shell, Visit, show};

#[derive(Template)]
#[template(path = "tendering/tenders.html")]
struct TendersPage<'a> {
    shell: &'a Shell,
    lines: Vec<Line>,
    stages: Vec<Choice>,
    offices: Vec<Choice>,
    next: String,
}

/// GET /tenders
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let typed = Form::of(crate::shell::form::pairs(shell.query.as_bytes()));
    let held = offices::all(city).await.map_err(|error| visit.error(error))?;
    let office = held.iter().find(|office| office.code == typed.trimmed("office"));
    let filter = Filter {
        stage: Stage::from_code(typed.trimmed("stage")),
        office: office.map(|office| office.id),
        batch: typed.number("batch").map(BatchId),
        before: Some(typed.trimmed("before").to_owned()).filter(|before| !before.is_empty()),
    };
    let found = queries::published(city, &filter).await.map_err(|error| visit.error(error))?;
    let is_full = i64::try_from(found.len()).is_ok_and(|count| count == queries::LINES_MAX);
    let next = found.last().filter(|_| is_full).map(|last| {
        let (stage, office) = (typed.trimmed("stage"), typed.trimmed("office"));
        shell.url(format!("/tenders?stage={stage}&office={office}&before={}", last.number))
    });
    let mut stages = vec![Choice::new("", shell.t("tenders-any"), typed.trimmed("stage"))];
    let public = Stage::ALL.iter().filter(|stage| stage.is_public());
    stages.extend(public.map(|stage| Choice::new(stage.code(), shell.coded(stage), typed.trimmed("stage"))));
    let page = TendersPage {
        shell,
        lines: found.into_iter().map(|tender| Line::new(city, shell, tender)).collect(),
        stages,
        offices: office_choices(shell, &held, typed.trimmed("office")),
        next: next.unwrap_or_default(),
    };
    show(&page)
}

fn office_choices(shell: &Shell, held: &[Office], current: &str) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", shell.t("tenders-any"), current)];
    let name =
        |office: &Office| if shell.is_english() { office.name_en.clone() } else { office.name.clone() };
    choices.extend(held.iter().map(|office| Choice::new(office.code.as_str(), name(office), current)));
    choices
}
