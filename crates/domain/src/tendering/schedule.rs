//! The schedule: every minimum period between publication and opening, checked on the working-day
//! calendar, each with its explained deadline (C18, C20, C21).
//!
//! Law sets the earliest moment and the purchaser may always give more. "At least ten days" means that
//! the tenth day is still free for bidding: the deadline may fall on that day (vectors of C29).

use super::procedure::Procedure;
use crate::kernel::{Calendar, Date, DayKind, Deadline, Moment, Refusal, RuleKey, Rules};

/// All dates that follow from publication and the planned deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Last day of the notice.
    pub notice: Deadline,
    /// Last day on which documents must be had.
    pub documents: Deadline,
    /// The earliest day for the bid deadline.
    pub earliest_bids: Deadline,
    /// The bid deadline, which is also the opening (C31).
    pub deadline: Moment,
    /// Last day for a correction that touches bids without moving the deadline (C21), and so for questions.
    pub last_questions: Date,
}

/// The periods alone, as a form shows them before a deadline is chosen.
pub fn minimum_periods(
    published: Moment,
    procedure: &Procedure,
    rules: Rules<'_>,
    calendar: &Calendar,
) -> Result<[Deadline; 3], Refusal> {
    let start = published.date();
    Ok([
        rules.deadline(calendar, procedure.notice_period, start)?,
        rules.deadline(calendar, procedure.documents_period, start)?,
        rules.deadline(calendar, procedure.bid_period, start)?,
    ])
}

/// Checks the planned deadline against every period; each period that it cuts short is named.
pub fn plan(
    published: Moment,
    deadline: Moment,
    procedure: &Procedure,
    rules: Rules<'_>,
    calendar: &Calendar,
) -> Result<Schedule, Vec<Refusal>> {
    let periods = minimum_periods(published, procedure, rules, calendar).map_err(|refusal| vec![refusal])?;
    let [notice, documents, earliest_bids] = periods;
    let last = deadline.date();
    let mut found = Vec::new();
    for (code, period) in [
        ("tendering.notice-too-short", &notice),
        ("tendering.documents-too-short", &documents),
        ("tendering.bid-period-too-short", &earliest_bids),
    ] {
        if last < period.due {
            found.push(too_short(code, period));
        }
    }
    match calendar.is_working(last) {
        Ok(true) => {}
        Ok(false) => found
            .push(Refusal::new("tendering.deadline-on-rest-day", "T10").at("deadline").with("date", last)),
        Err(refusal) => found.push(refusal.at("deadline")),
    }
    let last_questions = last_day_before(last, procedure.clarification_period, rules, calendar);
    match last_questions {
        Ok(last_questions) if found.is_empty() => {
            Ok(Schedule { notice, documents, earliest_bids, deadline, last_questions })
        }
        Ok(_) => Err(found),
        Err(refusal) => {
            found.push(refusal);
            Err(found)
        }
    }
}

/// What a correction does to the deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CorrectionEffect {
    /// The deadline stays.
    Stays,
    /// The deadline must move to this day or later.
    Moves {
        /// The earliest new day, explained.
        earliest: Deadline,
    },
}

/// Whether a correction published now moves the deadline: it does when it touches the making of bids and
/// comes later than the rule allows (C21).
pub fn correction(
    now: Moment,
    deadline: Moment,
    touches_bids: bool,
    procedure: &Procedure,
    rules: Rules<'_>,
    calendar: &Calendar,
) -> Result<CorrectionEffect, Refusal> {
    if now >= deadline {
        return Err(Refusal::new("tendering.deadline-passed", "C30").with("deadline", deadline));
    }
    if !touches_bids {
        return Ok(CorrectionEffect::Stays);
    }
    let last = last_day_before(deadline.date(), procedure.clarification_period, rules, calendar)?;
    if now.date() <= last {
        return Ok(CorrectionEffect::Stays);
    }
    let earliest = rules.deadline(calendar, procedure.clarification_period, now.date())?;
    Ok(CorrectionEffect::Moves { earliest })
}

/// Checks the new deadline that goes with a correction: never earlier than the old one, never earlier than
/// the correction demands, never on a rest day.
pub fn check_moved_deadline(
    effect: &CorrectionEffect,
    old: Moment,
    new: Moment,
    calendar: &Calendar,
) -> Result<(), Refusal> {
    if new < old {
        return Err(Refusal::new("tendering.deadline-brought-forward", "C21")
            .at("deadline")
            .with("deadline", old));
    }
    if let CorrectionEffect::Moves { earliest } = effect
        && new.date() < earliest.due
    {
        return Err(too_short("tendering.correction-too-late", earliest));
    }
    if new != old && !calendar.is_working(new.date())? {
        return Err(Refusal::new("tendering.deadline-on-rest-day", "T10")
            .at("deadline")
            .with("date", new.date()));
    }
    Ok(())
}

/// The deadline after an extension for want of bidders: the rule's days on, at the same time of day (C18).
pub fn extended_deadline(
    now: Moment,
    deadline: Moment,
    procedure: &Procedure,
    rules: Rules<'_>,
    calendar: &Calendar,
) -> Result<(Deadline, Moment), Refusal> {
    let term = rules.deadline(calendar, procedure.extension_period, now.date().max(deadline.date()))?;
    let (hour, minute) = deadline.hour_minute();
    let moment = Moment::beijing(term.due, hour, minute);
    Ok((term, moment))
}

/// The last day for questions, and for corrections that leave the deadline alone (C21).
pub fn last_questions_day(
    deadline: Moment,
    procedure: &Procedure,
    rules: Rules<'_>,
    calendar: &Calendar,
) -> Result<Date, Refusal> {
    last_day_before(deadline.date(), procedure.clarification_period, rules, calendar)
}

fn last_day_before(end: Date, key: RuleKey, rules: Rules<'_>, calendar: &Calendar) -> Result<Date, Refusal> {
    let count = u32::try_from(rules.number(key)).unwrap_or(0);
    calendar.latest_start(end, count, rules.rule(key).day_kind.unwrap_or(DayKind::CalendarDays))
}

fn too_short(code: &'static str, period: &Deadline) -> Refusal {
    Refusal::new(code, "C18")
        .at("deadline")
        .with("earliest", period.due)
        .with("published", period.trigger)
        .with("count", i64::from(period.count))
        .with_code("kind", period.kind)
}

#[cfg(test)]
mod tests {
    use super::super::procedure::OPEN_COMPETITION;
    use super::*;
    use crate::specimen::{calendar, day, rules};

    fn at(date: (i16, i8, i8), hour: i8) -> Moment {
        Moment::beijing(day(date.0, date.1, date.2), hour, 0)
    }

    fn check(published: (i16, i8, i8), deadline: (i16, i8, i8), expected: &[&str]) {
        let found = plan(at(published, 9), at(deadline, 9), &OPEN_COMPETITION, rules(), calendar());
        let codes: Vec<_> = found.err().unwrap_or_default().iter().map(|refusal| refusal.code).collect();
        assert_eq!(codes, expected, "{deadline:?}");
    }

    #[test]
    fn documents_of_2026_09_18_lead_to_the_dates_of_the_law() {
        let [notice, documents, bids] =
            minimum_periods(at((2026, 9, 18), 9), &OPEN_COMPETITION, rules(), calendar()).unwrap();
        // C29: 09-20 is worked, so five working days end on 09-24; ten days end on 09-28.
        assert_eq!(
            (notice.due, documents.due, bids.due),
            (day(2026, 9, 24), day(2026, 9, 24), day(2026, 9, 28))
        );
        check((2026, 9, 18), (2026, 9, 28), &[]);
        check(
            (2026, 9, 18),
            (2026, 9, 27),
            &["tendering.bid-period-too-short", "tendering.deadline-on-rest-day"],
        );
        let short =
            ["tendering.notice-too-short", "tendering.documents-too-short", "tendering.bid-period-too-short"];
        check((2026, 9, 18), (2026, 9, 22), &short);
        check((2026, 9, 18), (2026, 10, 3), &["tendering.deadline-on-rest-day"]);
        check((2026, 9, 18), (2031, 1, 6), &["kernel.calendar-year-unpublished"]);
    }

    #[test]
    fn a_late_correction_that_touches_bids_moves_the_deadline() {
        let effect = |now, touches| {
            correction(at(now, 10), at((2026, 9, 28), 9), touches, &OPEN_COMPETITION, rules(), calendar())
        };
        assert_eq!(effect((2026, 9, 23), true), Ok(CorrectionEffect::Stays));
        assert_eq!(effect((2026, 9, 24), false), Ok(CorrectionEffect::Stays));
        let Ok(CorrectionEffect::Moves { earliest }) = effect((2026, 9, 24), true) else {
            panic!("a correction four days before the deadline moves it");
        };
        assert_eq!(earliest.due, day(2026, 9, 29));
        let moved = CorrectionEffect::Moves { earliest };
        let verdict =
            |new| check_moved_deadline(&moved, at((2026, 9, 28), 9), new, calendar()).err().map(|r| r.code);
        assert_eq!(verdict(at((2026, 9, 29), 9)), None);
        assert_eq!(verdict(at((2026, 9, 28), 17)), Some("tendering.correction-too-late"));
        assert_eq!(verdict(at((2026, 9, 28), 8)), Some("tendering.deadline-brought-forward"));
        assert_eq!(verdict(at((2026, 10, 1), 9)), Some("tendering.deadline-on-rest-day"));
        assert_eq!(effect((2026, 9, 28), true).unwrap_err().code, "tendering.deadline-passed");
    }

    #[test]
    fn an_extension_keeps_the_time_of_day_and_rolls_over_rest_days() {
        let (term, moment) = extended_deadline(
            at((2026, 9, 28), 10),
            at((2026, 9, 28), 9),
            &OPEN_COMPETITION,
            rules(),
            calendar(),
        )
        .unwrap();
        assert_eq!(term.due, day(2026, 10, 8));
        assert_eq!(moment, at((2026, 10, 8), 9));
    }
}
