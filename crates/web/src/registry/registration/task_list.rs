//! The case as its applicant sees it: tasks while it is filled in, then where it stands (W3).

use app::registry::registration::{Case, WithdrawCase, checks, read};
use askama::Template;
use axum::response::Response;
use domain::kernel::{CaseId, Coded};
use domain::registry::registration::threshold::profile;
use domain::registry::registration::{Application, Basis, Step, preparation};

use super::words as said;
use super::{desk_case, own};
use crate::documents::list::{self, DocumentLine};
use crate::shell::findings::FindingLine;
use crate::shell::{Form, PageError, Path, Shell, Visit, show, words};

/// A task.
struct Task {
    id: String,
    title: String,
    href: String,
    status: String,
    tone: &'static str,
}

/// Tasks under one heading.
struct Group {
    title: String,
    tasks: Vec<Task>,
}

#[derive(Template)]
#[template(path = "registry/registration/task_list.html")]
struct TaskListPage<'a> {
    shell: &'a Shell,
    case: &'a Case,
    kind: String,
    state: String,
    state_text: String,
    tone: &'static str,
    /// Until the certificate the page says that nothing but preparation is allowed (B15).
    is_preparing: bool,
    groups: Vec<Group>,
    profile: String,
    is_withdrawable: bool,
    assistant: String,
    applicant: String,
    documents: Vec<DocumentLine>,
    defects: Vec<FindingLine>,
    deadlines: Vec<desk_case::DeadlineLine>,
    uscc_href: String,
    receipt_href: String,
    filing: String,
}

/// GET /apply/{case}
pub async fn show_one(visit: Visit, Path(id): Path<i64>) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let case = own(&visit, id).await?;
    let hanging = read::hanging(&visit.city, &case).await.map_err(|error| visit.error(error))?;
    let answers = case.answers();
    let basis = Basis::from_code(answers.text("basis"));
    let may_withdraw =
        domain::registry::registration::CaseAct::Withdraw.from(case.state, case.is_corrected).is_ok()
            && visit.shell.is_role("applicant");
    let groups = if case.state.is_editable() { groups(&visit, &case).await? } else { Vec::new() };
    let state_key = format!("case-state-{}-text", said::slug(case.state.code()));
    show(&TaskListPage {
        shell,
        kind: words::coded(shell.lang, case.kind),
        state: words::coded(shell.lang, case.state),
        state_text: shell.t(&state_key),
        tone: said::tone(case.state),
        is_preparing: preparation::is_preparing(case.state),
        groups,
        profile: basis
            .map(|basis| shell.t(&format!("profile-{}-text", said::slug(profile(case.kind, basis).code()))))
            .unwrap_or_default(),
        is_withdrawable: may_withdraw,
        filing: hanging.filing,
        assistant: hanging.assistant,
        applicant: hanging.applicant,
        defects: desk_case::defects(&visit, &case).await?,
        documents: list::lines(&visit, case.subject()).await?,
        deadlines: desk_case::deadline_lines(&visit, case.subject()).await?,
        uscc_href: if hanging.uscc.is_empty() {
            String::new()
        } else {
            shell.url(format!("/orgs/{}", hanging.uscc))
        },
        receipt_href: match case.number {
            Some(_) => shell.url(format!("/apply/{id}/receipt")),
            None => String::new(),
        },
        case: &case,
    })
}

/// The tasks in four groups: the name, the answers, the papers, the sending in.
async fn groups(visit: &Visit, case: &Case) -> Result<Vec<Group>, PageError> {
    let shell = &visit.shell;
    let answers = case.answers();
    let task = |step: Step| {
        let is_done = answers.is_done(step, case.kind);
        let is_begun = step.fields().iter().any(|field| !answers.text(field).is_empty());
        let (status, tone) = match (is_done, is_begun) {
            (true, _) => (shell.t("task-done"), ""),
            (false, true) => (shell.t("task-begun"), "wait"),
            (false, false) => (shell.t("task-open"), "live"),
        };
        let slug = said::slug(step.code());
        Task {
            title: words::coded(shell.lang, step),
            href: shell.url(format!("/apply/{}/{slug}", case.id.0)),
            id: slug,
            status,
            tone,
        }
    };
    let (name, rest): (Vec<Step>, Vec<Step>) =
        said::steps(case.kind).into_iter().partition(|step| *step == Step::Name);
    let checked = checks::of(&visit.city, case).await.map_err(|error| visit.error(error))?;
    let is_read = Application::read(case.kind, &answers).is_ok();
    let (papers, papers_tone) = match (is_read, checked.missing.is_empty()) {
        (true, true) => (shell.t("task-done"), ""),
        (true, false) => (shell.tn("task-papers-missing", count(checked.missing.len())), "wait"),
        (false, _) => (shell.t("task-open"), "live"),
    };
    let is_ready = checked.obstacles().is_empty();
    let (ready, ready_tone) =
        if is_ready { (shell.t("task-ready"), "ok") } else { (shell.t("task-not-yet"), "") };
    let one = |id: &str, title: &str, status: String, tone| Task {
        id: id.to_owned(),
        title: shell.t(title),
        href: shell.url(format!("/apply/{}/{id}", case.id.0)),
        status,
        tone,
    };
    Ok(vec![
        Group { title: shell.t("task-group-name"), tasks: name.into_iter().map(task).collect() },
        Group { title: shell.t("task-group-facts"), tasks: rest.into_iter().map(task).collect() },
        Group {
            title: shell.t("task-group-papers"),
            tasks: vec![one("papers", "task-papers", papers, papers_tone)],
        },
        Group {
            title: shell.t("task-group-send"),
            tasks: vec![one("check", "task-send", ready, ready_tone)],
        },
    ])
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// POST /apply/{case}/withdrawal
pub async fn withdraw(visit: Visit, Path(id): Path<i64>, form: Form) -> Result<Response, PageError> {
    let case = own(&visit, id).await?;
    let version = form.number("version").unwrap_or(case.version);
    let act = WithdrawCase { case: CaseId(id), version };
    let done = visit.city.act(&visit.actor, &form.key(), &act).await;
    done.map_err(|error| visit.error(error))?;
    Ok(visit.done(&format!("/apply/{id}"), "case-withdrawn"))
}
