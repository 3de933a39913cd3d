//! The papers of a case: chosen from the store, or given on the spot; a paper is given once (B11).

use app::papers::{self, GivePaper, Paper};
use app::registry::registration::{AttachPaper, Case, DetachPaper, checks};
use app::uploads::{FILE_MIB_MAX, StoredFile};
use app::{Error, RequestKey};
use askama::Template;
use axum::response::Response;
use domain::kernel::{CaseId, Coded, PaperId, Refusal};
use domain::registry::PaperKind;
use domain::registry::registration::file;

use super::own;
use crate::shell::{
    Choice, FieldFault, FileForm, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults, words,
};

/// A paper with its link.
struct Line {
    id: i64,
    kind: String,
    name: String,
    title: String,
    href: String,
}

/// A kind that the facts ask for.
struct Need {
    kind: String,
    is_there: bool,
}

#[derive(Template)]
#[template(path = "registry/registration/papers.html")]
struct PapersPage<'a> {
    shell: &'a Shell,
    case: &'a Case,
    needs: Vec<Need>,
    /// What need not be handed in beside a practice licence; empty for a full file.
    spared: String,
    used: Vec<Line>,
    store: Vec<Line>,
    kinds: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
    file_hint: String,
    action: String,
    back: String,
    next: String,
}

/// GET /apply/{case}/papers
pub async fn index(visit: Visit, Path(id): Path<i64>) -> Result<Response, PageError> {
    let case = editable(&visit, id).await?;
    page(&visit, &case, &Form::default(), &[]).await
}

async fn editable(visit: &Visit, id: i64) -> Result<Case, PageError> {
    let case = own(visit, id).await?;
    if case.state.is_editable() { Ok(case) } else { Err(visit.error(Error::NotFound)) }
}

async fn page(visit: &Visit, case: &Case, form: &Form, faults: &[FieldFault]) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let failed = |error| visit.error(error);
    let used = papers::of(city, case.subject()).await.map_err(failed)?;
    let store = papers::of_person(city, case.applicant_id).await.map_err(failed)?;
    let checked = checks::of(city, case).await.map_err(failed)?;
    let need = |kind: &PaperKind| Need {
        kind: words::coded(shell.lang, *kind),
        is_there: !checked.missing.contains(kind),
    };
    let first_missing = checked.missing.first().map_or("", |kind| kind.code());
    let chosen = if form.trimmed("kind").is_empty() { first_missing } else { form.trimmed("kind") };
    let is_unused = |paper: &&Paper| used.iter().all(|one| one.id != paper.id);
    let page = PapersPage {
        shell,
        needs: checked.needed.iter().map(need).collect(),
        spared: spared(visit, case, &checked),
        store: store.iter().filter(is_unused).map(|paper| line(shell, paper)).collect(),
        used: used.iter().map(|paper| line(shell, paper)).collect(),
        kinds: PaperKind::ALL
            .iter()
            .map(|kind| Choice::new(kind.code(), words::coded(shell.lang, *kind), chosen))
            .collect(),
        form,
        faults,
        file_hint: shell.tx("paper-file-hint", FILE_MIB_MAX),
        action: shell.url(format!("/apply/{}/papers", case.id.0)),
        back: shell.url(format!("/apply/{}", case.id.0)),
        next: shell.url(format!("/apply/{}/check", case.id.0)),
        case,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

/// The papers that a practice licence stands in for, in words (B12).
fn spared(visit: &Visit, case: &Case, checked: &checks::Checked) -> String {
    let shell = &visit.shell;
    let Some(application) = &checked.application else { return String::new() };
    let kinds = file::spared(application, case.rules(&visit.city, shell.now().date()));
    let named: Vec<String> = kinds.iter().map(|kind| words::coded(shell.lang, *kind)).collect();
    named.join(&shell.t("apply-list-joint"))
}

fn line(shell: &Shell, paper: &Paper) -> Line {
    Line {
        id: paper.id.0,
        kind: words::coded(shell.lang, paper.kind),
        name: paper.name.clone(),
        title: paper.title.clone(),
        href: shell.url(format!("/papers/{}", paper.id.0)),
    }
}

/// POST /apply/{case}/papers: uses one, takes one out, or gives a new one and uses it.
pub async fn update(visit: Visit, Path(id): Path<i64>, typed: FileForm) -> Result<Response, PageError> {
    let case = editable(&visit, id).await?;
    match try_update(&visit, &case, &typed).await {
        Ok(()) => Ok(visit.done(&format!("/apply/{id}/papers"), "case-papers-changed")),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, &case, &typed.form, &faults).await
        }
    }
}

async fn try_update(visit: &Visit, case: &Case, typed: &FileForm) -> Result<(), Error> {
    let (city, form) = (&visit.city, &typed.form);
    let version = form.number("version").unwrap_or(case.version);
    if let Some(paper) = form.number("detach") {
        let act = DetachPaper { case: case.id, version, paper: PaperId(paper) };
        return city.act(&visit.actor, &form.key(), &act).await;
    }
    let paper = match form.number("attach") {
        Some(paper) => PaperId(paper),
        None => give(visit, case, typed).await?,
    };
    let act = AttachPaper { case: CaseId(case.id.0), version, paper };
    city.act(&visit.actor, &RequestKey::None, &act).await
}

async fn give(visit: &Visit, case: &Case, typed: &FileForm) -> Result<PaperId, Error> {
    let form = &typed.form;
    let mut faults = Vec::new();
    let kind = PaperKind::from_code(form.trimmed("kind"));
    if kind.is_none() {
        faults.push(Refusal::new("paper.kind-missing", "B11").at("kind"));
    }
    let file = match typed.files.iter().find(|file| file.field == "file") {
        None => Err(vec![Refusal::new("paper.file-missing", "B11").at("file")]),
        Some(file) => match StoredFile::store(&visit.city, "B11", &file.name, &file.bytes) {
            Err(Error::Invalid(refusals)) => Err(refusals),
            Err(other) => return Err(other),
            Ok(stored) => Ok(stored),
        },
    };
    match (kind, file) {
        (Some(kind), Ok(file)) => {
            let title = form.text("title").to_owned();
            let on_behalf_of = Some(case.applicant_id);
            let give = GivePaper { kind, title, file, valid_until: None, on_behalf_of };
            visit.city.act(&visit.actor, &form.key(), &give).await
        }
        (_, file) => {
            faults.extend(file.err().unwrap_or_default());
            Err(Error::Invalid(faults))
        }
    }
}
