//! An amended charter on the desk: an officer compares it with the law's list before the opinion (B11, B21).

use app::Error;
use app::registry::change::charter::CheckAmendedCharter;
use app::registry::change::read::{self, WholeChange};
use app::registry::registration::charter::{self as held, Charter, HeldMark};
use axum::response::Response;
use domain::registry::change::ChangeItem;

use super::super::ending::{Which, which};
use super::super::registration::charter::{CharterState, Sheet, typed};
use crate::shell::{Form, PageError, Path, Visit};

/// The state of an amended charter's checklist; nothing for any other change.
///
/// # Errors
/// The database failed, as a page.
pub(in crate::registry) async fn state(
    visit: &Visit,
    whole: &WholeChange,
) -> Result<Option<CharterState>, PageError> {
    if whole.case.item != ChangeItem::Charter {
        return Ok(None);
    }
    let marks = marks(visit, whole).await?;
    Ok(Some(CharterState::of(&visit.shell, &marks, !marks.is_empty())))
}

/// What the notice of correction says of an amended charter, before the officer changes it: each item that it lacks;
/// empty where nothing is lacking and for any other change.
///
/// # Errors
/// The database failed, as a page.
pub(in crate::registry) async fn defect_text(
    visit: &Visit,
    whole: &WholeChange,
) -> Result<String, PageError> {
    let lacks = state(visit, whole).await?.map_or_else(Vec::new, |state| state.lacks);
    if lacks.is_empty() {
        return Ok(String::new());
    }
    Ok(visit.shell.tx("charter-defect", lacks.join(&visit.shell.t("charter-lack-joint"))))
}

async fn marks(visit: &Visit, whole: &WholeChange) -> Result<Vec<HeldMark>, PageError> {
    let found = held::of(&visit.city, whole.organisation.kind, Charter::Amended(whole.case.id)).await;
    found.map_err(|error| visit.error(error))
}

/// GET /desk/endings/{no}/charter
pub async fn new(visit: Visit, Path(no): Path<String>) -> Result<Response, PageError> {
    let whole = of(&visit, &no).await?;
    let empty = CheckAmendedCharter { number: whole.case.number, marks: Vec::new() };
    let asking = visit.rehearsing();
    let rehearsed = visit.city.act(&asking.actor, &app::RequestKey::None, &empty).await;
    visit.expect_possible(rehearsed, &format!("/desk/endings/{no}"))?;
    sheet(&visit, &whole, &no).await?.show(&visit, None).await
}

async fn of(visit: &Visit, no: &str) -> Result<WholeChange, PageError> {
    let Some(Which::Change(number)) = which(no) else { return Err(visit.error(Error::NotFound)) };
    read::one(&visit.city, &visit.actor, number).await.map_err(|error| visit.error(error))
}

async fn sheet(visit: &Visit, whole: &WholeChange, no: &str) -> Result<Sheet, PageError> {
    let (shell, marks) = (&visit.shell, marks(visit, whole).await?);
    Ok(Sheet {
        kind: whole.organisation.kind,
        name: whole.organisation.name.clone(),
        list: (shell.t("desk-endings"), shell.url("/desk/endings")),
        case: (whole.case.number.to_string(), shell.url(format!("/desk/endings/{no}"))),
        version: None,
        is_checked: !marks.is_empty(),
        marks,
        subject: whole.case.subject(),
        path: format!("/desk/endings/{no}/charter"),
    })
}

/// POST /desk/endings/{no}/charter
pub async fn create(visit: Visit, Path(no): Path<String>, form: Form) -> Result<Response, PageError> {
    let whole = of(&visit, &no).await?;
    let marks = typed(whole.organisation.kind, &form);
    let act = CheckAmendedCharter { number: whole.case.number, marks };
    match visit.city.act(&visit.actor, &form.key(), &act).await {
        Ok(()) => Ok(visit.done(&format!("/desk/endings/{no}"), "charter-checked")),
        Err(error) => {
            let faults = visit.faults(error)?;
            sheet(&visit, &whole, &no).await?.show(&visit, Some((&form, &faults))).await
        }
    }
}
