//! One listing on the desk: evidence, prior notice, answer, hearing, decision (W5).

use app::documents::Document;
use app::registry::credit::answer::RecordHearing;
use app::registry::credit::decision::DecideListing;
use app::registry::credit::proposal::SendNotice;
use app::registry::credit::read::{self, WholeCase};
use app::{Error, papers};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use domain::registry::credit::ListingStage;

use super::case_file::{self, DeadlineLine};
use super::{date_or_dash, mendable, plain, show_as};
use crate::documents::list::{self, DocumentLine};
use crate::documents::preview;
use crate::papers::pane::Pane;
use crate::shell::{FieldFault, Form, PageError, Path, Shell, Typed, Visit, Wish, fault_at};

#[derive(Template)]
#[template(path = "registry/credit/desk_case.html")]
struct CasePage<'a> {
    shell: &'a Shell,
    whole: WholeCase,
    base: String,
    stage: String,
    tone: &'static str,
    rows: Vec<(String, String)>,
    papers: Pane<'a>,
    deadlines: Vec<DeadlineLine>,
    documents: Vec<DocumentLine>,
    may_notice: bool,
    may_hear: bool,
    may_decide: bool,
    /// Why it cannot be decided yet.
    waits: String,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/credit/cases/{number}
pub async fn show_one(visit: Visit, Path(number): Path<i64>) -> Result<Response, PageError> {
    page(&visit, number, &Form::default(), plain()).await
}

async fn page(
    visit: &Visit,
    number: i64,
    form: &Form,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let (city, shell) = (&visit.city, &visit.shell);
    let whole = read::case(city, &visit.actor, number).await.map_err(fail)?;
    let subject = whole.case.subject();
    let given = papers::of(city, subject).await.map_err(fail)?;
    let today = shell.now().date();
    let facts = whole.case.facts();
    let decidable = facts.may_be_decided(visit.actor.person, today);
    let is_director = shell.is_role("approval_director");
    let is_open = matches!(whole.case.stage, ListingStage::Noticed | ListingStage::Stated);
    let is_officer = shell.is_role("approval_officer");
    let page = CasePage {
        base: shell.url(format!("/desk/credit/cases/{number}")),
        stage: super::stage_text(shell, whole.case.stage, whole.case.statement_kind, whole.case.heard_on),
        tone: super::tone(whole.case.stage),
        rows: rows(shell, &whole),
        papers: Pane::of(visit, &given),
        deadlines: case_file::deadlines(visit, subject).await?,
        documents: list::lines(visit, subject).await?,
        may_notice: is_officer && facts.may_be_noticed().is_ok(),
        may_hear: is_officer && facts.may_be_heard().is_ok(),
        may_decide: is_director && decidable.is_ok(),
        waits: match (&decidable, is_director && is_open) {
            (Err(refusal), true) => shell.refusal(refusal),
            _ => String::new(),
        },
        whole,
        form,
        faults: &faults,
        shell,
    };
    show_as(status, &page)
}

/// The case's facts, as far as it has come.
fn rows(shell: &Shell, whole: &WholeCase) -> Vec<(String, String)> {
    let case = &whole.case;
    let mut rows = vec![
        (shell.t("registry-name"), whole.organisation.name.clone()),
        (shell.t("registry-code"), whole.organisation.uscc.clone()),
        (shell.t("credit-list"), shell.coded(&case.list)),
        (shell.t("credit-ground"), shell.coded(&case.ground)),
        (shell.t("credit-arose-on"), shell.date(&case.arose_on)),
        (shell.t("credit-evidence"), case.evidence.clone()),
        (shell.t("credit-proposed-at"), shell.moment(&case.proposed_at)),
    ];
    if let Some(penalty) = &whole.penalty {
        rows.push((shell.t("credit-penalty-document"), penalty.document_number.clone()));
    }
    if let Some(at) = &case.noticed_at {
        rows.push((shell.t("credit-noticed-at"), shell.moment(at)));
        rows.push((shell.t("credit-answer-by"), date_or_dash(shell, case.answer_by)));
    }
    if let (Some(kind), Some(at)) = (&case.statement_kind, &case.stated_at) {
        rows.push((
            shell.t("credit-answer"),
            shell.txy("credit-answer-at", shell.coded(kind), shell.moment(at)),
        ));
        if !case.statement.is_empty() {
            rows.push((shell.t("credit-statement"), case.statement.clone()));
        }
    }
    if let Some(on) = &case.heard_on {
        rows.push((shell.t("credit-heard-on"), shell.date(on)));
        rows.push((shell.t("credit-hearing-note"), case.hearing_note.clone()));
    }
    if let Some(at) = &case.decided_at {
        rows.push((shell.t("credit-decided-at"), shell.moment(at)));
        rows.push((shell.t("credit-reason"), case.reason.clone()));
    }
    rows
}

/// POST /desk/credit/cases/{number}: the next step, by its name.
pub async fn update(visit: Visit, Path(number): Path<i64>, form: Form) -> Result<Response, PageError> {
    if preview::is_edited(&form) {
        return page(&visit, number, &form, plain()).await;
    }
    let (step, wish) = preview::step_of(&form);
    match take(&visit, number, (&step, wish), &form).await {
        Ok(foreseen) => {
            let action = format!("/desk/credit/cases/{number}");
            let done = || Ok(visit.done(&action, &format!("credit-{step}")));
            let says = if step == "notice" { "credit-send-notice" } else { "credit-decide-listed" };
            preview::seen(&visit, &form, (&action, &step, says), foreseen).unwrap_or_else(done)
        }
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, number, &form, faults).await
        }
    }
}

async fn take(
    visit: &Visit,
    number: i64,
    (step, wish): (&str, Wish),
    form: &Form,
) -> Result<Vec<Document>, Error> {
    let key = form.key();
    let mut typed = Typed::of(visit, form);
    match step {
        "notice" => typed.carry(visit, &key, wish, &SendNotice { number }).await,
        "hearing" => {
            let (heard_on, note) = (typed.date("heard_on"), typed.text("note"));
            typed.carry(visit, &key, wish, &RecordHearing { number, heard_on, note }).await
        }
        "listed" | "dropped" => {
            let reason = typed.text("reason");
            let act = DecideListing { number, is_listed: step == "listed", reason };
            typed.carry(visit, &key, wish, &act).await
        }
        _ => Err(Error::NotFound),
    }
}
