//! The charter checklist: an officer says of every item of the law's list whether the draft charter has it (B11, B2).

use app::papers;
use app::registry::registration::charter::{self as held, Charter, HeldMark};
use app::registry::registration::{Case, CheckCharter, read};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, Subject};
use domain::registry::registration::charter::{CharterItem, Mark, items, lacking};
use domain::registry::registration::{CaseAct, CaseState};
use domain::registry::{OrganisationKind, PaperKind};

use crate::papers::pane::Pane;
use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, named, show, show_faults, words,
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
    is_checked: bool,
    pub(crate) state: String,
    pub(crate) tone: &'static str,
    /// Who compared, and when; empty before that.
    pub(crate) said: String,
    pub(crate) lacks: Vec<String>,
}

impl CharterState {
    /// As it stands now; `is_checked` says whether the marks are of this very charter.
    pub(in crate::registry) fn of(shell: &Shell, marks: &[HeldMark], is_checked: bool) -> Self {
        let lacks = lack_lines(shell, marks);
        let (state, tone) = match (is_checked, marks.is_empty()) {
            (true, _) if lacks.is_empty() => ("charter-state-whole", "ok"),
            (true, _) => ("charter-state-lacks", "stop"),
            (false, false) => ("charter-state-anew", "wait"),
            (false, true) => ("charter-state-open", "wait"),
        };
        let last = marks.iter().max_by_key(|one| one.checked_at);
        Self {
            is_checked,
            state: shell.t(state),
            tone,
            said: last.map_or_else(String::new, |one| {
                shell.txy("charter-said", &one.by, shell.moment(&one.checked_at))
            }),
            lacks,
        }
    }

    /// Whether the charter was compared with the list.
    pub(in crate::registry) fn is_checked(&self) -> bool {
        self.is_checked
    }
}

/// The state of a case's checklist.
///
/// # Errors
/// The database failed, as a page.
pub(super) async fn state(visit: &Visit, case: &Case) -> Result<CharterState, PageError> {
    let marks = marks(visit, case).await?;
    Ok(CharterState::of(&visit.shell, &marks, case.charter_missing.is_some()))
}

async fn marks(visit: &Visit, case: &Case) -> Result<Vec<HeldMark>, PageError> {
    let found = held::of(&visit.city, case.kind, Charter::Draft(case.id)).await;
    found.map_err(|error| visit.error(error))
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
    let lines =
        lack_lines(&visit.shell, &marks(visit, case).await?).join(&visit.shell.t("charter-lack-joint"));
    Ok(visit.shell.tx("charter-defect", lines))
}

/// The page of one charter.
pub(in crate::registry) struct Sheet {
    /// What kind of organisation it is of.
    pub(in crate::registry) kind: OrganisationKind,
    /// Its name.
    pub(in crate::registry) name: String,
    /// What the list is called that leads here, and where it is.
    pub(in crate::registry) list: (String, String),
    /// The number of the case, and its page.
    pub(in crate::registry) case: (String, String),
    /// The version that the officer sees; nothing where the act asks for none.
    pub(in crate::registry) version: Option<i64>,
    /// What was found before.
    pub(in crate::registry) marks: Vec<HeldMark>,
    /// Whether that is of this very charter.
    pub(in crate::registry) is_checked: bool,
    /// Where its papers hang.
    pub(in crate::registry) subject: Subject,
    /// The address of the page, without a language.
    pub(in crate::registry) path: String,
}

#[derive(Template)]
#[template(path = "registry/registration/charter.html")]
struct CharterPage<'a> {
    shell: &'a Shell,
    sheet: &'a Sheet,
    title: String,
    state: CharterState,
    papers: Pane<'a>,
    items: Vec<ItemField>,
    adds_b2: bool,
    summary: Vec<FieldFault>,
}

impl Sheet {
    /// The page with what was found before, or with what was typed and its faults.
    ///
    /// # Errors
    /// The database failed, as a page.
    pub(in crate::registry) async fn show(
        &self,
        visit: &Visit,
        typed: Option<(&Form, &[FieldFault])>,
    ) -> Result<Response, PageError> {
        let shell = &visit.shell;
        let before = self.before();
        let (form, faults) = typed.unwrap_or((&before, &[]));
        let list = items(self.kind);
        let papers = papers::of(&visit.city, self.subject).await.map_err(|error| visit.error(error))?;
        // The last that was handed in stands first.
        let mut charters: Vec<_> =
            papers.into_iter().filter(|paper| paper.kind == PaperKind::Charter).collect();
        charters.sort_by_key(|paper| std::cmp::Reverse(paper.given_at));
        let label = |field: &str| {
            let item = list.iter().find(|item| item.note_field() == field)?;
            Some(note_label(shell, *item))
        };
        let page = CharterPage {
            shell,
            sheet: self,
            title: words::coded(shell.lang, CaseAct::CheckCharter),
            state: CharterState::of(shell, &self.marks, self.is_checked),
            papers: Pane::on(visit, &charters, &self.path),
            items: list.iter().map(|item| item_field(shell, self.kind, *item, form, faults)).collect(),
            adds_b2: list.iter().any(|item| item.rule() == "B2"),
            summary: named(shell, faults, label),
        };
        if typed.is_none() { show(&page) } else { show_faults(&page) }
    }

    fn before(&self) -> Form {
        let pairs = self.marks.iter().flat_map(|one| {
            let answer = if one.is_there { "yes" } else { "no" };
            [(one.item.field(), answer.to_owned()), (one.item.note_field(), one.note.clone())]
        });
        Form::of(pairs)
    }
}

/// What was typed of each item; an item without an answer is left out.
pub(in crate::registry) fn typed(kind: OrganisationKind, form: &Form) -> Vec<Mark> {
    let mark = |item: &CharterItem| {
        let is_there = match form.trimmed(&item.field()) {
            "yes" => true,
            "no" => false,
            _ => return None,
        };
        Some(Mark { item: *item, is_there, note: form.text(&item.note_field()).to_owned() })
    };
    items(kind).iter().filter_map(mark).collect()
}

fn note_label(shell: &Shell, item: CharterItem) -> String {
    shell.tx("charter-note", words::coded(shell.lang, item))
}

fn item_field(
    shell: &Shell,
    kind: OrganisationKind,
    item: CharterItem,
    form: &Form,
    faults: &[FieldFault],
) -> ItemField {
    let (name, note_name) = (item.field(), item.note_field());
    let choices = [("yes", "charter-there"), ("no", "charter-lacking")]
        .map(|(code, key)| Choice::new(code, shell.t(key), form.trimmed(&name)));
    ItemField {
        label: words::coded(shell.lang, item),
        article: article(shell, kind, item),
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
fn article(shell: &Shell, kind: OrganisationKind, item: CharterItem) -> String {
    match item {
        CharterItem::NoDistribution => shell.t("charter-article-no-distribution"),
        CharterItem::PublicBenefit => shell.t("charter-article-public-benefit"),
        _ => {
            let place = items(kind).iter().position(|one| *one == item).map_or(0, |at| at + 1);
            shell.tx(&format!("charter-article-{}", kind.code().replace('_', "-")), place)
        }
    }
}

/// GET /desk/cases/{no}/charter
pub async fn new(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let case = case_of(&visit, &number).await?;
    let empty = CheckCharter { case: case.id, version: case.version, marks: Vec::new() };
    let asking = visit.rehearsing();
    let rehearsed = visit.city.act(&asking.actor, &app::RequestKey::None, &empty).await;
    visit.expect_possible(rehearsed, &format!("/desk/cases/{number}"))?;
    sheet(&visit, &case, &number).await?.show(&visit, None).await
}

async fn case_of(visit: &Visit, number: &str) -> Result<Case, PageError> {
    read::on_desk(&visit.city, number).await.map_err(|error| visit.error(error))
}

async fn sheet(visit: &Visit, case: &Case, number: &str) -> Result<Sheet, PageError> {
    let shell = &visit.shell;
    Ok(Sheet {
        kind: case.kind,
        name: case.name.clone(),
        list: (shell.t("desk-cases"), shell.url("/desk/cases")),
        case: (number.to_owned(), shell.url(format!("/desk/cases/{number}"))),
        version: Some(case.version),
        marks: marks(visit, case).await?,
        is_checked: case.charter_missing.is_some(),
        subject: case.subject(),
        path: format!("/desk/cases/{number}/charter"),
    })
}

/// POST /desk/cases/{no}/charter
pub async fn create(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let case = case_of(&visit, &number).await?;
    let act = CheckCharter {
        case: case.id,
        version: form.number("version").unwrap_or(case.version),
        marks: typed(case.kind, &form),
    };
    match visit.city.act(&visit.actor, &form.key(), &act).await {
        Ok(()) => Ok(visit.done(&format!("/desk/cases/{number}"), "charter-checked")),
        Err(error) => {
            let faults = visit.faults(error)?;
            sheet(&visit, &case, &number).await?.show(&visit, Some((&form, &faults))).await
        }
    }
}
