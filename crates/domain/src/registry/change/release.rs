//! A supervising unit no longer supervises: a new one is found within the days of the rule; until then the old one
//! keeps its duties, and whoever finds none has to be cancelled (B21; PNM15, PNM17).

use crate::kernel::{Calendar, Date, Refusal, RuleKey, Rules};

/// What is put on file of a release.
#[derive(Clone, Copy, Debug)]
pub struct Release<'a> {
    /// The unit that no longer supervises.
    pub unit: &'a str,
    /// The day on which it told so in writing.
    pub released_on: Date,
    /// Since when the organisation is registered.
    pub registered_on: Date,
}

/// The longest name of a unit, in characters.
const UNIT_MAX: usize = 200;

/// Everything that keeps a release from being put on file; empty when nothing does.
pub fn faults(release: &Release<'_>, today: Date) -> Vec<Refusal> {
    let mut faults = Vec::new();
    let length = release.unit.chars().count();
    if length == 0 || length > UNIT_MAX {
        faults.push(Refusal::new("change.unit-missing", "B21").at("unit").with("most", UNIT_MAX));
    }
    if release.released_on > today || release.released_on < release.registered_on {
        faults.push(Refusal::new("change.release-day", "B21").at("released_on"));
    }
    faults
}

/// The last day for a new unit.
///
/// # Errors
/// It lies beyond the published calendar.
pub fn due(released_on: Date, rules: Rules<'_>, calendar: &Calendar) -> Result<Date, Refusal> {
    rules.deadline(calendar, RuleKey::NewSupervisingUnitDays, released_on).map(|last| last.due)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{book, calendar, day};

    #[test]
    fn ninety_days_are_counted_from_the_release() {
        let released = day(2026, 3, 2);
        let last = due(released, book().on(released), calendar());
        // The ninetieth day is a Sunday.
        assert_eq!(last, Ok(day(2026, 6, 1)));
    }

    #[test]
    fn a_release_names_its_unit_and_a_day_of_the_organisations_life() {
        let plain =
            Release { unit: "示例局", released_on: day(2014, 3, 3), registered_on: day(2010, 3, 5) };
        for (release, expected) in [
            (plain, ""),
            (Release { unit: "", ..plain }, "change.unit-missing"),
            (Release { released_on: day(2014, 3, 5), ..plain }, "change.release-day"),
            (Release { released_on: day(2010, 3, 4), ..plain }, "change.release-day"),
        ] {
            let found = faults(&release, day(2014, 3, 4));
            let codes: Vec<&str> = found.iter().map(|one| one.code).collect();
            assert_eq!(codes.join(" "), expected, "{release:?}");
        }
    }
}
