//! The organisation's feedback page: tell the office, answer it, judge it, complain past it.

use app::performance::evaluation::held::{self, HeldContract};
use app::performance::feedback::{
    self, AcknowledgeFeedback, AnswerOfficeFeedback, ComplainOfRetaliation, GiveFeedback, JudgeOffice,
    OwnJudgement, RetaliationLine,
};
use app::{Act, Error};
use askama::Template;
use axum::response::Response;
use domain::contracts::ContractStage;
use domain::kernel::Coded;
use domain::performance::feedback::{FeedbackMatter, FeedbackWay, MARKS};

use super::{Line, lines};
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "performance/feedback/own.html")]
struct OwnPage<'a> {
    shell: &'a Shell,
    contract: &'a HeldContract,
    base: String,
    lead: String,
    lines: Vec<Line>,
    matters: Vec<Choice>,
    marks: Vec<Choice>,
    judgement: Option<OwnJudgement>,
    complaints: Vec<RetaliationLine>,
    may_judge: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

async fn load(visit: &Visit, number: &str) -> Result<HeldContract, PageError> {
    let fail = |error| visit.error(error);
    let contract = held::by_number(&visit.city, number).await.map_err(fail)?;
    let is_own = visit.actor.organisation() == Some(contract.organisation_id);
    if is_own { Ok(contract) } else { Err(fail(Error::NotFound)) }
}

async fn page<'a>(
    visit: &'a Visit,
    contract: &'a HeldContract,
    form: &'a Form,
    faults: &'a [FieldFault],
) -> Result<OwnPage<'a>, PageError> {
    let (city, shell, fail) = (&visit.city, &visit.shell, |error| visit.error(error));
    let all = feedback::of_contract(city, contract.id).await.map_err(fail)?;
    let matters = FeedbackMatter::ALL.iter().filter(|matter| matter.way() == FeedbackWay::ToOffice);
    let judgement = feedback::own_judgement(city, &visit.actor, contract.id).await.map_err(fail)?;
    let current = judgement.as_ref().map_or_else(String::new, |own| own.mark.to_string());
    let mark = |mark: i64| Choice::new(mark.to_string(), shell.tn("office-mark", mark), &current);
    Ok(OwnPage {
        shell,
        contract,
        base: format!("/me/contracts/{}/feedback", contract.number),
        lead: super::lead(visit, "told-own-lead", &contract.organisation),
        lines: lines(all, FeedbackWay::ToOrganisation),
        matters: matters.map(|one| Choice::new(one.code(), shell.coded(one), form.text("matter"))).collect(),
        marks: MARKS.rev().map(mark).collect(),
        judgement,
        complaints: feedback::own_complaints(city, &visit.actor, contract.id).await.map_err(fail)?,
        may_judge: contract.stage == ContractStage::Signed,
        form,
        faults,
    })
}

/// GET /me/contracts/{no}/feedback
pub async fn show_own(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let contract = load(&visit, &number).await?;
    show(&page(&visit, &contract, &Form::default(), &[]).await?)
}

/// POST /me/contracts/{no}/feedback: `act` is tell, acknowledge, answer, judge or complain.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let contract = load(&visit, &number).await?;
    match perform(&visit, &contract, &form).await {
        Ok(done) => Ok(visit.done(&format!("/me/contracts/{number}/feedback"), done)),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&page(&visit, &contract, &form, &faults).await?)
        }
    }
}

/// One act of a form.
pub(super) async fn act<A: Act>(visit: &Visit, form: &Form, act: A) -> Result<(), Error> {
    visit.city.act(&visit.actor, &form.key(), &act).await.map(|_| ())
}

/// Acknowledging and answering are the same on both sides.
pub(super) async fn receive(visit: &Visit, form: &Form) -> Result<&'static str, Error> {
    let (feedback, version) = (form.number("feedback").unwrap_or(0), form.number("version").unwrap_or(0));
    match form.text("act") {
        "acknowledge" => {
            act(visit, form, AcknowledgeFeedback { feedback, version }).await?;
            Ok("told-acknowledged")
        }
        "answer" => {
            let answer = form.text("answer").to_owned();
            act(visit, form, AnswerOfficeFeedback { feedback, version, answer }).await?;
            Ok("told-answered")
        }
        _ => Err(Error::NotFound),
    }
}

async fn perform(visit: &Visit, contract: &HeldContract, form: &Form) -> Result<&'static str, Error> {
    let text = |name| form.text(name).to_owned();
    match form.text("act") {
        "tell" => {
            let matter = FeedbackMatter::from_code(form.text("matter")).unwrap_or(FeedbackMatter::Other);
            let give = GiveFeedback {
                contract: contract.id,
                matter,
                milestone: None,
                words: text("text"),
                evidence: text("evidence"),
            };
            act(visit, form, give).await?;
            Ok("told")
        }
        "judge" => {
            let judge =
                JudgeOffice { contract: contract.id, mark: form.number("mark"), words: text("judgement") };
            act(visit, form, judge).await?;
            Ok("office-judged")
        }
        "complain" => {
            let complain = ComplainOfRetaliation {
                contract: contract.id,
                words: text("complaint"),
                evidence: text("proof"),
            };
            act(visit, form, complain).await?;
            Ok("complained")
        }
        _ => receive(visit, form).await,
    }
}
