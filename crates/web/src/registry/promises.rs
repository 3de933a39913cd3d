//! The register of public promises (S19): ten slots, five named, each with a measure that opens to its cases.

use app::registry::promises::{self, Kept};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, Role};
use domain::registry::promise::{Promise, SLOTS};

use super::registration::words::tone;
use crate::shell::{PageError, Path, Shell, Visit, show};

/// A slot of the register.
struct Slot {
    number: usize,
    title: String,
    measure: String,
    share: String,
    rule: String,
    href: String,
}

#[derive(Template)]
#[template(path = "registry/promises.html")]
struct PromisesPage<'a> {
    shell: &'a Shell,
    slots: Vec<Slot>,
}

struct Line {
    name: String,
    href: String,
    number: String,
    /// The case on the desk, for who works on cases or watches over them; empty for all others.
    case_href: String,
    state: String,
    tone: &'static str,
    days: String,
    decided: String,
    is_kept: bool,
}

#[derive(Template)]
#[template(path = "registry/promise.html")]
struct PromisePage<'a> {
    shell: &'a Shell,
    title: String,
    measure: String,
    lines: Vec<Line>,
}

/// GET /promises
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let kept = promises::all(&visit.city).await.map_err(|error| visit.error(error))?;
    let slots = (0..SLOTS).map(|at| slot(shell, at + 1, kept.get(at))).collect();
    show(&PromisesPage { shell, slots })
}

fn slot(shell: &Shell, number: usize, kept: Option<&Kept>) -> Slot {
    let Some(kept) = kept else {
        let empty = String::new;
        let title = shell.t("promise-empty");
        return Slot { number, title, measure: empty(), share: empty(), rule: empty(), href: empty() };
    };
    Slot {
        number,
        title: shell.coded(&kept.promise),
        measure: shell.t(&format!("promise-measure-{}", key(kept.promise))),
        share: shell.txy("promise-share", kept.kept, kept.about),
        rule: kept.promise.rule().to_owned(),
        href: shell.url(format!("/promises/{}", key(kept.promise))),
    }
}

fn key(promise: Promise) -> String {
    promise.code().replace('_', "-")
}

/// GET /promises/{key}
pub async fn show_one(visit: Visit, Path(name): Path<String>) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let promise =
        Promise::from_code(&name.replace('-', "_")).ok_or_else(|| visit.error(app::Error::NotFound))?;
    let rows = promises::rows(&visit.city, promise).await.map_err(|error| visit.error(error))?;
    let role = visit.actor.post.role;
    let reads_cases = matches!(role, Role::ApprovalOfficer | Role::ApprovalDirector | Role::Supervisor);
    let line = |row: promises::Row| Line {
        case_href: match reads_cases && !row.number.is_empty() {
            true => shell.url(format!("/desk/cases/{}", row.number)),
            false => String::new(),
        },
        number: row.number,
        state: shell.coded(&row.state),
        tone: tone(row.state),
        days: row.days.map_or_else(|| "—".to_owned(), |(used, limit)| shell.txy("promise-days", used, limit)),
        href: row.uscc.map(|code| shell.url(format!("/orgs/{code}"))).unwrap_or_default(),
        name: row.name,
        decided: shell.date(&row.decided_on),
        is_kept: row.is_kept,
    };
    show(&PromisePage {
        title: shell.coded(&promise),
        measure: shell.t(&format!("promise-measure-{}", key(promise))),
        lines: rows.into_iter().map(line).collect(),
        shell,
    })
}
