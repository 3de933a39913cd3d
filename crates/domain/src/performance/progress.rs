//! Progress against the milestones: units done of those planned, and which milestone is late (C54).

use super::acceptance::AcceptanceState;
use crate::coded;
use crate::kernel::Date;

coded! {
    /// How a milestone stands.
    pub enum MilestoneState as "milestone_state" {
        /// Work goes on.
        Open = "open",
        /// Its day has passed and it is not reported.
        Late = "late",
        /// Reported done; acceptance is not finished.
        Reported = "reported",
        /// Sent back; to be repaired.
        Returned = "returned",
        /// Accepted.
        Accepted = "accepted",
    }
}

/// How a milestone stands on a day.
pub fn state(due: Date, acceptance: Option<AcceptanceState>, today: Date) -> MilestoneState {
    match acceptance {
        Some(AcceptanceState::Accepted) => MilestoneState::Accepted,
        Some(AcceptanceState::Reported | AcceptanceState::Called) => MilestoneState::Reported,
        Some(AcceptanceState::Returned) => MilestoneState::Returned,
        None if today > due => MilestoneState::Late,
        None => MilestoneState::Open,
    }
}

/// Units done in whole percent of those planned, from 0 to 100; more than planned is still all.
pub fn percent(done: i64, planned: i64) -> i64 {
    if planned <= 0 {
        return 0;
    }
    let percent = i128::from(done.max(0)) * 100 / i128::from(planned);
    i64::try_from(percent.min(100)).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::day;

    #[test]
    fn a_milestone_is_late_from_the_day_after_its_last() {
        let due = day(2026, 6, 30);
        for (acceptance, today, expected) in [
            (None, due, MilestoneState::Open),
            (None, day(2026, 7, 1), MilestoneState::Late),
            (Some(AcceptanceState::Called), day(2026, 7, 1), MilestoneState::Reported),
            (Some(AcceptanceState::Returned), day(2026, 7, 1), MilestoneState::Returned),
            (Some(AcceptanceState::Accepted), day(2026, 7, 1), MilestoneState::Accepted),
        ] {
            assert_eq!(state(due, acceptance, today), expected);
        }
    }

    #[test]
    fn progress_is_counted_in_whole_percent() {
        for (done, planned, expected) in
            [(0, 10, 0), (1, 3, 33), (10, 10, 100), (12, 10, 100), (-1, 10, 0), (5, 0, 0)]
        {
            assert_eq!(percent(done, planned), expected, "{done} of {planned}");
        }
    }
}
