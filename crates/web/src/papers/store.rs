//! My papers: what is there, giving one more, opening one again.

use app::papers::{self, GivePaper};
use app::uploads::{FILE_MIB_MAX, StoredFile};
use app::{Error, RequestKey};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{Coded, Date, PaperId, Refusal, parse_date};
use domain::registry::PaperKind;

use crate::shell::{
    Choice, FieldFault, FileForm, Form, PageError, Path, Shell, Visit, download, fault_at, show, shown, words,
};

/// A paper in the list.
struct Line {
    kind: String,
    title: String,
    name: String,
    given: String,
    until: String,
    href: String,
}

#[derive(Template)]
#[template(path = "papers/store.html")]
struct StorePage<'a> {
    shell: &'a Shell,
    lines: Vec<Line>,
    kinds: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
    file_hint: String,
}

/// GET /me/papers
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    page(&visit, &Form::default(), &[]).await
}

async fn page(visit: &Visit, form: &Form, faults: &[FieldFault]) -> Result<Response, PageError> {
    let held = papers::own(&visit.city, &visit.actor).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let line = |paper: papers::Paper| Line {
        kind: shell.coded(&paper.kind),
        title: paper.title,
        name: paper.name,
        given: shell.moment(&paper.given_at),
        until: paper.valid_until.map_or_else(|| "—".to_owned(), |day| shell.date(&day)),
        href: shell.url(format!("/papers/{}", paper.id.0)),
    };
    let kinds = PaperKind::ALL.iter();
    let kinds = kinds
        .map(|kind| Choice::new(kind.code(), words::coded(shell.lang, *kind), form.trimmed("kind")))
        .collect();
    let page = StorePage {
        lines: held.into_iter().map(line).collect(),
        kinds,
        form,
        faults,
        file_hint: shell.tx("paper-file-hint", FILE_MIB_MAX),
        shell,
    };
    let mut answer = show(&page)?;
    if !faults.is_empty() {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

/// POST /me/papers
pub async fn create(visit: Visit, typed: FileForm) -> Result<Response, PageError> {
    match try_give(&visit, &typed).await {
        Ok(_) => Ok(visit.done("/me/papers", "paper-given")),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, &typed.form, &faults).await
        }
    }
}

async fn try_give(visit: &Visit, typed: &FileForm) -> Result<PaperId, Error> {
    let form = &typed.form;
    let mut faults = Vec::new();
    let kind = PaperKind::from_code(form.trimmed("kind"));
    if kind.is_none() {
        faults.push(Refusal::new("paper.kind-missing", "B11").at("kind"));
    }
    let until = valid_until(form).map_err(|refusal| faults.push(refusal)).unwrap_or(None);
    let file = typed.files.iter().find(|file| file.field == "file");
    let file = file.ok_or_else(|| Refusal::new("paper.file-missing", "B11").at("file"));
    let file = match file {
        Ok(file) => StoredFile::store(&visit.city, "B11", &file.name, &file.bytes),
        Err(refusal) => Err(Error::Invalid(vec![refusal])),
    };
    let (Some(kind), Ok(file), true) = (kind, &file, faults.is_empty()) else {
        if let Err(Error::Invalid(more)) = file {
            faults.extend(more);
        }
        return Err(Error::Invalid(faults));
    };
    let give = GivePaper {
        kind,
        title: form.text("title").to_owned(),
        file: file.clone(),
        valid_until: until,
        on_behalf_of: None,
    };
    let key: RequestKey = form.key();
    visit.city.act(&visit.actor, &key, &give).await
}

/// The last day, when one was typed.
fn valid_until(form: &Form) -> Result<Option<Date>, Refusal> {
    match form.trimmed("valid_until") {
        "" => Ok(None),
        typed => parse_date(typed).map(Some).map_err(|refusal| refusal.at("valid_until")),
    }
}

/// GET /papers/{id}/view: a paper in the browser, also within a page of ours; as a download when browsers have
/// nothing for its kind.
pub async fn view(visit: Visit, Path(id): Path<i64>) -> Result<Response, PageError> {
    let found = papers::open(&visit.city, &visit.actor, PaperId(id)).await;
    let (paper, bytes) = found.map_err(|error| visit.error(error))?;
    Ok(shown(&paper.name, &paper.media_type, bytes))
}

/// GET /papers/{id}: a paper, always as a download.
pub async fn file(visit: Visit, Path(id): Path<i64>) -> Result<Response, PageError> {
    let found = papers::open(&visit.city, &visit.actor, PaperId(id)).await;
    let (paper, bytes) = found.map_err(|error| visit.error(error))?;
    Ok(download(&paper.name, &paper.media_type, bytes))
}
