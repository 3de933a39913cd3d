//! What is drawn anew for each answer: the key of its forms and the nonce of its scripts.
//!
//! Whoever reads the key makes the answer the reader's own. A nonce belongs to the answer's bytes and its
//! policy and is kept and shared with both: what was stored before they were made cannot name it, and what
//! is committed after makes new ones.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use app::{Chance, Error};

/// Drawn anew for each answer; shared by all copies of its frame.
#[derive(Clone, Debug)]
pub struct Own {
    request_key: String,
    nonce: String,
    has_key: Arc<AtomicBool>,
    has_nonce: Arc<AtomicBool>,
    has_frames: Arc<AtomicBool>,
}

impl Own {
    /// Draws both.
    ///
    /// # Errors
    /// The system has no randomness.
    pub fn draw(chance: &Chance) -> Result<Self, Error> {
        Ok(Self::of(chance.token()?, chance.token()?))
    }

    /// From given texts, for samples.
    pub fn of(request_key: String, nonce: String) -> Self {
        Self {
            request_key,
            nonce,
            has_key: Arc::default(),
            has_nonce: Arc::default(),
            has_frames: Arc::default(),
        }
    }

    /// A key for a form, so that sending it twice does its work once.
    pub fn request_key(&self) -> &str {
        self.has_key.store(true, Ordering::Relaxed);
        &self.request_key
    }

    /// The nonce of this answer's content security policy.
    pub fn nonce(&self) -> &str {
        self.has_nonce.store(true, Ordering::Relaxed);
        &self.nonce
    }

    /// The nonce, when the page has used it.
    pub fn used_nonce(&self) -> Option<&str> {
        self.has_nonce.load(Ordering::Relaxed).then_some(self.nonce.as_str())
    }

    /// Lets this answer hold frames of our own addresses.
    pub fn frames(&self) {
        self.has_frames.store(true, Ordering::Relaxed);
    }

    /// Whether the answer holds frames of our own addresses.
    pub fn has_frames(&self) -> bool {
        self.has_frames.load(Ordering::Relaxed)
    }

    /// Whether the answer may be given to others: no form in it does its work once.
    pub fn may_be_shared(&self) -> bool {
        !self.has_key.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::Own;

    #[test]
    fn reading_the_key_makes_the_answer_the_readers_own() {
        let fresh = || Own::of("key".to_owned(), "nonce".to_owned());
        let (unread, keyed, scripted) = (fresh(), fresh(), fresh());
        keyed.clone().request_key();
        scripted.clone().nonce();
        assert_eq!([&unread, &keyed, &scripted].map(Own::may_be_shared), [true, false, true]);
        assert_eq!(keyed.used_nonce(), None);
        assert_eq!(scripted.used_nonce(), Some("nonce"));
    }
}
