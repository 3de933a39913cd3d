//! The one place that reads the wall clock.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use domain::kernel::Moment;

/// A city's clock. A replay holds it still, a demo then lets it run on; elsewhere it is the wall clock.
pub struct Clock {
    mode: Mode,
}

enum Mode {
    Wall,
    /// Stands at `at`, or shows the wall clock plus `at` once it runs.
    Movable {
        at: AtomicI64,
        runs: AtomicBool,
    },
}

impl Clock {
    /// The wall clock.
    pub fn wall() -> Self {
        Self { mode: Mode::Wall }
    }

    /// A clock that stands still at `at` until it is moved.
    pub fn held(at: Moment) -> Self {
        Self { mode: Mode::Movable { at: AtomicI64::new(at.0), runs: AtomicBool::new(false) } }
    }

    /// Lets a held clock run on from where it stands.
    pub fn release(&self) {
        if let Mode::Movable { at, runs } = &self.mode
            && !runs.swap(true, Ordering::SeqCst)
        {
            at.fetch_sub(wall().0, Ordering::SeqCst);
        }
    }

    /// The present moment.
    pub fn now(&self) -> Moment {
        match &self.mode {
            Mode::Wall => wall(),
            Mode::Movable { at, runs } if runs.load(Ordering::SeqCst) => {
                Moment(wall().0 + at.load(Ordering::SeqCst))
            }
            Mode::Movable { at, .. } => Moment(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a held or released clock forward to `to`; answers false for the wall clock and for the past.
    pub fn move_to(&self, to: Moment) -> bool {
        let ahead = to.0 - self.now().0;
        if ahead < 0 {
            return false;
        }
        match &self.mode {
            Mode::Wall => false,
            Mode::Movable { at, .. } => {
                at.fetch_add(ahead, Ordering::SeqCst);
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
