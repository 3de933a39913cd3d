//! The plan: which indicators with which targets, whose word weighs how much; fixed before the service begins.

use domain::kernel::{Coded, ContractId, Refusal, Role};
use domain::performance::evaluation::indicator::{self, ServiceKind};
use domain::performance::evaluation::plan as rule;
use domain::performance::evaluation::weights::{self, Recipients};
use domain::performance::evaluation::{PlanStage, Weights};

use super::held::{self, HeldPlan};
use super::indicators::indicators;
use crate::db::{Row, Val};
use crate::journal::{EVALUATION_INDICATOR, EVALUATION_PLAN};
use crate::{Act, Cx, Error, args};

/// Writes a contract's plan, or writes it anew while it is not fixed.
#[derive(Clone)]
pub struct DraftPlan {
    /// The contract, signed by both sides.
    pub contract: ContractId,
    /// The version that was read; 0 for the first draft.
    pub version: i64,
    /// The kind of service, which decides the indicators.
    pub kind: ServiceKind,
    /// A target for each indicator, in order.
    pub targets: Vec<String>,
    /// Whose word weighs how much.
    pub weights: Weights,
    /// Whether recipients can be identified.
    pub has_recipients: bool,
    /// Why not; published.
    pub no_recipients_reason: String,
    /// Who stands in for them.
    pub third_party: String,
}

impl Act for DraftPlan {
    type Outcome = ();
    const NAME: &'static str = "performance.draft_plan";
    const WHO: &'static [Role] = &[Role::OfficeStaff];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let contract = held::contract(cx, self.contract).await?;
        contract.require_office(cx)?;
        contract.require_force()?;
        let before = held::plan(cx, self.contract).await?;
        if let Some(plan) = &before {
            plan.stage.expect(PlanStage::Drafted)?;
        }
        self.check(cx)?;
        let person = held::person(cx)?;
        let mut values = self.values();
        values.push(("drafted_by", person.into()));
        values.push(("drafted_at", cx.now.into()));
        values.push(("rules_on", cx.now.date().into()));
        let id = match before {
            Some(plan) => {
                cx.update(&EVALUATION_PLAN, plan.id, self.version, &values).await?;
                plan.id
            }
            None => {
                let id = cx.id();
                values.push(("contract_id", self.contract.into()));
                values.push(("stage", Val::code(PlanStage::Drafted)));
                values.push(("check_note", "".into()));
                cx.insert(&EVALUATION_PLAN, id, &values).await?;
                id
            }
        };
        self.replace_indicators(cx, id).await
    }
}

impl DraftPlan {
    fn check(&self, cx: &Cx<'_>) -> Result<(), Error> {
        let rules = cx.app.book.on(cx.now.date());
        let recipients = Recipients {
            are_identifiable: self.has_recipients,
            reason: &self.no_recipients_reason,
            third_party: &self.third_party,
        };
        let mut found = weights::problems(&self.weights, &recipients, rules);
        let mut targets = self.targets.clone();
        targets.resize(indicators(self.kind, rules)?.len(), String::new());
        found.extend(indicator::missing_targets(&targets));
        if found.is_empty() { Ok(()) } else { Err(Error::Invalid(found)) }
    }

    fn values(&self) -> Vec<(&'static str, Val)> {
        let text = |text: &str| if self.has_recipients { Val::from("") } else { Val::from(text.trim()) };
        vec![
            ("service_kind", self.kind.code().into()),
            ("w_experts", self.weights.experts.into()),
            ("w_recipients", self.weights.recipients.into()),
            ("w_purchaser", self.weights.purchaser.into()),
            ("w_third_party", self.weights.third_party.into()),
            ("has_recipients", self.has_recipients.into()),
            ("no_recipients_reason", text(&self.no_recipients_reason)),
            ("third_party", text(&self.third_party)),
        ]
    }

    async fn replace_indicators(&self, cx: &mut Cx<'_>, plan: i64) -> Result<(), Error> {
        let sql = "SELECT id, version FROM evaluation_indicator WHERE plan_id = $1";
        for row in cx.tx.all::<Row>(sql, args![plan]).await? {
            cx.delete(&EVALUATION_INDICATOR, row.get::<i64>("id")?, row.get("version")?).await?;
        }
        let set = indicators(self.kind, cx.app.book.on(cx.now.date()))?;
        for (place, (indicator, target)) in set.iter().zip(&self.targets).enumerate() {
            let id = cx.id();
            let values = [
                ("plan_id", plan.into()),
                ("position", (place + 1).into()),
                ("group_code", indicator.group.code().into()),
                ("code", indicator.code.as_str().into()),
                ("title_zh", indicator.title_zh.as_str().into()),
                ("title_en", indicator.title_en.as_str().into()),
                ("points", indicator.points.into()),
                ("target", target.trim().into()),
            ];
            cx.insert(&EVALUATION_INDICATOR, id, &values).await?;
        }
        Ok(())
    }
}

/// Hands a whole plan to the purchase lead.
#[derive(Clone, Copy)]
pub struct SubmitPlan {
    /// The contract.
    pub contract: ContractId,
    /// The version that was read.
    pub version: i64,
}

impl Act for SubmitPlan {
    type Outcome = ();
    const NAME: &'static str = "performance.submit_plan";
    const WHO: &'static [Role] = &[Role::OfficeStaff];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let contract = held::contract(cx, self.contract).await?;
        contract.require_office(cx)?;
        let plan = written(cx, self.contract).await?;
        plan.stage.expect(PlanStage::Drafted)?;
        let values = [("stage", Val::code(PlanStage::Submitted))];
        cx.update(&EVALUATION_PLAN, plan.id, self.version, &values).await
    }
}

/// Fixes a plan, or gives it back with a note. Whoever wrote it does neither (C14).
#[derive(Clone)]
pub struct CheckPlan {
    /// The contract.
    pub contract: ContractId,
    /// The version that was read.
    pub version: i64,
    /// Whether it stays as it is.
    pub is_fixed: bool,
    /// What is to be mended.
    pub note: String,
}

impl Act for CheckPlan {
    type Outcome = ();
    const NAME: &'static str = "performance.check_plan";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let contract = held::contract(cx, self.contract).await?;
        let plan = written(cx, self.contract).await?;
        plan.stage.expect(PlanStage::Submitted)?;
        let person = held::person(cx)?;
        if !self.is_fixed {
            rule::check_return(&self.note).map_err(|refusal| Error::Invalid(vec![refusal]))?;
            let values = [("stage", Val::code(PlanStage::Drafted)), ("check_note", self.note.trim().into())];
            return cx.update(&EVALUATION_PLAN, plan.id, self.version, &values).await;
        }
        rule::check_fix(plan.drafted_by, person, cx.now.date(), contract.fix_before())?;
        let values = [
            ("stage", Val::code(PlanStage::Fixed)),
            ("check_note", self.note.trim().into()),
            ("checked_by", person.into()),
            ("checked_at", cx.now.into()),
        ];
        cx.update(&EVALUATION_PLAN, plan.id, self.version, &values).await?;
        cx.announce("evaluation.plan_fixed", contract.number);
        Ok(())
    }
}

async fn written(cx: &mut Cx<'_>, contract: ContractId) -> Result<HeldPlan, Error> {
    let missing = || Refusal::new("performance.plan-missing", "E3");
    Ok(held::plan(cx, contract).await?.ok_or_else(missing)?)
}
