//! Results in public: the list, one tender's result with every score, and how to recompute the draw.

use std::collections::BTreeSet;

use app::tendering::case;
use app::tendering::committee::{self, DrawRecord};
use app::tendering::result::{self, ListedResult, Outcome};
use askama::Template;
use axum::response::Response;

use super::member;
use crate::shell::form::pairs;
use crate::shell::way::{self, Station, Stop};
use crate::shell::{Choice, Form, PageError, Path, Shell, Visit, show};

#[derive(Template)]
#[template(path = "tendering/review/results.html")]
struct ResultsPage<'a> {
    shell: &'a Shell,
    results: Vec<&'a ListedResult>,
    offices: Vec<Choice>,
    words: &'a str,
}

/// GET /results
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let results = result::list(&visit.city).await.map_err(|error| visit.error(error))?;
    let asked = Form::of(pairs(visit.shell.query.as_bytes()));
    let (office, words) = (asked.trimmed("office"), asked.trimmed("q"));
    let names: BTreeSet<&str> = results.iter().map(|line| line.office.as_str()).collect();
    let mut offices = vec![Choice::new("", visit.shell.t("review-results-any"), office)];
    offices.extend(names.into_iter().map(|name| Choice::new(name, name, office)));
    let is_asked_for =
        |line: &&ListedResult| (office.is_empty() || line.office == office) && tells(line, words);
    let results = results.iter().filter(is_asked_for).collect();
    show(&ResultsPage { shell: &visit.shell, results, offices, words })
}

/// Whether every word is in the line: number, title or winner, upper and lower case alike.
fn tells(line: &ListedResult, words: &str) -> bool {
    let winner = line.organisation.as_deref().unwrap_or_default();
    let all = format!("{}\n{}\n{winner}", line.number, line.title).to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| all.contains(word))
}

#[derive(Template)]
#[template(path = "tendering/review/result.html")]
struct ResultPage<'a> {
    shell: &'a Shell,
    outcome: &'a Outcome,
    unranked: Vec<UnrankedLine>,
    way: Vec<Stop>,
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
    let way = way::of_tender(&visit, &number, Station::Result).await?;
    show(&ResultPage { shell: &visit.shell, outcome: &outcome, unranked, way })
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
