//! What a contract brings about, and how that is judged.

pub mod evaluation;
pub mod feedback;
pub mod survey;
