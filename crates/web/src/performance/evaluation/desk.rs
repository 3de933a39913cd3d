//! The bureau's page of a contract's evaluation: whoever reads it finds the next step that is theirs.

use app::frozen::{freeze, thaw};
use app::performance::evaluation::held::{self, HeldContract};
use app::performance::evaluation::{
    self, AnswerReply, CheckPlan, CloseProject, ContinueContract, DrawExperts, GivePurchaserScore,
    GiveThirdPartyScore, OpenEvaluation, PublishMidTerm, PublishResult, ReportActuals, SendResult,
    SubmitPlan,
};
use app::{Act, Error};
use askama::Template;
use axum::response::Response;
use domain::contracts::ContractStage;
use domain::kernel::{Coded, Fen, Role};
use domain::performance::evaluation::{EvaluationKind, EvaluationStage, PlanStage, indicator, yearly};

use super::view::{self, PlanView, RoundView, Sight};
use crate::shell::findings::{FindingLine, finding_lines};
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults};

/// The next steps of the reader.
#[derive(Default)]
struct Steps {
    plan: bool,
    submit: bool,
    check: bool,
    open: bool,
    report: bool,
    mid_term: bool,
    draw: bool,
    purchaser: bool,
    third_party: bool,
    send: bool,
    answer: bool,
    publish: bool,
    close: bool,
}

struct ActualField {
    name: String,
    label: String,
    hint: String,
    value: String,
}

#[derive(Template)]
#[template(path = "performance/evaluation/desk.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    contract: &'a HeldContract,
    base: String,
    plan: Option<PlanView>,
    rounds: Vec<RoundView>,
    current: (i64, i64),
    steps: Steps,
    kinds: Vec<Choice>,
    actuals: Vec<ActualField>,
    findings: Vec<FindingLine>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// A contract of the reader's own office, or any for those of the whole bureau.
pub(in crate::performance) async fn load(visit: &Visit, number: &str) -> Result<HeldContract, PageError> {
    let fail = |error| visit.error(error);
    let contract = held::by_number(&visit.city, number).await.map_err(fail)?;
    let is_strange = visit.actor.office().is_some_and(|office| office != contract.office_id);
    if is_strange { Err(fail(Error::NotFound)) } else { Ok(contract) }
}

async fn page<'a>(
    visit: &'a Visit,
    contract: &'a HeldContract,
    form: &'a Form,
    faults: &'a [FieldFault],
) -> Result<DeskPage<'a>, PageError> {
    let (shell, fail) = (&visit.shell, |error| visit.error(error));
    let plan = view::plan(visit, contract).await.map_err(fail)?;
    let rounds = view::rounds(visit, contract, Sight::Bureau).await.map_err(fail)?;
    let found = evaluation::closing_findings(&visit.city, contract).await.map_err(fail)?;
    let steps = steps(visit, contract, plan.as_ref(), rounds.first());
    let actuals = rounds.first().map(|view| actual_fields(shell, view, form)).unwrap_or_default();
    Ok(DeskPage {
        shell,
        contract,
        base: format!("/desk/contracts/{}/evaluation", contract.number),
        current: rounds.first().map_or((0, 0), |view| (view.round.id, view.round.version)),
        steps,
        kinds: kinds(visit, contract),
        actuals,
        findings: finding_lines(shell, &thaw(&freeze(&found))),
        plan,
        rounds,
        form,
        faults,
    })
}

/// A year's gate is for contracts over several years.
fn kinds(visit: &Visit, contract: &HeldContract) -> Vec<Choice> {
    let shell = &visit.shell;
    let is_long = yearly::rounds(&contract.term(), 0, visit.city.book.on(contract.starts_on)) > 0;
    let offered = EvaluationKind::ALL.iter().filter(|kind| is_long || **kind != EvaluationKind::Yearly);
    offered.map(|kind| Choice::new(kind.code(), shell.coded(kind), "")).collect()
}

fn actual_fields(shell: &Shell, view: &RoundView, form: &Form) -> Vec<ActualField> {
    let fields = view.lines.iter().enumerate().map(|(place, line)| {
        let name = indicator::field("actuals", place + 1);
        let is_typed = form.fields().iter().any(|(field, _)| *field == name);
        let held = if line.actual == "—" { "" } else { line.actual.as_str() };
        ActualField {
            label: line.title.clone(),
            hint: shell.tx("evaluation-target-is", &line.target),
            value: if is_typed { form.text(&name) } else { held }.to_owned(),
            name,
        }
    });
    fields.collect()
}

fn steps(
    visit: &Visit,
    contract: &HeldContract,
    plan: Option<&PlanView>,
    latest: Option<&RoundView>,
) -> Steps {
    let is = |role: Role| visit.actor.post.role == role;
    let (staff, director, lead) = (is(Role::OfficeStaff), is(Role::OfficeDirector), is(Role::PurchaseLead));
    let in_force = contract.stage == ContractStage::Signed;
    let planned = plan.map(|plan| plan.plan.stage);
    let stage = latest.map(|view| view.round.stage);
    let is_scoring = stage == Some(EvaluationStage::Scoring);
    let is_reporting = stage == Some(EvaluationStage::Reporting);
    let is_hearing = stage == Some(EvaluationStage::Hearing);
    let of = |test: fn(&RoundView) -> bool| latest.is_some_and(test);
    let is_mid_term = of(|view| view.round.kind == EvaluationKind::MidTerm);
    let is_reported = of(|view| view.round.reported_at.is_some());
    let is_final_out =
        of(|view| view.round.kind == EvaluationKind::Final && view.round.stage == EvaluationStage::Published);
    Steps {
        plan: staff && in_force && planned.is_none_or(|stage| stage == PlanStage::Drafted),
        submit: staff && planned == Some(PlanStage::Drafted),
        check: lead && planned == Some(PlanStage::Submitted),
        open: staff
            && in_force
            && planned == Some(PlanStage::Fixed)
            && stage.is_none_or(|stage| stage == EvaluationStage::Published)
            && !is_final_out,
        report: staff && is_reporting,
        mid_term: lead && is_reporting && is_reported && is_mid_term,
        draw: lead
            && !is_mid_term
            && ((is_reporting && is_reported)
                || (is_scoring && of(|view| view.seats.iter().any(|seat| seat.recused_at.is_some())))),
        purchaser: director && is_scoring && of(|view| view.round.purchaser_score.is_none()),
        third_party: lead
            && is_scoring
            && plan.is_some_and(|plan| !plan.plan.has_recipients)
            && of(|view| view.round.third_score.is_none()),
        send: lead && is_scoring,
        answer: lead && is_hearing && of(|view| view.round.reply.is_some() && view.round.answer.is_none()),
        publish: lead && is_hearing,
        close: director && in_force,
    }
}

/// GET /desk/contracts/{no}/evaluation
pub async fn show_desk(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let contract = load(&visit, &number).await?;
    show(&page(&visit, &contract, &Form::default(), &[]).await?)
}

/// POST /desk/contracts/{no}/evaluation: `act` names the step.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let contract = load(&visit, &number).await?;
    match perform(&visit, &contract, &form).await {
        Ok(done) => Ok(visit.done(&format!("/desk/contracts/{number}/evaluation"), done)),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&page(&visit, &contract, &form, &faults).await?)
        }
    }
}

async fn act<A: Act>(visit: &Visit, form: &Form, act: A) -> Result<(), Error> {
    visit.city.act(&visit.actor, &form.key(), &act).await.map(|_| ())
}

async fn perform(visit: &Visit, contract: &HeldContract, form: &Form) -> Result<&'static str, Error> {
    let (id, version) = (form.number("evaluation").unwrap_or(0), form.number("version").unwrap_or(0));
    match form.text("act") {
        "submit" => {
            act(visit, form, SubmitPlan { contract: contract.id, version }).await?;
            Ok("evaluation-plan-submitted")
        }
        "fix" | "return" => {
            let (is_fixed, note) = (form.text("act") == "fix", form.text("note").to_owned());
            act(visit, form, CheckPlan { contract: contract.id, version, is_fixed, note }).await?;
            Ok(if is_fixed { "evaluation-plan-fixed" } else { "evaluation-plan-returned" })
        }
        "open" => {
            let kind = EvaluationKind::from_code(form.text("kind")).ok_or(Error::NotFound)?;
            act(visit, form, OpenEvaluation { contract: contract.id, kind }).await?;
            Ok("evaluation-opened")
        }
        "report" => {
            act(visit, form, ReportActuals { evaluation: id, version, actuals: actuals(form) }).await?;
            Ok("evaluation-reported")
        }
        "close" => {
            act(visit, form, CloseProject { tender: contract.tender_id }).await?;
            Ok("evaluation-closed")
        }
        "continue" => {
            act(visit, form, ContinueContract { contract: contract.id }).await?;
            Ok("evaluation-continued")
        }
        _ => score(visit, form, id, version).await,
    }
}

/// What was typed for every indicator that the form shows.
fn actuals(form: &Form) -> Vec<String> {
    let count = form.fields().iter().filter(|(name, _)| name.starts_with("actuals.")).count();
    (1..=count).map(|at| form.text(&indicator::field("actuals", at)).to_owned()).collect()
}

async fn score(visit: &Visit, form: &Form, id: i64, version: i64) -> Result<&'static str, Error> {
    // Points are typed like money: at most two decimals, read as whole hundredths.
    let score = || Fen::parse_yuan(form.trimmed("score")).ok().map(|hundredths| hundredths.0);
    let evidence = || form.text("evidence").to_owned();
    match form.text("act") {
        "mid_term" => {
            act(visit, form, PublishMidTerm { evaluation: id, version }).await?;
            Ok("evaluation-published")
        }
        "draw" => {
            let experts = form.number("experts").and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
            act(visit, form, DrawExperts { evaluation: id, version, experts }).await?;
            Ok("evaluation-drawn")
        }
        "purchaser" => {
            let give = GivePurchaserScore { evaluation: id, version, score: score(), evidence: evidence() };
            act(visit, form, give).await?;
            Ok("evaluation-scored")
        }
        "third_party" => {
            let give = GiveThirdPartyScore { evaluation: id, version, score: score(), evidence: evidence() };
            act(visit, form, give).await?;
            Ok("evaluation-scored")
        }
        "send" => {
            act(visit, form, SendResult { evaluation: id, version }).await?;
            Ok("evaluation-sent")
        }
        "answer" => {
            let text = form.text("answer").to_owned();
            act(visit, form, AnswerReply { evaluation: id, version, text }).await?;
            Ok("evaluation-answered")
        }
        "publish" => {
            act(visit, form, PublishResult { evaluation: id, version }).await?;
            Ok("evaluation-published")
        }
        _ => Err(Error::NotFound),
    }
}
