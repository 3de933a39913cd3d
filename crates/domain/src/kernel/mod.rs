//! What every rule speaks in: ids, money, moments, working days, codes, actors, dated rules, refusals.
//!
//! Invariant: the kernel knows no capability; capabilities know the kernel.

mod actor;
mod coded;
mod ids;
mod moment;
mod money;
mod refusal;

pub use actor::{Actor, Post, Role, Scope};
pub use coded::Coded;
pub use ids::*;
pub use moment::{Date, Moment};
pub use money::Fen;
pub use refusal::{Fact, Refusal};
