//! What a contract brings about, on pages.

pub mod survey;
