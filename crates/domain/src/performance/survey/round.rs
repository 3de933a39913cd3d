//! Which survey of a contract it is: each round of evaluation that gives a grade counts the answers of its own (E2, C51).

use std::fmt;

use crate::coded;
use crate::kernel::Coded;
use crate::performance::evaluation::EvaluationKind;

coded! {
    /// When in a contract's life recipients are asked.
    pub enum RoundKind as "survey_round" {
        /// Half-way, so that something can still be mended.
        Midterm = "midterm",
        /// At the end of a year of a long contract: what the gate of that year counts.
        Yearly = "yearly",
        /// At the end: what acceptance and evaluation count.
        Final = "final",
    }
}

/// A survey of a contract; a yearly one with its year, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Round {
    /// Half-way.
    Midterm,
    /// Of a year.
    Yearly(i64),
    /// At the end.
    Final,
}

impl Round {
    /// The round of a kind, and of a year where the kind has one; without it a year that no contract has.
    pub fn of(kind: RoundKind, year: Option<i64>) -> Self {
        match kind {
            RoundKind::Midterm => Self::Midterm,
            RoundKind::Yearly => Self::Yearly(year.unwrap_or(0)),
            RoundKind::Final => Self::Final,
        }
    }

    /// The survey whose answers a round of evaluation counts: its own (E2, C51).
    pub fn feeding(kind: EvaluationKind, number: i64) -> Self {
        match kind {
            EvaluationKind::MidTerm => Self::Midterm,
            EvaluationKind::Yearly => Self::Yearly(number),
            EvaluationKind::Final => Self::Final,
        }
    }

    /// The rounds of a contract that is judged yearly so many times, in their order.
    pub fn all(yearly: i64) -> Vec<Self> {
        let years = (1..=yearly).map(Self::Yearly);
        [Self::Midterm].into_iter().chain(years).chain([Self::Final]).collect()
    }

    /// Its kind.
    pub fn kind(self) -> RoundKind {
        match self {
            Self::Midterm => RoundKind::Midterm,
            Self::Yearly(_) => RoundKind::Yearly,
            Self::Final => RoundKind::Final,
        }
    }

    /// Its year, when it is a yearly one.
    pub fn year(self) -> Option<i64> {
        match self {
            Self::Yearly(year) => Some(year),
            Self::Midterm | Self::Final => None,
        }
    }

    /// Reads what `Display` writes: `midterm`, `yearly-2`, `final`.
    pub fn from_code(code: &str) -> Option<Self> {
        match code.strip_prefix("yearly-") {
            Some(year) => {
                let read = year.parse().ok().filter(|year| *year > 0).map(Self::Yearly)?;
                (read.to_string() == code).then_some(read)
            }
            None => RoundKind::from_code(code)
                .filter(|kind| *kind != RoundKind::Yearly)
                .map(|kind| Self::of(kind, None)),
        }
    }
}

impl fmt::Display for Round {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yearly(year) => write!(out, "{}-{year}", RoundKind::Yearly.code()),
            other => out.write_str(other.kind().code()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_is_read_as_it_is_written() {
        for round in Round::all(2) {
            assert_eq!(Round::from_code(&round.to_string()), Some(round));
            assert_eq!(Round::of(round.kind(), round.year()), round);
        }
        let written: Vec<String> = Round::all(2).iter().map(Round::to_string).collect();
        assert_eq!(written, ["midterm", "yearly-1", "yearly-2", "final"]);
        for strange in ["", "yearly", "yearly-", "yearly-0", "yearly--1", "yearly-01", "yearly-+1", "final-1"]
        {
            assert_eq!(Round::from_code(strange), None, "{strange}");
        }
        let fed = [(EvaluationKind::MidTerm, 2), (EvaluationKind::Yearly, 2), (EvaluationKind::Final, 1)];
        let fed = fed.map(|(kind, number)| Round::feeding(kind, number));
        assert_eq!(fed, [Round::Midterm, Round::Yearly(2), Round::Final]);
    }
}
