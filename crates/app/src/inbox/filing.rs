//! Filed organisations tell their street of each year when it is over (B20).

use domain::kernel::{Actor, Date, Role, RuleKey};

use super::{Due, Found, Source, TaskKind};
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
    let street = actor.street().map(|street| street.0);
    // A condition that names the column on both sides is read past every street's filings.
    let of = if street.is_some() { "f.street = $1" } else { "CAST($1 AS BIGINT) IS NULL" };
    let sql = format!(
        "SELECT o.uscc AS subject, o.name AS title, '' AS office, CAST(NULL AS BIGINT) AS at,
           CAST(NULL AS TEXT) AS due_on, CAST(NULL AS TEXT) AS rules_on
         FROM filing f JOIN organisation o ON o.id = f.organisation_id
         WHERE f.closed_on IS NULL AND {of} AND f.filed_on < $3
           AND NOT EXISTS (SELECT 1 FROM filing_report r
             WHERE r.filing_id = f.id AND r.kind = 'year' AND r.on_day >= $2)
         ORDER BY f.id LIMIT 200"
    );
    let source = || Source { kind, doers: DOERS, sql: "", due: Due::Never };
    let rows = app.db.all::<Found>(&sql, args![street, first, next]).await?;
    Ok(rows.into_iter().map(|row| (source(), row)).collect())
}
