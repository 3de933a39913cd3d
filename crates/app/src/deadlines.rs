//! Deadlines kept as rows: what is due when, on which kind of day, and when it was done (E17).
//!
//! A use case starts a deadline when its event happens and ends it when the step is done; a suspension
//! moves every open deadline of its thing. What is late is read from here, whoever is late.

use domain::coded;
use domain::kernel::{Coded, Date, DayKind, Moment, RuleKey, Subject, SubjectKind, SuspendedEnd, Suspension};

use crate::db::{DbError, Row, Val};
use crate::journal::{DEADLINE, SUSPENSION};
use crate::{App, Cx, Error, args, row};

coded! {
    /// Why time does not count.
    pub enum SuspensionGround as "suspension_ground" {
        /// The applicant mends what was told (B9).
        Correction = "correction",
        /// Something is tested, audited or appraised.
        Testing = "testing",
        /// A hearing is held (B37).
        Hearing = "hearing",
        /// Another department is asked (B12, B17).
        Consultation = "consultation",
    }
}

impl SuspensionGround {
    /// Whether a deadline stands still on this ground. The time of several departments together is the time
    /// in which they answer, so asking them does not stop it (B12).
    fn stops(self, rule: RuleKey) -> bool {
        let is_joint = matches!(rule, RuleKey::JointHandlingWorkingDays | RuleKey::JointExtensionWorkingDays);
        !(is_joint && self == Self::Consultation)
    }
}

row! {
    /// A deadline of a thing.
    pub struct HeldDeadline {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// The rule that sets it, as a code of `RuleKey`.
        @code rule: RuleKey,
        /// The day whose rules judge it.
        rules_on: Date,
        /// The day of the event, which does not count.
        trigger_on: Date,
        /// How many days.
        count: i64,
        /// Of which kind.
        @code day_kind: DayKind,
        /// The last day; none while it stands still.
        due_on: Option<Date>,
        /// When the step was done.
        done_at: Option<Moment>,
        /// On which day the step was done.
        done_on: Option<Date>,
    }
}

impl HeldDeadline {
    /// Whether the step was, or still is, later than its last day.
    pub fn is_late(&self, today: Date) -> bool {
        self.due_on.is_some_and(|due| self.done_on.unwrap_or(today) > due)
    }
}

/// Starts a deadline under the rules of `rules_on`; the same one a second time stays as it is.
///
/// # Errors
/// Beyond the published calendar, or the database failed.
pub async fn start(
    cx: &mut Cx<'_>,
    subject: Subject,
    rule: RuleKey,
    trigger: Date,
    rules_on: Date,
) -> Result<(), Error> {
    let rules = cx.app.book.on(rules_on);
    let found = rules.deadline(&cx.app.calendar, rule, trigger)?;
    start_counted(cx, subject, rule, rules_on, Term { trigger, count: found.count, kind: found.kind }).await
}

/// As `start`, but one of the same day that was done runs again: what was sent back and handed in once more within a
/// day waits as long as on any other day.
///
/// # Errors
/// As `start`.
pub async fn start_anew(
    cx: &mut Cx<'_>,
    subject: Subject,
    rule: RuleKey,
    trigger: Date,
    rules_on: Date,
) -> Result<(), Error> {
    let sql = "SELECT id, version FROM deadline WHERE subject_kind = $1 AND subject_id = $2 AND rule = $3
               AND trigger_on = $4 AND done_on IS NOT NULL";
    let done: Vec<Row> = cx.tx.all(sql, args![subject.kind.code(), subject.id, rule.code(), trigger]).await?;
    for row in done {
        let (id, version): (i64, i64) = (row.get("id")?, row.get("version")?);
        let values = [("done_at", Val::from(None::<Moment>)), ("done_on", Val::from(None::<Date>))];
        cx.update(&DEADLINE, id, version, &values).await?;
    }
    start(cx, subject, rule, trigger, rules_on).await
}

/// So many days after the day of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The day of the event, which does not count.
    pub trigger: Date,
    /// How many days.
    pub count: u32,
    /// Of which kind.
    pub kind: DayKind,
}

/// Starts a deadline whose days the caller has counted, such as a term of months; the same one a second
/// time stays as it is.
///
/// # Errors
/// Beyond the published calendar, or the database failed.
pub async fn start_counted(
    cx: &mut Cx<'_>,
    subject: Subject,
    rule: RuleKey,
    rules_on: Date,
    term: Term,
) -> Result<(), Error> {
    let sql = "SELECT count(*) FROM deadline WHERE subject_kind = $1 AND subject_id = $2 AND rule = $3 AND trigger_on = $4";
    let (kind, code) = (subject.kind.code(), rule.code());
    if cx.tx.number(sql, args![kind, subject.id, code, term.trigger]).await? > 0 {
        return Ok(());
    }
    let due = end_of(cx, subject, rule, term).await?;
    let id = cx.id();
    let values = [
        ("subject_kind", kind.into()),
        ("subject_id", subject.id.into()),
        ("rule", code.into()),
        ("rules_on", rules_on.into()),
        ("trigger_on", term.trigger.into()),
        ("count", i64::from(term.count).into()),
        ("day_kind", term.kind.code().into()),
        ("due_on", due.into()),
    ];
    cx.insert(&DEADLINE, id, &values).await
}

/// Marks every open deadline of the thing under this rule as done now.
///
/// # Errors
/// The database failed.
pub async fn done(cx: &mut Cx<'_>, subject: Subject, rule: RuleKey) -> Result<(), Error> {
    done_on(cx, subject, rule, cx.now.date()).await
}

/// As `done`, for a step that was taken on a day before and is told of now.
///
/// # Errors
/// The database failed.
pub async fn done_on(cx: &mut Cx<'_>, subject: Subject, rule: RuleKey, day: Date) -> Result<(), Error> {
    let open = open_in(cx, subject).await?;
    for one in open.into_iter().filter(|one| one.rule == rule) {
        let values = [("done_at", cx.now.into()), ("done_on", day.into())];
        cx.update(&DEADLINE, one.id, one.version, &values).await?;
    }
    Ok(())
}

/// From tomorrow on no day counts for the thing, until `resume`.
///
/// # Errors
/// The database failed.
pub async fn suspend(cx: &mut Cx<'_>, subject: Subject, ground: SuspensionGround) -> Result<(), Error> {
    let id = cx.id();
    let first = cx.now.date().tomorrow().map_err(|_| DbError::corrupt("from_on", "a day of the calendar"))?;
    let values = [
        ("subject_kind", subject.kind.code().into()),
        ("subject_id", subject.id.into()),
        ("ground", ground.code().into()),
        ("from_on", first.into()),
    ];
    cx.insert(&SUSPENSION, id, &values).await?;
    recount(cx, subject).await
}

/// As `suspend`, but only through `last`: time for an answer, which may also end sooner by `resume`.
///
/// # Errors
/// The database failed.
pub async fn suspend_through(
    cx: &mut Cx<'_>,
    subject: Subject,
    ground: SuspensionGround,
    last: Date,
) -> Result<(), Error> {
    let id = cx.id();
    let first = cx.now.date().tomorrow().map_err(|_| DbError::corrupt("from_on", "a day of the calendar"))?;
    let values = [
        ("subject_kind", subject.kind.code().into()),
        ("subject_id", subject.id.into()),
        ("ground", ground.code().into()),
        ("from_on", first.into()),
        ("to_on", last.into()),
    ];
    cx.insert(&SUSPENSION, id, &values).await?;
    recount(cx, subject).await
}

/// Days count again from tomorrow; without a suspension that goes on nothing happens.
///
/// # Errors
/// The database failed.
pub async fn resume(cx: &mut Cx<'_>, subject: Subject) -> Result<(), Error> {
    let sql = "SELECT id, version FROM suspension WHERE subject_kind = $1 AND subject_id = $2
               AND (to_on IS NULL OR to_on > $3)";
    let today = cx.now.date();
    let open: Vec<Row> = cx.tx.all(sql, args![subject.kind.code(), subject.id, today]).await?;
    for row in open {
        let (id, version): (i64, i64) = (row.get("id")?, row.get("version")?);
        cx.update(&SUSPENSION, id, version, &[("to_on", today.into())]).await?;
    }
    recount(cx, subject).await
}

/// The deadlines of a thing, oldest first.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, subject: Subject) -> Result<Vec<HeldDeadline>, Error> {
    Ok(app.db.all(OF_SUBJECT, args![subject.kind.code(), subject.id]).await?)
}

row! {
    /// A deadline that is late, or was.
    pub struct Late {
        /// What it belongs to.
        @code subject_kind: SubjectKind,
        /// Its row.
        subject_id: i64,
        /// The rule.
        @code rule: RuleKey,
        /// The day of the event.
        trigger_on: Date,
        /// The last day.
        due_on: Date,
        /// When it was done at last.
        done_on: Option<Date>,
    }
}

/// What was due before `today` and is not done, and what was done late since `since`; the longest first.
///
/// # Errors
/// The database failed.
pub async fn late(app: &App, today: Date, since: Date) -> Result<Vec<Late>, Error> {
    let sql = "SELECT subject_kind, subject_id, rule, trigger_on, due_on, done_on FROM deadline
               WHERE due_on IS NOT NULL AND ((done_on IS NULL AND due_on < $1) OR (done_on > due_on AND done_on >= $2))
               ORDER BY due_on, id LIMIT 1000";
    Ok(app.db.all(sql, args![today, since]).await?)
}

/// Working days after today up to and with the last day; those passed count as negative.
pub fn days_left(app: &App, today: Date, due: Date) -> Option<i64> {
    if due >= today {
        return app.calendar.working_days_between(today, due).ok();
    }
    // At least one: a last day that was no working day has passed all the same.
    app.calendar.working_days_between(due, today).ok().map(|days| -days.max(1))
}

const OF_SUBJECT: &str =
    "SELECT id, version, rule, rules_on, trigger_on, count, day_kind, due_on, done_at, done_on
     FROM deadline WHERE subject_kind = $1 AND subject_id = $2 ORDER BY trigger_on, id";

async fn open_in(cx: &mut Cx<'_>, subject: Subject) -> Result<Vec<HeldDeadline>, Error> {
    let all: Vec<HeldDeadline> = cx.tx.all(OF_SUBJECT, args![subject.kind.code(), subject.id]).await?;
    Ok(all.into_iter().filter(|one| one.done_at.is_none()).collect())
}

async fn recount(cx: &mut Cx<'_>, subject: Subject) -> Result<(), Error> {
    for one in open_in(cx, subject).await? {
        let count = u32::try_from(one.count).unwrap_or(u32::MAX);
        let term = Term { trigger: one.trigger_on, count, kind: one.day_kind };
        let due = end_of(cx, subject, one.rule, term).await?;
        if due != one.due_on {
            cx.update(&DEADLINE, one.id, one.version, &[("due_on", due.into())]).await?;
        }
    }
    Ok(())
}

async fn end_of(cx: &mut Cx<'_>, subject: Subject, rule: RuleKey, term: Term) -> Result<Option<Date>, Error> {
    let sql = "SELECT ground, from_on, to_on FROM suspension WHERE subject_kind = $1 AND subject_id = $2
               ORDER BY from_on";
    let rows: Vec<Row> = cx.tx.all(sql, args![subject.kind.code(), subject.id]).await?;
    let mut suspensions = Vec::new();
    for row in rows {
        if !row.code::<SuspensionGround>("ground")?.stops(rule) {
            continue;
        }
        let (from, to): (Date, Option<Date>) = (row.get("from_on")?, row.get("to_on")?);
        // Suspended and resumed within one day: no day was lost.
        if to.is_none_or(|last| from <= last) {
            suspensions.push(Suspension { from, to });
        }
    }
    match cx.app.calendar.suspended_end(term.trigger, term.count, term.kind, &suspensions)? {
        SuspendedEnd::Due(day) => Ok(Some(day)),
        SuspendedEnd::Standing => Ok(None),
    }
}
