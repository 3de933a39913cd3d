//! A penalty that is intended, on the organisation's side: what it is told, its answer, its hearing (B23).

use app::registry::credit::held::HeldPenalty;
use app::registry::credit::penalty_notice::AnswerPenalty;
use app::registry::credit::read;
use app::registry::profile;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::OrganisationId;
use domain::registry::credit::{PenaltyStage, StatementKind};

use super::own::{AnswerPage, Line, own_papers, papers_of};
use super::{date_or_dash, mendable, missing, penalty_case, penalty_form, plain, show_as};
use crate::documents::list;
use crate::registry::tell;
use crate::shell::{FieldFault, Form, PageError, Path, Typed, Visit};

/// The penalties that an organisation was told of and that are not decided, for its list.
///
/// # Errors
/// The database failed, as a page.
pub(super) async fn intended(visit: &Visit, id: OrganisationId) -> Result<Vec<Line>, PageError> {
    let shell = &visit.shell;
    let all = read::intended_penalties(&visit.city, id).await.map_err(|error| visit.error(error))?;
    let line = |one: HeldPenalty| Line {
        second: shell.coded(&one.kind),
        third: date_or_dash(shell, one.answer_by),
        state: super::penalty_stage(shell, &one),
        tone: super::penalty_tone(one.facts().stage),
        href: shell.url(format!("/me/credit/penalties/{}", one.id)),
        first: one.document_number,
    };
    Ok(all.into_iter().map(line).collect())
}

/// GET /me/credit/penalties/{id}
pub async fn show_one(visit: Visit, Path(id): Path<i64>) -> Result<Response, PageError> {
    page(&visit, id, &Form::default(), plain()).await
}

async fn page(
    visit: &Visit,
    id: i64,
    form: &Form,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let shell = &visit.shell;
    let (held, named) = read::penalty(&visit.city, &visit.actor, id).await.map_err(fail)?;
    let of = profile::organisation_by_id(&visit.city, held.organisation_id).await.map_err(fail)?;
    let mut rows = penalty_case::rows(shell, &held, &named);
    rows.push((shell.t("credit-stage"), super::penalty_stage(shell, &held)));
    let notes = penalty_form::notes(visit, &held, of.kind);
    rows.extend(notes.into_iter().map(|note| (shell.t("penalty-point"), note)));
    let facts = held.facts();
    let today = shell.now().date();
    let may = |kind| facts.may_be_answered(kind, today).is_ok();
    let kind = form.trimmed("statement_kind");
    let chosen = if kind.is_empty() { "written" } else { kind };
    let mut kinds = tell::choices::<StatementKind>(shell, chosen, None);
    let may_ask = may(StatementKind::Hearing);
    kinds.retain(|one| may_ask || one.value != "hearing");
    let hint = if may_ask { "penalty-answer-hearing-hint" } else { "penalty-answer-hint" };
    let page = AnswerPage {
        title: shell.tx("penalty-case-title", &held.document_number),
        answer_hint: shell.t(hint),
        base: shell.url(format!("/me/credit/penalties/{id}")),
        rows,
        documents: list::lines(visit, held.subject()).await?,
        kinds,
        papers: own_papers(visit, form).await?,
        may_answer: facts.stage == PenaltyStage::Noticed && may(StatementKind::Written),
        form,
        faults: &faults,
        shell,
    };
    show_as(status, &page)
}

/// POST /me/credit/penalties/{id}
pub async fn answer(visit: Visit, Path(id): Path<i64>, form: Form) -> Result<Response, PageError> {
    let mut typed = Typed::of(&visit, &form);
    let kind = typed.chosen("statement_kind", StatementKind::Waived, missing("B23"));
    let (statement, papers) = (typed.text("statement"), papers_of(&form));
    let act = AnswerPenalty { penalty: id, kind, statement, papers };
    match typed.ask(&visit, &form.key(), &act).await {
        Ok(()) => Ok(visit.done(&format!("/me/credit/penalties/{id}"), "penalty-answered")),
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, id, &form, faults).await
        }
    }
}
