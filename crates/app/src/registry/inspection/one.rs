//! One inspection as its pages read it, and the years of an organisation.

use domain::kernel::{Date, Finding, OrganisationId, Subject, SubjectKind};
use domain::registry::inspection::filing::{Known, is_simplified, prefill};
use domain::registry::inspection::finding::{Hint, hints};
use domain::registry::inspection::rectification::{BadYear, RectificationState, proposal};
use domain::registry::inspection::unit::Unit;
use domain::registry::inspection::{Answers, InspectionState, Outcome, Weight};

use super::campaign::{self, Campaign};
use super::filing::{GRADE, grade, is_open};
use super::held::{
    GROUNDS_OF, HeldGround, Inspection, OF_YEAR, RECTIFICATION_OF, REPORT_OF, Rectification, Report, thaw,
};
use super::recorded::{YearRows, year_rows};
use super::unit;
use crate::db::Row;
use crate::papers::{self, Paper};
use crate::registry::profile::{Organisation, organisation_by_id};
use crate::registry::standing::Source;
use crate::{App, Error, args, row};

/// An inspection with everything around it.
pub struct Whole {
    /// The year's campaign.
    pub campaign: Campaign,
    /// The inspection.
    pub inspection: Inspection,
    /// Whose.
    pub organisation: Organisation,
    /// The last day for it.
    pub due_on: Date,
    /// Whether its grade opens the short form (B28).
    pub is_simplified: bool,
    /// Whether a supervising unit says something of it first.
    pub unit: Unit,
    /// Whether the organisation writes.
    pub is_open: bool,
    /// The report, once a draft was saved.
    pub report: Option<Report>,
    /// What the report holds, or what a new one begins with.
    pub answers: Answers,
    /// Last year's report.
    pub last_year: Option<Answers>,
    /// What the system itself recorded of the year.
    pub recorded: YearRows,
    /// What the answers show; empty before a report was filed.
    pub hints: Vec<Hint>,
    /// What an officer found.
    pub grounds: Vec<HeldGround>,
    /// What is to be mended.
    pub rectification: Option<Rectification>,
    /// The papers with it.
    pub papers: Vec<Paper>,
    /// The proposal to revoke, when too many bad years follow each other (B27).
    pub proposal: Option<Finding>,
}

impl Whole {
    /// What papers, documents and deadlines name.
    pub fn subject(&self) -> Subject {
        Subject::new(SubjectKind::Inspection, self.inspection.id)
    }

    /// The weights of what is not mended.
    pub fn open_weights(&self) -> Vec<Weight> {
        self.grounds.iter().filter(|one| one.closed_at.is_none()).map(|one| one.weight).collect()
    }
}

/// An organisation's inspection of a year.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn whole(app: &App, organisation: OrganisationId, year: i64) -> Result<Whole, Error> {
    let campaign = campaign::campaign(app, year).await?;
    let inspection: Inspection = app.db.one(OF_YEAR, args![organisation, year]).await?;
    let held = organisation_by_id(app, organisation).await?;
    let report: Option<Report> = app.db.maybe(REPORT_OF, args![inspection.id]).await?;
    let (due_on, today) = (campaign.due_on(held.kind), app.clock.now().date());
    let rules = app.book.on(campaign.rules_on);
    let last_year = answers_of(app, organisation, year - 1).await?;
    let recorded = year_rows(app, organisation, year).await?;
    let what = (held.kind, held.is_supervised);
    let unit = unit::of(&mut Source::Db(&app.db), organisation, what, today).await?;
    let known = Known {
        unit_due_on: unit.is_reported_to().then_some(campaign.supervisor_due_on),
        domicile: &held.domicile,
        person_in_charge: &held.person_in_charge,
        year: recorded.recorded(),
    };
    let grade_row: Option<Row> = app.db.maybe(GRADE, args![organisation, today]).await?;
    let held_grade = grade_row.as_ref().map(grade).transpose()?.flatten();
    let filed_at = report.as_ref().and_then(|report| report.submitted_at);
    let answers = match &report {
        Some(report) => report.answers(),
        None => prefill(known, last_year.as_ref()),
    };
    let found = match filed_at {
        Some(at) => hints(&answers, last_year.as_ref(), held.kind, known, at.date() > due_on, rules),
        None => Vec::new(),
    };
    let is_simplified = match &report {
        Some(report) if filed_at.is_some() => report.is_simplified,
        _ => is_simplified(held_grade, today, rules),
    };
    let subject = inspection.subject();
    Ok(Whole {
        is_simplified,
        unit,
        is_open: is_open(inspection.state, filed_at.is_some()),
        answers,
        hints: found,
        recorded,
        grounds: app.db.all(GROUNDS_OF, args![inspection.id]).await?,
        rectification: app.db.maybe(RECTIFICATION_OF, args![inspection.id]).await?,
        papers: papers::of(app, subject).await?,
        proposal: proposal(&bad_years(app, organisation).await?, year, rules),
        organisation: held,
        campaign,
        inspection,
        due_on,
        report,
        last_year,
    })
}

async fn answers_of(app: &App, organisation: OrganisationId, year: i64) -> Result<Option<Answers>, Error> {
    let sql = "SELECT r.answers FROM inspection_report r JOIN inspection i ON i.id = r.inspection_id
               WHERE i.organisation_id = $1 AND i.year = $2 AND r.submitted_at IS NOT NULL";
    let held: Option<(String,)> = app.db.maybe(sql, args![organisation, year]).await?;
    Ok(held.map(|(text,)| thaw(&text)))
}

async fn bad_years(app: &App, organisation: OrganisationId) -> Result<Vec<BadYear>, Error> {
    let sql =
        "SELECT * FROM inspection WHERE organisation_id = $1 AND (state = 'absent' OR outcome = 'fail')";
    let held: Vec<Inspection> = app.db.all(sql, args![organisation]).await?;
    let bad = |one: &Inspection| BadYear { year: one.year, is_absent: one.state == InspectionState::Absent };
    Ok(held.iter().map(bad).collect())
}

/// The latest inspection of an organisation; `None` when there never was one.
///
/// # Errors
/// The database failed.
pub async fn latest(app: &App, organisation: OrganisationId) -> Result<Option<Whole>, Error> {
    let sql = "SELECT COALESCE(max(year), 0) FROM inspection WHERE organisation_id = $1";
    match app.db.number(sql, args![organisation]).await? {
        0 => Ok(None),
        year => whole(app, organisation, year).await.map(Some),
    }
}

row! {
    /// One year of an organisation's inspections.
    pub struct Past {
        /// The year reported on.
        year: i64,
        /// How far it is.
        @code state: InspectionState,
        /// How it ended.
        @code_option outcome: Option<Outcome>,
        /// When that was decided.
        decided_on: Option<Date>,
        /// When absence was recorded.
        absent_on: Option<Date>,
        /// How far the rectification is, when one was asked for.
        @code_option rectification: Option<RectificationState>,
        /// The last day of that rectification.
        rectification_due_on: Option<Date>,
    }
}

/// The years of an organisation that have ended, the latest first: what anyone may know.
///
/// # Errors
/// The database failed.
pub async fn history(app: &App, organisation: OrganisationId) -> Result<Vec<Past>, Error> {
    let sql = "SELECT i.year, i.state, i.outcome, i.decided_on, i.absent_on, r.state AS rectification,
                 r.due_on AS rectification_due_on
               FROM inspection i LEFT JOIN rectification r ON r.inspection_id = i.id
               WHERE i.organisation_id = $1 AND i.state IN ('exempt', 'decided', 'absent')
               ORDER BY i.year DESC LIMIT 50";
    Ok(app.db.all(sql, args![organisation]).await?)
}
