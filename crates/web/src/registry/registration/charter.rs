//! The charter checklist: an officer says of every item of the law's list whether the draft charter has it (B11, B2).

use app::papers;
use app::registry::registration::charter::{self as held, HeldMark};
use app::registry::registration::{Case, CheckCharter, read};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use domain::kernel::Coded;
use domain::registry::PaperKind;
use domain::registry::registration::charter::{CharterItem, Mark, items, lacking};
use domain::registry::registration::{CaseAct, CaseState};

use crate::shell::{
    Choice, FieldFault, Form, PageError, Shell, Visit, fault_at, named, show, show_faults, words,
};

/// One item of the list, to be answered.
struct ItemField {
    name: String,
    label: String,
    article: String,
    choices: Vec<Choice>,
    error: String,
    note_name: String,
    note_label: String,
    note: String,
    note_error: String,
}

/// What the checklist of a case says, in short.
pub struct CharterState {
    pub(crate) state: String,
    pub(crate) tone: &'static str,
    /// Who compared, and when; empty before that.
    pub(crate) said: String,
    pub(crate) lacks: Vec<String>,
}

impl CharterState {
    /// As it stands now.
    ///
    /// # Errors
    /// The database failed, as a page.
    pub(super) async fn of(visit: &Visit, case: &Case) -> Result<Self, PageError> {
        let shell = &visit.shell;
        let marks = held::of(&visit.city, case).await.map_err(|error| visit.error(error))?;
        let (state, tone) = match (case.charter_missing, marks.is_empty()) {
            (Some(0), _) => ("charter-state-whole", "ok"),
            (Some(_), _) => ("charter-state-lacks", "stop"),
            (None, false) => ("charter-state-anew", "wait"),
            (None, true) => ("charter-state-open", "wait"),
        };
        let last = marks.iter().max_by_key(|one| one.checked_at);
        Ok(Self {
            state: shell.t(state),
            tone,
            said: last.map_or_else(String::new, |one| {
                shell.txy("charter-said", &one.by, shell.moment(&one.checked_at))
            }),
            lacks: lack_lines(shell, &marks),
        })
    }
}

/// Each item that the charter lacks, in words.
fn lack_lines(shell: &Shell, marks: &[HeldMark]) -> Vec<String> {
    let marks: Vec<Mark> = marks.iter().map(HeldMark::mark).collect();
    let line = |mark: &&Mark| {
        let label = words::coded(shell.lang, mark.item);
        if mark.note.is_empty() { label } else { shell.txy("charter-lack", label, &mark.note) }
    };
    lacking(&marks).iter().map(line).collect()
}

/// What the correction notice says of the charter, before the officer changes it: each item that it lacks. Empty for
/// any other act, and where nothing is lacking.
pub(super) async fn defect_text(visit: &Visit, case: &Case, act: CaseAct) -> Result<String, PageError> {
    let is_open =
        case.state == CaseState::Submitted && case.charter_missing.is_some_and(|missing| missing > 0);
    if act != CaseAct::RequestCorrection || !is_open {
        return Ok(String::new());
    }
    let marks = held::of(&visit.city, case).await.map_err(|error| visit.error(error))?;
    let lines = lack_lines(&visit.shell, &marks).join(&visit.shell.t("charter-lack-joint"));
    Ok(visit.shell.tx("charter-defect", lines))
}

#[derive(Template)]
#[template(path = "registry/registration/charter.html")]
struct CharterPage<'a> {
    shell: &'a Shell,
    case: &'a Case,
    number: &'a str,
    title: String,
    state: CharterState,
    papers: Vec<(String, String)>,
    items: Vec<ItemField>,
    adds_b2: bool,
    summary: Vec<FieldFault>,
    back: String,
}

/// GET /desk/cases/{no}/charter
pub async fn new(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let case = case_of(&visit, &number).await?;
    let empty = CheckCharter { case: case.id, version: case.version, marks: Vec::new() };
    let asking = visit.rehearsing();
    let rehearsed = visit.city.act(&asking.actor, &app::RequestKey::None, &empty).await;
    visit.expect_possible(rehearsed, &format!("/desk/cases/{number}"))?;
    let marks = held::of(&visit.city, &case).await.map_err(|error| visit.error(error))?;
    let pairs = marks.iter().flat_map(|one| {
        let answer = if one.is_there { "yes" } else { "no" };
        [(one.item.field(), answer.to_owned()), (one.item.note_field(), one.note.clone())]
    });
    page(&visit, &case, &number, &Form::of(pairs), &[]).await
}

async fn case_of(visit: &Visit, number: &str) -> Result<Case, PageError> {
    read::on_desk(&visit.city, number).await.map_err(|error| visit.error(error))
}

async fn page(
    visit: &Visit,
    case: &Case,
    number: &str,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let list = items(case.kind);
    let papers = papers::of(&visit.city, case.subject()).await.map_err(|error| visit.error(error))?;
    let charters = papers.into_iter().filter(|paper| paper.kind == PaperKind::Charter);
    let label = |field: &str| {
        let item = list.iter().find(|item| item.note_field() == field)?;
        Some(note_label(shell, *item))
    };
    let page = CharterPage {
        shell,
        case,
        number,
        title: words::coded(shell.lang, CaseAct::CheckCharter),
        state: CharterState::of(visit, case).await?,
        papers: charters.map(|paper| (paper.name, shell.url(format!("/papers/{}", paper.id.0)))).collect(),
        items: list.iter().map(|item| item_field(shell, case, *item, form, faults)).collect(),
        adds_b2: list.iter().any(|item| item.rule() == "B2"),
        summary: named(shell, faults, label),
        back: shell.url(format!("/desk/cases/{number}")),
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

fn note_label(shell: &Shell, item: CharterItem) -> String {
    shell.tx("charter-note", words::coded(shell.lang, item))
}

fn item_field(
    shell: &Shell,
    case: &Case,
    item: CharterItem,
    form: &Form,
    faults: &[FieldFault],
) -> ItemField {
    let (name, note_name) = (item.field(), item.note_field());
    let choices = [("yes", "charter-there"), ("no", "charter-lacking")]
        .map(|(code, key)| Choice::new(code, shell.t(key), form.trimmed(&name)));
    ItemField {
        label: words::coded(shell.lang, item),
        article: article(shell, case, item),
        choices: choices.into(),
        error: fault_at(faults, &name).to_owned(),
        note_label: note_label(shell, item),
        note: form.text(&note_name).to_owned(),
        note_error: fault_at(faults, &note_name).to_owned(),
        name,
        note_name,
    }
}

/// The clause of the law that asks for the item.
fn article(shell: &Shell, case: &Case, item: CharterItem) -> String {
    match item {
        CharterItem::NoDistribution => shell.t("charter-article-no-distribution"),
        CharterItem::PublicBenefit => shell.t("charter-article-public-benefit"),
        _ => {
            let place = items(case.kind).iter().position(|one| *one == item).map_or(0, |at| at + 1);
            shell.tx(&format!("charter-article-{}", case.kind.code().replace('_', "-")), place)
        }
    }
}

/// POST /desk/cases/{no}/charter
pub async fn create(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let case = case_of(&visit, &number).await?;
    let mark = |item: &CharterItem| {
        let is_there = match form.trimmed(&item.field()) {
            "yes" => true,
            "no" => false,
            _ => return None,
        };
        Some(Mark { item: *item, is_there, note: form.text(&item.note_field()).to_owned() })
    };
    let act = CheckCharter {
        case: case.id,
        version: form.number("version").unwrap_or(case.version),
        marks: items(case.kind).iter().filter_map(mark).collect(),
    };
    match visit.city.act(&visit.actor, &form.key(), &act).await {
        Ok(()) => Ok(visit.done(&format!("/desk/cases/{number}"), "charter-checked")),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, &case, &number, &form, &faults).await
        }
    }
}
