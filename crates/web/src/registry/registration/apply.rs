//! Where an application begins: own cases, the check of a name, the start (B7, B8, S11).

use app::access::accounts;
use app::divisions;
use app::registry::fields_of;
use app::registry::registration::names::{self, NameCheck};
use app::registry::registration::upgrade::{self, Growing};
use app::registry::registration::{StartCase, StartFromFiling, read};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, Refusal, Role};
use domain::registry::OrganisationKind;

use super::words as said;
use crate::shell::findings::FindingLine;
use crate::shell::form::pairs;
use crate::shell::{Choice, FieldFault, Form, PageError, Shell, Visit, fault_at, show, show_faults, words};

/// An own case in the list.
struct Line {
    title: String,
    kind: String,
    state: String,
    tone: &'static str,
    number: String,
    saved: String,
    href: String,
}

#[derive(Template)]
#[template(path = "registry/registration/apply.html")]
struct ApplyPage<'a> {
    shell: &'a Shell,
    cases: Vec<Line>,
    kinds: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
    is_checked: bool,
    is_free: bool,
    may_start: bool,
    findings: Vec<FindingLine>,
    is_window: bool,
    /// The applicant's own account name; empty for officials.
    account: String,
    /// The filing that the application grows out of, if any.
    filing: Option<Carried>,
}

/// What is carried over from a filing, as its public page tells it.
struct Carried {
    number: String,
    name: String,
    rows: Vec<(String, String)>,
}

/// GET /apply: with `?kind=…&name=…` the name is checked, with `?filing=…` a filing is carried over.
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let mut typed = pairs(visit.shell.query.as_bytes());
    let form = Form::of(typed.clone());
    if !form.trimmed("filing").is_empty() && form.trimmed("name").is_empty() {
        let found = upgrade::offered(&visit.city, form.trimmed("filing")).await;
        let found = found.map_err(|error| visit.error(error))?;
        typed.push(("name".to_owned(), found.name));
        typed.push(("kind".to_owned(), found.kind.code().to_owned()));
    }
    page(&visit, &Form::of(typed), &[]).await
}

async fn carried(visit: &Visit, form: &Form) -> Result<Option<Carried>, PageError> {
    let number = form.trimmed("filing");
    if number.is_empty() {
        return Ok(None);
    }
    let shell = &visit.shell;
    let found: Growing = upgrade::offered(&visit.city, number).await.map_err(|error| visit.error(error))?;
    let fields: Vec<String> = fields_of(&found.fields).iter().map(|field| shell.coded(field)).collect();
    let rows = [
        ("apply-division", divisions::name_of(&found.division)),
        ("apply-domicile", found.domicile),
        ("apply-fields", fields.join(&shell.t("apply-list-joint"))),
    ];
    let rows = rows.into_iter().filter(|(_, text)| !text.is_empty());
    let rows = rows.map(|(key, text)| (shell.t(key), text)).collect();
    Ok(Some(Carried { number: found.uscc, name: found.name, rows }))
}

/// The account name that an applicant signs in with.
async fn account(visit: &Visit) -> Result<String, PageError> {
    match visit.actor.person.filter(|_| visit.actor.post.role == Role::Applicant) {
        Some(person) => {
            let held = accounts::account(&visit.city, person).await.map_err(|error| visit.error(error))?;
            Ok(held.login)
        }
        None => Ok(String::new()),
    }
}

async fn page(visit: &Visit, form: &Form, faults: &[FieldFault]) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let cases = read::all_own(&visit.city, &visit.actor).await.map_err(|error| visit.error(error))?;
    let line = |case: app::registry::registration::Case| Line {
        title: case.name.clone(),
        kind: words::coded(shell.lang, case.kind),
        state: words::coded(shell.lang, case.state),
        tone: said::tone(case.state),
        number: case.number.clone().unwrap_or_else(|| "—".to_owned()),
        saved: shell.moment(&case.saved_at),
        href: shell.url(format!("/apply/{}", case.id.0)),
    };
    let kind = OrganisationKind::from_code(form.trimmed("kind")).filter(|kind| kind.is_social_organisation());
    let checked = match kind {
        Some(kind) if !form.trimmed("name").is_empty() => {
            let found = names::check(&visit.city, kind, form.trimmed("name"), None, None).await;
            Some(found.map_err(|error| visit.error(error))?)
        }
        _ => None,
    };
    let kinds = names::kinds()
        .map(|kind| Choice::new(kind.code(), words::coded(shell.lang, kind), form.trimmed("kind")))
        .collect();
    // Asked about nothing, it says what is missing instead of showing itself again in silence.
    let may_start = !faults.is_empty();
    let is_asked = !may_start && (form.is_ticked("name") || form.is_ticked("kind"));
    let mut asked = Vec::new();
    if is_asked && kind.is_none() {
        asked.push(Refusal::new("registration.kind", "B1").at("kind"));
    }
    if is_asked && form.trimmed("name").is_empty() {
        asked.push(Refusal::new("registration.answer-missing", "B11").at("name"));
    }
    let unasked = if asked.is_empty() { Vec::new() } else { visit.faults(app::Error::Invalid(asked))? };
    let faults = if unasked.is_empty() { faults } else { &unasked };
    let page = ApplyPage {
        shell,
        cases: cases.into_iter().map(line).collect(),
        kinds,
        form,
        faults,
        is_checked: checked.is_some(),
        is_free: checked.as_ref().is_some_and(NameCheck::is_free),
        may_start: may_start || checked.as_ref().is_some_and(NameCheck::is_free),
        findings: checked.map(|checked| said::lines(shell, &checked.findings)).unwrap_or_default(),
        is_window: visit.actor.post.role == Role::ApprovalOfficer,
        account: account(visit).await?,
        filing: carried(visit, form).await?,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

/// POST /apply
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let outcome = match OrganisationKind::from_code(form.trimmed("kind")) {
        None => Err(app::Error::Invalid(vec![Refusal::new("registration.kind", "B1").at("kind")])),
        Some(kind) => {
            let start = StartCase {
                kind,
                name: form.trimmed("name").to_owned(),
                applicant: form.trimmed("applicant").to_owned(),
                is_demo: visit.city.is_demo,
            };
            match form.trimmed("filing") {
                "" => visit.city.act(&visit.actor, &form.key(), &start).await,
                filing => {
                    let grow = StartFromFiling { filing: filing.to_owned(), start };
                    visit.city.act(&visit.actor, &form.key(), &grow).await
                }
            }
        }
    };
    match outcome {
        Ok(case) => Ok(visit.done(&format!("/apply/{}", case.0), "case-started")),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, &form, &faults).await
        }
    }
}
