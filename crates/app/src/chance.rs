//! The one place that draws randomness.

use std::sync::Mutex;
use std::sync::PoisonError;

use sha2::{Digest, Sha256};

/// A source of random bytes.
pub struct Chance {
    source: Source,
}

enum Source {
    System,
    /// A test's stream: block n is SHA-256(seed, n).
    Seeded(Mutex<([u8; 32], u64)>),
}

impl Chance {
    /// The operating system's generator.
    pub fn system() -> Self {
        Self { source: Source::System }
    }

    /// A repeatable stream for tests.
    pub fn seeded(seed: u64) -> Self {
        let key = Sha256::digest(seed.to_be_bytes()).into();
        Self { source: Source::Seeded(Mutex::new((key, 0))) }
    }

    /// 32 random bytes.
    ///
    /// # Errors
    /// The operating system's generator failed; nothing secret may then be made.
    pub fn bytes(&self) -> Result<[u8; 32], crate::Error> {
        match &self.source {
            Source::System => {
                let mut bytes = [0; 32];
                getrandom::fill(&mut bytes)
                    .map_err(|error| crate::Error::Folder(format!("random source: {error}")))?;
                Ok(bytes)
            }
            Source::Seeded(state) => {
                let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                state.1 += 1;
                let mut block = Sha256::new();
                block.update(state.0);
                block.update(state.1.to_be_bytes());
                Ok(block.finalize().into())
            }
        }
    }

    /// A random token of 64 hexadecimal digits.
    ///
    /// # Errors
    /// As `bytes`.
    pub fn token(&self) -> Result<String, crate::Error> {
        Ok(self.bytes()?.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}
