//! The decision on a penalty of the registrar's own: each sanction as a point, with the item of the regulation (B23).

use domain::kernel::{Finding, Subject, SubjectKind};
use domain::registry::credit::PenaltyKind;
use domain::registry::credit::fine::range;
use domain::registry::{DocumentKind, OrganisationKind};

use super::held::{HeldPenalty, kind_of, named};
use crate::documents::{self, Draft};
use crate::{Cx, Error};

/// What documents of a penalty hang on.
pub(super) fn subject(penalty: i64) -> Subject {
    Subject::new(SubjectKind::Case, penalty)
}

/// Issues the decision. The outcome is its number.
///
/// # Errors
/// The database or the random source failed.
pub(super) async fn issue(cx: &mut Cx<'_>, held: &HeldPenalty) -> Result<String, Error> {
    let (name, uscc) = named(cx, held.organisation_id).await?;
    let kind = kind_of(cx, held.organisation_id).await?;
    // A sentence chooses by a word, and an empty text is none.
    let evidence = held.illegal_evidence.clone().filter(|text| !text.is_empty());
    let evidence = evidence.unwrap_or_else(|| "none".to_owned());
    let draft = Draft {
        kind: DocumentKind::PenaltyDecision,
        subject: subject(held.id),
        organisation: Some(held.organisation_id),
        person: None,
        addressee: name.clone(),
        facts: vec![
            ("name", name.into()),
            ("code", uscc.into()),
            ("file", held.document_number.as_str().into()),
            ("imposed_on", held.imposed_on.into()),
            ("reason", held.reason.as_str().into()),
            ("evidence", evidence.into()),
        ],
        items: items(cx, held, kind),
        is_public: false,
    };
    Ok(documents::issue(cx, &draft).await?.number)
}

/// The offence and every sanction and order, one by one.
fn items(cx: &Cx<'_>, held: &HeldPenalty, kind: OrganisationKind) -> Vec<Finding> {
    let point = |code| Finding::barred(code, "B23");
    let offence = point("credit.offence-cited").with_code("offence", held.offence());
    let mut items = vec![match held.offence().place(kind) {
        Some(place) => place.cited_in(offence),
        None => offence,
    }];
    if held.kind == PenaltyKind::Warning {
        items.push(point("credit.warned"));
    }
    if let Some(until) = held.until_on {
        items.push(point("credit.stopped").with("from", held.imposed_on).with("until", until));
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
    if let Some(last) = held.mend_by {
        items.push(point("credit.mend-ordered").with("last", last));
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
