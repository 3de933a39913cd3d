//! One application on the desk: what the register says now, what the organisation explains, and the next step of
//! whoever reads (B39, S10, C14).

use app::Error;
use app::documents::Document;
use app::registry::fundraising::decision::{DecideFundraising, ReviewFundraising, SendBackFundraising};
use app::registry::fundraising::intake::{AcceptFundraising, CorrectFundraising, PauseFundraising};
use app::registry::fundraising::read;
use app::registry::fundraising::revocation::{ConfirmFundraisingPenalty, RecordFundraisingPenalty};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, RuleKey};
use domain::registry::change::other_person;
use domain::registry::fundraising::{Condition, FundraisingStage, FundraisingWay};

use super::super::course::{self, CheckField, ExplainedLine};
use super::super::ending::{Told, conditions, pane, plain, show_as};
use super::{case_rows, law, tone};
use crate::documents::list::{self, DocumentLine};
use crate::documents::preview::{self, Steps};
use crate::papers::pane::Pane;
use crate::registry::registration::desk_case::{DeadlineLine, deadline_lines};
use crate::registry::tell;
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, Wish, fault_at};

#[derive(Template)]
#[template(path = "registry/fundraising/desk_case.html")]
struct CasePage<'a> {
    shell: &'a Shell,
    title: String,
    base: String,
    stage: String,
    tone: &'static str,
    rows: Vec<(String, String)>,
    conditions: Vec<tell::Condition>,
    explained: Vec<ExplainedLine>,
    papers: Pane<'a>,
    documents: Vec<DocumentLine>,
    deadlines: Vec<DeadlineLine>,
    may_accept: bool,
    accept_hint: String,
    may_correct: bool,
    may_pause: bool,
    may_resume: bool,
    may_review: bool,
    may_decide: bool,
    may_record_penalty: bool,
    may_confirm_penalty: bool,
    confirm_hint: String,
    /// Why the reader cannot decide.
    waits: String,
    checks: Vec<CheckField>,
    is_claim: bool,
    fit: Vec<Choice>,
    grounds: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/fundraising/{number}
pub async fn show_one(visit: Visit, Path(number): Path<i64>) -> Result<Response, PageError> {
    page(&visit, number, &Form::default(), plain()).await
}

async fn page(
    visit: &Visit,
    number: i64,
    form: &Form,
    (status, faults): Told,
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let whole = read::one(&visit.city, &visit.actor, number).await.map_err(|error| visit.error(error))?;
    let case = &whole.case;
    let rules = visit.city.book.on(case.rules_on());
    let (is_officer, is_director) = (shell.is_role("approval_officer"), shell.is_role("approval_director"));
    let is_at = |stage: FundraisingStage| case.stage == stage;
    let own = is_director.then(|| match case.stage {
        FundraisingStage::Reviewed => other_person(case.reviewed_by, visit.actor.person),
        FundraisingStage::Granted => other_person(case.penalty_by, visit.actor.person),
        _ => Ok(()),
    });
    let waits = own.and_then(Result::err).map_or_else(String::new, |refusal| shell.refusal(&refusal));
    let is_other = is_director && waits.is_empty();
    let is_granted = is_at(FundraisingStage::Granted);
    let asked = whole.conditions.iter().map(|one| one.condition);
    let page = CasePage {
        title: shell.tx("fundraising-case-title", number),
        base: shell.url(format!("/desk/fundraising/{number}")),
        stage: shell.coded(&case.stage),
        tone: tone(case.stage),
        rows: case_rows(shell, &whole),
        conditions: conditions(shell, &whole.known),
        explained: course::explained(shell, whole.conditions.iter(), |one| law(shell, one, rules), true),
        papers: pane(visit, case.subject()).await?,
        documents: list::lines(visit, case.subject()).await?,
        deadlines: deadline_lines(visit, case.subject()).await?,
        may_accept: is_officer && is_at(FundraisingStage::Applied),
        accept_hint: course::accept_hint(visit),
        may_correct: is_officer && is_at(FundraisingStage::Applied) && !case.is_corrected,
        may_pause: is_officer && is_at(FundraisingStage::Accepted) && !whole.is_paused,
        may_resume: is_officer && is_at(FundraisingStage::Accepted) && whole.is_paused,
        may_review: is_officer && is_at(FundraisingStage::Accepted) && !whole.is_paused,
        may_decide: is_other && is_at(FundraisingStage::Reviewed),
        may_record_penalty: is_officer && is_granted && case.penalty_on.is_none(),
        may_confirm_penalty: is_other && is_granted && case.penalty_on.is_some(),
        confirm_hint: shell.by_rules(
            visit.city.book.on(shell.now().date()),
            "fundraising-penalty-confirm-hint",
            &[("years", RuleKey::FundraisingBarYears)],
        ),
        waits,
        checks: course::check_fields(shell, asked, |one| law(shell, one, rules), (form, &faults)),
        is_claim: case.way == FundraisingWay::Claim,
        fit: course::yes_no(shell, form.trimmed("is_fit")),
        grounds: course::ground_choices(shell, whole.conditions.iter(), form),
        form,
        faults: &faults,
        shell,
    };
    show_as(status, &page)
}

/// POST /desk/fundraising/{number}: the next step, by its name.
pub async fn update(visit: Visit, Path(number): Path<i64>, form: Form) -> Result<Response, PageError> {
    if preview::is_edited(&form) {
        return page(&visit, number, &form, plain()).await;
    }
    let (step, wish) = preview::step_of(&form);
    match act(&visit, number, (&step, wish), &form).await {
        Ok(foreseen) => {
            let action = format!("/desk/fundraising/{number}");
            let done = || Ok(visit.done(&action, &format!("fundraising-desk-{step}")));
            preview::seen(&visit, &form, (&action, &step, "preview-issue"), foreseen).unwrap_or_else(done)
        }
        Err(error) => {
            let told = visit.mendable(error)?;
            page(&visit, number, &form, told).await
        }
    }
}

async fn act(
    visit: &Visit,
    number: i64,
    (step, wish): (&str, Wish),
    form: &Form,
) -> Result<Vec<Document>, Error> {
    let steps = Steps::of(visit, form, wish);
    match step {
        "accept" => steps.take(&AcceptFundraising { number }).await,
        "correct" => {
            let defects = form.text("defects").to_owned();
            steps.take(&CorrectFundraising { number, defects }).await
        }
        "pause" | "resume" => steps.take(&PauseFundraising { number, is_paused: step == "pause" }).await,
        "review" => steps.take(&review_of(number, form)).await,
        "back" => {
            let reason = form.text("decision").to_owned();
            steps.take(&SendBackFundraising { number, reason }).await
        }
        "grant" | "deny" => {
            let act = DecideFundraising {
                number,
                is_granted: step == "grant",
                grounds: form.every("ground").into_iter().filter_map(Condition::from_code).collect(),
                decision: form.text("decision").to_owned(),
            };
            steps.take(&act).await
        }
        "penalty" => {
            let mut typed = Typed::of(visit, form);
            let act = RecordFundraisingPenalty {
                number,
                penalty_number: typed.text("penalty_number"),
                penalty_on: typed.date("penalty_on"),
                reason: typed.text("penalty_reason"),
            };
            steps.take_typed(typed, &act).await
        }
        "revoke" | "drop" => {
            steps.take(&ConfirmFundraisingPenalty { number, is_right: step == "revoke" }).await
        }
        _ => Err(Error::NotFound),
    }
}

/// The officer's check as it was typed.
fn review_of(number: i64, form: &Form) -> ReviewFundraising {
    ReviewFundraising {
        number,
        checks: course::checks(form),
        is_fit: course::chosen(form, "is_fit"),
        opinion: form.text("opinion").to_owned(),
    }
}
