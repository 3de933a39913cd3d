//! Whether an organisation is in the cultivation programme at a moment: for the tie-break (T4), a registration (S34),
//! and the programme's own pages.
//!
//! An enrolment of a filed organisation goes on with the registered one that grew out of it, so the filing's end by
//! registration ends nothing. What the lists and the register say ends it as of its own moment (D2).

use std::collections::BTreeMap;

use domain::kernel::{Date, Finding, Moment, OrganisationId};
use domain::registry::Gate;
use domain::registry::enrolled::{Enrolled, Exit, ExitGround, ProgrammeType};

use super::standing::{self, Source};
use crate::db::{Row, Tx, Val};
use crate::{App, Error, args, row};

/// Who holds enrolment `e` now: the organisation that grew out of the filed one, else the one that applied.
pub(crate) const HOLDER: &str =
    "COALESCE((SELECT min(g.organisation_id) FROM registration_case g JOIN filing f ON f.id = g.filing_id
       WHERE f.organisation_id = e.organisation_id AND g.organisation_id IS NOT NULL), e.organisation_id)";

row! {
    /// An enrolment as its row holds it.
    struct EnrolledRow {
        id: i64,
        @code kind: ProgrammeType,
        enrolled_at: Moment,
        ended_at: Option<Moment>,
        @code_option exit_ground: Option<ExitGround>,
    }
}

row! {
    /// What ends an enrolment by itself.
    struct EndRow {
        id: i64,
        @code ground: ExitGround,
        at: Option<Moment>,
        day: Option<Date>,
    }
}

/// What may have ended the enrolments `e` that `which` takes.
fn ends(which: &str) -> String {
    let of = |table: &str| {
        format!(
            "FROM enrolment e JOIN {table} x ON x.organisation_id IN (e.organisation_id, {HOLDER}) WHERE e.enrolled_at IS NOT NULL AND {which}"
        )
    };
    let (listing, status, entry) = (of("credit_listing"), of("status_change"), of("standing_entry"));
    format!(
        // By the organisation, never by the list: that would read past everybody who is on it.
        "SELECT e.id, 'serious_list' AS ground, x.listed_at AS at, x.listed_on AS day {listing}
           AND CASE x.list WHEN 'serious' THEN 1 ELSE 0 END = 1 AND x.listed_on IS NOT NULL
         UNION ALL SELECT e.id, 'ended', x.from_at, x.from_on {status}
           AND x.status IN ('cancelled', 'revoked') AND x.ground <> 'registered'
         UNION ALL SELECT e.id, CASE WHEN x.listing = 'serious' THEN 'serious_list' ELSE 'ended' END, x.from_at,
           CAST(NULL AS TEXT) {entry} AND (x.listing = 'serious' OR x.status IN ('cancelled', 'revoked'))"
    )
}

impl EndRow {
    /// As an end of an enrolment since `from`. What is kept with its day alone and happened on the day of the
    /// enrolment came after it: before, the gate would have been closed.
    fn exit(&self, from: Moment) -> Option<Exit> {
        let at = match (self.at, self.day) {
            (Some(at), _) => at,
            (None, Some(day)) if day == from.date() => from,
            (None, Some(day)) => Moment::start_of(day),
            (None, None) => return None,
        };
        Some(Exit { at, ground: self.ground })
    }
}

/// Every enrolment that `which` takes, by its row, with all that may have ended it.
pub(crate) async fn held(
    source: &mut Source<'_>,
    which: &str,
    args: &[Val],
) -> Result<BTreeMap<i64, Enrolled>, Error> {
    let sql = format!(
        "SELECT e.id, e.kind, e.enrolled_at, e.ended_at, e.exit_ground FROM enrolment e
         WHERE e.enrolled_at IS NOT NULL AND {which}"
    );
    let rows: Vec<EnrolledRow> = source.all(&sql, args).await?;
    if rows.is_empty() {
        return Ok(BTreeMap::new());
    }
    let facts: Vec<EndRow> = source.all(&ends(which), args).await?;
    let enrolled = |row: EnrolledRow| {
        let from = row.enrolled_at;
        let recorded = row.ended_at.zip(row.exit_ground).map(|(at, ground)| Exit { at, ground });
        let own = facts.iter().filter(|fact| fact.id == row.id).filter_map(|fact| fact.exit(from));
        (row.id, Enrolled { kind: row.kind, from, recorded, facts: own.collect() })
    };
    Ok(rows.into_iter().map(enrolled).collect())
}

/// The enrolment that an organisation has at a moment.
///
/// # Errors
/// The database could not be read.
pub async fn enrolled_at(app: &App, id: OrganisationId, at: Moment) -> Result<Option<Enrolled>, Error> {
    in_force(&mut Source::Db(&app.db), id, at).await
}

async fn in_force(
    source: &mut Source<'_>,
    id: OrganisationId,
    at: Moment,
) -> Result<Option<Enrolled>, Error> {
    let which = format!("{HOLDER} = $1");
    let all = held(source, &which, args![id]).await?;
    Ok(all.into_values().find(|one| one.holds_at(at)))
}

/// Whether an organisation has the programme's priority at a moment: enrolled, and its standing open (S36, B38).
///
/// # Errors
/// `NotFound` when there is no such organisation.
pub(crate) async fn has_priority(
    app: &App,
    tx: &mut Tx,
    id: OrganisationId,
    at: Moment,
) -> Result<bool, Error> {
    if in_force(&mut Source::Tx(&mut *tx), id, at).await?.is_none() {
        return Ok(false);
    }
    let known = standing::known_in(app, tx, id, at).await?;
    Ok(known.gate(Gate::Programme, app.book.on(at.date())).require().is_ok())
}

/// Puts in the place of "check whether it is enrolled" what the register knows: a registration that grows out of a
/// filing is of the filed organisation (S34). Without a filing nobody can know, and the question stays.
///
/// # Errors
/// The database could not be read.
pub(crate) async fn tell_of_filing(
    app: &App,
    filing: Option<i64>,
    findings: &mut [Finding],
) -> Result<(), Error> {
    let asked = findings.iter_mut().find(|finding| finding.code == "registration.enrolment");
    let (Some(asked), Some(filing)) = (asked, filing) else { return Ok(()) };
    let sql =
        "SELECT o.id, o.uscc FROM filing f JOIN organisation o ON o.id = f.organisation_id WHERE f.id = $1";
    let row: Row = app.db.one(sql, args![filing]).await?;
    let (id, number): (OrganisationId, String) = (row.get("id")?, row.get("uscc")?);
    *asked = match enrolled_at(app, id, app.clock.now()).await? {
        Some(enrolled) => Finding::met("registration.enrolled", "S34")
            .with("number", number)
            .with_code("kind", enrolled.kind)
            .with("since", enrolled.from.date()),
        None => Finding::warn("registration.not-enrolled", "S34").with("number", number),
    };
    Ok(())
}
