//! SHA-256 digests as values: compared, ordered and printed, never mistaken for other bytes.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest as _, Sha256};

use crate::{base32, hex};

const BLOCK_BYTES: usize = 64;

/// A SHA-256 or HMAC-SHA256 result of 32 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// SHA-256 of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// HMAC-SHA256 of `message` under a 32-byte key.
    pub fn keyed(key: &[u8; 32], message: &[u8]) -> Self {
        // HMAC pads a short key with zeros to one block; doing it here leaves no length that could be wrong.
        let mut block = [0_u8; BLOCK_BYTES];
        for (place, byte) in block.iter_mut().zip(key) {
            *place = *byte;
        }
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(message);
        Self(mac.finalize().into_bytes().into())
    }

    /// Lower-case hexadecimal, 64 characters.
    pub fn hex(&self) -> String {
        hex::encode(&self.0)
    }

    /// The digest that `text` spells in 64 hexadecimal characters.
    pub fn from_hex(text: &str) -> Option<Self> {
        hex::decode(text)?.try_into().ok().map(Self)
    }

    /// The first 80 bits in four groups of four characters, for comparing by eye or by telephone.
    pub fn fingerprint(&self) -> String {
        let code: Vec<char> = base32::encode(&self.0).chars().take(16).collect();
        code.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_of_abc_is_the_standards_digest() {
        let digest = Digest::of(b"abc");
        assert_eq!(digest.hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(digest.fingerprint(), "XJ4B-NP4P-AHH6-UQKB");
        assert_eq!(Digest::from_hex(&digest.hex()), Some(digest));
        assert_eq!(Digest::from_hex("ba78"), None);
    }
}
