//! Taking stock: what is wrong now against what was known to be wrong. New findings get the day on which they
//! were first seen and the director of the day of the act (E5); what is set right closes, and its ticket with it.

use std::collections::{BTreeMap, BTreeSet};

use domain::kernel::{Actor, Coded, Role};
use domain::supervision::{FindingKind, TicketState};

use super::look::{self, Seen};
use crate::db::{DbError, Row, Val};
use crate::journal::{SUPERVISION_FINDING, TICKET};
use crate::performance::account;
use crate::{Act, App, Cx, Error, RequestKey, args};

/// A finding as its unique name: kind, row and occasion.
type Name = (String, i64, String);

/// Brings the findings up to date, as the clock does it; answers how many are new and how many are set right.
/// Nothing is written when nothing changed.
///
/// # Errors
/// The database failed, or a term reaches beyond the published calendar.
pub async fn take(app: &App) -> Result<(usize, usize), Error> {
    let mut seen = look::look(app).await?;
    // In an order that follows from what is wrong alone: numbers must not tell what else happened meanwhile.
    seen.sort_by_cached_key(|one| (one.kind.code(), one.subject.clone(), one.occasion.clone()));
    let known = open(app).await?;
    let now: BTreeSet<Name> = seen.iter().map(Seen::name).collect();
    let fresh = seen.iter().filter(|one| !known.contains(&one.name())).count();
    let cured = known.iter().filter(|name| !now.contains(*name)).count();
    if fresh + cured == 0 {
        return Ok((0, 0));
    }
    match app.act(&Actor::SYSTEM, &RequestKey::None, &TakeStock { seen }).await {
        Ok(_) => Ok((fresh, cured)),
        // Somebody else took stock in the same moment.
        Err(Error::Stale | Error::Db(DbError::Unique(_))) => Ok((0, 0)),
        Err(error) => Err(error),
    }
}

async fn open(app: &App) -> Result<BTreeSet<Name>, Error> {
    let sql = "SELECT kind, row_id, occasion FROM supervision_finding WHERE state = 'open'";
    let mut names = BTreeSet::new();
    for row in app.db.all::<Row>(sql, &[]).await? {
        names.insert((row.get("kind")?, row.get("row_id")?, row.get("occasion")?));
    }
    Ok(names)
}

impl Seen {
    fn name(&self) -> Name {
        (self.kind.code().to_owned(), self.row, self.occasion.clone())
    }
}

/// Keeps what was seen, and closes what was not seen any more.
struct TakeStock {
    seen: Vec<Seen>,
}

impl Act for TakeStock {
    type Outcome = i64;
    const NAME: &'static str = "supervision.take_stock";
    const WHO: &'static [Role] = &[Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let sql = "SELECT id, version, kind, row_id, occasion, state FROM supervision_finding";
        let mut known: BTreeMap<Name, (i64, i64, bool)> = BTreeMap::new();
        for row in cx.tx.all::<Row>(sql, &[]).await? {
            let name = (row.get("kind")?, row.get("row_id")?, row.get("occasion")?);
            let is_open = row.get::<String>("state")? == "open";
            known.insert(name, (row.get("id")?, row.get("version")?, is_open));
        }
        let tenures = account::tenures_of(cx.app).await?;
        let mut changed = 0_i64;
        for one in &self.seen {
            match known.remove(&one.name()) {
                Some((_, _, true)) => {}
                // What was set right and is wrong again is open again; its day of first sight stays.
                Some((id, version, false)) => {
                    let values = [("state", "open".into()), ("cured_at", Val::Int(None))];
                    cx.update(&SUPERVISION_FINDING, id, version, &values).await?;
                    changed += 1;
                }
                None => {
                    let director = account::director_on(&tenures, one.office, one.arose_on);
                    keep(cx, one, director.into()).await?;
                    changed += 1;
                }
            }
        }
        for (id, version, is_open) in known.into_values() {
            if is_open {
                cure(cx, id, version).await?;
                changed += 1;
            }
        }
        Ok(changed)
    }
}

async fn keep(cx: &mut Cx<'_>, one: &Seen, director: Val) -> Result<(), Error> {
    let id = cx.id();
    let sql = "SELECT COALESCE(max(number), 0) FROM supervision_finding";
    let number = cx.tx.number(sql, args![]).await? + 1;
    let values = [
        ("number", number.into()),
        ("kind", Val::code::<FindingKind>(one.kind)),
        ("row_id", one.row.into()),
        ("occasion", one.occasion.as_str().into()),
        ("subject", one.subject.as_str().into()),
        ("title", one.title.as_str().into()),
        ("office_id", one.office.into()),
        ("director_id", director),
        ("arose_on", one.arose_on.into()),
        ("due_on", one.due_on.into()),
        ("rules_on", one.rules_on.into()),
        ("first_seen_at", cx.now.into()),
        ("state", "open".into()),
    ];
    cx.insert(&SUPERVISION_FINDING, id, &values).await
}

/// The finding closes by itself, and the ticket that was opened for it.
async fn cure(cx: &mut Cx<'_>, id: i64, version: i64) -> Result<(), Error> {
    let values = [("state", "cured".into()), ("cured_at", cx.now.into())];
    cx.update(&SUPERVISION_FINDING, id, version, &values).await?;
    let sql = "SELECT id, version FROM ticket WHERE finding_id = $1 AND state IN ('open', 'answered')";
    for row in cx.tx.all::<Row>(sql, args![id]).await? {
        let values = [("state", Val::code(TicketState::Cured)), ("closed_at", cx.now.into())];
        cx.update(&TICKET, row.get::<i64>("id")?, row.get("version")?, &values).await?;
    }
    Ok(())
}
