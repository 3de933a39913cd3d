//! One application on the desk: what the register says now, what the organisation explains, and the next step of
//! whoever reads (B39, S10, C14).

use app::Error;
use app::registry::fundraising::decision::{
    Check, DecideFundraising, ReviewFundraising, SendBackFundraising,
};
use app::registry::fundraising::intake::{AcceptFundraising, CorrectFundraising, PauseFundraising};
use app::registry::fundraising::read::{self, WholeFundraising};
use app::registry::fundraising::revocation::{ConfirmFundraisingPenalty, RecordFundraisingPenalty};
use askama::Template;
use axum::response::Response;
use domain::kernel::Coded;
use domain::registry::change::other_person;
use domain::registry::fundraising::{Condition, FundraisingStage, FundraisingWay};

use super::super::ending::{Told, conditions, pane, plain, show_as};
use super::{ExplainedLine, case_rows, explained, law, tone};
use crate::documents::list::{self, DocumentLine};
use crate::papers::pane::Pane;
use crate::registry::registration::desk_case::{DeadlineLine, deadline_lines};
use crate::registry::tell;
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Typed, Visit, fault_at};

/// One condition in the officer's check.
struct CheckField {
    title: String,
    law: String,
    found: String,
    choices: Vec<Choice>,
    found_fault: String,
    note: String,
    words: String,
    note_fault: String,
}

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
    may_correct: bool,
    may_pause: bool,
    may_resume: bool,
    may_review: bool,
    may_decide: bool,
    may_record_penalty: bool,
    may_confirm_penalty: bool,
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
    let page = CasePage {
        title: shell.tx("fundraising-case-title", number),
        base: shell.url(format!("/desk/fundraising/{number}")),
        stage: shell.coded(&case.stage),
        tone: tone(case.stage),
        rows: case_rows(shell, &whole),
        conditions: conditions(shell, &whole.known),
        explained: explained(shell, &whole, rules, true),
        papers: pane(visit, case.subject()).await?,
        documents: list::lines(visit, case.subject()).await?,
        deadlines: deadline_lines(visit, case.subject()).await?,
        may_accept: is_officer && is_at(FundraisingStage::Applied),
        may_correct: is_officer && is_at(FundraisingStage::Applied) && !case.is_corrected,
        may_pause: is_officer && is_at(FundraisingStage::Accepted) && !whole.is_paused,
        may_resume: is_officer && is_at(FundraisingStage::Accepted) && whole.is_paused,
        may_review: is_officer && is_at(FundraisingStage::Accepted) && !whole.is_paused,
        may_decide: is_other && is_at(FundraisingStage::Reviewed),
        may_record_penalty: is_officer && is_granted && case.penalty_on.is_none(),
        may_confirm_penalty: is_other && is_granted && case.penalty_on.is_some(),
        waits,
        checks: check_fields(visit, &whole, form, &faults),
        is_claim: case.way == FundraisingWay::Claim,
        fit: yes_no(shell, form.trimmed("is_fit")),
        grounds: ground_choices(shell, &whole, form),
        form,
        faults: &faults,
        shell,
    };
    show_as(status, &page)
}

fn yes_no(shell: &Shell, current: &str) -> Vec<Choice> {
    [("yes", "registry-condition-met"), ("no", "registry-condition-barred")]
        .map(|(value, key)| Choice::new(value, shell.t(key), current))
        .into()
}

fn check_fields(
    visit: &Visit,
    whole: &WholeFundraising,
    form: &Form,
    faults: &[FieldFault],
) -> Vec<CheckField> {
    let shell = &visit.shell;
    let rules = visit.city.book.on(whole.case.rules_on());
    let field = |one: &app::registry::fundraising::held::HeldCondition| {
        let code = one.condition.code();
        let (found, note) = (format!("found_{code}"), format!("finding_{code}"));
        CheckField {
            title: shell.coded(&one.condition),
            law: law(shell, one.condition, rules),
            choices: yes_no(shell, form.trimmed(&found)),
            found_fault: fault_at(faults, &found).to_owned(),
            words: form.text(&note).to_owned(),
            note_fault: fault_at(faults, &note).to_owned(),
            found,
            note,
        }
    };
    whole.conditions.iter().map(field).collect()
}

/// The conditions that the director may name beside those found not met, which are grounds by themselves.
fn ground_choices(shell: &Shell, whole: &WholeFundraising, form: &Form) -> Vec<Choice> {
    let open = whole.conditions.iter().filter(|one| one.is_met != Some(false));
    let choice = |condition: Condition| Choice {
        value: condition.code().to_owned(),
        label: shell.coded(&condition),
        hint: String::new(),
        chosen: form.has("ground", condition.code()),
    };
    open.map(|one| choice(one.condition)).collect()
}

/// POST /desk/fundraising/{number}: the next step, by its name.
pub async fn update(visit: Visit, Path(number): Path<i64>, form: Form) -> Result<Response, PageError> {
    let step = form.trimmed("step").to_owned();
    match act(&visit, number, &step, &form).await {
        Ok(()) => Ok(visit.done(&format!("/desk/fundraising/{number}"), &format!("fundraising-desk-{step}"))),
        Err(error) => {
            let told = visit.mendable(error)?;
            page(&visit, number, &form, told).await
        }
    }
}

async fn act(visit: &Visit, number: i64, step: &str, form: &Form) -> Result<(), Error> {
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    match step {
        "accept" => city.act(actor, &key, &AcceptFundraising { number }).await,
        "correct" => {
            let defects = form.text("defects").to_owned();
            city.act(actor, &key, &CorrectFundraising { number, defects }).await
        }
        "pause" | "resume" => {
            city.act(actor, &key, &PauseFundraising { number, is_paused: step == "pause" }).await
        }
        "review" => city.act(actor, &key, &review_of(number, form)).await,
        "back" => {
            let reason = form.text("decision").to_owned();
            city.act(actor, &key, &SendBackFundraising { number, reason }).await
        }
        "grant" | "deny" => {
            let act = DecideFundraising {
                number,
                is_granted: step == "grant",
                grounds: form.every("ground").into_iter().filter_map(Condition::from_code).collect(),
                decision: form.text("decision").to_owned(),
            };
            city.act(actor, &key, &act).await
        }
        "penalty" => {
            let mut typed = Typed::of(visit, form);
            let act = RecordFundraisingPenalty {
                number,
                penalty_number: typed.text("penalty_number"),
                penalty_on: typed.date("penalty_on"),
                reason: typed.text("penalty_reason"),
            };
            typed.ask(visit, &key, &act).await
        }
        "revoke" | "drop" => {
            city.act(actor, &key, &ConfirmFundraisingPenalty { number, is_right: step == "revoke" }).await
        }
        _ => Err(Error::NotFound),
    }
}

/// The officer's check as it was typed.
fn review_of(number: i64, form: &Form) -> ReviewFundraising {
    let said = |field: &str| match form.trimmed(field) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let check = |condition: &Condition| Check {
        condition: *condition,
        is_met: said(&format!("found_{}", condition.code())),
        finding: form.text(&format!("finding_{}", condition.code())).to_owned(),
    };
    ReviewFundraising {
        number,
        checks: Condition::ALL.iter().map(check).collect(),
        is_fit: said("is_fit"),
        opinion: form.text("opinion").to_owned(),
    }
}
