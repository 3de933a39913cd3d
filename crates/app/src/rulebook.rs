//! The shipped law: rule rows, working-day calendar and rule pages, read once at start.
//!
//! Why here: `domain` decides and does not parse files. The three files travel inside the program, so that
//! a server without its data folder still knows the law. A deployment may add its own rows (RULES T1) and
//! the next year's calendar (E12). A book with a gap, an overlap or an unknown ground does not start.

use csv::StringRecord;
use domain::kernel::laws::in_english;
use domain::kernel::{
    Calendar, CalendarFault, CalendarRow, Coded, Date, DayKind, Ground, Grounds, ListedDay, Rule, RuleBook,
    RuleBookFault, RuleKey, RuleUnit, RuleValue, parse_date,
};

const RULES: &str = include_str!("../../domain/data/rules.csv");
const CALENDAR: &str = include_str!("../../domain/data/calendar.csv");
const GROUNDS: &str = include_str!("../../domain/data/grounds.csv");
const LAWS: &str = include_str!("../../domain/data/laws.csv");

/// Why the law could not be loaded; written for the person who edits the files.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleBookError {
    /// A file is not CSV or lacks a column.
    #[error("{file}: {reason}")]
    Unreadable {
        /// Which file.
        file: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A cell has a value that its column does not take.
    #[error("{file}, line {line}, column {column}: {text:?} is not understood")]
    Cell {
        /// Which file.
        file: &'static str,
        /// Line in the file, from 1.
        line: u64,
        /// Which column.
        column: &'static str,
        /// What it says.
        text: String,
    },
    /// The rows do not make a rule book.
    #[error("the rule book is not whole: {}", join(.0))]
    Rules(Vec<RuleBookFault>),
    /// The rows do not make a calendar.
    #[error("the calendar is not whole: {}", join(.0))]
    Calendar(Vec<CalendarFault>),
    /// Rule pages that come twice.
    #[error("these rule pages come twice: {}", .0.join(", "))]
    Grounds(Vec<String>),
    /// A rule row cites a page that does not exist.
    #[error("rule {rule} cites the ground {ground:?}, which has no page")]
    UnknownGround {
        /// The rule.
        rule: &'static str,
        /// The page it cites.
        ground: String,
    },
}

fn join<T: std::fmt::Display>(faults: &[T]) -> String {
    faults.iter().map(T::to_string).collect::<Vec<_>>().join("; ")
}

/// The shipped rule book with a deployment's own rule rows, the shipped calendar and the rule pages.
pub fn load(local_rules: Option<&str>) -> Result<(RuleBook, Calendar, Grounds), RuleBookError> {
    load_with_calendar(local_rules, None)
}

/// As `load`, with the text of further calendar rows, such as the next year's list.
pub fn load_with_calendar(
    local_rules: Option<&str>,
    local_calendar: Option<&str>,
) -> Result<(RuleBook, Calendar, Grounds), RuleBookError> {
    let mut book = RuleBook::build(rules("rules.csv", RULES)?).map_err(RuleBookError::Rules)?;
    if let Some(text) = local_rules {
        book = book.with_local(rules("local rules", text)?).map_err(RuleBookError::Rules)?;
    }
    let mut days = calendar_rows("calendar.csv", CALENDAR)?;
    if let Some(text) = local_calendar {
        days.extend(calendar_rows("local calendar", text)?);
    }
    let calendar = Calendar::build(days).map_err(RuleBookError::Calendar)?;
    let grounds = Grounds::build(grounds("grounds.csv", GROUNDS)?).map_err(RuleBookError::Grounds)?;
    if let Some(row) = book.rows().find(|row| grounds.get(&row.ground).is_none()) {
        return Err(RuleBookError::UnknownGround { rule: row.key.code(), ground: row.ground.clone() });
    }
    Ok((book, calendar, grounds))
}

fn rules(file: &'static str, text: &str) -> Result<Vec<Rule>, RuleBookError> {
    let names = law_names("laws.csv", LAWS)?;
    rows(file, text, |row| {
        let key = row.coded::<RuleKey>("rule")?;
        let value = row.text("value")?;
        Ok(Rule {
            key,
            value: RuleValue::parse(key.shape(), value).map_err(|_| row.fault("value", value))?,
            unit: row.coded::<RuleUnit>("unit")?,
            day_kind: row.optional("day_kind", |_| row.coded::<DayKind>("day_kind"))?,
            ground: row.text("ground")?.to_owned(),
            source: row.text("source")?.to_owned(),
            source_en: in_english(row.text("source")?, &names),
            note_zh: row.text("note_zh")?.to_owned(),
            note_en: row.text("note_en")?.to_owned(),
            effective_from: row.date("effective_from")?,
            effective_to: row.optional("effective_to", |_| row.date("effective_to"))?,
        })
    })
}

fn calendar_rows(file: &'static str, text: &str) -> Result<Vec<CalendarRow>, RuleBookError> {
    rows(file, text, |row| {
        Ok(CalendarRow {
            date: row.date("date")?,
            listed: row.coded::<ListedDay>("kind")?,
            name: row.text("name")?.to_owned(),
            source: row.text("source")?.to_owned(),
        })
    })
}

fn law_names(file: &'static str, text: &str) -> Result<Vec<(String, String)>, RuleBookError> {
    // Spaces at the ends of a name belong to it, so this file is read as it stands.
    let unreadable = |error: csv::Error| RuleBookError::Unreadable { file, reason: error.to_string() };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let name = |record: csv::StringRecord| {
        let cell = |at: usize| record.get(at).unwrap_or_default().to_owned();
        (cell(0), cell(1))
    };
    reader.records().map(|record| record.map(name).map_err(unreadable)).collect()
}

fn grounds(file: &'static str, text: &str) -> Result<Vec<Ground>, RuleBookError> {
    let names = law_names("laws.csv", LAWS)?;
    rows(file, text, |row| {
        Ok(Ground {
            legal_ground_en: in_english(row.text("legal_ground")?, &names),
            id: row.text("rule")?.to_owned(),
            title_zh: row.text("title_zh")?.to_owned(),
            title_en: row.text("title_en")?.to_owned(),
            text_zh: row.text("text_zh")?.to_owned(),
            text_en: row.text("text_en")?.to_owned(),
            legal_ground: row.text("legal_ground")?.to_owned(),
            effective_from: row.optional("effective_from", |_| row.date("effective_from"))?,
        })
    })
}

/// Reads each record below the header; columns are found by name, so their order is free.
fn rows<T>(
    file: &'static str,
    text: &str,
    read: impl Fn(&Row<'_>) -> Result<T, RuleBookError>,
) -> Result<Vec<T>, RuleBookError> {
    let unreadable = |error: csv::Error| RuleBookError::Unreadable { file, reason: error.to_string() };
    let text = text.trim_start_matches('\u{FEFF}');
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(unreadable)?.clone();
    let mut all = Vec::new();
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        all.push(read(&Row { file, header: &header, record: &record })?);
    }
    Ok(all)
}

/// One record with the names of its columns.
struct Row<'a> {
    file: &'static str,
    header: &'a StringRecord,
    record: &'a StringRecord,
}

impl Row<'_> {
    fn text(&self, column: &'static str) -> Result<&str, RuleBookError> {
        let index = self.header.iter().position(|name| name == column);
        index.and_then(|index| self.record.get(index)).ok_or_else(|| RuleBookError::Unreadable {
            file: self.file,
            reason: format!("there is no column {column}"),
        })
    }

    fn coded<C: Coded>(&self, column: &'static str) -> Result<C, RuleBookError> {
        let text = self.text(column)?;
        C::from_code(text).ok_or_else(|| self.fault(column, text))
    }

    fn date(&self, column: &'static str) -> Result<Date, RuleBookError> {
        let text = self.text(column)?;
        parse_date(text).map_err(|_| self.fault(column, text))
    }

    fn optional<T>(
        &self,
        column: &'static str,
        read: impl Fn(&str) -> Result<T, RuleBookError>,
    ) -> Result<Option<T>, RuleBookError> {
        match self.text(column)? {
            "" => Ok(None),
            text => read(text).map(Some),
        }
    }

    fn fault(&self, column: &'static str, text: &str) -> RuleBookError {
        let line = self.record.position().map_or(0, csv::Position::line);
        RuleBookError::Cell { file: self.file, line, column, text: text.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::kernel::{Fen, Ratio};

    const HEADER: &str =
        "rule,value,unit,day_kind,ground,source,effective_from,effective_to,note_zh,note_en\n";

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    #[test]
    fn the_shipped_law_is_whole_and_every_ground_has_its_page() {
        let (book, calendar, grounds) = load(None).unwrap();
        assert!(book.rows().all(|row| !row.source.is_empty() && grounds.get(&row.ground).is_some()));
        assert_eq!(calendar.years().collect::<Vec<_>>(), (2007..=2026).collect::<Vec<_>>());
        assert!(grounds.all().all(|page| {
            [&page.title_zh, &page.title_en, &page.text_zh, &page.text_en, &page.legal_ground]
                .iter()
                .all(|text| !text.is_empty())
        }));
        let is_chinese = |sign: char| ('\u{3000}'..='\u{9fff}').contains(&sign) || "（），；".contains(sign);
        for page in grounds.all() {
            let english = &page.legal_ground_en;
            assert!(!english.chars().any(is_chinese), "laws.csv lacks a name in {}: {english}", page.id);
        }
        for row in book.rows() {
            let (english, key) = (row.law(true), row.key.code());
            assert!(!english.chars().any(is_chinese), "laws.csv lacks a name in {key}: {english}");
        }
        assert_eq!(
            book.on(day("2026-11-02")).rule(RuleKey::NoticeWorkingDays).law(true),
            "Measures on Tendering for Goods and Services (Ministry of Finance Order 87) art. 16, by analogy"
        );
        assert_eq!(
            grounds.get("B11").map(|page| page.law(true)).unwrap(),
            "Regulations on the Registration of Social Associations art. 11, 14; Interim Regulations on the \
             Registration of Private Non-enterprise Units art. 9, 10; Regulations on Foundations art. 9, 10"
        );
    }

    #[test]
    fn the_trial_of_2014_and_the_law_of_2026_are_both_in_the_book() {
        let (book, calendar, _) = load(None).unwrap();
        let (then, now) = (book.on(day("2014-01-15")), book.on(day("2026-11-02")));
        assert_eq!(then.number(RuleKey::NoticeWorkingDays), 5);
        assert_eq!(now.ratio(RuleKey::PanelExpertsRatio), Ratio::new(2, 3).unwrap());
        assert_eq!(now.money(RuleKey::PanelLargeBudget), Fen::yuan(10_000_000));
        let eve = book.on(day("2026-01-31")).ratio(RuleKey::LowPriceCeilingRatio);
        let since = book.on(day("2026-02-01")).ratio(RuleKey::LowPriceCeilingRatio);
        assert_eq!((eve.basis_points(), since.basis_points()), (0, 4500));
        let due = |rules: domain::kernel::Rules<'_>, key, from| {
            rules.deadline(&calendar, key, day(from)).unwrap().due
        };
        assert_eq!(due(now, RuleKey::ContractDays, "2026-09-01"), day("2026-10-08"));
        assert_eq!(due(now, RuleKey::DocumentsWorkingDays, "2026-09-18"), day("2026-09-24"));
        assert_eq!(due(then, RuleKey::BidPeriodDays, "2014-01-26"), day("2014-02-07"));
    }

    #[test]
    fn a_deployment_adds_its_own_rows_and_the_next_year() {
        let local = format!("{HEADER}contract_days,20,days,calendar_days,C26,本市办法,2027-01-01,,,\n");
        let next = "date,kind,name,source\n2027-01-01,off,元旦,通知\n2027-10-01,off,国庆节,通知\n";
        let (book, calendar, _) = load_with_calendar(Some(&local), Some(next)).unwrap();
        assert_eq!(book.on(day("2026-12-31")).number(RuleKey::ContractDays), 30);
        assert_eq!(book.on(day("2027-01-01")).number(RuleKey::ContractDays), 20);
        assert_eq!(calendar.is_working(day("2027-01-04")), Ok(true));
    }

    #[test]
    fn a_fault_in_a_file_is_named_with_its_line() {
        for (row, message) in [
            ("contract_day,20,days,calendar_days,C26,x,2027-01-01,,,", "column rule: \"contract_day\""),
            ("contract_days,soon,days,calendar_days,C26,x,2027-01-01,,,", "column value: \"soon\""),
            ("contract_days,20,days,some,C26,x,2027-01-01,,,", "column day_kind: \"some\""),
            (
                "contract_days,20,days,calendar_days,C26,x,2027-02-29,,,",
                "column effective_from: \"2027-02-29\"",
            ),
            ("contract_days,20,days,calendar_days,C99,x,2027-01-01,,,", "cites the ground \"C99\""),
            (
                "contract_days,20,days,calendar_days,C26,x,2027-01-01,2027-12-31,,",
                "no row in force from 2028-01-01",
            ),
            ("contract_days,20", "local rules: CSV error"),
        ] {
            let error = load(Some(&format!("{HEADER}{row}\n"))).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
            assert!(
                !error.contains("line") || error.contains("line 2") || error.contains("line: 2"),
                "{error}"
            );
        }
        let error = load(Some("rule,value\ncontract_days,20\n")).unwrap_err().to_string();
        assert_eq!(error, "local rules: there is no column unit");
    }
}
