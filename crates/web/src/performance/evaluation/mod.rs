//! Three-party evaluation: the plan, the rounds, the experts' sheets, the result with its reply, the public list.

pub mod desk;
pub mod expert;
pub mod list;
pub mod own;
pub mod plan;
pub mod public;
pub mod sheets;
mod view;

use domain::kernel::Coded;
use domain::performance::evaluation::{EvaluationGrade, EvaluationStage, PlanStage};

/// The tone of a grade's tag.
pub fn grade_tone(grade: &EvaluationGrade) -> &'static str {
    match grade {
        EvaluationGrade::You | EvaluationGrade::Liang => "ok",
        EvaluationGrade::Zhong => "warn",
        EvaluationGrade::Cha => "stop",
    }
}

/// The tone of a round's tag.
pub fn stage_tone(stage: &EvaluationStage) -> &'static str {
    match stage {
        EvaluationStage::Reporting | EvaluationStage::Scoring => "wait",
        EvaluationStage::Hearing => "live",
        EvaluationStage::Published => "ok",
    }
}

/// The tone of a plan's tag.
pub fn plan_tone(stage: &PlanStage) -> &'static str {
    match stage {
        PlanStage::Drafted => "wait",
        PlanStage::Submitted => "live",
        PlanStage::Fixed => "ok",
    }
}

/// The code of a member of a closed list, for addresses and hidden fields.
pub(in crate::performance) fn code_of<C: Coded>(member: &C) -> &'static str {
    member.code()
}
