//! What a contract brings about, on the web.

pub mod evaluation;
pub mod feedback;
