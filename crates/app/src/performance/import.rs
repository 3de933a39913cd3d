//! The ledger from a sheet: good rows are entered, bad rows come back with what to mend (C54, X1).
//!
//! The whole file is judged first. A row that stands in the ledger already, sign for sign, counts as unchanged,
//! so a mended sheet may be sent again whole.

use std::collections::{BTreeMap, BTreeSet};

use domain::kernel::{Actor, ContractId, Date, Refusal, half_width, parse_date};

use super::held;
use super::ledger::{Books, RecordSheet, ServiceLine, SheetLine};
use crate::contracts::plan::{self, UnitRow};
use crate::sheets::{self, Cell, Column, Limits, Sheet, SheetRow};
use crate::{App, Error, RequestKey, args, row};

/// The columns of a ledger sheet, in their order.
pub const FIELDS: [&str; 8] = ["milestone", "unit", "served_on", "place", "worker", "token", "units", "note"];
/// Columns that may be left out.
const OPTIONAL: [&str; 2] = ["unit", "note"];
const REMARK_WIDTH: u16 = 60;

/// Which title means which field, in every language.
pub type Titles = Vec<(String, &'static str)>;

/// A fault of one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// The row as the spreadsheet program counts it.
    pub row: usize,
    /// What is wrong and what to do; its field is the column.
    pub refusal: Refusal,
}

/// What an import did.
#[derive(Clone, Debug)]
pub struct ImportReport {
    /// Lines entered.
    pub added: usize,
    /// Rows that the ledger has already.
    pub unchanged: usize,
    /// Every fault, in the order of rows.
    pub faults: Vec<RowFault>,
    header: Vec<String>,
    bad_rows: Vec<SheetRow>,
}

impl ImportReport {
    /// How many rows were not entered.
    pub fn bad_rows(&self) -> usize {
        self.bad_rows.len()
    }

    /// The bad rows as they came, with a last column `remark` that says what to mend.
    ///
    /// # Errors
    /// The file could not be put together.
    pub fn error_sheet(
        &self,
        name: &str,
        remark: &str,
        say: &dyn Fn(&RowFault) -> String,
    ) -> Result<Vec<u8>, Error> {
        let mut columns: Vec<Column> = self.header.iter().map(|title| Column::new(title, 18)).collect();
        columns.push(Column::new(remark, REMARK_WIDTH));
        let row = |row: &SheetRow| {
            let told: Vec<String> =
                self.faults.iter().filter(|fault| fault.row == row.number).map(say).collect();
            let mut cells: Vec<Cell> = (0..self.header.len()).map(|at| Cell::text(row.cell(at))).collect();
            cells.push(Cell::Text(told.join("\n")));
            cells
        };
        let rows: Vec<Vec<Cell>> = self.bad_rows.iter().map(row).collect();
        sheets::xlsx(name, &columns, &rows)
    }
}

/// Imports a file into the ledger of the actor's own contract.
///
/// # Errors
/// `NotFound` for another's contract; `Refused` for a file that is no sheet of the ledger.
pub async fn import(
    app: &App,
    actor: &Actor,
    key: &RequestKey,
    contract: ContractId,
    file: &[u8],
    titles: &Titles,
) -> Result<ImportReport, Error> {
    let held = held::seen(app, contract).await?;
    held.require_provider(actor.organisation())?;
    let Sheet { header, rows } = sheets::read(file, Limits::default())?;
    let places = places(&header, titles)?;
    let books = Books::seen(app, &held).await?;
    let units = plan::units(app, contract).await?;
    let known = known(app, contract).await?;
    let mut report =
        ImportReport { added: 0, unchanged: 0, faults: Vec::new(), header, bad_rows: Vec::new() };
    let mut lines: Vec<SheetLine> = Vec::new();
    for row in rows {
        let read = read_row(&row, &places, &units).and_then(|line| {
            let problems = books.problems(&line);
            if problems.is_empty() { Ok(line) } else { Err(problems) }
        });
        match read {
            Ok(line) if known.contains(&fingerprint(&line)) => report.unchanged += 1,
            Ok(line) => lines.push(line.into()),
            Err(refusals) => {
                let faults = refusals.into_iter().map(|refusal| RowFault { row: row.number, refusal });
                report.faults.extend(faults);
                report.bad_rows.push(row);
            }
        }
    }
    report.added = lines.len();
    if !lines.is_empty() {
        app.act(actor, key, &RecordSheet { contract, lines }).await?;
    }
    Ok(report)
}

/// Which column holds which field.
fn places(header: &[String], titles: &Titles) -> Result<BTreeMap<&'static str, usize>, Refusal> {
    let mut places = BTreeMap::new();
    for (at, title) in header.iter().enumerate() {
        let plain = half_width(title);
        let field = titles.iter().find(|(held, _)| *held == plain.trim()).map(|(_, field)| *field);
        let field = field.or_else(|| FIELDS.into_iter().find(|field| *field == plain.trim()));
        if let Some(field) = field {
            places.entry(field).or_insert(at);
        }
    }
    let is_missing = |field: &&str| !OPTIONAL.contains(field) && !places.contains_key(*field);
    let missing: Vec<&str> = FIELDS.into_iter().filter(|field| is_missing(field)).collect();
    if missing.is_empty() {
        return Ok(places);
    }
    let named = |field: &&str| titles.iter().find(|(_, held)| held == field).map(|(title, _)| title.as_str());
    let names: Vec<&str> = missing.iter().filter_map(named).collect();
    Err(Refusal::new("performance.columns-missing", "X1").at("file").with("columns", names.join("、")))
}

fn read_row(
    row: &SheetRow,
    places: &BTreeMap<&'static str, usize>,
    units: &[UnitRow],
) -> Result<ServiceLine, Vec<Refusal>> {
    let cell = |field: &str| places.get(field).map_or("", |at| row.cell(*at)).trim();
    let mut faults = Vec::new();
    let served_on =
        parse_date(cell("served_on")).map_err(|refusal| faults.push(refusal.at("served_on"))).ok();
    let number = |field: &str| half_width(cell(field)).trim().parse::<i64>().ok();
    let milestone = number("milestone");
    if milestone.is_none() {
        faults.push(Refusal::new("performance.milestone-unknown", "C54").at("milestone"));
    }
    let count = number("units");
    if count.is_none() {
        faults.push(Refusal::new("performance.units-not-positive", "E3b").at("units"));
    }
    let unit = cell("unit");
    let of_milestone = |held: &&UnitRow| Some(held.milestone) == milestone;
    let found = units.iter().filter(of_milestone).find(|held| held.name == unit).map(|held| held.position);
    if !unit.is_empty() && found.is_none() {
        faults.push(Refusal::new("performance.unit-unknown", "C54").at("unit"));
    }
    match (milestone, served_on, count) {
        (Some(milestone), Some(served_on), Some(units)) if faults.is_empty() => Ok(ServiceLine {
            milestone,
            unit: found,
            served_on,
            place: cell("place").to_owned(),
            worker: cell("worker").to_owned(),
            token: cell("token").to_owned(),
            units,
            note: cell("note").to_owned(),
        }),
        _ => Err(faults),
    }
}

type Fingerprint = (i64, Option<i64>, Date, String, String, String, i64, String);

fn fingerprint(line: &ServiceLine) -> Fingerprint {
    let upper = |text: &str| text.trim().to_ascii_uppercase();
    (
        line.milestone,
        line.unit,
        line.served_on,
        line.place.clone(),
        upper(&line.worker),
        upper(&line.token),
        line.units,
        line.note.clone(),
    )
}

row! {
    /// A line that counts, as a sheet would say it.
    struct KnownLine {
        milestone: i64,
        unit: Option<i64>,
        served_on: Date,
        place: String,
        worker: String,
        token: String,
        units: i64,
        note: String,
    }
}

async fn known(app: &App, contract: ContractId) -> Result<BTreeSet<Fingerprint>, Error> {
    let sql =
        "SELECT m.position AS milestone, u.position AS unit, r.served_on, r.place, w.code AS worker, p.token,
                 r.units, r.note
               FROM service_record r JOIN milestone m ON m.id = r.milestone_id
               LEFT JOIN service_unit u ON u.id = r.unit_id JOIN service_worker w ON w.id = r.worker_id
               JOIN recipient p ON p.id = r.recipient_id
               WHERE r.contract_id = $1 AND r.reverses_id IS NULL
                 AND NOT EXISTS (SELECT 1 FROM service_record x WHERE x.reverses_id = r.id)";
    let rows: Vec<KnownLine> = app.db.all(sql, args![contract]).await?;
    let line = |row: KnownLine| {
        (row.milestone, row.unit, row.served_on, row.place, row.worker, row.token, row.units, row.note)
    };
    Ok(rows.into_iter().map(line).collect())
}
