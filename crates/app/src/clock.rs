//! The one place that reads the wall clock.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use domain::kernel::Moment;

/// A city's clock. A replay holds it still; a demo shifts it; elsewhere it is the wall clock.
pub struct Clock {
    mode: Mode,
}

enum Mode {
    Wall,
    Held(AtomicI64),
    Shifted(AtomicI64),
}

impl Clock {
    /// The wall clock.
    pub fn wall() -> Self {
        Self { mode: Mode::Wall }
    }

    /// A clock that stands still at `at` until it is moved.
    pub fn held(at: Moment) -> Self {
        Self { mode: Mode::Held(AtomicI64::new(at.0)) }
    }

    /// A clock that shows `at` now and runs on from there.
    pub fn shifted(at: Moment) -> Self {
        Self { mode: Mode::Shifted(AtomicI64::new(at.0 - wall().0)) }
    }

    /// The present moment.
    pub fn now(&self) -> Moment {
        match &self.mode {
            Mode::Wall => wall(),
            Mode::Held(at) => Moment(at.load(Ordering::SeqCst)),
            Mode::Shifted(offset) => Moment(wall().0 + offset.load(Ordering::SeqCst)),
        }
    }

    /// Moves a held or shifted clock forward to `to`; answers false for the wall clock and for the past.
    pub fn move_to(&self, to: Moment) -> bool {
        let ahead = to.0 - self.now().0;
        if ahead < 0 {
            return false;
        }
        match &self.mode {
            Mode::Wall => false,
            Mode::Held(at) => {
                at.fetch_max(to.0, Ordering::SeqCst);
                true
            }
            Mode::Shifted(offset) => {
                offset.fetch_add(ahead, Ordering::SeqCst);
                true
            }
        }
    }

    /// Whether this clock can be moved.
    pub fn is_movable(&self) -> bool {
        !matches!(self.mode, Mode::Wall)
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
fn wall() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    Moment(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}
