//! A rule book and a calendar for tests: the values that RULES C states, without reading a file.

use std::sync::OnceLock;

use crate::kernel::*;

/// A date that exists.
pub(crate) fn day(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).unwrap()
}
