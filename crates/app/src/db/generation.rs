//! The generation of what visitors may see, read before every answer that is shared between them.
//!
//! Many ask at once, and each needs a reading that began after it asked. So a reading under way is not
//! joined, but one reading answers all who came before it began.

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Mutex;

use super::DbError;

/// The counter's name.
pub(crate) const GENERATION: &str = "public";
/// Reads it.
pub(super) const READ: &str = "SELECT value FROM counter WHERE name = 'public'";

/// Who has asked, and how far the last reading reached.
#[derive(Default)]
pub struct Turns {
    asked: AtomicU64,
    last: Mutex<Option<Reading>>,
}

#[derive(Clone, Copy)]
struct Reading {
    /// All who asked before this number had asked when the reading began.
    before: u64,
    value: i64,
}

impl Turns {
    /// The number that `read` gives, from a reading that began after this call.
    ///
    /// # Errors
    /// What `read` says; the next in line then reads anew.
    pub async fn share<F>(&self, read: impl FnOnce() -> F) -> Result<i64, DbError>
    where
        F: Future<Output = Result<i64, DbError>>,
    {
        let turn = self.asked.fetch_add(1, Ordering::SeqCst);
        let mut last = self.last.lock().await;
        if let Some(reading) = last.filter(|reading| turn < reading.before) {
            return Ok(reading.value);
        }
        let before = self.asked.load(Ordering::SeqCst);
        let value = read().await?;
        *last = Some(Reading { before, value });
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};
    use std::time::Duration;

    use super::Turns;

    #[tokio::test]
    async fn those_who_ask_together_share_one_reading_and_none_gets_an_older_one() {
        let (turns, reads, truth) =
            (Arc::new(Turns::default()), Arc::new(AtomicI64::new(0)), Arc::new(AtomicI64::new(0)));
        let ask = || {
            let (turns, reads, truth) = (Arc::clone(&turns), Arc::clone(&reads), Arc::clone(&truth));
            tokio::spawn(async move {
                let known = truth.load(Ordering::SeqCst);
                let reading = turns.share(|| async {
                    reads.fetch_add(1, Ordering::SeqCst);
                    let value = truth.load(Ordering::SeqCst);
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    Ok(value)
                });
                (known, reading.await.expect("read"))
            })
        };
        let mut asked = Vec::new();
        for round in 0..20 {
            truth.store(round, Ordering::SeqCst);
            asked.extend((0..10).map(|_| ask()));
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        for one in asked {
            let (known, read) = one.await.expect("answered");
            assert!(read >= known, "a reading of {read} for one who knew of {known}");
        }
        assert!(reads.load(Ordering::SeqCst) < 100, "200 askers caused {reads:?} readings");
    }
}
