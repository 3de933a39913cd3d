//! The notice as a document: red head, A4, for the board and the file (UX section 5).

use app::tendering::queries::{self, CriterionRow, Tender};
use askama::Template;
use axum::response::Response;

use super::tender::parts;
use crate::funds::deposits::asked_in_words;
use crate::shell::{PageError, Path, Shell, Visit, show};

#[derive(Template)]
#[template(path = "tendering/notice.html")]
struct NoticePage<'a> {
    shell: &'a Shell,
    tender: Tender,
    criteria: Vec<CriterionRow>,
    parts: Vec<(String, String)>,
    capitals: String,
    published_on: String,
    /// The bid and the performance deposit, in words.
    deposits: (String, String),
}

/// GET /tenders/{no}/notice
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let tender = queries::by_number(city, &number).await.map_err(|error| visit.error(error))?;
    let criteria = queries::criteria(city, tender.id).await.map_err(|error| visit.error(error))?;
    let terms = app::funds::deposits::terms(city, tender.id).await.map_err(|error| visit.error(error))?;
    let deposits = asked_in_words(shell, &terms);
    let (parts, capitals) = (parts(shell, &tender), tender.ceiling_fen.capitals());
    let published_on = tender.published_at.map_or_else(String::new, |at| shell.date(&at.date()));
    show(&NoticePage { shell, criteria, parts, capitals, published_on, deposits, tender })
}
