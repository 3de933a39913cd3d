//! A penalty of the registrar's own on the desk: prior notice, answer, hearing, decision (B23, W5).

use app::documents::Document;
use app::papers::GivePaper;
use app::registry::credit::held::HeldPenalty;
use app::registry::credit::penalty_decision::DecidePenalty;
use app::registry::credit::penalty_notice::{CallPenaltyHearing, NoticePenalty, RecordPenaltyHearing};
use app::registry::credit::read::{self, Named};
use app::registry::profile;
use app::uploads::StoredFile;
use app::{Error, papers};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{Coded, Refusal, RuleKey};
use domain::registry::PaperKind;
use domain::registry::credit::{Measure, PenaltyKind, PenaltyStage};

use super::case_file::{self, DeadlineLine};
use super::{date_or_dash, mendable, missing, penalty_form, plain, show_as};
use crate::documents::list::{self, DocumentLine};
use crate::documents::preview::{self, Steps};
use crate::i18n::{self, Value};
use crate::papers::pane::Pane;
use crate::shell::{Choice, FieldFault, FileForm, Form, PageError, Path, Shell, Typed, Visit, fault_at};

#[derive(Template)]
#[template(path = "registry/credit/penalty_case.html")]
struct CasePage<'a> {
    shell: &'a Shell,
    base: String,
    file_href: String,
    stage: String,
    tone: &'static str,
    rows: Vec<(String, String)>,
    notes: Vec<String>,
    papers: Pane<'a>,
    deadlines: Vec<DeadlineLine>,
    documents: Vec<DocumentLine>,
    call_hint: String,
    kinds: Vec<Choice>,
    may_notice: bool,
    may_call: bool,
    may_hear: bool,
    may_impose: bool,
    may_drop: bool,
    /// Why it cannot be imposed yet.
    waits: String,
    held: HeldPenalty,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/credit/penalties/{id}
pub async fn show_one(visit: Visit, Path(id): Path<i64>) -> Result<Response, PageError> {
    page(&visit, id, &Form::default(), plain()).await
}

async fn page(
    visit: &Visit,
    id: i64,
    form: &Form,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let (city, shell) = (&visit.city, &visit.shell);
    let (held, named) = read::penalty(city, &visit.actor, id).await.map_err(fail)?;
    let kind = profile::organisation_by_id(city, held.organisation_id).await.map_err(fail)?.kind;
    let given = papers::of(city, held.subject()).await.map_err(fail)?;
    let facts = held.facts();
    let (person, today) = (visit.actor.person, shell.now().date());
    let imposable = facts.may_be_imposed(person, today);
    let (is_officer, is_director) = (shell.is_role("approval_officer"), shell.is_role("approval_director"));
    let may_hear = is_officer && facts.waits_for_hearing().is_ok();
    let is_open =
        matches!(facts.stage, PenaltyStage::Proposed | PenaltyStage::Noticed | PenaltyStage::Stated);
    let decided = if form.text("kind").is_empty() { told(&held, form) } else { form.clone() };
    let page = CasePage {
        base: shell.url(format!("/desk/credit/penalties/{id}")),
        file_href: shell.url(format!("/desk/credit/organisations/{}", named.uscc)),
        stage: super::penalty_stage(shell, &held),
        tone: super::penalty_tone(facts.stage),
        rows: rows(shell, &held, &named),
        notes: penalty_form::notes(visit, &held, kind),
        papers: Pane::of(visit, &given),
        deadlines: case_file::deadlines(visit, held.subject()).await?,
        documents: list::lines(visit, held.subject()).await?,
        call_hint: call_hint(visit),
        kinds: super::choices(shell, PenaltyKind::ALL.iter().copied(), decided.trimmed("kind")),
        may_notice: is_officer && facts.may_be_noticed().is_ok(),
        may_call: may_hear,
        may_hear: may_hear && facts.hearing_on.is_some_and(|called| called <= today),
        may_impose: is_director && imposable.is_ok(),
        may_drop: is_director && facts.may_be_dropped(person).is_ok(),
        waits: match (&imposable, is_director && is_open) {
            (Err(refusal), true) => shell.refusal(refusal),
            _ => String::new(),
        },
        held,
        form: &decided,
        faults: &faults,
        shell,
    };
    show_as(status, &page)
}

/// The form of the decision as the penalty was told, with what else was typed on the page.
fn told(held: &HeldPenalty, form: &Form) -> Form {
    let measure = held.measure();
    let amount = if measure.amount.0 > 0 { measure.amount.to_string() } else { String::new() };
    let days = measure.stop_days.map_or_else(String::new, |days| days.to_string());
    let told = [("kind", measure.kind.code().to_owned()), ("amount", amount), ("stop_days", days)];
    let typed = form.fields().iter().filter(|(name, _)| told.iter().all(|(field, _)| field != name));
    let typed: Vec<(String, String)> = typed.cloned().collect();
    Form::of(told.into_iter().map(|(name, value)| (name.to_owned(), value)).chain(typed))
}

fn call_hint(visit: &Visit) -> String {
    let shell = &visit.shell;
    let rule = visit.city.book.on(shell.now().date()).rule(RuleKey::PenaltyHearingNoticeDays);
    let days = visit.city.book.on(shell.now().date()).number(RuleKey::PenaltyHearingNoticeDays);
    let kind = rule.day_kind.map_or("calendar_days", Coded::code);
    let facts = [("days", Value::from(days)), ("kind", Value::from(kind))];
    i18n::text_with(shell.lang, "penalty-hearing-call-hint", &facts)
}

/// The facts of a penalty, as far as it has come.
pub(super) fn rows(shell: &Shell, held: &HeldPenalty, named: &Named) -> Vec<(String, String)> {
    let mut rows = vec![
        (shell.t("registry-name"), named.name.clone()),
        (shell.t("registry-code"), named.uscc.clone()),
        (shell.t("penalty-file"), held.document_number.clone()),
        (shell.t("credit-penalty-kind"), shell.coded(&held.kind)),
        (shell.t("credit-penalty-reason"), held.reason.clone()),
    ];
    if held.fine().0 > 0 {
        rows.push((shell.t("credit-amount"), shell.money(&held.fine())));
    }
    let is_imposed = held.facts().stage == PenaltyStage::Imposed;
    match (held.measure().stop_days, held.until_on) {
        (_, Some(until)) if is_imposed => rows.push((shell.t("credit-until"), shell.date(&until))),
        (Some(days), Some(_)) => {
            rows.push((shell.t("penalty-stop-days"), shell.tx("penalty-told-stop", days)));
        }
        _ => {}
    }
    let day = if is_imposed { "credit-imposed-on" } else { "penalty-filed-on" };
    rows.push((shell.t(day), shell.date(&held.imposed_on)));
    if let Some(at) = &held.noticed_at {
        rows.push((shell.t("credit-noticed-at"), shell.moment(at)));
        rows.push((shell.t("credit-answer-by"), date_or_dash(shell, held.answer_by)));
        let hearing_by =
            held.hearing_by.map_or_else(|| shell.t("penalty-hearing-none"), |day| shell.date(&day));
        rows.push((shell.t("penalty-hearing-by"), hearing_by));
    }
    rows.extend(answer_rows(shell, held));
    rows
}

fn answer_rows(shell: &Shell, held: &HeldPenalty) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    let mut told = |key: &str, text: Option<&str>| {
        let text = text.filter(|text| !text.is_empty());
        rows.extend(text.map(|text| (shell.t(key), text.to_owned())));
    };
    if let (Some(kind), Some(at)) = (&held.statement_kind, &held.stated_at) {
        told("credit-answer", Some(&shell.txy("credit-answer-at", shell.coded(kind), shell.moment(at))));
    }
    told("credit-statement", held.statement.as_deref());
    told("penalty-hearing-on", held.hearing_on.map(|on| shell.date(&on)).as_deref());
    told("penalty-hearing-place", held.hearing_place.as_deref());
    told("credit-heard-on", held.heard_on.map(|on| shell.date(&on)).as_deref());
    told("credit-hearing-note", held.hearing_note.as_deref());
    told("penalty-reason", held.decision.as_deref());
    rows
}

/// POST /desk/credit/penalties/{id}: the next step, by its name.
pub async fn update(visit: Visit, Path(id): Path<i64>, form: Form) -> Result<Response, PageError> {
    if preview::is_edited(&form) {
        return page(&visit, id, &form, plain()).await;
    }
    let (step, wish) = preview::step_of(&form);
    match take(&visit, id, &step, &Steps::of(&visit, &form, wish)).await {
        Ok(foreseen) => {
            let action = format!("/desk/credit/penalties/{id}");
            let done = || Ok(visit.done(&action, &format!("penalty-{step}")));
            let says = match step.as_str() {
                "notice" => "penalty-notice-send",
                "call" => "penalty-hearing-call",
                _ => "penalty-impose",
            };
            preview::seen(&visit, &form, (&action, &step, says), foreseen).unwrap_or_else(done)
        }
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, id, &form, faults).await
        }
    }
}

async fn take(visit: &Visit, penalty: i64, step: &str, steps: &Steps<'_>) -> Result<Vec<Document>, Error> {
    let form = steps.form();
    let mut typed = Typed::of(visit, form);
    match step {
        "notice" => steps.take(&NoticePenalty { penalty }).await,
        "call" => {
            let (hearing_on, place) = (typed.date("hearing_on"), typed.text("hearing_place"));
            steps.take_typed(typed, &CallPenaltyHearing { penalty, hearing_on, place }).await
        }
        "impose" => {
            let kind = typed.chosen("kind", PenaltyKind::Warning, missing("B23"));
            let amount = typed.yuan_or_zero("amount");
            let days = form.trimmed("stop_days");
            let stop_days = if days.is_empty() {
                None
            } else {
                Some(typed.number("stop_days", Refusal::new("penalty.stop-days", "B23")))
            };
            typed.hangs("amount", "kind");
            typed.hangs("stop_days", "kind");
            let lighter = Some(Measure { kind, amount, stop_days });
            let reason = typed.text("reason");
            steps.take_typed(typed, &DecidePenalty { penalty, is_imposed: true, lighter, reason }).await
        }
        "drop" => {
            let reason = typed.text("reason");
            steps
                .take_typed(typed, &DecidePenalty { penalty, is_imposed: false, lighter: None, reason })
                .await
        }
        _ => Err(Error::NotFound),
    }
}

/// POST /desk/credit/penalties/{id}/hearing, with a paper of its minutes or without.
pub async fn hear(visit: Visit, Path(id): Path<i64>, sent: FileForm) -> Result<Response, PageError> {
    match try_hear(&visit, id, &sent).await {
        Ok(()) => Ok(visit.done(&format!("/desk/credit/penalties/{id}"), "penalty-heard")),
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, id, &sent.form, faults).await
        }
    }
}

async fn try_hear(visit: &Visit, penalty: i64, sent: &FileForm) -> Result<(), Error> {
    let form = &sent.form;
    let mut typed = Typed::of(visit, form);
    let (heard_on, note) = (typed.date("heard_on"), typed.text("note"));
    let minutes = match sent.files.iter().find(|file| file.field == "file") {
        Some(file) if typed.is_whole() => {
            let file = StoredFile::store(&visit.city, "B23", &file.name, &file.bytes)?;
            let (title, valid_until, on_behalf_of) = (String::new(), None, None);
            let give = GivePaper { kind: PaperKind::Other, title, file, valid_until, on_behalf_of };
            Some(visit.city.act(&visit.actor, &app::RequestKey::None, &give).await?)
        }
        _ => None,
    };
    let act = RecordPenaltyHearing { penalty, heard_on, note, minutes };
    typed.ask(visit, &form.key(), &act).await
}
