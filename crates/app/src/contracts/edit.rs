//! Completing the draft: only what is not substance may change; offering it checks every rule (C50, C51).

use domain::contracts::contract::{self, Award};
use domain::contracts::{ContractDraft, ContractStage, LongTermTick, Milestone, Term, milestone, term};
use domain::kernel::{ContractId, Date, Fen, Refusal, Role, Rules};

use super::held::{self, Held, ticks_text};
use super::plan;
use crate::db::{Row, Val};
use crate::journal::{CONTRACT, MILESTONE};
use crate::{Act, Cx, Error, args};

/// Changes what the tender and the bid left open. An offered contract that nobody has signed becomes a
/// draft again.
#[derive(Clone)]
pub struct EditContract {
    /// The contract.
    pub contract: ContractId,
    /// Its version as the writer saw it.
    pub version: i64,
    /// First day; the term is as long as the one competed for.
    pub starts: Date,
    /// Last day.
    pub ends: Date,
    /// Conditions ticked for a long term (C51).
    pub ticks: Vec<LongTermTick>,
    /// Whether the budget of all its years is assured.
    pub is_budget_assured: bool,
    /// How it is settled and paid.
    pub settlement: String,
    /// Rights and duties of both sides.
    pub rights: String,
    /// What follows from breach.
    pub breach: String,
    /// How personal data is protected.
    pub confidentiality: String,
    /// How both sides give feedback.
    pub feedback: String,
    /// What is delivered and paid when; together the price.
    pub milestones: Vec<Milestone>,
}

impl Act for EditContract {
    type Outcome = ();
    const NAME: &'static str = "contracts.edit_contract";
    const WHO: &'static [Role] = &[Role::OfficeStaff, Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = held::lock(cx, self.contract).await?;
        held.require_office(cx)?;
        held.stage.expect_one_of(&[ContractStage::Drafted, ContractStage::Offered])?;
        if held.has_signature() {
            return Err(Refusal::new("contracts.signed-text-fixed", "C50").into());
        }
        let mut draft = held::draft(cx, &held).await?;
        self.enter(&mut draft);
        let faults = self.faults(&draft, &held, cx.app.book.on(held.rules_on));
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let values = [
            ("starts_on", self.starts.into()),
            ("ends_on", self.ends.into()),
            ("long_term_ticks", ticks_text(&self.ticks).into()),
            ("is_budget_assured", self.is_budget_assured.into()),
            ("settlement", self.settlement.trim().into()),
            ("rights", self.rights.trim().into()),
            ("breach", self.breach.trim().into()),
            ("confidentiality", self.confidentiality.trim().into()),
            ("feedback", self.feedback.trim().into()),
            ("stage", Val::code(ContractStage::Drafted)),
        ];
        cx.update(&CONTRACT, held.id.0, self.version, &values).await?;
        self.replace_milestones(cx).await
    }
}

impl EditContract {
    fn enter(&self, draft: &mut ContractDraft) {
        draft.term = Term { starts: self.starts, ends: self.ends };
        draft.ticks.clone_from(&self.ticks);
        draft.is_budget_assured = self.is_budget_assured;
        draft.milestones.clone_from(&self.milestones);
    }

    /// What makes the typed values no contract; missing words are found when it is offered.
    fn faults(&self, draft: &ContractDraft, held: &Held, rules: Rules<'_>) -> Vec<Refusal> {
        let mut faults = Vec::new();
        faults.extend(term::repeats_tender(&draft.term, held.term_months).err());
        faults.extend(term::check(&draft.term, &draft.ticks, draft.is_budget_assured, rules).err());
        faults.extend(milestone::problems(&draft.milestones, draft.price, &draft.term));
        faults
    }

    async fn replace_milestones(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let sql = "SELECT id, version FROM milestone WHERE contract_id = $1";
        for row in cx.tx.all::<Row>(sql, args![self.contract]).await? {
            cx.delete(&MILESTONE, row.get::<i64>("id")?, row.get("version")?).await?;
        }
        for (index, milestone) in self.milestones.iter().enumerate() {
            let values = [
                ("contract_id", self.contract.into()),
                ("position", (index + 1).into()),
                ("name", milestone.name.trim().into()),
                ("due_on", milestone.due.into()),
                ("amount_fen", milestone.amount.into()),
            ];
            let id = cx.id();
            cx.insert(&MILESTONE, id, &values).await?;
        }
        Ok(())
    }
}

/// Offers a complete draft to both sides for signature.
#[derive(Clone, Copy)]
pub struct OfferContract {
    /// The contract.
    pub contract: ContractId,
    /// Its version as the writer saw it.
    pub version: i64,
}

impl Act for OfferContract {
    type Outcome = ();
    const NAME: &'static str = "contracts.offer_contract";
    const WHO: &'static [Role] = &[Role::OfficeStaff, Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = held::lock(cx, self.contract).await?;
        held.require_office(cx)?;
        held.stage.expect_one_of(&[ContractStage::Drafted])?;
        let draft = held::draft(cx, &held).await?;
        let rules = cx.app.book.on(held.rules_on);
        let mut faults = offer_faults(&held, &draft, rules);
        faults.extend(plan::offer_faults(cx, held.id).await?);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        plan::keep_table(cx, held.id, rules).await?;
        cx.update(&CONTRACT, held.id.0, self.version, &[("stage", Val::code(ContractStage::Offered))]).await
    }
}

fn offer_faults(held: &Held, draft: &ContractDraft, rules: Rules<'_>) -> Vec<Refusal> {
    let award =
        Award { stage: held.tender_stage, bid: held.bid_id, price: held.price_fen.unwrap_or(Fen::ZERO) };
    let mut faults = contract::problems(draft, &award, rules);
    faults.extend(term::repeats_tender(&draft.term, held.term_months).err());
    if held.award_state != "notified" {
        faults.push(Refusal::new("contracts.no-award", "S67"));
    }
    faults
}
