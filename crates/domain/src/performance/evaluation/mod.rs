//! Three-party evaluation: experts, recipients and the purchaser judge by indicators that were fixed before the
//! service began (E1, E3, S71, S72, C56).

pub mod closing;
pub mod indicator;
pub mod plan;
pub mod renewal;
pub mod score;
pub mod sheet;
pub mod stage;
pub mod weights;
pub mod yearly;

pub use indicator::{Indicator, IndicatorGroup, IndicatorHead, ServiceKind};
pub use plan::PlanStage;
pub use score::{EvaluationGrade, PartyScores};
pub use stage::{EvaluationKind, EvaluationStage};
pub use weights::Weights;
