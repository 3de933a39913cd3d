//! The three criteria of the programme (功能性、有效性、便民性) and the line that an organisation must reach (S20).

use crate::coded;
use crate::kernel::{Coded, Refusal, RuleKey, Rules};

coded! {
    /// What is scored.
    pub enum Criterion as "criterion" {
        /// 功能性.
        Functionality = "functionality",
        /// 有效性.
        Effectiveness = "effectiveness",
        /// 便民性.
        Convenience = "convenience",
    }
}

/// The points of each criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// 功能性.
    pub functionality: i64,
    /// 有效性.
    pub effectiveness: i64,
    /// 便民性.
    pub convenience: i64,
}

impl Score {
    /// Reads what was typed, every fault at once; `typed` gives a criterion's number or nothing.
    ///
    /// # Errors
    /// `cultivation.points-missing`, `cultivation.points-range` at each criterion.
    pub fn read(typed: impl Fn(Criterion) -> Option<i64>, rules: Rules<'_>) -> Result<Self, Vec<Refusal>> {
        let most = rules.number(RuleKey::ProgrammeCriterionPoints);
        let mut faults = Vec::new();
        let mut read = |criterion: Criterion| match typed(criterion) {
            Some(points) if (0..=most).contains(&points) => points,
            found => {
                let code =
                    if found.is_none() { "cultivation.points-missing" } else { "cultivation.points-range" };
                faults.push(
                    Refusal::new(code, "S20")
                        .at(criterion.code())
                        .with("most", most)
                        .with_code("criterion", criterion),
                );
                0
            }
        };
        let score = Self {
            functionality: read(Criterion::Functionality),
            effectiveness: read(Criterion::Effectiveness),
            convenience: read(Criterion::Convenience),
        };
        if faults.is_empty() { Ok(score) } else { Err(faults) }
    }

    /// The points of one criterion.
    pub fn of(self, criterion: Criterion) -> i64 {
        match criterion {
            Criterion::Functionality => self.functionality,
            Criterion::Effectiveness => self.effectiveness,
            Criterion::Convenience => self.convenience,
        }
    }

    /// All three together.
    pub fn total(self) -> i64 {
        Criterion::ALL.iter().fold(0, |sum: i64, criterion| sum.saturating_add(self.of(*criterion)))
    }

    /// Whether the line is reached.
    pub fn passes(self, rules: Rules<'_>) -> bool {
        self.total() >= rules.number(RuleKey::ProgrammePassPoints)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::rules;

    #[test]
    fn points_lie_on_the_scale_and_reach_the_line_together() {
        type Case<'a> = ([Option<i64>; 3], Result<bool, &'a [&'a str]>);
        let cases: [Case<'_>; 7] = [
            ([Some(60), Some(60), Some(60)], Ok(true)),
            ([Some(60), Some(60), Some(59)], Ok(false)),
            ([Some(100), Some(80), Some(0)], Ok(true)),
            ([Some(0), Some(0), Some(0)], Ok(false)),
            ([Some(101), Some(60), Some(60)], Err(&["cultivation.points-range"])),
            ([Some(60), Some(-1), None], Err(&["cultivation.points-range", "cultivation.points-missing"])),
            ([None, None, None], Err(&["cultivation.points-missing"; 3])),
        ];
        for (typed, expected) in cases {
            let place = |criterion| {
                typed[usize::from(criterion != Criterion::Functionality)
                    + usize::from(criterion == Criterion::Convenience)]
            };
            let found = Score::read(place, rules());
            let found = found.map(|score| score.passes(rules()));
            let found = found.map_err(|faults| faults.iter().map(|fault| fault.code).collect::<Vec<_>>());
            assert_eq!(found, expected.map_err(<[&str]>::to_vec), "{typed:?}");
        }
    }
}
