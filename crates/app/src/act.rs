//! How anything is done: a command, its actor, one transaction, one journal entry.
//!
//! `App::act` checks the post, keeps the idempotency key, runs the command, journals every row that it
//! wrote and commits. Nothing is written outside it, so nothing can be done without leaving a trace.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use domain::kernel::{Actor, Moment, Role};

use crate::db::{DbError, Tx, Val};
use crate::journal::{self, Change, Moves, Table};
use crate::{App, Chance, Error, args};

/// How often a transaction that met another one is tried again.
const TRIES: u32 = 6;

/// A command: something that an actor asks to be done.
pub trait Act: Send + Sync {
    /// What the door gets back; it is kept with the request key, so a repeated request gets the same.
    type Outcome: Kept + Send;
    /// Stable name, `capability.verb_object`, shown in the journal.
    const NAME: &'static str;
    /// The roles that may ask for it. Scope is checked inside, against the thing itself.
    const WHO: &'static [Role];
    /// Whether the password must have been given again within the last minutes.
    const NEEDS_PASSWORD: bool = false;
    /// Loads, decides and saves through `cx`.
    fn perform(&self, cx: &mut Cx<'_>) -> impl Future<Output = Result<Self::Outcome, Error>> + Send;
}

/// An outcome that can be kept as text and read back.
pub trait Kept: Sized {
    /// The text to keep.
    fn keep(&self) -> String;
    /// The outcome again, or nothing when the text is not one.
    fn restore(text: &str) -> Option<Self>;
}

impl Kept for () {
    fn keep(&self) -> String {
        String::new()
    }
    fn restore(_: &str) -> Option<Self> {
        Some(())
    }
}

impl Kept for String {
    fn keep(&self) -> String {
        self.clone()
    }
    fn restore(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl Kept for i64 {
    fn keep(&self) -> String {
        self.to_string()
    }
    fn restore(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

macro_rules! kept_ids {
    ($($id:ident),+) => {$(
        impl Kept for domain::kernel::$id {
            fn keep(&self) -> String { self.0.to_string() }
            fn restore(text: &str) -> Option<Self> { text.parse().ok().map(domain::kernel::$id) }
        }
    )+};
}
domain::for_each_id!(kept_ids);

/// What makes a repeated request recognisable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestKey {
    /// The door does not repeat requests.
    None,
    /// The client's key and a digest of what it asked.
    Given {
        /// The client's key: any text of 1 to 200 characters.
        key: String,
        /// Digest of the request's content.
        digest: String,
    },
}

/// What a command works with inside its transaction.
pub struct Cx<'a> {
    /// The city.
    pub app: &'a App,
    /// Who asks.
    pub actor: &'a Actor,
    /// The moment of this transaction: read once, the same for every rule in it.
    pub now: Moment,
    /// The open transaction, for reading and locking.
    pub tx: Tx,
    changes: Vec<Change>,
    counts: Moves,
    news: Vec<(&'static str, String)>,
}

impl Cx<'_> {
    /// A new id.
    pub fn id(&self) -> i64 {
        self.app.ids.next(self.now)
    }

    /// Writes a new row; `version` starts at 1.
    pub async fn insert(
        &mut self,
        table: &'static Table,
        id: impl Into<i64>,
        values: &[(&'static str, Val)],
    ) -> Result<(), Error> {
        let change = Change::insert(table, id.into(), values);
        self.counts.insert(&mut self.tx, table, values).await?;
        change.apply(&mut self.tx).await?;
        self.changes.push(change);
        Ok(())
    }

    /// Changes columns of a row that still has `version`; a row that has moved on is `Stale`.
    pub async fn update(
        &mut self,
        table: &'static Table,
        id: impl Into<i64>,
        version: i64,
        values: &[(&'static str, Val)],
    ) -> Result<(), Error> {
        let id = id.into();
        let change = Change::update(table, id, version, values);
        self.counts.update(&mut self.tx, table, id, values).await?;
        if change.apply(&mut self.tx).await? != 1 {
            return Err(Error::Stale);
        }
        self.changes.push(change);
        Ok(())
    }

    /// Removes a row that still has `version`; a row that has moved on is `Stale`. Rows of a purchase's file are
    /// refused: they are kept (C57).
    pub async fn delete(
        &mut self,
        table: &'static Table,
        id: impl Into<i64>,
        version: i64,
    ) -> Result<(), Error> {
        journal::may_delete(table)?;
        let id = id.into();
        let change = Change::delete(table, id, version);
        self.counts.delete(&mut self.tx, table, id).await?;
        if change.apply(&mut self.tx).await? != 1 {
            return Err(Error::Stale);
        }
        self.changes.push(change);
        Ok(())
    }

    /// Tells the public feed that `subject` (a public number such as a tender's) has news of `kind`.
    pub fn announce(&mut self, kind: &'static str, subject: impl Into<String>) {
        self.news.push((kind, subject.into()));
    }
}

impl App {
    /// Does `act` for `actor`: whole and journalled, or not at all.
    ///
    /// # Errors
    /// `NotPermitted` for a post without the power, `PasswordNeeded`, `KeyReused`, or what the command says;
    /// for an actor who rehearses, `Rehearsed` instead of an outcome.
    pub async fn act<A: Act>(&self, actor: &Actor, key: &RequestKey, act: &A) -> Result<A::Outcome, Error> {
        if !A::WHO.contains(&actor.post.role) {
            return Err(Error::NotPermitted);
        }
        if A::NEEDS_PASSWORD && !actor.fresh {
            return Err(Error::PasswordNeeded);
        }
        let mut tries = 1;
        loop {
            let result = self.try_act(actor, key, act).await;
            if tries == TRIES || !result.as_ref().is_err_and(is_worth_another_try) {
                return result;
            }
            tokio::time::sleep(Duration::from_millis(u64::from(tries) * 7)).await;
            tries += 1;
        }
    }

    async fn try_act<A: Act>(&self, actor: &Actor, key: &RequestKey, act: &A) -> Result<A::Outcome, Error> {
        let tx = self.db.begin().await?;
        let now = self.clock.now();
        let (changes, counts, news) = (Vec::new(), Moves::default(), Vec::new());
        let mut cx = Cx { app: self, actor, now, tx, changes, counts, news };
        match cx.finish::<A>(key, act).await {
            Ok(outcome) => {
                cx.tx.commit().await?;
                Ok(outcome)
            }
            Err(error) => {
                // The first error is the one to report; a failed rollback closes the connection.
                let _ = cx.tx.rollback().await;
                Err(error)
            }
        }
    }
}

impl Cx<'_> {
    async fn finish<A: Act>(&mut self, key: &RequestKey, act: &A) -> Result<A::Outcome, Error> {
        if self.actor.rehearses {
            // The error rolls back; no key is read or kept, so the request itself stays to be made.
            act.perform(self).await?;
            return Err(Error::Rehearsed);
        }
        if let Some(outcome) = self.earlier_outcome::<A>(key).await? {
            return Ok(outcome);
        }
        let outcome = act.perform(self).await?;
        self.keep_outcome(A::NAME, key, &outcome.keep()).await?;
        self.counts.keep(&mut self.tx).await?;
        let entry = journal::Entry {
            at: self.now,
            actor: self.actor,
            action: A::NAME,
            changes: &self.changes,
            news: &self.news,
        };
        journal::write(&mut self.tx, &self.app.chance, entry).await?;
        Ok(outcome)
    }

    async fn earlier_outcome<A: Act>(&mut self, key: &RequestKey) -> Result<Option<A::Outcome>, Error> {
        let RequestKey::Given { key, digest } = key else { return Ok(None) };
        let sql = "SELECT action, digest, outcome FROM idempotency WHERE actor = $1 AND request_key = $2";
        let Some(row) = self.tx.maybe::<crate::db::Row>(sql, args![self.whose(), key]).await? else {
            return Ok(None);
        };
        let (action, held, outcome): (String, String, String) =
            (row.get("action")?, row.get("digest")?, row.get("outcome")?);
        if action != A::NAME || held != *digest {
            return Err(Error::KeyReused);
        }
        A::Outcome::restore(&outcome).map(Some).ok_or(Error::KeyReused)
    }

    async fn keep_outcome(&mut self, name: &str, key: &RequestKey, outcome: &str) -> Result<(), Error> {
        let RequestKey::Given { key, digest } = key else { return Ok(()) };
        let sql = "INSERT INTO idempotency (actor, request_key, action, digest, outcome, at)
                   VALUES ($1, $2, $3, $4, $5, $6)";
        let whose = self.whose();
        self.tx.run(sql, args![whose, key, name, digest, outcome, self.now]).await?;
        Ok(())
    }

    fn whose(&self) -> i64 {
        self.actor.person.map_or(0, |person| person.0)
    }
}

/// Another transaction was in the way, or the same request is being done at this very moment.
fn is_worth_another_try(error: &Error) -> bool {
    match error {
        Error::Db(DbError::Busy) => true,
        Error::Db(DbError::Unique(name)) => name.starts_with("idempotency"),
        _ => false,
    }
}

/// Ids that sort by time: 41 bits of milliseconds, then 22 bits that tell nobody how many came between.
///
/// The low bits are a count behind a secret permutation (a Feistel network), so within a millisecond no
/// two ids meet, and two ids that are shown say nothing about those in between.
pub struct Ids {
    count: AtomicU64,
    keys: [u8; 32],
}

const LOW_BITS: u32 = 22;
const LOW_MASK: u64 = (1 << LOW_BITS) - 1;
const HALF_BITS: u32 = LOW_BITS / 2;
const HALF_MASK: u64 = (1 << HALF_BITS) - 1;
const ROUNDS: u8 = 6;

impl Ids {
    pub(crate) fn new(chance: &Chance) -> Result<Self, Error> {
        Ok(Self { count: AtomicU64::new(0), keys: chance.bytes()? })
    }

    fn next(&self, now: Moment) -> i64 {
        let low = self.permuted(self.count.fetch_add(1, Ordering::Relaxed) & LOW_MASK);
        let millis = now.0.max(0) / 1000;
        let high = (millis & ((1 << 41) - 1)) << LOW_BITS;
        high | i64::try_from(low).unwrap_or(0)
    }

    fn permuted(&self, count: u64) -> u64 {
        let (mut left, mut right) = (count >> HALF_BITS, count & HALF_MASK);
        for round in 0..ROUNDS {
            let mixed = left ^ self.mix(round, right);
            left = right;
            right = mixed;
        }
        left << HALF_BITS | right
    }

    /// Eleven bits that follow from the secret, the round and the other half.
    fn mix(&self, round: u8, half: u64) -> u64 {
        let mut message = vec![round];
        message.extend_from_slice(&half.to_be_bytes());
        let digest = evidence::Digest::keyed(&self.keys, &message);
        digest.0.iter().take(2).fold(0, |sum, byte| sum << 8 | u64::from(*byte)) & HALF_MASK
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Ids, LOW_MASK};
    use crate::Chance;
    use domain::kernel::Moment;

    #[test]
    fn ids_of_one_moment_never_meet_and_do_not_count_up() {
        let ids = Ids::new(&Chance::seeded(1)).expect("ids");
        let made: Vec<i64> = (0..20_000).map(|_| ids.next(Moment(1_000_000))).collect();
        assert_eq!(made.iter().collect::<BTreeSet<_>>().len(), made.len());
        let steps: BTreeSet<i64> = made.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(steps.len() > 19_000, "the steps between ids repeat: {}", steps.len());
    }

    #[test]
    fn the_low_bits_are_permuted_without_a_collision() {
        let ids = Ids::new(&Chance::seeded(2)).expect("ids");
        let seen: BTreeSet<u64> = (0..=LOW_MASK).step_by(97).map(|count| ids.permuted(count)).collect();
        assert_eq!(seen.len(), usize::try_from(LOW_MASK / 97 + 1).expect("few"));
    }

    #[test]
    fn later_ids_sort_after_earlier_ones() {
        let ids = Ids::new(&Chance::seeded(3)).expect("ids");
        assert!(ids.next(Moment(2_000_000)) > ids.next(Moment(1_000_000)));
    }
}
