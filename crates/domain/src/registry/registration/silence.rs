//! The silence that accepts an application: the office let the days for a notice pass (B9).

use super::CaseState;
use crate::kernel::{Calendar, Date, Moment, Refusal, Rules};
use crate::registry::course;

/// The day from which a submitted case counts as accepted because the office stayed silent: the day of its
/// receipt, once the days for a notice are over (B9). `None` while they run, and in any other state.
///
/// # Errors
/// Beyond the published calendar (E12).
pub fn deemed_from(
    state: CaseState,
    received_on: Date,
    now: Moment,
    rules: Rules<'_>,
    calendar: &Calendar,
) -> Result<Option<Date>, Refusal> {
    if state != CaseState::Submitted {
        return Ok(None);
    }
    course::silent_from(received_on, now, rules, calendar)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::{calendar, day, rules};

    #[test]
    fn silence_accepts_from_the_day_of_receipt() {
        // Friday 13 February 2026: the fifth working day after the festival is the 27th (B13).
        let received = day(2026, 2, 13);
        for (now, state, expected) in [
            (day(2026, 2, 27), CaseState::Submitted, None),
            (day(2026, 2, 28), CaseState::Submitted, Some(received)),
            (day(2026, 2, 28), CaseState::CorrectionRequested, None),
        ] {
            let now = Moment::beijing(now, 9, 0);
            let found = deemed_from(state, received, now, rules(), calendar());
            assert_eq!(found, Ok(expected), "{now:?} {state:?}");
        }
    }
}
