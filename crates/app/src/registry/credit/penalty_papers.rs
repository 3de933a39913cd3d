//! What is written in the course of a penalty of the registrar's own: the prior notice, the call to a hearing and the
//! decision, each sanction as a point with the item of the regulation (B23).

use domain::kernel::{Date, Fact, Finding, Subject, SubjectKind};
use domain::registry::credit::PenaltyKind;
use domain::registry::credit::fine::range;
use domain::registry::{DocumentKind, OrganisationKind};

use super::held::{HeldPenalty, kind_of, named};
use crate::documents::{self, Draft};
use crate::{Cx, Error};

/// What documents, papers and deadlines of a penalty hang on.
pub(super) fn subject(penalty: i64) -> Subject {
    Subject::new(SubjectKind::Case, penalty)
}

/// Issues the prior notice, with its last days.
///
/// # Errors
/// The database or the random source failed.
pub(super) async fn notice(
    cx: &mut Cx<'_>,
    held: &HeldPenalty,
    (answer_by, hearing_by): (Date, Option<Date>),
) -> Result<(), Error> {
    let kind = kind_of(cx, held.organisation_id).await?;
    // A sentence chooses by a word; without a right to a hearing its day is not said.
    let right = if hearing_by.is_some() { "hearing" } else { "statement" };
    let facts = vec![
        ("reason", held.reason.as_str().into()),
        ("evidence", evidence(held).into()),
        ("answer", answer_by.into()),
        ("right", right.into()),
        ("hearing", hearing_by.unwrap_or(answer_by).into()),
    ];
    let items = items(cx, held, kind, Point::Intended);
    issue(cx, held, DocumentKind::PenaltyNotice, (facts, items)).await.map(|_| ())
}

/// Calls the organisation to its hearing.
///
/// # Errors
/// The database or the random source failed.
pub(super) async fn call(cx: &mut Cx<'_>, held: &HeldPenalty, on: Date, place: &str) -> Result<(), Error> {
    let facts = vec![("on", on.into()), ("place", place.into())];
    issue(cx, held, DocumentKind::PenaltyHearing, (facts, Vec::new())).await.map(|_| ())
}

/// Issues the decision. The outcome is its number.
///
/// # Errors
/// The database or the random source failed.
pub(super) async fn decision(cx: &mut Cx<'_>, held: &HeldPenalty) -> Result<String, Error> {
    let kind = kind_of(cx, held.organisation_id).await?;
    let facts = vec![
        ("imposed_on", held.imposed_on.into()),
        ("reason", held.reason.as_str().into()),
        ("evidence", evidence(held).into()),
    ];
    let mut points = heard(held);
    points.extend(items(cx, held, kind, Point::Decided));
    issue(cx, held, DocumentKind::PenaltyDecision, (facts, points)).await
}

async fn issue(
    cx: &mut Cx<'_>,
    held: &HeldPenalty,
    kind: DocumentKind,
    (mut facts, items): (Vec<(&'static str, Fact)>, Vec<Finding>),
) -> Result<String, Error> {
    let (name, uscc) = named(cx, held.organisation_id).await?;
    facts.extend([
        ("name", name.as_str().into()),
        ("code", uscc.into()),
        ("file", held.document_number.as_str().into()),
    ]);
    let draft = Draft {
        kind,
        subject: subject(held.id),
        organisation: Some(held.organisation_id),
        person: None,
        addressee: name,
        facts,
        items,
        is_public: false,
    };
    Ok(documents::issue(cx, &draft).await?.number)
}

/// What shows the amounts; a sentence chooses by a word, and an empty text is none.
fn evidence(held: &HeldPenalty) -> String {
    let evidence = held.illegal_evidence.clone().filter(|text| !text.is_empty());
    evidence.unwrap_or_else(|| "none".to_owned())
}

/// What came of the organisation's statement and its hearing.
fn heard(held: &HeldPenalty) -> Vec<Finding> {
    let point = |code| Finding::barred(code, "B23");
    let weighed = held.decision.as_deref().filter(|_| held.is_stated());
    let heard = held.heard_on.map(|on| point("credit.hearing-was-held").with("on", on));
    heard
        .into_iter()
        .chain(weighed.map(|text| point("credit.statement-weighed").with("text", text)))
        .collect()
}

/// Whether a point is told beforehand, in days from the decision on, or decided, with its days.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Point {
    Intended,
    Decided,
}

/// The offence and every sanction and order, one by one.
fn items(cx: &Cx<'_>, held: &HeldPenalty, kind: OrganisationKind, how: Point) -> Vec<Finding> {
    let point = |code| Finding::barred(code, "B23");
    let offence = point("credit.offence-cited").with_code("offence", held.offence());
    let mut items = vec![match held.offence().place(kind) {
        Some(place) => place.cited_in(offence),
        None => offence,
    }];
    if held.kind == PenaltyKind::Warning {
        items.push(point("credit.warned"));
    }
    match (how, held.until_on, held.measure().stop_days) {
        (Point::Decided, Some(until), _) => {
            items.push(point("credit.stopped").with("from", held.imposed_on).with("until", until));
        }
        (Point::Intended, _, Some(days)) => items.push(point("credit.stop-intended").with("days", days)),
        _ => {}
    }
    let rules = cx.app.book.on(held.imposed_on);
    let by = held.fine_base.and_then(|base| range(held.illegal(), base, rules));
    if let Some(by) = by {
        items.push(point("credit.confiscated").with("amount", by.amount).with_code("base", by.base));
    }
    if let Some(by) = by.filter(|_| held.fine().0 > 0) {
        items.push(
            point("credit.fined")
                .with("amount", held.fine())
                .with_code("base", by.base)
                .with("times_min", by.times_min)
                .with("times_max", by.times_max)
                .with("least", by.least())
                .with("most", by.most()),
        );
    }
    match (how, held.mend_by, held.mend_days()) {
        (Point::Decided, Some(last), _) => items.push(point("credit.mend-ordered").with("last", last)),
        (Point::Intended, _, Some(days)) => items.push(point("credit.mend-intended").with("days", days)),
        _ => {}
    }
    if let Some(name) = held.replaced.as_deref().filter(|name| !name.is_empty()) {
        items.push(point("credit.replacement-ordered").with("name", name));
    }
    if held.kind == PenaltyKind::Suspension {
        items.push(point("credit.to-be-sealed"));
    }
    if kind == OrganisationKind::Foundation {
        // FR42(2): the tax authority is asked to claim back what was relieved meanwhile.
        items.push(point("credit.tax-relief"));
    }
    items
}
