//! Terms with time that does not count: corrections, testing, hearings (RULES E17).
//!
//! A suspended day is no day of the term, of whatever kind the term's days are (T10).

use super::calendar::next_day;
use super::{Calendar, Date, DayKind, Refusal};

/// Days that do not count, first and last included; without a last day it goes on still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// First day that does not count.
    pub from: Date,
    /// Last day that does not count; `None` while it lasts.
    pub to: Option<Date>,
}

impl Suspension {
    fn holds(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|last| day <= last)
    }
}

/// Where a suspended term ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuspendedEnd {
    /// On this day.
    Due(Date),
    /// It stands still until the open suspension ends.
    Standing,
}

impl Calendar {
    /// The last day of a term of `count` days after `trigger` in which the suspended days do not count.
    /// Without suspensions it is the same day as `deadline` finds.
    ///
    /// # Errors
    /// Beyond the published lists (E12).
    pub fn suspended_end(
        &self,
        trigger: Date,
        count: u32,
        kind: DayKind,
        suspensions: &[Suspension],
    ) -> Result<SuspendedEnd, Refusal> {
        let counts = |day: Date| -> Result<bool, Refusal> {
            let is_suspended = suspensions.iter().any(|one| one.holds(day));
            Ok(!is_suspended && (kind == DayKind::CalendarDays || self.is_working(day)?))
        };
        let (mut day, mut left) = (trigger, count);
        while left > 0 {
            day = next_day(day)?;
            if suspensions.iter().any(|one| one.to.is_none() && one.from <= day) {
                return Ok(SuspendedEnd::Standing);
            }
            left -= u32::from(counts(day)?);
        }
        while !self.is_working(day)? || suspensions.iter().any(|one| one.to.is_some() && one.holds(day)) {
            day = next_day(day)?;
        }
        Ok(SuspendedEnd::Due(day))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::super::RuleKey;
    use super::super::calendar::tests::shipped;
    use super::*;

    fn due(trigger: Date, count: u32, kind: DayKind, suspensions: &[Suspension]) -> SuspendedEnd {
        shipped().suspended_end(trigger, count, kind, suspensions).unwrap()
    }

    #[test]
    fn suspended_days_do_not_count() {
        let from = |first, last| [Suspension { from: first, to: Some(last) }];
        // B13: accepted 2026-03-02, sixty days; without and with ten days of correction.
        let accepted = date(2026, 3, 2);
        assert_eq!(due(accepted, 60, DayKind::CalendarDays, &[]), SuspendedEnd::Due(date(2026, 5, 6)));
        let ten = from(date(2026, 3, 10), date(2026, 3, 19));
        assert_eq!(due(accepted, 60, DayKind::CalendarDays, &ten), SuspendedEnd::Due(date(2026, 5, 11)));
        // Five working days from Monday; Wednesday and Thursday suspended.
        let monday = date(2026, 3, 9);
        let two = from(date(2026, 3, 11), date(2026, 3, 12));
        assert_eq!(due(monday, 5, DayKind::WorkingDays, &two), SuspendedEnd::Due(date(2026, 3, 18)));
    }

    #[test]
    fn a_term_stands_still_while_a_suspension_lasts() {
        let open = [Suspension { from: date(2026, 3, 10), to: None }];
        assert_eq!(due(date(2026, 3, 2), 60, DayKind::CalendarDays, &open), SuspendedEnd::Standing);
        // Over before it began.
        assert_eq!(
            due(date(2026, 3, 2), 3, DayKind::WorkingDays, &open),
            SuspendedEnd::Due(date(2026, 3, 5))
        );
    }

    proptest! {
        #[test]
        fn without_suspensions_two_ways_to_count_agree(day in 0_i64..300, count in 0_u32..60, works: bool) {
            let trigger = date(2025, 1, 2).checked_add(jiff::Span::new().days(day)).unwrap();
            let kind = if works { DayKind::WorkingDays } else { DayKind::CalendarDays };
            let calendar = shipped();
            let one = calendar.deadline(RuleKey::BidPeriodDays, trigger, count, kind).unwrap();
            prop_assert_eq!(due(trigger, count, kind, &[]), SuspendedEnd::Due(one.due));
        }

        #[test]
        fn a_suspension_never_makes_a_term_shorter(day in 0_i64..200, count in 1_u32..40, start in 0_i64..60, length in 0_i64..30) {
            let plus = |from: Date, days| from.checked_add(jiff::Span::new().days(days)).unwrap();
            let trigger = plus(date(2025, 1, 2), day);
            let first = plus(trigger, start);
            let one = [Suspension { from: first, to: Some(plus(first, length)) }];
            let (SuspendedEnd::Due(plain), SuspendedEnd::Due(with)) =
                (due(trigger, count, DayKind::WorkingDays, &[]), due(trigger, count, DayKind::WorkingDays, &one))
            else { return Err(TestCaseError::fail("a closed suspension leaves a last day")) };
            prop_assert!(with >= plain);
        }
    }
}
