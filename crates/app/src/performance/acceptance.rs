//! The acceptance itself: called with recipients by somebody independent, then accepted item by item, or sent
//! back for repair (C14, C55, E3b).

use std::collections::BTreeSet;

use domain::kernel::{AcceptanceId, ContractId, Date, Fen, Refusal, Role, RuleKey, Subject, SubjectKind};
use domain::performance::AcceptanceState;
use domain::performance::acceptance::{self as rule, Basis};
use domain::performance::deduction::{self, DeductionLine};

use super::held::{self, Held};
use super::report::item_claim;
use super::{check_length, none_of, person};
use crate::contracts::plan::{LINES, LineRow};
use crate::db::{Row, Val};
use crate::deadlines;
use crate::journal::{ACCEPTANCE, ACCEPTANCE_ITEM, ACCEPTANCE_OPINION};
use crate::{Act, Cx, Error, args, row};

row! {
    /// An acceptance as commands load it.
    pub(super) struct HeldAcceptance {
        /// Its row.
        id: AcceptanceId,
        /// The milestone.
        milestone_id: i64,
        /// The milestone's place in the order.
        milestone: i64,
        /// The milestone's name.
        milestone_name: String,
        /// What the milestone costs.
        amount_fen: Fen,
        /// How often it was reported.
        round: i64,
        /// Where it stands.
        @code state: AcceptanceState,
        /// Claimed.
        claimed_fen: Fen,
        /// Deducted.
        deducted_fen: Fen,
        /// Accepted.
        accepted_fen: Fen,
        /// The day on which it is held.
        meets_on: Option<Date>,
    }
}

const HELD: &str = "SELECT a.id, a.milestone_id, m.position AS milestone, m.name AS milestone_name,
       m.amount_fen, a.round, a.state, a.claimed_fen, a.deducted_fen, a.accepted_fen, a.meets_on
     FROM acceptance a JOIN milestone m ON m.id = a.milestone_id WHERE a.id = $1";

/// Holds the contract and loads the acceptance with it.
pub(super) async fn locked(cx: &mut Cx<'_>, id: AcceptanceId) -> Result<(Held, HeldAcceptance), Error> {
    let sql = "SELECT contract_id FROM acceptance WHERE id = $1";
    let (contract,): (ContractId,) = cx.tx.one(sql, args![id]).await?;
    let held = held::locked(cx, contract).await?;
    Ok((held, cx.tx.one(HELD, args![id]).await?))
}

/// As `locked`, for an actor who must be independent of requirement and contract (C14).
pub(super) async fn independent(cx: &mut Cx<'_>, id: AcceptanceId) -> Result<(Held, HeldAcceptance), Error> {
    let (held, acceptance) = locked(cx, id).await?;
    let ties = held.ties(cx).await?;
    rule::check_independence(person(cx)?, &ties)?;
    Ok((held, acceptance))
}

impl HeldAcceptance {
    /// What its deadlines and documents belong to.
    pub(super) fn subject(&self) -> Subject {
        Subject::new(SubjectKind::Acceptance, self.id.0)
    }
}

/// Sets the day and invites recipients from the contract's register.
#[derive(Clone)]
pub struct CallAcceptance {
    /// Which.
    pub acceptance: AcceptanceId,
    /// Its version as the reader saw it.
    pub version: i64,
    /// The day.
    pub meets_on: Date,
    /// Where.
    pub place: String,
    /// The recipients' rows in the register.
    pub recipients: Vec<i64>,
}

impl Act for CallAcceptance {
    type Outcome = ();
    const NAME: &'static str = "performance.call_acceptance";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (held, acceptance) = independent(cx, self.acceptance).await?;
        acceptance.state.expect_one_of(&[AcceptanceState::Reported])?;
        check_length(&self.place, "place")?;
        let mut faults = Vec::new();
        let mut at = |is_wrong: bool, code, field: &str| {
            if is_wrong {
                faults.push(Refusal::new(code, "C55").at(field));
            }
        };
        at(self.meets_on < cx.now.date(), "performance.day-has-passed", "meets_on");
        at(self.place.trim().is_empty(), "performance.place-empty", "place");
        at(self.recipients.is_empty(), "performance.no-recipient-invited", "recipients");
        none_of(faults)?;
        let person = person(cx)?;
        let values = [
            ("state", Val::code(AcceptanceState::Called)),
            ("called_by", person.into()),
            ("called_at", cx.now.into()),
            ("meets_on", self.meets_on.into()),
            ("place", self.place.trim().into()),
        ];
        cx.update(&ACCEPTANCE, self.acceptance.0, self.version, &values).await?;
        for recipient in self.recipients.iter().collect::<BTreeSet<_>>() {
            let sql = "SELECT id FROM recipient WHERE id = $1 AND contract_id = $2";
            cx.tx.one::<(i64,)>(sql, args![*recipient, held.id]).await?;
            let values = [
                ("acceptance_id", self.acceptance.into()),
                ("round", acceptance.round.into()),
                ("recipient_id", (*recipient).into()),
                ("invited_by", person.into()),
                ("invited_at", cx.now.into()),
                ("words", "".into()),
            ];
            let id = cx.id();
            cx.insert(&ACCEPTANCE_OPINION, id, &values).await?;
        }
        Ok(())
    }
}

/// One item as it is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedItem {
    /// Its place in the list, from 1.
    pub position: i64,
    /// Units accepted.
    pub accepted: i64,
    /// The line of the table for units that are not.
    pub unit_line: Option<i64>,
    /// The line of the table for a share of the rest.
    pub share_line: Option<i64>,
    /// What there is to say.
    pub remark: String,
}

/// Accepts a milestone item by item, whole or with deductions by the published table.
#[derive(Clone)]
pub struct AcceptMilestone {
    /// Which.
    pub acceptance: AcceptanceId,
    /// Its version as the reader saw it.
    pub version: i64,
    /// Every item.
    pub items: Vec<JudgedItem>,
}

impl Act for AcceptMilestone {
    type Outcome = ();
    const NAME: &'static str = "performance.accept_milestone";
    const WHO: &'static [Role] = &[Role::PurchaseLead];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (held, acceptance) = independent(cx, self.acceptance).await?;
        acceptance.state.expect_one_of(&[AcceptanceState::Called])?;
        let sql = "SELECT id, version, position, price_fen, claimed FROM acceptance_item
                   WHERE acceptance_id = $1 AND round = $2 ORDER BY position";
        let rows: Vec<Row> = cx.tx.all(sql, args![self.acceptance, acceptance.round]).await?;
        let basis = basis(cx, &acceptance, self.unjudged(&rows)?).await?;
        none_of(rule::problems(&basis))?;
        let table: Vec<LineRow> = cx.tx.all(LINES, args![held.id]).await?;
        let line =
            |row: &LineRow| DeductionLine { id: row.id, kind: row.kind, basis_points: row.basis_points };
        let table: Vec<DeductionLine> = table.iter().map(line).collect();
        let (mut amounts, mut faults) = (Vec::new(), Vec::new());
        for row in &rows {
            let judged = self.judged(row.get("position")?).ok_or(Error::NotFound)?;
            check_length(&judged.remark, "remark")?;
            match deduction::judge(&item_claim(row, judged)?, &table) {
                Ok(amount) => amounts.push(amount),
                Err(refusal) => faults.push(refusal),
            }
        }
        none_of(faults)?;
        for (row, amount) in rows.iter().zip(&amounts) {
            let judged = self.judged(row.get("position")?).ok_or(Error::NotFound)?;
            let values = [
                ("accepted", judged.accepted.into()),
                ("unit_line_id", judged.unit_line.into()),
                ("share_line_id", judged.share_line.into()),
                ("deducted_fen", amount.deducted.into()),
                ("remark", judged.remark.trim().into()),
            ];
            cx.update(&ACCEPTANCE_ITEM, row.get::<i64>("id")?, row.get("version")?, &values).await?;
        }
        self.decide(cx, &held, &acceptance, deduction::total(&amounts, acceptance.amount_fen)).await
    }
}

impl AcceptMilestone {
    fn judged(&self, position: i64) -> Option<&JudgedItem> {
        self.items.iter().find(|item| item.position == position)
    }

    fn unjudged(&self, rows: &[Row]) -> Result<usize, Error> {
        let mut count = 0;
        for row in rows {
            count += usize::from(self.judged(row.get("position")?).is_none());
        }
        Ok(count)
    }

    async fn decide(
        &self,
        cx: &mut Cx<'_>,
        held: &Held,
        acceptance: &HeldAcceptance,
        total: deduction::Deduction,
    ) -> Result<(), Error> {
        let values = [
            ("claimed_fen", total.claimed.into()),
            ("deducted_fen", total.deducted.into()),
            ("accepted_fen", total.accepted().into()),
            ("state", Val::code(AcceptanceState::Accepted)),
            ("accepted_by", person(cx)?.into()),
            ("accepted_at", cx.now.into()),
        ];
        cx.update(&ACCEPTANCE, self.acceptance.0, self.version, &values).await?;
        let (subject, today) = (acceptance.subject(), cx.now.date());
        deadlines::done(cx, subject, RuleKey::AcceptanceWorkingDays).await?;
        let publish = RuleKey::AcceptancePublishWorkingDays;
        deadlines::start(cx, subject, publish, today, held.rules_on).await?;
        if total.accepted() == Fen::ZERO {
            return Ok(());
        }
        // The days run from here, whether or not anybody asks to be paid (C28).
        deadlines::start(cx, subject, RuleKey::PaymentDays, today, held.rules_on).await
    }
}

async fn basis(cx: &mut Cx<'_>, acceptance: &HeldAcceptance, unjudged: usize) -> Result<Basis, Error> {
    let keys = args![acceptance.id, acceptance.round];
    let count = |number: i64| usize::try_from(number).unwrap_or(0);
    let sql = "SELECT count(*) FROM acceptance_opinion WHERE acceptance_id = $1 AND round = $2 AND verdict IS NOT NULL";
    let opinions = count(cx.tx.number(sql, keys).await?);
    let sql = "SELECT count(*) FROM call_back_draw WHERE acceptance_id = $1 AND round = $2";
    let has_draw = cx.tx.number(sql, keys).await? > 0;
    let sql = "SELECT count(*) FROM call_back b JOIN call_back_draw d ON d.id = b.draw_id
               WHERE d.acceptance_id = $1 AND d.round = $2 AND b.outcome IS NULL";
    let open_call_backs = count(cx.tx.number(sql, keys).await?);
    let today = cx.now.date();
    let meets_on = acceptance.meets_on.unwrap_or(today);
    Ok(Basis { meets_on, today, opinions, has_draw, open_call_backs, unjudged })
}

/// Sends a milestone back: its ledger opens again, and it is reported once more when repaired.
#[derive(Clone)]
pub struct ReturnMilestone {
    /// Which.
    pub acceptance: AcceptanceId,
    /// Its version as the reader saw it.
    pub version: i64,
    /// What is to be repaired.
    pub reason: String,
    /// By when.
    pub repair_by: Date,
}

impl Act for ReturnMilestone {
    type Outcome = ();
    const NAME: &'static str = "performance.return_milestone";
    const WHO: &'static [Role] = &[Role::PurchaseLead];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (held, acceptance) = independent(cx, self.acceptance).await?;
        acceptance.state.expect_one_of(&[AcceptanceState::Called])?;
        check_length(&self.reason, "reason")?;
        let checked = rule::check_return(&self.reason, self.repair_by, cx.now.date(), held.rules(cx.app));
        checked.map_err(Error::Invalid)?;
        let values = [
            ("state", Val::code(AcceptanceState::Returned)),
            ("returned_why", self.reason.trim().into()),
            ("repair_by", self.repair_by.into()),
        ];
        cx.update(&ACCEPTANCE, self.acceptance.0, self.version, &values).await?;
        deadlines::done(cx, acceptance.subject(), RuleKey::AcceptanceWorkingDays).await?;
        cx.announce("performance.milestone_returned", held.number);
        Ok(())
    }
}
