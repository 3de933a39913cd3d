//! One change or ending on the desk: what is asked or proposed, what was checked, opinion, hearing, decision (W5).

use app::Error;
use app::documents::Document;
use app::registry::change::decision::{DecideChange, ReviewChange};
use app::registry::change::intake::{AcceptChange, CorrectChange};
use app::registry::change::read::WholeChange;
use app::registry::ending::cancellation::ReviewCancellation;
use app::registry::ending::decision::DecideEnding;
use app::registry::ending::intake::{AcceptCancellation, CorrectCancellation};
use app::registry::ending::read::WholeEnding;
use app::registry::ending::revocation::{NoticeRevocation, RecordRevocationHearing};
use app::registry::{change, ending};
use askama::Template;
use axum::response::Response;
use domain::kernel::Refusal;
use domain::registry::change::{may_check, may_decide, may_review};
use domain::registry::course::Intake;
use domain::registry::ending::{EndingKind, EndingStanding};
use domain::registry::registration::PersonalName;

use super::super::course;
use super::complaints::{self, ComplaintLine};
use super::surrender::{self, OwedField, owed_fields, void_text};
use super::{Told, Which, change_state, conditions, ending_state, pane, plain, show_as, which};
use crate::documents::list::{self, DocumentLine};
use crate::documents::preview::{self, Steps};
use crate::papers::pane::Pane;
use crate::registry::change::charter;
use crate::registry::credit::penalty_form;
use crate::registry::registration::charter::CharterState;
use crate::registry::registration::desk_case::{DeadlineLine, deadline_lines};
use crate::registry::tell::Condition;
use crate::shell::{FieldFault, Form, PageError, Path, Shell, Typed, Visit, Wish, fault_at};

#[derive(Template)]
#[template(path = "registry/ending/desk_case.html")]
struct CasePage<'a> {
    shell: &'a Shell,
    title: String,
    base: String,
    stage: String,
    tone: &'static str,
    rows: Vec<(String, String)>,
    conditions: Vec<Condition>,
    /// Every complaint that still keeps the organisation from being cancelled.
    complaints: Vec<ComplaintLine>,
    papers: Pane<'a>,
    documents: Vec<DocumentLine>,
    deadlines: Vec<DeadlineLine>,
    /// The checklist of an amended charter; nothing for anything else.
    charter: Option<CharterState>,
    may_check: bool,
    may_accept: bool,
    accept_hint: String,
    may_correct: bool,
    may_review: bool,
    may_notice: bool,
    may_hear: bool,
    may_decide: bool,
    /// Why it cannot be decided yet.
    waits: String,
    yes: String,
    no: String,
    /// What is still to be given back, and what of it may be declared void.
    owed: Vec<OwedField>,
    void: String,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/endings/{no}
pub async fn show_one(visit: Visit, Path(no): Path<String>) -> Result<Response, PageError> {
    let form = match which(&no) {
        // What the checklist found lacking begins the notice.
        Some(Which::Change(number)) => {
            let whole = change::read::one(&visit.city, &visit.actor, number).await;
            let whole = whole.map_err(|error| visit.error(error))?;
            Form::of([("defects", charter::defect_text(&visit, &whole).await?)])
        }
        _ => Form::default(),
    };
    page(&visit, &no, &form, plain()).await
}

async fn page(visit: &Visit, no: &str, form: &Form, (status, faults): Told) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let (city, actor) = (&visit.city, &visit.actor);
    let mut page = match which(no).ok_or_else(|| visit.error(Error::NotFound))? {
        Which::Change(number) => {
            of_change(visit, change::read::one(city, actor, number).await.map_err(fail)?, form).await?
        }
        Which::Ending(number) => {
            let whole = ending::read::one(city, actor, number).await.map_err(fail)?;
            of_ending(visit, whole, (form, &faults)).await?
        }
    };
    page.base = visit.shell.url(format!("/desk/endings/{no}"));
    page.faults = &faults;
    show_as(status, &page)
}

async fn of_change<'a>(
    visit: &'a Visit,
    whole: WholeChange,
    form: &'a Form,
) -> Result<CasePage<'a>, PageError> {
    let shell = &visit.shell;
    let case = &whole.case;
    let decidable = may_decide(case.standing(), case.reviewed_by, visit.actor.person);
    let is_open = case.decided_at.is_none() && case.intake != Some(Intake::Withdrawn);
    let (may, waits) = deciding(shell, &decidable, is_open);
    let is_officer = shell.is_role("approval_officer");
    let charter = charter::state(visit, &whole).await?;
    let weighed = change::checks::to_weigh(&visit.city, case, &whole.organisation).await;
    let weighed = weighed.map_err(|error| visit.error(error))?;
    Ok(CasePage {
        title: shell.tx("change-case-title", case.number),
        base: String::new(),
        stage: change_state(shell, case).0,
        tone: change_state(shell, case).1,
        rows: change_rows(shell, &whole),
        conditions: conditions(shell, &weighed),
        complaints: Vec::new(),
        papers: pane(visit, case.subject()).await?,
        documents: list::lines(visit, case.subject()).await?,
        deadlines: deadline_lines(visit, case.subject()).await?,
        may_check: is_officer && may_check(case.item, case.standing()).is_ok(),
        may_accept: is_officer && course::may_accept(case.standing()),
        accept_hint: course::accept_hint(visit),
        may_correct: is_officer
            && course::may_correct(visit, case.standing(), case.is_corrected, case.received_on)?,
        // An opinion rests on a charter that was compared with the list.
        may_review: is_officer
            && may_review(case.standing()).is_ok()
            && charter.as_ref().is_none_or(CharterState::is_checked),
        charter,
        may_notice: false,
        may_hear: false,
        may_decide: may,
        waits,
        yes: shell.t("change-approve"),
        no: shell.t("change-refuse"),
        owed: Vec::new(),
        void: String::new(),
        form,
        faults: &[],
        shell,
    })
}

/// Whether the reader may decide, and why not yet.
fn deciding(shell: &Shell, decidable: &Result<(), Refusal>, is_open: bool) -> (bool, String) {
    let is_director = shell.is_role("approval_director");
    match decidable {
        Ok(()) => (is_director, String::new()),
        Err(refusal) if is_director && is_open => (false, shell.refusal(refusal)),
        Err(_) => (false, String::new()),
    }
}

/// What a change says, as far as it has come.
pub(crate) fn change_rows(shell: &Shell, whole: &WholeChange) -> Vec<(String, String)> {
    let case = &whole.case;
    let old = if case.old_value.is_empty() { "—" } else { &case.old_value };
    let mut rows = vec![
        (shell.t("registry-name"), whole.organisation.name.clone()),
        (shell.t("registry-code"), whole.organisation.uscc.clone()),
        (shell.t("change-item"), shell.coded(&case.item)),
        (shell.t("change-old"), old.to_owned()),
        (shell.t("change-new"), case.new_value.clone()),
        (shell.t("change-consent-on"), shell.date(&case.consent_on)),
        (shell.t("change-reason"), case.reason.clone()),
        (shell.t("ending-opened-at"), shell.moment(&case.applied_at)),
    ];
    rows.extend(course::intake_rows(shell, case.defects.as_deref(), case.accepted_on));
    for (key, value) in [
        ("apply-division", case.division.as_deref().map(app::divisions::name_of)),
        ("apply-name-reason", case.name_reason.clone().filter(|reason| !reason.is_empty())),
        ("change-personal-name", case.personal().map(|one| personal(shell, &one))),
        ("change-head-identity", case.identity_digest.as_ref().map(|_| shell.t("change-head-identity-held"))),
        ("change-head-leads-other", case.leads_other.map(|told| yes_no(shell, told))),
        ("change-head-lost-rights", case.lost_rights.map(|told| yes_no(shell, told))),
        ("change-head-state-officer", case.is_state_officer.map(|told| yes_no(shell, told))),
    ] {
        rows.extend(value.map(|value| (shell.t(key), value)));
    }
    opinion_rows(shell, &mut rows, (case.is_fit, &case.opinion), (case.decided_at, &case.decision));
    rows
}

fn yes_no(shell: &Shell, told: bool) -> String {
    shell.t(if told { "apply-yes" } else { "apply-no" })
}

/// Whose name stands in a new name, and why it may (B7).
fn personal(shell: &Shell, of: &PersonalName) -> String {
    shell.txy("change-personal-of", &of.of, shell.coded(&of.ground))
}

/// The opinion and the decision, as far as there are any.
fn opinion_rows(
    shell: &Shell,
    rows: &mut Vec<(String, String)>,
    (is_fit, opinion): (Option<bool>, &str),
    (decided_at, decision): (Option<domain::kernel::Moment>, &str),
) {
    if let Some(is_fit) = is_fit {
        let word = shell.t(if is_fit { "ending-fit" } else { "ending-unfit" });
        rows.push((shell.t("ending-opinion"), shell.txy("ending-opinion-of", word, opinion.to_owned())));
    }
    if let Some(at) = &decided_at {
        rows.push((shell.t("ending-decided-at"), shell.moment(at)));
        rows.push((shell.t("ending-decision"), decision.to_owned()));
    }
}

async fn of_ending<'a>(
    visit: &'a Visit,
    whole: WholeEnding,
    (form, faults): (&'a Form, &[FieldFault]),
) -> Result<CasePage<'a>, PageError> {
    let shell = &visit.shell;
    let case = &whole.case;
    let facts = case.facts();
    let standing = EndingStanding { stage: case.stage, intake: case.intake };
    let decidable = facts.may_be_decided(visit.actor.person, shell.now().date());
    let is_open = case.decided_at.is_none() && case.intake != Some(Intake::Withdrawn);
    let (may, waits) = deciding(shell, &decidable, is_open);
    let is_officer = shell.is_role("approval_officer");
    Ok(CasePage {
        title: shell.txy("ending-case-title", shell.coded(&case.kind), case.number.to_string()),
        base: String::new(),
        stage: ending_state(shell, case).0,
        tone: ending_state(shell, case).1,
        rows: ending_rows(shell, &whole),
        conditions: conditions(shell, &whole.findings),
        complaints: complaints::desk_lines(visit, &whole).await?,
        papers: pane(visit, case.subject()).await?,
        documents: list::lines(visit, case.subject()).await?,
        deadlines: deadline_lines(visit, case.subject()).await?,
        charter: None,
        may_check: false,
        may_accept: is_officer && course::may_accept(standing),
        accept_hint: course::accept_hint(visit),
        may_correct: is_officer && course::may_correct(visit, standing, case.is_corrected, case.received_on)?,
        may_review: is_officer && facts.may_be_reviewed().is_ok(),
        may_notice: is_officer && facts.may_be_noticed().is_ok(),
        may_hear: is_officer && facts.may_be_heard().is_ok(),
        may_decide: may,
        waits,
        yes: shell.t(match case.kind {
            EndingKind::Cancellation => "ending-end",
            EndingKind::Revocation => "ending-revoke",
        }),
        no: shell.t(match case.kind {
            EndingKind::Cancellation => "ending-drop",
            EndingKind::Revocation => "ending-not-revoke",
        }),
        owed: owed_fields(shell, &whole, form, faults),
        void: void_text(shell, &whole),
        form,
        faults: &[],
        shell,
    })
}

/// What an ending says, as far as it has come.
pub(crate) fn ending_rows(shell: &Shell, whole: &WholeEnding) -> Vec<(String, String)> {
    let case = &whole.case;
    let mut rows = vec![
        (shell.t("registry-name"), whole.organisation.name.clone()),
        (shell.t("registry-code"), whole.organisation.uscc.clone()),
        (shell.t("ending-kind"), shell.coded(&case.kind)),
    ];
    if let Some(ground) = &case.revocation_ground() {
        let (said, kind) = (shell.coded(ground), whole.organisation.kind);
        let cited = ground.place(kind).map(|place| penalty_form::cited(shell, place));
        let said = cited.map_or_else(|| said.clone(), |cited| shell.txy("credit-offence-at", &said, cited));
        rows.push((shell.t("ending-ground"), said));
    }
    rows.push((shell.t("ending-evidence"), case.evidence.clone()));
    for (key, day) in [("ending-ground-on", &case.ground_on), ("ending-group-on", &case.group_on)] {
        rows.extend(day.as_ref().map(|day| (shell.t(key), shell.date(day))));
    }
    let late_why = case.late_why.clone().filter(|why| !why.is_empty());
    rows.extend(late_why.map(|why| (shell.t("ending-late-why"), why)));
    if let (Some(on), Some(remainder)) = (&case.liquidated_on, &case.remainder) {
        rows.push((shell.t("ending-liquidated-on"), shell.date(on)));
        rows.push((shell.t("ending-remainder"), shell.coded(remainder)));
        if !case.recipient.is_empty() {
            rows.push((shell.t("ending-recipient"), case.recipient.clone()));
        }
    }
    rows.push((shell.t("ending-opened-at"), shell.moment(&case.opened_at)));
    rows.extend(course::intake_rows(shell, case.defects.as_deref(), case.accepted_on));
    if let (Some(at), Some(last)) = (&case.noticed_at, &case.answer_by) {
        rows.push((shell.t("ending-noticed-at"), shell.moment(at)));
        rows.push((shell.t("ending-answer-by"), shell.date(last)));
    }
    if let Some(kind) = &case.statement_kind {
        rows.push((shell.t("ending-answer"), shell.coded(kind)));
        if !case.statement.is_empty() {
            rows.push((shell.t("ending-statement"), case.statement.clone()));
        }
    }
    if let Some(on) = &case.heard_on {
        rows.push((shell.t("ending-heard-on"), shell.date(on)));
        rows.push((shell.t("ending-hearing-note"), case.hearing_note.clone()));
    }
    opinion_rows(shell, &mut rows, (case.is_fit, &case.opinion), (case.decided_at, &case.decision));
    rows.extend(surrender::rows(shell, whole));
    rows
}

/// POST /desk/endings/{no}: the next step, by its name.
pub async fn update(visit: Visit, Path(no): Path<String>, form: Form) -> Result<Response, PageError> {
    if preview::is_edited(&form) {
        return page(&visit, &no, &form, plain()).await;
    }
    let (step, wish) = preview::step_of(&form);
    let done = match which(&no) {
        Some(Which::Change(number)) => change_step(&visit, number, (&step, wish), &form).await,
        Some(Which::Ending(number)) => ending_step(&visit, number, (&step, wish), &form).await,
        None => Err(Error::NotFound),
    };
    match done {
        Ok(foreseen) => {
            let action = format!("/desk/endings/{no}");
            let done = || Ok(visit.done(&action, &format!("ending-{step}")));
            preview::seen(&visit, &form, (&action, &step, "preview-issue"), foreseen).unwrap_or_else(done)
        }
        Err(error) => {
            let told = visit.mendable(error)?;
            page(&visit, &no, &form, told).await
        }
    }
}

async fn change_step(
    visit: &Visit,
    number: i64,
    (step, wish): (&str, Wish),
    form: &Form,
) -> Result<Vec<Document>, Error> {
    let steps = Steps::of(visit, form, wish);
    match step {
        "accept" => steps.take(&AcceptChange { number }).await,
        "correct" => {
            let defects = form.text("defects").to_owned();
            steps.take(&CorrectChange { number, defects }).await
        }
        "fit" | "unfit" => {
            let opinion = form.text("opinion").to_owned();
            steps.take(&ReviewChange { number, is_fit: step == "fit", opinion }).await
        }
        "yes" | "no" => {
            let decision = form.text("decision").to_owned();
            steps.take(&DecideChange { number, is_approved: step == "yes", decision }).await
        }
        _ => Err(Error::NotFound),
    }
}

async fn ending_step(
    visit: &Visit,
    number: i64,
    (step, wish): (&str, Wish),
    form: &Form,
) -> Result<Vec<Document>, Error> {
    let steps = Steps::of(visit, form, wish);
    match step {
        "accept" => steps.take(&AcceptCancellation { number }).await,
        "correct" => {
            let defects = form.text("defects").to_owned();
            steps.take(&CorrectCancellation { number, defects }).await
        }
        "surrender" => surrender::record(visit, &steps, number, form).await,
        "void" => surrender::declare_void(visit, &steps, number, form).await,
        "fit" | "unfit" => {
            let opinion = form.text("opinion").to_owned();
            steps.take(&ReviewCancellation { number, is_fit: step == "fit", opinion }).await
        }
        "notice" => steps.take(&NoticeRevocation { number }).await,
        "hearing" => {
            let mut typed = Typed::of(visit, form);
            let (heard_on, note) = (typed.date("heard_on"), typed.text("note"));
            steps.take_typed(typed, &RecordRevocationHearing { number, heard_on, note }).await
        }
        "yes" | "no" => {
            let decision = form.text("decision").to_owned();
            steps.take(&DecideEnding { number, is_ended: step == "yes", decision }).await
        }
        _ => Err(Error::NotFound),
    }
}
