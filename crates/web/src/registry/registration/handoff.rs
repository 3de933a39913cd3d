//! Who has a case: taken, or handed to another person of the office with the reason (W5, E11).

use app::registry::registration::handoff::{self, Member};
use app::registry::registration::{AssignCase, Case, read};
use askama::Template;
use axum::response::Response;
use domain::kernel::PersonId;
use domain::registry::registration::CaseAct;

use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, fault_at, named, show, show_faults, words,
};

#[derive(Template)]
#[template(path = "registry/registration/handoff.html")]
struct HandOffPage<'a> {
    shell: &'a Shell,
    case: &'a Case,
    number: &'a str,
    title: String,
    form: &'a Form,
    faults: &'a [FieldFault],
    summary: Vec<FieldFault>,
    holder: String,
    receivers: Vec<Choice>,
    back: String,
}

/// A person of the office as somebody to choose: with the post, and the reader as such.
pub(super) fn choice(visit: &Visit, one: &Member, current: &str) -> Choice {
    let (shell, post) = (&visit.shell, words::coded(visit.shell.lang, one.role));
    let own = if visit.actor.person == Some(one.id) { shell.t("handoff-self") } else { String::new() };
    Choice::new(one.id.0.to_string(), format!("{} · {post}{own}", one.name), current)
}

/// GET /desk/cases/{no}/hand-off
pub async fn new(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let case = read::on_desk(&visit.city, &number).await.map_err(|error| visit.error(error))?;
    let empty = AssignCase { case: case.id, version: case.version, to: None, reason: String::new() };
    let rehearsed = visit.city.act(&visit.rehearsing().actor, &app::RequestKey::None, &empty).await;
    visit.expect_possible(rehearsed, &format!("/desk/cases/{number}"))?;
    page(&visit, &case, &number, &Form::default(), &[]).await
}

/// POST /desk/cases/{no}/hand-off
pub async fn create(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let case = read::on_desk(&visit.city, &number).await.map_err(|error| visit.error(error))?;
    let mut typed = Typed::of(&visit, &form);
    let to = typed.read("to", None, Ok(form.number("to").map(PersonId)));
    let version = form.number("version").unwrap_or(case.version);
    let assign = AssignCase { case: case.id, version, to, reason: typed.text("reason") };
    match typed.ask(&visit, &form.key(), &assign).await {
        Ok(()) => Ok(visit.done(&format!("/desk/cases/{number}"), "case-handed")),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, &case, &number, &form, &faults).await
        }
    }
}

async fn page(
    visit: &Visit,
    case: &Case,
    number: &str,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let failed = |error| visit.error(error);
    let hanging = read::hanging(city, case).await.map_err(failed)?;
    let chosen = form.trimmed("to");
    let receivers = handoff::receivers(city, case, &hanging).await.map_err(failed)?;
    let nobody = Choice::new("", shell.t("visit-companion-choose"), chosen);
    let label = |field: &str| (field == "reason").then(|| shell.t("handoff-reason"));
    let page = HandOffPage {
        shell,
        case,
        number,
        title: words::coded(shell.lang, CaseAct::Assign),
        form,
        faults,
        summary: named(shell, faults, label),
        holder: hanging.holder,
        receivers: std::iter::once(nobody)
            .chain(receivers.iter().map(|one| choice(visit, one, chosen)))
            .collect(),
        back: shell.url(format!("/desk/cases/{number}")),
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}
