//! The steps of a draw in the one order that is fair: list and rule are fixed, then chance comes in, then the lots
//! are read. Every draw of the city takes these steps, so none can see its chance before its list.

use serde_json::{Value, json};

use super::{Commitment, DrawProblem, Need, PoolEntry, draw, pool_file, seed};
use crate::canonical::{NotCanonical, canonical};
use crate::{Digest, hex};

/// What a draw from one group is for, and what it must yield.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The public number of what it is for.
    pub subject: String,
    /// 1, 2, …: a repeated draw shows how often it was tried.
    pub attempt: i64,
    /// The group.
    pub stratum: &'static str,
    /// How many it must yield.
    pub need: usize,
    /// What the beacon will be and when, in words.
    pub beacon: String,
}

/// A draw whose list and rule are fixed and whose chance is still out.
pub struct Committed {
    pool: Vec<PoolEntry>,
    pool_file: String,
    needs: Vec<Need>,
    secret: [u8; 32],
    commitment: Commitment,
    digest: Digest,
}

/// A draw that was held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its seed.
    pub seed: String,
    /// Codes that won, lowest ticket first.
    pub winners: Vec<String>,
    /// The other eligible codes in the order in which they are called.
    pub reserves: Vec<String>,
    /// What is published: commitment, list, secret, beacon, seed and winners.
    pub record: Value,
}

impl Committed {
    /// Fixes the list and commits to it and to `secret`, which nobody else knows yet.
    ///
    /// # Errors
    /// `NotCanonical` when the terms hold what canonical JSON cannot.
    pub fn new(terms: Terms, pool: Vec<PoolEntry>, secret: [u8; 32]) -> Result<Self, NotCanonical> {
        let pool_file = pool_file(&pool);
        let needs = vec![Need { stratum: terms.stratum.to_owned(), count: terms.need }];
        let commitment = Commitment {
            tender: terms.subject,
            attempt: u64::try_from(terms.attempt).unwrap_or(0),
            needs: needs.clone(),
            pool: Digest::of(pool_file.as_bytes()),
            commits: vec![Digest::of(&secret)],
            beacon: terms.beacon,
        };
        let digest = commitment.digest()?;
        Ok(Self { pool, pool_file, needs, secret, commitment, digest })
    }

    /// The list as published.
    pub fn pool_file(&self) -> &str {
        &self.pool_file
    }

    /// The commitment as published: the text whose digest goes into the seed. A draw whose beacon comes on another
    /// day keeps it, with the secret, and reads its seed from [`seed_of`] then.
    ///
    /// # Errors
    /// `NotCanonical`, as [`Committed::new`].
    pub fn text(&self) -> Result<String, NotCanonical> {
        Ok(String::from_utf8_lossy(&canonical(&self.commitment.value())?).into_owned())
    }

    /// Holds the draw with the value that the beacon took.
    ///
    /// # Errors
    /// `PoolTooSmall`, `CodeTwice`.
    pub fn hold(self, beacon: &str) -> Result<Held, DrawProblem> {
        let seed = seed(&self.digest, &[self.secret], beacon);
        let lot = draw(&seed, &self.pool, &self.needs)?.into_iter().next();
        let (winners, reserves) = lot.map(|lot| (lot.winners, lot.reserves)).unwrap_or_default();
        let record = json!({
            "commitment": self.commitment.value(),
            "commitment_sha256": self.digest.hex(),
            "pool_file": self.pool_file,
            "secrets": [hex::encode(&self.secret)],
            "beacon": beacon,
            "seed": seed,
            "winners": winners,
        });
        Ok(Held { seed, winners, reserves, record })
    }
}

/// The seed of a draw that was committed to on an earlier day, from [`Committed::text`].
pub fn seed_of(commitment: &str, secret: [u8; 32], beacon: &str) -> String {
    seed(&Digest::of(commitment.as_bytes()), &[secret], beacon)
}

/// A beacon out of lines that no single party controls: SHA-256 of the sorted lines, each ended.
pub fn beacon_of(mut lines: Vec<String>) -> String {
    lines.sort();
    let text: String = lines.into_iter().map(|line| line + "\n").collect();
    Digest::of(text.as_bytes()).hex()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: [u8; 32] = [7; 32];

    fn entry(code: &str, excluded: Option<&str>) -> PoolEntry {
        let (code, excluded) = (code.to_owned(), excluded.map(str::to_owned));
        PoolEntry { code, stratum: "expert".to_owned(), excluded }
    }

    fn committed(need: usize) -> Committed {
        let terms = Terms {
            subject: "宁民购2014-01-03".to_owned(),
            attempt: 1,
            stratum: "expert",
            need,
            beacon: "ssq 2014021".to_owned(),
        };
        let pool = ["AAAA", "BBBB", "CCCC", "DDDD"].map(|code| entry(code, None));
        let pool = pool.into_iter().chain([entry("EEEE", Some("employed_3y"))]).collect();
        Committed::new(terms, pool, SECRET).unwrap()
    }

    #[test]
    fn what_is_held_at_once_is_what_a_later_day_reads_from_the_commitment() {
        let text = committed(2).text().unwrap();
        let held = committed(2).hold("03 07 12").unwrap();
        assert_eq!(seed_of(&text, SECRET, "03 07 12"), held.seed);
        assert_ne!(seed_of(&text, SECRET, "03 07 13"), held.seed);
        assert_eq!(held.record["commitment_sha256"], Digest::of(text.as_bytes()).hex());
        assert_eq!(held.record["pool_file"], committed(2).pool_file());
    }

    #[test]
    fn the_record_is_all_that_a_stranger_needs() {
        let held = committed(2).hold("03 07 12").unwrap();
        let mut codes = vec!["AAAA", "BBBB", "CCCC", "DDDD"];
        codes.sort_by_key(|code| super::super::ticket(&held.seed, code));
        let called: Vec<&String> = held.winners.iter().chain(&held.reserves).collect();
        assert_eq!(called, codes, "the excluded is not called");
        assert_eq!(held.record["winners"].as_array().map(Vec::len), Some(2));
        assert_eq!(held.record["secrets"][0], hex::encode(&SECRET));
        assert!(matches!(committed(5).hold("x"), Err(DrawProblem::PoolTooSmall { eligible: 4, .. })));
    }

    #[test]
    fn a_beacon_of_lines_does_not_depend_on_their_order() {
        let lines = |of: [&str; 2]| of.map(str::to_owned).to_vec();
        assert_eq!(beacon_of(lines(["b", "a"])), Digest::of(b"a\nb\n").hex());
        assert_eq!(beacon_of(lines(["a", "b"])), beacon_of(lines(["b", "a"])));
    }
}
