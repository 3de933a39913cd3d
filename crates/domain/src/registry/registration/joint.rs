//! Several departments handle a case together: a clock of its own, extended once (B12).

use crate::kernel::{Date, Refusal};

/// The clock of joint handling as it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JointClock {
    /// The last day of the first term; none when no department was asked.
    pub due_on: Option<Date>,
    /// Whether it was extended.
    pub is_extended: bool,
}

/// Whether the time of several departments may be extended today; the outcome is the day from which the
/// extension counts.
///
/// # Errors
/// `registration.joint-none` when no department was asked, `registration.joint-extended-before`,
/// `registration.joint-over` once the first term is over (B12).
pub fn may_extend(clock: JointClock, today: Date) -> Result<Date, Refusal> {
    if clock.is_extended {
        return Err(Refusal::new("registration.joint-extended-before", "B12"));
    }
    match clock.due_on {
        None => Err(Refusal::new("registration.joint-none", "B12")),
        Some(due) if due < today => Err(Refusal::new("registration.joint-over", "B12").with("due", due)),
        Some(due) => Ok(due),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::day;

    #[test]
    fn joint_handling_is_extended_once_and_before_its_end() {
        let due = day(2026, 5, 11);
        let clock = |due_on, is_extended| JointClock { due_on, is_extended };
        for (clock, today, expected) in [
            (clock(None, false), due, Err("registration.joint-none")),
            (clock(Some(due), false), day(2026, 5, 8), Ok(due)),
            (clock(Some(due), false), due, Ok(due)),
            (clock(Some(due), false), day(2026, 5, 12), Err("registration.joint-over")),
            (clock(Some(due), true), day(2026, 5, 8), Err("registration.joint-extended-before")),
            (clock(None, true), due, Err("registration.joint-extended-before")),
        ] {
            let found = may_extend(clock, today).map_err(|refusal| refusal.code);
            assert_eq!(found, expected, "{clock:?} on {today}");
        }
    }
}
