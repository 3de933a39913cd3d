//! The working days of a year, month by month, with the festivals and make-up days of the published list.

use askama::Template;
use axum::response::Response;
use domain::kernel::{CalendarRow, Date, DayStatus, ListedDay};

use crate::shell::{PageError, Path, Shell, Visit, show, terms};

/// One cell of a month; an empty one comes before the first day.
struct Cell {
    day: String,
    class: &'static str,
    sign: String,
}

/// A month as rows of seven days from Monday.
struct Month {
    name: String,
    working: i64,
    weeks: Vec<Vec<Cell>>,
}

#[derive(Template)]
#[template(path = "rules/calendar.html")]
struct CalendarPage<'a> {
    shell: &'a Shell,
    year: i16,
    years: Vec<i16>,
    months: Vec<Month>,
    working: i64,
    listed: Vec<&'a CalendarRow>,
    sources: Vec<&'a str>,
}

/// GET /rules/calendar/{year}
pub async fn show_year(visit: Visit, Path(year): Path<i16>) -> Result<Response, PageError> {
    let calendar = &visit.city.calendar;
    let years: Vec<i16> = calendar.years().collect();
    if !years.contains(&year) {
        return Err(visit.error(app::Error::NotFound));
    }
    let status = |date: Date| calendar.day(date).ok();
    let months: Vec<Month> =
        (1..=12).filter_map(|number| month(&visit.shell, year, number, status)).collect();
    let listed: Vec<&CalendarRow> = calendar.listed_in(year).collect();
    let mut sources: Vec<&str> = listed.iter().map(|row| row.source.as_str()).collect();
    sources.dedup();
    let working = months.iter().map(|month| month.working).sum();
    show(&CalendarPage { shell: &visit.shell, year, years, months, working, listed, sources })
}

fn month<'a>(
    shell: &Shell,
    year: i16,
    number: i8,
    status: impl Fn(Date) -> Option<DayStatus<'a>>,
) -> Option<Month> {
    let first = Date::new(year, number, 1).ok()?;
    let mut cells: Vec<Cell> = Vec::new();
    for _ in 0..first.weekday().to_monday_zero_offset() {
        cells.push(Cell { day: String::new(), class: "", sign: String::new() });
    }
    let mut working = 0;
    for day in 1..=first.days_in_month() {
        let status = status(Date::new(year, number, day).ok()?)?;
        working += i64::from(status.is_working());
        cells.push(cell(shell, day, status));
    }
    let mut weeks: Vec<Vec<Cell>> = Vec::new();
    for cell in cells {
        match weeks.last_mut().filter(|week| week.len() < 7) {
            Some(week) => week.push(cell),
            None => weeks.push(vec![cell]),
        }
    }
    Some(Month { name: shell.tn("rules-month", i64::from(number)), working, weeks })
}

/// The sign says in words what the colour says.
fn cell(shell: &Shell, day: i8, status: DayStatus<'_>) -> Cell {
    let (class, sign) = match status {
        DayStatus::Working => ("", String::new()),
        DayStatus::MakeUp(_) => ("app-day--work", shell.t("rules-day-work")),
        DayStatus::Weekend => ("app-day--rest", String::new()),
        DayStatus::Festival(_) => ("app-day--off", shell.t("rules-day-off")),
    };
    Cell { day: day.to_string(), class, sign }
}

impl CalendarPage<'_> {
    fn is_shown(&self, year: &i16) -> bool {
        self.year == *year
    }

    fn festival(&self, row: &CalendarRow) -> String {
        terms::festival(self.shell, &row.name)
    }

    fn listed_name(&self, row: &CalendarRow) -> String {
        self.shell.t(match row.listed {
            ListedDay::Off => "rules-listed-off",
            ListedDay::Work => "rules-listed-work",
        })
    }
}
