//! The clocks of the lists: automatic exit, two full years, and how long a serious place lasts (B36, B37).
//!
//! A term of months or years is full on the same day of its last month; a day that month lacks is its last.

use super::ground::{CreditList, ListingGround};
use crate::kernel::{Date, Moment, RuleKey, Rules};

/// A place on a list, from the moment of its decision until it was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListingFact {
    /// Which list.
    pub list: CreditList,
    /// Why.
    pub ground: ListingGround,
    /// Since when.
    pub listed_at: Moment,
    /// Until when; none while it lasts.
    pub removed_at: Option<Moment>,
}

impl ListingFact {
    /// Whether it holds at `moment`.
    pub fn holds_at(&self, moment: Moment) -> bool {
        self.listed_at <= moment && self.removed_at.is_none_or(|removed| moment < removed)
    }
}

/// The same day so many months later; a day that the month lacks becomes its last. `None` past the end of
/// the calendar.
pub fn months_after(day: Date, months: i64) -> Option<Date> {
    let count = i64::from(day.year()).checked_mul(12)?.checked_add(i64::from(day.month()) - 1)?;
    let count = count.checked_add(months)?;
    let year = i16::try_from(count.div_euclid(12)).ok()?;
    let month = i8::try_from(count.rem_euclid(12) + 1).ok()?;
    let first = Date::new(year, month, 1).ok()?;
    Date::new(year, month, day.day().min(first.days_in_month())).ok()
}

/// The same day so many years later; a 29 February becomes a 28th. `None` past the end of the calendar.
pub fn years_after(day: Date, years: i64) -> Option<Date> {
    months_after(day, years.checked_mul(12)?)
}

/// The day on which `one` ends by itself: six months after it, counted anew from every abnormal place that
/// came while it lasted. None when its ground can be mended or its list is the serious one (B36).
pub fn exits_on(one: &ListingFact, all: &[ListingFact], rules: Rules<'_>) -> Option<Date> {
    if one.list != CreditList::Abnormal || one.ground.can_be_mended() || one.removed_at.is_some() {
        return None;
    }
    let later = all.iter().filter(|fact| fact.list == CreditList::Abnormal);
    let last = later.map(|fact| fact.listed_at).filter(|at| *at >= one.listed_at).max();
    months_after(last.unwrap_or(one.listed_at).date(), rules.number(RuleKey::AbnormalAutoExitMonths))
}

/// Since when the organisation has been on the abnormal list without a break; none when it is not on it.
pub fn abnormal_since(all: &[ListingFact], moment: Moment) -> Option<Moment> {
    let mut began = all
        .iter()
        .filter(|fact| fact.list == CreditList::Abnormal && fact.holds_at(moment))
        .map(|fact| fact.listed_at)
        .min()?;
    // A place that still held when the run so far began makes the run longer.
    while let Some(earlier) = all
        .iter()
        .filter(|fact| fact.list == CreditList::Abnormal && fact.listed_at < began)
        .filter(|fact| fact.removed_at.is_none_or(|removed| removed >= began))
        .map(|fact| fact.listed_at)
        .min()
    {
        began = earlier;
    }
    Some(began)
}

/// The day on which two full years on the abnormal list are over (B37).
pub fn serious_on(all: &[ListingFact], moment: Moment, rules: Rules<'_>) -> Option<Date> {
    let since = abnormal_since(all, moment)?;
    years_after(since.date(), rules.number(RuleKey::AbnormalToSeriousYears))
}

/// The first day on which a serious place may end, once what led to it is mended (B37).
pub fn serious_may_end_on(listed: Moment, rules: Rules<'_>) -> Option<Date> {
    years_after(listed.date(), rules.number(RuleKey::SeriousExitYears))
}

/// The list that counts at `moment`: the graver of those on which the organisation stands.
pub fn list_at(all: &[ListingFact], moment: Moment) -> Option<CreditList> {
    all.iter().filter(|fact| fact.holds_at(moment)).map(|fact| fact.list).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{book, day};

    fn fact(ground: ListingGround, listed: Date, removed: Option<Date>) -> ListingFact {
        ListingFact {
            list: ground.list().unwrap_or(CreditList::Abnormal),
            ground,
            listed_at: Moment::beijing(listed, 15, 0),
            removed_at: removed.map(|day| Moment::beijing(day, 15, 0)),
        }
    }

    #[test]
    fn months_and_years_end_on_the_same_day_or_the_months_last() {
        for (from, months, expected) in [
            (day(2026, 1, 15), 6, day(2026, 7, 15)),
            (day(2025, 8, 31), 6, day(2026, 2, 28)),
            (day(2023, 8, 31), 6, day(2024, 2, 29)),
            (day(2024, 2, 29), 12, day(2025, 2, 28)),
            (day(2024, 2, 29), 24, day(2026, 2, 28)),
            (day(2026, 12, 1), 1, day(2027, 1, 1)),
        ] {
            assert_eq!(months_after(from, months), Some(expected), "{from} + {months}");
        }
        assert_eq!(months_after(day(2026, 1, 1), i64::MAX), None);
        assert_eq!(years_after(day(9990, 1, 1), 100), None);
    }

    #[test]
    fn what_cannot_be_mended_ends_six_months_after_the_last_ground() {
        let rules = book().on(day(2026, 3, 2));
        let warned = fact(ListingGround::Warned, day(2026, 1, 15), None);
        let overdue = fact(ListingGround::ReportOverdue, day(2026, 6, 3), Some(day(2026, 6, 20)));
        let before = fact(ListingGround::ReportOverdue, day(2024, 6, 3), Some(day(2024, 6, 20)));
        for (all, expected) in [
            (vec![warned], Some(day(2026, 7, 15))),
            // A ground from before it was listed restarts nothing; one while it lasts does, even if mended.
            (vec![before, warned], Some(day(2026, 7, 15))),
            (vec![warned, overdue], Some(day(2026, 12, 3))),
        ] {
            assert_eq!(exits_on(&warned, &all, rules), expected);
        }
        let open = fact(ListingGround::ReportOverdue, day(2026, 6, 3), None);
        assert_eq!(exits_on(&open, &[open], rules), None, "what can be mended does not end by itself");
        let serious = fact(ListingGround::FinedLarge, day(2026, 6, 3), None);
        assert_eq!(exits_on(&serious, &[serious], rules), None);
    }

    #[test]
    fn two_years_count_without_a_break() {
        let rules = book().on(day(2026, 3, 2));
        let at = Moment::beijing(day(2026, 3, 2), 9, 0);
        let first = fact(ListingGround::ReportOverdue, day(2024, 6, 5), Some(day(2025, 9, 1)));
        let joined = fact(ListingGround::Unreachable, day(2025, 8, 1), None);
        let apart = fact(ListingGround::Unreachable, day(2025, 9, 2), None);
        for (all, expected) in [
            (vec![joined], Some(day(2027, 8, 1))),
            (vec![first, joined], Some(day(2026, 6, 5))),
            (vec![joined, first], Some(day(2026, 6, 5))),
            (vec![first, apart], Some(day(2027, 9, 2))),
            (vec![first], None),
            (vec![fact(ListingGround::FinedLarge, day(2024, 1, 1), None)], None),
        ] {
            assert_eq!(serious_on(&all, at, rules), expected, "{all:?}");
        }
    }

    #[test]
    fn the_graver_list_counts_and_only_while_it_holds() {
        let abnormal = fact(ListingGround::ReportOverdue, day(2026, 1, 5), None);
        let serious = fact(ListingGround::FinedLarge, day(2026, 2, 5), Some(day(2026, 3, 5)));
        let at = |date, hour| list_at(&[abnormal, serious], Moment::beijing(date, hour, 0));
        assert_eq!(at(day(2026, 1, 5), 14), None);
        assert_eq!(at(day(2026, 1, 5), 15), Some(CreditList::Abnormal));
        assert_eq!(at(day(2026, 2, 5), 15), Some(CreditList::Serious));
        assert_eq!(at(day(2026, 3, 5), 14), Some(CreditList::Serious));
        assert_eq!(at(day(2026, 3, 5), 15), Some(CreditList::Abnormal));
        let end = serious_may_end_on(serious.listed_at, book().on(day(2026, 3, 2)));
        assert_eq!(end, Some(day(2028, 2, 5)));
    }
}
