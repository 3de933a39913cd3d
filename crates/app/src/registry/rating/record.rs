//! What the register holds that decides whether an organisation may be rated.

use domain::kernel::{Date, Moment, OrganisationId};
use domain::registry::InspectionResult;
use domain::registry::rating::{Conduct, Grade, GradeEnding, PastGrade, PastInspection, Record};

use crate::db::{Db, DbError, Row, Tx};
use crate::registry::profile::Organisation;
use crate::registry::standing::{self, Source};
use crate::{App, Cx, Error, args};

const GRADES: &str =
    "SELECT id, version, grade, confirmed_on, valid_until, COALESCE(ended_on, lapsed_on) AS ended_on,
       COALESCE(ended_by, CASE WHEN lapsed_on IS NOT NULL THEN 'lapsed' END) AS ended_by FROM rating_grade
                      WHERE organisation_id = $1 ORDER BY confirmed_on, id";
const INSPECTIONS: &str = "SELECT year, state, outcome FROM inspection
                           WHERE organisation_id = $1 AND state IN ('decided', 'absent') ORDER BY year";

/// A grade with its row.
#[derive(Clone, Copy, Debug)]
pub(super) struct HeldGrade {
    pub id: i64,
    pub version: i64,
    pub past: PastGrade,
}

/// The record now, outside any transaction.
pub(super) async fn read(app: &App, id: OrganisationId) -> Result<Record, Error> {
    let now = app.clock.now();
    read_from(app, &mut Source::Db(&app.db), id, now, Conduct::default()).await
}

/// The record now, inside a transaction; `told` is what other authorities said beside the register.
pub(super) async fn read_in(cx: &mut Cx<'_>, id: OrganisationId, told: Conduct) -> Result<Record, Error> {
    let (app, now) = (cx.app, cx.now);
    read_from(app, &mut Source::Tx(&mut cx.tx), id, now, told).await
}

/// Penalties and investigations are what every gate reads: one answer for all of them (B30, B38).
async fn read_from(
    app: &App,
    source: &mut Source<'_>,
    id: OrganisationId,
    now: Moment,
    told: Conduct,
) -> Result<Record, Error> {
    let (held, known) = standing::registered(app, source, id, now).await?;
    let grades = source.all::<Row>(GRADES, args![id]).await?;
    let inspections = source.all::<Row>(INSPECTIONS, args![id]).await?;
    record(&held, &grades, &inspections, Conduct::known(&known).and(told))
}

/// Every grade of an organisation, oldest first, inside a transaction.
pub(super) async fn grades_in(tx: &mut Tx, id: OrganisationId) -> Result<Vec<HeldGrade>, Error> {
    grades_of(&tx.all::<Row>(GRADES, args![id]).await?)
}

/// Every grade of an organisation, oldest first.
pub(super) async fn grades(db: &Db, id: OrganisationId) -> Result<Vec<HeldGrade>, Error> {
    grades_of(&db.all::<Row>(GRADES, args![id]).await?)
}

fn grades_of(rows: &[Row]) -> Result<Vec<HeldGrade>, Error> {
    rows.iter().map(|row| held_grade(row).map_err(Error::from)).collect()
}

fn held_grade(row: &Row) -> Result<HeldGrade, DbError> {
    let ended: Option<Date> = row.get("ended_on")?;
    let ending: Option<GradeEnding> = row.code_option("ended_by")?;
    let past = PastGrade {
        grade: row.code::<Grade>("grade")?,
        confirmed_on: row.get("confirmed_on")?,
        valid_until: row.get("valid_until")?,
        ended: ended.zip(ending),
    };
    Ok(HeldGrade { id: row.get("id")?, version: row.get("version")?, past })
}

fn record(held: &Organisation, grades: &[Row], rows: &[Row], conduct: Conduct) -> Result<Record, Error> {
    let mut inspections = Vec::new();
    for row in rows {
        let result = match row.get::<Option<String>>("outcome")?.as_deref() {
            Some("pass") => InspectionResult::Pass,
            Some("basic_pass") => InspectionResult::BasicPass,
            Some("fail") => InspectionResult::Fail,
            _ => InspectionResult::Absent,
        };
        inspections.push(PastInspection { year: row.get("year")?, result });
    }
    // A register that was imported knows the last outcome only, not its year.
    if inspections.is_empty() && held.inspection != InspectionResult::NotDue {
        inspections.push(PastInspection { year: 0, result: held.inspection });
    }
    Ok(Record {
        kind: held.kind,
        legal: held.legal,
        status: held.status,
        registered_on: held.registered_on,
        grades: grades_of(grades)?.into_iter().map(|grade| grade.past).collect(),
        inspections,
        conduct,
    })
}
