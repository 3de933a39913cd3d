//! The review on the desk: how far everyone is, without any score; and the ranking when all have locked.

use app::Error;
use app::tendering::case::Case;
use app::tendering::committee::{self, SeatLine};
use app::tendering::low_price::{self, LowPriceLine};
use app::tendering::ranking::RankBids;
use askama::Template;
use axum::response::Response;
use domain::kernel::Role;
use domain::tendering::stage::Stage;

use super::prices::{Part, part};
use super::steps;
use crate::shell::{FieldFault, Form, NavLink, PageError, Path, Shell, Visit, show, show_faults};

struct Desk {
    case: Case,
    seats: Vec<SeatLine>,
    low_prices: Vec<LowPriceLine>,
}

#[derive(Template)]
#[template(path = "tendering/review/desk_review.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    steps: Vec<NavLink>,
    room: &'a Desk,
    low: Vec<Part>,
    may_rank: bool,
    faults: &'a [FieldFault],
}

/// GET /desk/tenders/{no}/review
pub async fn show_desk(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let desk = load(&visit, &number).await.map_err(|error| visit.error(error))?;
    show(&page(&visit, &desk, &[]))
}

fn page<'a>(visit: &'a Visit, desk: &'a Desk, faults: &'a [FieldFault]) -> DeskPage<'a> {
    DeskPage {
        shell: &visit.shell,
        steps: steps(&visit.shell, &desk.case.number, "review"),
        room: desk,
        low: desk.low_prices.iter().map(|line| part(visit, &desk.case, line)).collect(),
        may_rank: visit.actor.post.role == Role::PurchaseLead && desk.case.stage == Stage::Reviewing,
        faults,
    }
}

async fn load(visit: &Visit, number: &str) -> Result<Desk, Error> {
    let case = committee::desk_case(&visit.city, &visit.actor, number).await?;
    let seats = committee::seats(&visit.city, &visit.actor, &case).await?;
    let low_prices = low_price::lines(&visit.city, case.id).await?;
    Ok(Desk { case, seats, low_prices })
}

/// POST /desk/tenders/{no}/review: ranks.
pub async fn rank(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let desk = load(&visit, &number).await.map_err(|error| visit.error(error))?;
    let rank = RankBids { tender: desk.case.id };
    match visit.city.act(&visit.actor, &form.key(), &rank).await {
        Ok(()) => Ok(visit.done(&format!("/desk/tenders/{number}/result"), "review-ranked")),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&page(&visit, &desk, &faults))
        }
    }
}
