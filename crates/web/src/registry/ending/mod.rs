//! Change, cancellation and revocation on the web: the approval office's desk and the organisation's side.

mod complaints;
pub mod correction;
pub mod desk;
pub mod desk_case;
pub mod own;
pub mod own_case;
pub mod propose;
pub mod surrender;

use app::papers;
use app::registry::change::held::ChangeCase;
use app::registry::ending::held::EndingCase;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{Finding, PaperId, Refusal, Subject};
use domain::registry::change::ChangeStage;
use domain::registry::course::Intake;
use domain::registry::ending::EndingStage;

use crate::papers::pane::Pane;
use crate::registry::tell::{self, Condition};
use crate::shell::{Choice, FieldFault, Form, PageError, Shell, Visit, show};

/// What a page says when it is first asked for.
pub(in crate::registry) type Told = (StatusCode, Vec<FieldFault>);

/// No faults: the page as it is asked for.
pub(in crate::registry) fn plain() -> Told {
    (StatusCode::OK, Vec::new())
}

/// Shows a page with its status.
pub(in crate::registry) fn show_as(
    status: StatusCode,
    page: &impl askama::Template,
) -> Result<Response, PageError> {
    let mut answer = show(page)?;
    *answer.status_mut() = status;
    Ok(answer)
}

/// Nothing was chosen from a list.
pub(in crate::registry) fn missing(rule: &'static str) -> Refusal {
    Refusal::new("registry.choice-missing", rule)
}

/// The organisation's papers as boxes to tick.
pub(in crate::registry) async fn own_papers(visit: &Visit, form: &Form) -> Result<Vec<Choice>, PageError> {
    let held = papers::own(&visit.city, &visit.actor).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let choice = |paper: papers::Paper| {
        let value = paper.id.0.to_string();
        let chosen = form.has("papers", &value);
        Choice { label: paper.name, hint: shell.coded(&paper.kind), chosen, value }
    };
    Ok(held.into_iter().map(choice).collect())
}

/// The papers that were ticked.
pub(in crate::registry) fn papers_of(form: &Form) -> Vec<PaperId> {
    form.every("papers").into_iter().filter_map(|id| id.parse().ok().map(PaperId)).collect()
}

/// A paper on a page.
pub struct PaperLine {
    pub kind: String,
    pub name: String,
    pub href: String,
}

/// The papers of a case.
pub(in crate::registry) async fn paper_lines(
    visit: &Visit,
    subject: Subject,
) -> Result<Vec<PaperLine>, PageError> {
    let given = papers::of(&visit.city, subject).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let line = |paper: papers::Paper| PaperLine {
        kind: shell.coded(&paper.kind),
        name: paper.name,
        href: shell.url(format!("/papers/{}", paper.id.0)),
    };
    Ok(given.into_iter().map(line).collect())
}

/// The papers of a case, to be read where it is worked on.
pub(in crate::registry) async fn pane(visit: &Visit, subject: Subject) -> Result<Pane<'_>, PageError> {
    let given = papers::of(&visit.city, subject).await.map_err(|error| visit.error(error))?;
    Ok(Pane::of(visit, &given))
}

/// Findings as a page lists them.
pub(in crate::registry) fn conditions(shell: &Shell, findings: &[Finding]) -> Vec<Condition> {
    findings.iter().map(|finding| tell::condition(shell, finding)).collect()
}

/// The address of a change: its number behind a letter, so that changes and endings share one desk.
pub(in crate::registry) fn change_no(number: i64) -> String {
    format!("c{number}")
}

/// The address of an ending.
pub(in crate::registry) fn ending_no(number: i64) -> String {
    format!("e{number}")
}

/// Which of the two an address names.
pub(crate) enum Which {
    Change(i64),
    Ending(i64),
}

pub(crate) fn which(no: &str) -> Option<Which> {
    let number = |rest: &str| rest.parse().ok();
    match (no.strip_prefix('c'), no.strip_prefix('e')) {
        (Some(rest), _) => number(rest).map(Which::Change),
        (_, Some(rest)) => number(rest).map(Which::Ending),
        _ => None,
    }
}

/// How far a change has come, with its tone: before the opinion, how far its taking up.
pub(in crate::registry) fn change_state(shell: &Shell, case: &ChangeCase) -> (String, &'static str) {
    match case.intake.filter(|one| case.stage == ChangeStage::Applied || *one == Intake::Withdrawn) {
        Some(intake) => (shell.coded(&intake), intake_tone(intake)),
        None => (shell.coded(&case.stage), change_tone(case.stage)),
    }
}

/// How far an ending has come, with its tone.
fn ending_state(shell: &Shell, case: &EndingCase) -> (String, &'static str) {
    match case.intake.filter(|one| case.stage == EndingStage::Opened || *one == Intake::Withdrawn) {
        Some(intake) => (shell.coded(&intake), intake_tone(intake)),
        None => (shell.coded(&case.stage), ending_tone(case.stage)),
    }
}

fn intake_tone(intake: Intake) -> &'static str {
    match intake {
        Intake::Received | Intake::Accepted => "wait",
        Intake::Returned => "warn",
        Intake::Withdrawn => "",
    }
}

/// The tone of a change's stage.
fn change_tone(stage: ChangeStage) -> &'static str {
    match stage {
        ChangeStage::Applied | ChangeStage::Reviewed => "wait",
        ChangeStage::Approved => "ok",
        ChangeStage::Refused => "stop",
    }
}

/// The tone of an ending's stage.
fn ending_tone(stage: EndingStage) -> &'static str {
    match stage {
        EndingStage::Opened | EndingStage::Reviewed => "wait",
        EndingStage::Noticed | EndingStage::Stated => "warn",
        EndingStage::Decided => "stop",
        EndingStage::Dropped => "ok",
    }
}
