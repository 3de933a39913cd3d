//! The plan: written by the office, checked by the purchase lead, fixed before the service begins (C14, E3).

use crate::coded;
use crate::kernel::{Date, PersonId, Refusal};

coded! {
    /// Where a plan stands.
    pub enum PlanStage as "plan_stage" {
        /// Being written by the office, or given back to it.
        Drafted = "drafted",
        /// Handed to the purchase lead.
        Submitted = "submitted",
        /// Fixed and public: what was agreed before is what is measured after.
        Fixed = "fixed",
    }
}

impl PlanStage {
    /// Refuses any stage but `needed`.
    ///
    /// # Errors
    /// `performance.plan-stage` with the stage at hand.
    pub fn expect(self, needed: PlanStage) -> Result<(), Refusal> {
        if self == needed {
            return Ok(());
        }
        let code = match self {
            Self::Fixed => "performance.plan-fixed",
            _ => "performance.plan-stage",
        };
        Err(Refusal::new(code, "E3").with_code("stage", self))
    }
}

/// The day before which a plan is fixed: the first day of the service, or the day after the signatures when
/// those came later, so that no contract begins without any day for its plan (E3).
pub fn fix_before(starts: Date, signed: Option<Date>) -> Date {
    let after = signed.and_then(|day| day.tomorrow().ok());
    after.map_or(starts, |after| after.max(starts))
}

/// Refuses a plan that somebody checks who wrote it (C14), or that would be fixed too late: `before` is
/// `fix_before` (E3).
///
/// # Errors
/// `performance.own-plan`, `performance.plan-too-late`.
pub fn check_fix(writer: PersonId, checker: PersonId, today: Date, before: Date) -> Result<(), Refusal> {
    if writer == checker {
        return Err(Refusal::new("performance.own-plan", "C14"));
    }
    if today >= before {
        return Err(Refusal::new("performance.plan-too-late", "E3").with("before", before));
    }
    Ok(())
}

/// Refuses to give a plan back without saying why.
///
/// # Errors
/// `performance.note-missing` at `note`.
pub fn check_return(note: &str) -> Result<(), Refusal> {
    if note.trim().is_empty() {
        return Err(Refusal::new("performance.note-missing", "C14").at("note"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::day;

    #[test]
    fn a_plan_is_checked_by_another_person_before_the_first_day() {
        let starts = day(2026, 3, 1);
        for (writer, checker, today, expected) in [
            (1, 2, day(2026, 2, 28), None),
            (1, 1, day(2026, 2, 28), Some("performance.own-plan")),
            (1, 2, day(2026, 3, 1), Some("performance.plan-too-late")),
            (1, 2, day(2026, 9, 1), Some("performance.plan-too-late")),
        ] {
            let found = check_fix(PersonId(writer), PersonId(checker), today, starts);
            assert_eq!(found.err().map(|refusal| refusal.code), expected, "{writer} {checker} {today}");
        }
        for (signed, expected) in [
            (None, starts),
            (Some(day(2026, 2, 1)), starts),
            (Some(day(2026, 2, 28)), starts),
            (Some(day(2026, 3, 1)), day(2026, 3, 2)),
            (Some(day(2026, 3, 9)), day(2026, 3, 10)),
        ] {
            assert_eq!(fix_before(starts, signed), expected, "{signed:?}");
        }
        assert_eq!(check_return(" ").unwrap_err().code, "performance.note-missing");
    }

    #[test]
    fn a_fixed_plan_stays() {
        assert_eq!(PlanStage::Drafted.expect(PlanStage::Drafted), Ok(()));
        let fixed = PlanStage::Fixed.expect(PlanStage::Drafted).unwrap_err();
        assert_eq!(fixed.code, "performance.plan-fixed");
        assert_eq!(PlanStage::Drafted.expect(PlanStage::Fixed).unwrap_err().code, "performance.plan-stage");
    }
}
