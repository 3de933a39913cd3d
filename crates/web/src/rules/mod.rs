//! Rules for everyone: what each rule says, where it comes from, its dated values, and the working days.

pub mod calendar;
pub mod list;
pub mod one;
