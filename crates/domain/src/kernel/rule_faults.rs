//! What can be wrong with the rows of a rule book; each fault is named for the person who edits the file.
//!
//! Checked once at start, so that a book with a gap never judges a case (RULES T1).

use std::fmt;

use super::{Coded, Date, DayKind, Rule, RuleKey, RuleUnit};

/// Why rows do not make a rule book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleBookFault {
    /// No row for this rule.
    Missing(RuleKey),
    /// The row that starts on this date has the wrong kind of value.
    WrongShape(RuleKey, Date),
    /// The row that starts on this date counts days without saying which, or names a kind without days.
    WrongDayKind(RuleKey, Date),
    /// The row that starts on this date ends before it starts.
    Backward(RuleKey, Date),
    /// Two rows are in force on this date.
    Overlap(RuleKey, Date),
    /// No row is in force from this date on, though an earlier one was.
    Gap(RuleKey, Date),
}

impl fmt::Display for RuleBookFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(key) => write!(f, "{}: no row", key.code()),
            Self::WrongShape(key, from) => {
                write!(f, "{} from {from}: the value is not a {}", key.code(), key.shape().code())
            }
            Self::WrongDayKind(key, from) => {
                write!(f, "{} from {from}: unit and day_kind disagree", key.code())
            }
            Self::Backward(key, from) => {
                write!(f, "{} from {from}: ends before it starts", key.code())
            }
            Self::Overlap(key, date) => write!(f, "{}: two rows in force on {date}", key.code()),
            Self::Gap(key, date) => write!(f, "{}: no row in force from {date}", key.code()),
        }
    }
}

/// Names the faults among the rows of one rule, given in order of their first days.
pub(super) fn check_rows(key: RuleKey, rows: &[Rule], faults: &mut Vec<RuleBookFault>) {
    for row in rows {
        let from = row.effective_from;
        if row.value.shape() != key.shape() {
            faults.push(RuleBookFault::WrongShape(key, from));
        }
        let kind_of_unit = match row.unit {
            RuleUnit::Days => Some(DayKind::CalendarDays),
            RuleUnit::WorkingDays => Some(DayKind::WorkingDays),
            _ => None,
        };
        if row.day_kind != kind_of_unit {
            faults.push(RuleBookFault::WrongDayKind(key, from));
        }
        if row.effective_to.is_some_and(|to| to < from) {
            faults.push(RuleBookFault::Backward(key, from));
        }
    }
    for (earlier, later) in rows.iter().zip(rows.iter().skip(1)) {
        let next = earlier.effective_to.and_then(|to| to.tomorrow().ok());
        match next {
            Some(next) if next < later.effective_from => faults.push(RuleBookFault::Gap(key, next)),
            Some(next) if next == later.effective_from => {}
            _ => faults.push(RuleBookFault::Overlap(key, later.effective_from)),
        }
    }
    let end = rows.last().and_then(|row| row.effective_to).and_then(|to| to.tomorrow().ok());
    faults.extend(end.map(|date| RuleBookFault::Gap(key, date)));
}
