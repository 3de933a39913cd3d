//! The rating committee and the review board on the desk: who sits for which term, and forming one (B32).

use app::registry::rating::bodies::{self, Candidate, FormBody, Member, RatingBody};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, PersonId, Role, parse_date};
use domain::registry::rating::Body;

use crate::shell::{Choice, FieldFault, Form, PageError, Shell, Visit, fault_at, show, show_faults, words};

#[derive(Template)]
#[template(path = "registry/rating/desk_bodies.html")]
struct BodiesPage<'a> {
    shell: &'a Shell,
    bodies: Vec<(RatingBody, Vec<Member>)>,
    may_form: bool,
    kinds: Vec<Choice>,
    candidates: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/ratings/bodies
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    page(&visit, &Form::default(), &[]).await
}

/// POST /desk/ratings/bodies
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let answer = match body(&form) {
        Ok(body) => visit.city.act(&visit.actor, &form.key(), &body).await,
        Err(error) => Err(error),
    };
    match answer {
        Ok(_) => Ok(visit.done("/desk/ratings/bodies", "rating-body-formed")),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, &form, &faults).await
        }
    }
}

fn body(form: &Form) -> Result<FormBody, app::Error> {
    let mut faults = Vec::new();
    let mut day = |field: &'static str| {
        parse_date(form.trimmed(field)).map_err(|refusal| faults.push(refusal.at(field))).ok()
    };
    let (from, until) = (day("term_from"), day("term_until"));
    let kind = Body::from_code(form.trimmed("kind")).ok_or(app::Error::NotFound)?;
    let members = form.every("members").into_iter().filter_map(|id| id.parse().ok().map(PersonId));
    match (from, until) {
        (Some(term_from), Some(term_until)) => Ok(FormBody {
            kind,
            name: form.text("name").to_owned(),
            term_from,
            term_until,
            members: members.collect(),
        }),
        _ => Err(app::Error::Invalid(faults)),
    }
}

async fn page(visit: &Visit, form: &Form, faults: &[FieldFault]) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let held = bodies::all(&visit.city).await.map_err(|error| visit.error(error))?;
    let mut with_members = Vec::new();
    for body in held {
        let members = bodies::members(&visit.city, body.id).await.map_err(|error| visit.error(error))?;
        with_members.push((body, members));
    }
    let candidates = bodies::candidates(&visit.city).await.map_err(|error| visit.error(error))?;
    let candidate = |one: &Candidate| {
        let value = one.id.0.to_string();
        let (chosen, hint) = (form.has("members", &value), one.login.clone());
        Choice { chosen, value, label: one.name.clone(), hint }
    };
    let chosen = form.trimmed("kind");
    let kinds =
        Body::ALL.iter().map(|kind| Choice::new(kind.code(), words::coded(shell.lang, *kind), chosen));
    let page = BodiesPage {
        bodies: with_members,
        may_form: visit.actor.post.role == Role::ApprovalDirector,
        kinds: kinds.collect(),
        candidates: candidates.iter().map(candidate).collect(),
        form,
        faults,
        shell,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}
