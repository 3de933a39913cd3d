//! Passwords: argon2id, hashed off the async threads, never printed.

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use domain::kernel::Refusal;

use crate::{Chance, Error};

/// How hard a password is hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hashing {
    /// 64 MiB, three passes: for real accounts.
    Full,
    /// Cheap, because demo passwords are printed on the screen anyway.
    Demo,
}

const FULL_KIB: u32 = 64 * 1024;
const DEMO_KIB: u32 = 256;

/// The least number of characters in a password (NIST SP 800-63B-4 for a single factor).
pub const LENGTH_MIN: usize = 15;
/// The most: enough for any sentence, short enough to hash.
pub const LENGTH_MAX: usize = 200;

impl Hashing {
    fn argon2(self) -> Argon2<'static> {
        let (memory, passes) = match self {
            Hashing::Full => (FULL_KIB, 3),
            Hashing::Demo => (DEMO_KIB, 1),
        };
        let params = Params::new(memory, passes, 1, None).unwrap_or_default();
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
    }

    /// The text to store for `password`.
    ///
    /// # Errors
    /// `Refused` for a password that is too short or too long.
    pub async fn hash(self, password: &str) -> Result<String, Error> {
        if self == Hashing::Full {
            check_length(password, "password")?;
        }
        let password = password.to_owned();
        run(move || self.argon2().hash_password(password.as_bytes()).map(|hash| hash.to_string()).ok())
            .await?
            .ok_or_else(|| Error::Folder("the password could not be hashed".to_owned()))
    }

    /// Whether `password` belongs to `stored`. Without a stored hash it works as long and says no, so
    /// that an unknown login cannot be told from a wrong password.
    ///
    /// # Errors
    /// The hashing thread failed.
    pub async fn matches(self, password: &str, stored: Option<String>) -> Result<bool, Error> {
        let password: String = password.chars().take(LENGTH_MAX + 1).collect();
        run(move || {
            let Some(stored) = stored else {
                let _ = self.argon2().hash_password(password.as_bytes());
                return false;
            };
            let Ok(hash) = argon2::PasswordHash::new(&stored) else { return false };
            Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
        })
        .await
    }
}

/// Whether `password` is long enough, and not too long, to be somebody's own.
///
/// # Errors
/// A refusal at `field` (E11).
pub fn check_length(password: &str, field: &str) -> Result<(), Refusal> {
    if (LENGTH_MIN..=LENGTH_MAX).contains(&password.chars().count()) {
        return Ok(());
    }
    let refusal = Refusal::new("access.password-length", "E11").at(field);
    Err(refusal.with("least", LENGTH_MIN).with("most", LENGTH_MAX))
}

/// Letters and digits that nobody takes for one another when read from paper.
const PLAIN: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
/// The letter for five random bits.
fn plain_letter(byte: u8) -> char {
    char::from(PLAIN.get(usize::from(byte % 32)).copied().unwrap_or(b'a'))
}

/// `count` letters at random, at most 32, that nobody takes for one another.
///
/// # Errors
/// The random source failed.
pub(super) fn letters(chance: &Chance, count: usize) -> Result<String, Error> {
    Ok(chance.bytes()?.iter().take(count).map(|byte| plain_letter(*byte)).collect())
}

/// Letters of a one-time password; five bits each.
const ONE_TIME_LETTERS: usize = 20;
/// Letters between two hyphens.
const ONE_TIME_GROUP: usize = 5;

/// A password to be used once: 100 random bits in groups that can be read aloud.
///
/// # Errors
/// The random source failed.
pub fn one_time(chance: &Chance) -> Result<String, Error> {
    let mut password = String::new();
    for (place, byte) in chance.bytes()?.iter().take(ONE_TIME_LETTERS).enumerate() {
        if place > 0 && place % ONE_TIME_GROUP == 0 {
            password.push('-');
        }
        password.push(plain_letter(*byte));
    }
    Ok(password)
}

async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Error::Folder("the hashing thread stopped".to_owned()))
}

#[cfg(test)]
mod tests {
    use domain::kernel::{Date, RuleKey};

    use super::{LENGTH_MIN, PLAIN, check_length, one_time};
    use crate::Chance;
    use crate::tendering::bid_draft::{FILE_MIB_MAX, FILES_MAX};

    #[test]
    fn what_the_rule_pages_publish_is_what_the_program_does() {
        let (book, _, _) = crate::rulebook::load(None).expect("the shipped book");
        let rules = book.on(Date::constant(2026, 1, 5));
        assert_eq!(rules.count(RuleKey::PasswordLengthMin), LENGTH_MIN);
        assert_eq!(rules.count(RuleKey::AttachmentsMax), FILES_MAX);
        assert_eq!(rules.number(RuleKey::AttachmentMaxMegabytes).to_string(), FILE_MIB_MAX.to_string());
    }

    #[test]
    fn a_one_time_password_is_long_enough_and_its_letters_differ() {
        let first = one_time(&Chance::seeded(1)).expect("a password");
        assert_eq!(check_length(&first, "password"), Ok(()));
        assert_ne!(first, one_time(&Chance::seeded(2)).expect("another"));
        let once: std::collections::BTreeSet<&u8> = PLAIN.iter().collect();
        assert_eq!(once.len(), PLAIN.len());
    }
}
