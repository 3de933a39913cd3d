//! The measures' desk: one purchase lead drafts, another reviews and publishes.

use app::Error;
use app::catalogue::measures::{self, Measures};
use app::catalogue::{DraftMeasures, EditMeasures, MeasuresText, PublishMeasures};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalogue::MeasuresPart;
use domain::kernel::{Coded, Role};

use super::paragraphs;
use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_as, show_faults};

#[derive(Template)]
#[template(path = "catalogue/desk_measures.html")]
struct IndexPage<'a> {
    shell: &'a Shell,
    editions: &'a [Measures],
    may_draft: bool,
}

#[derive(Template)]
#[template(path = "catalogue/desk_measures_form.html")]
struct DraftPage<'a> {
    shell: &'a Shell,
    form: &'a Form,
    /// The version as it stands, so that whoever was overtaken may send again.
    version: String,
    faults: &'a [FieldFault],
    action: String,
    parts: Vec<(&'static str, String)>,
    is_new: bool,
}

#[derive(Template)]
#[template(path = "catalogue/desk_measures_show.html")]
struct ReviewPage<'a> {
    shell: &'a Shell,
    held: &'a Measures,
    chapters: Vec<(String, Vec<&'a str>)>,
    is_author: bool,
    may_publish: bool,
    faults: &'a [FieldFault],
}

/// GET /desk/measures
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let editions = measures::all(&visit.city).await.map_err(|error| visit.error(error))?;
    let is_lead = visit.actor.post.role == Role::PurchaseLead;
    let may_draft = is_lead && editions.iter().all(|held| held.published_at.is_some());
    show(&IndexPage { shell: &visit.shell, editions: &editions, may_draft })
}

fn draft_page(
    visit: &Visit,
    form: &Form,
    (there, version): (&str, Option<i64>),
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let page = DraftPage {
        shell,
        form,
        version: version.map(|version| version.to_string()).unwrap_or_default(),
        faults: &faults,
        action: shell.url(there),
        parts: MeasuresPart::ALL.iter().map(|part| (part.code(), shell.coded(part))).collect(),
        is_new: there == "/desk/measures/new",
    };
    show_as(status, &page)
}

fn typed(form: &Form) -> MeasuresText {
    let text = |name: &str| form.text(name).to_owned();
    MeasuresText {
        title: text("title"),
        document_no: text("document_no"),
        special_body: text("special_body"),
        list: text("list"),
        procedure: text("procedure"),
        performance_standards: text("performance_standards"),
        responsibilities: text("responsibilities"),
    }
}

fn prefilled(text: &MeasuresText) -> Form {
    let mut fields = vec![("title", text.title.clone()), ("document_no", text.document_no.clone())];
    fields.extend(text.parts().map(|(part, text)| (part.code(), text.to_owned())));
    Form::of(fields)
}

/// GET /desk/measures/new: begins with the words of the edition in force.
pub async fn new(visit: Visit) -> Result<Response, PageError> {
    let held =
        measures::in_force(&visit.city, visit.shell.now()).await.map_err(|error| visit.error(error))?;
    let mut text = held.map(|held| held.text()).unwrap_or_default();
    text.document_no.clear();
    draft_page(&visit, &prefilled(&text), ("/desk/measures/new", None), (StatusCode::OK, Vec::new()))
}

/// POST /desk/measures/new
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let command = DraftMeasures { text: typed(&form) };
    match visit.city.act(&visit.actor, &form.key(), &command).await {
        Ok(_) => Ok(visit.done("/desk/measures", "measures-drafted")),
        Err(error) => draft_page(&visit, &form, ("/desk/measures/new", None), visit.mendable(error)?),
    }
}

async fn found(visit: &Visit, edition: i64) -> Result<Measures, PageError> {
    measures::edition(&visit.city, edition).await.map_err(|error| visit.error(error))
}

/// GET /desk/measures/{edition}
pub async fn show_edition(visit: Visit, Path(edition): Path<i64>) -> Result<Response, PageError> {
    let held = found(&visit, edition).await?;
    review_page(&visit, &held, &[])
}

fn review_page(visit: &Visit, held: &Measures, faults: &[FieldFault]) -> Result<Response, PageError> {
    let text = held.text();
    let chapters = text.parts().map(|(part, text)| (visit.shell.coded(&part), paragraphs(text)));
    let is_author = visit.actor.person == Some(held.author_id);
    let is_draft = held.published_at.is_none();
    let page = ReviewPage {
        shell: &visit.shell,
        held,
        chapters: chapters.into(),
        is_author: is_draft && is_author,
        may_publish: is_draft && !is_author && visit.actor.post.role == Role::PurchaseLead,
        faults,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

/// GET /desk/measures/{edition}/edit
pub async fn edit(visit: Visit, Path(edition): Path<i64>) -> Result<Response, PageError> {
    let held = found(&visit, edition).await?;
    if held.published_at.is_some() || visit.actor.person != Some(held.author_id) {
        return Err(visit.error(Error::NotFound));
    }
    let there = format!("/desk/measures/{edition}/edit");
    let form = prefilled(&held.text());
    draft_page(&visit, &form, (&there, Some(held.version)), (StatusCode::OK, Vec::new()))
}

/// POST /desk/measures/{edition}/edit
pub async fn update(visit: Visit, Path(edition): Path<i64>, form: Form) -> Result<Response, PageError> {
    let held = found(&visit, edition).await?;
    let version = form.number("version").unwrap_or_default();
    let command = EditMeasures { measures: held.id, version, text: typed(&form) };
    match visit.city.act(&visit.actor, &form.key(), &command).await {
        Ok(()) => {
            Ok(visit.saved(&format!("/desk/measures/{edition}"), "measures-drafted", Some(version + 1)))
        }
        Err(error) => {
            let there = format!("/desk/measures/{edition}/edit");
            draft_page(&visit, &form, (&there, Some(held.version)), visit.mendable(error)?)
        }
    }
}

/// POST /desk/measures/{edition}/publication
pub async fn publish(visit: Visit, Path(edition): Path<i64>, form: Form) -> Result<Response, PageError> {
    let held = found(&visit, edition).await?;
    let version = form.number("version").unwrap_or_default();
    let command = PublishMeasures { measures: held.id, version };
    match visit.city.act(&visit.actor, &form.key(), &command).await {
        Ok(()) => Ok(visit.done(&format!("/desk/measures/{edition}"), "measures-published")),
        Err(error) => review_page(&visit, &held, &visit.faults(error)?),
    }
}
