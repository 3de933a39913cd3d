//! The rating committee and the review board on the desk: who sits for which term, forming one, and replacing a
//! member within the term (B32).

use app::registry::rating::bodies::{self, Candidate, FormBody, FormerMember, Member, RatingBody};
use app::registry::rating::succession::ReplaceMember;
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, PersonId, Refusal, Role, RuleKey};
use domain::registry::rating::Body;

use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, fault_at, show, show_faults, words,
};

#[derive(Template)]
#[template(path = "registry/rating/desk_bodies.html")]
struct BodiesPage<'a> {
    shell: &'a Shell,
    intro: String,
    bodies: Vec<(RatingBody, Vec<Member>, Vec<FormerMember>)>,
    may_form: bool,
    kinds: Vec<Choice>,
    candidates: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// How large the two bodies are and for how long, by their names in the sentence (B32).
const SIZES: [(&str, RuleKey); 5] = [
    ("least", RuleKey::RatingCommitteeMin),
    ("most", RuleKey::RatingCommitteeMax),
    ("board_least", RuleKey::ReviewBoardMin),
    ("board_most", RuleKey::ReviewBoardMax),
    ("years", RuleKey::CommitteeTermYears),
];

/// GET /desk/ratings/bodies
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    page(&visit, &Form::default(), &[]).await
}

/// POST /desk/ratings/bodies
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let mut typed = Typed::of(&visit, &form);
    let body = FormBody {
        kind: typed.chosen("kind", Body::Committee, Refusal::new("rating.body-kind-missing", "B32")),
        name: typed.text("name"),
        term_from: typed.date("term_from"),
        term_until: typed.date("term_until"),
        members: form.every("members").into_iter().filter_map(|id| id.parse().ok().map(PersonId)).collect(),
    };
    typed.hangs("term_until", "term_from");
    typed.hangs("members", "kind");
    let answer = typed.ask(&visit, &form.key(), &body).await;
    match answer {
        Ok(_) => Ok(visit.done("/desk/ratings/bodies", "rating-body-formed")),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, &form, &faults).await
        }
    }
}

async fn page(visit: &Visit, form: &Form, faults: &[FieldFault]) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let held = bodies::all(&visit.city).await.map_err(|error| visit.error(error))?;
    let mut with_members = Vec::new();
    for body in held {
        let members = bodies::members(&visit.city, body.id).await.map_err(|error| visit.error(error))?;
        let former =
            bodies::former_members(&visit.city, body.id).await.map_err(|error| visit.error(error))?;
        with_members.push((body, members, former));
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
        intro: shell.by_rules(visit.city.book.on(shell.now().date()), "rating-bodies-intro", &SIZES),
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

#[derive(Template)]
#[template(path = "registry/rating/desk_members.html")]
struct MembersPage<'a> {
    shell: &'a Shell,
    body: RatingBody,
    members: Vec<Choice>,
    candidates: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/ratings/bodies/{id}/members
pub async fn edit(visit: Visit, Path(id): Path<i64>) -> Result<Response, PageError> {
    members_page(&visit, id, &Form::default(), &[]).await
}

/// POST /desk/ratings/bodies/{id}/members
pub async fn replace(visit: Visit, Path(id): Path<i64>, form: Form) -> Result<Response, PageError> {
    let mut typed = Typed::of(&visit, &form);
    let act = ReplaceMember {
        body: id,
        member: typed.number("member", Refusal::new("rating.member-missing", "B32")),
        successor: form.number("successor").map(PersonId),
        reason: typed.text("reason"),
    };
    let answer = typed.ask(&visit, &form.key(), &act).await;
    match answer {
        Ok(()) => Ok(visit.done("/desk/ratings/bodies", "rating-member-replaced")),
        Err(error) => {
            let faults = visit.faults(error)?;
            members_page(&visit, id, &form, &faults).await
        }
    }
}

async fn members_page(
    visit: &Visit,
    id: i64,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let fail = |error| visit.error(error);
    let all = bodies::all(city).await.map_err(fail)?;
    let body = all.into_iter().find(|body| body.id == id).ok_or_else(|| fail(app::Error::NotFound))?;
    let sitting = bodies::members(city, id).await.map_err(fail)?;
    let known = bodies::candidates(city).await.map_err(fail)?;
    let first = |key: &str, field: &str| Choice::new("", shell.t(key), form.trimmed(field));
    let mut members = vec![first("rating-choose-member", "member")];
    let member = |one: &Member| Choice::new(one.id.to_string(), one.name.clone(), form.trimmed("member"));
    members.extend(sitting.iter().map(member));
    let mut candidates = vec![first("rating-follows-nobody", "successor")];
    let named = |one: &Candidate| {
        let name = shell.txy("rating-candidate", &one.name, &one.login);
        Choice::new(one.id.0.to_string(), name, form.trimmed("successor"))
    };
    let is_free = |one: &&Candidate| sitting.iter().all(|member| member.person_id != one.id);
    candidates.extend(known.iter().filter(is_free).map(named));
    let page = MembersPage { body, members, candidates, form, faults, shell };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}
