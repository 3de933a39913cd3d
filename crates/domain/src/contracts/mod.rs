//! Contracts: what was competed for, in writing, signed by both sides, and not a word of substance changed
//! (C26, C50-C53).

pub mod clauses;
pub mod contract;
pub mod files;
pub mod milestone;
pub mod plan;
pub mod signature;
pub mod stage;
pub mod supplement;
pub mod term;

pub use contract::{ContractDraft, ContractPart};
pub use milestone::Milestone;
pub use plan::DeductionKind;
pub use signature::{Side, Signature};
pub use stage::ContractStage;
pub use term::{LongTermTick, Term};
