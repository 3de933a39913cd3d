//! Writing the plan: the kind of service decides the indicators, each of which gets a target.

use app::Error;
use app::performance::evaluation::held::{self, HeldContract};
use app::performance::evaluation::{self, DraftPlan, IndicatorRow, PlanRow};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use domain::kernel::Coded;
use domain::performance::evaluation::{PlanStage, ServiceKind, Weights, indicator, weights};
use serde::Deserialize;

use super::code_of;
use crate::shell::{
    Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults, words,
};

/// Which kind of service the form is for.
#[derive(Deserialize)]
pub struct Asked {
    kind: Option<String>,
}

struct Line {
    name: String,
    label: String,
    hint: String,
}

#[derive(Template)]
#[template(path = "performance/evaluation/plan_form.html")]
struct PlanPage<'a> {
    shell: &'a Shell,
    contract: &'a HeldContract,
    /// The day before which it is fixed.
    fix_before: String,
    kind: ServiceKind,
    kinds: Vec<Choice>,
    recipients: Vec<Choice>,
    lines: Vec<Line>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

async fn load(visit: &Visit, number: &str) -> Result<(HeldContract, Option<PlanRow>), PageError> {
    let fail = |error| visit.error(error);
    let contract = held::by_number(&visit.city, number).await.map_err(fail)?;
    let plan = evaluation::plan_of(&visit.city, contract.id).await.map_err(fail)?;
    let is_open = plan.as_ref().is_none_or(|plan| plan.stage == PlanStage::Drafted);
    if visit.actor.office() == Some(contract.office_id) && is_open {
        Ok((contract, plan))
    } else {
        Err(fail(Error::NotFound))
    }
}

fn page<'a>(
    visit: &'a Visit,
    contract: &'a HeldContract,
    kind: ServiceKind,
    form: &'a Form,
    faults: &'a [FieldFault],
) -> Result<PlanPage<'a>, PageError> {
    let shell = &visit.shell;
    let rules = visit.city.book.on(shell.now().date());
    let set = evaluation::indicators(kind, rules).map_err(|error| visit.error(error))?;
    let lines = set.iter().enumerate().map(|(place, one)| Line {
        name: indicator::field("targets", place + 1),
        label: if shell.is_english() { one.title_en.clone() } else { one.title_zh.clone() },
        hint: shell.txy("evaluation-indicator-hint", shell.coded(&one.group), one.points),
    });
    let choice = |code: &str| {
        Choice::new(code, words::member(shell.lang, "identifiable", code), form.text("has_recipients"))
    };
    Ok(PlanPage {
        shell,
        contract,
        fix_before: shell.date(&contract.fix_before()),
        kind,
        kinds: ServiceKind::ALL
            .iter()
            .map(|one| Choice::new(one.code(), shell.coded(one), kind.code()))
            .collect(),
        recipients: vec![choice("yes"), choice("no")],
        lines: lines.collect(),
        form,
        faults,
    })
}

/// GET /desk/contracts/{no}/evaluation/plan
pub async fn edit(
    visit: Visit,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let (contract, plan) = load(&visit, &number).await?;
    let indicators = evaluation::indicators_of(&visit.city, contract.id).await;
    let indicators = indicators.map_err(|error| visit.error(error))?;
    let held = plan.as_ref().map(|plan| plan.service_kind);
    let kind = asked.kind.as_deref().and_then(ServiceKind::from_code).or(held);
    let kind = kind.unwrap_or(ServiceKind::General);
    let usual = weights::usual(visit.city.book.on(visit.shell.now().date()));
    let targets = if held == Some(kind) { indicators.as_slice() } else { &[] };
    let form = prefilled(plan.as_ref(), usual, targets);
    show(&page(&visit, &contract, kind, &form, &[])?)
}

fn prefilled(plan: Option<&PlanRow>, usual: Weights, targets: &[IndicatorRow]) -> Form {
    let held = |of: fn(&PlanRow) -> i64, usual: i64| plan.map_or(usual, of).to_string();
    let has = plan.is_none_or(|plan| plan.has_recipients);
    let mut fields = vec![
        ("version".to_owned(), plan.map_or(0, |plan| plan.version).to_string()),
        ("experts".to_owned(), held(|plan| plan.w_experts, usual.experts)),
        ("recipients".to_owned(), held(|plan| plan.w_recipients, usual.recipients)),
        ("purchaser".to_owned(), held(|plan| plan.w_purchaser, usual.purchaser)),
        ("third_party".to_owned(), held(|plan| plan.w_third_party, usual.third_party)),
        ("has_recipients".to_owned(), if has { "yes" } else { "no" }.to_owned()),
    ];
    if let Some(plan) = plan {
        fields.push(("no_recipients_reason".to_owned(), plan.no_recipients_reason.clone()));
        fields.push(("third_party_name".to_owned(), plan.third_party.clone()));
    }
    let place = |one: &IndicatorRow| usize::try_from(one.position).unwrap_or(0);
    fields.extend(targets.iter().map(|one| (indicator::field("targets", place(one)), one.target.clone())));
    Form::of(fields)
}

/// POST /desk/contracts/{no}/evaluation/plan
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let (contract, _) = load(&visit, &number).await?;
    let kind = ServiceKind::from_code(form.text("kind")).unwrap_or(ServiceKind::General);
    let rules = visit.city.book.on(visit.shell.now().date());
    let count = evaluation::indicators(kind, rules).map_err(|error| visit.error(error))?.len();
    let weight = |name| form.number(name).unwrap_or(-1);
    let draft = DraftPlan {
        contract: contract.id,
        version: form.number("version").unwrap_or(0),
        kind,
        targets: (1..=count).map(|at| form.text(&indicator::field("targets", at)).to_owned()).collect(),
        weights: Weights {
            experts: weight("experts"),
            recipients: weight("recipients"),
            purchaser: weight("purchaser"),
            third_party: weight("third_party"),
        },
        has_recipients: form.text("has_recipients") != "no",
        no_recipients_reason: form.text("no_recipients_reason").to_owned(),
        third_party: form.text("third_party_name").to_owned(),
    };
    match visit.city.act(&visit.actor, &form.key(), &draft).await {
        Ok(()) => Ok(visit.done(&format!("/desk/contracts/{number}/evaluation"), "evaluation-plan-saved")),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&page(&visit, &contract, kind, &form, &faults)?)
        }
    }
}
