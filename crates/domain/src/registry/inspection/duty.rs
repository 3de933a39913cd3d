//! Who reports, by which day, and when they are reminded (B24, B25).

use jiff::Span;

use super::super::organisation::{Legal, OrganisationKind, OrganisationStatus};
use super::InspectionState;
use crate::kernel::{Calendar, Date, DayKind, Refusal, RuleKey, Rules};

/// What the register says of an organisation whose duty is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calling {
    /// What it is.
    pub kind: OrganisationKind,
    /// Registered or filed.
    pub legal: Legal,
    /// Whether its registration is alive.
    pub status: OrganisationStatus,
    /// Day of registration.
    pub registered_on: Date,
}

/// Whether an organisation is inspected for a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// It reports.
    Due,
    /// It was too young at the end of the year (B25).
    Exempt,
    /// No registered social organisation of that year: nothing is recorded.
    None,
}

/// Whether an organisation reports on `year`; a suspended one does, an ended one no more (B24, B25).
pub fn duty(calling: Calling, year: i16, rules: Rules<'_>) -> Duty {
    let is_alive = matches!(calling.status, OrganisationStatus::Active | OrganisationStatus::Suspended);
    let Ok(last) = Date::new(year, 12, 31) else { return Duty::None };
    let is_inspected = calling.kind.is_social_organisation() && calling.legal == Legal::Registered;
    if !is_inspected || !is_alive || calling.registered_on > last {
        return Duty::None;
    }
    match months_after(calling.registered_on, rules.number(RuleKey::InspectionExemptMonths)) {
        Some(old_enough) if old_enough <= last => Duty::Due,
        _ => Duty::Exempt,
    }
}

/// The rule that sets the last day of a kind (B24).
pub fn report_rule(kind: OrganisationKind) -> RuleKey {
    match kind {
        OrganisationKind::Foundation => RuleKey::FoundationReportMonth,
        _ => RuleKey::InspectionReportMonth,
    }
}

/// The last day for what `rule` asks on `year`: the end of its month in the year after, or the next worked
/// day when that is a rest day (B24, T10).
///
/// # Errors
/// The working days of that year are not published (E12).
pub fn last_day(rule: RuleKey, year: i16, rules: Rules<'_>, calendar: &Calendar) -> Result<Date, Refusal> {
    let month = i8::try_from(rules.number(rule)).unwrap_or(0);
    let first = Date::new(year.saturating_add(1), month, 1);
    let last = first.map(Date::last_of_month).map_err(|_| {
        Refusal::new("kernel.calendar-year-unpublished", "E12").with("year", i64::from(year) + 1)
    })?;
    Ok(calendar.deadline(rule, last, 0, DayKind::CalendarDays)?.due)
}

/// The days on which those who have not reported are reminded: thirty and seven days before the last day,
/// and on it (B24). No rest day moves them: a reminder asks for nothing to be done that day.
pub fn reminders(last: Date, rules: Rules<'_>) -> [Date; 3] {
    let before = |key| last.checked_sub(Span::new().days(rules.number(key))).unwrap_or(last);
    [before(RuleKey::ReminderFirstDays), before(RuleKey::ReminderSecondDays), last]
}

/// A year is inspected once it is over (B24).
///
/// # Errors
/// `inspection.year-not-over`.
pub fn may_open(year: i16, today: Date) -> Result<(), Refusal> {
    if today.year() > year {
        return Ok(());
    }
    Err(Refusal::new("inspection.year-not-over", "B24").at("year").with("year", i64::from(year)))
}

/// Who reported is not absent, and nobody is before the last day is over (B27).
///
/// # Errors
/// `inspection.not-yet-late`, `inspection.did-report`.
pub fn may_record_absence(state: InspectionState, last: Date, today: Date) -> Result<(), Refusal> {
    match state {
        InspectionState::Due if today > last => Ok(()),
        InspectionState::Due => Err(Refusal::new("inspection.not-yet-late", "B27").with("due", last)),
        _ => Err(Refusal::new("inspection.did-report", "B27").with_code("state", state)),
    }
}

/// The same day so many months later, or the last day of a shorter month.
pub fn months_after(day: Date, months: i64) -> Option<Date> {
    let span = Span::new().try_months(months).ok()?;
    day.checked_add(span).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{book, calendar_until_2027};
    use jiff::civil::date;

    #[test]
    fn who_reports_follows_from_kind_standing_and_age() {
        let book = book();
        let young = Calling {
            kind: OrganisationKind::SocialServiceInstitution,
            legal: Legal::Registered,
            status: OrganisationStatus::Active,
            registered_on: date(2025, 8, 10),
        };
        let with = |registered_on| Calling { registered_on, ..young };
        for (calling, year, expected) in [
            // G4: registered on 10 August 2025, exempt for 2025, due for 2026.
            (young, 2025, Duty::Exempt),
            (young, 2026, Duty::Due),
            (young, 2024, Duty::None),
            (with(date(2025, 6, 30)), 2025, Duty::Due),
            (with(date(2025, 7, 1)), 2025, Duty::Exempt),
            (Calling { kind: OrganisationKind::Enterprise, ..young }, 2026, Duty::None),
            (Calling { legal: Legal::Filed, ..young }, 2026, Duty::None),
            (Calling { status: OrganisationStatus::Suspended, ..young }, 2026, Duty::Due),
            (Calling { status: OrganisationStatus::Cancelled, ..young }, 2026, Duty::None),
            (Calling { status: OrganisationStatus::Revoked, ..young }, 2026, Duty::None),
        ] {
            assert_eq!(duty(calling, year, book.on(date(2014, 3, 1))), expected, "{calling:?} {year}");
        }
    }

    #[test]
    fn the_last_day_depends_on_the_kind_and_moves_off_rest_days() {
        let (book, calendar) = (book(), calendar_until_2027());
        let rules = book.on(date(2014, 1, 1));
        for (kind, year, expected) in [
            // 31 May 2014 is a Saturday before Dragon Boat Monday.
            (OrganisationKind::SocialAssociation, 2013, date(2014, 6, 3)),
            (OrganisationKind::SocialServiceInstitution, 2026, date(2027, 5, 31)),
            (OrganisationKind::Foundation, 2026, date(2027, 3, 31)),
            (OrganisationKind::Foundation, 2013, date(2014, 3, 31)),
        ] {
            assert_eq!(last_day(report_rule(kind), year, rules, &calendar), Ok(expected), "{kind:?} {year}");
        }
        let far = last_day(RuleKey::InspectionReportMonth, 2030, rules, &calendar);
        assert_eq!(far.unwrap_err().code, "kernel.calendar-year-unpublished");
    }

    #[test]
    fn reminders_go_out_thirty_and_seven_days_before_and_on_the_day() {
        let book = book();
        let days = reminders(date(2027, 5, 31), book.on(date(2027, 1, 1)));
        assert_eq!(days, [date(2027, 5, 1), date(2027, 5, 24), date(2027, 5, 31)]);
    }

    #[test]
    fn nobody_is_absent_before_the_last_day_is_over_or_after_a_report() {
        let (last, next) = (date(2027, 5, 31), date(2027, 6, 1));
        for (state, today, expected) in [
            (InspectionState::Due, next, None),
            (InspectionState::Due, last, Some("inspection.not-yet-late")),
            (InspectionState::Reported, next, Some("inspection.did-report")),
            (InspectionState::Returned, next, Some("inspection.did-report")),
            (InspectionState::Exempt, next, Some("inspection.did-report")),
            (InspectionState::Absent, next, Some("inspection.did-report")),
        ] {
            let found = may_record_absence(state, last, today).err().map(|refusal| refusal.code);
            assert_eq!(found, expected, "{state:?} {today}");
        }
        assert!(may_open(2026, date(2027, 1, 1)).is_ok());
        assert_eq!(may_open(2026, date(2026, 12, 31)).unwrap_err().code, "inspection.year-not-over");
    }
}
