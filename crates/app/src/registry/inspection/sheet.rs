//! The review grid as an Excel file.

use domain::kernel::Coded;
use domain::registry::inspection::Question;

use super::campaign::Campaign;
use super::held::thaw;
use super::lists::{self, Filter, Line};
use crate::sheets::{self, Cell, Column};
use crate::{App, Error};

/// No file holds more rows.
const ROWS_MAX: usize = 50_000;
const PER_READ: usize = 1_000;

/// How the door names what it knows: titles of columns, members of closed lists.
pub struct Words<'a> {
    /// The sheet's name.
    pub sheet: String,
    /// Twelve titles, in the order of the cells.
    pub titles: Vec<String>,
    /// A member of a closed list, by list and code.
    pub member: &'a (dyn Fn(&str, &str) -> String + Send + Sync),
}

/// The rows that the filter lets through.
///
/// # Errors
/// The database could not be read, or the file not put together.
pub async fn export(
    app: &App,
    campaign: &Campaign,
    filter: &Filter,
    words: &Words<'_>,
) -> Result<Vec<u8>, Error> {
    let mut rows = Vec::new();
    let mut after = 0;
    while rows.len() < ROWS_MAX {
        let page = lists::lines(app, campaign, filter, after, PER_READ).await?;
        let Some(last) = page.last() else { break };
        after = last.organisation_id.0;
        rows.extend(page.iter().map(|line| cells(line, words)));
    }
    let columns: Vec<Column> = words.titles.iter().map(|title| Column::new(title.as_str(), 18)).collect();
    sheets::xlsx(&words.sheet, &columns, &rows)
}

fn cells(line: &Line, words: &Words<'_>) -> Vec<Cell> {
    fn named<C: Coded>(words: &Words<'_>, member: C) -> Cell {
        Cell::text((words.member)(C::LIST, member.code()))
    }
    let empty = || Cell::text("");
    let answers = line.answers.as_deref().map(thaw).unwrap_or_default();
    let money = |question| answers.money(question).map_or_else(empty, Cell::Money);
    vec![
        Cell::text(line.uscc.as_str()),
        Cell::text(line.name.as_str()),
        named(words, line.kind),
        Cell::text(line.district.as_str()),
        named(words, line.state),
        line.submitted_at.map_or_else(empty, |at| Cell::Day(at.date())),
        money(Question::Income),
        money(Question::Expense),
        money(Question::NetAssets),
        Cell::Number(line.minor + line.serious),
        line.proposal.map_or_else(empty, |one| named(words, one)),
        line.outcome.map_or_else(empty, |one| named(words, one)),
    ]
}
