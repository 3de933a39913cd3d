//! Deadlines: the last day of a term, with every step of the count (RULES T10, E17).
//!
//! The day of the event is not counted (CC201). In working days only worked days count; in calendar days
//! all do, and when the last one is a rest day the next worked day takes its place (CC203).

use jiff::ToSpan;

use super::calendar::{beyond, day_before, next_day};
use super::{Calendar, Date, DayKind, DayStatus, Moment, Refusal, RuleKey};

/// One line of the explanation of a deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The day of the event, which does not count (CC201).
    NotCounted(Date),
    /// Days that count.
    Counted {
        /// First of them.
        from: Date,
        /// Last of them.
        to: Date,
        /// How many.
        days: u32,
    },
    /// A weekend day that counts because it is worked.
    MakeUp {
        /// The day.
        date: Date,
        /// The festival it makes up for, in Chinese.
        festival: String,
    },
    /// Rest days that do not count.
    Skipped {
        /// First of them.
        from: Date,
        /// Last of them.
        to: Date,
        /// How many.
        days: u32,
        /// The festival among them, in Chinese; `None` for a plain weekend.
        festival: Option<String>,
    },
    /// The term would end on a rest day and ends on the next worked day (CC203).
    RolledOver {
        /// Where it would end.
        from: Date,
        /// Where it ends.
        to: Date,
        /// The festival that moved it, in Chinese; `None` for a plain weekend.
        festival: Option<String>,
    },
}

/// The last day of a term and how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The rule that sets the term.
    pub rule: RuleKey,
    /// The day of the event that starts it.
    pub trigger: Date,
    /// How many days.
    pub count: u32,
    /// Which days.
    pub kind: DayKind,
    /// The last day.
    pub due: Date,
    /// The count, line by line, in order.
    pub steps: Vec<Step>,
}

impl Deadline {
    /// The end of the last day in Beijing, exclusive.
    pub fn end(&self) -> Moment {
        Moment::end_of(self.due)
    }

    /// Whether the last day is over.
    pub fn has_passed(&self, now: Moment) -> bool {
        now >= self.end()
    }
}

impl Calendar {
    /// The last day of a term of `count` days after `trigger`; refused beyond the published lists (E12).
    pub fn deadline(
        &self,
        rule: RuleKey,
        trigger: Date,
        count: u32,
        kind: DayKind,
    ) -> Result<Deadline, Refusal> {
        let mut steps = vec![Step::NotCounted(trigger)];
        let last = match kind {
            DayKind::WorkingDays => self.count_working(trigger, count, &mut steps)?,
            DayKind::CalendarDays => count_calendar(trigger, count, &mut steps)?,
        };
        let due = self.roll_over(last, &mut steps)?;
        Ok(Deadline {
            rule,
            trigger,
            count,
            kind,
            due,
            steps,
        })
    }

    /// The last day from which a full term of `count` days still reaches `end`: what must be done so many
    /// days before.
    pub fn latest_start(&self, end: Date, count: u32, kind: DayKind) -> Result<Date, Refusal> {
        if kind == DayKind::CalendarDays {
            return end
                .checked_sub(i64::from(count).days())
                .map_err(|_| beyond(end));
        }
        let (mut date, mut left) = (end, count);
        while left > 0 {
            left -= u32::from(self.is_working(date)?);
            date = day_before(date)?;
        }
        Ok(date)
    }

    fn count_working(
        &self,
        trigger: Date,
        count: u32,
        steps: &mut Vec<Step>,
    ) -> Result<Date, Refusal> {
        let (mut date, mut left) = (trigger, count);
        while left > 0 {
            date = next_day(date)?;
            let day = self.day(date)?;
            left -= u32::from(day.is_working());
            note(steps, date, day);
        }
        Ok(date)
    }

    fn roll_over(&self, last: Date, steps: &mut Vec<Step>) -> Result<Date, Refusal> {
        let (mut due, mut name) = (last, None);
        loop {
            match self.day(due)? {
                DayStatus::Working | DayStatus::MakeUp(_) => break,
                DayStatus::Festival(festival) => name = name.or(Some(festival.to_owned())),
                DayStatus::Weekend => {}
            }
            due = next_day(due)?;
        }
        if due != last {
            steps.push(Step::RolledOver {
                from: last,
                to: due,
                festival: name,
            });
        }
        Ok(due)
    }
}

fn count_calendar(trigger: Date, count: u32, steps: &mut Vec<Step>) -> Result<Date, Refusal> {
    let last = trigger
        .checked_add(i64::from(count).days())
        .map_err(|_| beyond(trigger))?;
    if count > 0 {
        steps.push(Step::Counted {
            from: next_day(trigger)?,
            to: last,
            days: count,
        });
    }
    Ok(last)
}

/// Adds a day to the explanation, joining it to the run before when it is of the same sort.
fn note(steps: &mut Vec<Step>, date: Date, day: DayStatus<'_>) {
    match (day, steps.last_mut()) {
        (DayStatus::MakeUp(festival), _) => {
            steps.push(Step::MakeUp {
                date,
                festival: festival.to_owned(),
            });
        }
        (DayStatus::Working, Some(Step::Counted { to, days, .. })) => {
            *to = date;
            *days += 1;
        }
        (DayStatus::Working, _) => steps.push(Step::Counted {
            from: date,
            to: date,
            days: 1,
        }),
        (DayStatus::Weekend, Some(Step::Skipped { to, days, .. })) => {
            *to = date;
            *days += 1;
        }
        (
            DayStatus::Festival(name),
            Some(Step::Skipped {
                to, days, festival, ..
            }),
        ) => {
            *to = date;
            *days += 1;
            *festival = festival.take().or(Some(name.to_owned()));
        }
        (DayStatus::Weekend, _) => {
            steps.push(Step::Skipped {
                from: date,
                to: date,
                days: 1,
                festival: None,
            });
        }
        (DayStatus::Festival(name), _) => {
            steps.push(Step::Skipped {
                from: date,
                to: date,
                days: 1,
                festival: Some(name.to_owned()),
            });
        }
    }
}
