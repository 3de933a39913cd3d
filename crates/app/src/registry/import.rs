//! Organisations from a sheet: good rows are saved, bad rows come back with what to mend.
//!
//! The whole file is read and judged first, so its faults are known before anything is written; then the
//! good rows are saved a chunk at a time. Mended rows can be sent again alone, or the whole file once more:
//! what is already in the register counts as unchanged.

use std::collections::BTreeMap;

use domain::kernel::{Actor, Date, Refusal, half_width};

use super::entry;
use super::form::OrganisationForm;
use super::save::{Tally, load_many};
use super::words;
use crate::sheets::{self, Cell, Column, Limits, Sheet, SheetRow};
use crate::{App, Error};

/// The columns of an organisation sheet: field, width in characters.
pub(super) const COLUMNS: &[(&str, u16)] = &[
    ("code", 22),
    ("name", 42),
    ("kind", 14),
    ("legal", 10),
    ("status", 12),
    ("supervised", 10),
    ("division", 14),
    ("fields", 24),
    ("domicile", 36),
    ("registered_on", 13),
    ("inspection", 14),
    ("listing", 16),
    ("banned_until", 14),
    ("person_in_charge", 16),
    ("controller", 22),
    ("contact", 18),
];
/// Columns without which a sheet says too little.
const NEEDED: &[&str] = &["code", "name", "kind", "legal", "division", "fields", "registered_on"];
const REMARK_WIDTH: u16 = 60;

/// A fault of one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// The row as the spreadsheet program counts it.
    pub row: usize,
    /// The field, such as `code`; see `words::word_of("column", …)` for its title.
    pub column: String,
    /// What is wrong and what to do.
    pub refusal: Refusal,
}

/// What an import did.
#[derive(Clone, Debug)]
pub struct ImportReport {
    /// How many went which way.
    pub tally: Tally,
    /// Every fault, in the order of rows.
    pub faults: Vec<RowFault>,
    header: Vec<String>,
    bad_rows: Vec<SheetRow>,
}

impl ImportReport {
    /// How many rows were not saved.
    pub fn bad_rows(&self) -> usize {
        self.bad_rows.len()
    }

    /// The bad rows as they came, with a last column that says what to mend; `say` words a refusal.
    ///
    /// # Errors
    /// The file could not be put together.
    pub fn error_sheet(&self, is_english: bool, say: &dyn Fn(&Refusal) -> String) -> Result<Vec<u8>, Error> {
        let mut columns: Vec<Column> = self.header.iter().map(|title| Column::new(title, 20)).collect();
        columns.push(Column::new(words::word_of("column", "remark", is_english), REMARK_WIDTH));
        let rows: Vec<Vec<Cell>> = self
            .bad_rows
            .iter()
            .map(|row| {
                let told = self.faults.iter().filter(|fault| fault.row == row.number).map(|fault| {
                    let title = words::word_of("column", &fault.column, is_english);
                    format!("{title}: {}", say(&fault.refusal))
                });
                let told = told.collect::<Vec<_>>().join("\n");
                let mut cells: Vec<Cell> =
                    (0..self.header.len()).map(|at| Cell::text(row.cell(at))).collect();
                cells.push(Cell::Text(told));
                cells
            })
            .collect();
        sheets::xlsx(sheet_name(is_english), &columns, &rows)
    }
}

pub(super) fn sheet_name(is_english: bool) -> &'static str {
    if is_english { "Organisations" } else { "社会组织" }
}

/// The empty sheet to fill in, with one invented row that shows how.
///
/// # Errors
/// The file could not be put together.
pub fn template(is_english: bool) -> Result<Vec<u8>, Error> {
    let columns = columns(is_english);
    let example = super::specimen::invented(1, 0);
    let rows: Vec<Vec<Cell>> = example.iter().map(|form| form_cells(form, is_english)).collect();
    sheets::xlsx(sheet_name(is_english), &columns, &rows)
}

pub(super) fn columns(is_english: bool) -> Vec<Column> {
    COLUMNS
        .iter()
        .map(|(field, width)| Column::new(words::word_of("column", field, is_english), *width))
        .collect()
}

/// A form as the cells of its row, with words where it holds codes.
pub(super) fn form_cells(form: &OrganisationForm, is_english: bool) -> Vec<Cell> {
    let word = |list: &str, text: &str| {
        words::code_of(list, text)
            .map_or_else(|| text.to_owned(), |code| words::word_of(list, code, is_english))
    };
    let cells = COLUMNS.iter().map(|(field, _)| match *field {
        "kind" => word("organisation_kind", &form.kind),
        "legal" => word("legal", &form.legal),
        "status" => word("organisation_status", &form.status),
        "supervised" => word("yes_no", &form.supervised),
        "inspection" => word("inspection_result", &form.inspection),
        "listing" => word("credit_listing", &form.listing),
        "fields" => {
            let fields = form.fields.split([',', '、']).map(|one| word("business_field", one));
            fields.collect::<Vec<_>>().join(if is_english { "; " } else { "、" })
        }
        other => field_of(form, other).to_owned(),
    });
    cells.map(Cell::Text).collect()
}

fn field_of<'a>(form: &'a OrganisationForm, field: &str) -> &'a str {
    match field {
        "code" => &form.code,
        "name" => &form.name,
        "division" => &form.division,
        "domicile" => &form.domicile,
        "registered_on" => &form.registered_on,
        "banned_until" => &form.banned_until,
        "person_in_charge" => &form.person_in_charge,
        "controller" => &form.controller,
        "contact" => &form.contact,
        _ => "",
    }
}

/// Imports a file; `progress` hears how many rows of how many are done.
///
/// # Errors
/// `Refused` for a file that is no sheet of organisations; what the database says. Chunks that were saved
/// before such a failure stay saved.
pub async fn import(
    app: &App,
    actor: &Actor,
    file: Vec<u8>,
    progress: &(dyn Fn(usize, usize) + Send + Sync),
) -> Result<ImportReport, Error> {
    let today = app.clock.now().date();
    let judged = tokio::task::spawn_blocking(move || judge(&file, today));
    let mut judged = judged.await.map_err(|_| Error::Folder("the reading thread stopped".to_owned()))??;
    let read = std::mem::take(&mut judged.forms);
    let asked: Vec<&OrganisationForm> = read.iter().map(|(_, form)| form).collect();
    let refusals = entry::faults(app, actor.post.role, today, &asked).await?;
    let mut forms = Vec::with_capacity(read.len());
    for ((row, form), refusals) in read.into_iter().zip(refusals) {
        if refusals.is_empty() {
            forms.push(form);
        } else {
            judged.put_back(row, refusals);
        }
    }
    judged.bad_rows.sort_by_key(|row| row.number);
    judged.faults.sort_by_key(|fault| fault.row);
    let total = forms.len();
    let tally = load_many(app, actor, &forms, &|done| progress(done, total)).await?;
    Ok(ImportReport { tally, faults: judged.faults, header: judged.header, bad_rows: judged.bad_rows })
}

struct Judged {
    header: Vec<String>,
    forms: Vec<(SheetRow, OrganisationForm)>,
    faults: Vec<RowFault>,
    bad_rows: Vec<SheetRow>,
}

impl Judged {
    /// A row that is not saved, with what to mend.
    fn put_back(&mut self, row: SheetRow, refusals: Vec<Refusal>) {
        self.faults.extend(refusals.into_iter().map(|refusal| RowFault {
            row: row.number,
            column: refusal.field.clone().unwrap_or_default(),
            refusal,
        }));
        self.bad_rows.push(row);
    }
}

fn judge(file: &[u8], today: Date) -> Result<Judged, Refusal> {
    let Sheet { header, rows } = sheets::read(file, Limits::default())?;
    let places = places(&header)?;
    let mut judged = Judged { header, forms: Vec::new(), faults: Vec::new(), bad_rows: Vec::new() };
    let mut first_with: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        let form = form_of(&row, &places);
        let refusals = match form.read(today) {
            Err(refusals) => refusals,
            Ok(facts) => match first_with.get(&facts.code) {
                Some(first) => {
                    vec![Refusal::new("registry.code-twice", "B40").at("code").with("row", *first)]
                }
                None => {
                    first_with.insert(facts.code, row.number);
                    judged.forms.push((row, form));
                    continue;
                }
            },
        };
        judged.put_back(row, refusals);
    }
    Ok(judged)
}

/// Which column holds which field.
fn places(header: &[String]) -> Result<BTreeMap<&'static str, usize>, Refusal> {
    let mut places = BTreeMap::new();
    for (at, title) in header.iter().enumerate() {
        let Some(field) = words::code_of("column", &half_width(title)) else { continue };
        if places.insert(field, at).is_some() {
            return Err(Refusal::new("registry.column-twice", "X1")
                .at("file")
                .with("column", title.as_str()));
        }
    }
    let missing: Vec<String> = NEEDED
        .iter()
        .filter(|field| !places.contains_key(*field))
        .map(|field| words::word_of("column", field, false))
        .collect();
    if missing.is_empty() {
        return Ok(places);
    }
    Err(Refusal::new("registry.columns-missing", "X1").at("file").with("columns", missing.join("、")))
}

fn form_of(row: &SheetRow, places: &BTreeMap<&'static str, usize>) -> OrganisationForm {
    let cell = |field: &str| places.get(field).map_or("", |at| row.cell(*at)).to_owned();
    OrganisationForm {
        code: cell("code"),
        name: cell("name"),
        kind: cell("kind"),
        legal: cell("legal"),
        status: cell("status"),
        supervised: cell("supervised"),
        division: cell("division"),
        fields: cell("fields"),
        domicile: cell("domicile"),
        registered_on: cell("registered_on"),
        inspection: cell("inspection"),
        listing: cell("listing"),
        banned_until: cell("banned_until"),
        person_in_charge: cell("person_in_charge"),
        controller: cell("controller"),
        contact: cell("contact"),
        is_demo: false,
    }
}
