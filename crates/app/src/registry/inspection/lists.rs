//! A campaign in counts and rows: every count opens to its rows.

use domain::kernel::{Coded, Date, Finding, Moment, OrganisationId};
use domain::registry::OrganisationKind;
use domain::registry::inspection::rectification::{BadYear, RectificationState, proposal};
use domain::registry::inspection::{InspectionState, Outcome};

use super::campaign::Campaign;
use crate::db::Val;
use crate::{App, Error, args, row};

/// What the reader wants to see; `None` means everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// How far.
    pub state: Option<InspectionState>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// What the organisation is.
    pub kind: Option<OrganisationKind>,
    /// The district's six digits.
    pub district: Option<String>,
    /// Only those whose report is missing after the last day.
    pub is_late: bool,
    /// How far the rectification is.
    pub rectification: Option<RectificationState>,
}

row! {
    /// One row of the review grid.
    pub struct Line {
        /// The organisation.
        organisation_id: OrganisationId,
        /// Its code.
        uscc: String,
        /// Its name.
        name: String,
        /// What it is.
        @code kind: OrganisationKind,
        /// Its district.
        district: String,
        /// Version of the inspection.
        version: i64,
        /// How far.
        @code state: InspectionState,
        /// How it ended.
        @code_option outcome: Option<Outcome>,
        /// When that was decided.
        decided_on: Option<Date>,
        /// When the report was filed.
        submitted_at: Option<Moment>,
        /// What an officer proposes.
        @code_option proposal: Option<Outcome>,
        /// The answers, as kept.
        answers: Option<String>,
        /// Open minor grounds.
        minor: i64,
        /// Open serious grounds.
        serious: i64,
        /// How far the rectification is.
        @code_option rectification: Option<RectificationState>,
        /// Its last day.
        rectification_due_on: Option<Date>,
    }
}

const FROM: &str = " FROM inspection i JOIN organisation o ON o.id = i.organisation_id
     LEFT JOIN inspection_report r ON r.inspection_id = i.id
     LEFT JOIN rectification m ON m.inspection_id = i.id WHERE ";
const COLUMNS: &str = "SELECT i.organisation_id, o.uscc, o.name, o.kind, o.district, i.version, i.state, i.outcome,
     i.decided_on, r.submitted_at, r.proposal, r.answers, m.state AS rectification, m.due_on AS rectification_due_on,
     (SELECT count(*) FROM inspection_ground g WHERE g.inspection_id = i.id AND g.closed_at IS NULL AND g.weight = 'minor') AS minor,
     (SELECT count(*) FROM inspection_ground g WHERE g.inspection_id = i.id AND g.closed_at IS NULL AND g.weight = 'serious') AS serious";

impl Filter {
    fn conditions(&self, campaign: &Campaign, today: Date) -> (Vec<String>, Vec<Val>) {
        let (mut conditions, mut values) = (vec!["i.year = $1".to_owned()], vec![Val::from(campaign.year)]);
        let mut add = |condition: &str, value: Option<Val>| {
            if let Some(value) = value {
                values.push(value);
                conditions.push(condition.replace("$?", &format!("${}", values.len())));
            }
        };
        add("i.state = $?", self.state.map(Val::code));
        add("i.outcome = $?", self.outcome.map(Val::code));
        add("o.kind = $?", self.kind.map(Val::code));
        add("o.district = $?", self.district.as_deref().map(Val::from));
        add("m.state = $?", self.rectification.map(Val::code));
        if self.is_late {
            let kinds = OrganisationKind::ALL.iter().filter(|kind| campaign.due_on(**kind) < today);
            let late: Vec<String> = kinds.map(|kind| format!("'{}'", kind.code())).collect();
            let late = if late.is_empty() { "''".to_owned() } else { late.join(", ") };
            conditions.push(format!("i.state = 'due' AND o.kind IN ({late})"));
        }
        (conditions, values)
    }
}

/// The rows of a campaign in the order of their entry, going on after `after`, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn lines(
    app: &App,
    campaign: &Campaign,
    filter: &Filter,
    after: i64,
    limit: usize,
) -> Result<Vec<Line>, Error> {
    let (mut conditions, mut values) = filter.conditions(campaign, app.clock.now().date());
    values.push(Val::from(after));
    conditions.push(format!("i.organisation_id > ${}", values.len()));
    values.push(Val::from(limit));
    let place = values.len();
    let sql =
        format!("{COLUMNS}{FROM}{} ORDER BY i.organisation_id LIMIT ${place}", conditions.join(" AND "));
    Ok(app.db.all(&sql, &values).await?)
}

/// How many rows a filter lets through.
///
/// # Errors
/// The database failed.
pub async fn count(app: &App, campaign: &Campaign, filter: &Filter) -> Result<i64, Error> {
    let (conditions, values) = filter.conditions(campaign, app.clock.now().date());
    Ok(app.db.number(&format!("SELECT count(*){FROM}{}", conditions.join(" AND ")), &values).await?)
}

/// One figure of a campaign with the filter that shows its rows.
pub struct Tally {
    /// What it counts.
    pub filter: Filter,
    /// How many.
    pub number: i64,
}

/// The figures of a campaign: by state, by outcome, who is late, and what is being mended.
///
/// # Errors
/// The database failed.
pub async fn tally(app: &App, campaign: &Campaign) -> Result<Vec<Tally>, Error> {
    let none = Filter::default();
    let mut filters = vec![none.clone()];
    filters.extend(InspectionState::ALL.iter().map(|state| Filter { state: Some(*state), ..none.clone() }));
    filters.push(Filter { is_late: true, ..none.clone() });
    filters.extend(Outcome::ALL.iter().map(|outcome| Filter { outcome: Some(*outcome), ..none.clone() }));
    let states = RectificationState::ALL.iter();
    filters.extend(states.map(|state| Filter { rectification: Some(*state), ..none.clone() }));
    let mut tallies = Vec::new();
    for filter in filters {
        let number = count(app, campaign, &filter).await?;
        tallies.push(Tally { filter, number });
    }
    Ok(tallies)
}

row! {
    /// A year that ended badly.
    pub struct Bad {
        /// Whose.
        organisation_id: OrganisationId,
        /// Its code.
        uscc: String,
        /// Its name.
        name: String,
        /// Which.
        year: i64,
        /// How far.
        @code state: InspectionState,
    }
}

/// An organisation whose revocation is proposed; a person decides (B27).
pub struct Proposed {
    /// Its code.
    pub uscc: String,
    /// Its name.
    pub name: String,
    /// Why.
    pub finding: Finding,
}

/// Whose years up to this one ended badly too often in a row (B27).
///
/// # Errors
/// The database failed.
pub async fn proposals(app: &App, campaign: &Campaign) -> Result<Vec<Proposed>, Error> {
    let sql = "SELECT i.organisation_id, o.uscc, o.name, i.year, i.state FROM inspection i
               JOIN organisation o ON o.id = i.organisation_id
               WHERE (i.state = 'absent' OR i.outcome = 'fail') AND o.status IN ('active', 'suspended')
                 AND EXISTS (SELECT 1 FROM inspection j WHERE j.organisation_id = i.organisation_id AND j.year = $1
                   AND (j.state = 'absent' OR j.outcome = 'fail'))
               ORDER BY i.organisation_id, i.year LIMIT 5000";
    let rows: Vec<Bad> = app.db.all(sql, args![campaign.year]).await?;
    let rules = app.book.on(campaign.rules_on);
    let mut proposed = Vec::new();
    for years in rows.chunk_by(|one, other| one.organisation_id == other.organisation_id) {
        let bad: Vec<BadYear> = years
            .iter()
            .map(|one| BadYear { year: one.year, is_absent: one.state == InspectionState::Absent })
            .collect();
        if let (Some(finding), Some(one)) = (proposal(&bad, campaign.year, rules), years.first()) {
            proposed.push(Proposed { uscc: one.uscc.clone(), name: one.name.clone(), finding });
        }
    }
    Ok(proposed)
}
