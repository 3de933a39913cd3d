//! The leaf of a journal entry: a salted commitment that says nothing until body and salt are shown.
//!
//! Why salted: bodies are guessable (a price, a yes or no), and a plain digest would let anyone test
//! guesses against the public log (TRUST 2c).

use crate::Digest;

/// The leaf of `body` (canonical JSON) under its own random 32-byte salt: HMAC-SHA256(salt, body).
pub fn leaf(salt: &[u8; 32], body: &[u8]) -> Digest {
    Digest::keyed(salt, body)
}

/// True when `body` and `salt` are what `leaf` committed to.
pub fn opens(leaf_seen: &Digest, salt: &[u8; 32], body: &[u8]) -> bool {
    leaf(salt, body) == *leaf_seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leaf_is_the_hmac_that_other_programs_compute() {
        let mut salt = [0_u8; 32];
        for (index, byte) in salt.iter_mut().enumerate() {
            *byte = u8::try_from(index).unwrap();
        }
        let found = leaf(&salt, br#"{"kind":"tender.published"}"#);
        assert_eq!(found.hex(), "65822b8f0619383680b3761704c881a58240c744e6ea41cef1fe8d85d27d5e75");
    }

    #[test]
    fn another_body_or_salt_does_not_open_the_leaf() {
        let seen = leaf(&[7; 32], b"{}");
        assert!(opens(&seen, &[7; 32], b"{}"));
        assert!(!opens(&seen, &[7; 32], b"{ }"));
        assert!(!opens(&seen, &[8; 32], b"{}"));
    }
}
