//! The steps that every application of a registered organisation goes through: held, returned once with every
//! defect, taken up, asked to be looked at anew, paused (B9, E17, C14). Each capability keeps its own table, its one
//! SQL text and its acts; what they do here is the same.
//!
//! `conditions` explains and checks point by point, `silence` takes up what nobody answered in time.

pub mod conditions;
pub mod silence;

use domain::kernel::{Date, Fact, Finding, OrganisationId, Refusal, RuleKey, Subject, SubjectKind};
use domain::registry::DocumentKind;
use domain::registry::course::{OnCourse, Step, may_tell_defects, may_withdraw, silent_from};

use crate::db::{FromRow, Val};
use crate::documents::{self, Draft, Issued};
use crate::journal::Table;
use crate::registry::change::held::Registered;
use crate::registry::change::{required, rules_now};
use crate::registry::standing::Source;
use crate::{Cx, Error, args, deadlines};

/// What of any application these steps look at.
#[derive(Clone, Copy, Debug)]
pub(in crate::registry) struct Held {
    /// Its row.
    pub(in crate::registry) id: i64,
    /// The row's version.
    pub(in crate::registry) version: i64,
    /// Its number.
    pub(in crate::registry) number: i64,
    /// Whose.
    pub(in crate::registry) organisation: OrganisationId,
    /// The day of the last handing in.
    pub(in crate::registry) received_on: Date,
    /// Whether the one correction was asked for.
    pub(in crate::registry) is_corrected: bool,
}

/// Columns that a step writes.
pub(in crate::registry) type Values = Vec<(&'static str, Val)>;

/// An application as a row of its own table.
pub(in crate::registry) trait Application: FromRow + Send + Sync {
    /// Its stages.
    type Stage: OnCourse + Send + Sync;
    /// Its table.
    const TABLE: &'static Table;
    /// The rows that wait to be taken up.
    const RECEIVED: &'static str;

    /// What the steps look at.
    fn held(&self) -> Held;
    /// How far it has come.
    fn stage(&self) -> Self::Stage;
    /// The columns of a stage.
    fn columns(stage: Self::Stage) -> Values;
    /// The term of the decision, and the day from which it counts once the case is taken up.
    fn term(&self, accepted_on: Date) -> (RuleKey, Date);
    /// What its documents say it is about.
    fn matter(&self) -> &'static str;
    /// What its documents name beside organisation and number.
    fn named(&self) -> Vec<(&'static str, Fact)> {
        Vec::new()
    }
    /// Whether the public may read its documents of this kind.
    fn is_public(kind: DocumentKind) -> bool;
}

/// What documents, papers and deadlines of a case hang on.
pub(in crate::registry) fn subject_of(case: &impl Application) -> Subject {
    Subject::new(SubjectKind::Case, case.held().id)
}

/// The case with this number, held against other writers.
pub(in crate::registry) async fn lock<C: Application>(cx: &mut Cx<'_>, number: i64) -> Result<C, Error> {
    let by_number = format!("SELECT * FROM {} WHERE number = $1", C::TABLE.name);
    let case: C = cx.tx.one(&by_number, args![number]).await?;
    cx.tx.lock(C::TABLE.name, case.held().id).await?;
    Ok(cx.tx.one(&by_number, args![number]).await?)
}

/// The acting organisation's own case, held; a stranger's is not there.
pub(in crate::registry) async fn lock_own<C: Application>(cx: &mut Cx<'_>, number: i64) -> Result<C, Error> {
    let case: C = lock(cx, number).await?;
    if cx.actor.organisation() == Some(case.held().organisation) { Ok(case) } else { Err(Error::NotFound) }
}

/// Where a step of the course leads, or why it may not be taken.
pub(in crate::registry) fn next<C: Application>(case: &C, step: Step) -> Result<C::Stage, Refusal> {
    step.from(case.stage(), case.held().is_corrected)
}

/// Writes columns of the case and its new stage.
pub(in crate::registry) async fn advance<C: Application>(
    cx: &mut Cx<'_>,
    case: &C,
    stage: C::Stage,
    values: Values,
) -> Result<(), Error> {
    let mut all = C::columns(stage);
    all.extend(values);
    let held = case.held();
    cx.update(C::TABLE, held.id, held.version, &all).await
}

/// The days for a notice of correction run from today on: it was handed in.
pub(in crate::registry) async fn received(cx: &mut Cx<'_>, subject: Subject) -> Result<(), Error> {
    let today = cx.now.date();
    deadlines::start_anew(cx, subject, RuleKey::CorrectionWorkingDays, today, today).await
}

/// The day from which silence took the case up; none while the days for a notice run.
fn silent<C: Application>(cx: &Cx<'_>, case: &C) -> Result<Option<Date>, Refusal> {
    silent_from(case.held().received_on, cx.now, rules_now(cx), &cx.app.calendar)
}

/// Takes the case up, with its notice: the days for the decision run from now, or from its receipt when the office
/// let the days for a notice pass (B9).
pub(in crate::registry) async fn accept<C: Application>(cx: &mut Cx<'_>, case: &C) -> Result<(), Error> {
    let stage = next(case, Step::Accept)?;
    let accepted_on = silent(cx, case)?.unwrap_or(cx.now.date());
    let (rule, from) = case.term(accepted_on);
    let due = rules_now(cx).deadline(&cx.app.calendar, rule, from)?.due;
    let values = vec![("accepted_by", cx.actor.person.into()), ("accepted_on", accepted_on.into())];
    advance(cx, case, stage, values).await?;
    let facts = vec![("accepted_on", accepted_on.into()), ("due", due.into())];
    tell(cx, case, DocumentKind::Acceptance, (facts, Vec::new())).await?;
    let subject = subject_of(case);
    deadlines::done(cx, subject, RuleKey::CorrectionWorkingDays).await?;
    deadlines::start(cx, subject, rule, from, cx.now.date()).await
}

/// Tells every defect, once, with its notice (B9).
pub(in crate::registry) async fn correct<C: Application>(
    cx: &mut Cx<'_>,
    case: &C,
    defects: &str,
) -> Result<(), Error> {
    let stage = next(case, Step::Correct)?;
    may_tell_defects(silent(cx, case)?, rules_now(cx))?;
    let mut faults = Vec::new();
    let defects = required(&mut faults, "B9", "defects", defects);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let values = vec![("is_corrected", true.into()), ("defects", defects.as_str().into())];
    advance(cx, case, stage, values).await?;
    tell(cx, case, DocumentKind::CorrectionNotice, (vec![("defects", defects.into())], Vec::new())).await?;
    deadlines::done(cx, subject_of(case), RuleKey::CorrectionWorkingDays).await
}

/// Takes an application back before it is decided: nothing of it is due any more.
pub(in crate::registry) async fn withdraw<C: Application>(
    cx: &mut Cx<'_>,
    case: &C,
    values: Values,
) -> Result<(), Error> {
    may_withdraw(case.stage())?;
    let held = case.held();
    cx.update(C::TABLE, held.id, held.version, &values).await?;
    let subject = subject_of(case);
    deadlines::resume(cx, subject).await?;
    for rule in [RuleKey::CorrectionWorkingDays, case.term(held.received_on).0] {
        deadlines::done(cx, subject, rule).await?;
    }
    Ok(())
}

/// The director asks for a new opinion; `rule` is the one whose decision it is.
pub(in crate::registry) async fn send_back<C: Application>(
    cx: &mut Cx<'_>,
    case: &C,
    rule: &'static str,
    reason: &str,
) -> Result<(), Error> {
    let stage = next(case, Step::SendBack)?;
    let mut faults = Vec::new();
    let reason = required(&mut faults, rule, "decision", reason);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    advance(cx, case, stage, vec![("sent_back", reason.into())]).await
}

/// Lets the days for the decision stand still, or run again; `obstacle` says that they do already (E17).
pub(in crate::registry) async fn pause<C: Application>(
    cx: &mut Cx<'_>,
    case: &C,
    is_asked: bool,
    obstacle: Refusal,
) -> Result<(), Error> {
    next(case, Step::Review)?;
    if is_paused(&mut Source::Tx(&mut cx.tx), case.held().id).await? == is_asked {
        return Err(obstacle.into());
    }
    let subject = subject_of(case);
    if is_asked {
        deadlines::suspend(cx, subject, deadlines::SuspensionGround::Consultation).await
    } else {
        deadlines::resume(cx, subject).await
    }
}

/// Whether the days of a case stand still.
pub(in crate::registry) async fn is_paused(source: &mut Source<'_>, case: i64) -> Result<bool, Error> {
    let sql = "SELECT count(*) FROM suspension
               WHERE subject_kind = 'case' AND subject_id = $1 AND to_on IS NULL";
    let rows: Vec<(i64,)> = source.all(sql, args![case]).await?;
    Ok(rows.first().is_some_and(|(count,)| *count > 0))
}

/// Issues a document of a case, with what every one of them names.
pub(in crate::registry) async fn tell<C: Application>(
    cx: &mut Cx<'_>,
    case: &C,
    kind: DocumentKind,
    (facts, items): (Vec<(&'static str, Fact)>, Vec<Finding>),
) -> Result<Issued, Error> {
    let held = case.held();
    let of: Registered =
        cx.tx.one("SELECT * FROM organisation WHERE id = $1", args![held.organisation]).await?;
    let mut all = vec![
        ("name", of.name.as_str().into()),
        ("code", of.uscc.into()),
        ("number", held.number.to_string().into()),
    ];
    let has_matter = facts.iter().any(|(key, _)| *key == "matter");
    all.extend((!has_matter).then(|| ("matter", Fact::from(case.matter()))));
    all.extend(case.named());
    all.extend(facts);
    let draft = Draft {
        kind,
        subject: subject_of(case),
        organisation: Some(of.id),
        person: None,
        addressee: of.name,
        facts: all,
        items,
        is_public: C::is_public(kind),
    };
    documents::issue(cx, &draft).await
}
