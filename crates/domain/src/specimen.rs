//! A rule book and a calendar for tests: the values that RULES C states; every other rule as it is shipped.

use std::sync::OnceLock;

use crate::kernel::*;

/// A date that exists.
pub(crate) fn day(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).unwrap()
}

/// The rule book of the tests. The low-price rule starts on 2026-02-01 (C47), public
/// fundraising on 2016-09-01 (B39); all else is always in force.
pub(crate) fn book() -> &'static RuleBook {
    static BOOK: OnceLock<RuleBook> = OnceLock::new();
    BOOK.get_or_init(|| {
        let since = day(2010, 1, 1);
        let mut rows: Vec<Rule> = RuleKey::ALL.iter().map(|key| row(*key, value_of(*key), since)).collect();
        for (key, percent) in [
            (RuleKey::LowPriceMeanRatio, 50),
            (RuleKey::LowPriceNextRatio, 50),
            (RuleKey::LowPriceCeilingRatio, 45),
        ] {
            for old in rows.iter_mut().filter(|old| old.key == key) {
                old.effective_to = Some(day(2026, 1, 31));
            }
            rows.push(row(key, RuleValue::Ratio(Ratio::percent_of(percent)), day(2026, 2, 1)));
        }
        // The Charity Law of 2016 and its amendment of 2024 (B39).
        for (key, first) in [
            (RuleKey::FundraisingCharityYears, 2),
            (RuleKey::FundraisingCleanYears, 2),
            (RuleKey::FundraisingConditions, 5),
            (RuleKey::FundraisingBarYears, 0),
            (RuleKey::CharityCleanYears, 2),
            (RuleKey::CharityRecognitionDays, 20),
            (RuleKey::CharityRegistrationDays, 30),
        ] {
            rows.retain(|old| old.key != key);
            let before = row(key, RuleValue::Number(first), day(2016, 9, 1));
            rows.push(Rule { effective_to: Some(day(2024, 9, 4)), ..before });
            rows.push(row(key, value_of(key), day(2024, 9, 5)));
        }
        // Until then only who was there before its publication was recognised (B46).
        rows.retain(|old| old.key != RuleKey::CharityOldOnly);
        let published = row(RuleKey::CharityOldOnly, RuleValue::Number(1), day(2016, 3, 16));
        rows.push(Rule { effective_to: Some(day(2024, 9, 4)), ..published });
        rows.push(row(RuleKey::CharityOldOnly, RuleValue::Number(0), day(2024, 9, 5)));
        // The Administrative Penalties Act of 2009 and its revision of 2021, whose days are worked (B23).
        for (key, first) in [
            (RuleKey::PenaltyStatementDays, 3),
            (RuleKey::PenaltyHearingRequestDays, 3),
            (RuleKey::PenaltyHearingNoticeDays, 7),
        ] {
            rows.retain(|old| old.key != key);
            let before = row(key, RuleValue::Number(first), since);
            rows.push(Rule { effective_to: Some(day(2021, 7, 14)), ..before });
            let (unit, day_kind) = (RuleUnit::WorkingDays, Some(DayKind::WorkingDays));
            rows.push(Rule { unit, day_kind, ..row(key, value_of(key), day(2021, 7, 15)) });
        }
        // Foundations were delegated to this city on the same day (B3).
        for old in rows.iter_mut().filter(|old| old.key == RuleKey::FoundationDelegated) {
            old.effective_to = Some(day(2026, 1, 31));
        }
        rows.push(row(RuleKey::FoundationDelegated, RuleValue::Number(1), day(2026, 2, 1)));
        RuleBook::build(rows).unwrap()
    })
}

/// The rules in force on 2026-09-18.
pub(crate) fn rules() -> Rules<'static> {
    book().on(day(2026, 9, 18))
}

/// The festivals of 2014 and 2026 (E15, E16).
pub(crate) fn calendar() -> &'static Calendar {
    static CALENDAR: OnceLock<Calendar> = OnceLock::new();
    CALENDAR.get_or_init(|| {
        let off = [(2014, 1, 31, 7), (2014, 10, 1, 7), (2026, 2, 15, 9), (2026, 9, 25, 3), (2026, 10, 1, 7)];
        let worked =
            [(2014, 1, 26), (2014, 2, 8), (2014, 10, 11), (2026, 2, 14), (2026, 9, 20), (2026, 10, 10)];
        let listed =
            |date, listed| CalendarRow { date, listed, name: "节".to_owned(), source: "E".to_owned() };
        let mut rows = Vec::new();
        for (year, month, first, days) in off {
            let mut date = day(year, month, first);
            for _ in 0..days {
                rows.push(listed(date, ListedDay::Off));
                date = date.tomorrow().unwrap();
            }
        }
        rows.extend(worked.map(|(year, month, date)| listed(day(year, month, date), ListedDay::Work)));
        let years = rows.iter().map(|row| row.date.year()).collect::<std::collections::BTreeSet<_>>();
        for year in 2014..=2026 {
            if !years.contains(&year) {
                rows.push(listed(day(year, 10, 1), ListedDay::Off));
            }
        }
        Calendar::build(rows).unwrap()
    })
}

fn value_of(key: RuleKey) -> RuleValue {
    use RuleKey::*;
    let percent = |percent| RuleValue::Ratio(Ratio::percent_of(percent));
    match key {
        PanelLargeBudget => RuleValue::Money(Fen::yuan(10_000_000)),
        PanelExpertsRatio => RuleValue::Ratio(Ratio::new(2, 3).unwrap()),
        PriceWeightMin | SupplementMax => percent(10),
        PriceWeightMax | DeviationWarning => percent(30),
        ScoreReasonLow => percent(60),
        ScoreReasonHigh => percent(95),
        LowPriceMeanRatio | LowPriceNextRatio | LowPriceCeilingRatio => percent(0),
        WeightsSum => RuleValue::Number(100),
        MinBidders | NoBadRecordYears | RecusalYears | ResultPublicWorkingDays => RuleValue::Number(3),
        MinBiddersAfterExtension | DrawBeforeReviewWorkingDays | ScoreDecimals => RuleValue::Number(2),
        ExtensionsMax | DirectorsPerItem => RuleValue::Number(1),
        NoticeWorkingDays | DocumentsWorkingDays | PanelMin | DecideWorkingDays | ClarificationDays => {
            RuleValue::Number(5)
        }
        PanelLargeMin => RuleValue::Number(7),
        FilesKeptYears => RuleValue::Number(15),
        BidPeriodDays | SessionPresenterMinutes => RuleValue::Number(10),
        ExtensionDays => RuleValue::Number(5),
        ContractDays | LowPriceExplanationMinutes => RuleValue::Number(30),
        ContractTermMaxMonths => RuleValue::Number(12),
        ContractTermLongMaxMonths => RuleValue::Number(36),
        ExpertAgeMax => RuleValue::Number(70),
        _ => shipped_value(key),
    }
}

/// The value of the rule's last row in the shipped file; its first four cells hold no quotes.
fn shipped_value(key: RuleKey) -> RuleValue {
    let mut rows = include_str!("../data/rules.csv").lines().filter_map(|line| line.split_once(','));
    let (_, rest) = rows.rfind(|(code, _)| *code == key.code()).unwrap();
    let value = rest.split(',').next().unwrap();
    match key.shape() {
        RuleShape::Number => RuleValue::Number(value.parse().unwrap()),
        RuleShape::Money => RuleValue::Money(Fen::yuan(value.parse().unwrap())),
        RuleShape::Ratio => RuleValue::Ratio(match (value.split_once('/'), value.strip_suffix('%')) {
            (Some((part, whole)), _) => Ratio::new(part.parse().unwrap(), whole.parse().unwrap()).unwrap(),
            (None, Some(percent)) => Ratio::percent_of(percent.parse().unwrap()),
            (None, None) => Ratio::new(value.parse().unwrap(), 1).unwrap(),
        }),
    }
}

fn row(key: RuleKey, value: RuleValue, effective_from: Date) -> Rule {
    let (unit, day_kind) = match key.code() {
        code if code.ends_with("working_days") => (RuleUnit::WorkingDays, Some(DayKind::WorkingDays)),
        code if code.ends_with("days") => (RuleUnit::Days, Some(DayKind::CalendarDays)),
        _ => (RuleUnit::Times, None),
    };
    Rule {
        key,
        value,
        unit,
        day_kind,
        ground: String::new(),
        source: String::new(),
        source_en: String::new(),
        note_zh: String::new(),
        note_en: String::new(),
        effective_from,
        effective_to: None,
    }
}

/// The shipped calendar, and 2027 as if its list had been published with National Day alone.
pub(crate) fn calendar_until_2027() -> Calendar {
    let rows = include_str!("../data/calendar.csv").lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        let listed = ListedDay::from_code(cells[1]).unwrap();
        let (name, source) = (cells[2].to_owned(), String::new());
        CalendarRow { date: parse_date(cells[0]).unwrap(), listed, name, source }
    });
    let national =
        CalendarRow {
            date: day(2027, 10, 1), listed: ListedDay::Off, name: "节".into(), source: "E".into()
        };
    Calendar::build(rows.chain([national])).unwrap()
}
