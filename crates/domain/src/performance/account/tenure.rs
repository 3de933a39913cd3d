//! Who answered for an office on a day: exactly one director at any time (E4, E5).

use crate::kernel::{Date, Moment, PersonId};

/// A directorship, from the moment it began until its hand-over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// The director.
    pub person: PersonId,
    /// When it began.
    pub since: Moment,
    /// When it was handed over; `None` while it lasts.
    pub until: Option<Moment>,
}

/// The director at a moment. At the moment of a hand-over it is the new one.
pub fn director_at(tenures: &[Tenure], at: Moment) -> Option<PersonId> {
    let held = |one: &&Tenure| one.since <= at && one.until.is_none_or(|until| at < until);
    tenures.iter().find(held).map(|one| one.person)
}

/// The director who answers for a day: whoever held the office when it ended, so that an act on the day of a
/// hand-over is the new director's.
pub fn director_on(tenures: &[Tenure], day: Date) -> Option<PersonId> {
    director_at(tenures, Moment(Moment::end_of(day).0 - 1))
}

/// A stretch of time in which not exactly one director answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TenureFault {
    /// Nobody answered from here on.
    Gap(Moment),
    /// Two answered from here on.
    Overlap(Moment),
}

/// Every moment at which the office was without a director, or began to have two.
pub fn faults(tenures: &[Tenure]) -> Vec<TenureFault> {
    let mut held: Vec<Tenure> = tenures.to_vec();
    held.sort_by_key(|one| one.since);
    let mut found = Vec::new();
    for pair in held.windows(2) {
        let [earlier, later] = pair else { continue };
        match earlier.until {
            Some(until) if until < later.since => found.push(TenureFault::Gap(until)),
            Some(until) if until == later.since => {}
            Some(_) | None => found.push(TenureFault::Overlap(later.since)),
        }
    }
    if let Some(until) = held.last().and_then(|last| last.until) {
        found.push(TenureFault::Gap(until));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::day;

    fn tenure(person: i64, since: i64, until: Option<i64>) -> Tenure {
        Tenure { person: PersonId(person), since: Moment(since), until: until.map(Moment) }
    }

    #[test]
    fn one_director_answers_at_any_time() {
        let held = [tenure(1, 10, Some(20)), tenure(2, 20, None)];
        for (at, person) in [(9, None), (10, Some(1)), (19, Some(1)), (20, Some(2)), (99, Some(2))] {
            assert_eq!(director_at(&held, Moment(at)), person.map(PersonId), "at {at}");
        }
        assert_eq!(faults(&held), []);
    }

    #[test]
    fn a_gap_and_an_overlap_are_named() {
        for (held, expected) in [
            (vec![tenure(1, 0, Some(5)), tenure(2, 6, None)], vec![TenureFault::Gap(Moment(5))]),
            (vec![tenure(1, 0, Some(7)), tenure(2, 6, None)], vec![TenureFault::Overlap(Moment(6))]),
            (vec![tenure(1, 0, None), tenure(2, 6, None)], vec![TenureFault::Overlap(Moment(6))]),
            (vec![tenure(1, 0, Some(5))], vec![TenureFault::Gap(Moment(5))]),
            (vec![], vec![]),
        ] {
            assert_eq!(faults(&held), expected);
        }
    }

    #[test]
    fn the_day_of_a_hand_over_is_the_new_director_s() {
        let noon = Moment::beijing(day(2014, 6, 10), 12, 0);
        let first = Tenure { person: PersonId(1), since: Moment(0), until: Some(noon) };
        let second = Tenure { person: PersonId(2), since: noon, until: None };
        let held = [first, second];
        assert_eq!(director_on(&held, day(2014, 6, 9)), Some(PersonId(1)));
        assert_eq!(director_on(&held, day(2014, 6, 10)), Some(PersonId(2)));
    }
}
