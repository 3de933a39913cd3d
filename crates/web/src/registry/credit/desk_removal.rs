//! One application to leave a list on the desk: what was done, what was found, the decision (B36, B37).

use app::documents::Document;
use app::registry::credit::held::{HeldListing, RemovalCase};
use app::registry::credit::read::{self, Named};
use app::registry::credit::removal::{DecideRemoval, VerifyRemoval};
use app::{Error, papers};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::registry::credit::RemovalStage;
use domain::registry::credit::removal::may_be_removed;

use super::{date_or_dash, mendable, plain, show_as};
use crate::documents::preview;
use crate::papers::pane::Pane;
use crate::shell::{FieldFault, Form, PageError, Path, Shell, Typed, Visit, Wish, fault_at};

#[derive(Template)]
#[template(path = "registry/credit/desk_removal.html")]
struct RemovalPage<'a> {
    shell: &'a Shell,
    organisation: Named,
    base: String,
    stage: String,
    rows: Vec<(String, String)>,
    papers: Pane<'a>,
    may_verify: bool,
    may_decide: bool,
    waits: String,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/credit/removals/{id}
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
    let (city, shell) = (&visit.city, &visit.shell);
    let (held, organisation, listing) = read::removal(city, &visit.actor, id).await.map_err(fail)?;
    let given = papers::of(city, listing.subject()).await.map_err(fail)?;
    let decidable = may_be_removed(held.stage, held.verified_by, visit.actor.person);
    let is_director = shell.is_role("approval_director");
    let page = RemovalPage {
        base: shell.url(format!("/desk/credit/removals/{id}")),
        stage: shell.coded(&held.stage),
        rows: rows(shell, &held, &organisation, &listing),
        papers: Pane::of(visit, &given),
        may_verify: shell.is_role("approval_officer") && held.stage == RemovalStage::Applied,
        may_decide: is_director && decidable.is_ok(),
        waits: match (&decidable, is_director && held.stage == RemovalStage::Verified) {
            (Err(refusal), true) => shell.refusal(refusal),
            _ => String::new(),
        },
        organisation,
        form,
        faults: &faults,
        shell,
    };
    show_as(status, &page)
}

fn rows(
    shell: &Shell,
    held: &RemovalCase,
    organisation: &Named,
    listing: &HeldListing,
) -> Vec<(String, String)> {
    let mut rows = vec![
        (shell.t("registry-name"), organisation.name.clone()),
        (shell.t("registry-code"), organisation.uscc.clone()),
        (shell.t("credit-list"), shell.coded(&listing.list)),
        (shell.t("credit-ground"), shell.coded(&listing.ground())),
        (shell.t("credit-listed-on"), date_or_dash(shell, listing.listed_on)),
        (shell.t("credit-applied-at"), shell.moment(&held.applied_at)),
        (shell.t("credit-done"), held.statement.clone()),
    ];
    if let Some(at) = &held.verified_at {
        rows.push((shell.t("credit-verified-at"), shell.moment(at)));
        rows.push((shell.t("credit-finding"), held.finding.clone()));
    }
    if let Some(at) = &held.decided_at {
        rows.push((shell.t("credit-decided-at"), shell.moment(at)));
        rows.push((shell.t("credit-reason"), held.reason.clone()));
    }
    rows
}

/// POST /desk/credit/removals/{id}: the next step, by its name.
pub async fn update(visit: Visit, Path(id): Path<i64>, form: Form) -> Result<Response, PageError> {
    if preview::is_edited(&form) {
        return page(&visit, id, &form, plain()).await;
    }
    let (step, wish) = preview::step_of(&form);
    match take(&visit, id, (&step, wish), &form).await {
        Ok(foreseen) => {
            let action = format!("/desk/credit/removals/{id}");
            let done = || Ok(visit.done(&action, &format!("credit-{step}")));
            let says = (action.as_str(), step.as_str(), "credit-decide-removed");
            preview::seen(&visit, &form, says, foreseen).unwrap_or_else(done)
        }
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, id, &form, faults).await
        }
    }
}

async fn take(
    visit: &Visit,
    removal: i64,
    (step, wish): (&str, Wish),
    form: &Form,
) -> Result<Vec<Document>, Error> {
    let key = form.key();
    let mut typed = Typed::of(visit, form);
    match step {
        "mended" | "unmended" => {
            let finding = typed.text("finding");
            let act = VerifyRemoval { removal, is_mended: step == "mended", finding };
            typed.carry(visit, &key, wish, &act).await
        }
        "removed" | "kept" => {
            let reason = typed.text("reason");
            let act = DecideRemoval { removal, is_removed: step == "removed", reason };
            typed.carry(visit, &key, wish, &act).await
        }
        _ => Err(Error::NotFound),
    }
}
