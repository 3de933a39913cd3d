//! The panel on the desk: the purchaser's seat, the draw, who has answered (C36, C37).

use app::Error;
use app::tendering::case::Case;
use app::tendering::committee::{self, DrawRecord, OfficePerson, SeatLine};
use app::tendering::draw::DrawPanel;
use app::tendering::panel::NamePurchaserSeat;
use askama::Template;
use axum::response::Response;
use domain::kernel::{PersonId, Role};
use domain::tendering::stage::Stage;

use super::steps;
use crate::shell::{
    Choice, FieldFault, Form, NavLink, PageError, Path, Shell, Visit, fault_at, show, show_faults,
};

#[derive(Template)]
#[template(path = "tendering/review/desk_panel.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    steps: Vec<NavLink>,
    room: &'a Desk,
    people: Vec<Choice>,
    is_lead: bool,
    may_name: bool,
    is_open: bool,
    faults: &'a [FieldFault],
}

struct Desk {
    case: Case,
    seats: Vec<SeatLine>,
    draws: Vec<DrawRecord>,
    people: Vec<OfficePerson>,
}

/// GET /desk/tenders/{no}/panel
pub async fn show_desk(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let desk = load(&visit, &number).await.map_err(|error| visit.error(error))?;
    show(&page(&visit, &desk, &[]))
}

fn page<'a>(visit: &'a Visit, desk: &'a Desk, faults: &'a [FieldFault]) -> DeskPage<'a> {
    let role = visit.actor.post.role;
    let choice = |person: &OfficePerson| Choice::new(person.id.0.to_string(), person.name.clone(), "");
    DeskPage {
        shell: &visit.shell,
        steps: steps(&visit.shell, &desk.case.number, "panel"),
        room: desk,
        people: desk.people.iter().map(choice).collect(),
        is_lead: role == Role::PurchaseLead,
        may_name: role == Role::OfficeDirector && desk.seats.is_empty(),
        is_open: matches!(desk.case.stage, Stage::Opened | Stage::Reviewing),
        faults,
    }
}

async fn load(visit: &Visit, number: &str) -> Result<Desk, Error> {
    let (city, actor) = (&visit.city, &visit.actor);
    let case = committee::desk_case(city, actor, number).await?;
    let seats = committee::seats(city, actor, &case).await?;
    let draws = match committee::draws(city, actor, &case).await {
        Err(Error::NotFound) => Vec::new(),
        other => other?,
    };
    let people = committee::office_people(city, &case).await?;
    Ok(Desk { case, seats, draws, people })
}

/// POST /desk/tenders/{no}/panel: `act` is draw or name.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let desk = load(&visit, &number).await.map_err(|error| visit.error(error))?;
    match perform(&visit, &desk, &form).await {
        Ok(done) => Ok(visit.done(&format!("/desk/tenders/{number}/panel"), done)),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&page(&visit, &desk, &faults))
        }
    }
}

async fn perform(visit: &Visit, desk: &Desk, form: &Form) -> Result<&'static str, Error> {
    let (city, actor, key, tender) = (&visit.city, &visit.actor, form.key(), desk.case.id);
    if form.text("act") == "draw" {
        city.act(actor, &key, &DrawPanel { tender }).await?;
        return Ok("review-drawn");
    }
    let person = PersonId(form.number("person").ok_or(Error::NotFound)?);
    city.act(actor, &key, &NamePurchaserSeat { tender, person }).await?;
    Ok("review-named")
}
