//! Entries by hand or by sheet: kept with their moment, within the writer's powers, never over what an act
//! decided (S10-S12), never an item that only a case alters (T3, B20, B21).

use std::collections::BTreeMap;

use domain::kernel::{CreditCode, Date, Moment, OrganisationId, Refusal, Role};
use domain::registry::credit::{CreditList, ListingGround};
use domain::registry::division;
use domain::registry::entry::{
    Begun, Decided, Items, NewEntry, Origin, Shown, altered, legal_altered, may_enter, needs_case,
    overwritten,
};
use domain::registry::{CreditListing, InspectionResult, Legal, OrganisationKind, OrganisationStatus};

use super::form::{OrganisationFacts, OrganisationForm};
use super::standing::Source;
use super::words;
use crate::db::{Row, Val};
use crate::journal::{CREDIT_LISTING, STANDING_ENTRY};
use crate::{App, Cx, Error, args, divisions};

/// What a row said before it was changed.
#[derive(Clone, Debug)]
pub(super) struct Before {
    id: OrganisationId,
    kind: OrganisationKind,
    shown: Shown,
    banned_until: Option<Date>,
    registered_on: Date,
    items: Items,
}

impl Before {
    /// Reads a whole row of `organisation`.
    ///
    /// # Errors
    /// The row is not one.
    pub(super) fn of(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            id: row.get("id")?,
            kind: row.code("kind")?,
            shown: Shown {
                status: row.code("status")?,
                inspection: row.code("inspection")?,
                listing: row.code("listing")?,
            },
            banned_until: row.get("banned_until")?,
            registered_on: row.get("registered_on")?,
            items: Items {
                legal: row.code("legal")?,
                kind: row.code("kind")?,
                code: row.get("uscc")?,
                name: row.get("name")?,
                domicile: row.get("domicile")?,
                person_in_charge: row.get("person_in_charge")?,
                is_supervised: row.get("is_supervised")?,
                registered_on: row.get("registered_on")?,
            },
        })
    }
}

impl Before {
    /// The faults of a form that could not be read, and beside them that legal standing is not typed (T3):
    /// nobody should mend a code first to hear of it.
    pub(super) fn with_legal(&self, mut faults: Vec<Refusal>, form: &OrganisationForm) -> Error {
        let typed: Option<Legal> = words::member(&form.legal);
        faults.extend(typed.and_then(|legal| legal_altered(self.items.legal, legal)));
        Error::Invalid(faults)
    }
}

fn items(facts: &OrganisationFacts) -> Items {
    Items {
        legal: facts.legal,
        kind: facts.kind,
        code: facts.code.clone(),
        name: facts.name.clone(),
        domicile: facts.domicile.clone(),
        person_in_charge: facts.person_in_charge.clone(),
        is_supervised: facts.is_supervised,
        registered_on: facts.registered_on,
    }
}

fn shown(facts: &OrganisationFacts) -> Shown {
    Shown { status: facts.status, inspection: facts.inspection, listing: facts.listing }
}

/// Keeps what was entered for a new organisation; nothing is kept of one with nothing against it.
///
/// # Errors
/// `Invalid` outside the writer's powers (S10), for what only a case registers or files (B9, B20), or for a code of a
/// division that had ended (B45).
pub(super) async fn keep_new(
    cx: &mut Cx<'_>,
    id: OrganisationId,
    facts: &OrganisationFacts,
    begun: Begun,
) -> Result<(), Error> {
    may_enter(cx.actor.post.role, facts.kind).map_err(|refusal| Error::Invalid(vec![refusal]))?;
    let faults = new_faults(facts, begun);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let plain = Shown {
        status: OrganisationStatus::Active,
        inspection: InspectionResult::NotDue,
        listing: CreditListing::None,
    };
    if shown(facts) == plain && facts.banned_until.is_none() {
        return Ok(());
    }
    insert(cx, id, cx.now, shown(facts), facts.banned_until).await?;
    if facts.kind.is_social_organisation() {
        take_over(cx, id, facts.listing, cx.now).await?;
    }
    Ok(())
}

/// Since when the window and the streets work here.
///
/// # Errors
/// The database failed.
pub(super) async fn begun(source: &mut Source<'_>) -> Result<Begun, Error> {
    let rows: Vec<Row> = source.all(BEGUN, args![]).await?;
    let Some(row) = rows.first() else { return Ok(Begun::default()) };
    let window: Option<Moment> = row.get("window_at")?;
    Ok(Begun { window: window.map(|at| at.date()), streets: row.get("filed_on")? })
}

/// The first receipt, and the first filing.
const BEGUN: &str = "SELECT
       (SELECT submitted_at FROM registration_case WHERE serial IS NOT NULL ORDER BY serial_year, serial LIMIT 1) AS window_at,
       (SELECT min(filed_on) FROM filing) AS filed_on";

/// What speaks against a new entry: that only a case registers or files it (B9, B20), or that its code names a
/// division which had ended before its day (B45).
fn new_faults(facts: &OrganisationFacts, begun: Begun) -> Vec<Refusal> {
    let entry = NewEntry {
        kind: facts.kind,
        legal: facts.legal,
        code: &facts.code,
        street: &facts.street.code,
        registered_on: facts.registered_on,
    };
    let code = CreditCode::parse(&facts.code).ok();
    let named = code.as_ref().and_then(|code| divisions::district(code.division()));
    let today = named.map_or("", |one| divisions::district_name(divisions::today_of(&one.code)));
    let code_fault = division::code_fault(named, today, facts.registered_on).map(|fault| fault.at("code"));
    needs_case(entry, begun).into_iter().chain(code_fault).collect()
}

/// Checks a change and keeps what it says of the standing.
///
/// # Errors
/// `Invalid` outside the writer's powers, over what an act decided (S10), or over an item that only a case
/// alters (T3, B20, B21).
pub(super) async fn keep_change(
    cx: &mut Cx<'_>,
    before: Before,
    facts: &OrganisationFacts,
) -> Result<(), Error> {
    let role = cx.actor.post.role;
    let mut faults: Vec<Refusal> = [before.kind, facts.kind]
        .into_iter()
        .filter_map(|kind| may_enter(role, kind).err())
        .take(1)
        .collect();
    let is_changed = shown(facts) != before.shown;
    let (now, on_file) = (items(facts), cx.tx.one::<Row>(DECIDED, args![before.id]).await?);
    faults.extend(altered(origin(&on_file)?, &before.items, &now));
    faults.extend(overwritten(before.kind, decided(&on_file)?, before.shown, shown(facts)));
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    if !is_changed && facts.banned_until == before.banned_until {
        return Ok(());
    }
    let sql = "SELECT count(*) FROM standing_entry WHERE organisation_id = $1";
    if cx.tx.number(sql, args![before.id]).await? == 0 {
        // The first change: what the row said so far would otherwise be forgotten.
        let since = Moment::start_of(before.registered_on);
        insert(cx, before.id, since, before.shown, before.banned_until).await?;
    }
    insert(cx, before.id, cx.now, shown(facts), facts.banned_until).await?;
    if before.kind.is_social_organisation() && facts.listing != before.shown.listing {
        let sql = "SELECT id, version FROM credit_listing WHERE organisation_id = $1 AND removed_on IS NULL
                   AND listed_on IS NOT NULL";
        for row in cx.tx.all::<Row>(sql, args![before.id]).await? {
            let (place, version): (i64, i64) = (row.get("id")?, row.get("version")?);
            let ended = [
                ("removed_on", cx.now.date().into()),
                ("removed_at", cx.now.into()),
                ("removed_how", "entered".into()),
            ];
            cx.update(&CREDIT_LISTING, place, version, &ended).await?;
        }
        take_over(cx, before.id, facts.listing, cx.now).await?;
    }
    Ok(())
}

/// Puts a place on file that came with an entry, so that it can be shown, count and end like any other.
async fn take_over(
    cx: &mut Cx<'_>,
    organisation: OrganisationId,
    listing: CreditListing,
    since: Moment,
) -> Result<(), Error> {
    let Some(list) = CreditList::of(listing) else { return Ok(()) };
    let id = cx.id();
    let values = [
        ("organisation_id", organisation.into()),
        ("list", Val::code(list)),
        ("ground", Val::code(ListingGround::TakenOver)),
        ("arose_on", since.date().into()),
        ("listed_on", since.date().into()),
        ("listed_at", since.into()),
    ];
    cx.insert(&CREDIT_LISTING, id, &values).await
}

/// Before a first decision over an organisation's listing: a row from before entries were kept may say that it
/// is on a list, and that must not be forgotten.
///
/// # Errors
/// The database failed.
pub(super) async fn adopt(cx: &mut Cx<'_>, id: OrganisationId) -> Result<(), Error> {
    let sql = "SELECT count(*) FROM credit_listing WHERE organisation_id = $1 AND listed_on IS NOT NULL";
    if cx.tx.number(sql, args![id]).await? > 0 {
        return Ok(());
    }
    let row: Row = cx.tx.one("SELECT * FROM organisation WHERE id = $1", args![id]).await?;
    let before = Before::of(&row)?;
    take_over(cx, id, before.shown.listing, Moment::start_of(before.registered_on)).await
}

async fn insert(
    cx: &mut Cx<'_>,
    organisation: OrganisationId,
    from: Moment,
    shown: Shown,
    banned_until: Option<Date>,
) -> Result<(), Error> {
    let id = cx.id();
    let values = [
        ("organisation_id", organisation.into()),
        ("from_at", from.into()),
        ("status", Val::code(shown.status)),
        ("inspection", Val::code(shown.inspection)),
        ("listing", Val::code(shown.listing)),
        ("banned_until", banned_until.into()),
    ];
    cx.insert(&STANDING_ENTRY, id, &values).await
}

const DECIDED: &str = "SELECT
       (SELECT count(*) FROM status_change WHERE organisation_id = $1) AS statuses,
       (SELECT count(*) FROM inspection WHERE organisation_id = $1 AND state IN ('decided', 'absent')) AS inspections,
       (SELECT count(*) FROM credit_listing WHERE organisation_id = $1 AND listed_on IS NOT NULL
          AND (ground <> 'taken_over' OR COALESCE(removed_how, 'entered') <> 'entered')) AS listings,
       (SELECT count(*) FROM registered_item WHERE organisation_id = $1) AS items,
       (SELECT count(*) FROM filing WHERE organisation_id = $1) AS filings";

fn decided(row: &Row) -> Result<Decided, Error> {
    let has = |name: &str| row.get::<i64>(name).map(|count| count > 0);
    Ok(Decided { status: has("statuses")?, inspection: has("inspections")?, listing: has("listings")? })
}

fn origin(row: &Row) -> Result<Origin, Error> {
    let has = |name: &str| row.get::<i64>(name).map(|count| count > 0);
    Ok(Origin::of(has("items")?, has("filings")?))
}

/// Where the register has an organisation's items from, so that the edit page shows as text what only a case alters.
///
/// # Errors
/// The database could not be read.
pub async fn origin_of(app: &App, id: OrganisationId) -> Result<Origin, Error> {
    origin(&app.db.one::<Row>(DECIDED, args![id]).await?)
}

/// Rows that are looked up together.
const CHUNK: usize = 500;

/// What the rows of a sheet may not say, one list for each row, judged before anything is written; the act
/// judges it again.
///
/// # Errors
/// The database could not be read.
pub(super) async fn faults(
    app: &App,
    role: Role,
    today: Date,
    forms: &[&OrganisationForm],
) -> Result<Vec<Vec<Refusal>>, Error> {
    let mut all = Vec::with_capacity(forms.len());
    let begun = begun(&mut Source::Db(&app.db)).await?;
    for chunk in forms.chunks(CHUNK) {
        let facts: Vec<Option<OrganisationFacts>> = chunk.iter().map(|form| form.read(today).ok()).collect();
        let codes: Vec<&str> = facts.iter().flatten().map(|one| one.code.as_str()).collect();
        let held = held(app, &codes).await?;
        for one in &facts {
            let Some(one) = one else {
                all.push(Vec::new());
                continue;
            };
            let refusals = match (may_enter(role, one.kind), held.get(&one.code)) {
                (Err(refusal), _) => vec![refusal],
                (Ok(()), None) => new_faults(one, begun),
                (Ok(()), Some((before, decided, origin))) => match may_enter(role, before.kind) {
                    Err(refusal) => vec![refusal],
                    Ok(()) => {
                        let mut faults = altered(*origin, &before.items, &items(one));
                        faults.extend(overwritten(before.kind, *decided, before.shown, shown(one)));
                        faults
                    }
                },
            };
            all.push(refusals);
        }
    }
    Ok(all)
}

async fn held(app: &App, codes: &[&str]) -> Result<BTreeMap<String, (Before, Decided, Origin)>, Error> {
    let mut held = BTreeMap::new();
    if codes.is_empty() {
        return Ok(held);
    }
    let marks: Vec<String> = (1..=codes.len()).map(|at| format!("${at}")).collect();
    let sql = format!(
        "SELECT o.*,
           (SELECT count(*) FROM status_change s WHERE s.organisation_id = o.id) AS statuses,
           (SELECT count(*) FROM inspection i WHERE i.organisation_id = o.id AND i.state IN ('decided', 'absent')) AS inspections,
           (SELECT count(*) FROM credit_listing c WHERE c.organisation_id = o.id AND c.listed_on IS NOT NULL
              AND (c.ground <> 'taken_over' OR COALESCE(c.removed_how, 'entered') <> 'entered')) AS listings,
           (SELECT count(*) FROM registered_item r WHERE r.organisation_id = o.id) AS items,
           (SELECT count(*) FROM filing f WHERE f.organisation_id = o.id) AS filings
         FROM organisation o WHERE o.uscc IN ({})",
        marks.join(", ")
    );
    let values: Vec<Val> = codes.iter().map(|code| Val::from(*code)).collect();
    for row in app.db.all::<Row>(&sql, &values).await? {
        held.insert(row.get("uscc")?, (Before::of(&row)?, decided(&row)?, origin(&row)?));
    }
    Ok(held)
}
