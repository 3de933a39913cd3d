//! A contract's evaluation for everyone: the plan fixed before, the rounds after, every figure with its rows.

use app::performance::evaluation::held::{self, HeldContract};
use app::performance::evaluation::{self, YearRow};
use askama::Template;
use axum::response::Response;
use domain::performance::evaluation::PlanStage;

use super::view::{self, PlanView, RoundView, Sight};
use crate::shell::way::{self, Station, Stop};
use crate::shell::{PageError, Path, Shell, Visit, show};

#[derive(Template)]
#[template(path = "performance/evaluation/public.html")]
struct PublicPage<'a> {
    shell: &'a Shell,
    contract: &'a HeldContract,
    plan: Option<PlanView>,
    rounds: Vec<RoundView>,
    years: Vec<YearRow>,
    way: Vec<Stop>,
}

/// GET /contracts/{no}/evaluation
pub async fn show_public(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let contract = held::by_number(&visit.city, &number).await.map_err(fail)?;
    let plan = view::plan(&visit, &contract).await.map_err(fail)?;
    show(&PublicPage {
        shell: &visit.shell,
        plan: plan.filter(|plan| plan.plan.stage == PlanStage::Fixed),
        rounds: view::rounds(&visit, &contract, Sight::Public).await.map_err(fail)?,
        years: evaluation::years(&visit.city, contract.id).await.map_err(fail)?,
        way: way::of_contract(&visit, &number, Station::Evaluation).await?,
        contract: &contract,
    })
}
