//! The working-day calendar: which days are worked, from the State Council's yearly lists (RULES E12).
//!
//! A day is worked when it is a make-up day, or a weekday that no list takes off. A year without a
//! published list is refused, never guessed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::civil::Weekday;

use super::{Date, Refusal};
use crate::coded;

coded! {
    /// How a term counts its days; the two are never converted into each other (T10).
    pub enum DayKind as "day_kind" {
        /// Every day counts (日).
        CalendarDays = "calendar_days",
        /// Only worked days count (工作日).
        WorkingDays = "working_days",
    }
}

coded! {
    /// What a yearly list says of a date.
    pub enum ListedDay as "listed_day" {
        /// A rest day.
        Off = "off",
        /// A weekend day that is worked to make up for a rest day.
        Work = "work",
    }
}

/// One row of a yearly list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarRow {
    /// The date.
    pub date: Date,
    /// Off or worked.
    pub listed: ListedDay,
    /// The festival it belongs to, in Chinese.
    pub name: String,
    /// The notice that says so.
    pub source: String,
}

/// What a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayStatus<'a> {
    /// An ordinary worked weekday.
    Working,
    /// A weekend day worked to make up for this festival.
    MakeUp(&'a str),
    /// An ordinary Saturday or Sunday.
    Weekend,
    /// Off for this festival.
    Festival(&'a str),
}

impl DayStatus<'_> {
    /// Whether offices work.
    pub fn is_working(self) -> bool {
        matches!(self, DayStatus::Working | DayStatus::MakeUp(_))
    }
}

/// Why rows do not make a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarFault {
    /// No year is complete.
    Empty,
    /// A date is listed twice.
    Twice(Date),
    /// A make-up day on a weekday makes up for nothing.
    MakeUpOnWeekday(Date),
    /// No list for this year between two years that have one.
    YearMissing(i16),
}

impl fmt::Display for CalendarFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the calendar has no complete year"),
            Self::Twice(date) => write!(f, "{date} is listed twice"),
            Self::MakeUpOnWeekday(date) => {
                write!(f, "{date} is a weekday and cannot be a make-up day")
            }
            Self::YearMissing(year) => write!(f, "no list for {year}"),
        }
    }
}

/// The worked and the free days of every year with a published list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    listed: BTreeMap<Date, CalendarRow>,
    years: BTreeSet<i16>,
}

impl Calendar {
    /// Checks the rows; every fault is named. A year counts as published when its National Day is listed,
    /// because lists reach over the turn of the year by some days.
    pub fn build(rows: impl IntoIterator<Item = CalendarRow>) -> Result<Self, Vec<CalendarFault>> {
        let mut calendar = Self { listed: BTreeMap::new(), years: BTreeSet::new() };
        let mut faults = Vec::new();
        for row in rows {
            let date = row.date;
            if row.listed == ListedDay::Work && !is_weekend(date) {
                faults.push(CalendarFault::MakeUpOnWeekday(date));
            }
            if row.listed == ListedDay::Off && (date.month(), date.day()) == (10, 1) {
                calendar.years.insert(date.year());
            }
            if calendar.listed.insert(date, row).is_some() {
                faults.push(CalendarFault::Twice(date));
            }
        }
        match (calendar.years.first(), calendar.years.last()) {
            (Some(first), Some(last)) => faults.extend(
                (*first..=*last)
                    .filter(|year| !calendar.years.contains(year))
                    .map(CalendarFault::YearMissing),
            ),
            _ => faults.push(CalendarFault::Empty),
        }
        if faults.is_empty() { Ok(calendar) } else { Err(faults) }
    }

    /// What a date is; refused when the list of its year is not published (E12).
    pub fn day(&self, date: Date) -> Result<DayStatus<'_>, Refusal> {
        if !self.years.contains(&date.year()) {
            return Err(Refusal::new("kernel.calendar-year-unpublished", "E12")
                .with("year", i64::from(date.year()))
                .with("date", date));
        }
        Ok(match self.listed.get(&date) {
            Some(row) if row.listed == ListedDay::Work => DayStatus::MakeUp(&row.name),
            Some(row) => DayStatus::Festival(&row.name),
            None if is_weekend(date) => DayStatus::Weekend,
            None => DayStatus::Working,
        })
    }

    /// Whether offices work on a date; refused when the list of its year is not published (E12).
    pub fn is_working(&self, date: Date) -> Result<bool, Refusal> {
        self.day(date).map(DayStatus::is_working)
    }

    /// Worked days after `from` up to and including `to`; negative when `to` is earlier.
    pub fn working_days_between(&self, from: Date, to: Date) -> Result<i64, Refusal> {
        if to < from {
            return self.working_days_between(to, from).map(|days| -days);
        }
        let mut days = 0;
        let mut date = from;
        while date < to {
            date = next_day(date)?;
            days += i64::from(self.is_working(date)?);
        }
        Ok(days)
    }

    /// The years with a published list, in order.
    pub fn years(&self) -> impl Iterator<Item = i16> + '_ {
        self.years.iter().copied()
    }

    /// The listed days of one year, in order, for the calendar's own page.
    pub fn listed_in(&self, year: i16) -> impl Iterator<Item = &CalendarRow> {
        self.listed.values().filter(move |row| row.date.year() == year)
    }
}

/// The day after; the end of all calendars is a year without a list.
pub(super) fn next_day(date: Date) -> Result<Date, Refusal> {
    date.tomorrow().map_err(|_| beyond(date))
}

/// The day before.
pub(super) fn day_before(date: Date) -> Result<Date, Refusal> {
    date.yesterday().map_err(|_| beyond(date))
}

/// The refusal for a date that no calendar reaches.
pub(super) fn beyond(date: Date) -> Refusal {
    Refusal::new("kernel.calendar-year-unpublished", "E12")
        .with("year", i64::from(date.year()))
        .with("date", date)
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::kernel::{Coded, parse_date};
    use jiff::civil::date;

    /// The calendar that ships.
    pub(in crate::kernel) fn shipped() -> Calendar {
        let rows = include_str!("../../data/calendar.csv").lines().skip(1).map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            row(cells[0], ListedDay::from_code(cells[1]).unwrap(), cells[2])
        });
        Calendar::build(rows).unwrap()
    }

    fn row(date: &str, listed: ListedDay, name: &str) -> CalendarRow {
        CalendarRow { date: parse_date(date).unwrap(), listed, name: name.into(), source: "通知".into() }
    }

    #[test]
    fn the_worked_days_of_a_year_are_those_of_the_notice() {
        let calendar = shipped();
        for (year, days) in [(2014, 250), (2024, 251), (2025, 248), (2026, 248)] {
            let first = i64::from(calendar.is_working(date(year, 1, 1)).unwrap());
            let later = calendar.working_days_between(date(year, 1, 1), date(year, 12, 31)).unwrap();
            assert_eq!(first + later, days, "{year}");
        }
        assert_eq!(calendar.years().collect::<Vec<_>>(), (2007..=2026).collect::<Vec<_>>());
    }

    #[test]
    fn a_date_says_what_it_is() {
        let calendar = shipped();
        for (day, status) in [
            (date(2014, 2, 21), DayStatus::Working),
            (date(2014, 2, 22), DayStatus::Weekend),
            (date(2014, 2, 3), DayStatus::Festival("春节")),
            (date(2014, 2, 8), DayStatus::MakeUp("春节")),
            (date(2014, 4, 6), DayStatus::Festival("清明")),
            (date(2026, 9, 20), DayStatus::MakeUp("国庆节")),
            (date(2007, 12, 31), DayStatus::Festival("元旦")),
        ] {
            assert_eq!(calendar.day(day), Ok(status), "{day}");
        }
    }

    #[test]
    fn a_year_without_a_list_is_refused() {
        let calendar = shipped();
        for day in [date(2027, 1, 1), date(2006, 12, 31), Date::MAX, Date::MIN] {
            let refusal = calendar.is_working(day).unwrap_err();
            assert_eq!((refusal.code, refusal.rule), ("kernel.calendar-year-unpublished", "E12"), "{day}");
        }
        assert!(calendar.working_days_between(date(2026, 12, 30), date(2027, 1, 4)).is_err());
    }

    #[test]
    fn worked_days_are_counted_both_ways() {
        let calendar = shipped();
        for (from, to, days) in [
            (date(2014, 2, 21), date(2014, 2, 21), 0),
            (date(2014, 2, 21), date(2014, 2, 23), 0),
            (date(2014, 2, 21), date(2014, 2, 24), 1),
            (date(2014, 1, 30), date(2014, 2, 8), 2),
            (date(2014, 2, 24), date(2014, 2, 21), -1),
        ] {
            assert_eq!(calendar.working_days_between(from, to), Ok(days), "{from} to {to}");
        }
    }

    #[test]
    fn a_faulty_list_is_named() {
        let national = |year: i16| row(&format!("{year}-10-01"), ListedDay::Off, "国庆节");
        for (rows, fault) in [
            (vec![], CalendarFault::Empty),
            (vec![row("2026-01-01", ListedDay::Off, "元旦")], CalendarFault::Empty),
            (vec![national(2026), national(2026)], CalendarFault::Twice(date(2026, 10, 1))),
            (vec![national(2024), national(2026)], CalendarFault::YearMissing(2025)),
            (
                vec![national(2026), row("2026-09-21", ListedDay::Work, "国庆节")],
                CalendarFault::MakeUpOnWeekday(date(2026, 9, 21)),
            ),
        ] {
            assert_eq!(Calendar::build(rows), Err(vec![fault]));
        }
    }
}
