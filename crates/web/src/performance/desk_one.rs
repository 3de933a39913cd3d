//! One acceptance on the desk, in the order of events: call with recipients, call-backs, opinions, decision,
//! publication (C14, C55, E3b).

use app::Error;
use app::contracts::Contract;
use app::deadlines::{self, HeldDeadline};
use app::performance::acceptance::{CallAcceptance, ReturnMilestone};
use app::performance::call_back::{DrawCallBacks, RecordCallBack};
use app::performance::opinion::RecordOpinion;
use app::performance::publication::PublishAcceptance;
use app::performance::read::{self, AcceptanceFile, CallBackRow, OpinionRow};
use app::performance::register::{self, RecipientRow};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{AcceptanceId, Coded, Role, Subject, SubjectKind};
use domain::performance::{AcceptanceState, CallBackOutcome, OpinionVerdict};

use super::public::Counts;
use super::{contract, date, mendable, plain};
use crate::documents::list::{self, DocumentLine};
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, at_places, fault_at, show_as};

/// A call-back with its form; the fields carry the call-back's row, for the form stands here many times.
struct Called {
    one: CallBackRow,
    outcome_id: String,
    outcomes: Vec<Choice>,
    note_id: String,
    note: String,
}

/// An invited recipient with the form for what is said, its fields carrying the invitation's row.
struct Invited {
    one: OpinionRow,
    verdict_id: String,
    verdicts: Vec<Choice>,
    words_id: String,
    words: String,
    assisted_id: String,
    is_assisted: bool,
}

#[derive(Template)]
#[template(path = "performance/desk_one.html")]
struct OnePage<'a> {
    shell: &'a Shell,
    contract: &'a Contract,
    file: &'a AcceptanceFile,
    base: String,
    counts: Counts,
    terms: Vec<HeldDeadline>,
    documents: Vec<DocumentLine>,
    recipients: Vec<Choice>,
    called: Vec<Called>,
    invited: Vec<Invited>,
    is_lead: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/acceptance/{no}/{milestone}
pub async fn index(
    visit: Visit,
    Path((number, milestone)): Path<(String, i64)>,
) -> Result<Response, PageError> {
    page(&visit, (&number, milestone), &Form::default(), plain()).await
}

/// The contract with the acceptance of one of its milestones.
pub(super) async fn load(
    visit: &Visit,
    (number, milestone): (&str, i64),
) -> Result<(Contract, AcceptanceFile), PageError> {
    let contract = contract(visit, number).await?;
    let file = read::acceptance(&visit.city, contract.id, milestone).await;
    file.map(|file| (contract, file)).map_err(|error| visit.error(error))
}

async fn page(
    visit: &Visit,
    place: (&str, i64),
    form: &Form,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let (contract, file) = load(visit, place).await?;
    let (city, shell, fail) = (&visit.city, &visit.shell, |error| visit.error(error));
    let subject = Subject::new(SubjectKind::Acceptance, file.view.id.0);
    let recipients = register::recipients(city, contract.id).await.map_err(fail)?;
    let is_chosen = |one: &RecipientRow| form.has("recipients", &one.id.to_string());
    let recipient = |one: RecipientRow| Choice {
        chosen: is_chosen(&one),
        value: one.id.to_string(),
        label: format!("{} {}", one.token, one.cohort).trim().to_owned(),
        hint: String::new(),
    };
    let page = OnePage {
        shell,
        base: shell.url(format!("/desk/acceptance/{}/{}", place.0, place.1)),
        counts: Counts::of(&file),
        terms: deadlines::of(city, subject).await.map_err(fail)?,
        documents: list::lines(visit, subject).await?,
        recipients: recipients.into_iter().map(recipient).collect(),
        called: file.call_backs.iter().map(|one| called(shell, one, form)).collect(),
        invited: file.opinions.iter().map(|one| invited(shell, one, form)).collect(),
        is_lead: visit.actor.post.role == Role::PurchaseLead,
        contract: &contract,
        file: &file,
        form,
        faults: &faults,
    };
    show_as(status, &page)
}

fn called(shell: &Shell, one: &CallBackRow, form: &Form) -> Called {
    let (outcome_id, note_id) = (format!("outcome-{}", one.id), format!("note-{}", one.id));
    Called {
        outcomes: choices::<CallBackOutcome>(shell, form.trimmed(&outcome_id)),
        note: form.text(&note_id).to_owned(),
        one: one.clone(),
        outcome_id,
        note_id,
    }
}

fn invited(shell: &Shell, one: &OpinionRow, form: &Form) -> Invited {
    let field = |name: &str| format!("{name}-{}", one.id);
    let (verdict_id, words_id, assisted_id) = (field("verdict"), field("words"), field("is_assisted"));
    Invited {
        verdicts: choices::<OpinionVerdict>(shell, form.trimmed(&verdict_id)),
        words: form.text(&words_id).to_owned(),
        is_assisted: form.is_ticked(&assisted_id),
        one: one.clone(),
        verdict_id,
        words_id,
        assisted_id,
    }
}

fn choices<C: Coded>(shell: &Shell, chosen: &str) -> Vec<Choice> {
    let none = Choice::new("", shell.t("performance-choose"), chosen);
    let members = C::ALL.iter().map(|one| Choice::new(one.code(), shell.coded(one), chosen));
    std::iter::once(none).chain(members).collect()
}

/// POST /desk/acceptance/{no}/{milestone}: the step by its name.
pub async fn update(
    visit: Visit,
    Path((number, milestone)): Path<(String, i64)>,
    form: Form,
) -> Result<Response, PageError> {
    let acceptance = load(&visit, (&number, milestone)).await?.1.view.id;
    let step = form.trimmed("step").to_owned();
    match act(&visit, acceptance, &step, &form).await {
        Ok(()) => {
            let path = format!("/desk/acceptance/{number}/{milestone}");
            Ok(visit.done(&path, &format!("performance-{step}")))
        }
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, (&number, milestone), &form, faults).await
        }
    }
}

async fn act(visit: &Visit, acceptance: AcceptanceId, step: &str, form: &Form) -> Result<(), Error> {
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    let version = form.number("version").unwrap_or_default();
    let number = |field: &str| form.number(field).unwrap_or_default();
    let text = |field: &str| form.text(field).to_owned();
    match step {
        "call" => {
            let mut faults = Vec::new();
            let Some(meets_on) = date(form, "meets_on", &mut faults) else {
                return Err(Error::Invalid(faults));
            };
            let chosen = form.every("recipients").into_iter().filter_map(|one| one.parse().ok());
            let (place, recipients) = (text("place"), chosen.collect());
            city.act(actor, &key, &CallAcceptance { acceptance, version, meets_on, place, recipients }).await
        }
        "draw" => city.act(actor, &key, &DrawCallBacks { acceptance }).await.map(|_| ()),
        "call-back" => {
            let call_back = number("call_back");
            let outcome = CallBackOutcome::from_code(form.trimmed(&format!("outcome-{call_back}")));
            let note = text(&format!("note-{call_back}"));
            let command = RecordCallBack { acceptance, call_back, outcome, note };
            let answer = city.act(actor, &key, &command).await;
            answer.map_err(|error| at_places(error, |field| format!("{field}-{call_back}")))
        }
        "heard" => {
            let opinion = number("invitation");
            let command = RecordOpinion {
                acceptance,
                opinion,
                verdict: OpinionVerdict::from_code(form.trimmed(&format!("verdict-{opinion}"))),
                words: text(&format!("words-{opinion}")),
                is_assisted: form.is_ticked(&format!("is_assisted-{opinion}")),
            };
            let answer = city.act(actor, &key, &command).await;
            answer.map_err(|error| at_places(error, |field| format!("{field}-{opinion}")))
        }
        "return" => {
            let mut faults = Vec::new();
            let Some(repair_by) = date(form, "repair_by", &mut faults) else {
                return Err(Error::Invalid(faults));
            };
            let reason = text("reason");
            city.act(actor, &key, &ReturnMilestone { acceptance, version, reason, repair_by }).await
        }
        "publish" => city.act(actor, &key, &PublishAcceptance { acceptance, version }).await.map(|_| ()),
        _ => Err(Error::NotFound),
    }
}
