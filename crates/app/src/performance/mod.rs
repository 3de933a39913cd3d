//! What a contract brings about: how it is delivered, accepted and judged.

pub mod evaluation;
pub mod feedback;
pub mod survey;
