//! Everything once more, what still stands in the way, and the sending in (W3, B9).

use app::papers;
use app::registry::registration::{Case, SubmitCase, checks};
use askama::Template;
use axum::response::Response;
use domain::kernel::{CaseId, Coded, Refusal};
use domain::registry::registration::{Step, threshold};

use super::own;
use super::words as said;
use crate::shell::findings::FindingLine;
use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, show, show_faults, words};

/// One page of answers.
struct Answered {
    title: String,
    href: String,
    rows: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "registry/registration/check.html")]
struct CheckPage<'a> {
    shell: &'a Shell,
    case: &'a Case,
    pages: Vec<Answered>,
    papers: Vec<String>,
    obstacles: Vec<FieldFault>,
    findings: Vec<FindingLine>,
    faults: &'a [FieldFault],
    is_ready: bool,
    name_href: String,
    action: String,
    back: String,
    papers_href: String,
}

/// GET /apply/{case}/check
pub async fn new(visit: Visit, Path(id): Path<i64>) -> Result<Response, PageError> {
    let case = editable(&visit, id).await?;
    page(&visit, &case, &[]).await
}

async fn editable(visit: &Visit, id: i64) -> Result<Case, PageError> {
    let case = own(visit, id).await?;
    if case.state.is_editable() { Ok(case) } else { Err(visit.error(app::Error::NotFound)) }
}

async fn page(visit: &Visit, case: &Case, faults: &[FieldFault]) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let answers = case.answers();
    let checked = checks::of(city, case).await.map_err(|error| visit.error(error))?;
    let held = papers::of(city, case.subject()).await.map_err(|error| visit.error(error))?;
    let answered = |step: &Step| Answered {
        title: words::coded(shell.lang, *step),
        href: shell.url(format!("/apply/{}/{}", case.id.0, said::slug(step.code()))),
        rows: step
            .fields()
            .iter()
            .filter(|name| Step::asks(case.kind, name))
            .map(|name| {
                (shell.t(&format!("apply-{}", said::slug(name))), said::answer(shell, name, &answers))
            })
            .collect(),
    };
    let obstacles: Vec<FieldFault> =
        checked.faults.iter().map(|refusal| at_page(visit, case, refusal)).collect();
    let shown: Vec<_> = checked
        .findings
        .iter()
        .filter(|finding| finding.level != domain::kernel::Level::Met)
        .cloned()
        .collect();
    let page = CheckPage {
        shell,
        pages: said::steps(case.kind).iter().map(answered).collect(),
        papers: held
            .iter()
            .map(|paper| format!("{} {}", words::coded(shell.lang, paper.kind), paper.name))
            .collect(),
        obstacles,
        findings: said::lines(shell, &shown),
        faults,
        is_ready: checked.faults.is_empty() && !checked.findings.iter().any(threshold::stops_submission),
        name_href: if checked.findings.iter().any(|finding| finding.code == "name.near") {
            shell.url(format!("/apply/{}/name#name_reason", case.id.0))
        } else {
            String::new()
        },
        action: shell.url(format!("/apply/{}/check", case.id.0)),
        back: shell.url(format!("/apply/{}", case.id.0)),
        papers_href: shell.url(format!("/apply/{}/papers", case.id.0)),
        case,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

/// A missing answer with the page on which it is given.
fn at_page(visit: &Visit, case: &Case, refusal: &Refusal) -> FieldFault {
    let shell = &visit.shell;
    let field = refusal.field.as_deref().unwrap_or_default();
    let step = Step::ALL.iter().find(|step| step.fields().contains(&field));
    let href = step.map_or_else(String::new, |step| {
        shell.url(format!("/apply/{}/{}#{field}", case.id.0, said::slug(step.code())))
    });
    let label = shell.t(&format!("apply-{}", said::slug(field)));
    FieldFault::new(href, shell.txy("case-obstacle", label, shell.refusal(refusal)))
}

/// POST /apply/{case}/check
pub async fn create(visit: Visit, Path(id): Path<i64>, form: Form) -> Result<Response, PageError> {
    let case = editable(&visit, id).await?;
    let version = form.number("version").unwrap_or(case.version);
    let submit = SubmitCase { case: CaseId(id), version };
    match visit.city.act(&visit.actor, &form.key(), &submit).await {
        Ok(_) => Ok(visit.done(&format!("/apply/{id}/receipt"), "case-submitted")),
        Err(error) => page(&visit, &case, &summary(&visit, visit.faults(error)?)).await,
    }
}

/// What the summary says: each condition that bars, and in one line that answers are missing, which the page
/// lists with the way to each.
fn summary(visit: &Visit, told: Vec<FieldFault>) -> Vec<FieldFault> {
    let is_answer =
        |fault: &FieldFault| Step::ALL.iter().any(|step| step.fields().contains(&fault.field.as_str()));
    let (answers, bars): (Vec<_>, Vec<_>) = told.into_iter().partition(is_answer);
    let missing = answers.first().map(|_| FieldFault::new("obstacles", visit.shell.t("case-not-ready")));
    missing.into_iter().chain(bars.into_iter().map(|fault| fault.at("obstacles"))).collect()
}
