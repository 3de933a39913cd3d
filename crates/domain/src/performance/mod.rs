//! What a contract brings about, and how that is judged.

pub mod survey;
