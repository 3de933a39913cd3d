//! The provider reports a milestone done: the ledger is counted and fixed, the term of the acceptance starts
//! (C28, C54, C55, E3b).

use domain::contracts::Term;
use domain::kernel::{AcceptanceId, ContractId, Date, Fen, Role, RuleKey, Subject, SubjectKind};
use domain::performance::acceptance::{self as rule, Report};
use domain::performance::deduction::{self, Deduction};
use domain::performance::evaluation::renewal;
use domain::performance::{AcceptanceState, ItemClaim};

use super::held::{self, Held};
use super::{check_length, person};
use crate::contracts::plan::{UNITS, UnitRow};
use crate::db::{Row, Val};
use crate::deadlines;
use crate::journal::{ACCEPTANCE, ACCEPTANCE_ITEM};
use crate::{Act, Cx, Error, args, row};

/// Reports a milestone done, or done again after it was sent back.
#[derive(Clone)]
pub struct ReportMilestone {
    /// The contract.
    pub contract: ContractId,
    /// The milestone's place in the order, from 1.
    pub milestone: i64,
    /// What was done, in words.
    pub report: String,
}

row! {
    /// The milestone with an earlier report.
    struct Reported {
        id: i64,
        name: String,
        due_on: Date,
        amount_fen: Fen,
        acceptance_id: Option<AcceptanceId>,
        acceptance_version: Option<i64>,
        round: Option<i64>,
        @code_option state: Option<AcceptanceState>,
    }
}

const REPORTED: &str = "SELECT m.id, m.name, m.due_on, m.amount_fen, a.id AS acceptance_id, a.version AS acceptance_version,
       a.round, a.state
     FROM milestone m LEFT JOIN acceptance a ON a.milestone_id = m.id WHERE m.contract_id = $1 AND m.position = $2";

impl Act for ReportMilestone {
    type Outcome = AcceptanceId;
    const NAME: &'static str = "performance.report_milestone";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<AcceptanceId, Error> {
        let held = held::locked(cx, self.contract).await?;
        held.require_provider(cx.actor.organisation())?;
        check_length(&self.report, "report")?;
        let milestone: Reported = cx.tx.one(REPORTED, args![self.contract, self.milestone]).await?;
        require_year(cx, &held, milestone.due_on).await?;
        // A reversal takes one line from the count beside itself.
        let sql = "SELECT COALESCE(CAST(sum(CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END) AS BIGINT), 0)
                   FROM service_record WHERE milestone_id = $1";
        let records = cx.tx.number(sql, args![milestone.id]).await?;
        rule::may_report(&Report { is_in_force: held.was_signed(), earlier: milestone.state, records })?;
        let items = self.items(cx, &milestone).await?;
        let claims = items.iter().map(Item::claim).collect::<Result<Vec<_>, _>>()?;
        let claimed = deduction::total(&claims, milestone.amount_fen).claimed;
        let (id, round) = self.save(cx, &milestone, claimed).await?;
        for (index, item) in items.iter().enumerate() {
            let values = item.values(id, round, index + 1);
            let row = cx.id();
            cx.insert(&ACCEPTANCE_ITEM, row, &values).await?;
        }
        start_term(cx, &held, id).await?;
        Ok(id)
    }
}

/// A later year of a long contract is delivered, accepted and paid only once it was let go on (C51).
async fn require_year(cx: &mut Cx<'_>, held: &Held, due: Date) -> Result<(), Error> {
    let sql = "SELECT year FROM contract_year WHERE contract_id = $1";
    let let_on: Vec<(i64,)> = cx.tx.all(sql, args![held.id]).await?;
    let let_on: Vec<i64> = let_on.into_iter().map(|(year,)| year).collect();
    let term = Term { starts: held.starts_on, ends: held.ends_on };
    Ok(renewal::may_deliver(term, due, &let_on, cx.app.book.on(held.starts_on))?)
}

/// The acceptance is held within the term of the rule, counted from the report.
async fn start_term(cx: &mut Cx<'_>, held: &Held, id: AcceptanceId) -> Result<(), Error> {
    let today: Date = cx.now.date();
    let subject = Subject::new(SubjectKind::Acceptance, id.0);
    deadlines::start(cx, subject, RuleKey::AcceptanceWorkingDays, today, held.rules_on).await
}

/// One kind of unit as the ledger counts it.
struct Item {
    unit_id: Option<i64>,
    name: String,
    measure: String,
    price: Fen,
    claimed: i64,
}

impl Item {
    fn claim(&self) -> Result<Deduction, Error> {
        let (price, claimed) = (self.price, self.claimed);
        let claim =
            ItemClaim { position: 1, price, claimed, accepted: claimed, unit_line: None, share_line: None };
        Ok(deduction::judge(&claim, &[])?)
    }

    fn values(&self, acceptance: AcceptanceId, round: i64, position: usize) -> Vec<(&'static str, Val)> {
        vec![
            ("acceptance_id", acceptance.into()),
            ("round", round.into()),
            ("position", position.into()),
            ("unit_id", self.unit_id.into()),
            ("name", self.name.as_str().into()),
            ("measure", self.measure.as_str().into()),
            ("price_fen", self.price.into()),
            ("claimed", self.claimed.into()),
            ("deducted_fen", Fen::ZERO.into()),
            ("remark", "".into()),
        ]
    }
}

impl ReportMilestone {
    async fn items(&self, cx: &mut Cx<'_>, milestone: &Reported) -> Result<Vec<Item>, Error> {
        let units: Vec<UnitRow> = cx.tx.all(UNITS, args![self.contract]).await?;
        let mut items = Vec::new();
        for unit in units.into_iter().filter(|unit| unit.milestone == self.milestone) {
            let sql = "SELECT COALESCE(CAST(sum(units) AS BIGINT), 0) FROM service_record WHERE unit_id = $1";
            let claimed = cx.tx.number(sql, args![unit.id]).await?;
            let UnitRow { id, name, measure, price_fen: price, .. } = unit;
            items.push(Item { unit_id: Some(id), name, measure, price, claimed });
        }
        if items.is_empty() {
            // A milestone without units of its own is one unit at its whole amount.
            let (name, price) = (milestone.name.clone(), milestone.amount_fen);
            items.push(Item { unit_id: None, name, measure: "项".to_owned(), price, claimed: 1 });
        }
        Ok(items)
    }

    async fn save(
        &self,
        cx: &mut Cx<'_>,
        milestone: &Reported,
        claimed: Fen,
    ) -> Result<(AcceptanceId, i64), Error> {
        let round = milestone.round.unwrap_or(0) + 1;
        // Nothing is accepted before somebody has accepted it.
        let mut values: Vec<(&'static str, Val)> = vec![
            ("round", round.into()),
            ("claimed_fen", claimed.into()),
            ("deducted_fen", claimed.into()),
            ("accepted_fen", Fen::ZERO.into()),
            ("state", Val::code(AcceptanceState::Reported)),
            ("reported_by", person(cx)?.into()),
            ("reported_at", cx.now.into()),
            ("report", self.report.trim().into()),
        ];
        if let (Some(id), Some(version)) = (milestone.acceptance_id, milestone.acceptance_version) {
            cx.update(&ACCEPTANCE, id.0, version, &values).await?;
            return Ok((id, round));
        }
        let id = AcceptanceId(cx.id());
        values.extend([
            ("contract_id", self.contract.into()),
            ("milestone_id", milestone.id.into()),
            ("opinion", "".into()),
            ("place", "".into()),
            ("returned_why", "".into()),
        ]);
        cx.insert(&ACCEPTANCE, id.0, &values).await?;
        Ok((id, round))
    }
}

/// What of a row a later step reads by hand.
pub(super) fn item_claim(row: &Row, judged: &super::acceptance::JudgedItem) -> Result<ItemClaim, Error> {
    Ok(ItemClaim {
        position: judged.position,
        price: row.get("price_fen")?,
        claimed: row.get("claimed")?,
        accepted: judged.accepted,
        unit_line: judged.unit_line,
        share_line: judged.share_line,
    })
}
