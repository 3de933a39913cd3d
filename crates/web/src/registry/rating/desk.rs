//! The approval office's list of ratings, and the notice with which a round opens.

use app::registry::rating::read::{self, CaseLine};
use app::registry::rating::rounds::{self, OpenRound, Round};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Fen, Role, parse_date};

use crate::shell::{FieldFault, Form, PageError, Shell, Visit, fault_at, show, show_faults};

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
    let answer = match open(&form) {
        Ok(open) => visit.city.act(&visit.actor, &form.key(), &open).await,
        Err(error) => Err(error),
    };
    match answer {
        Ok(_) => Ok(visit.done("/desk/ratings", "rating-round-opened")),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, &form, &faults).await
        }
    }
}

fn open(form: &Form) -> Result<OpenRound, app::Error> {
    let mut faults = Vec::new();
    let until = parse_date(form.trimmed("apply_until"));
    let until = until.map_err(|refusal| faults.push(refusal.at("apply_until"))).ok();
    let fee = fee(form).map_err(|refusal| faults.push(refusal)).ok();
    match (until, fee) {
        (Some(apply_until), Some(fee)) => Ok(OpenRound {
            title: form.text("title").to_owned(),
            notice: form.text("notice").to_owned(),
            apply_until,
            fee,
        }),
        _ => Err(app::Error::Invalid(faults)),
    }
}

/// The fee as typed; nothing typed is no fee.
pub(super) fn fee(form: &Form) -> Result<Fen, domain::kernel::Refusal> {
    match form.trimmed("fee") {
        "" => Ok(Fen::ZERO),
        typed => Fen::parse_yuan(typed).map_err(|refusal| refusal.at("fee")),
    }
}

async fn page(visit: &Visit, form: &Form, faults: &[FieldFault]) -> Result<Response, PageError> {
    let lines = read::desk_list(&visit.city).await.map_err(|error| visit.error(error))?;
    let rounds = rounds::all(&visit.city).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let page = DeskPage { shell, lines: &lines, rounds: &rounds, may_open: may_work(visit), form, faults };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}
