//! What the other cities of the province count, entered year by year with its source, and the claim to have led
//! them (S7).

use app::registry::figures::peers::{self, ClaimLead, EnterPeerFigure, PeerFigure};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{Refusal, Role};

use super::statistics::{RankLine, peer_name, rank_line};
use crate::shell::{Choice, FieldFault, Form, PageError, Shell, Typed, Visit, fault_at, show_as};

/// A figure that was entered.
struct Line {
    one: PeerFigure,
    city: String,
}

#[derive(Template)]
#[template(path = "registry/peers.html")]
struct PeersPage<'a> {
    shell: &'a Shell,
    ranks: Vec<RankLine>,
    lines: Vec<Line>,
    cities: Vec<Choice>,
    may_enter: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/peers
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    page(&visit, StatusCode::OK, &Form::default(), &[]).await
}

async fn page(
    visit: &Visit,
    status: StatusCode,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let (shell, fail) = (&visit.shell, |error| visit.error(error));
    let places = peers::places(&visit.city).await.map_err(fail)?;
    let entered = peers::entered(&visit.city).await.map_err(fail)?;
    let chosen = form.trimmed("city");
    let page = PeersPage {
        ranks: places.iter().rev().map(|(year, one)| rank_line(shell, *year, one)).collect(),
        lines: entered.into_iter().map(|one| Line { city: peer_name(shell, &one.city), one }).collect(),
        cities: peers::peers()
            .iter()
            .map(|peer| Choice::new(peer.code.as_str(), peer_name(shell, &peer.code), chosen))
            .collect(),
        may_enter: visit.actor.post.role == Role::OrganisationBureau,
        form,
        faults,
        shell,
    };
    show_as(status, &page)
}

/// POST /desk/peers
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let act = EnterPeerFigure {
        year: form.number("year").unwrap_or_default(),
        city: form.trimmed("city").to_owned(),
        organisations: form.number("organisations").unwrap_or(-1),
        residents: form.number("residents").unwrap_or_default(),
        source: form.text("source").to_owned(),
    };
    match visit.city.act(&visit.actor, &form.key(), &act).await {
        Ok(()) => Ok(visit.done("/desk/peers", "peer-entered")),
        Err(error) => {
            let (status, faults) = visit.mendable(error)?;
            page(&visit, status, &form, &faults).await
        }
    }
}

/// POST /desk/peers/claim
pub async fn claim(visit: Visit, form: Form) -> Result<Response, PageError> {
    let mut typed = Typed::of(&visit, &form);
    let act = ClaimLead { last_year: typed.number("last_year", Refusal::new("rank.year-not-over", "S7")) };
    match typed.ask(&visit, &form.key(), &act).await {
        Ok(()) => Ok(visit.done("/desk/peers", "lead-claimed")),
        Err(error) => {
            let (status, faults) = visit.mendable(error)?;
            page(&visit, status, &form, &faults).await
        }
    }
}
