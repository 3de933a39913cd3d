//! An expert's evaluations: the list, the sheet filled alone, the sheet on A4 (W8).

use app::Error;
use app::performance::evaluation::{
    self, Assignment, LockSheet, OwnSheet, RecuseFromEvaluation, SaveSheet, SheetEntry,
};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Fen, Refusal};
use domain::performance::evaluation::{EvaluationStage, indicator};

use super::view;
use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "performance/evaluation/expert_list.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    assignments: Vec<Assignment>,
}

/// GET /expert/evaluations
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let assignments = evaluation::assignments(&visit.city, &visit.actor).await;
    let assignments = assignments.map_err(|error| visit.error(error))?;
    show(&ListPage { shell: &visit.shell, assignments })
}

struct Row {
    field: String,
    title: String,
    group: String,
    target: String,
    actual: String,
    most: i64,
    points: String,
    reason: String,
    error: String,
}

#[derive(Template)]
#[template(path = "performance/evaluation/expert_sheet.html")]
struct SheetPage<'a> {
    shell: &'a Shell,
    sheet: &'a OwnSheet,
    rows: Vec<Row>,
    total: String,
    is_open: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

async fn load(visit: &Visit, number: &str) -> Result<OwnSheet, PageError> {
    let sheet = evaluation::own_sheet(&visit.city, &visit.actor, number).await;
    sheet.map_err(|error| visit.error(error))
}

fn rows(shell: &Shell, sheet: &OwnSheet, form: &Form, faults: &[FieldFault]) -> Vec<Row> {
    let each = sheet.indicators.iter().enumerate().map(|(place, one)| {
        let field = indicator::field("scores", place + 1);
        let own = sheet.scores.iter().find(|score| score.indicator_id == one.id);
        let is_typed = form.fields().iter().any(|(name, _)| *name == field);
        let typed = |name: &str, kept: String| if is_typed { form.text(name).to_owned() } else { kept };
        let points = own.and_then(|own| own.points).map_or_else(String::new, |points| shell.points(&points));
        let reason = own.map(|own| own.reason.clone()).unwrap_or_default();
        Row {
            title: view::title(shell, one),
            group: shell.coded(&one.group_code),
            target: one.target.clone(),
            actual: view::actual(&sheet.actuals, one.id),
            most: one.points,
            points: typed(&field, points),
            reason: typed(&format!("{field}.reason"), reason),
            error: fault_at(faults, &field).to_owned(),
            field,
        }
    });
    each.collect()
}

fn page<'a>(
    visit: &'a Visit,
    sheet: &'a OwnSheet,
    form: &'a Form,
    faults: &'a [FieldFault],
) -> SheetPage<'a> {
    let total: i64 = sheet.scores.iter().filter_map(|score| score.points).sum();
    SheetPage {
        shell: &visit.shell,
        sheet,
        rows: rows(&visit.shell, sheet, form, faults),
        total: visit.shell.points(&total),
        is_open: sheet.assignment.locked_at.is_none() && sheet.assignment.stage == EvaluationStage::Scoring,
        form,
        faults,
    }
}

/// GET /expert/evaluations/{no}
pub async fn show_sheet(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let sheet = load(&visit, &number).await?;
    show(&page(&visit, &sheet, &Form::default(), &[]))
}

/// POST /expert/evaluations/{no}: `act` is save, lock or recuse.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let sheet = load(&visit, &number).await?;
    match perform(&visit, &sheet, &form).await {
        Ok("evaluation-recused") => Ok(visit.done("/expert/evaluations", "evaluation-recused")),
        Ok(done) => Ok(visit.saved(&format!("/expert/evaluations/{number}"), done, None)),
        Err(error) => {
            let faults = visit.faults(error)?;
            let fresh = load(&visit, &number).await?;
            show_faults(&page(&visit, &fresh, &form, &faults))
        }
    }
}

async fn perform(visit: &Visit, sheet: &OwnSheet, form: &Form) -> Result<&'static str, Error> {
    let (city, actor, key, seat) = (&visit.city, &visit.actor, form.key(), sheet.assignment.seat);
    if form.text("act") == "recuse" {
        let recuse = RecuseFromEvaluation { seat, reason: form.text("reason").to_owned() };
        city.act(actor, &key, &recuse).await?;
        return Ok("evaluation-recused");
    }
    let entries = entries(sheet, form).map_err(Error::Invalid)?;
    // What was typed is saved first, so that nothing is lost when locking finds a gap.
    city.act(actor, &key, &SaveSheet { seat, entries }).await?;
    if form.text("act") != "lock" {
        return Ok("evaluation-sheet-saved");
    }
    city.act(actor, &app::RequestKey::None, &LockSheet { seat }).await?;
    Ok("evaluation-sheet-locked")
}

fn entries(sheet: &OwnSheet, form: &Form) -> Result<Vec<SheetEntry>, Vec<Refusal>> {
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    for place in 1..=sheet.indicators.len() {
        let field = indicator::field("scores", place);
        let points = match form.trimmed(&field) {
            "" => None,
            typed => match Fen::parse_yuan(typed) {
                Ok(hundredths) => Some(hundredths.0),
                Err(_) => {
                    faults.push(Refusal::new("performance.score-unreadable", "C46").at(field.clone()));
                    None
                }
            },
        };
        entries.push(SheetEntry { points, reason: form.text(&format!("{field}.reason")).to_owned() });
    }
    if faults.is_empty() { Ok(entries) } else { Err(faults) }
}

#[derive(Template)]
#[template(path = "performance/evaluation/expert_document.html")]
struct DocumentPage<'a> {
    shell: &'a Shell,
    sheet: &'a OwnSheet,
    rows: Vec<Row>,
    total: String,
}

/// GET /expert/evaluations/{no}/document: the own sheet on A4.
pub async fn show_document(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let sheet = load(&visit, &number).await?;
    let total: i64 = sheet.scores.iter().filter_map(|score| score.points).sum();
    show(&DocumentPage {
        shell: &visit.shell,
        rows: rows(&visit.shell, &sheet, &Form::default(), &[]),
        total: visit.shell.points(&total),
        sheet: &sheet,
    })
}
