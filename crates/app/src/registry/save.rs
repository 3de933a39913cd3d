//! Saving many organisations: those that the register lacks are added, those that differ are changed.
//!
//! A chunk is one act, so a long import that stops half-way has saved whole chunks; run again, it finds
//! them unchanged and goes on.

use std::collections::BTreeMap;

use domain::kernel::{Actor, OrganisationId, Role};

use super::entry::{self, Before};
use super::form::{OrganisationFacts, OrganisationForm};
use super::register::WRITERS;
use super::search::{self, Entry};
use super::standing::Source;
use crate::db::pieces::{pieces, places};
use crate::db::{Row, Val};
use crate::journal::ORGANISATION;
use crate::{Act, App, Cx, Error, Kept, RequestKey};

/// Rows in one act, at least: others who write wait no longer than for these.
const CHUNK_MIN: usize = 500;
/// Rows in one act, at most.
const CHUNK_MAX: usize = 12_000;
/// A whole register comes in about so many acts. Each one passes once through the search index, so many
/// small ones would pass through a large index many times.
const CHUNKS: usize = 20;

/// How many organisations went which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// New in the register.
    pub added: i64,
    /// Changed.
    pub updated: i64,
    /// Already as the sheet says.
    pub unchanged: i64,
}

impl Tally {
    /// Both together.
    #[must_use]
    pub fn plus(self, other: Tally) -> Tally {
        Tally {
            added: self.added + other.added,
            updated: self.updated + other.updated,
            unchanged: self.unchanged + other.unchanged,
        }
    }
}

impl Kept for Tally {
    fn keep(&self) -> String {
        format!("{} {} {}", self.added, self.updated, self.unchanged)
    }
    fn restore(text: &str) -> Option<Self> {
        let mut numbers = text.split(' ').map(str::parse);
        let mut next = || numbers.next().and_then(Result::ok);
        Some(Tally { added: next()?, updated: next()?, unchanged: next()? })
    }
}

/// Saves a chunk of organisations by their codes.
#[derive(Clone, Debug)]
pub struct SaveOrganisations {
    /// As typed; every one must be sound.
    pub forms: Vec<OrganisationForm>,
}

impl Act for SaveOrganisations {
    type Outcome = Tally;
    const NAME: &'static str = "registry.save_organisations";
    const WHO: &'static [Role] = WRITERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<Tally, Error> {
        let today = cx.now.date();
        let read: Result<Vec<OrganisationFacts>, _> =
            self.forms.iter().map(|form| form.read(today)).collect();
        let facts = read.map_err(Error::Invalid)?;
        let held = held_rows(cx, &facts).await?;
        let begun = entry::begun(&mut Source::Tx(&mut cx.tx)).await?;
        let mut tally = Tally::default();
        let mut added = Vec::new();
        for one in &facts {
            match held.get(&one.code) {
                None => {
                    let id = OrganisationId(cx.id());
                    cx.insert(&ORGANISATION, id.0, &one.values()).await?;
                    entry::keep_new(cx, id, one, begun).await?;
                    added.push(Entry { id, name: &one.name, code: &one.code });
                    tally.added += 1;
                }
                Some(row) if agrees(row, &one.values()) => tally.unchanged += 1,
                Some(row) => {
                    let (id, name): (OrganisationId, String) = (row.get("id")?, row.get("name")?);
                    entry::keep_change(cx, Before::of(row)?, one).await?;
                    cx.update(&ORGANISATION, id.0, row.get("version")?, &one.values()).await?;
                    let old = Entry { id, name: &name, code: &one.code };
                    search::replace(&mut cx.tx, old, Entry { id, name: &one.name, code: &one.code }).await?;
                    tally.updated += 1;
                }
            }
        }
        search::add(&mut cx.tx, &added).await?;
        Ok(tally)
    }
}

async fn held_rows(cx: &mut Cx<'_>, facts: &[OrganisationFacts]) -> Result<BTreeMap<String, Row>, Error> {
    let mut held = BTreeMap::new();
    for piece in pieces(facts) {
        let sql = format!("SELECT * FROM organisation WHERE uscc IN {}", places(1, piece.len()));
        let codes: Vec<Val> = piece.iter().map(|one| Val::from(one.code.as_str())).collect();
        for row in cx.tx.all::<Row>(&sql, &codes).await? {
            held.insert(row.get("uscc")?, row);
        }
    }
    Ok(held)
}

/// Whether the row already holds these values. Who was invented stays so, so that mark is not compared.
fn agrees(row: &Row, values: &[(&'static str, Val)]) -> bool {
    values.iter().filter(|(name, _)| *name != "is_demo").all(|(name, value)| {
        let held = row.columns().find(|(column, _)| column == name).map(|(_, held)| held);
        held.is_some_and(|held| held == value || (held.is_null() && value.is_null()))
    })
}

/// Saves any number of organisations, a chunk at a time; `progress` hears how many are done.
///
/// # Errors
/// What the first failing chunk says; the chunks before it stay saved.
pub async fn load_many(
    app: &App,
    actor: &Actor,
    forms: &[OrganisationForm],
    progress: &(dyn Fn(usize) + Send + Sync),
) -> Result<Tally, Error> {
    let mut tally = Tally::default();
    let mut done = 0;
    for chunk in forms.chunks((forms.len() / CHUNKS).clamp(CHUNK_MIN, CHUNK_MAX)) {
        let act = SaveOrganisations { forms: chunk.to_vec() };
        tally = tally.plus(app.act(actor, &RequestKey::None, &act).await?);
        done += chunk.len();
        progress(done);
    }
    Ok(tally)
}
