//! A charity that did no charitable work for years in a row must end (CL17), and forms a liquidation group (CL18).
//!
//! The program knows of a year only what the charity's own yearly report says: no activity, and nothing spent on any.
//! Nothing is presumed of a year without a report, or in which it was not yet a charity. An officer looks into it and
//! tells the charity; for this program the ground has arisen with that day, because before it nobody had established it.
//! A charity that knows better tells an earlier day when it asks for its cancellation.

use crate::kernel::{Calendar, Date, Fen, Finding, Refusal, RuleKey, Rules};

/// What the report of a year says of charitable work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportedYear {
    /// The year reported on.
    pub year: i64,
    /// How many activities; none where the short form does not ask.
    pub activities: Option<i64>,
    /// What was spent on activity.
    pub spent: Option<Fen>,
}

impl ReportedYear {
    /// Whether it tells of no charitable work at all.
    pub fn is_idle(&self) -> bool {
        self.spent == Some(Fen::ZERO) && self.activities.unwrap_or(0) == 0
    }
}

/// The years in a row, up to the last one reported on, in which a charity did nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdleYears {
    /// The first of them.
    pub first: i64,
    /// The last of them.
    pub last: i64,
}

impl IdleYears {
    /// The ground as a finding, with the years.
    pub fn finding(self) -> Finding {
        // A year is no amount: it is told without separators.
        let year = |number: i64| number.to_string();
        Finding::barred("charity.idle-years", "B22")
            .with("first", year(self.first))
            .with("last", year(self.last))
    }
}

/// The idle years that make a charity end; none when there are fewer than the rule says. `since` is the day from which it
/// has been a charity; the reports may come in any order.
pub fn idle_years(reported: &[ReportedYear], since: Date, rules: Rules<'_>) -> Option<IdleYears> {
    let needed = rules.number(RuleKey::CharityIdleYears);
    let is_charity_all_year =
        |year: i64| i64::from(since.year()) < year || (i64::from(since.year()) == year && is_new_year(since));
    let last = reported.iter().map(|one| one.year).max()?;
    let idle =
        |year: i64| is_charity_all_year(year) && reported.iter().any(|one| one.year == year && one.is_idle());
    let count = (0..).take_while(|back| idle(last.saturating_sub(*back))).count();
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    (needed > 0 && count >= needed).then(|| IdleYears { first: last - count + 1, last })
}

fn is_new_year(day: Date) -> bool {
    day.month() == 1 && day.day() == 1
}

/// Whether the charity may be told now, and by which day it forms its liquidation group (CL18).
///
/// # Errors
/// No idle years (B22), or told of them already; the day lies beyond the published calendar.
pub fn may_tell(
    idle: Option<IdleYears>,
    is_told: bool,
    today: Date,
    rules: Rules<'_>,
    calendar: &Calendar,
) -> Result<Date, Refusal> {
    if idle.is_none() {
        let years = rules.number(RuleKey::CharityIdleYears);
        return Err(Refusal::new("charity.not-idle", "B22").with("years", years));
    }
    if is_told {
        return Err(Refusal::new("charity.told-to-end", "B22"));
    }
    rules.deadline(calendar, RuleKey::CharityLiquidationDays, today).map(|last| last.due)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{book, calendar_until_2027, day};

    fn year(year: i64, activities: Option<i64>, spent: i64) -> ReportedYear {
        ReportedYear { year, activities, spent: Some(Fen(spent)) }
    }

    #[test]
    fn two_idle_years_in_a_row_up_to_the_last_report_make_a_charity_end() {
        let book = book();
        let rules = book.on(day(2026, 6, 1));
        let since = day(2020, 3, 5);
        let idle = |of: i64| year(of, Some(0), 0);
        for (reported, since, expected) in [
            (vec![idle(2024), idle(2025)], since, Some((2024, 2025))),
            (vec![idle(2025), idle(2024), idle(2023)], since, Some((2023, 2025))),
            (vec![idle(2025)], since, None),
            // A gap, work in between, work since: no two years in a row.
            (vec![idle(2023), idle(2025)], since, None),
            (vec![idle(2023), idle(2024), year(2025, Some(1), 0)], since, None),
            (vec![idle(2024), year(2025, Some(0), 1)], since, None),
            // The short form leaves activities out; what was spent is told in it.
            (vec![year(2024, None, 0), year(2025, None, 0)], since, Some((2024, 2025))),
            (vec![idle(2024), ReportedYear { year: 2025, activities: Some(0), spent: None }], since, None),
            // Only whole years as a charity count.
            (vec![idle(2024), idle(2025)], day(2024, 1, 2), None),
            (vec![idle(2024), idle(2025)], day(2024, 1, 1), Some((2024, 2025))),
            (vec![], since, None),
        ] {
            let found = idle_years(&reported, since, rules).map(|one| (one.first, one.last));
            assert_eq!(found, expected, "{reported:?} since {since}");
        }
    }

    #[test]
    fn the_group_is_formed_thirty_days_after_the_charity_was_told() {
        let (book, calendar) = (book(), calendar_until_2027());
        let (today, idle) = (day(2026, 6, 1), Some(IdleYears { first: 2024, last: 2025 }));
        let told = |idle, is_told| may_tell(idle, is_told, today, book.on(today), &calendar);
        assert_eq!(told(idle, false), Ok(day(2026, 7, 1)));
        assert_eq!(told(idle, true).unwrap_err().code, "charity.told-to-end");
        assert_eq!(told(None, false).unwrap_err().code, "charity.not-idle");
    }
}
