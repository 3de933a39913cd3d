//! The credit lists on the web: public lists, the approval office's desk, and the organisation's answers.

mod case_file;
pub mod desk;
pub mod desk_case;
pub mod desk_organisation;
pub mod desk_removal;
pub mod own;
pub mod own_penalty;
pub mod penalty_case;
pub(in crate::registry) mod penalty_form;
pub mod public;

use app::Error;
use app::registry::credit::held::HeldPenalty;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{Coded, Date, Refusal};
use domain::registry::credit::{ListingStage, PenaltyStage, StatementKind};

use crate::shell::{Choice, FieldFault, PageError, Shell, Visit, show};

/// Nothing was chosen from a list of a form that stands under `rule`.
fn missing(rule: &'static str) -> Refusal {
    Refusal::new("credit.choice-missing", rule)
}

/// The members of a closed list as choices.
fn choices<C: Coded>(shell: &Shell, members: impl Iterator<Item = C>, current: &str) -> Vec<Choice> {
    members.map(|one| Choice::new(one.code(), shell.coded(&one), current)).collect()
}

/// Faults with the status of a form that comes back; what typing cannot mend becomes a page of its own.
fn mendable(visit: &Visit, error: Error) -> Result<(StatusCode, Vec<FieldFault>), PageError> {
    if error == Error::Stale {
        return Ok((StatusCode::CONFLICT, vec![FieldFault::new("", visit.shell.t("fault-stale"))]));
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.faults(error)?))
}

/// Shows a page with its status.
fn show_as(status: StatusCode, page: &impl askama::Template) -> Result<Response, PageError> {
    let mut answer = show(page)?;
    *answer.status_mut() = status;
    Ok(answer)
}

/// No faults: the page as it is asked for.
fn plain() -> (StatusCode, Vec<FieldFault>) {
    (StatusCode::OK, Vec::new())
}

/// The tone of a stage's tag.
fn tone(stage: ListingStage) -> &'static str {
    match stage {
        ListingStage::Proposed | ListingStage::Noticed => "wait",
        ListingStage::Stated => "warn",
        ListingStage::Decided => "stop",
        ListingStage::Dropped => "ok",
    }
}

/// The stage in words, with a hearing that waits.
fn stage_text(
    shell: &Shell,
    stage: ListingStage,
    statement: Option<StatementKind>,
    heard_on: Option<Date>,
) -> String {
    match (stage, statement, heard_on) {
        (ListingStage::Stated, Some(StatementKind::Hearing), None) => shell.t("credit-hearing-waiting"),
        (ListingStage::Stated, Some(StatementKind::Hearing), Some(_)) => shell.t("credit-hearing-held"),
        _ => shell.coded(&stage),
    }
}

/// The tone of the tag of a penalty's stage.
fn penalty_tone(stage: PenaltyStage) -> &'static str {
    match stage {
        PenaltyStage::Proposed | PenaltyStage::Noticed => "wait",
        PenaltyStage::Stated => "warn",
        PenaltyStage::Imposed => "stop",
        PenaltyStage::Dropped => "ok",
    }
}

/// The stage of a penalty of the registrar's own in words, with a hearing that waits.
fn penalty_stage(shell: &Shell, held: &HeldPenalty) -> String {
    match (held.facts().stage, held.statement_kind, held.heard_on) {
        (PenaltyStage::Stated, Some(StatementKind::Hearing), None) => shell.t("credit-hearing-waiting"),
        (PenaltyStage::Stated, Some(StatementKind::Hearing), Some(_)) => shell.t("credit-hearing-held"),
        (stage, ..) => shell.coded(&stage),
    }
}

/// A date, or a dash.
fn date_or_dash(shell: &Shell, day: Option<Date>) -> String {
    day.map_or_else(|| "—".to_owned(), |day| shell.date(&day))
}
