//! Search for organisations by a piece of the name, the code, the pinyin or its initials.
//!
//! Why a table of our own: the same statements must answer at once on both engines and for ten times the
//! organisations. The rarest term of the query is walked in the order of ids, a page at a time, until enough
//! is found; a walk is never longer than `WALK_MAX`, and says so when it stopped there.
//! The table is derived from `organisation`, so it is not journalled; `reindex` builds it anew.

use std::collections::BTreeSet;

use domain::kernel::OrganisationId;

use super::directory::{LISTED_COLUMNS, Listed};
use super::search_terms::{Of, Probe, plain, probes, terms_of};
use crate::db::{Tx, Val, terms};
use crate::{App, Error, args, row};

/// Candidates read at once.
const PAGE: usize = 100;
/// Candidates looked at before a search stops.
const WALK_MAX: usize = 3_000;
/// A term with at least so many organisations is no rarer than another such term.
const RARE_MAX: i64 = 300;
/// Terms of a long query that are weighed against each other.
const WEIGHED_MAX: usize = 8;
/// No query is longer.
const QUERY_MAX: usize = 100;

/// What the search must know of an organisation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    pub id: OrganisationId,
    pub name: &'a str,
    pub code: &'a str,
}

/// What a search found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The organisations; an exact name first, then in the order in which they were entered.
    pub hits: Vec<Listed>,
    /// There are more than were asked for.
    pub has_more: bool,
    /// The walk stopped before it had seen every candidate: a longer text will find what is missing.
    pub is_partial: bool,
    /// The text is too short to search for: two Chinese characters or three letters are needed.
    pub is_too_short: bool,
}

/// Makes organisations findable.
pub(crate) async fn add(tx: &mut Tx, entries: &[Entry<'_>]) -> Result<(), Error> {
    let mut pairs: Vec<(i64, i64)> = entries.iter().flat_map(pairs_of).collect();
    // In the order of the index, neighbours land on the same page of it.
    pairs.sort_unstable();
    Ok(terms::add(tx, &pairs).await?)
}

/// Makes an organisation findable under its new name and code, and no longer under the old ones.
pub(crate) async fn replace(tx: &mut Tx, old: Entry<'_>, new: Entry<'_>) -> Result<(), Error> {
    if old.name == new.name && old.code == new.code {
        return Ok(());
    }
    terms::remove(tx, &pairs_of(&old)).await?;
    add(tx, &[new]).await
}

fn pairs_of(entry: &Entry<'_>) -> Vec<(i64, i64)> {
    terms_of(entry.name, entry.code).into_iter().map(|term| (term, entry.id.0)).collect()
}

row! {
    /// An organisation to be indexed.
    pub struct Named {
        /// Its id.
        id: OrganisationId,
        /// Its name.
        name: String,
        /// Its code.
        uscc: String,
    }
}

/// Builds the whole index anew; returns how many organisations are in it.
///
/// # Errors
/// The database could not be read or written.
pub async fn reindex(app: &App) -> Result<usize, Error> {
    let mut tx = app.db.begin().await?;
    terms::clear(&mut tx).await?;
    let (mut after, mut count) = (OrganisationId(i64::MIN), 0);
    loop {
        let sql = "SELECT id, name, uscc FROM organisation WHERE id > $1 ORDER BY id LIMIT $2";
        let named: Vec<Named> = tx.all(sql, args![after, PAGE]).await?;
        let Some(last) = named.last() else { break };
        after = last.id;
        count += named.len();
        let entries: Vec<Entry<'_>> =
            named.iter().map(|one| Entry { id: one.id, name: &one.name, code: &one.uscc }).collect();
        add(&mut tx, &entries).await?;
    }
    tx.commit().await?;
    Ok(count)
}

/// Organisations that the text finds, at most `limit`.
///
/// # Errors
/// The database could not be read.
pub async fn organisations(app: &App, text: &str, limit: usize) -> Result<Found, Error> {
    let text: String = text.chars().take(QUERY_MAX).collect();
    let probes = probes(&text);
    let mut found = Found { is_too_short: probes.is_empty(), ..Found::default() };
    let mut seen = BTreeSet::new();
    for probe in &probes {
        walk(app, probe, limit, &mut seen, &mut found).await?;
        if found.hits.len() > limit {
            found.hits.truncate(limit);
            found.has_more = true;
            break;
        }
    }
    Ok(found)
}

/// Adds what one probe finds, until there is one more than the limit.
async fn walk(
    app: &App,
    probe: &Probe,
    limit: usize,
    seen: &mut BTreeSet<i64>,
    found: &mut Found,
) -> Result<(), Error> {
    let Some(term) = rarest(app, &probe.terms).await? else { return Ok(()) };
    let mut after = i64::MIN;
    for _ in 0..WALK_MAX / PAGE {
        let sql = "SELECT organisation_id FROM search_term
                   WHERE term = $1 AND organisation_id > $2 ORDER BY organisation_id LIMIT $3";
        let ids: Vec<(i64,)> = app.db.all(sql, args![term, after, PAGE]).await?;
        let Some((last,)) = ids.last() else { return Ok(()) };
        after = *last;
        for candidate in candidates(app, &ids).await? {
            if holds(probe, &candidate) && seen.insert(candidate.id.0) {
                found.hits.push(candidate);
            }
            if found.hits.len() > limit {
                return Ok(());
            }
        }
        if ids.len() < PAGE {
            return Ok(());
        }
    }
    found.is_partial = true;
    Ok(())
}

/// The term with the fewest organisations; `None` when one of them has none, so that nothing can match.
async fn rarest(app: &App, terms: &[i64]) -> Result<Option<i64>, Error> {
    let step = terms.len().div_ceil(WEIGHED_MAX).max(1);
    let mut best: Option<(i64, i64)> = None;
    for term in terms.iter().step_by(step) {
        let sql =
            "SELECT count(*) FROM (SELECT term FROM search_term WHERE term = $1 LIMIT $2) AS some_of_them";
        let count = if terms.len() == 1 { 1 } else { app.db.number(sql, args![*term, RARE_MAX]).await? };
        if count == 0 {
            return Ok(None);
        }
        if best.is_none_or(|(fewest, _)| count < fewest) {
            best = Some((count, *term));
        }
    }
    Ok(best.map(|(_, term)| term))
}

/// The rows of a page of ids, in the order of ids. The statement always has the same number of places.
async fn candidates(app: &App, ids: &[(i64,)]) -> Result<Vec<Listed>, Error> {
    let Some((last,)) = ids.last() else { return Ok(Vec::new()) };
    let marks: Vec<String> = (1..=PAGE).map(|at| format!("${at}")).collect();
    let sql = format!("{LISTED_COLUMNS} WHERE id IN ({}) ORDER BY id", marks.join(", "));
    let values: Vec<Val> = (0..PAGE).map(|at| Val::from(ids.get(at).map_or(*last, |(id,)| *id))).collect();
    Ok(app.db.all(&sql, &values).await?)
}

fn holds(probe: &Probe, candidate: &Listed) -> bool {
    let needle = probe.needle.as_str();
    match probe.of {
        Of::Whole => plain(&candidate.name) == needle,
        Of::Name => plain(&candidate.name).contains(needle),
        Of::Initials => candidate.initials.contains(needle),
        Of::Pinyin => candidate.pinyin.contains(needle),
        Of::Code => plain(&candidate.uscc).contains(needle),
    }
}
