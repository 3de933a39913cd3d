//! One page of the application: its question, what was answered, save and go on (W3).

use app::registry::registration::{Case, KeepAnswers, SaveAnswers};
use askama::Template;
use axum::response::Response;
use domain::kernel::{CaseId, Level};
use domain::registry::charity::founding;
use domain::registry::registration::Step;
use domain::registry::registration::application::Answers;

use super::own;
use super::words::{self as said, Field};
use crate::shell::{Early, FieldFault, Form, PageError, Path, Shell, Visit, named, show, show_faults, words};

#[derive(Template)]
#[template(path = "registry/registration/question.html")]
struct QuestionPage<'a> {
    shell: &'a Shell,
    case: &'a Case,
    title: String,
    lead: String,
    fields: Vec<Field>,
    summary: Vec<FieldFault>,
    action: String,
    back: String,
    version: i64,
}

/// GET /apply/{case}/{step}
pub async fn edit(visit: Visit, Path((id, step)): Path<(i64, String)>) -> Result<Response, PageError> {
    let (case, step) = page_of(&visit, id, &step).await?;
    page(&visit, &case, step, (&case.answers(), case.version), &[])
}

async fn page_of(visit: &Visit, id: i64, slug: &str) -> Result<(Case, Step), PageError> {
    let case = own(visit, id).await?;
    let step = said::step_of(slug, case.kind).filter(|_| case.state.is_editable());
    step.map(|step| (case, step)).ok_or_else(|| visit.error(app::Error::NotFound))
}

fn page(
    visit: &Visit,
    case: &Case,
    step: Step,
    (answers, version): (&Answers, i64),
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let slug = said::slug(domain::kernel::Coded::code(step));
    let mut fields = said::fields(shell, (step, case.kind), answers, faults);
    // Before the law there is nothing to ask about charities (B46).
    let is_law = founding::law(case.rules(&visit.city, shell.now().date())).level != Level::Barred;
    fields.retain(|field| is_law || !field.name.contains("charity"));
    let label = |name: &str| fields.iter().find(|field| field.name == name).map(|field| field.label.clone());
    let page = QuestionPage {
        shell,
        title: words::coded(shell.lang, step),
        lead: shell.t(&format!("apply-step-{slug}-lead")),
        summary: named(shell, faults, label),
        fields,
        action: shell.url(format!("/apply/{}/{slug}", case.id.0)),
        back: shell.url(format!("/apply/{}", case.id.0)),
        version,
        case,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

/// POST /apply/{case}/{step}
pub async fn update(
    visit: Visit,
    Path((id, slug)): Path<(i64, String)>,
    form: Form,
) -> Result<Response, PageError> {
    let (case, step) = page_of(&visit, id, &slug).await?;
    let version = form.number("version").unwrap_or(case.version);
    let typed = said::typed(step, &form);
    match save(&visit, &form, (id, version, step), &typed).await {
        Ok(()) => Ok(visit.saved(&next(&case, step), "answers-saved", Some(version + 1))),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, &case, step, (&typed, version), &faults)
        }
    }
}

/// Saves the page; what saves itself while somebody types is kept as it stands, and judged when they go on.
async fn save(
    visit: &Visit,
    form: &Form,
    (id, version, step): (i64, i64, Step),
    typed: &Answers,
) -> Result<(), app::Error> {
    let (case, typed, key) = (CaseId(id), typed.clone(), form.key());
    if visit.shell.early == Early::Draft && step != Step::Name {
        return visit.city.act(&visit.actor, &key, &KeepAnswers { case, version, step, typed }).await;
    }
    visit.city.act(&visit.actor, &key, &SaveAnswers { case, version, step, typed }).await
}

/// Where the applicant goes on: the next page, or the papers after the last one.
fn next(case: &Case, step: Step) -> String {
    let steps = said::steps(case.kind);
    let at = steps.iter().position(|one| *one == step).map_or(0, |at| at + 1);
    match steps.get(at) {
        Some(step) => format!("/apply/{}/{}", case.id.0, said::slug(domain::kernel::Coded::code(*step))),
        None => format!("/apply/{}/papers", case.id.0),
    }
}
