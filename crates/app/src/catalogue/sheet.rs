//! Workbooks of the catalogue: the published list out, an office's proposals in.
//!
//! A workbook comes in whole or not at all: every fault of every row is told with its row and field, and
//! the same rows can be taken away again with the faults written beside them.

use domain::kernel::{Actor, Coded, Fen, Refusal, Role};

use super::items::propose;
use super::read::ItemRow;
use super::typed::TypedItem;
use crate::sheets::{self, Cell, Column, Limits, Sheet};
use crate::{Act, App, Cx, Error, RequestKey};

/// The columns of a workbook of proposals, in their order.
pub const FIELDS: [&str; 13] = [
    "title",
    "function",
    "why_purchasable",
    "quantity",
    "standard",
    "ceiling",
    "budget",
    "unit",
    "fund_source",
    "scope",
    "recipients",
    "performance_standard",
    "excludes_affiliates",
];

/// The most proposals in one workbook; an office has some dozens at most.
const ROWS_MAX: usize = 200;

/// What people may write for a column or a choice, in every language; the codes always do.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    /// Column titles and the field that each means.
    pub titles: Vec<(String, &'static str)>,
    /// Field, word and the code that the word means there.
    pub words: Vec<(&'static str, String, String)>,
}

impl Dictionary {
    fn field(&self, title: &str) -> Option<&'static str> {
        let known = FIELDS.into_iter().find(|field| *field == title);
        known.or_else(|| self.titles.iter().find(|(held, _)| held == title).map(|(_, field)| *field))
    }

    fn code(&self, field: &str, word: &str) -> String {
        let found = self.words.iter().find(|(held, text, _)| *held == field && text == word);
        found.map_or_else(|| word.to_owned(), |(_, _, code)| code.clone())
    }
}

/// Reads an uploaded workbook of proposals.
///
/// # Errors
/// The file is no table, or a column is missing; at `file`.
pub fn read(bytes: &[u8], dictionary: &Dictionary) -> Result<(Sheet, Vec<TypedRow>), Refusal> {
    let limits = Limits { rows: ROWS_MAX, ..Limits::default() };
    let sheet = sheets::read(bytes, limits)?;
    let columns: Vec<Option<&str>> = sheet.header.iter().map(|title| dictionary.field(title)).collect();
    let missing = FIELDS.into_iter().find(|field| !columns.contains(&Some(*field)));
    if let Some(field) = missing {
        let title = dictionary.titles.iter().find(|(_, held)| *held == field);
        let title = title.map_or(field, |(title, _)| title.as_str());
        return Err(Refusal::new("catalogue.sheet-column-missing", "C12").at("file").with("column", title));
    }
    let rows = sheet.rows.iter().map(|row| {
        let text = |field: &str| {
            let at = columns.iter().position(|held| *held == Some(field));
            at.map_or("", |at| row.cell(at)).to_owned()
        };
        TypedRow { number: row.number, item: typed(text, dictionary) }
    });
    let rows: Vec<TypedRow> = rows.collect();
    if rows.is_empty() {
        return Err(Refusal::new("catalogue.sheet-without-rows", "C12").at("file"));
    }
    Ok((sheet, rows))
}

fn typed(text: impl Fn(&str) -> String, dictionary: &Dictionary) -> TypedItem {
    let choice = |field: &str| dictionary.code(field, &text(field));
    TypedItem {
        title: text("title"),
        function: choice("function"),
        why_purchasable: text("why_purchasable"),
        quantity: text("quantity"),
        standard: text("standard"),
        ceiling: text("ceiling"),
        budget: text("budget"),
        unit: choice("unit"),
        fund_source: choice("fund_source"),
        scope: choice("scope"),
        recipients: text("recipients"),
        performance_standard: text("performance_standard"),
        excludes_affiliates: choice("excludes_affiliates") == "yes",
    }
}

/// One row of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedRow {
    /// Its number as the spreadsheet program shows it.
    pub number: usize,
    /// What it says.
    pub item: TypedItem,
}

/// Proposes every row of a workbook for the writer's office: all of them, or none.
#[derive(Clone)]
pub struct ImportItems {
    /// The catalogue's year.
    pub year: i64,
    /// The rows.
    pub rows: Vec<TypedRow>,
    /// Only to see what is wrong: nothing is saved, and an answer without faults is an empty list of them.
    pub is_trial: bool,
}

/// The faults of a workbook, without saving anything.
///
/// # Errors
/// What is not a fault of the workbook.
pub async fn check(app: &App, actor: &Actor, year: i64, rows: Vec<TypedRow>) -> Result<Vec<Refusal>, Error> {
    let trial = ImportItems { year, rows, is_trial: true };
    match app.act(actor, &RequestKey::None, &trial).await {
        Ok(_) => Ok(Vec::new()),
        Err(Error::Invalid(faults)) => Ok(faults),
        Err(other) => Err(other),
    }
}

impl Act for ImportItems {
    /// How many items it proposed.
    type Outcome = i64;
    const NAME: &'static str = "catalogue.import_items";
    const WHO: &'static [Role] = &[Role::OfficeStaff];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let mut faults = Vec::new();
        for row in &self.rows {
            let found = match row.item.read() {
                Ok(content) => match propose(cx, self.year, &content).await {
                    Ok(_) => Vec::new(),
                    Err(Error::Invalid(found)) => found,
                    Err(other) => return Err(other),
                },
                Err(found) => found,
            };
            faults.extend(found.into_iter().map(|refusal| in_row(row.number, refusal)));
        }
        // A trial ends as refused, so that its transaction leaves no trace.
        if self.is_trial || !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        Ok(i64::try_from(self.rows.len()).unwrap_or(i64::MAX))
    }
}

/// The same refusal, at `row/field`.
fn in_row(number: usize, refusal: Refusal) -> Refusal {
    let field = refusal.field.clone().unwrap_or_default();
    refusal.at(format!("{number}/{field}"))
}

/// The row and the field of a workbook's fault.
pub fn place_of(refusal: &Refusal) -> Option<(usize, &str)> {
    let (row, field) = refusal.field.as_deref()?.split_once('/')?;
    Some((row.parse().ok()?, field))
}

/// The rows of a workbook with a last column that says what is wrong with each.
///
/// # Errors
/// The file could not be put together.
pub fn with_faults(sheet: &Sheet, title: &str, faults: &[(usize, String)]) -> Result<Vec<u8>, Error> {
    let mut columns: Vec<Column> = sheet.header.iter().map(|title| Column::new(title, 18)).collect();
    columns.push(Column::new(title, 60));
    let rows: Vec<Vec<Cell>> = sheet
        .rows
        .iter()
        .map(|row| {
            let mut cells: Vec<Cell> = (0..sheet.header.len()).map(|at| Cell::text(row.cell(at))).collect();
            let own = faults.iter().filter(|(number, _)| *number == row.number);
            let texts: Vec<&str> = own.map(|(_, text)| text.as_str()).collect();
            cells.push(Cell::text(texts.join("\n")));
            cells
        })
        .collect();
    sheets::xlsx("1", &columns, &rows)
}

/// The words of the published list: column titles in the order of `list`, and the names of codes.
pub struct ListWords<'a> {
    /// The sheet's name.
    pub name: &'a str,
    /// Titles of the thirteen columns.
    pub titles: [String; 13],
    /// The word before the total.
    pub total: &'a str,
    /// The name of a closed list's member, by list and code.
    pub member: &'a dyn Fn(&'static str, &'static str) -> String,
}

/// The list with its total row. The total is taken from the rows themselves (S16).
///
/// # Errors
/// The rows add up to more than money can be, or the file could not be put together.
pub fn list(items: &[ItemRow], words: &ListWords<'_>) -> Result<Vec<u8>, Error> {
    let widths = [18, 16, 12, 28, 14, 24, 30, 16, 16, 14, 12, 24, 30];
    let columns: Vec<Column> =
        words.titles.iter().zip(widths).map(|(title, width)| Column::new(title, width)).collect();
    let mut rows: Vec<Vec<Cell>> = items.iter().map(|item| cells(item, words)).collect();
    let sum = |amount: fn(&ItemRow) -> Fen| domain::catalogue::item::total(items.iter().map(amount));
    let blank = || Cell::text("");
    let (ceilings, budgets) = (sum(|item| item.ceiling_fen)?, sum(|item| item.budget_fen)?);
    let mut last = vec![Cell::text(words.total), blank(), blank(), Cell::text(items.len().to_string())];
    last.extend([blank(), blank(), blank(), Cell::Money(ceilings), Cell::Money(budgets)]);
    last.extend([blank(), blank(), blank(), blank()]);
    rows.push(last);
    sheets::xlsx(words.name, &columns, &rows)
}

fn cells(item: &ItemRow, words: &ListWords<'_>) -> Vec<Cell> {
    fn named<C: Coded>(words: &ListWords<'_>, of: C) -> Cell {
        Cell::text((words.member)(C::LIST, of.code()))
    }
    vec![
        Cell::text(&item.code),
        Cell::text(&item.office_name),
        Cell::text(&item.director_name),
        Cell::text(&item.name),
        named(words, item.function_kind),
        Cell::text(&item.quantity),
        Cell::text(&item.standard),
        Cell::Money(item.ceiling_fen),
        Cell::Money(item.budget_fen),
        named(words, item.fund_source),
        named(words, item.scope),
        Cell::text(&item.recipients),
        Cell::text(&item.performance_standard),
    ]
}
