//! One row of an example: typed cells by the name of their column, and what comes out of them.

use domain::kernel::{
    Calendar, Coded, Date, Fen, Grounds, Moment, Refusal, RuleBook, Rules, parse_date, parse_moment,
};
use domain::tendering::procedure::{OPEN_COMPETITION, Procedure};

/// The law as shipped.
pub struct Law {
    /// Dated rules.
    pub book: RuleBook,
    /// Working days.
    pub calendar: Calendar,
    /// Rule pages, by id.
    pub grounds: Grounds,
}

/// One kind of example.
pub struct Kind {
    /// The word after `example`.
    pub name: &'static str,
    /// Columns in order; the last is what comes out.
    pub columns: &'static [&'static str],
    /// What comes out of a row.
    pub answer: fn(&Law, &Row<'_>) -> Answer,
}

/// The words that come out, or why none do.
pub type Answer = Result<String, Fault>;

/// Why a row has no answer.
pub enum Fault {
    /// The rules say no.
    Refused(Vec<Refusal>),
    /// A cell makes no sense, which is the page's mistake.
    Unreadable(String),
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Fault::Refused(vec![refusal])
    }
}

/// `Ok` when nothing is wrong.
pub fn none_of(refusals: Vec<Refusal>) -> Result<(), Fault> {
    if refusals.is_empty() { Ok(()) } else { Err(Fault::Refused(refusals)) }
}

/// What a page writes for an answer: its words, or `refused:` with each code and rule. A cell that makes no
/// sense and a refusal whose rule has no page are mistakes, whatever the page says.
pub fn told(law: &Law, answer: Answer) -> Result<String, String> {
    match answer {
        Ok(words) => Ok(words),
        Err(Fault::Unreadable(words)) => Err(format!("a cell makes no sense: {words}")),
        Err(Fault::Refused(refusals)) => {
            if let Some(refusal) = refusals.iter().find(|refusal| law.grounds.get(refusal.rule).is_none()) {
                return Err(format!("{} cites {}, which has no page", refusal.code, refusal.rule));
            }
            let words: Vec<String> =
                refusals.iter().map(|refusal| format!("{} ({})", refusal.code, refusal.rule)).collect();
            Ok(format!("refused: {}", words.join("; ")))
        }
    }
}

/// One row under its header.
pub struct Row<'a> {
    /// Names of the columns.
    pub header: &'a [String],
    /// The cells.
    pub cells: &'a [String],
}

impl<'a> Row<'a> {
    /// The words of a cell.
    pub fn text(&self, column: &str) -> Result<&'a str, Fault> {
        let index = self.header.iter().position(|name| name == column);
        let cell = index.and_then(|index| self.cells.get(index));
        cell.map(String::as_str).ok_or_else(|| Fault::Unreadable(format!("no cell {column}")))
    }

    /// The parts of a cell between `separator`s; none when it is empty.
    pub fn list(&self, column: &str, separator: char) -> Result<Vec<&'a str>, Fault> {
        Ok(self.text(column)?.split(separator).map(str::trim).filter(|part| !part.is_empty()).collect())
    }

    /// A date.
    pub fn date(&self, column: &str) -> Result<Date, Fault> {
        Ok(parse_date(self.text(column)?)?)
    }

    /// A date, if there is one.
    pub fn optional_date(&self, column: &str) -> Result<Option<Date>, Fault> {
        if self.text(column)?.is_empty() { Ok(None) } else { self.date(column).map(Some) }
    }

    /// A Beijing date with its time.
    pub fn moment(&self, column: &str) -> Result<Moment, Fault> {
        Ok(parse_moment(self.text(column)?)?)
    }

    /// Yuan.
    pub fn yuan(&self, column: &str) -> Result<Fen, Fault> {
        Ok(Fen::parse_yuan(self.text(column)?)?)
    }

    /// A whole number.
    pub fn number<N: std::str::FromStr>(&self, column: &str) -> Result<N, Fault> {
        number(self.text(column)?)
    }

    /// `yes` or `no`.
    pub fn is(&self, column: &str) -> Result<bool, Fault> {
        match self.text(column)? {
            "yes" => Ok(true),
            "no" => Ok(false),
            other => Err(Fault::Unreadable(format!("{other:?} is neither yes nor no"))),
        }
    }

    /// A member of a closed list.
    pub fn coded<C: Coded>(&self, column: &str) -> Result<C, Fault> {
        coded(self.text(column)?)
    }

    /// The rules of the date in the column `on`.
    pub fn rules<'l>(&self, law: &'l Law) -> Result<Rules<'l>, Fault> {
        Ok(law.book.on(self.date("on")?))
    }
}

/// A whole number.
pub fn number<N: std::str::FromStr>(text: &str) -> Result<N, Fault> {
    text.replace(',', "").parse().map_err(|_| Fault::Unreadable(format!("{text:?} is no number")))
}

/// A member of a closed list.
pub fn coded<C: Coded>(text: &str) -> Result<C, Fault> {
    C::from_code(text).ok_or_else(|| Fault::Unreadable(format!("{text:?} is not in {}", C::LIST)))
}

/// Points with up to two decimals, in hundredths.
pub fn hundredths(text: &str) -> Result<i64, Fault> {
    // An amount is read with the same exactness: hundredths of a point as hundredths of a yuan.
    Ok(Fen::parse_yuan(text)?.0)
}

/// The procedure that the examples follow.
pub const PROCEDURE: &Procedure = &OPEN_COMPETITION;
