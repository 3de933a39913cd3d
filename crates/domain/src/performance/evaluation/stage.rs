//! Rounds of evaluation and their stages: mid-term, yearly, final; reported, scored, heard, published (E3).

use crate::coded;
use crate::kernel::{Date, Refusal};

coded! {
    /// Which round it is.
    pub enum EvaluationKind as "evaluation_kind" {
        /// Half way: targets and what was reached so far, without a grade.
        MidTerm = "mid_term",
        /// The gate of a contract over several years (C51).
        Yearly = "yearly",
        /// At the end.
        Final = "final",
    }
}

impl EvaluationKind {
    /// Whether the three parties give scores, so that there is a grade.
    pub fn is_graded(self) -> bool {
        !matches!(self, Self::MidTerm)
    }
}

coded! {
    /// Where a round stands.
    pub enum EvaluationStage as "evaluation_stage" {
        /// The office reports what was reached.
        Reporting = "reporting",
        /// Experts and purchaser give scores, each alone.
        Scoring = "scoring",
        /// The provider has the result and may reply.
        Hearing = "hearing",
        /// Final and public.
        Published = "published",
    }
}

impl EvaluationStage {
    /// Refuses any stage but `needed`.
    ///
    /// # Errors
    /// `performance.evaluation-stage` with the stage at hand.
    pub fn expect(self, needed: EvaluationStage) -> Result<(), Refusal> {
        if self == needed {
            return Ok(());
        }
        Err(Refusal::new("performance.evaluation-stage", "E3").with_code("stage", self))
    }
}

/// The days of a contract that decide when a round may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    /// First day of the service.
    pub starts: Date,
    /// Last day of the last delivery.
    pub last_delivery: Date,
}

/// Refuses a round that comes too early or too late to say anything (E3).
///
/// # Errors
/// `performance.service-not-begun`, `performance.final-too-early`, `performance.mid-term-too-late`.
pub fn check_open(kind: EvaluationKind, course: &Course, today: Date) -> Result<(), Refusal> {
    if today < course.starts {
        return Err(Refusal::new("performance.service-not-begun", "E3").with("starts", course.starts));
    }
    match kind {
        EvaluationKind::Final if today < course.last_delivery => {
            Err(Refusal::new("performance.final-too-early", "E3").with("last", course.last_delivery))
        }
        EvaluationKind::MidTerm if today >= course.last_delivery => {
            Err(Refusal::new("performance.mid-term-too-late", "E3").with("last", course.last_delivery))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen::day;

    #[test]
    fn each_round_has_its_time() {
        let course = Course { starts: day(2026, 3, 1), last_delivery: day(2027, 2, 28) };
        for (kind, today, expected) in [
            (EvaluationKind::MidTerm, day(2026, 2, 28), Some("performance.service-not-begun")),
            (EvaluationKind::MidTerm, day(2026, 9, 1), None),
            (EvaluationKind::MidTerm, day(2027, 2, 28), Some("performance.mid-term-too-late")),
            (EvaluationKind::Final, day(2027, 2, 27), Some("performance.final-too-early")),
            (EvaluationKind::Final, day(2027, 2, 28), None),
            (EvaluationKind::Yearly, day(2027, 1, 1), None),
        ] {
            let found = check_open(kind, &course, today).err().map(|refusal| refusal.code);
            assert_eq!(found, expected, "{kind:?} {today}");
        }
        assert!(!EvaluationKind::MidTerm.is_graded() && EvaluationKind::Yearly.is_graded());
        let refusal = EvaluationStage::Hearing.expect(EvaluationStage::Scoring).unwrap_err();
        assert_eq!(refusal.code, "performance.evaluation-stage");
    }
}
