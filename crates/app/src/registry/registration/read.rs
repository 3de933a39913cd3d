//! What pages show of cases: own ones, the desk's list, one case with all that hangs on it, what is late.

use domain::kernel::{Actor, CaseId, Coded, Date, Moment, PersonId, Refusal, Role, SubjectKind};
use domain::registry::OrganisationKind;
use domain::registry::registration::{CaseAct, CaseState};

use super::case::Case;
use super::upgrade;
use crate::deadlines::{self, Late};
use crate::{App, Error, args, row};

/// Rows of a list at most.
const ROWS_MAX: i64 = 500;

/// The reader's own case.
///
/// # Errors
/// `NotFound` for strangers.
pub async fn own(app: &App, actor: &Actor, id: CaseId) -> Result<Case, Error> {
    let case: Case = app.db.one("SELECT * FROM registration_case WHERE id = $1", args![id]).await?;
    if !case.is_own_of(actor) {
        return Err(Error::NotFound);
    }
    Ok(case.state_at(app, app.clock.now())?)
}

/// A case whoever it belongs to, for programs that play through cases.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn held(app: &App, id: CaseId) -> Result<Case, Error> {
    Ok(app.db.one("SELECT * FROM registration_case WHERE id = $1", args![id]).await?)
}

/// The reader's own cases, the latest first; an officer's are those keyed in for others.
///
/// # Errors
/// The database could not be read.
pub async fn all_own(app: &App, actor: &Actor) -> Result<Vec<Case>, Error> {
    let person = actor.person.ok_or(Error::NotPermitted)?;
    let column = if actor.post.role == Role::Applicant { "applicant_id" } else { "assisted_by" };
    let sql = format!(
        "SELECT * FROM registration_case WHERE {column} = $1 ORDER BY opened_at DESC, id DESC LIMIT 200"
    );
    let all: Vec<Case> = app.db.all(&sql, args![person]).await?;
    standing_now(app, all)
}

fn standing_now(app: &App, all: Vec<Case>) -> Result<Vec<Case>, Error> {
    let now = app.clock.now();
    let stand: Result<Vec<Case>, Refusal> = all.into_iter().map(|case| case.state_at(app, now)).collect();
    Ok(stand?)
}

/// What the desk's list shows.
#[derive(Clone, Debug, Default)]
pub struct DeskFilter {
    /// In this state alone; none shows all that is not over.
    pub state: Option<CaseState>,
    /// Also what is over.
    pub with_ended: bool,
    /// Of this kind alone.
    pub kind: Option<OrganisationKind>,
    /// Of this district alone; empty for all.
    pub district: String,
    /// Only those that this person has worked on.
    pub mine: Option<PersonId>,
}

/// A case in the desk's list.
#[derive(Clone, Debug)]
pub struct DeskLine {
    /// The case as it stands now.
    pub case: Case,
    /// Its next last day.
    pub due: Option<Date>,
    /// Working days left, negative once it has passed.
    pub days_left: Option<i64>,
}

/// The cases on the approval office's desk, what is due first at the top.
///
/// # Errors
/// The database could not be read.
pub async fn desk(app: &App, filter: &DeskFilter) -> Result<Vec<DeskLine>, Error> {
    let sql = "SELECT c.* FROM registration_case c WHERE c.number IS NOT NULL
               AND ($1 = '' OR c.kind = $1) AND ($2 = '' OR c.district = $2)
               AND ($3 = 0 OR EXISTS (SELECT 1 FROM registration_event e WHERE e.case_id = c.id AND e.person_id = $3))
               AND ($4 = 1 OR c.state NOT IN ('announced', 'denied', 'not_accepted', 'withdrawn'))
               ORDER BY c.submitted_at DESC, c.id DESC LIMIT $5";
    let kind = filter.kind.map_or("", Coded::code);
    let mine = filter.mine.map_or(0, |person| person.0);
    let all_states = filter.with_ended || filter.state.is_some_and(CaseState::is_final);
    let values = args![kind, &filter.district, mine, i64::from(all_states), ROWS_MAX];
    let cases = standing_now(app, app.db.all(sql, values).await?)?;
    let due = "SELECT subject_id, min(due_on) AS due_on FROM deadline
               WHERE subject_kind = 'case' AND done_at IS NULL AND due_on IS NOT NULL GROUP BY subject_id";
    let rows: Vec<crate::db::Row> = app.db.all(due, args![]).await?;
    let mut dues = std::collections::BTreeMap::new();
    for row in rows {
        let (id, due): (i64, Date) = (row.get("subject_id")?, row.get("due_on")?);
        dues.insert(id, due);
    }
    let today = app.clock.now().date();
    let mut lines: Vec<DeskLine> = cases
        .into_iter()
        .filter(|case| filter.state.is_none_or(|state| case.state == state))
        .map(|case| {
            let due = dues.get(&case.id.0).copied();
            let days_left = due.and_then(|due| deadlines::days_left(app, today, due));
            DeskLine { case, due, days_left }
        })
        .collect();
    lines.sort_by_key(|line| (line.days_left.is_none(), line.days_left, line.case.number.clone()));
    Ok(lines)
}

/// The case with this number, for those who work on it or watch over it.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn on_desk(app: &App, number: &str) -> Result<Case, Error> {
    let sql = "SELECT * FROM registration_case WHERE number = $1";
    let case: Case = app.db.one(sql, args![number]).await?;
    Ok(case.state_at(app, app.clock.now())?)
}

row! {
    /// A line of a case's timeline.
    pub struct Event {
        /// When.
        at: Moment,
        /// What.
        @code act: CaseAct,
        /// By whom; none when the law itself did it.
        by: Option<String>,
        /// More of it.
        note: String,
    }
}

row! {
    /// An opinion.
    pub struct Opinion {
        /// Who gave it.
        person_id: PersonId,
        /// Their name.
        by: String,
        /// When.
        at: Moment,
        /// For registration, or against it.
        is_for: bool,
        /// Why.
        text: String,
    }
}

row! {
    /// An opinion on necessity.
    pub struct Necessity {
        /// Who gave it.
        by: String,
        /// When.
        at: Moment,
        /// Whether it is necessary.
        is_necessary: bool,
        /// The organisations named.
        named: String,
        /// Why.
        text: String,
    }
}

row! {
    /// A department that was asked.
    pub struct Consultation {
        /// Its row.
        id: i64,
        /// Whom.
        department: String,
        /// What.
        question: String,
        /// When.
        asked_at: Moment,
        /// The answer.
        reply: Option<String>,
        /// When it came.
        replied_at: Option<Moment>,
    }
}

/// What hangs on a case.
#[derive(Clone, Debug)]
pub struct Hanging {
    /// Its timeline, oldest first.
    pub events: Vec<Event>,
    /// Its opinions.
    pub opinions: Vec<Opinion>,
    /// Its opinions on necessity.
    pub necessity: Vec<Necessity>,
    /// Its consultations.
    pub consultations: Vec<Consultation>,
    /// The applicant's name.
    pub applicant: String,
    /// Who keyed it in at the window; empty when nobody did.
    pub assistant: String,
    /// The credit code of what came of it; empty until then.
    pub uscc: String,
    /// The number of the filing that it grows out of; empty for none.
    pub filing: String,
}

/// All that hangs on a case.
///
/// # Errors
/// The database could not be read.
pub async fn hanging(app: &App, case: &Case) -> Result<Hanging, Error> {
    let events = "SELECT e.at, e.act, n.name AS by, e.note FROM registration_event e
                  LEFT JOIN person n ON n.id = e.person_id WHERE e.case_id = $1 ORDER BY e.place";
    let opinions = "SELECT o.person_id, n.name AS by, o.at, o.is_for, o.text FROM registration_opinion o
                    JOIN person n ON n.id = o.person_id WHERE o.case_id = $1 ORDER BY o.at, o.id";
    let necessity = "SELECT n.name AS by, o.at, o.is_necessary, o.named, o.text FROM necessity_opinion o
                     JOIN person n ON n.id = o.person_id WHERE o.case_id = $1 ORDER BY o.at, o.id";
    let consultations = "SELECT id, department, question, asked_at, reply, replied_at FROM consultation
                         WHERE case_id = $1 ORDER BY asked_at, id";
    let uscc = match case.organisation_id {
        Some(id) => {
            app.db.maybe::<(String,)>("SELECT uscc FROM organisation WHERE id = $1", args![id]).await?
        }
        None => None,
    };
    Ok(Hanging {
        events: app.db.all(events, args![case.id]).await?,
        opinions: app.db.all(opinions, args![case.id]).await?,
        necessity: app.db.all(necessity, args![case.id]).await?,
        consultations: app.db.all(consultations, args![case.id]).await?,
        applicant: name_of(app, Some(case.applicant_id)).await?,
        assistant: name_of(app, case.assisted_by).await?,
        uscc: uscc.map(|(code,)| code).unwrap_or_default(),
        filing: upgrade::number_of(app, case).await?,
    })
}

async fn name_of(app: &App, person: Option<PersonId>) -> Result<String, Error> {
    let Some(person) = person else { return Ok(String::new()) };
    let found: Option<(String,)> =
        app.db.maybe("SELECT name FROM person WHERE id = $1", args![person]).await?;
    Ok(found.map(|(name,)| name).unwrap_or_default())
}

row! {
    /// What is late: a registration, a change, an ending, or the search for a new supervising unit.
    pub struct LateCase {
        /// Its number, as its page is called.
        number: String,
        /// Whose, or the name asked for.
        name: String,
        /// The page of the desk on which it is found, without language.
        path: String,
    }
}

const LATE: &str = "SELECT number, name, '/desk/cases/' || number AS path FROM registration_case
     WHERE id = $1 AND number IS NOT NULL
     UNION ALL SELECT 'c' || c.number, o.name, '/desk/endings/c' || c.number
     FROM change_case c JOIN organisation o ON o.id = c.organisation_id WHERE c.id = $1
     UNION ALL SELECT 'e' || e.number, o.name, '/desk/endings/e' || e.number
     FROM ending_case e JOIN organisation o ON o.id = e.organisation_id WHERE e.id = $1
     UNION ALL SELECT o.uscc, o.name, '/desk/endings'
     FROM unit_release r JOIN organisation o ON o.id = r.organisation_id WHERE r.id = $1";

/// What the case is about when something is late.
///
/// # Errors
/// The database could not be read.
pub async fn late_case(app: &App, late: &Late) -> Result<Option<LateCase>, Error> {
    if late.subject_kind != SubjectKind::Case {
        return Ok(None);
    }
    Ok(app.db.maybe(LATE, args![late.subject_id]).await?)
}
