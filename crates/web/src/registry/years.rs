//! The last inspected years on an organisation's page: a small table, and the money of each year as bars (W2).

use app::registry::public_years::PublicYear;
use domain::kernel::Fen;

use crate::shell::Shell;
use crate::shell::chart::{self, Mark, Words};

/// A year as the page shows it.
pub struct YearLine {
    /// The year.
    pub year: String,
    /// How it came out.
    pub result: String,
    /// Income, expense, net assets at its end.
    pub money: [String; 3],
    /// Branches.
    pub branches: String,
}

/// The years with their drawing.
pub struct YearsView {
    /// Latest first.
    pub lines: Vec<YearLine>,
    /// Income and expense as bars, escaped; empty when no year tells its money.
    pub bars: String,
}

/// The years as a reader reads them.
pub fn view(shell: &Shell, years: &[PublicYear]) -> YearsView {
    let money = |amount: Option<Fen>| amount.map_or_else(|| "—".to_owned(), |amount| shell.money(&amount));
    let line = |one: &PublicYear| YearLine {
        year: one.year.to_string(),
        result: shell.coded(&one.result),
        money: [one.income, one.expense, one.net_assets].map(money),
        branches: one.branches.map_or_else(|| "—".to_owned(), |count| count.to_string()),
    };
    YearsView { lines: years.iter().map(line).collect(), bars: bars(shell, years) }
}

/// Two bars for each year that tells its money, the earliest on top.
fn bars(shell: &Shell, years: &[PublicYear]) -> String {
    let mark = |key: &str, year: i64, amount: Option<Fen>| {
        let amount = amount?;
        let label = shell.txy("years-bar", year, shell.t(key));
        Some(Mark::new(label, amount.0, shell.money(&amount)))
    };
    let of_year = |one: &PublicYear| {
        let (income, expense) = (one.income, one.expense);
        [mark("years-income", one.year, income), mark("years-expense", one.year, expense)]
    };
    let marks: Vec<Mark> = years.iter().rev().flat_map(of_year).flatten().collect();
    if marks.is_empty() {
        return String::new();
    }
    let text = |key: &str| shell.t(key);
    let words = Words {
        id: "years",
        title: &text("years-chart"),
        says: &text("years-chart-says"),
        table: &text("statistics-table"),
        name_head: &text("record-year"),
        value_head: &text("years-amount"),
    };
    chart::bars(&words, &marks, None)
}
