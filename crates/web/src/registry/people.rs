//! The administrator's desk: the list of people, and who directs which office.

use app::access::accounts::{self, Account};
use app::access::offices::{self, AppointDirector};
use app::access::people::{AddPerson, HeldPost};
use app::{Error, RequestKey};
use askama::Template;
use axum::response::Response;
use domain::kernel::Refusal;

use crate::shell::form::pairs;
use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults, words};

const PER_PAGE: usize = 50;
struct Line {
    href: String,
    login: String,
    name: String,
    posts: String,
    is_active: bool,
}

struct OfficeLine {
    code: String,
    name: String,
    director: String,
    href: String,
}

#[derive(Template)]
#[template(path = "registry/people.html")]
struct PeoplePage<'a> {
    shell: &'a Shell,
    form: &'a Form,
    faults: &'a [FieldFault],
    lines: Vec<Line>,
    next_href: String,
    offices: Vec<OfficeLine>,
}

#[derive(Template)]
#[template(path = "registry/director.html")]
struct DirectorPage<'a> {
    shell: &'a Shell,
    form: &'a Form,
    faults: &'a [FieldFault],
    name: String,
    director: String,
    action: String,
}

/// A post in words.
pub(super) fn post_text(shell: &Shell, held: &HeldPost) -> String {
    let role = words::coded(shell.lang, held.post.role);
    if held.place.is_empty() { role } else { format!("{role} · {}", held.place) }
}

/// GET /desk/people
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    list(&visit, &Form::default(), &[]).await
}

async fn list(visit: &Visit, form: &Form, faults: &[FieldFault]) -> Result<Response, PageError> {
    let asked = Form::of(pairs(visit.shell.query.as_bytes()));
    let held = accounts::accounts(&visit.city, asked.trimmed("after"), PER_PAGE + 1).await;
    let mut held: Vec<(Account, Vec<HeldPost>)> = held.map_err(|error| visit.error(error))?;
    let has_more = held.len() > PER_PAGE;
    held.truncate(PER_PAGE);
    let shell = &visit.shell;
    let last = held.last().filter(|_| has_more).map(|(one, _)| one.login.clone());
    let next_href = last.map(|login| shell.url(format!("/desk/people?after={login}"))).unwrap_or_default();
    let lines = held.iter().map(|(one, posts)| Line {
        href: shell.url(format!("/desk/people/{}", one.id.0)),
        login: one.login.clone(),
        name: one.name.clone(),
        is_active: one.is_active,
        posts: posts.iter().map(|post| post_text(shell, post)).collect::<Vec<_>>().join("; "),
    });
    let offices = offices::all(&visit.city).await.map_err(|error| visit.error(error))?;
    let offices = offices.into_iter().map(|office| OfficeLine {
        href: shell.url(format!("/desk/people/offices/{}", office.code)),
        director: office.director_name.unwrap_or_else(|| shell.t("registry-no-director")),
        code: office.code,
        name: office.name,
    });
    let page =
        PeoplePage { lines: lines.collect(), next_href, offices: offices.collect(), form, faults, shell };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

/// POST /desk/people
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    // A check never asks about the password, which may not be typed yet, and nothing of it is kept.
    let hash = match visit.actor.rehearses {
        true => Ok(String::new()),
        false => visit.city.hashing.hash(form.text("password")).await,
    };
    let added = match hash {
        Ok(password_hash) => {
            let (login, name) = (form.trimmed("login").to_owned(), form.trimmed("name").to_owned());
            let act = AddPerson { login, name, password_hash, is_demo: false };
            // The form holds a password, so no digest of it is kept; the sign-in name can be taken only once.
            visit.city.act(&visit.actor, &RequestKey::None, &act).await
        }
        Err(error) => Err(error),
    };
    match added {
        Ok(id) => Ok(visit.done(&format!("/desk/people/{}", id.0), "person-added")),
        Err(error) => {
            let faults = visit.faults(error)?;
            list(&visit, &form, &faults).await
        }
    }
}

/// GET /desk/people/offices/{code}
pub async fn director(visit: Visit, Path(code): Path<String>) -> Result<Response, PageError> {
    appointment(&visit, &code, &Form::default(), &[]).await
}

async fn appointment(
    visit: &Visit,
    code: &str,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let office = accounts::office_by_code(&visit.city, code).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let page = DirectorPage {
        name: office.name,
        director: office.director_name.unwrap_or_else(|| shell.t("registry-no-director")),
        action: shell.url(format!("/desk/people/offices/{code}")),
        form,
        faults,
        shell,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

/// POST /desk/people/offices/{code}: appoints a director.
pub async fn appoint(visit: Visit, Path(code): Path<String>, form: Form) -> Result<Response, PageError> {
    match try_appoint(&visit, &code, &form).await {
        Ok(_) => Ok(visit.done("/desk/people", "director-appointed")),
        Err(error) => {
            let faults = visit.faults(error)?;
            appointment(&visit, &code, &form, &faults).await
        }
    }
}

async fn try_appoint(visit: &Visit, code: &str, form: &Form) -> Result<i64, Error> {
    let office = accounts::office_by_code(&visit.city, code).await?;
    let person = accounts::by_login(&visit.city, form.trimmed("login")).await?;
    let Some(person) = person else {
        return Err(Refusal::new("registry.person-unknown", "E4").at("login").into());
    };
    let handover = form.trimmed("handover").to_owned();
    let act = AppointDirector { office: office.id, person: person.id, handover };
    visit.city.act(&visit.actor, &form.key(), &act).await
}
