//! One document on A4: red head, number, what it says point by point, rights of review, date, QR code.

use app::documents;
use app::frozen::{FrozenFact, FrozenFinding};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, Fact, RuleKey};
use domain::registry::{DocumentKind, Statute};

use super::preview::Preview;
use crate::i18n::{self, Value};
use crate::registry::registration::certificate;
use crate::shell::findings::{FindingLine, finding_lines, sentence};
use crate::shell::{PageError, Path, Shell, Visit, qr, show};

#[derive(Template)]
#[template(path = "documents/sheet.html")]
struct SheetPage<'a> {
    shell: &'a Shell,
    title: String,
    document: documents::Document,
    paragraphs: Vec<String>,
    items: Vec<FindingLine>,
    basis: String,
    rights: String,
    issued_on: String,
    qr: String,
    preview: Option<Preview<'a>>,
}

/// GET /documents/{code}
pub async fn show_one(visit: Visit, Path(code): Path<String>) -> Result<Response, PageError> {
    let document = documents::read(&visit.city, &visit.actor, &code).await;
    let document = document.map_err(|error| visit.error(error))?;
    sheet(&visit, document, None)
}

/// The sheet of a document that was issued, or of one that would be.
pub(super) fn sheet(
    visit: &Visit,
    document: documents::Document,
    preview: Option<Preview<'_>>,
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    if document.kind == DocumentKind::Certificate {
        return certificate::sheet(shell, &document, preview);
    }
    let body = body(shell, document.kind, &document.facts());
    let address = shell.absolute(format!("/verify/{}", document.code));
    show(&SheetPage {
        title: shell.coded(&document.kind),
        paragraphs: body.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        items: finding_lines(shell, &document.items()),
        basis: basis(visit, &document),
        rights: if document.kind.is_adverse() { rights(visit, &document) } else { String::new() },
        issued_on: shell.date(&document.issued_at.date()),
        qr: qr::svg(&address, &shell.t("document-qr")),
        document,
        preview,
        shell,
    })
}

/// The laws on which it rests: of its kind, then of each point.
fn basis(visit: &Visit, document: &documents::Document) -> String {
    let items = document.items();
    let is_of = |of: &str| matter(&document.facts()).is_some_and(|matter| matter.starts_with(of));
    let own = match document.kind {
        // An announcement rests on the law of its matter, not on that of registration.
        DocumentKind::Announcement if is_of("fundraising") => DocumentKind::FundraisingCertificate.ground(),
        DocumentKind::Announcement if is_of("charity") => DocumentKind::CharityDecision.ground(),
        kind => kind.ground(),
    };
    let rules = std::iter::once(own).chain(items.iter().map(|item| item.rule.as_str()));
    let mut laws: Vec<&str> = Vec::new();
    for ground in rules.filter_map(|rule| visit.city.grounds.get(rule)) {
        let law = ground.law(visit.shell.is_english());
        if !laws.contains(&law) {
            laws.push(law);
        }
    }
    let joint = if visit.shell.is_english() { "; " } else { "；" };
    let all = laws.join(joint);
    // A decision that cites one regulation rests on none of the others that the rule names beside it.
    let own = match cited_statute(&visit.shell, &items) {
        Some(statute) if all.contains(&statute) => {
            all.split(joint).filter(|law| law.contains(&statute)).collect::<Vec<_>>().join(joint)
        }
        // A call to a hearing punishes nothing.
        _ if document.kind == DocumentKind::PenaltyHearing => String::new(),
        _ => all,
    };
    let course = course_of(visit, document);
    std::iter::once(own.as_str()).chain(course).filter(|law| !law.is_empty()).collect::<Vec<_>>().join(joint)
}

/// The law of the course that led to a document about a penalty, in the text of the day on which it was issued (B23).
fn course_of<'a>(visit: &'a Visit, document: &documents::Document) -> Vec<&'a str> {
    let keys: &[RuleKey] = match document.kind {
        DocumentKind::PenaltyNotice => &[RuleKey::PenaltyStatementDays, RuleKey::PenaltyHearingRequestDays],
        DocumentKind::PenaltyHearing => &[RuleKey::PenaltyHearingNoticeDays],
        DocumentKind::PenaltyDecision => &[RuleKey::PenaltyStatementDays],
        _ => &[],
    };
    let rules = visit.city.book.on(document.issued_at.date());
    let is_english = visit.shell.is_english();
    keys.iter()
        .map(|key| rules.rule(*key))
        .map(|rule| if is_english { rule.source_en.as_str() } else { rule.source.as_str() })
        .collect()
}

/// The regulation that the points of a document cite, in words.
fn cited_statute(shell: &Shell, items: &[FrozenFinding]) -> Option<String> {
    let facts = items.iter().flat_map(|item| &item.facts);
    facts.into_iter().find_map(|(_, fact)| match fact {
        FrozenFact::Member(list, code) if list == Statute::LIST => {
            Some(shell.coded(&Statute::from_code(code)?))
        }
        _ => None,
    })
}

/// To whom and until when the decision can be taken, under the rules of the day on which it was issued (B10).
fn rights(visit: &Visit, document: &documents::Document) -> String {
    let rules = visit.city.book.on(document.issued_at.date());
    let bodies = match rules.number(RuleKey::ReconsiderationBodies) {
        1 => "document-rights-government",
        _ => "document-rights-government-or-department",
    };
    let facts = [
        ("days", Value::from(rules.number(RuleKey::ReconsiderationDays))),
        ("months", Value::from(rules.number(RuleKey::LitigationMonths))),
        ("bodies", Value::from(visit.shell.t(bodies))),
    ];
    i18n::text_with(visit.shell.lang, "document-rights", &facts)
}

/// What a document of this kind says with these facts, paragraph by paragraph.
pub(crate) fn body(shell: &Shell, kind: DocumentKind, facts: &[(String, FrozenFact)]) -> String {
    sentence(shell, &body_key(kind, facts), facts)
}

/// The message of what it says. Announcements and refusals speak of several matters; one that names none is
/// of a registration.
fn body_key(kind: DocumentKind, facts: &[(String, FrozenFact)]) -> String {
    let (of, kind) = (kind, kind.code().replace('_', "-"));
    match (of, matter(facts)) {
        (
            DocumentKind::Announcement
            | DocumentKind::Denial
            | DocumentKind::Acceptance
            | DocumentKind::Approval
            | DocumentKind::ExtensionNotice
            | DocumentKind::CorrectionNotice
            // A notice of a grade that names none tells of one that was confirmed.
            | DocumentKind::RatingNotice,
            Some(matter),
        ) => {
            format!("document-{kind}-{matter}-body")
        }
        (DocumentKind::ChangeApproval, Some(matter)) if matter == "charter" => {
            "document-change-approval-charter-body".to_owned()
        }
        _ => format!("document-{kind}-body"),
    }
}

/// The matter that a document names, when its kind speaks of several.
fn matter(facts: &[(String, FrozenFact)]) -> Option<String> {
    word(facts, "matter")
}

/// A fact that is a text.
fn word(facts: &[(String, FrozenFact)], of: &str) -> Option<String> {
    facts.iter().find_map(|(name, fact)| match fact {
        FrozenFact::Value(Fact::Text(text)) if name == of => Some(text.clone()),
        _ => None,
    })
}
