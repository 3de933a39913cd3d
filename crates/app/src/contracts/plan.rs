//! The plan of delivery, kept with a contract before anyone signs: units with their price, and the table of
//! deductions. A contract offered without a table of its own takes the standard one (C50, E3b).

use domain::contracts::plan::{self as rule, DeductionKind, PlannedDeduction, PlannedUnit};
use domain::contracts::{ContractStage, Milestone};
use domain::kernel::{ContractId, Fen, Refusal, Role, Rules};

use super::held;
use crate::db::{Row, Val};
use crate::journal::{CONTRACT, DEDUCTION_LINE, SERVICE_UNIT};
use crate::{Act, App, Cx, Error, args, row};

/// Writes the plan of a contract that nobody has signed; an offered contract becomes a draft again.
#[derive(Clone)]
pub struct SetServicePlan {
    /// The contract.
    pub contract: ContractId,
    /// Its version as the writer saw it.
    pub version: i64,
    /// The units, in the order in which people read them.
    pub units: Vec<PlannedUnit>,
    /// The deduction table; empty for the standard one.
    pub lines: Vec<PlannedDeduction>,
}

impl Act for SetServicePlan {
    type Outcome = ();
    const NAME: &'static str = "contracts.set_service_plan";
    const WHO: &'static [Role] = &[Role::OfficeStaff, Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = held::lock(cx, self.contract).await?;
        held.require_office(cx)?;
        held.stage.expect_one_of(&[ContractStage::Drafted, ContractStage::Offered])?;
        if held.has_signature() {
            return Err(Refusal::new("contracts.signed-text-fixed", "C50").into());
        }
        let milestones = milestones(cx, self.contract).await?;
        let mut faults = rule::unit_problems(&self.units, &milestones);
        faults.extend(rule::line_problems(&self.lines));
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        cx.update(&CONTRACT, held.id.0, self.version, &[("stage", Val::code(ContractStage::Drafted))])
            .await?;
        self.replace_units(cx).await?;
        replace_lines(cx, self.contract, &self.lines).await
    }
}

impl SetServicePlan {
    async fn replace_units(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let sql = "SELECT id, version FROM service_unit WHERE contract_id = $1";
        for row in cx.tx.all::<Row>(sql, args![self.contract]).await? {
            cx.delete(&SERVICE_UNIT, row.get::<i64>("id")?, row.get("version")?).await?;
        }
        for (index, unit) in self.units.iter().enumerate() {
            let values = [
                ("contract_id", self.contract.into()),
                ("milestone", unit.milestone.into()),
                ("position", (index + 1).into()),
                ("name", unit.name.trim().into()),
                ("measure", unit.measure.trim().into()),
                ("planned", unit.planned.into()),
                ("price_fen", unit.price.into()),
            ];
            let id = cx.id();
            cx.insert(&SERVICE_UNIT, id, &values).await?;
        }
        Ok(())
    }
}

async fn replace_lines(
    cx: &mut Cx<'_>,
    contract: ContractId,
    lines: &[PlannedDeduction],
) -> Result<(), Error> {
    let sql = "SELECT id, version FROM deduction_line WHERE contract_id = $1";
    for row in cx.tx.all::<Row>(sql, args![contract]).await? {
        cx.delete(&DEDUCTION_LINE, row.get::<i64>("id")?, row.get("version")?).await?;
    }
    for (index, line) in lines.iter().enumerate() {
        let values = [
            ("contract_id", contract.into()),
            ("position", (index + 1).into()),
            ("kind", Val::code(line.kind)),
            ("ground", line.ground.trim().into()),
            ("basis_points", line.basis_points.into()),
        ];
        let id = cx.id();
        cx.insert(&DEDUCTION_LINE, id, &values).await?;
    }
    Ok(())
}

/// What speaks against offering the contract as planned; its milestones may have changed since.
pub(super) async fn offer_faults(cx: &mut Cx<'_>, contract: ContractId) -> Result<Vec<Refusal>, Error> {
    let milestones = milestones(cx, contract).await?;
    let sql = "SELECT milestone, name, measure, planned, price_fen FROM service_unit WHERE contract_id = $1
               ORDER BY position";
    let rows: Vec<Row> = cx.tx.all(sql, args![contract]).await?;
    let unit = |row: &Row| {
        Ok::<_, Error>(PlannedUnit {
            milestone: row.get("milestone")?,
            name: row.get("name")?,
            measure: row.get("measure")?,
            planned: row.get("planned")?,
            price: row.get("price_fen")?,
        })
    };
    let units = rows.iter().map(unit).collect::<Result<Vec<_>, _>>()?;
    Ok(rule::unit_problems(&units, &milestones))
}

/// Keeps the standard table with a contract that is offered without one.
pub(super) async fn keep_table(cx: &mut Cx<'_>, contract: ContractId, rules: Rules<'_>) -> Result<(), Error> {
    let sql = "SELECT count(*) FROM deduction_line WHERE contract_id = $1";
    if cx.tx.number(sql, args![contract]).await? > 0 {
        return Ok(());
    }
    replace_lines(cx, contract, &rule::standard_lines(rules)).await
}

async fn milestones(cx: &mut Cx<'_>, contract: ContractId) -> Result<Vec<Milestone>, Error> {
    let sql = "SELECT name, due_on, amount_fen FROM milestone WHERE contract_id = $1 ORDER BY position";
    let rows: Vec<Row> = cx.tx.all(sql, args![contract]).await?;
    let read = |row: &Row| {
        Ok(Milestone { name: row.get("name")?, due: row.get("due_on")?, amount: row.get("amount_fen")? })
    };
    rows.iter().map(read).collect()
}

row! {
    /// A kind of unit.
    pub struct UnitRow {
        /// Its row.
        id: i64,
        /// The milestone's place in the order, from 1.
        milestone: i64,
        /// Its place in the order, from 1.
        position: i64,
        /// What is done.
        name: String,
        /// In what it is counted.
        measure: String,
        /// How many.
        planned: i64,
        /// What one costs.
        price_fen: Fen,
    }
}

row! {
    /// A line of the deduction table.
    pub struct LineRow {
        /// Its row.
        id: i64,
        /// Its place in the order, from 1.
        position: i64,
        /// How it deducts.
        @code kind: DeductionKind,
        /// For what.
        ground: String,
        /// The share, in hundredths of a percent.
        basis_points: i64,
    }
}

pub(crate) const UNITS: &str = "SELECT id, milestone, position, name, measure, planned, price_fen
     FROM service_unit WHERE contract_id = $1 ORDER BY milestone, position";
pub(crate) const LINES: &str = "SELECT id, position, kind, ground, basis_points FROM deduction_line
     WHERE contract_id = $1 ORDER BY position";

/// The units of a contract, by milestone.
///
/// # Errors
/// The database failed.
pub async fn units(app: &App, contract: ContractId) -> Result<Vec<UnitRow>, Error> {
    Ok(app.db.all(UNITS, args![contract]).await?)
}

/// The deduction table of a contract.
///
/// # Errors
/// The database failed.
pub async fn lines(app: &App, contract: ContractId) -> Result<Vec<LineRow>, Error> {
    Ok(app.db.all(LINES, args![contract]).await?)
}
