//! The inbox: what an official has to do now, computed from the tables at the moment of reading.
//!
//! One file for each source of work. Nothing is stored, so a task is gone the moment it is done, and
//! nothing here depends on whether anyone has bid (C30).

mod awards;
mod cases;
mod charity;
mod contracts;
mod credit;
mod cultivation;
mod endings;
mod evaluation;
mod feedback;
mod filing;
mod fundraising;
mod inspection;
mod items;
mod kind;
pub mod member;
mod openings;
mod panels;
mod payments;
mod performance;
mod qualification;
mod questions;
mod rating;
mod registration;
mod requirements;
mod seals;
mod sessions;
mod supervision;
mod ties;

use domain::kernel::{Actor, Date, Moment, Role, RuleKey};

use crate::{App, Error, args, deadlines, row};

pub use kind::{Desk, TaskKind};

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// What.
    pub kind: TaskKind,
    /// About what: the public number or code that opens its page.
    pub subject: String,
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub office: String,
    /// The last day; none when no rule sets one.
    pub due: Option<Date>,
    /// Working days from today to the last day, negative once it has passed.
    pub days_left: Option<i64>,
    /// The name of the person who has it; empty when nobody in particular has.
    pub holder: String,
    /// Whether the reader does it; otherwise somebody else of the reader's scope.
    pub is_own: bool,
}

row! {
    /// What a source finds.
    pub struct Found {
        /// Public number or code.
        subject: String,
        /// Title.
        title: String,
        /// The office's name.
        office: String,
        /// When it came up, or when it takes place.
        at: Option<Moment>,
        /// The last day, when a row holds it.
        due_on: Option<Date>,
        /// The day whose rules judge it, when it is a tender.
        rules_on: Option<Date>,
    }
}

/// How the last day follows from what was found.
#[derive(Clone, Copy)]
enum Due {
    /// No rule sets one.
    Never,
    /// The day on which it takes place.
    OnTheDay,
    /// The day that the row holds.
    Stated,
    /// The day that the row holds; before it is over there is nothing to do.
    Missed,
    /// No rule sets one, and before the day that the row holds is over there is nothing to do.
    OnceOver,
    /// So many days after it came up.
    After(RuleKey),
}

/// Where one sort of work comes from.
struct Source {
    kind: TaskKind,
    /// Who does it.
    doers: &'static [Role],
    /// Gives `Found` rows; `$1` is the reader's office or null, `$2` the present moment.
    sql: &'static str,
    due: Due,
}

const SOURCES: &[&Source] = &[
    &items::REVIEW,
    &requirements::WRITE,
    &requirements::CHECK,
    &requirements::PUBLISH,
    &questions::ANSWER,
    &openings::HOLD,
    &qualification::CHECK,
    &panels::SEAT,
    &sessions::HOLD,
    &awards::DECIDE,
    &awards::NOTIFY,
    &contracts::DRAFT,
    &contracts::OFFER,
    &contracts::SIGN,
    &credit::CONFIRM_PENALTY,
    &credit::NOTICE_PENALTY,
    &credit::HEAR_PENALTY,
    &credit::DECIDE_PENALTY,
    &credit::UNANSWERED_PENALTY,
    &credit::SEAL,
    &credit::GIVE_BACK,
    &credit::CHECK_ORDER,
    &credit::NOTICE,
    &credit::HEAR,
    &credit::DECIDE,
    &credit::VERIFY,
    &credit::REMOVE,
    &inspection::REVIEW,
    &inspection::DECIDE,
    &inspection::VERIFY,
    &inspection::CALL_IN,
    &rating::CHECK,
    &rating::VISIT,
    &rating::MEET,
    &rating::PUBLICISE,
    &rating::SERVE,
    &rating::PLAQUE,
    &endings::TAKE_IN_CHANGE,
    &endings::TAKE_IN_CANCELLATION,
    &endings::TAKE_BACK,
    &endings::REVIEW_CHANGE,
    &endings::DECIDE_CHANGE,
    &endings::REVIEW_CANCELLATION,
    &endings::NOTICE,
    &endings::HEAR,
    &endings::DECIDE,
    &endings::UNANSWERED,
    &seals::RECEIVE,
    &fundraising::TAKE_IN,
    &fundraising::REVIEW,
    &fundraising::DECIDE,
    &fundraising::CONFIRM,
    &charity::TAKE_IN,
    &charity::REVIEW,
    &charity::DECIDE,
    &charity::ANSWERED,
    &charity::UNANSWERED,
    &cultivation::SCORE,
    &cultivation::CARRY_ON,
    &cultivation::CONFIRM,
    &ties::DECIDE,
    &payments::CHECK,
    &payments::PAY,
    &performance::OPINION,
    &performance::HOLD,
    &performance::PUBLISH,
    &performance::SUBCONTRACT,
    &performance::SUPPLEMENT,
    &performance::HALT,
    &supervision::ANSWER,
    &supervision::JUDGE,
    &supervision::LEAD,
    &evaluation::WRITE,
    &evaluation::CHECK,
    &evaluation::REPORT,
    &evaluation::DRAW,
    &evaluation::SCORE,
    &evaluation::SEND,
    &evaluation::FINISH,
    &evaluation::FEEDBACK,
    &evaluation::RETALIATION,
    &feedback::ANSWER,
];

/// Roles that see all work of the bureau, not only what they do themselves.
const OVERSEERS: &[Role] = &[Role::PurchaseLead, Role::Supervisor, Role::Finance];

/// Everything within the reader's scope, what is due first at the top and what has no last day at the end.
///
/// # Errors
/// The database could not be read.
pub async fn tasks(app: &App, actor: &Actor) -> Result<Vec<Task>, Error> {
    let (office, now) = (actor.office(), app.clock.now());
    let role = actor.post.role;
    let mut found = Vec::new();
    for source in SOURCES {
        if !sees(actor, source.kind, source.doers) {
            continue;
        }
        let is_own = source.doers.contains(&role);
        for row in app.db.all::<Found>(source.sql, args![office, now]).await? {
            found.extend(task(app, source, row, is_own));
        }
    }
    found.extend(computed(app, actor).await?);
    found.sort_by_key(|task| (task.days_left.is_none(), task.days_left, task.subject.clone()));
    Ok(found)
}

/// What no statement alone finds, because it follows from the rule book and the clock.
async fn computed(app: &App, actor: &Actor) -> Result<Vec<Task>, Error> {
    let mut rows = Vec::new();
    if sees(actor, TaskKind::ProposeListing, credit::CLOCK_DOERS) {
        rows.extend(credit::of_the_clock(app).await?);
    }
    if sees(actor, TaskKind::ConfirmRating, rating::SETTLED_DOERS) {
        rows.extend(rating::settled(app).await?);
    }
    if sees(actor, TaskKind::RecordExit, cultivation::DOERS) {
        rows.extend(cultivation::ended(app).await?);
        rows.extend(cultivation::unreviewed(app).await?);
    }
    if sees(actor, TaskKind::RecordAbsences, inspection::ABSENT_DOERS) {
        rows.extend(inspection::absent(app).await?);
    }
    if sees(actor, TaskKind::TellIdleCharity, charity::IDLE_DOERS) {
        rows.extend(charity::idle(app).await?);
    }
    if sees(actor, TaskKind::RecordFiledYear, filing::DOERS) {
        rows.extend(filing::years_missing(app, actor).await?);
        rows.extend(filing::silent(app, actor).await?);
        rows.extend(filing::incomplete(app, actor).await?);
    }
    if sees(actor, TaskKind::ReturnDeposit, payments::DEPOSIT_DOERS) {
        rows.extend(payments::deposits_due(app, actor).await?);
    }
    let is_own = |source: &Source| source.doers.contains(&actor.post.role);
    let mut found: Vec<Task> =
        rows.into_iter().filter_map(|(source, row)| task(app, &source, row, is_own(&source))).collect();
    if sees(actor, TaskKind::TakeInCase, registration::DOERS) {
        let cases = registration::of_the_window(app, actor).await?;
        let held = |one: registration::Step| {
            let task = task(app, &one.source, one.found, one.is_own)?;
            Some(Task { holder: one.holder, ..task })
        };
        found.extend(cases.into_iter().filter_map(held));
    }
    Ok(found)
}

/// Whether a reader sees work of a kind: whoever does it, and whoever watches over it.
fn sees(actor: &Actor, kind: TaskKind, doers: &[Role]) -> bool {
    let role = actor.post.role;
    if kind == TaskKind::FindOnRetaliation {
        // A complaint of retaliation is for discipline alone (E6).
        return doers.contains(&role);
    }
    let is_watched = match kind.desk() {
        // The approval office's own matters: only discipline looks on (S10, S12).
        Desk::Credit => role == Role::Supervisor,
        Desk::Window => role == Role::Supervisor || window(role),
        Desk::Street | Desk::Discipline | Desk::Programme => role == Role::Supervisor,
        Desk::Purchase => OVERSEERS.contains(&role) || (actor.office().is_some() && !window(role)),
    };
    doers.contains(&role) || is_watched
}

/// Whether a role belongs to the approval office.
fn window(role: Role) -> bool {
    matches!(role, Role::ApprovalOfficer | Role::ApprovalDirector)
}

/// A row as a task; none while its time has not come.
fn task(app: &App, source: &Source, row: Found, is_own: bool) -> Option<Task> {
    let today = app.clock.now().date();
    let due = match source.due {
        Due::Never => None,
        Due::OnTheDay => row.at.map(Moment::date),
        Due::Stated => row.due_on,
        Due::Missed if row.due_on? < today => row.due_on,
        Due::OnceOver if row.due_on? < today => None,
        Due::Missed | Due::OnceOver => return None,
        Due::After(key) => row.at.and_then(|at| {
            let rules = app.book.on(row.rules_on.unwrap_or(today));
            rules.deadline(&app.calendar, key, at.date()).ok().map(|deadline| deadline.due)
        }),
    };
    let days_left = due.and_then(|due| deadlines::days_left(app, today, due));
    Some(Task {
        kind: source.kind,
        subject: row.subject,
        title: row.title,
        office: row.office,
        due,
        days_left,
        holder: String::new(),
        is_own,
    })
}
