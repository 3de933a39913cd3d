//! How far the programme of a year has come: floors by type, what counts towards them, and exits apart (D1, D3).

use super::application::MediationPart;
use crate::kernel::{Moment, Refusal, RuleKey, Rules};
use crate::registry::enrolled::{Enrolled, ProgrammeType};

/// The floor of organisations of a type. Elderly care has none: its targets are by facility and coverage (S22-S27).
pub fn floor(kind: ProgrammeType, rules: Rules<'_>) -> Option<i64> {
    let key = match kind {
        ProgrammeType::Elderly => return None,
        ProgrammeType::Children => RuleKey::ProgrammeChildrenFloor,
        ProgrammeType::Mediation => RuleKey::ProgrammeMediationFloor,
        ProgrammeType::Comprehensive => RuleKey::ProgrammeComprehensiveFloor,
    };
    Some(rules.number(key))
}

/// The floor of a sub-quota of mediation (S32).
pub fn part_floor(part: MediationPart, rules: Rules<'_>) -> i64 {
    rules.number(match part {
        MediationPart::MajorPetitions => RuleKey::ProgrammePetitionsFloor,
        MediationPart::ProjectBase => RuleKey::ProgrammeProjectBaseFloor,
    })
}

/// The rule that sets a type's targets.
pub fn floor_rule(kind: ProgrammeType) -> &'static str {
    match kind {
        ProgrammeType::Elderly => "S22",
        ProgrammeType::Children => "S29",
        ProgrammeType::Mediation => "S32",
        ProgrammeType::Comprehensive => "S33",
    }
}

/// The programme's first year, and one programme a year (D1).
///
/// # Errors
/// `cultivation.year-early`, `cultivation.year-later`.
pub fn check_year(year: i64, this_year: i64, rules: Rules<'_>) -> Result<(), Refusal> {
    let first = rules.number(RuleKey::ProgrammeFirstYear);
    if year < first {
        return Err(Refusal::new("cultivation.year-early", "D1").at("year").with("first", first));
    }
    if year > this_year {
        return Err(Refusal::new("cultivation.year-later", "D1").at("year").with("last", this_year));
    }
    Ok(())
}

/// An organisation that is counted in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Its enrolment.
    pub enrolled: Enrolled,
    /// The sub-quota in which it counts, for mediation.
    pub part: Option<MediationPart>,
}

/// What is counted under one head: still enrolled, and exits apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Enrolled in the year and still so: what the floor asks for.
    pub actual: i64,
    /// Enrolled in the year and no more.
    pub exits: i64,
}

impl Tally {
    /// Counts those that `belongs` takes, as they stand at a moment.
    pub fn of(counted: &[Counted], at: Moment, belongs: impl Fn(&Counted) -> bool) -> Self {
        let known = counted.iter().filter(|one| one.enrolled.from <= at && belongs(one));
        known.fold(Self::default(), |sum, one| match one.enrolled.holds_at(at) {
            true => Self { actual: sum.actual.saturating_add(1), ..sum },
            false => Self { exits: sum.exits.saturating_add(1), ..sum },
        })
    }

    /// Everyone first enrolled in the year.
    pub fn all(self) -> i64 {
        self.actual.saturating_add(self.exits)
    }

    /// How many are missing to a floor.
    pub fn missing(self, floor: i64) -> i64 {
        floor.saturating_sub(self.actual).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Coded;
    use crate::registry::enrolled::{Exit, ExitGround};
    use crate::specimen::rules;

    #[test]
    fn the_floors_are_those_of_the_plan_and_elderly_care_has_none() {
        let floors: Vec<Option<i64>> = ProgrammeType::ALL.iter().map(|kind| floor(*kind, rules())).collect();
        assert_eq!(floors, [None, Some(50), Some(45), Some(45)]);
        let parts: Vec<i64> = MediationPart::ALL.iter().map(|part| part_floor(*part, rules())).collect();
        assert_eq!(parts, [15, 30]);
        assert_eq!(parts.iter().sum::<i64>(), 45, "the two sub-quotas are disjoint and make the whole");
        assert_eq!(floors.iter().flatten().sum::<i64>(), 140, "the sum that the plan states");
    }

    #[test]
    fn an_exit_lowers_the_actual_and_is_shown_apart() {
        let one = |kind, part, from, exit: Option<i64>| Counted {
            enrolled: Enrolled {
                kind,
                from: Moment(from),
                recorded: exit.map(|at| Exit { at: Moment(at), ground: ExitGround::OwnWish }),
                facts: Vec::new(),
            },
            part,
        };
        let counted = [
            one(ProgrammeType::Mediation, Some(MediationPart::MajorPetitions), 1, None),
            one(ProgrammeType::Mediation, Some(MediationPart::ProjectBase), 2, Some(5)),
            one(ProgrammeType::Mediation, Some(MediationPart::ProjectBase), 9, None),
            one(ProgrammeType::Elderly, None, 1, None),
        ];
        let of = |at, kind| Tally::of(&counted, Moment(at), |one| one.enrolled.kind == kind);
        assert_eq!(of(4, ProgrammeType::Mediation), Tally { actual: 2, exits: 0 });
        assert_eq!(of(6, ProgrammeType::Mediation), Tally { actual: 1, exits: 1 });
        assert_eq!(of(9, ProgrammeType::Mediation), Tally { actual: 2, exits: 1 });
        assert_eq!(of(9, ProgrammeType::Mediation).all(), 3);
        assert_eq!(of(9, ProgrammeType::Mediation).missing(45), 43);
        assert_eq!(Tally { actual: 60, exits: 0 }.missing(45), 0);
        let parts = MediationPart::ALL
            .iter()
            .map(|part| Tally::of(&counted, Moment(9), |one| one.part == Some(*part)).all());
        assert_eq!(parts.sum::<i64>(), of(9, ProgrammeType::Mediation).all(), "each counts in one part");
    }

    #[test]
    fn the_programme_begins_with_its_first_year() {
        let code = |year, now| check_year(year, now, rules()).map_or_else(|no| no.code, |()| "");
        assert_eq!(code(2013, 2014), "cultivation.year-early");
        assert_eq!(code(2014, 2014), "");
        assert_eq!(code(2015, 2014), "cultivation.year-later");
    }
}
