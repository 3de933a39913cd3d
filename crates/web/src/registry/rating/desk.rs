//! The approval office's list of ratings, and the notice with which a round opens.

use app::registry::rating::read::{self, CaseLine};
use app::registry::rating::rounds::{self, OpenRound, Round};
use askama::Template;
use axum::response::Response;
use domain::kernel::Role;

use crate::shell::{FieldFault, Form, PageError, Shell, Typed, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "registry/rating/desk.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    lines: &'a [CaseLine],
    rounds: &'a [Round],
    may_open: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// Whether the reader works on ratings, rather than only reading them.
pub(super) fn may_work(visit: &Visit) -> bool {
    matches!(visit.actor.post.role, Role::ApprovalOfficer | Role::ApprovalDirector)
}

/// GET /desk/ratings
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    page(&visit, &Form::of([("fee", "0")]), &[]).await
}

/// POST /desk/ratings: opens a round.
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let mut typed = Typed::of(&visit, &form);
    let open = OpenRound {
        title: typed.text("title"),
        notice: typed.text("notice"),
        apply_until: typed.date("apply_until"),
        fee: typed.yuan_or_zero("fee"),
    };
    let answer = typed.ask(&visit, &form.key(), &open).await;
    match answer {
        Ok(_) => Ok(visit.done("/desk/ratings", "rating-round-opened")),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, &form, &faults).await
        }
    }
}

async fn page(visit: &Visit, form: &Form, faults: &[FieldFault]) -> Result<Response, PageError> {
    let lines = read::desk_list(&visit.city).await.map_err(|error| visit.error(error))?;
    let rounds = rounds::all(&visit.city).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let page = DeskPage { shell, lines: &lines, rounds: &rounds, may_open: may_work(visit), form, faults };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}
