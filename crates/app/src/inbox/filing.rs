//! Filed organisations tell their street of each year when it is over, and their folder is to be whole (B20).

use domain::kernel::{Actor, Coded, Date, Role, RuleKey};
use domain::registry::filing::KEPT;

use super::{Due, Found, Source, TaskKind};
use crate::db::Val;
use crate::{App, Error, args};

/// Who keeps the ledger.
pub(super) const DOERS: &[Role] = &[Role::StreetOfficer];

/// Open filings of which the year that is over was not reported; a street sees its own. No statement finds
/// them alone, because the year follows from the clock.
pub(super) async fn years_missing(app: &App, actor: &Actor) -> Result<Vec<(Source, Found)>, Error> {
    unreported(app, actor, TaskKind::RecordFiledYear, 1).await
}

/// Open filings of which no year was reported for so long that the street decides whether they go on: they are
/// called in, reported after all, or ended as inactive.
pub(super) async fn silent(app: &App, actor: &Actor) -> Result<Vec<(Source, Found)>, Error> {
    let years = app.book.on(app.clock.now().date()).number(RuleKey::FilingSilentYears);
    unreported(app, actor, TaskKind::DecideSilentFiling, i16::try_from(years).unwrap_or(i16::MAX)).await
}

/// Open filings that are older than the last `years` whole years and of which none of these was reported.
async fn unreported(
    app: &App,
    actor: &Actor,
    kind: TaskKind,
    years: i16,
) -> Result<Vec<(Source, Found)>, Error> {
    let start = app.clock.now().date().year().saturating_sub(years);
    let days = Date::new(start, 1, 1).ok().zip(Date::new(start.saturating_add(1), 1, 1).ok());
    let Some((first, next)) = days else { return Ok(Vec::new()) };
    let missing = "f.filed_on < $3 AND NOT EXISTS (SELECT 1 FROM filing_report r
             WHERE r.filing_id = f.id AND r.kind = 'year' AND r.on_day >= $2)";
    let rows = open_ones(app, actor, missing, args![first, next]).await?;
    Ok(told(kind, rows))
}

/// Open filings whose folder lacks the charter or the list of members.
pub(super) async fn incomplete(app: &App, actor: &Actor) -> Result<Vec<(Source, Found)>, Error> {
    // How many kinds of paper a folder is to hold is told by `filing::KEPT`; a kind handed in twice counts once.
    let kinds: Vec<String> = KEPT.iter().map(|kind| format!("'{}'", kind.code())).collect();
    let missing = format!(
        "(SELECT count(DISTINCT p.kind) FROM paper_use u JOIN paper p ON p.id = u.paper_id
             WHERE u.subject_kind = 'filing' AND u.subject_id = f.id AND p.kind IN ({})) < {}",
        kinds.join(", "),
        kinds.len()
    );
    let rows = open_ones(app, actor, &missing, &[]).await?;
    Ok(told(TaskKind::CompleteFolder, rows))
}

fn told(kind: TaskKind, rows: Vec<Found>) -> Vec<(Source, Found)> {
    let source = || Source { kind, doers: DOERS, sql: "", due: Due::Never };
    rows.into_iter().map(|row| (source(), row)).collect()
}

/// Open filings of the reader for which `condition` holds; it may name `more`, from `$2` on.
async fn open_ones(app: &App, actor: &Actor, condition: &str, more: &[Val]) -> Result<Vec<Found>, Error> {
    let street = actor.street().map(|street| street.0);
    // A condition that names the column on both sides is read past every street's filings.
    let of = if street.is_some() { "f.street = $1" } else { "CAST($1 AS BIGINT) IS NULL" };
    let sql = format!(
        "SELECT o.uscc AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at,
           CAST(NULL AS TEXT) AS due_on, CAST(NULL AS TEXT) AS rules_on
         FROM filing f JOIN organisation o ON o.id = f.organisation_id
         WHERE f.closed_on IS NULL AND {of} AND {condition}
         ORDER BY f.id LIMIT 200"
    );
    let values = [args![street], more].concat();
    Ok(app.db.all::<Found>(&sql, &values).await?)
}
