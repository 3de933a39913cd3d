//! The provider's page: the plan, the result before it is final, and the right to reply.

use app::Error;
use app::performance::evaluation::ReplyToResult;
use app::performance::evaluation::held::{self, HeldContract};
use askama::Template;
use axum::response::Response;
use domain::performance::evaluation::PlanStage;

use super::view::{self, PlanView, RoundView, Sight};
use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "performance/evaluation/own.html")]
struct OwnPage<'a> {
    shell: &'a Shell,
    contract: &'a HeldContract,
    plan: Option<PlanView>,
    rounds: Vec<RoundView>,
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
    let fail = |error| visit.error(error);
    let plan = view::plan(visit, contract).await.map_err(fail)?;
    Ok(OwnPage {
        shell: &visit.shell,
        contract,
        plan: plan.filter(|plan| plan.plan.stage == PlanStage::Fixed),
        rounds: view::rounds(visit, contract, Sight::Provider).await.map_err(fail)?,
        form,
        faults,
    })
}

/// GET /me/contracts/{no}/evaluation
pub async fn show_own(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let contract = load(&visit, &number).await?;
    show(&page(&visit, &contract, &Form::default(), &[]).await?)
}

/// POST /me/contracts/{no}/evaluation: the reply.
pub async fn reply(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let contract = load(&visit, &number).await?;
    let reply = ReplyToResult {
        evaluation: form.number("evaluation").unwrap_or(0),
        version: form.number("version").unwrap_or(0),
        text: form.text("reply").to_owned(),
    };
    match visit.city.act(&visit.actor, &form.key(), &reply).await {
        Ok(()) => Ok(visit.done(&format!("/me/contracts/{number}/evaluation"), "evaluation-replied")),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&page(&visit, &contract, &form, &faults).await?)
        }
    }
}
