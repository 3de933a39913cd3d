//! The rule book: dated rows of law, judged by the rules in force on a case's own start date (RULES T1).
//!
//! Built once at start. A book that builds has for every `RuleKey` at least one row, no overlap, no gap
//! after its first date and the right kind of value, so that reading it can neither fail nor panic.

use std::collections::BTreeMap;

use super::rule_faults::check_rows;
use super::{
    Calendar, Coded, Date, DayKind, Deadline, Fen, Ratio, Refusal, RuleBookFault, RuleKey, RuleShape,
    RuleUnit,
};

/// What a rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleValue {
    /// A whole number, in the row's unit.
    Number(i64),
    /// An exact ratio.
    Ratio(Ratio),
    /// An amount of money.
    Money(Fen),
}

impl RuleValue {
    /// Reads a value of the given kind: `5`, `2/3`, `30%`, or yuan.
    pub fn parse(shape: RuleShape, text: &str) -> Result<Self, Refusal> {
        let unreadable = || Refusal::new("kernel.rule-value-unreadable", "T1").with("text", text);
        match shape {
            RuleShape::Number => text.trim().parse().map(RuleValue::Number).map_err(|_| unreadable()),
            RuleShape::Ratio => Ratio::parse(text).map(RuleValue::Ratio),
            RuleShape::Money => Fen::parse_yuan(text).map(RuleValue::Money),
        }
    }

    /// The kind of this value.
    pub fn shape(self) -> RuleShape {
        match self {
            RuleValue::Number(_) => RuleShape::Number,
            RuleValue::Ratio(_) => RuleShape::Ratio,
            RuleValue::Money(_) => RuleShape::Money,
        }
    }
}

/// One dated row of the rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Which number.
    pub key: RuleKey,
    /// What it is.
    pub value: RuleValue,
    /// What it counts.
    pub unit: RuleUnit,
    /// How its days are counted; `None` when it counts no days.
    pub day_kind: Option<DayKind>,
    /// The rule page that explains it, such as `C18`.
    pub ground: String,
    /// Law, measures or practice that set it, in Chinese.
    pub source: String,
    /// The same with the English names of laws.
    pub source_en: String,
    /// What a reader should know, in Chinese; may be empty.
    pub note_zh: String,
    /// The same in English; may be empty.
    pub note_en: String,
    /// First day in force.
    pub effective_from: Date,
    /// Last day in force; `None` while in force.
    pub effective_to: Option<Date>,
}

impl Rule {
    /// Law, measures or practice that set it, in the reader's language.
    pub fn law(&self, is_english: bool) -> &str {
        if is_english { &self.source_en } else { &self.source }
    }
}

/// All rules of all times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleBook {
    rows: BTreeMap<RuleKey, Vec<Rule>>,
}

impl RuleBook {
    /// Checks the rows and keeps them in order of date; every fault is named.
    pub fn build(rows: impl IntoIterator<Item = Rule>) -> Result<Self, Vec<RuleBookFault>> {
        let mut book: BTreeMap<RuleKey, Vec<Rule>> = BTreeMap::new();
        for row in rows {
            book.entry(row.key).or_default().push(row);
        }
        let mut faults = Vec::new();
        for key in RuleKey::ALL.iter().copied() {
            match book.get_mut(&key) {
                Some(rows) => {
                    rows.sort_by_key(|row| row.effective_from);
                    check_rows(key, rows, &mut faults);
                }
                None => faults.push(RuleBookFault::Missing(key)),
            }
        }
        if faults.is_empty() { Ok(Self { rows: book }) } else { Err(faults) }
    }

    /// This book with a deployment's own rows. A row replaces the shipped row of the same rule and first
    /// day; else it joins, and the open-ended row before it ends on the eve.
    pub fn with_local(&self, local: impl IntoIterator<Item = Rule>) -> Result<RuleBook, Vec<RuleBookFault>> {
        let mut rows: Vec<Rule> = self.rows.values().flatten().cloned().collect();
        for row in local {
            let from = row.effective_from;
            rows.retain(|old| old.key != row.key || old.effective_from != from);
            let before = rows.iter_mut().filter(|old| old.key == row.key && old.effective_from < from);
            for old in before.filter(|old| old.effective_to.is_none()) {
                old.effective_to = from.yesterday().ok();
            }
            rows.push(row);
        }
        Self::build(rows)
    }

    /// The rules in force on a case's start date.
    pub fn on(&self, date: Date) -> Rules<'_> {
        Rules { book: self, date }
    }

    /// Every row of one rule, oldest first.
    pub fn history(&self, key: RuleKey) -> &[Rule] {
        self.rows.get(&key).map_or(&[], Vec::as_slice)
    }

    /// Every row, by rule and date.
    pub fn rows(&self) -> impl Iterator<Item = &Rule> {
        self.rows.values().flatten()
    }
}

/// The rules in force on one date. Reading is total: a date before a rule's first row reads that first row.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    book: &'a RuleBook,
    date: Date,
}

/// Never met in a book that was built; it keeps reading total without a panic.
static UNWRITTEN: Rule = Rule {
    key: RuleKey::NoticeWorkingDays,
    value: RuleValue::Number(0),
    unit: RuleUnit::Times,
    day_kind: None,
    ground: String::new(),
    source: String::new(),
    source_en: String::new(),
    note_zh: String::new(),
    note_en: String::new(),
    effective_from: Date::constant(1, 1, 1),
    effective_to: None,
};

impl<'a> Rules<'a> {
    /// The date whose rules these are.
    pub fn date(self) -> Date {
        self.date
    }

    /// The row in force.
    pub fn rule(self, key: RuleKey) -> &'a Rule {
        let rows = self.book.history(key);
        let started = rows.iter().rev().find(|row| row.effective_from <= self.date);
        started.or(rows.first()).unwrap_or(&UNWRITTEN)
    }

    /// The first day on which any row of this rule was in force; before it the law itself was not.
    pub fn began(self, key: RuleKey) -> Date {
        self.book.history(key).first().unwrap_or(&UNWRITTEN).effective_from
    }

    /// The value of a rule that is a whole number. Of money: its fen; of a ratio: its whole part.
    pub fn number(self, key: RuleKey) -> i64 {
        match self.rule(key).value {
            RuleValue::Number(number) => number,
            RuleValue::Money(fen) => fen.0,
            RuleValue::Ratio(ratio) => i64::from(ratio.numerator() / ratio.denominator().max(1)),
        }
    }

    /// The value of a rule that is a count, as `usize`; a negative count is zero.
    pub fn count(self, key: RuleKey) -> usize {
        usize::try_from(self.number(key)).unwrap_or(0)
    }

    /// The value of a rule that is a ratio. Any other value is read as that many wholes.
    pub fn ratio(self, key: RuleKey) -> Ratio {
        match self.rule(key).value {
            RuleValue::Ratio(ratio) => ratio,
            RuleValue::Number(number) | RuleValue::Money(Fen(number)) => {
                u32::try_from(number).ok().and_then(|whole| Ratio::new(whole, 1)).unwrap_or(Ratio::ZERO)
            }
        }
    }

    /// The value of a rule that is money. A number is read as yuan; a ratio is no money.
    pub fn money(self, key: RuleKey) -> Fen {
        match self.rule(key).value {
            RuleValue::Money(fen) => fen,
            RuleValue::Number(yuan) => Fen::yuan(yuan),
            RuleValue::Ratio(_) => Fen::ZERO,
        }
    }

    /// The last day of a term that this rule sets, counted from `trigger` in the rule's own kind of days.
    pub fn deadline(self, calendar: &Calendar, key: RuleKey, trigger: Date) -> Result<Deadline, Refusal> {
        let rule = self.rule(key);
        let count = u32::try_from(self.number(key)).unwrap_or(0);
        calendar.deadline(key, trigger, count, rule.day_kind.unwrap_or(DayKind::CalendarDays))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const KEY: RuleKey = RuleKey::ReportWorkingDays;

    fn row(value: i64, from: i16, to: Option<i16>) -> Rule {
        Rule {
            value: RuleValue::Number(value),
            unit: RuleUnit::WorkingDays,
            day_kind: Some(DayKind::WorkingDays),
            effective_from: date(from, 1, 1),
            effective_to: to.map(|year| date(year, 12, 31)),
            key: KEY,
            ..UNWRITTEN.clone()
        }
    }

    /// One row for each rule, with `rows` in place of the row of `KEY`.
    fn build(rows: Vec<Rule>) -> Result<RuleBook, Vec<RuleBookFault>> {
        let others = RuleKey::ALL.iter().copied().filter(|key| *key != KEY).map(|key| {
            let value = match key.shape() {
                RuleShape::Number => RuleValue::Number(1),
                RuleShape::Ratio => RuleValue::Ratio(Ratio::percent_of(10)),
                RuleShape::Money => RuleValue::Money(Fen::yuan(1)),
            };
            Rule { key, value, unit: RuleUnit::Times, day_kind: None, ..row(1, 2014, None) }
        });
        RuleBook::build(others.chain(rows))
    }

    #[test]
    fn a_case_is_judged_by_the_rules_of_its_own_date() {
        let book = build(vec![row(3, 2016, None), row(5, 2014, Some(2015))]).unwrap();
        for (day, value) in [
            (date(2013, 1, 1), 5),
            (date(2014, 1, 1), 5),
            (date(2015, 12, 31), 5),
            (date(2016, 1, 1), 3),
            (date(2026, 11, 1), 3),
        ] {
            assert_eq!(book.on(day).number(KEY), value, "{day}");
            assert_eq!(book.on(day).count(KEY), usize::try_from(value).unwrap());
        }
        assert_eq!(book.history(KEY).len(), 2);
    }

    #[test]
    fn gaps_overlaps_and_wrong_kinds_are_named() {
        let ratio = Rule { value: RuleValue::Ratio(Ratio::ZERO), ..row(0, 2014, None) };
        let calendar_days = Rule { day_kind: Some(DayKind::CalendarDays), ..row(5, 2014, None) };
        for (rows, fault) in [
            (vec![], RuleBookFault::Missing(KEY)),
            (vec![row(5, 2014, Some(2014)), row(3, 2016, None)], RuleBookFault::Gap(KEY, date(2015, 1, 1))),
            (vec![row(5, 2014, Some(2014))], RuleBookFault::Gap(KEY, date(2015, 1, 1))),
            (
                vec![row(5, 2014, Some(2016)), row(3, 2016, None)],
                RuleBookFault::Overlap(KEY, date(2016, 1, 1)),
            ),
            (vec![row(5, 2014, None), row(3, 2016, None)], RuleBookFault::Overlap(KEY, date(2016, 1, 1))),
            (vec![ratio], RuleBookFault::WrongShape(KEY, date(2014, 1, 1))),
            (vec![calendar_days], RuleBookFault::WrongDayKind(KEY, date(2014, 1, 1))),
        ] {
            assert_eq!(build(rows), Err(vec![fault]));
        }
        let faults = build(vec![row(5, 2014, Some(2013))]).unwrap_err();
        assert!(faults.contains(&RuleBookFault::Backward(KEY, date(2014, 1, 1))));
        assert_eq!(RuleBookFault::Missing(KEY).to_string(), "report_working_days: no row");
    }

    #[test]
    fn a_deployment_replaces_or_continues_a_row() {
        let book = build(vec![row(5, 2014, None)]).unwrap();
        let replaced = book.with_local([row(4, 2014, None)]).unwrap();
        assert_eq!(replaced.on(date(2026, 1, 1)).number(KEY), 4);
        let continued = book.with_local([row(2, 2020, None)]).unwrap();
        assert_eq!(continued.on(date(2019, 12, 31)).number(KEY), 5);
        assert_eq!(continued.on(date(2020, 1, 1)).number(KEY), 2);
        assert!(book.with_local([row(2, 2010, None)]).is_err());
    }

    #[test]
    fn a_value_is_read_by_its_kind() {
        let read = |shape, text| RuleValue::parse(shape, text).map_err(|refusal| refusal.code);
        assert_eq!(read(RuleShape::Number, "5"), Ok(RuleValue::Number(5)));
        assert_eq!(read(RuleShape::Money, "10,000,000"), Ok(RuleValue::Money(Fen::yuan(10_000_000))));
        assert_eq!(read(RuleShape::Ratio, "30%"), Ok(RuleValue::Ratio(Ratio::percent_of(30))));
        assert_eq!(read(RuleShape::Number, "2/3"), Err("kernel.rule-value-unreadable"));
    }
}
