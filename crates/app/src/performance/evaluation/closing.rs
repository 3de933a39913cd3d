//! Closing a project: blocked without contract, acceptance of all that is owed, final evaluation and enough
//! recipients (S71, C55, E2, E3).

use domain::contracts::ContractStage;
use domain::kernel::{ContractId, Finding, Moment, Refusal, Role, TenderId};
use domain::performance::evaluation::closing::{self, Delivered, Project};
use domain::performance::evaluation::{EvaluationKind, EvaluationStage, PlanStage};
use domain::performance::survey::Round;

use super::held::HeldContract;
use super::{held, read, satisfaction};
use crate::db::{Row, Val};
use crate::journal::{CONTRACT, PROJECT_CLOSING};
use crate::{Act, App, Cx, Error, args};

/// Closes the project that a tender began.
#[derive(Clone, Copy)]
pub struct CloseProject {
    /// The tender.
    pub tender: TenderId,
}

impl Act for CloseProject {
    type Outcome = ();
    const NAME: &'static str = "performance.close_project";
    const WHO: &'static [Role] = &[Role::OfficeDirector];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let sql = "SELECT count(*) FROM tender WHERE id = $1 AND office_id = $2";
        if cx.tx.number(sql, args![self.tender, cx.actor.office()]).await? == 0 {
            return Err(Error::NotFound);
        }
        let sql = "SELECT id FROM contract WHERE tender_id = $1 AND published_at IS NOT NULL";
        let Some((contract,)) = cx.tx.maybe::<(ContractId,)>(sql, args![self.tender]).await? else {
            return Err(Refusal::new("performance.close-without-contract", "S71").into());
        };
        let contract = held::contract(cx, contract).await?;
        let sql = "SELECT count(*) FROM project_closing WHERE contract_id = $1";
        if cx.tx.number(sql, args![contract.id]).await? > 0 {
            return Err(Refusal::new("performance.closed-already", "S71").into());
        }
        let (project, last) = project(cx, &contract).await?;
        let found = closing::problems(&project, cx.app.book.on(contract.starts_on));
        let Some(last) = last.filter(|_| found.is_empty()) else { return Err(Error::Invalid(found)) };
        let id = cx.id();
        let values = [
            ("contract_id", contract.id.into()),
            ("evaluation_id", last.into()),
            ("closed_by", held::person(cx)?.into()),
            ("closed_at", cx.now.into()),
        ];
        cx.insert(&PROJECT_CLOSING, id, &values).await?;
        let values = [("stage", Val::code(ContractStage::Ended))];
        cx.update(&CONTRACT, contract.id.0, contract.version, &values).await?;
        cx.announce("evaluation.project_closed", contract.number);
        Ok(())
    }
}

/// The milestones that are owed: all of them, or those reported when the contract ended before its time.
const DELIVERED: &str =
    "SELECT count(*) AS milestones, count(CASE WHEN a.state = 'accepted' THEN 1 END) AS accepted,
       count(CASE WHEN a.state = 'accepted' THEN a.published_at END) AS published
     FROM milestone m LEFT JOIN acceptance a ON a.milestone_id = m.id
     WHERE m.contract_id = $1 AND (a.id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM contract_halt h
       WHERE h.contract_id = $1 AND h.kind = 'end' AND h.state = 'in_force'))";

fn delivered(row: &Row) -> Result<Delivered, Error> {
    let (milestones, accepted) = (row.get("milestones")?, row.get("accepted")?);
    Ok(Delivered { milestones, accepted, published: row.get("published")? })
}

/// What is known of the project, and its published final evaluation.
async fn project(cx: &mut Cx<'_>, contract: &HeldContract) -> Result<(Project, Option<i64>), Error> {
    let plan = held::plan(cx, contract.id).await?;
    let rounds = held::rounds(cx, contract.id).await?;
    let published = rounds.iter().filter(|round| round.stage == EvaluationStage::Published);
    let last = published.clone().find(|round| round.kind == EvaluationKind::Final).map(|round| round.id);
    let tally = satisfaction::of(cx, contract.id, Round::Final).await?;
    let fixed = plan.as_ref().filter(|plan| plan.stage == PlanStage::Fixed);
    let delivered = delivered(&cx.tx.one::<Row>(DELIVERED, args![contract.id]).await?)?;
    let project = Project {
        has_contract: contract.published_at.is_some(),
        months: contract.term().months(),
        fix_before: Some(contract.fix_before()),
        fixed: fixed.and_then(|plan| plan.checked_at).map(Moment::date),
        delivered,
        rounds_before: published.filter(|round| round.kind != EvaluationKind::Final).count(),
        has_final: last.is_some(),
        has_recipients: plan.as_ref().is_none_or(|plan| plan.has_recipients),
        answers: tally.map(|tally| (tally.valid, tally.sample_minimum)),
    };
    Ok((project, last))
}

/// Every condition of closing with its outcome now, for the office's page.
///
/// # Errors
/// The database could not be read.
pub async fn closing_findings(app: &App, contract: &HeldContract) -> Result<Vec<Finding>, Error> {
    let plan = read::plan_of(app, contract.id).await?;
    let rounds = read::rounds_of(app, contract.id).await?;
    let tally = satisfaction::of_contract(app, contract.id).await?;
    let published = rounds.iter().filter(|round| round.stage == EvaluationStage::Published);
    let fixed = plan.as_ref().filter(|plan| plan.stage == PlanStage::Fixed);
    let delivered = delivered(&app.db.one::<Row>(DELIVERED, args![contract.id]).await?)?;
    let project = Project {
        has_contract: contract.published_at.is_some(),
        months: contract.term().months(),
        fix_before: Some(contract.fix_before()),
        fixed: fixed.and_then(|plan| plan.checked_at).map(Moment::date),
        delivered,
        rounds_before: published.clone().filter(|round| round.kind != EvaluationKind::Final).count(),
        has_final: published.clone().any(|round| round.kind == EvaluationKind::Final),
        has_recipients: plan.as_ref().is_none_or(|plan| plan.has_recipients),
        answers: tally.map(|tally| (tally.valid, tally.sample_minimum)),
    };
    Ok(closing::findings(&project, app.book.on(contract.starts_on)))
}
