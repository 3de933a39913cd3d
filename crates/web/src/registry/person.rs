//! One person on the administrator's desk: posts given and ended, the account closed and opened again, a
//! one-time password.

use app::access::accounts;
use app::access::leaving::{ActivatePerson, DeactivatePerson, EndPost, ResetPassword};
use app::access::people::{self, GivePost, HeldPost};
use app::access::{offices, one_time};
use app::divisions;
use app::registry::profile;
use app::{Error, RequestKey};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, OfficeId, PersonId, Post, Refusal, Role, Scope, Street};

use super::people::post_text;
use super::tell;
use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, fault_at, show, show_faults,
};

/// Posts that are given here; a director is appointed, so that the office is handed over on record.
const GIVEN: [Role; 12] = [
    Role::Applicant,
    Role::ApprovalOfficer,
    Role::ApprovalDirector,
    Role::OrganisationBureau,
    Role::StreetOfficer,
    Role::OfficeStaff,
    Role::PurchaseLead,
    Role::Finance,
    Role::Supervisor,
    Role::Expert,
    Role::OrganisationUser,
    Role::Administrator,
];

#[derive(Template)]
#[template(path = "registry/person.html")]
struct PersonPage<'a> {
    shell: &'a Shell,
    form: &'a Form,
    faults: &'a [FieldFault],
    name: String,
    login: String,
    contact: String,
    is_active: bool,
    /// The one-time password just set; shown in this one answer and nowhere else.
    fresh: &'a str,
    action: String,
    posts: Vec<String>,
    past: Vec<String>,
    endable: Vec<Choice>,
    /// Offices that the person directs, with the page on which each is handed over.
    directed: Vec<(String, String)>,
    roles: Vec<Choice>,
    offices: Vec<Choice>,
    streets: Vec<Choice>,
}

/// GET /desk/people/{id}
pub async fn show_one(visit: Visit, Path(id): Path<i64>) -> Result<Response, PageError> {
    page(&visit, PersonId(id), &Form::default(), &[], "").await
}

async fn page(
    visit: &Visit,
    id: PersonId,
    form: &Form,
    faults: &[FieldFault],
    fresh: &str,
) -> Result<Response, PageError> {
    let error = |error| visit.error(error);
    let (city, shell) = (&visit.city, &visit.shell);
    let held = accounts::account(city, id).await.map_err(error)?;
    let posts = people::posts_of(city, id).await.map_err(error)?;
    let past = people::past_posts_of(city, id).await.map_err(error)?;
    let all = offices::all(city).await.map_err(error)?;
    let none = Choice::new("", shell.t("registry-no-office"), form.trimmed("office"));
    let offices =
        all.iter().map(|one| Choice::new(one.id.0.to_string(), one.name.as_str(), form.trimmed("office")));
    let roles = GIVEN.iter().map(|role| Choice::new(role.code(), shell.coded(role), form.trimmed("role")));
    let endable = posts.iter().filter(|held| held.post.role != Role::OfficeDirector);
    let endable = endable
        .map(|held| Choice::new(held.id.to_string(), post_text(shell, held), form.trimmed("post")))
        .collect();
    let directed = all.iter().filter(|one| one.director_id == Some(id));
    let directed = directed
        .map(|one| (shell.url(format!("/desk/people/offices/{}", one.code)), one.name.clone()))
        .collect();
    let page = PersonPage {
        name: held.name,
        login: held.login,
        contact: held.contact.unwrap_or_default(),
        is_active: held.is_active,
        fresh,
        action: shell.url(format!("/desk/people/{}", id.0)),
        posts: posts.iter().map(|post| line(shell, post)).collect(),
        past: past.iter().map(|post| line(shell, post)).collect(),
        endable,
        directed,
        roles: roles.collect(),
        offices: std::iter::once(none).chain(offices).collect(),
        streets: tell::streets(None, form.trimmed("street"), Some(shell.t("registry-choose"))),
        form,
        faults,
        shell,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

/// A post with its time.
fn line(shell: &Shell, held: &HeldPost) -> String {
    let text = post_text(shell, held);
    let since = shell.moment(&held.since);
    match &held.until {
        None => shell.txy("registry-people-post-since", text, since),
        Some(until) => {
            let time = shell.txy("registry-people-post-time", since, shell.moment(until));
            format!("{text} · {time}")
        }
    }
}

/// POST /desk/people/{id}: `act` is give, end, close, open or reset.
pub async fn update(visit: Visit, Path(id): Path<i64>, form: Form) -> Result<Response, PageError> {
    let person = PersonId(id);
    let done = match form.text("act") {
        "end" => try_end(&visit, person, &form).await.map(|()| "post-ended"),
        "close" => act(&visit, &form, &DeactivatePerson { person }).await.map(|()| "account-closed"),
        "open" => act(&visit, &form, &ActivatePerson { person }).await.map(|()| "account-opened"),
        "reset" => return reset(&visit, person, &form).await,
        _ => try_give(&visit, person, &form).await.map(|_| "post-given"),
    };
    match done {
        Ok(done) => Ok(visit.done(&format!("/desk/people/{id}"), done)),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, person, &form, &faults, "").await
        }
    }
}

async fn act<A: app::Act>(visit: &Visit, form: &Form, act: &A) -> Result<A::Outcome, Error> {
    visit.city.act(&visit.actor, &form.key(), act).await
}

async fn try_end(visit: &Visit, person: PersonId, form: &Form) -> Result<(), Error> {
    let mut posts = people::posts_of(&visit.city, person).await?;
    // Past posts too: a form that was sent twice gets the answer of the first time.
    posts.extend(people::past_posts_of(&visit.city, person).await?);
    let mut typed = Typed::of(visit, form);
    let chosen = form.number("post").filter(|chosen| posts.iter().any(|held| held.id == *chosen));
    let missing = Refusal::new("registry.choice-missing", "E11");
    let end = EndPost {
        post_id: typed.read("post", 0, chosen.ok_or(missing)),
        last_day: typed.date_if_any("last_day"),
    };
    typed.ask(visit, &form.key(), &end).await
}

async fn reset(visit: &Visit, person: PersonId, form: &Form) -> Result<Response, PageError> {
    match try_reset(visit, person).await {
        Ok(fresh) => page(visit, person, &Form::default(), &[], &fresh).await,
        Err(error) => {
            let faults = visit.faults(error)?;
            page(visit, person, form, &faults, "").await
        }
    }
}

async fn try_reset(visit: &Visit, person: PersonId) -> Result<String, Error> {
    let fresh = one_time(&visit.city.chance)?;
    let password_hash = visit.city.hashing.hash(&fresh).await?;
    // A form sent twice sets two passwords, and the answer that is seen shows the one that counts.
    let act = ResetPassword { person, password_hash };
    visit.city.act(&visit.actor, &RequestKey::None, &act).await?;
    Ok(fresh)
}

async fn try_give(visit: &Visit, person: PersonId, form: &Form) -> Result<i64, Error> {
    let role = Role::from_code(form.trimmed("role")).filter(|role| GIVEN.contains(role));
    let Some(role) = role else {
        return Err(Refusal::new("registry.choice-missing", "E11").at("role").into());
    };
    let scope = match role {
        Role::OfficeStaff => match form.number("office") {
            Some(office) => Scope::Office(OfficeId(office)),
            None => return Err(Refusal::new("registry.choice-missing", "E11").at("office").into()),
        },
        Role::OrganisationUser => {
            let held = profile::organisation(&visit.city, form.trimmed("organisation")).await;
            let unknown = Refusal::new("registry.organisation-unknown", "E11").at("organisation");
            Scope::Organisation(
                held.map_err(|error| if error == Error::NotFound { unknown.into() } else { error })?.id,
            )
        }
        Role::StreetOfficer => {
            let held = Street::parse(form.trimmed("street"));
            let known = held.filter(|street| divisions::street(&street.to_string()).is_some());
            let missing = Refusal::new("registry.choice-missing", "E11").at("street");
            Scope::Street(known.ok_or(missing)?)
        }
        _ => Scope::City,
    };
    act(visit, form, &GivePost { person, post: Post { role, scope } }).await
}
