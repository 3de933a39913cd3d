//! My annual inspection: this year's report, its papers, its outcome, what is to be mended, earlier years.

use std::collections::BTreeMap;

use app::papers::{self, GivePaper};
use app::registry::inspection::{
    self, AttachPaper, DetachPaper, Past, ReportRectification, SaveReport, SubmitReport, Whole,
};
use app::uploads::{FILE_MIB_MAX, StoredFile};
use app::{Error, RequestKey};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, OrganisationId, PaperId, Refusal};
use domain::registry::PaperKind;
use domain::registry::inspection::rectification::RectificationState;
use domain::registry::inspection::{Answers, InspectionState, Question, report};

use super::own_form::{HeadFields, heads};
use super::recorded::{self, RecordedLine};
use super::{
    Compared, GroundLine, PaperLine, compared, exemption, ground_lines, mending_tone, paper_lines, standing,
};
use crate::documents::list::{DocumentLine, lines};
use crate::shell::{
    Choice, FieldFault, FileForm, Form, PageError, Path, Shell, Typed, Visit, fault_at, named, show,
    show_faults,
};

/// Papers that go with a report.
const KINDS: [PaperKind; 5] = [
    PaperKind::FinancialReport,
    PaperKind::AuditReport,
    PaperKind::SupervisingConsent,
    PaperKind::RectificationReport,
    PaperKind::Other,
];

/// A year that is over.
struct PastLine {
    year: i64,
    standing: String,
    tone: &'static str,
    on: String,
    mending: String,
    mending_tone: &'static str,
    href: String,
}

#[derive(Template)]
#[template(path = "registry/inspection/own.html")]
struct OwnPage<'a> {
    shell: &'a Shell,
    year: i64,
    action: String,
    standing: String,
    tone: &'static str,
    facts: Vec<(String, String)>,
    notes: Vec<String>,
    is_open: bool,
    may_attach: bool,
    version: i64,
    /// Whose report it is, so that drafts of two organisations never meet on one device.
    owner: i64,
    /// When the report was last saved; empty before.
    saved: String,
    heads: Vec<HeadFields>,
    recorded: Vec<RecordedLine>,
    compared: Vec<Compared>,
    grounds: Vec<GroundLine>,
    papers: Vec<PaperLine>,
    own_papers: Vec<Choice>,
    kinds: Vec<Choice>,
    file_hint: String,
    documents: Vec<DocumentLine>,
    mending: Option<Mending>,
    typed_text: String,
    past: Vec<PastLine>,
    faults: &'a [FieldFault],
    summary: Vec<FieldFault>,
}

/// A rectification as the page shows it.
struct Mending {
    state: String,
    tone: &'static str,
    due: String,
    is_open: bool,
    is_late: bool,
    version: i64,
    report: String,
    note: String,
}

#[derive(Template)]
#[template(path = "registry/inspection/own_none.html")]
struct NonePage<'a> {
    shell: &'a Shell,
}

fn own_id(visit: &Visit) -> Result<OrganisationId, PageError> {
    visit.actor.organisation().ok_or_else(|| visit.error(Error::NotFound))
}

/// GET /me/inspection: the latest year.
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let id = own_id(&visit)?;
    match inspection::latest(&visit.city, id).await.map_err(|error| visit.error(error))? {
        Some(whole) => page(&visit, &whole, None, &[]).await,
        None => show(&NonePage { shell: &visit.shell }),
    }
}

/// GET /me/inspection/{year}
pub async fn show_year(visit: Visit, Path(year): Path<i64>) -> Result<Response, PageError> {
    let whole = load(&visit, year).await?;
    page(&visit, &whole, None, &[]).await
}

async fn load(visit: &Visit, year: i64) -> Result<Whole, PageError> {
    let id = own_id(visit)?;
    inspection::whole(&visit.city, id, year).await.map_err(|error| visit.error(error))
}

/// POST /me/inspection/{year}: saves the draft or files the report.
pub async fn update(visit: Visit, Path(year): Path<i64>, form: Form) -> Result<Response, PageError> {
    let version = form.number("version").unwrap_or_default();
    let is_final = form.text("do") == "submit";
    let mut typed = Typed::of(&visit, &form);
    let answers = answers(&mut typed);
    let key = form.key();
    let answer = match is_final {
        true => typed.ask(&visit, &key, &SubmitReport { year, version, answers }).await,
        false => typed.ask(&visit, &key, &SaveReport { year, version, answers }).await,
    };
    let done = if is_final { "inspection-submitted" } else { "inspection-saved" };
    match answer {
        Ok(()) => Ok(visit.saved(&format!("/me/inspection/{year}"), done, Some(version + 1))),
        Err(error) => again(&visit, year, Some(&form), error).await,
    }
}

/// The answers, in the order of the questions.
fn answers(typed: &mut Typed<'_>) -> Answers {
    let texts: BTreeMap<Question, String> =
        Question::ALL.iter().map(|question| (*question, typed.text(question.code()))).collect();
    let (answers, faults) = report::readable(|question| texts.get(&question).map_or("", String::as_str));
    typed.faulty(faults);
    answers
}

async fn again(visit: &Visit, year: i64, typed: Option<&Form>, error: Error) -> Result<Response, PageError> {
    let faults = visit.faults(error)?;
    let whole = load(visit, year).await?;
    page(visit, &whole, typed, &faults).await
}

/// POST /me/inspection/{year}/papers: uses a paper of the store, uploads one, or takes one out.
pub async fn update_papers(
    visit: Visit,
    Path(year): Path<i64>,
    typed: FileForm,
) -> Result<Response, PageError> {
    // The papers stand in the form of the report while it is open: what was answered there is kept.
    let answered = Some(&typed.form).filter(|form| form.is_ticked("version"));
    let done = match try_papers(&visit, year, &typed).await {
        Ok(()) => keep_answers(&visit, year, answered).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(visit.done(&format!("/me/inspection/{year}"), "inspection-paper")),
        Err(error) => again(&visit, year, answered, error).await,
    }
}

/// Saves what was typed in the report around the papers, unless it is what is known already.
async fn keep_answers(visit: &Visit, year: i64, form: Option<&Form>) -> Result<(), Error> {
    let Some(form) = form else { return Ok(()) };
    let mut typed = Typed::of(visit, form);
    let answers = answers(&mut typed);
    let id = visit.actor.organisation().ok_or(Error::NotFound)?;
    if typed.is_whole() && inspection::whole(&visit.city, id, year).await?.answers == answers {
        return Ok(());
    }
    let version = form.number("version").unwrap_or_default();
    typed.ask(visit, &RequestKey::None, &SaveReport { year, version, answers }).await
}

async fn try_papers(visit: &Visit, year: i64, typed: &FileForm) -> Result<(), Error> {
    let form = &typed.form;
    let act = |paper| (AttachPaper { year, paper }, DetachPaper { year, paper });
    if let Some(taken) = form.number("take_out") {
        return visit.city.act(&visit.actor, &form.key(), &act(PaperId(taken)).1).await;
    }
    let file = typed.files.iter().find(|file| file.field == "file");
    let is_upload = form.text("do") == "upload" || (form.text("do").is_empty() && file.is_some());
    if is_upload {
        let missing = || Refusal::new("paper.file-missing", "B11").at("file");
        let file = file.ok_or_else(missing)?;
        let kind = PaperKind::from_code(form.trimmed("kind")).unwrap_or(PaperKind::Other);
        let stored = StoredFile::store(&visit.city, "B24", &file.name, &file.bytes)?;
        let give =
            GivePaper { kind, title: String::new(), file: stored, valid_until: None, on_behalf_of: None };
        let paper = visit.city.act(&visit.actor, &form.key(), &give).await?;
        return visit.city.act(&visit.actor, &RequestKey::None, &act(paper).0).await;
    }
    match form.number("paper") {
        Some(paper) => visit.city.act(&visit.actor, &form.key(), &act(PaperId(paper)).0).await,
        None => Err(Error::Invalid(vec![Refusal::new("inspection.paper-missing", "B24").at("paper")])),
    }
}

/// POST /me/inspection/{year}/rectification
pub async fn rectify(visit: Visit, Path(year): Path<i64>, form: Form) -> Result<Response, PageError> {
    let version = form.number("version").unwrap_or_default();
    let report = ReportRectification { year, version, text: form.text("text").to_owned() };
    match visit.city.act(&visit.actor, &form.key(), &report).await {
        Ok(()) => Ok(visit.done(&format!("/me/inspection/{year}"), "inspection-mended")),
        Err(error) => again(&visit, year, Some(&form), error).await,
    }
}

async fn page(
    visit: &Visit,
    whole: &Whole,
    typed: Option<&Form>,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let (year, state) = (whole.inspection.year, whole.inspection.state);
    let (standing, tone) = standing(shell, state, whole.inspection.outcome);
    let past = inspection::history(&visit.city, whole.organisation.id).await;
    let past = past.map_err(|error| visit.error(error))?;
    let store = papers::own(&visit.city, &visit.actor).await.map_err(|error| visit.error(error))?;
    // What is typed in the other form of the page is no answer to this one.
    let typed_answers = typed.filter(|form| !form.is_ticked("text"));
    let page = OwnPage {
        year,
        action: shell.url(format!("/me/inspection/{year}")),
        standing,
        tone,
        facts: facts(shell, whole),
        notes: notes(visit, whole),
        is_open: whole.is_open,
        may_attach: whole.is_open || is_mending(whole),
        version: whole.report.as_ref().map_or(0, |report| report.version),
        owner: whole.organisation.id.0,
        saved: whole.report.as_ref().map(|report| shell.moment(&report.saved_at)).unwrap_or_default(),
        heads: heads(shell, (&whole.answers, whole.last_year.as_ref()), &whole.unit, typed_answers, faults),
        recorded: recorded::lines(shell, &whole.recorded),
        compared: compared(shell, &whole.answers, whole.last_year.as_ref()),
        grounds: ground_lines(shell, whole),
        papers: paper_lines(shell, &whole.papers),
        own_papers: own_papers(shell, &store, whole),
        kinds: KINDS.iter().map(|kind| Choice::new(kind.code(), shell.coded(kind), "")).collect(),
        file_hint: shell.tx("paper-file-hint", FILE_MIB_MAX),
        documents: lines(visit, whole.subject()).await?,
        mending: mending(shell, whole),
        typed_text: typed.map_or_else(String::new, |form| form.text("text").to_owned()),
        past: past.iter().map(|one| past_line(shell, one)).collect(),
        summary: named(shell, faults, |code| {
            Question::from_code(code).map(|question| shell.coded(&question))
        }),
        faults,
        shell,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

fn facts(shell: &Shell, whole: &Whole) -> Vec<(String, String)> {
    if let Some(why) = exemption(shell, whole) {
        return vec![why];
    }
    let procedure =
        if whole.is_simplified { "inspection-procedure-simplified" } else { "inspection-procedure-full" };
    let mut facts = vec![
        (shell.t("inspection-fact-due"), shell.date(&whole.due_on)),
        (shell.t("inspection-fact-procedure"), shell.t(procedure)),
    ];
    if whole.unit.is_reported_to() {
        let due = shell.date(&whole.campaign.supervisor_due_on);
        facts.insert(1, (shell.t("inspection-fact-supervisor-due"), due));
    }
    if let Some(filed) = whole.report.as_ref().and_then(|report| report.submitted_at) {
        facts.push((shell.t("inspection-fact-filed"), shell.moment(&filed)));
    }
    if let Some(decided) = whole.inspection.decided_on {
        facts.push((shell.t("inspection-fact-outcome"), shell.date(&decided)));
    }
    facts
}

/// What the organisation should know before it does anything.
fn notes(visit: &Visit, whole: &Whole) -> Vec<String> {
    let shell = &visit.shell;
    let mut notes = Vec::new();
    let state = whole.inspection.state;
    if let (InspectionState::Returned, Some(report)) = (state, &whole.report) {
        notes.push(shell.tx("inspection-returned-with", &report.return_reason));
    }
    if state == InspectionState::Absent && whole.is_open {
        notes.push(shell.t("inspection-make-up"));
    }
    if state == InspectionState::Due && whole.unit.is_reported_to() {
        notes.push(shell.tx("inspection-unit-first", shell.date(&whole.campaign.supervisor_due_on)));
    }
    if state == InspectionState::Due {
        let reminder = inspection::reminders::standing_reminder(&visit.city, &whole.campaign, whole.due_on);
        notes.extend(reminder.map(|day| shell.tx("inspection-reminder", shell.date(&day))));
        if shell.now().date() > whole.due_on {
            notes.push(shell.t("inspection-late-now"));
        }
    }
    notes
}

fn is_mending(whole: &Whole) -> bool {
    whole.rectification.as_ref().is_some_and(|held| held.state == RectificationState::Open)
}

fn own_papers(shell: &Shell, store: &[papers::Paper], whole: &Whole) -> Vec<Choice> {
    let unused = store.iter().filter(|paper| whole.papers.iter().all(|used| used.id != paper.id));
    let mut choices: Vec<Choice> = unused
        .map(|paper| {
            Choice::new(paper.id.0.to_string(), format!("{} · {}", shell.coded(&paper.kind), paper.name), "")
        })
        .collect();
    if !choices.is_empty() {
        choices.insert(0, Choice::new("", shell.t("inspection-paper-none-chosen"), ""));
    }
    choices
}

fn mending(shell: &Shell, whole: &Whole) -> Option<Mending> {
    whole.rectification.as_ref().map(|held| Mending {
        state: shell.coded(&held.state),
        tone: mending_tone(held.state),
        due: shell.date(&held.due_on),
        is_open: held.state == RectificationState::Open,
        is_late: held.state == RectificationState::Open && shell.now().date() > held.due_on,
        version: held.version,
        report: held.report.clone(),
        note: held.note.clone(),
    })
}

fn past_line(shell: &Shell, past: &Past) -> PastLine {
    let (standing, tone) = standing(shell, past.state, past.outcome);
    PastLine {
        year: past.year,
        standing,
        tone,
        on: past.decided_on.or(past.absent_on).map_or_else(|| "—".to_owned(), |day| shell.date(&day)),
        mending: past.rectification.map(|state| shell.coded(&state)).unwrap_or_default(),
        mending_tone: past.rectification.map_or("", mending_tone),
        href: shell.url(format!("/me/inspection/{}", past.year)),
    }
}
