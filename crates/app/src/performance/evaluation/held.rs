//! Contract, plan and round as commands load them, under the lock of the contract.

use domain::contracts::{ContractStage, Term};
use domain::kernel::{
    BidId, ContractId, Date, Moment, OfficeId, OrganisationId, PersonId, Refusal, Rules, Subject,
    SubjectKind, TenderId,
};
use domain::performance::evaluation::plan as rule;
use domain::performance::evaluation::stage::Course;
use domain::performance::evaluation::{EvaluationGrade, EvaluationKind, EvaluationStage, PlanStage, Weights};
use domain::performance::survey::Round;

use crate::{App, Cx, Error, args, row};

row! {
    /// What evaluation needs to know of a contract.
    pub struct HeldContract {
        /// The contract.
        id: ContractId,
        /// Its version.
        version: i64,
        /// Its public number.
        number: String,
        /// What is bought.
        title: String,
        /// The tender.
        tender_id: TenderId,
        /// The awarded bid.
        bid_id: BidId,
        /// The office.
        office_id: OfficeId,
        /// Its name.
        office: String,
        /// The provider.
        organisation_id: OrganisationId,
        /// Its name.
        organisation: String,
        /// Its credit code.
        uscc: String,
        /// Where the contract stands.
        @code stage: ContractStage,
        /// First day of the service.
        starts_on: Date,
        /// Last day.
        ends_on: Date,
        /// The last delivery's day.
        last_delivery: Option<Date>,
        /// Ticked conditions of a long term.
        long_term_ticks: String,
        /// Whether the budget of all its years is assured.
        is_budget_assured: bool,
        /// When both sides had signed.
        published_at: Option<Moment>,
    }
}

const CONTRACT: &str = "SELECT c.id, c.version, c.number, c.title, c.tender_id, a.bid_id, c.office_id,
       f.name AS office, c.organisation_id, o.name AS organisation, o.uscc, c.stage, c.starts_on, c.ends_on,
       (SELECT max(m.due_on) FROM milestone m WHERE m.contract_id = c.id) AS last_delivery,
       c.long_term_ticks, c.is_budget_assured, c.published_at
     FROM contract c JOIN award a ON a.id = c.award_id JOIN office f ON f.id = c.office_id
     JOIN organisation o ON o.id = c.organisation_id";

impl HeldContract {
    /// Another office's contract does not exist for this actor.
    ///
    /// # Errors
    /// `NotFound`.
    pub(in crate::performance) fn require_office(&self, cx: &Cx<'_>) -> Result<(), Error> {
        if cx.actor.office() == Some(self.office_id) { Ok(()) } else { Err(Error::NotFound) }
    }

    /// Another organisation's contract does not exist for this actor, nor does one that is not signed.
    ///
    /// # Errors
    /// `NotFound`.
    pub(in crate::performance) fn require_provider(&self, cx: &Cx<'_>) -> Result<(), Error> {
        let is_own = cx.actor.organisation() == Some(self.organisation_id);
        if is_own && self.published_at.is_some() { Ok(()) } else { Err(Error::NotFound) }
    }

    /// Refuses what needs a contract in force (S71).
    ///
    /// # Errors
    /// `performance.contract-not-in-force`.
    pub(in crate::performance) fn require_force(&self) -> Result<(), Refusal> {
        if self.stage == ContractStage::Signed {
            return Ok(());
        }
        Err(Refusal::new("performance.contract-not-in-force", "S71").with_code("stage", self.stage))
    }

    /// The day before which its plan is fixed (E3).
    pub fn fix_before(&self) -> Date {
        rule::fix_before(self.starts_on, self.published_at.map(Moment::date))
    }

    /// From its first day to its last.
    pub fn term(&self) -> Term {
        Term { starts: self.starts_on, ends: self.ends_on }
    }

    /// The days that decide when a round may begin.
    pub fn course(&self) -> Course {
        Course { starts: self.starts_on, last_delivery: self.last_delivery.unwrap_or(self.ends_on) }
    }
}

row! {
    /// A plan as commands decide on it.
    pub struct HeldPlan {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// Where it stands.
        @code stage: PlanStage,
        /// The day whose rules judge it.
        rules_on: Date,
        /// Weight of the experts.
        w_experts: i64,
        /// Weight of the recipients.
        w_recipients: i64,
        /// Weight of the purchaser.
        w_purchaser: i64,
        /// Weight of a third party.
        w_third_party: i64,
        /// Whether recipients can be identified.
        has_recipients: bool,
        /// Why not.
        no_recipients_reason: String,
        /// Who stands in.
        third_party: String,
        /// Who wrote it.
        drafted_by: PersonId,
        /// Who fixed it.
        checked_by: Option<PersonId>,
        /// When.
        checked_at: Option<Moment>,
    }
}

impl HeldPlan {
    /// The weights.
    pub fn weights(&self) -> Weights {
        Weights {
            experts: self.w_experts,
            recipients: self.w_recipients,
            purchaser: self.w_purchaser,
            third_party: self.w_third_party,
        }
    }

    /// The law that judges it: that of the day on which it was written.
    pub fn rules<'a>(&self, app: &'a App) -> Rules<'a> {
        app.book.on(self.rules_on)
    }
}

row! {
    /// A round as commands decide on it.
    pub struct HeldRound {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// The contract.
        contract_id: ContractId,
        /// Which round.
        @code kind: EvaluationKind,
        /// Counted within its kind.
        round: i64,
        /// Where it stands.
        @code stage: EvaluationStage,
        /// When what was reached was reported.
        reported_at: Option<Moment>,
        /// By whom.
        reported_by: Option<PersonId>,
        /// The purchaser's score.
        purchaser_score: Option<i64>,
        /// Who gave it.
        purchaser_by: Option<PersonId>,
        /// The third party's score.
        third_score: Option<i64>,
        /// The frozen result.
        total: Option<i64>,
        /// Its grade.
        @code_option grade: Option<EvaluationGrade>,
        /// Satisfied answers, frozen.
        satisfied: Option<i64>,
        /// Valid answers, frozen.
        valid: Option<i64>,
        /// The last day of the reply.
        reply_until: Option<Date>,
        /// The reply.
        reply: Option<String>,
        /// Its answer.
        answer: Option<String>,
    }
}

impl HeldRound {
    /// The survey whose answers it counts.
    pub fn survey(&self) -> Round {
        Round::feeding(self.kind, self.round)
    }

    /// For deadlines and documents.
    pub fn subject(&self) -> Subject {
        Subject::new(SubjectKind::Evaluation, self.id)
    }
}

const PLAN: &str = "SELECT id, version, stage, rules_on, w_experts, w_recipients, w_purchaser, w_third_party,
       has_recipients, no_recipients_reason, third_party, drafted_by, checked_by, checked_at
     FROM evaluation_plan WHERE contract_id = $1";

const ROUND: &str =
    "SELECT id, version, contract_id, kind, round, stage, reported_at, reported_by, purchaser_score,
       purchaser_by, third_score, total, grade, satisfied, valid, reply_until, reply, answer FROM evaluation";

/// Locks a contract and loads it.
pub(in crate::performance) async fn contract(cx: &mut Cx<'_>, id: ContractId) -> Result<HeldContract, Error> {
    cx.tx.lock("contract", id.0).await?;
    Ok(cx.tx.one(&format!("{CONTRACT} WHERE c.id = $1"), args![id]).await?)
}

/// A public contract by its number, for pages.
///
/// # Errors
/// `NotFound` for an unknown contract and for one that both sides have not signed.
pub async fn by_number(app: &App, number: &str) -> Result<HeldContract, Error> {
    let sql = format!("{CONTRACT} WHERE c.number = $1 AND c.published_at IS NOT NULL");
    Ok(app.db.one(&sql, args![number]).await?)
}

/// The plan of a contract, if there is one.
pub(super) async fn plan(cx: &mut Cx<'_>, contract: ContractId) -> Result<Option<HeldPlan>, Error> {
    Ok(cx.tx.maybe(PLAN, args![contract]).await?)
}

/// The fixed plan of a contract.
pub(super) async fn fixed_plan(cx: &mut Cx<'_>, contract: ContractId) -> Result<HeldPlan, Error> {
    let missing = || Refusal::new("performance.plan-missing", "E3");
    let plan = plan(cx, contract).await?.ok_or_else(missing)?;
    plan.stage.expect(PlanStage::Fixed)?;
    Ok(plan)
}

/// A round with its contract locked.
pub(super) async fn round(cx: &mut Cx<'_>, id: i64) -> Result<(HeldContract, HeldRound), Error> {
    let (owner,): (ContractId,) =
        cx.tx.one("SELECT contract_id FROM evaluation WHERE id = $1", args![id]).await?;
    let contract = contract(cx, owner).await?;
    let round = cx.tx.one(&format!("{ROUND} WHERE id = $1"), args![id]).await?;
    Ok((contract, round))
}

/// Every round of a contract, oldest first.
pub(super) async fn rounds(cx: &mut Cx<'_>, contract: ContractId) -> Result<Vec<HeldRound>, Error> {
    Ok(cx.tx.all(&format!("{ROUND} WHERE contract_id = $1 ORDER BY id"), args![contract]).await?)
}

/// Who acts; the public and the clock have no person.
pub(in crate::performance) fn person(cx: &Cx<'_>) -> Result<PersonId, Error> {
    cx.actor.person.ok_or(Error::NotPermitted)
}
