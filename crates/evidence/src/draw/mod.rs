//! The verifiable draw: first the list, then the rule, and only then the chance (TRUST 2b).
//!
//! The pool is frozen and its digest committed to; several parties commit to secrets; a public beacon
//! nobody controls joins them; the lowest tickets win. Anyone recomputes it with `sha256sum` and `sort`.
//! Codes are pseudonyms made anew for each draw, so that the public list names nobody.

mod steps;

use crate::{Digest, base32, hex};
use serde_json::{Value, json};

pub use steps::{Committed, Held, Terms, beacon_of, seed_of};

/// Characters of a pseudonym: 50 bits, enough that two of one pool hardly ever meet.
const CODE_CHARACTERS: usize = 10;

/// One candidate as the public sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolEntry {
    /// Pseudonym from [`code`].
    pub code: String,
    /// The group within which the draw chooses, such as a field of expertise.
    pub stratum: String,
    /// Code of the rule that excludes the candidate; `None` when eligible.
    pub excluded: Option<String>,
}

/// How many a stratum must yield.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The group.
    pub stratum: String,
    /// Seats to fill from it.
    pub count: usize,
}

/// What is published before chance enters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commitment {
    /// The tender's public number.
    pub tender: String,
    /// 1, 2, …: a repeated draw shows how often it was tried.
    pub attempt: u64,
    /// What is drawn.
    pub needs: Vec<Need>,
    /// Digest of [`pool_file`].
    pub pool: Digest,
    /// Digests of the parties' 32-byte secrets, in the order in which they will be revealed.
    pub commits: Vec<Digest>,
    /// What the beacon will be and when, in words.
    pub beacon: String,
}

/// The outcome for one stratum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The group.
    pub stratum: String,
    /// Codes that won, lowest ticket first.
    pub winners: Vec<String>,
    /// The remaining eligible codes in the order in which they are called.
    pub reserves: Vec<String>,
}

/// Why a draw cannot be held or does not verify.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DrawProblem {
    /// Fewer eligible candidates than seats.
    PoolTooSmall {
        /// The group.
        stratum: String,
        /// Seats to fill.
        needed: usize,
        /// Candidates who may be drawn.
        eligible: usize,
    },
    /// The same code stands twice in the pool.
    CodeTwice {
        /// The code.
        code: String,
    },
    /// A revealed secret is not the one committed to; counted from 1.
    SecretDiffers {
        /// Its place in the list.
        place: usize,
    },
}

/// The pseudonym of `expert` in the draw whose random salt is `draw_salt`.
pub fn code(draw_salt: &[u8; 32], expert: &str) -> String {
    let digest = Digest::keyed(draw_salt, expert.as_bytes());
    base32::encode(&digest.0).chars().take(CODE_CHARACTERS).collect()
}

/// The pool as published: a CSV of code, stratum, eligible, reason, sorted by code.
pub fn pool_file(pool: &[PoolEntry]) -> String {
    let mut lines: Vec<String> = pool
        .iter()
        .map(|entry| {
            let eligible = if entry.excluded.is_none() { "yes" } else { "no" };
            let reason = entry.excluded.as_deref().unwrap_or("");
            format!("{},{},{eligible},{}\n", entry.code, field(&entry.stratum), field(reason))
        })
        .collect();
    lines.sort();
    format!("code,stratum,eligible,reason\n{}", lines.concat())
}

impl Commitment {
    /// The commitment as a value whose canonical JSON is published and hashed.
    pub fn value(&self) -> Value {
        json!({
            "v": "nj-draw-commit/v1",
            "tender": self.tender,
            "attempt": self.attempt,
            "need": self.needs.iter().map(|need| json!({"stratum": need.stratum, "count": need.count})).collect::<Vec<_>>(),
            "pool_sha256": self.pool.hex(),
            "commits": self.commits.iter().map(Digest::hex).collect::<Vec<_>>(),
            "beacon": self.beacon,
        })
    }

    /// SHA-256 of the canonical commitment.
    pub fn digest(&self) -> Result<Digest, crate::canonical::NotCanonical> {
        Ok(Digest::of(&crate::canonical::canonical(&self.value())?))
    }

    /// Checks that the revealed secrets are those committed to, in order.
    pub fn check_secrets(&self, secrets: &[[u8; 32]]) -> Result<(), DrawProblem> {
        let longest = self.commits.len().max(secrets.len());
        for index in 0..longest {
            let revealed = secrets.get(index).map(|secret| Digest::of(secret));
            if revealed.is_none() || revealed.as_ref() != self.commits.get(index) {
                return Err(DrawProblem::SecretDiffers { place: index + 1 });
            }
        }
        Ok(())
    }
}

/// The seed in hexadecimal: SHA-256 over a head line, the commitment's digest, each secret and the beacon,
/// one per line.
pub fn seed(commitment: &Digest, secrets: &[[u8; 32]], beacon: &str) -> String {
    let mut text = format!("nj-draw-seed/v1\n{commitment}\n");
    for secret in secrets {
        text.push_str(&hex::encode(secret));
        text.push('\n');
    }
    text.push_str(beacon);
    text.push('\n');
    Digest::of(text.as_bytes()).hex()
}

/// The ticket of a code under a seed: SHA-256("nj-draw/v1\n" seed "\n" code). The lowest wins.
pub fn ticket(seed: &str, code: &str) -> Digest {
    Digest::of(format!("nj-draw/v1\n{seed}\n{code}").as_bytes())
}

/// Holds the draw: in each stratum the lowest tickets of eligible candidates win, the others are reserves
/// in order. The order of `pool` does not matter.
pub fn draw(seed: &str, pool: &[PoolEntry], needs: &[Need]) -> Result<Vec<Drawn>, DrawProblem> {
    let mut codes: Vec<&String> = pool.iter().map(|entry| &entry.code).collect();
    codes.sort();
    for pair in codes.windows(2) {
        if let [first, second] = pair
            && first == second
        {
            return Err(DrawProblem::CodeTwice { code: (*first).clone() });
        }
    }
    needs.iter().map(|need| draw_stratum(seed, pool, need)).collect()
}

fn draw_stratum(seed: &str, pool: &[PoolEntry], need: &Need) -> Result<Drawn, DrawProblem> {
    let mut tickets: Vec<(Digest, &String)> = pool
        .iter()
        .filter(|entry| entry.stratum == need.stratum && entry.excluded.is_none())
        .map(|entry| (ticket(seed, &entry.code), &entry.code))
        .collect();
    if tickets.len() < need.count {
        return Err(DrawProblem::PoolTooSmall {
            stratum: need.stratum.clone(),
            needed: need.count,
            eligible: tickets.len(),
        });
    }
    tickets.sort();
    let reserves = tickets.split_off(need.count);
    let names = |tickets: Vec<(Digest, &String)>| tickets.into_iter().map(|(_, code)| code.clone()).collect();
    Ok(Drawn { stratum: need.stratum.clone(), winners: names(tickets), reserves: names(reserves) })
}

/// Commas and line breaks would move columns; strata and reasons are codes, so they lose nothing.
fn field(text: &str) -> String {
    text.replace([',', '"', '\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SALT: [u8; 32] = [9; 32];

    fn pool(size: usize) -> Vec<PoolEntry> {
        (0..size)
            .map(|number| PoolEntry {
                code: code(&SALT, &format!("expert-{number}")),
                stratum: "social_work".to_owned(),
                excluded: None,
            })
            .collect()
    }

    fn need(count: usize) -> Vec<Need> {
        vec![Need { stratum: "social_work".to_owned(), count }]
    }

    #[test]
    fn codes_seeds_and_tickets_are_those_that_python_computes() {
        assert_eq!(code(&SALT, "expert-0"), "4EIXZ5KAFZ");
        let found = seed(
            &Digest::of(b"commitment"),
            &[[1; 32], [2; 32], [3; 32]],
            "ssq 2014021 03 07 12 19 25 31 + 08",
        );
        assert_eq!(found, "e2fbec94a5919b24d966e2be671ad911f604bcc608715c6f38f9949ab9293c38");
        assert_eq!(
            ticket(&found, "4EIXZ5KAFZ").hex(),
            "8ac87ea656bcf2f4d13da368dc8f8003af70ad28cecffdd7b020ceb2d27e6884"
        );
    }

    #[test]
    fn the_lowest_tickets_win_and_the_excluded_never_do() {
        let mut entries = pool(20);
        let everyone = draw("s", &entries, &need(5)).unwrap();
        let loser = everyone[0].winners[0].clone();
        for entry in &mut entries {
            if entry.code == loser {
                entry.excluded = Some("employed_3y".to_owned());
            }
        }
        let without = draw("s", &entries, &need(5)).unwrap();
        // Taking one winner out moves the others up and calls the first reserve: nothing else changes.
        assert_eq!(without[0].winners[..4], everyone[0].winners[1..]);
        assert_eq!(without[0].winners[4], everyone[0].reserves[0]);
        assert!(!without[0].reserves.contains(&loser));
    }

    #[test]
    fn a_draw_that_cannot_be_fair_is_not_held() {
        let small = draw("s", &pool(4), &need(5));
        let expected =
            DrawProblem::PoolTooSmall { stratum: "social_work".to_owned(), needed: 5, eligible: 4 };
        assert_eq!(small, Err(expected));
        let mut twice = pool(5);
        twice.push(twice[0].clone());
        assert!(matches!(draw("s", &twice, &need(2)), Err(DrawProblem::CodeTwice { .. })));
    }

    #[test]
    fn secrets_must_be_those_committed_to() {
        let commitment = Commitment {
            tender: "宁民购2014-01-03".to_owned(),
            attempt: 1,
            needs: need(5),
            pool: Digest::of(pool_file(&pool(20)).as_bytes()),
            commits: vec![Digest::of(&[1; 32]), Digest::of(&[2; 32])],
            beacon: "ssq 2014021".to_owned(),
        };
        assert_eq!(commitment.check_secrets(&[[1; 32], [2; 32]]), Ok(()));
        for (secrets, place) in
            [(vec![[1; 32], [3; 32]], 2), (vec![[1; 32]], 2), (vec![[1; 32], [2; 32], [3; 32]], 3)]
        {
            assert_eq!(commitment.check_secrets(&secrets), Err(DrawProblem::SecretDiffers { place }));
        }
        let again = Commitment { attempt: 2, ..commitment.clone() };
        assert_ne!(commitment.digest().unwrap(), again.digest().unwrap());
    }

    #[test]
    fn everyone_is_drawn_about_equally_often() {
        let entries = pool(12);
        let mut wins = std::collections::BTreeMap::new();
        let rounds = 3_000_i64;
        for round in 0..rounds {
            for winner in draw(&round.to_string(), &entries, &need(3)).unwrap().remove(0).winners {
                *wins.entry(winner).or_insert(0_i64) += 1;
            }
        }
        // Each is expected 750 times; chi-square with 11 degrees of freedom stays below 31.3 in 99.9 %.
        let expected = rounds * 3 / 12;
        let thousandths: i64 = wins.values().map(|seen| (seen - expected).pow(2) * 1000 / expected).sum();
        assert_eq!(wins.len(), 12);
        assert!(thousandths < 31_300, "{thousandths}");
    }

    proptest! {
        #[test]
        fn the_order_of_the_pool_does_not_matter(entries in Just(pool(15)).prop_shuffle(), seed in "[0-9a-f]{8}") {
            prop_assert_eq!(draw(&seed, &entries, &need(5)), draw(&seed, &pool(15), &need(5)));
            prop_assert_eq!(pool_file(&entries), pool_file(&pool(15)));
        }
    }
}
