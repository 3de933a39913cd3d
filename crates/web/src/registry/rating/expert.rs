//! The expert's own tasks and the score sheet of a visit (W8): heads with their items, saved as typed, locked
//! for good, and the opinion that all sheets together make.

use app::Error;
use app::registry::rating::own::{self, OwnSheet, OwnTask};
use app::registry::rating::read;
use app::registry::rating::sheet::{GiveOpinion, LockSheet, MarkEntry, SaveSheet, remark_field};
use app::registry::rating::visit::RecuseVisitor;
use askama::Template;
use axum::response::Response;
use domain::kernel::{Fen, Moment, PaperId, Refusal};
use domain::registry::rating::RatingStage;
use domain::registry::rating::sheet::field;

use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, download, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "registry/rating/tasks.html")]
struct TasksPage<'a> {
    shell: &'a Shell,
    visits: &'a [OwnTask],
    sittings: &'a [OwnTask],
}

/// GET /rating
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let visits = own::visits(&visit.city, &visit.actor).await.map_err(|error| visit.error(error))?;
    let sittings = own::sittings(&visit.city, &visit.actor).await.map_err(|error| visit.error(error))?;
    show(&TasksPage { shell: &visit.shell, visits: &visits, sittings: &sittings })
}

/// An item of the sheet.
struct Row {
    name: String,
    most: i64,
    field: String,
    points: String,
    remark_field: String,
    remark: String,
    error: String,
}

/// A head with its items.
struct Part {
    name: String,
    most: i64,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "registry/rating/sheet.html")]
struct SheetPage<'a> {
    shell: &'a Shell,
    sheet: &'a OwnSheet,
    parts: Vec<Part>,
    papers: Vec<(String, String)>,
    recusal: String,
    most: i64,
    total: i64,
    saved_at: Option<Moment>,
    is_open: bool,
    may_opine: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /rating/visits/{no}
pub async fn show_sheet(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, &Form::default(), &[]).await
}

async fn page(
    visit: &Visit,
    number: &str,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let sheet = own::sheet(&visit.city, &visit.actor, number).await.map_err(|error| visit.error(error))?;
    let papers = read::papers_of(&visit.city, &sheet.case).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let paper = |paper: &app::papers::Paper| {
        let title = format!("{} · {}", shell.coded(&paper.kind), paper.name);
        (title, shell.url(format!("/rating/papers/{number}/{}", paper.id.0)))
    };
    let is_visiting = sheet.case.stage == RatingStage::Visiting;
    let page = SheetPage {
        parts: parts(shell, &sheet, form, faults),
        papers: papers.iter().map(paper).collect(),
        recusal: super::recusal_rule(visit, &sheet.case),
        most: sheet.items.iter().map(|item| item.most).sum(),
        total: sheet.total(),
        saved_at: sheet.saved_at(),
        is_open: is_visiting && sheet.locked_at.is_none(),
        may_opine: is_visiting && sheet.locked_at.is_some(),
        sheet: &sheet,
        form,
        faults,
        shell,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

fn parts(shell: &Shell, sheet: &OwnSheet, form: &Form, faults: &[FieldFault]) -> Vec<Part> {
    let heads = sheet.case.scheme().heads();
    let part = |head: &domain::registry::rating::Head| {
        let items = sheet.items.iter().filter(|item| item.head == *head);
        let rows = items.clone().map(|item| {
            let (field, remark_field) = (field(&item.code), remark_field(&item.code));
            let mark = sheet.marks.iter().find(|mark| mark.item == item.code);
            let is_typed = form.is_ticked(&field);
            let points =
                mark.and_then(|mark| mark.points).map_or_else(String::new, |held| shell.points(&held));
            let remark = mark.map_or_else(String::new, |mark| mark.remark.clone());
            let typed = |name: &str, kept: String| if is_typed { form.text(name).to_owned() } else { kept };
            Row {
                name: if shell.is_english() { item.title_en.clone() } else { item.title_zh.clone() },
                most: item.most,
                points: typed(&field, points),
                remark: typed(&remark_field, remark),
                error: fault_at(faults, &field).to_owned(),
                field,
                remark_field,
            }
        });
        Part {
            name: shell.coded(head),
            most: items.clone().map(|item| item.most).sum(),
            rows: rows.collect(),
        }
    };
    heads.iter().map(part).collect()
}

/// POST /rating/visits/{no}: `act` is save, lock, opine or recuse.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    match perform(&visit, &number, &form).await {
        Ok("rating-own-recused") => Ok(visit.done("/rating", "rating-own-recused")),
        Ok(done) => Ok(visit.done(&format!("/rating/visits/{number}"), done)),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, &number, &form, &faults).await
        }
    }
}

async fn perform(visit: &Visit, number: &str, form: &Form) -> Result<&'static str, Error> {
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    let sheet = own::sheet(city, actor, number).await?;
    let case = sheet.case.id;
    match form.text("act") {
        "opine" => {
            let text = form.text("opinion").to_owned();
            return city.act(actor, &key, &GiveOpinion { case, text }).await.map(|()| "rating-opined");
        }
        "recuse" => {
            let reason = form.text("reason").to_owned();
            let recuse = RecuseVisitor { case, expert: sheet.expert, reason };
            return city.act(actor, &key, &recuse).await.map(|()| "rating-own-recused");
        }
        _ => {}
    }
    let entries = entries(&sheet, form).map_err(Error::Invalid)?;
    // What was typed is saved first, so that nothing is lost when locking finds a gap.
    city.act(actor, &key, &SaveSheet { case, entries }).await?;
    if form.text("act") != "lock" {
        return Ok("rating-saved");
    }
    city.act(actor, &app::RequestKey::None, &LockSheet { case }).await?;
    Ok("rating-locked")
}

fn entries(sheet: &OwnSheet, form: &Form) -> Result<Vec<MarkEntry>, Vec<Refusal>> {
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    for item in &sheet.items {
        let field = field(&item.code);
        // Points are typed like money: at most two decimals, read as whole hundredths.
        let points = match form.trimmed(&field) {
            "" => None,
            typed => match Fen::parse_yuan(typed) {
                Ok(hundredths) => Some(hundredths.0),
                Err(_) => {
                    faults.push(Refusal::new("rating.points-unreadable", "B34").at(field));
                    None
                }
            },
        };
        let remark = form.text(&remark_field(&item.code)).to_owned();
        entries.push(MarkEntry { item: item.code.clone(), points, remark });
    }
    if faults.is_empty() { Ok(entries) } else { Err(faults) }
}

/// GET /rating/papers/{no}/{id}: a paper of the rating, always as a download.
pub async fn paper(visit: Visit, Path((number, id)): Path<(String, i64)>) -> Result<Response, PageError> {
    let found = read::paper(&visit.city, &visit.actor, &number, PaperId(id)).await;
    let (paper, bytes) = found.map_err(|error| visit.error(error))?;
    Ok(download(&paper.name, &paper.media_type, bytes))
}
