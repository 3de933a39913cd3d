//! How anything is done: a command, its actor, one transaction, one journal entry.
//!
//! `App::act` checks the post, keeps the idempotency key, runs the command, journals every row that it
//! wrote and commits. Nothing is written outside it, so nothing can be done without leaving a trace.

use std::pin::Pin;
use std::time::Duration;

use domain::kernel::{Actor, Moment, Role};

use crate::db::{DbError, Tx, Val};
use crate::documents::{self, Document};
use crate::journal::{self, Change, Moves, Table};
use crate::{App, Error, args};

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

    /// The rows that were made in `table` so far, in their order.
    pub(crate) fn made_in(&self, table: &Table) -> Vec<i64> {
        self.changes.iter().filter_map(|change| change.made_in(table)).collect()
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
        let mut asked = Asked { act, outcome: None };
        let kept = self.attempt(actor, key, A::NAME, &mut asked).await?;
        match asked.outcome {
            Some(outcome) => Ok(outcome),
            None => A::Outcome::restore(&kept).ok_or(Error::KeyReused),
        }
    }

    /// The documents that `act` would issue for `actor`: it is rehearsed, what it wrote is read, and nothing is kept.
    /// They have a number and a code that nobody will meet again, so no door shows these.
    ///
    /// # Errors
    /// As `act`; the password is not asked for, because nothing is done.
    pub async fn foresee<A: Act>(&self, actor: &Actor, act: &A) -> Result<Vec<Document>, Error> {
        if !A::WHO.contains(&actor.post.role) {
            return Err(Error::NotPermitted);
        }
        let rehearsing = Actor { rehearses: true, ..actor.clone() };
        let mut foreseen = Foreseen { act, documents: Vec::new() };
        match self.attempt(&rehearsing, &RequestKey::None, A::NAME, &mut foreseen).await {
            Ok(_) | Err(Error::Rehearsed) => Ok(foreseen.documents),
            Err(error) => Err(error),
        }
    }

    /// Does what was asked, again while others are in the way; gives the outcome as it is kept.
    async fn attempt(
        &self,
        actor: &Actor,
        key: &RequestKey,
        name: &'static str,
        asked: &mut dyn Ask,
    ) -> Result<String, Error> {
        let mut tries = 1;
        loop {
            let result = self.attempt_once(actor, key, name, asked).await;
            if tries == TRIES || !result.as_ref().is_err_and(is_worth_another_try) {
                return result;
            }
            tokio::time::sleep(Duration::from_millis(u64::from(tries) * 7)).await;
            tries += 1;
        }
    }

    async fn attempt_once(
        &self,
        actor: &Actor,
        key: &RequestKey,
        name: &'static str,
        asked: &mut dyn Ask,
    ) -> Result<String, Error> {
        let tx = self.db.begin().await?;
        let now = self.clock.now();
        let (changes, counts, news) = (Vec::new(), Moves::default(), Vec::new());
        let mut cx = Cx { app: self, actor, now, tx, changes, counts, news };
        match cx.finish(key, name, asked).await {
            Ok(kept) => {
                cx.tx.commit().await?;
                Ok(kept)
            }
            Err(error) => {
                // The first error is the one to report; a failed rollback closes the connection.
                let _ = cx.tx.rollback().await;
                Err(error)
            }
        }
    }
}

/// A command being asked for, of whatever kind, so that what surrounds all commands is compiled once.
trait Ask: Send {
    /// Runs the command; gives its outcome as it is kept.
    fn perform<'s>(&'s mut self, cx: &'s mut Cx<'_>) -> Performing<'s>;

    /// Forgets the outcome of an attempt that was rolled back.
    fn forget(&mut self);
}

/// A command on its way.
type Performing<'s> = Pin<Box<dyn Future<Output = Result<String, Error>> + Send + 's>>;

/// A command with the outcome of its last run.
struct Asked<'a, A: Act> {
    act: &'a A,
    outcome: Option<A::Outcome>,
}

impl<A: Act> Ask for Asked<'_, A> {
    fn perform<'s>(&'s mut self, cx: &'s mut Cx<'_>) -> Performing<'s> {
        Box::pin(async move {
            let outcome = self.act.perform(cx).await?;
            let kept = outcome.keep();
            self.outcome = Some(outcome);
            Ok(kept)
        })
    }

    fn forget(&mut self) {
        self.outcome = None;
    }
}

/// A command of which only the documents are wanted.
struct Foreseen<'a, A: Act> {
    act: &'a A,
    documents: Vec<Document>,
}

impl<A: Act> Ask for Foreseen<'_, A> {
    fn perform<'s>(&'s mut self, cx: &'s mut Cx<'_>) -> Performing<'s> {
        Box::pin(async move {
            self.act.perform(cx).await?;
            self.documents = documents::made_in(cx).await?;
            Ok(String::new())
        })
    }

    fn forget(&mut self) {
        self.documents.clear();
    }
}

impl Cx<'_> {
    async fn finish(
        &mut self,
        key: &RequestKey,
        name: &'static str,
        asked: &mut dyn Ask,
    ) -> Result<String, Error> {
        // An attempt before this one may have run the command and lost to another at its end.
        asked.forget();
        if self.actor.rehearses {
            // The error rolls back; no key is read or kept, so the request itself stays to be made.
            asked.perform(self).await?;
            return Err(Error::Rehearsed);
        }
        if let Some(kept) = self.earlier_outcome(name, key).await? {
            return Ok(kept);
        }
        let kept = asked.perform(self).await?;
        self.keep_outcome(name, key, &kept).await?;
        self.counts.keep(&mut self.tx).await?;
        let entry = journal::Entry {
            at: self.now,
            actor: self.actor,
            action: name,
            changes: &self.changes,
            news: &self.news,
        };
        journal::write(&mut self.tx, &self.app.chance, entry).await?;
        Ok(kept)
    }

    async fn earlier_outcome(
        &mut self,
        name: &'static str,
        key: &RequestKey,
    ) -> Result<Option<String>, Error> {
        let RequestKey::Given { key, digest } = key else { return Ok(None) };
        let sql = "SELECT action, digest, outcome FROM idempotency WHERE actor = $1 AND request_key = $2";
        let Some(row) = self.tx.maybe::<crate::db::Row>(sql, args![self.whose(), key]).await? else {
            return Ok(None);
        };
        let (action, held, outcome): (String, String, String) =
            (row.get("action")?, row.get("digest")?, row.get("outcome")?);
        if action != name || held != *digest {
            return Err(Error::KeyReused);
        }
        Ok(Some(outcome))
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
