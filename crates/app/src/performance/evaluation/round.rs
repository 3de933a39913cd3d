//! A round begins, and the office reports what was reached against the targets of the plan (E3).

use domain::kernel::{Coded, ContractId, Refusal, Role};
use domain::performance::evaluation::{EvaluationKind, EvaluationStage, indicator, stage, yearly};

use super::held::{self, HeldContract, HeldRound};
use crate::db::{Row, Val};
use crate::journal::{EVALUATION, EVALUATION_ACTUAL};
use crate::{Act, Cx, Error, args};

/// Begins a round.
#[derive(Clone, Copy)]
pub struct OpenEvaluation {
    /// The contract.
    pub contract: ContractId,
    /// Which round.
    pub kind: EvaluationKind,
}

impl Act for OpenEvaluation {
    /// The round's row.
    type Outcome = i64;
    const NAME: &'static str = "performance.open_evaluation";
    const WHO: &'static [Role] = &[Role::OfficeStaff];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let contract = held::contract(cx, self.contract).await?;
        contract.require_office(cx)?;
        contract.require_force()?;
        let plan = held::fixed_plan(cx, self.contract).await?;
        stage::check_open(self.kind, &contract.course(), cx.now.date())?;
        let rounds = held::rounds(cx, self.contract).await?;
        if let Some(open) = rounds.iter().find(|round| round.stage != EvaluationStage::Published) {
            return Err(Refusal::new("performance.round-open", "E3").with_code("kind", open.kind).into());
        }
        if rounds.iter().any(|round| round.kind == EvaluationKind::Final) {
            return Err(Refusal::new("performance.final-exists", "E3").into());
        }
        let before = rounds.iter().filter(|round| round.kind == self.kind).count();
        if self.kind == EvaluationKind::Yearly {
            check_year(cx, &contract, before)?;
        }
        let id = cx.id();
        let values = [
            ("contract_id", self.contract.into()),
            ("plan_id", plan.id.into()),
            ("kind", self.kind.code().into()),
            ("round", (before + 1).into()),
            ("stage", Val::code(EvaluationStage::Reporting)),
            ("opened_by", held::person(cx)?.into()),
            ("opened_at", cx.now.into()),
            ("purchaser_evidence", "".into()),
            ("third_evidence", "".into()),
        ];
        cx.insert(&EVALUATION, id, &values).await?;
        Ok(id)
    }
}

/// A year that the contract does not have, or that has not begun, is not judged (C51). Rounds that stand already make
/// none: what was begun is only ever finished.
fn check_year(cx: &Cx<'_>, contract: &HeldContract, before: usize) -> Result<(), Error> {
    let year = i64::try_from(before + 1).unwrap_or(i64::MAX);
    let rules = cx.app.book.on(contract.starts_on);
    let checked = yearly::check(year, &contract.term(), 0, cx.now.date(), rules);
    checked.map_err(|refusal| Error::Invalid(vec![refusal.at("kind")]))
}

/// Reports what was reached; may be corrected until the next step.
#[derive(Clone)]
pub struct ReportActuals {
    /// The round.
    pub evaluation: i64,
    /// The version that was read.
    pub version: i64,
    /// What was reached of each indicator, in order.
    pub actuals: Vec<String>,
}

impl Act for ReportActuals {
    type Outcome = ();
    const NAME: &'static str = "performance.report_actuals";
    const WHO: &'static [Role] = &[Role::OfficeStaff];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (contract, round) = held::round(cx, self.evaluation).await?;
        contract.require_office(cx)?;
        round.stage.expect(EvaluationStage::Reporting)?;
        let sql = "SELECT i.id FROM evaluation_indicator i JOIN evaluation_plan p ON p.id = i.plan_id
                   WHERE p.contract_id = $1 ORDER BY i.position";
        let indicators: Vec<(i64,)> = cx.tx.all(sql, args![contract.id]).await?;
        let mut actuals = self.actuals.clone();
        actuals.resize(indicators.len(), String::new());
        let found = indicator::missing_actuals(&actuals);
        if !found.is_empty() {
            return Err(Error::Invalid(found));
        }
        for ((indicator,), actual) in indicators.iter().zip(&actuals) {
            keep(cx, &round, *indicator, actual.trim()).await?;
        }
        let values = [("reported_by", held::person(cx)?.into()), ("reported_at", cx.now.into())];
        cx.update(&EVALUATION, round.id, self.version, &values).await
    }
}

async fn keep(cx: &mut Cx<'_>, round: &HeldRound, indicator: i64, actual: &str) -> Result<(), Error> {
    let sql = "SELECT id, version FROM evaluation_actual WHERE evaluation_id = $1 AND indicator_id = $2";
    if let Some(row) = cx.tx.maybe::<Row>(sql, args![round.id, indicator]).await? {
        let values = [("actual", actual.into())];
        return cx.update(&EVALUATION_ACTUAL, row.get::<i64>("id")?, row.get("version")?, &values).await;
    }
    let id = cx.id();
    let values =
        [("evaluation_id", round.id.into()), ("indicator_id", indicator.into()), ("actual", actual.into())];
    cx.insert(&EVALUATION_ACTUAL, id, &values).await
}

/// Publishes a mid-term round: targets beside what was reached so far, without a grade.
#[derive(Clone, Copy)]
pub struct PublishMidTerm {
    /// The round.
    pub evaluation: i64,
    /// The version that was read.
    pub version: i64,
}

impl Act for PublishMidTerm {
    type Outcome = ();
    const NAME: &'static str = "performance.publish_mid_term";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (contract, round) = held::round(cx, self.evaluation).await?;
        if round.kind != EvaluationKind::MidTerm {
            return Err(Refusal::new("performance.graded-round", "E1").with_code("kind", round.kind).into());
        }
        let person = held::person(cx)?;
        check_reported(&round)?;
        if round.reported_by == Some(person) {
            return Err(Refusal::new("performance.own-report", "C14").into());
        }
        let values = [
            ("stage", Val::code(EvaluationStage::Published)),
            ("published_by", person.into()),
            ("published_at", cx.now.into()),
        ];
        cx.update(&EVALUATION, round.id, self.version, &values).await?;
        cx.announce("evaluation.mid_term_published", contract.number);
        Ok(())
    }
}

/// Refuses a next step before the office has said what was reached.
pub(super) fn check_reported(round: &HeldRound) -> Result<(), Refusal> {
    round.stage.expect(EvaluationStage::Reporting)?;
    if round.reported_at.is_none() {
        return Err(Refusal::new("performance.not-reported", "E3"));
    }
    Ok(())
}
