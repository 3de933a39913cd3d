//! The page of one tender: everything about one purchase, for everyone (UX W6).

use app::tendering::correction::{self, CorrectionLine};
use app::tendering::queries::{self, CriterionRow, Tender};
use askama::Template;
use axum::response::Response;

use super::{Line, StepLine, bids_open, questions_open, steps, tabs};
use crate::funds::deposits::asked_in_words;
use crate::shell::nav::NavLink;
use crate::shell::way::{self, Station, Stop};
use crate::shell::{PageError, Path, Shell, Visit, show};

#[derive(Template)]
#[template(path = "tendering/tender.html")]
struct TenderPage<'a> {
    shell: &'a Shell,
    line: Line,
    base: String,
    tabs: Vec<NavLink>,
    steps: Vec<StepLine>,
    criteria: Vec<CriterionRow>,
    parts: Vec<(String, String)>,
    last: Option<CorrectionLine>,
    questions_open: bool,
    bids_open: bool,
    /// The bid and the performance deposit, in words.
    deposits: (String, String),
    way: Vec<Stop>,
}

/// GET /tenders/{no}
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let fail = |error| visit.error(error);
    let tender = queries::by_number(city, &number).await.map_err(fail)?;
    let deposits = app::funds::deposits::terms(city, tender.id).await.map_err(fail)?;
    let phase = tender.phase(shell.now());
    let page = TenderPage {
        shell,
        base: format!("/tenders/{}", tender.number),
        tabs: tabs(shell, &tender),
        steps: steps(shell, phase, questions_open(&tender, shell)),
        criteria: queries::criteria(city, tender.id).await.map_err(fail)?,
        parts: parts(shell, &tender),
        last: correction::on_tender(city, tender.id).await.map_err(fail)?.pop(),
        questions_open: questions_open(&tender, shell),
        deposits: asked_in_words(shell, &deposits),
        bids_open: bids_open(&tender, shell),
        way: way::of_tender(&visit, &number, Station::Tender).await?,
        line: Line::new(city, shell, tender),
    };
    show(&page)
}

/// The documents' parts with their headings, in the order of the notice.
pub(super) fn parts(shell: &Shell, tender: &Tender) -> Vec<(String, String)> {
    let parts = [
        ("requirement", &tender.requirement),
        ("deliverables", &tender.deliverables),
        ("qualification", &tender.qualification),
        ("price-rule", &tender.price_rule),
        ("recipients-role", &tender.recipients_role),
        ("performance-standard", &tender.performance_standard),
        ("contract-draft", &tender.contract_draft),
        ("venue", &tender.venue),
        ("challenge-contact", &tender.challenge_contact),
    ];
    let written = parts.into_iter().filter(|(_, text)| !text.is_empty());
    written.map(|(name, text)| (shell.t(&format!("tender-part-{name}")), text.clone())).collect()
}
