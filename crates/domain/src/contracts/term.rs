//! How long a contract may run: a year as a rule, three when four conditions all hold (C51).

use crate::coded;
use crate::kernel::{Coded, Date, Refusal, RuleKey, Rules};

coded! {
    /// The four conditions of a long contract (C51); the budget must be assured besides.
    pub enum LongTermTick as "long_term_tick" {
        /// The content stays the same.
        ContentFixed = "content_fixed",
        /// The need continues.
        Continuous = "continuous",
        /// The source of the money is stable.
        FundSourceStable = "fund_source_stable",
        /// The price moves little.
        PriceStable = "price_stable",
    }
}

/// The term of a contract: both days belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// First day.
    pub starts: Date,
    /// Last day.
    pub ends: Date,
}

impl Term {
    /// The months it covers, a begun month counting whole: 2026-03-01 to 2027-02-28 are twelve.
    pub fn months(&self) -> i64 {
        let after = self.ends.tomorrow().unwrap_or(self.ends);
        let year = i64::from(after.year()) - i64::from(self.starts.year());
        let month = i64::from(after.month()) - i64::from(self.starts.month());
        let first = self.starts.day();
        // A month from the 31st is whole with the last day of a shorter month, though that day is not the 30th.
        let is_short_month_end = after.day() == 1 && first > self.ends.days_in_month();
        year * 12 + month + i64::from(after.day() > first) - i64::from(is_short_month_end)
    }

    /// The years it covers, a begun year counting whole; a year is the usual term (C51).
    pub fn years(&self, rules: Rules<'_>) -> i64 {
        let usual = rules.number(RuleKey::ContractTermMaxMonths).max(1);
        let months = self.months().max(0);
        months.div_euclid(usual) + i64::from(months.rem_euclid(usual) > 0)
    }

    /// The first day of its year `year`, counted from 1; none beyond the calendar.
    pub fn year_begins(&self, year: i64, rules: Rules<'_>) -> Option<Date> {
        let usual = rules.number(RuleKey::ContractTermMaxMonths);
        let months = year.checked_sub(1)?.checked_mul(usual)?;
        self.starts.checked_add(jiff::Span::new().try_months(months).ok()?).ok()
    }

    /// In which of its years a day falls, counted from 1; the first or the last for a day outside the term.
    pub fn year_of(&self, on: Date, rules: Rules<'_>) -> i64 {
        let has_begun = |year: &i64| self.year_begins(*year, rules).is_some_and(|first| first <= on);
        (2..=self.years(rules)).take_while(has_begun).last().unwrap_or(1)
    }
}

/// Checks a term against what the ticks allow. A long contract is judged anew each year (C51).
pub fn check(
    term: &Term,
    ticks: &[LongTermTick],
    is_budget_assured: bool,
    rules: Rules<'_>,
) -> Result<(), Refusal> {
    if term.ends < term.starts {
        return Err(Refusal::new("contracts.term-backward", "C51").at("ends").with("starts", term.starts));
    }
    let months = term.months();
    let (usual, long) =
        (rules.number(RuleKey::ContractTermMaxMonths), rules.number(RuleKey::ContractTermLongMaxMonths));
    if months <= usual {
        return Ok(());
    }
    let refusal = |code| Refusal::new(code, "C51").at("ends").with("months", months);
    if months > long {
        return Err(refusal("contracts.term-too-long").with("most", long));
    }
    if let Some(missing) = LongTermTick::ALL.iter().find(|tick| !ticks.contains(tick)) {
        return Err(refusal("contracts.term-condition-missing")
            .with("most", usual)
            .with_code("condition", *missing));
    }
    if !is_budget_assured {
        return Err(refusal("contracts.term-budget-not-assured").with("most", usual));
    }
    Ok(())
}

/// The term that a tender's months give from `starts`: the last day is the one before the same day of the
/// month in which it is over.
pub fn of_months(starts: Date, months: i64) -> Option<Term> {
    let span = jiff::Span::new().try_months(months).ok()?;
    let ends = starts.checked_add(span).ok()?.yesterday().ok()?;
    Some(Term { starts, ends })
}

/// Refuses a term of another length than the one competed for (C50).
pub fn repeats_tender(term: &Term, months_tendered: i64) -> Result<(), Refusal> {
    let months = term.months();
    if months == months_tendered {
        return Ok(());
    }
    let refusal = Refusal::new("contracts.term-differs-from-tender", "C50").at("ends");
    Err(refusal.with("months", months).with("tendered", months_tendered))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{day, rules};

    fn verdict(starts: (i16, i8, i8), ends: (i16, i8, i8), ticks: usize, expected: Option<&str>) {
        let term = Term { starts: day(starts.0, starts.1, starts.2), ends: day(ends.0, ends.1, ends.2) };
        let found = check(&term, &LongTermTick::ALL[..ticks], true, rules());
        assert_eq!(
            found.err().map(|refusal| refusal.code),
            expected,
            "{starts:?} to {ends:?}: {}",
            term.months()
        );
    }

    #[test]
    fn a_year_is_free_three_years_take_four_ticks_and_more_is_refused() {
        verdict((2026, 3, 1), (2027, 2, 28), 0, None);
        verdict((2026, 3, 1), (2027, 3, 1), 0, Some("contracts.term-condition-missing"));
        verdict((2026, 3, 1), (2029, 2, 28), 3, Some("contracts.term-condition-missing"));
        verdict((2026, 3, 1), (2029, 2, 28), 4, None);
        verdict((2026, 3, 1), (2029, 3, 1), 4, Some("contracts.term-too-long"));
        verdict((2026, 3, 1), (2026, 2, 28), 4, Some("contracts.term-backward"));
        let long = Term { starts: day(2026, 3, 1), ends: day(2028, 2, 29) };
        let refusal = check(&long, LongTermTick::ALL, false, rules()).unwrap_err();
        assert_eq!(refusal.code, "contracts.term-budget-not-assured");
    }

    #[test]
    fn a_day_falls_in_the_year_that_has_begun() {
        let term = Term { starts: day(2026, 3, 1), ends: day(2029, 2, 28) };
        for (on, year) in [
            (day(2026, 2, 28), 1),
            (day(2026, 3, 1), 1),
            (day(2027, 2, 28), 1),
            (day(2027, 3, 1), 2),
            (day(2028, 2, 29), 2),
            (day(2028, 3, 1), 3),
            (day(2029, 3, 1), 3),
        ] {
            assert_eq!(term.year_of(on, rules()), year, "{on}");
        }
        let short = Term { starts: day(2026, 3, 1), ends: day(2027, 2, 28) };
        assert_eq!(short.year_of(day(2027, 6, 1), rules()), 1);
    }

    #[test]
    fn begun_months_count_whole() {
        for (starts, ends, months) in [
            (day(2026, 3, 1), day(2026, 3, 31), 1),
            (day(2026, 3, 1), day(2026, 3, 1), 1),
            (day(2026, 3, 15), day(2026, 4, 14), 1),
            (day(2026, 3, 15), day(2026, 4, 15), 2),
            (day(2026, 1, 31), day(2026, 2, 28), 1),
            (day(2026, 1, 31), day(2026, 3, 1), 2),
            (day(2026, 3, 30), day(2026, 4, 30), 2),
            (day(2025, 12, 31), day(2026, 12, 30), 12),
        ] {
            assert_eq!(Term { starts, ends }.months(), months, "{starts} to {ends}");
        }
    }

    #[test]
    fn the_term_is_as_long_as_the_one_competed_for() {
        for (starts, months, ends) in [
            (day(2014, 3, 24), 12, day(2015, 3, 23)),
            (day(2014, 3, 1), 10, day(2014, 12, 31)),
            (day(2026, 1, 31), 1, day(2026, 2, 27)),
        ] {
            let term = of_months(starts, months).unwrap();
            assert_eq!(term.ends, ends, "{starts} and {months} months");
            assert_eq!(repeats_tender(&term, months), Ok(()));
            let refusal = repeats_tender(&term, months + 1).unwrap_err();
            assert_eq!(refusal.code, "contracts.term-differs-from-tender");
        }
    }
}
