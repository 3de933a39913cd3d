//! One filing: what is known, its certificate, its reports, and its end.

use app::Error;
use app::divisions;
use app::registry::filing::ledger::{self, Held};
use app::registry::filing::{CloseFiling, KeepPaper, ReportOfFiling, amend, folder};
use app::registry::registration::{StartCase, StartFromFiling, upgrade};
use app::uploads::{FILE_MIB_MAX, StoredFile};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, PaperId, Refusal, Street, Subject, SubjectKind};
use domain::registry::PaperKind;
use domain::registry::filing::{Appraisal, FilingEnd, FilingReportKind, KEPT};

use super::super::registration::words as said;
use super::super::tell;
use super::ledger::state;
use crate::documents::list::{DocumentLine, lines};
use crate::papers::pane::Pane;
use crate::shell::{
    Choice, FieldFault, FileForm, Form, PageError, Path, Shell, Typed, Visit, fault_at, show, show_faults,
    words,
};

struct ReportLine {
    kind: String,
    day: String,
    text: String,
    appraisal: String,
    recorded: String,
}

struct AmendmentLine {
    day: String,
    items: String,
    why: String,
}

/// A case that grows out of the filing.
struct CaseLine {
    name: String,
    applicant: String,
    number: String,
    state: String,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "registry/filing/one.html")]
struct FilingPage<'a> {
    shell: &'a Shell,
    held: Held,
    street: String,
    state: String,
    tone: &'static str,
    documents: Vec<DocumentLine>,
    papers: Pane<'a>,
    /// What the folder lacks, in words.
    lacking: Vec<String>,
    paper_kinds: Vec<Choice>,
    file_hint: String,
    amendments: Vec<AmendmentLine>,
    reports: Vec<ReportLine>,
    cases: Vec<CaseLine>,
    /// The name under which it would be registered.
    proposed: String,
    may_write: bool,
    kinds: Vec<Choice>,
    appraisals: Vec<Choice>,
    ends: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
    action: String,
    public_href: String,
}

/// GET /desk/filings/{number}
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, &Form::default(), &[]).await
}

async fn page(
    visit: &Visit,
    number: &str,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let fail = |error| visit.error(error);
    let held = ledger::one(&visit.city, &visit.actor, number).await.map_err(fail)?;
    let reports = ledger::reports(&visit.city, held.id).await.map_err(fail)?;
    let amendments = amend::amendments(&visit.city, held.id).await.map_err(fail)?;
    let cases = upgrade::of_filing(&visit.city, &visit.actor, number).await.map_err(fail)?;
    let (papers, lacking) = folder::folder(&visit.city, held.id).await.map_err(fail)?;
    let (state, tone) = state(shell, &held);
    let mut ends = tell::choices::<FilingEnd>(shell, form.trimmed("end"), None);
    ends.retain(|choice| choice.value != FilingEnd::Registered.code());
    let page = FilingPage {
        street: divisions::name_of(&Street(held.street).to_string()),
        documents: lines(visit, Subject::new(SubjectKind::Filing, held.id)).await?,
        papers: Pane::on(visit, &papers, &format!("/desk/filings/{number}")),
        paper_kinds: paper_kinds(shell, form.trimmed("paper"), &lacking),
        lacking: lacking.into_iter().map(|kind| shell.coded(&kind)).collect(),
        file_hint: shell.tx("paper-file-hint", FILE_MIB_MAX),
        cases: cases.into_iter().map(|one| case_line(shell, one)).collect(),
        proposed: if form.is_ticked("applicant") { form.text("name").to_owned() } else { held.name.clone() },
        amendments: amendments.iter().map(|one| amendment_line(shell, one)).collect(),
        reports: reports.iter().map(|one| report_line(shell, one)).collect(),
        may_write: visit.actor.street().is_some() && held.closed_on.is_none(),
        kinds: tell::choices::<FilingReportKind>(shell, form.trimmed("kind"), None),
        appraisals: tell::choices::<Appraisal>(shell, form.trimmed("appraisal"), Some("registry-choose")),
        ends,
        form,
        faults,
        action: shell.url(format!("/desk/filings/{number}")),
        public_href: shell.url(format!("/orgs/{number}")),
        state,
        tone,
        held,
        shell,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

/// What may be put into the folder; the first that lacks is chosen beforehand.
fn paper_kinds(shell: &Shell, typed: &str, lacking: &[PaperKind]) -> Vec<Choice> {
    let first = lacking.first().copied().unwrap_or(KEPT[0]);
    let chosen = if typed.is_empty() { first.code() } else { typed };
    KEPT.iter().map(|kind| Choice::new(kind.code(), shell.coded(kind), chosen)).collect()
}

fn amendment_line(shell: &Shell, amendment: &amend::Amendment) -> AmendmentLine {
    let items: Vec<String> = amendment.items().iter().map(|item| shell.coded(item)).collect();
    AmendmentLine {
        day: shell.date(&amendment.day()),
        items: items.join(&shell.t("filing-amend-and")),
        why: amendment.why.clone(),
    }
}

fn report_line(shell: &Shell, report: &ledger::Report) -> ReportLine {
    let appraisal = report.appraisal.as_deref();
    ReportLine {
        kind: shell.coded(&report.kind),
        day: shell.date(&report.on_day),
        text: report.text.clone(),
        appraisal: appraisal
            .map_or_else(|| "—".to_owned(), |code| words::member(shell.lang, "appraisal", code)),
        recorded: shell.moment(&report.recorded_at),
    }
}

fn case_line(shell: &Shell, of: upgrade::OfFiling) -> CaseLine {
    CaseLine {
        state: shell.coded(&of.state),
        tone: said::tone(of.state),
        number: of.number.unwrap_or_else(|| "—".to_owned()),
        name: of.name,
        applicant: of.applicant,
    }
}

/// POST /desk/filings/{number}/registration: a draft for the applicant whom the street names.
pub async fn grow(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    answer(&visit, &number, &form, try_grow(&visit, &number, &form).await, "filing-grown").await
}

async fn try_grow(visit: &Visit, number: &str, form: &Form) -> Result<(), Error> {
    let kind = upgrade::offered(&visit.city, number).await?.kind;
    let start = StartCase {
        kind,
        name: form.trimmed("name").to_owned(),
        applicant: form.trimmed("applicant").to_owned(),
        is_demo: visit.city.is_demo,
    };
    let act = StartFromFiling { filing: number.to_owned(), start };
    visit.city.act(&visit.actor, &form.key(), &act).await.map(|_| ())
}

/// POST /desk/filings/{number}/papers: a paper for the folder.
pub async fn keep(visit: Visit, Path(number): Path<String>, typed: FileForm) -> Result<Response, PageError> {
    let result = try_keep(&visit, &number, &typed).await.map(|_| ());
    answer(&visit, &number, &typed.form, result, "filing-paper-kept").await
}

async fn try_keep(visit: &Visit, number: &str, typed: &FileForm) -> Result<PaperId, Error> {
    let held = ledger::one(&visit.city, &visit.actor, number).await?;
    let mut faults = Vec::new();
    let kind = PaperKind::from_code(typed.form.trimmed("paper"));
    if kind.is_none() {
        faults.push(Refusal::new("filing.paper-missing", "B20").at("paper"));
    }
    let file = match typed.files.iter().find(|file| file.field == "file") {
        None => Err(Refusal::new("paper.file-missing", "B11").at("file").into()),
        Some(file) => StoredFile::store(&visit.city, "B20", &file.name, &file.bytes),
    };
    let act = match (kind, file) {
        (Some(kind), Ok(file)) => KeepPaper { filing: held.id, kind, file },
        (_, Err(Error::Invalid(found))) => return Err(Error::Invalid([faults, found].concat())),
        (_, Err(Error::Refused(found))) => return Err(Error::Invalid([faults, vec![found]].concat())),
        (_, Err(other)) => return Err(other),
        (None, Ok(_)) => return Err(Error::Invalid(faults)),
    };
    visit.city.act(&visit.actor, &typed.form.key(), &act).await
}

/// POST /desk/filings/{number}/reports
pub async fn report(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    answer(&visit, &number, &form, try_report(&visit, &number, &form).await.map(|_| ()), "filing-reported")
        .await
}

async fn try_report(visit: &Visit, number: &str, form: &Form) -> Result<i64, Error> {
    let held = ledger::one(&visit.city, &visit.actor, number).await?;
    let mut typed = Typed::of(visit, form);
    let missing = Refusal::new("filing.report-kind", "B20");
    let act = ReportOfFiling {
        filing: held.id,
        kind: typed.chosen("kind", FilingReportKind::Year, missing),
        day: typed.date("day"),
        text: typed.text("text"),
        appraisal: Appraisal::from_code(form.trimmed("appraisal")),
    };
    // A gathering lies ahead and a year behind, and only a year is appraised.
    typed.hangs("day", "kind");
    typed.hangs("appraisal", "kind");
    typed.ask(visit, &form.key(), &act).await
}

/// POST /desk/filings/{number}/end
pub async fn end(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    answer(&visit, &number, &form, try_end(&visit, &number, &form).await, "filing-ended").await
}

async fn try_end(visit: &Visit, number: &str, form: &Form) -> Result<(), Error> {
    let held = ledger::one(&visit.city, &visit.actor, number).await?;
    let end = FilingEnd::from_code(form.trimmed("end"));
    let end = end.ok_or_else(|| Refusal::new("filing.end-missing", "B20").at("end"))?;
    let act = CloseFiling { filing: held.id, version: form.number("version").unwrap_or(0), end };
    visit.city.act(&visit.actor, &form.key(), &act).await
}

async fn answer(
    visit: &Visit,
    number: &str,
    form: &Form,
    result: Result<(), Error>,
    done: &str,
) -> Result<Response, PageError> {
    match result {
        Ok(()) => Ok(visit.done(&format!("/desk/filings/{number}"), done)),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(visit, number, form, &faults).await
        }
    }
}
