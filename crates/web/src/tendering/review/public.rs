//! Results in public: the list, one tender's result with every score, and how to recompute the draw.

use app::tendering::case;
use app::tendering::committee::{self, DrawRecord};
use app::tendering::result::{self, ListedResult, Outcome};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::member;
use crate::shell::{PageError, Shell, Visit, show};

#[derive(Template)]
#[template(path = "tendering/review/results.html")]
struct ResultsPage<'a> {
    shell: &'a Shell,
    results: &'a [ListedResult],
}

/// GET /results
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let results = result::list(&visit.city).await.map_err(|error| visit.error(error))?;
    show(&ResultsPage { shell: &visit.shell, results: &results })
}

#[derive(Template)]
#[template(path = "tendering/review/result.html")]
struct ResultPage<'a> {
    shell: &'a Shell,
    outcome: &'a Outcome,
    unranked: Vec<UnrankedLine>,
}

/// A bid that did not reach the ranking, with its reason in words.
pub struct UnrankedLine {
    /// The bidder.
    pub organisation: String,
    /// Why.
    pub reason: String,
}

/// The reasons of those who did not reach the ranking.
pub(super) fn unranked(shell: &Shell, outcome: &Outcome) -> Vec<UnrankedLine> {
    let line = |bid: &result::Unranked| {
        let ground = bid.conformity_note.as_deref().filter(|ground| !ground.is_empty());
        let reason = match ground {
            Some(ground) => member(shell, "invalid_ground", ground),
            None => bid.qualification_note.clone().unwrap_or_default(),
        };
        UnrankedLine { organisation: bid.organisation.clone(), reason }
    };
    outcome.unranked.iter().map(line).collect()
}

/// GET /tenders/{no}/result
pub async fn show_result(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let outcome = result::public(&visit.city, &number).await.map_err(|error| visit.error(error))?;
    let unranked = unranked(&visit.shell, &outcome);
    show(&ResultPage { shell: &visit.shell, outcome: &outcome, unranked })
}

#[derive(Template)]
#[template(path = "tendering/review/draw.html")]
struct DrawPage<'a> {
    shell: &'a Shell,
    number: &'a str,
    title: &'a str,
    draws: &'a [DrawRecord],
}

/// GET /tenders/{no}/draw
pub async fn show_draw(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let case = case::by_number(&visit.city, &number).await.map_err(|error| visit.error(error))?;
    let draws = committee::draws(&visit.city, &visit.actor, &case).await;
    let draws = draws.map_err(|error| visit.error(error))?;
    show(&DrawPage { shell: &visit.shell, number: &number, title: &case.title, draws: &draws })
}
