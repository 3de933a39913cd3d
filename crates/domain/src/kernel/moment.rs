//! Instants and calendar dates. China keeps one offset all year, so Beijing time is UTC+08:00.

use std::fmt;

pub use jiff::civil::Date;
use jiff::civil::{DateTime, Time};

const OFFSET_SECONDS: i64 = 8 * 3600;
const MICROS_PER_SECOND: i64 = 1_000_000;

/// An instant: microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    /// The instant of a date and wall-clock time in Beijing; out-of-range parts clamp to the day's bounds.
    pub fn beijing(date: Date, hour: i8, minute: i8) -> Self {
        let time = Time::new(hour.clamp(0, 23), minute.clamp(0, 59), 0, 0).unwrap_or(Time::midnight());
        Self::of_local(date.to_datetime(time))
    }

    /// Midnight at the start of `date` in Beijing.
    pub fn start_of(date: Date) -> Self {
        Self::beijing(date, 0, 0)
    }

    /// The first instant after `date` in Beijing: the exclusive end of that day.
    pub fn end_of(date: Date) -> Self {
        Self(Self::start_of(date).0 + 86_400 * MICROS_PER_SECOND)
    }

    /// The Beijing calendar date of this instant.
    pub fn date(self) -> Date {
        self.local().date()
    }

    /// Hour and minute on a Beijing clock.
    pub fn hour_minute(self) -> (i8, i8) {
        let local = self.local();
        (local.hour(), local.minute())
    }

    /// This instant moved by whole seconds (negative is earlier); saturates at the ends of time.
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(MICROS_PER_SECOND)))
    }

    /// Whole seconds from `earlier` to here, negative when `earlier` is later.
    pub fn seconds_since(self, earlier: Moment) -> i64 {
        (self.0 - earlier.0).div_euclid(MICROS_PER_SECOND)
    }

    /// RFC 3339 text in Beijing time with microseconds.
    pub fn rfc3339(self) -> String {
        let local = self.local();
        let micros = self.0.rem_euclid(MICROS_PER_SECOND);
        format!(
            "{}T{:02}:{:02}:{:02}.{micros:06}+08:00",
            local.date(),
            local.hour(),
            local.minute(),
            local.second()
        )
    }

    fn local(self) -> DateTime {
        let seconds = self.0.div_euclid(MICROS_PER_SECOND).saturating_add(OFFSET_SECONDS);
        jiff::Timestamp::from_second(seconds)
            .map(|stamp| jiff::tz::Offset::UTC.to_datetime(stamp))
            .unwrap_or(DateTime::MAX)
    }

    fn of_local(local: DateTime) -> Self {
        let seconds = jiff::tz::Offset::UTC.to_timestamp(local).map_or(0, |stamp| stamp.as_second());
        Self((seconds - OFFSET_SECONDS) * MICROS_PER_SECOND)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn beijing_is_eight_hours_ahead_of_utc() {
        assert_eq!(Moment::start_of(date(1970, 1, 1)).0, -8 * 3600 * 1_000_000);
        assert_eq!(Moment::beijing(date(2014, 2, 21), 9, 0).rfc3339(), "2014-02-21T09:00:00.000000+08:00");
    }

    #[test]
    fn a_day_ends_where_the_next_begins() {
        assert_eq!(Moment::end_of(date(2014, 2, 28)), Moment::start_of(date(2014, 3, 1)));
        assert_eq!(Moment::beijing(date(2014, 2, 28), 23, 59).date(), date(2014, 2, 28));
    }

    #[test]
    fn no_instant_is_too_far_to_print() {
        assert!(!Moment(i64::MAX).rfc3339().is_empty());
        assert!(!Moment(i64::MIN).rfc3339().is_empty());
    }
}
