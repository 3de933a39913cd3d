//! One answer: the message that a card signs, and the key that follows from the card.

use std::collections::BTreeMap;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use serde_json::json;
use sha2::Sha256;

use super::{CardCode, SCHEME};
use crate::{Digest, base32, canonical, hex};

/// What was answered: each question's code with a whole number.
pub type Answers = BTreeMap<String, i64>;

/// Characters of a receipt: eighty bits, enough that no two answers share one.
const RECEIPT_CHARACTERS: usize = 16;

/// The key of one card for one contract. It has no `Debug`: whoever holds it may answer.
pub struct CardKey(SigningKey);

impl CardKey {
    /// The key that follows from the code: its seed is HKDF-SHA256 of the code with the scheme and the
    /// contract's number, so a card of one contract says nothing under another.
    pub fn of(code: &CardCode, contract: &str) -> Self {
        let mut seed = [0_u8; 32];
        // Thirty-two bytes are within what HKDF gives, so expanding cannot fail; were it to, the key would
        // be one that no list holds.
        let info = format!("{SCHEME}|{contract}");
        let _ = Hkdf::<Sha256>::new(None, code.secret()).expand(info.as_bytes(), &mut seed);
        Self(SigningKey::from_bytes(&seed))
    }

    /// The public half in lower-case hexadecimal.
    pub fn public(&self) -> String {
        hex::encode(self.0.verifying_key().as_bytes())
    }

    /// The ballot's signature in lower-case hexadecimal.
    pub fn sign(&self, ballot: &Ballot) -> String {
        hex::encode(&self.0.sign(&ballot.message()).to_bytes())
    }
}

/// What a card signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// The contract's public number.
    pub contract: String,
    /// The answers.
    pub answers: Answers,
    /// A random text, so that equal answers are not equal messages.
    pub nonce: String,
}

impl Ballot {
    /// The canonical bytes that are signed.
    pub fn message(&self) -> Vec<u8> {
        let value = json!({
            "v": SCHEME,
            "contract": self.contract,
            "answers": self.answers,
            "nonce": self.nonce,
        });
        // Answers beyond what canonical form takes have no message, and nothing signs an empty one.
        canonical::canonical(&value).unwrap_or_default()
    }

    /// The receipt of this ballot under a signature: what the answerer keeps.
    pub fn receipt(&self, signature: &str) -> String {
        let mut bytes = self.message();
        bytes.push(b'\n');
        bytes.extend_from_slice(signature.as_bytes());
        let code: Vec<char> =
            base32::encode(&Digest::of(&bytes).0).chars().take(RECEIPT_CHARACTERS).collect();
        code.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }
}

/// Whether `signature` is that of the card with this public key over this ballot.
pub fn is_signed(ballot: &Ballot, public_key: &str, signature: &str) -> bool {
    let message = ballot.message();
    let key = hex::decode(public_key).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let signature = hex::decode(signature).and_then(|bytes| <[u8; 64]>::try_from(bytes).ok());
    let (Some(key), Some(signature)) = (key, signature) else { return false };
    let Ok(key) = VerifyingKey::from_bytes(&key) else { return false };
    !message.is_empty() && key.verify_strict(&message, &Signature::from_bytes(&signature)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ballot() -> Ballot {
        let answers = [("overall", 5), ("on_time", 4), ("is_proxy", 0)];
        let answers = answers.map(|(code, value)| (code.to_owned(), value)).into();
        Ballot { contract: "NJGZ-HT-2014-001".to_owned(), answers, nonce: "00".repeat(16) }
    }

    fn code() -> CardCode {
        let mut secret = [0; 16];
        for (place, byte) in secret.iter_mut().zip(0_u8..) {
            *place = byte;
        }
        CardCode::new(secret)
    }

    #[test]
    fn code_key_message_and_signature_are_those_that_python_computes() {
        assert_eq!(code().text(), VECTOR[0]);
        let key = CardKey::of(&code(), "NJGZ-HT-2014-001");
        assert_eq!(key.public(), VECTOR[1]);
        assert_eq!(String::from_utf8(ballot().message()).unwrap(), VECTOR[2]);
        assert_eq!(key.sign(&ballot()), VECTOR[3]);
        assert_eq!(ballot().receipt(VECTOR[3]), VECTOR[4]);
    }

    /// Made with Python's hashlib and the reference code of RFC 8032.
    const VECTOR: [&str; 5] = [
        "000G-40R4-0M30-E209-185G-R38E-1WEE",
        "91f0a827f4b148eabc2108bae08d1e95511af52b6fce8ade33232e620f9d81ac",
        r#"{"answers":{"is_proxy":0,"on_time":4,"overall":5},"contract":"NJGZ-HT-2014-001","nonce":"00000000000000000000000000000000","v":"gongzhi-survey/v1"}"#,
        "138c411e7264d255768cf5e3e110a3718ebda4b69dabad16a86fc9db8b9644f8792bdd91846251724de93975384f4b14a6dd744749df334303f6050f33de190b",
        "F25T-4NNL-LBFQ-Z6QK",
    ];

    #[test]
    fn a_signature_fits_one_ballot_of_one_card_of_one_contract() {
        let key = CardKey::of(&code(), "NJGZ-HT-2014-001");
        let (public, signature) = (key.public(), key.sign(&ballot()));
        assert!(is_signed(&ballot(), &public, &signature));
        let other = Ballot { nonce: "11".repeat(16), ..ballot() };
        assert!(!is_signed(&other, &public, &signature));
        let mut forged = ballot();
        forged.answers.insert("overall".to_owned(), 1);
        assert!(!is_signed(&forged, &public, &signature));
        let elsewhere = CardKey::of(&code(), "NJGZ-HT-2014-002");
        assert_ne!(elsewhere.public(), public, "a card has another key under another contract");
        assert!(!is_signed(&ballot(), &elsewhere.public(), &signature));
        for broken in ["", "zz", &signature[2..]] {
            assert!(!is_signed(&ballot(), &public, broken));
            assert!(!is_signed(&ballot(), broken, &signature));
        }
    }
}
