//! One line for each figure, beside the limit it is held against; the same lines as a table for the docs.

use super::load::Measured;

/// One measured figure.
pub struct Row {
    /// What was measured.
    pub name: String,
    /// The figure, with its unit.
    pub ours: String,
    /// What it is held against, measured in the same run or set as a goal.
    pub limit: String,
    /// Ours in percent of the limit, or nothing when there is no limit.
    pub percent: Option<u64>,
    /// Latencies at p50 and p99, or nothing.
    pub latency: Option<(u64, u64)>,
}

impl Row {
    /// A rate held against another rate.
    pub fn rate(name: &str, ours: &Measured, limit: &str, other: &Measured) -> Self {
        Self {
            name: name.to_owned(),
            ours: format!("{}/s", ours.per_second),
            limit: format!("{limit}: {}/s", other.per_second),
            percent: percent(ours.per_second, other.per_second),
            latency: Some((ours.latencies.percentile_us(50), ours.latencies.percentile_us(99))),
        }
    }

    /// A plain number held against a goal in the same unit.
    pub fn number(name: &str, ours: u64, unit: &str, goal: Option<u64>) -> Self {
        let limit = goal.map_or_else(|| "-".to_owned(), |goal| format!("at most {goal} {unit}"));
        let percent = goal.and_then(|goal| percent(ours, goal));
        Self { name: name.to_owned(), ours: format!("{ours} {unit}"), limit, percent, latency: None }
    }

    /// The line of the table.
    pub fn line(&self) -> String {
        let percent = self.percent.map_or_else(|| "-".to_owned(), |percent| format!("{percent} %"));
        let latency = self
            .latency
            .map_or_else(|| "- | -".to_owned(), |(p50, p99)| format!("{} | {}", millis(p50), millis(p99)));
        format!("| {} | {} | {} | {percent} | {latency} |", self.name, self.ours, self.limit)
    }
}

/// The table's two head lines.
pub const HEAD: &str = "| work | ours | held against | ratio | p50 | p99 |\n|---|---|---|---|---|---|";

fn percent(ours: u64, limit: u64) -> Option<u64> {
    (ours * 100).checked_div(limit)
}

fn millis(us: u64) -> String {
    format!("{}.{:02} ms", us / 1000, us % 1000 / 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_figure_limit_and_ratio() {
        let row = Row::number("memory", 75, "MiB", Some(150));
        assert_eq!(row.line(), "| memory | 75 MiB | at most 150 MiB | 50 % | - | - |");
        assert_eq!(Row::number("size", 9, "MiB", None).line(), "| size | 9 MiB | - | - | - | - |");
        assert_eq!(millis(12_345), "12.34 ms");
    }
}
