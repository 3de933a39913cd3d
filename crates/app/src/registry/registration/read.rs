//! What pages show of cases: own ones, and one case with all that hangs on it.

use domain::kernel::{Actor, CaseId, Moment, PersonId, Refusal, Role};
use domain::registry::registration::CaseAct;

use super::case::Case;
use super::upgrade;
use super::visit::{self, Visit};
use crate::{App, Error, args, row};

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

/// Each case as it stands now, silence counted.
pub(super) fn standing_now(app: &App, all: Vec<Case>) -> Result<Vec<Case>, Error> {
    let now = app.clock.now();
    let stand: Result<Vec<Case>, Refusal> = all.into_iter().map(|case| case.state_at(app, now)).collect();
    Ok(stand?)
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
    /// The visits to its premises.
    pub visits: Vec<Visit>,
    /// Its opinions on necessity.
    pub necessity: Vec<Necessity>,
    /// Its consultations.
    pub consultations: Vec<Consultation>,
    /// The applicant's name.
    pub applicant: String,
    /// Who keyed it in at the window; empty when nobody did.
    pub assistant: String,
    /// Who has it; empty when nobody in particular has.
    pub holder: String,
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
        visits: visit::of(app, case).await?,
        necessity: app.db.all(necessity, args![case.id]).await?,
        consultations: app.db.all(consultations, args![case.id]).await?,
        applicant: name_of(app, Some(case.applicant_id)).await?,
        assistant: name_of(app, case.assisted_by).await?,
        holder: name_of(app, case.holder_id).await?,
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
