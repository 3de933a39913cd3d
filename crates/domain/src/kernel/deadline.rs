//! Deadlines: the last day of a term, with every step of the count (RULES T10, E17).
//!
//! The day of the event is not counted (CC201). In working days only worked days count; in calendar days
//! all do, and when the last one is a rest day the next worked day takes its place (CC203).

use jiff::Span;

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
        Ok(Deadline { rule, trigger, count, kind, due, steps })
    }

    /// The last day from which a full term of `count` days still reaches `end`: what must be done so many
    /// days before.
    pub fn latest_start(&self, end: Date, count: u32, kind: DayKind) -> Result<Date, Refusal> {
        if kind == DayKind::CalendarDays {
            return end.checked_sub(days(count, end)?).map_err(|_| beyond(end));
        }
        let (mut date, mut left) = (end, count);
        while left > 0 {
            left -= u32::from(self.is_working(date)?);
            date = day_before(date)?;
        }
        Ok(date)
    }

    fn count_working(&self, trigger: Date, count: u32, steps: &mut Vec<Step>) -> Result<Date, Refusal> {
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
            steps.push(Step::RolledOver { from: last, to: due, festival: name });
        }
        Ok(due)
    }
}

fn count_calendar(trigger: Date, count: u32, steps: &mut Vec<Step>) -> Result<Date, Refusal> {
    let last = trigger.checked_add(days(count, trigger)?).map_err(|_| beyond(trigger))?;
    if count > 0 {
        steps.push(Step::Counted { from: next_day(trigger)?, to: last, days: count });
    }
    Ok(last)
}

/// So many calendar days; more than any calendar holds is refused as beyond it.
fn days(count: u32, from: Date) -> Result<Span, Refusal> {
    Span::new().try_days(i64::from(count)).map_err(|_| beyond(from))
}

/// Adds a day to the explanation, joining it to the run before when it is of the same sort.
fn note(steps: &mut Vec<Step>, date: Date, day: DayStatus<'_>) {
    match (day, steps.last_mut()) {
        (DayStatus::MakeUp(festival), _) => {
            steps.push(Step::MakeUp { date, festival: festival.to_owned() });
        }
        (DayStatus::Working, Some(Step::Counted { to, days, .. })) => {
            *to = date;
            *days += 1;
        }
        (DayStatus::Working, _) => steps.push(Step::Counted { from: date, to: date, days: 1 }),
        (DayStatus::Weekend, Some(Step::Skipped { to, days, .. })) => {
            *to = date;
            *days += 1;
        }
        (DayStatus::Festival(name), Some(Step::Skipped { to, days, festival, .. })) => {
            *to = date;
            *days += 1;
            *festival = festival.take().or(Some(name.to_owned()));
        }
        (DayStatus::Weekend, _) => {
            steps.push(Step::Skipped { from: date, to: date, days: 1, festival: None });
        }
        (DayStatus::Festival(name), _) => {
            steps.push(Step::Skipped { from: date, to: date, days: 1, festival: Some(name.to_owned()) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::calendar::tests::shipped;
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const RULE: RuleKey = RuleKey::BidPeriodDays;

    fn check(trigger: Date, count: u32, kind: DayKind, due: Date) {
        let deadline = shipped().deadline(RULE, trigger, count, kind).unwrap();
        assert_eq!(deadline.due, due, "{count} {kind:?} from {trigger}");
        assert_eq!(deadline.end(), Moment::start_of(due.tomorrow().unwrap()));
    }

    #[test]
    fn terms_end_where_the_rule_book_says() {
        use DayKind::{CalendarDays, WorkingDays};
        // B13
        check(date(2026, 3, 2), 60, CalendarDays, date(2026, 5, 6));
        check(date(2026, 2, 13), 5, WorkingDays, date(2026, 2, 27));
        // C29: documents, bids, consultation, contract, notice, challenge
        check(date(2026, 9, 18), 5, WorkingDays, date(2026, 9, 24));
        check(date(2026, 9, 18), 20, CalendarDays, date(2026, 10, 8));
        check(date(2026, 9, 18), 10, CalendarDays, date(2026, 9, 28));
        check(date(2026, 9, 1), 30, CalendarDays, date(2026, 10, 8));
        check(date(2026, 9, 22), 1, WorkingDays, date(2026, 9, 23));
        check(date(2026, 9, 23), 7, WorkingDays, date(2026, 10, 10));
        check(date(2025, 12, 1), 1, WorkingDays, date(2025, 12, 2));
        check(date(2025, 12, 2), 7, WorkingDays, date(2025, 12, 11));
        // C63: reply, complaint
        check(date(2026, 9, 28), 7, WorkingDays, date(2026, 10, 13));
        check(date(2026, 10, 13), 15, WorkingDays, date(2026, 11, 3));
    }

    #[test]
    fn a_count_of_working_days_is_explained_line_by_line() {
        let deadline = shipped().deadline(RULE, date(2026, 2, 13), 5, DayKind::WorkingDays).unwrap();
        let festival = || Some("春节".to_owned());
        assert_eq!(
            deadline.steps,
            [
                Step::NotCounted(date(2026, 2, 13)),
                Step::MakeUp { date: date(2026, 2, 14), festival: "春节".into() },
                Step::Skipped {
                    from: date(2026, 2, 15),
                    to: date(2026, 2, 23),
                    days: 9,
                    festival: festival()
                },
                Step::Counted { from: date(2026, 2, 24), to: date(2026, 2, 27), days: 4 },
            ]
        );
    }

    #[test]
    fn a_last_day_of_rest_is_explained() {
        let deadline = shipped().deadline(RULE, date(2026, 9, 1), 30, DayKind::CalendarDays).unwrap();
        assert_eq!(
            deadline.steps,
            [
                Step::NotCounted(date(2026, 9, 1)),
                Step::Counted { from: date(2026, 9, 2), to: date(2026, 10, 1), days: 30 },
                Step::RolledOver {
                    from: date(2026, 10, 1),
                    to: date(2026, 10, 8),
                    festival: Some("国庆节".into())
                },
            ]
        );
        assert!(!deadline.has_passed(Moment::beijing(date(2026, 10, 8), 23, 59)));
        assert!(deadline.has_passed(Moment::start_of(date(2026, 10, 9))));
    }

    #[test]
    fn a_term_beyond_the_published_lists_is_refused() {
        let calendar = shipped();
        for (count, kind) in [
            (5, DayKind::WorkingDays),
            (30, DayKind::CalendarDays),
            (u32::MAX, DayKind::WorkingDays),
            (u32::MAX, DayKind::CalendarDays),
        ] {
            let refusal = calendar.deadline(RULE, date(2026, 12, 28), count, kind).unwrap_err();
            assert_eq!(refusal.code, "kernel.calendar-year-unpublished");
        }
        for (count, kind) in [(5, DayKind::WorkingDays), (u32::MAX, DayKind::CalendarDays)] {
            assert!(calendar.latest_start(date(2007, 1, 5), count, kind).is_err());
        }
    }

    fn a_day() -> impl Strategy<Value = Date> {
        (2008_i16..=2025, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
    }

    fn a_kind() -> impl Strategy<Value = DayKind> {
        prop_oneof![Just(DayKind::CalendarDays), Just(DayKind::WorkingDays)]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_term_ends_on_a_worked_day_and_more_days_never_end_earlier(
            trigger in a_day(), count in 0_u32..60, kind in a_kind(),
        ) {
            let calendar = shipped();
            let deadline = calendar.deadline(RULE, trigger, count, kind).unwrap();
            prop_assert!(deadline.due >= trigger);
            prop_assert!(calendar.is_working(deadline.due).unwrap());
            let longer = calendar.deadline(RULE, trigger, count + 1, kind).unwrap();
            prop_assert!(longer.due >= deadline.due);
            if kind == DayKind::WorkingDays && count > 0 {
                prop_assert_eq!(calendar.working_days_between(trigger, deadline.due), Ok(i64::from(count)));
                prop_assert!(longer.due > deadline.due);
            }
        }

        #[test]
        fn the_latest_start_still_leaves_the_whole_term(
            end in a_day(), count in 1_u32..60, kind in a_kind(),
        ) {
            let calendar = shipped();
            let start = calendar.latest_start(end, count, kind).unwrap();
            let counted = match kind {
                DayKind::WorkingDays => calendar.working_days_between(start, end).unwrap(),
                DayKind::CalendarDays => i64::from((end - start).get_days()),
            };
            prop_assert_eq!(counted, i64::from(count));
        }
    }
}
