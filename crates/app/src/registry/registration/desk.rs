//! The approval office's list of cases: what the reader does, what waits for others, what is over, what is
//! late (W4).

use std::collections::{BTreeMap, BTreeSet};

use domain::kernel::{Actor, CaseId, Coded, Date, PersonId, Refusal, Role, RuleKey};
use domain::registry::OrganisationKind;
use domain::registry::registration::state::next_act;
use domain::registry::registration::{CaseAct, CaseState};

use super::case::{Case, hands};
use super::handoff::{self, Holding};
use super::read::standing_now;
use super::visit;
use crate::db::Row;
use crate::sheets::{self, Cell, Column};
use crate::{App, Error, args, deadlines, divisions};

/// Open cases of a list at most, the oldest first.
const OPEN_MAX: i64 = 2_000;
/// Cases that are over, of a list at most, the latest first.
const ENDED_MAX: i64 = 1_000;

/// What a tab of the list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// What the reader does next.
    Own,
    /// What waits for somebody else.
    Others,
    /// What is over.
    Ended,
    /// What is not over and late, whoever does it.
    Overdue,
    /// Everything.
    #[default]
    All,
}

/// What the list shows.
#[derive(Clone, Debug, Default)]
pub struct DeskFilter {
    /// Which tab.
    pub tab: Tab,
    /// In this state alone.
    pub state: Option<CaseState>,
    /// Of this kind alone.
    pub kind: Option<OrganisationKind>,
    /// Of this district alone; empty for all.
    pub district: String,
    /// Only those that the reader has worked on.
    pub is_mine: bool,
    /// Only those that the reader has.
    pub is_held: bool,
    /// Only those that have at most so many working days left, late ones among them.
    pub within: Option<i64>,
    /// Only those with a step that was late, or is (`Some(true)`), or without one.
    pub was_late: Option<bool>,
    /// Only those of which a correction was asked.
    pub is_corrected: bool,
    /// Only those that were allowed or denied.
    pub is_decided: bool,
}

/// A case in the list.
#[derive(Clone, Debug)]
pub struct DeskLine {
    /// The case as it stands now.
    pub case: Case,
    /// Its next last day.
    pub due: Option<Date>,
    /// Working days left, negative once it has passed.
    pub days_left: Option<i64>,
    /// What the office does next.
    pub next: Option<CaseAct>,
    /// Whether the reader may do that.
    pub is_own: bool,
    /// Whether a step was late, or is.
    pub was_late: bool,
    /// Whether the reader has worked on it.
    pub is_mine: bool,
    /// Who has it.
    pub holder: Option<Holding>,
    /// Whether the reader has it.
    pub is_held: bool,
}

impl DeskLine {
    /// Whether a tab shows it.
    pub fn belongs(&self, tab: Tab) -> bool {
        let is_over = self.case.state.is_final();
        match tab {
            Tab::Own => self.is_own,
            Tab::Others => !is_over && !self.is_own,
            Tab::Ended => is_over,
            Tab::Overdue => !is_over && self.days_left.is_some_and(|days| days < 0),
            Tab::All => true,
        }
    }

    fn passes(&self, filter: &DeskFilter) -> bool {
        let case = &self.case;
        self.belongs(filter.tab)
            && filter.state.is_none_or(|state| case.state == state)
            && filter.kind.is_none_or(|kind| case.kind == kind)
            // A case keeps the code of its day; it is found under the district of today (B45).
            && (filter.district.is_empty() || divisions::today_of(&case.district) == filter.district)
            && (!filter.is_mine || self.is_mine)
            && (!filter.is_held || self.is_held)
            && filter.within.is_none_or(|most| self.days_left.is_some_and(|days| days <= most))
            && filter.was_late.is_none_or(|late| self.was_late == late)
            && (!filter.is_corrected || case.is_corrected)
            && (!filter.is_decided || case.decided_by.is_some())
    }
}

/// Every case of the desk as the reader meets it, what is due first at the top.
///
/// # Errors
/// The database could not be read.
pub async fn all(app: &App, actor: &Actor) -> Result<Vec<DeskLine>, Error> {
    let mut cases = open(app).await?;
    let sql = "SELECT * FROM registration_case WHERE number IS NOT NULL
               AND state IN ('announced', 'denied', 'not_accepted', 'withdrawn')
               ORDER BY submitted_at DESC, id DESC LIMIT $1";
    cases.extend(app.db.all::<Case>(sql, args![ENDED_MAX]).await?);
    let today = app.clock.now().date();
    let dues = dues(app, &cases).await?;
    let person = actor.person.map_or(0, |person| person.0);
    let mine = "SELECT DISTINCT case_id AS id FROM registration_event WHERE person_id = $1";
    let mine = ids(app, mine, args![person]).await?;
    let reviewed = reviewed(app, actor).await?;
    let late =
        "SELECT DISTINCT subject_id AS id FROM deadline WHERE subject_kind = 'case' AND due_on IS NOT NULL
                AND (done_on > due_on OR (done_on IS NULL AND due_on < $1))";
    let late = ids(app, late, args![today]).await?;
    let unsigned = visit::unsigned(app).await?;
    let mut holdings = handoff::holdings(app).await?;
    let line = |case: Case| {
        let holder = holdings.remove(&case.id);
        let due = dues.get(&case.id).copied();
        let signer = unsigned.get(&case.id).copied();
        let next = next_act(case.state, case.lacking(signer.is_some()));
        DeskLine {
            days_left: due.and_then(|due| deadlines::days_left(app, today, due)),
            is_own: next.is_some_and(|act| {
                is_doer(actor, &case, act, reviewed.contains(&case.id), signer)
                    && is_awaited(actor, &case, act, holder.as_ref())
            }),
            is_held: holder.as_ref().is_some_and(|one| actor.person == Some(one.person_id)),
            holder,
            was_late: late.contains(&case.id),
            is_mine: mine.contains(&case.id),
            due,
            next,
            case,
        }
    };
    let mut lines: Vec<DeskLine> = cases.into_iter().map(line).collect();
    lines.sort_by_key(|line| {
        let is_over = line.case.state.is_final();
        (is_over, line.days_left.is_none(), line.days_left, line.case.number.clone())
    });
    Ok(lines)
}

/// The cases that the filter lets through, and how many each tab holds without it.
///
/// # Errors
/// The database could not be read.
pub async fn desk(app: &App, actor: &Actor, filter: &DeskFilter) -> Result<Vec<DeskLine>, Error> {
    Ok(all(app, actor).await?.into_iter().filter(|line| line.passes(filter)).collect())
}

/// The lines that a filter lets through.
pub fn filtered<'a>(lines: &'a [DeskLine], filter: &DeskFilter) -> Vec<&'a DeskLine> {
    lines.iter().filter(|line| line.passes(filter)).collect()
}

/// The cases that are not over, the oldest first, each as it stands now.
///
/// # Errors
/// The database could not be read.
pub async fn open(app: &App) -> Result<Vec<Case>, Error> {
    // Named, not excluded: what is open is found by its state, past all that is over.
    let sql = "SELECT * FROM registration_case WHERE number IS NOT NULL
               AND state IN ('draft', 'submitted', 'correction_requested', 'accepted', 'under_review', 'approved',
                 'certificate_issued')
               ORDER BY submitted_at, id LIMIT $1";
    standing_now(app, app.db.all(sql, args![OPEN_MAX]).await?)
}

/// The next last day of each case. One that silence accepted a moment ago has the days of its review, though
/// nobody has written them down yet (B9).
///
/// # Errors
/// The database could not be read.
pub async fn dues(app: &App, cases: &[Case]) -> Result<BTreeMap<CaseId, Date>, Error> {
    let sql = "SELECT subject_id, rule, due_on FROM deadline
               WHERE subject_kind = 'case' AND done_at IS NULL AND due_on IS NOT NULL ORDER BY due_on DESC";
    let (mut found, mut unanswered) = (BTreeMap::new(), BTreeSet::new());
    for row in app.db.all::<Row>(sql, args![]).await? {
        let id = CaseId(row.get("subject_id")?);
        // The earliest comes last and stays.
        found.insert(id, row.get::<Date>("due_on")?);
        if row.code::<RuleKey>("rule")? == RuleKey::CorrectionWorkingDays {
            unanswered.insert(id);
        }
    }
    let is_unwritten = |case: &&Case| case.state == CaseState::Accepted && unanswered.contains(&case.id);
    for case in cases.iter().filter(is_unwritten) {
        let Some(from) = case.accepted_on else { continue };
        if let Some(due) = review_due(app, case, from)? {
            found.insert(case.id, due);
        }
    }
    Ok(found)
}

/// The first last day of the review of a case accepted on `from`.
fn review_due(app: &App, case: &Case, from: Date) -> Result<Option<Date>, Refusal> {
    let rules = case.rules(app, app.clock.now().date());
    let mut first = None;
    for rule in [case.decision_limit(), RuleKey::RegistrationPromiseWorkingDays] {
        let due = rules.deadline(&app.calendar, rule, from)?.due;
        first = Some(first.map_or(due, |held: Date| held.min(due)));
    }
    Ok(first)
}

/// The cases on which the reader has given an opinion.
///
/// # Errors
/// The database could not be read.
pub async fn reviewed(app: &App, actor: &Actor) -> Result<BTreeSet<CaseId>, Error> {
    let person = actor.person.map_or(0, |person| person.0);
    ids(app, "SELECT case_id AS id FROM registration_opinion WHERE person_id = $1", args![person]).await
}

async fn ids(app: &App, sql: &str, values: &[crate::db::Val]) -> Result<BTreeSet<CaseId>, Error> {
    let mut found = BTreeSet::new();
    for row in app.db.all::<Row>(sql, values).await? {
        found.insert(CaseId(row.get("id")?));
    }
    Ok(found)
}

/// Whether this very reader does the next act: the officer at the window, at the premises and in review, the
/// director at the decision, and neither on an own case or twice; a record is signed by `signer` alone (B9).
pub fn is_doer(
    actor: &Actor,
    case: &Case,
    act: CaseAct,
    has_reviewed: bool,
    signer: Option<PersonId>,
) -> bool {
    let doer = if act == CaseAct::Approve { Role::ApprovalDirector } else { Role::ApprovalOfficer };
    let Some(person) = actor.person.filter(|_| actor.post.role == doer) else { return false };
    let hands = hands(case, &[], &[]);
    match act {
        CaseAct::SignVisit => signer == Some(person),
        CaseAct::RecordVisit | CaseAct::CheckCharter => hands.may_visit(person).is_ok(),
        CaseAct::Review | CaseAct::Approve => hands.may_review(person).is_ok() && !has_reviewed,
        _ => hands.may_handle(person).is_ok(),
    }
}

/// Whether the next act is expected from this reader: a case that somebody has is theirs as long as they can go on
/// with it, and everybody's otherwise. It bars nobody, it only says whose task it is.
pub fn is_awaited(actor: &Actor, case: &Case, act: CaseAct, holder: Option<&Holding>) -> bool {
    holder.is_none_or(|one| actor.person == Some(one.person_id) || !one.awaits(case, act))
}

/// How the door names what the sheet holds.
pub struct Words<'a> {
    /// The sheet's name.
    pub sheet: String,
    /// Ten titles, in the order of the cells.
    pub titles: Vec<String>,
    /// A member of a closed list, by list and code.
    pub member: &'a (dyn Fn(&str, &str) -> String + Send + Sync),
    /// A district by its code.
    pub district: &'a (dyn Fn(&str) -> String + Send + Sync),
}

/// The lines as an Excel file.
///
/// # Errors
/// The file could not be put together.
pub fn export(lines: &[&DeskLine], words: &Words<'_>) -> Result<Vec<u8>, Error> {
    let columns: Vec<Column> = words.titles.iter().map(|title| Column::new(title.as_str(), 18)).collect();
    let rows: Vec<Vec<Cell>> = lines.iter().map(|line| cells(line, words)).collect();
    sheets::xlsx(&words.sheet, &columns, &rows)
}

fn cells(line: &DeskLine, words: &Words<'_>) -> Vec<Cell> {
    let (case, empty) = (&line.case, || Cell::text(""));
    let day = |day: Option<Date>| day.map_or_else(empty, Cell::Day);
    vec![
        Cell::text(case.number.clone().unwrap_or_default()),
        Cell::text(case.name.as_str()),
        Cell::text((words.member)(OrganisationKind::LIST, case.kind.code())),
        Cell::text((words.district)(&case.district)),
        Cell::text((words.member)(CaseState::LIST, case.state.code())),
        day(case.received_on),
        day(case.accepted_on),
        day(line.due),
        line.days_left.map_or_else(empty, Cell::Number),
        Cell::text(line.holder.as_ref().map(|one| one.name.clone()).unwrap_or_default()),
    ]
}
