//! Sessions on the desk: place and time, roll-call, the order, the presenter's clock (S61).

use app::Error;
use app::tendering::attendance::{self, Occasion, Present, RecordAttendance};
use app::tendering::case::Case;
use app::tendering::committee::{self, Sessions};
use app::tendering::session::{
    EndPresentation, EndSession, ScheduleSession, Session, SessionKind, StartPresentation, StartSession,
};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, Role, moment_for_field, parse_moment};

use super::steps;
use crate::shell::{
    FieldFault, Form, NavLink, PageError, Path, Shell, Typed, Visit, at_places, fault_at, show, show_faults,
};

struct Desk {
    case: Case,
    sessions: Sessions,
    live_roll: Vec<Present>,
    review_roll: Vec<Present>,
}

/// One session with its form.
struct Part<'a> {
    kind: SessionKind,
    code: &'static str,
    session: Option<&'a Session>,
    roll: &'a [Present],
    place: String,
    starts_at: String,
    place_field: String,
    start_field: String,
    may_schedule: bool,
}

#[derive(Template)]
#[template(path = "tendering/review/desk_sessions.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    steps: Vec<NavLink>,
    room: &'a Desk,
    parts: Vec<Part<'a>>,
    is_lead: bool,
    faults: &'a [FieldFault],
}

/// GET /desk/tenders/{no}/sessions
pub async fn show_desk(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let desk = load(&visit, &number).await.map_err(|error| visit.error(error))?;
    show(&page(&visit, &desk, &Form::default(), &[]))
}

fn page<'a>(visit: &'a Visit, desk: &'a Desk, form: &Form, faults: &'a [FieldFault]) -> DeskPage<'a> {
    let part = |kind: SessionKind, session: Option<&'a Session>, roll: &'a [Present]| {
        let typed = |name: &str| form.text(&format!("{name}-{}", kind.code())).to_owned();
        let (place, starts) = (typed("place"), typed("starts_at"));
        let held_place = session.map_or_else(|| desk.case.venue.clone(), |held| held.place.clone());
        let held_start = session.map_or_else(String::new, |held| moment_for_field(held.starts_at));
        Part {
            kind,
            code: kind.code(),
            session,
            roll,
            place: if place.is_empty() { held_place } else { place },
            place_field: format!("place-{}", kind.code()),
            start_field: format!("starts_at-{}", kind.code()),
            may_schedule: session.is_none_or(|held| held.started_at.is_none()),
            starts_at: if starts.is_empty() { held_start } else { starts },
        }
    };
    DeskPage {
        shell: &visit.shell,
        steps: steps(&visit.shell, &desk.case.number, "sessions"),
        room: desk,
        parts: vec![
            part(SessionKind::Live, desk.sessions.live.as_ref(), &desk.live_roll),
            part(SessionKind::Review, desk.sessions.review.as_ref(), &desk.review_roll),
        ],
        is_lead: visit.actor.post.role == Role::PurchaseLead,
        faults,
    }
}

async fn load(visit: &Visit, number: &str) -> Result<Desk, Error> {
    let (city, actor) = (&visit.city, &visit.actor);
    let case = committee::desk_case(city, actor, number).await?;
    let sessions = committee::sessions(city, &case).await?;
    let live_roll = attendance::roll(city, &case, Occasion::Live).await?;
    let review_roll = attendance::roll(city, &case, Occasion::Review).await?;
    Ok(Desk { case, sessions, live_roll, review_roll })
}

/// POST /desk/tenders/{no}/sessions
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let desk = load(&visit, &number).await.map_err(|error| visit.error(error))?;
    match perform(&visit, &desk, &form).await {
        Ok(done) => Ok(visit.done(&format!("/desk/tenders/{number}/sessions"), done)),
        Err(error) => {
            // Two forms stand on the page: each fault goes to the field of the form that was sent.
            let kind = form.text("kind");
            let faults = visit.faults(at_places(error, |field| format!("{field}-{kind}")))?;
            show_faults(&page(&visit, &desk, &form, &faults))
        }
    }
}

async fn perform(visit: &Visit, desk: &Desk, form: &Form) -> Result<&'static str, Error> {
    let (city, actor, key, tender) = (&visit.city, &visit.actor, form.key(), desk.case.id);
    let kind = SessionKind::from_code(form.text("kind")).ok_or(Error::NotFound)?;
    let position = form.number("position").unwrap_or_default();
    match form.text("act") {
        "schedule" => {
            let part = form.part(&format!("-{}", kind.code()));
            let mut typed = Typed::of(visit, &part);
            let starts_at = parse_moment(part.text("starts_at"));
            let starts_at = typed.read("starts_at", visit.shell.now(), starts_at);
            let place = typed.text("place").trim().to_owned();
            typed.ask(visit, &key, &ScheduleSession { tender, kind, place, starts_at }).await?;
            Ok("review-scheduled")
        }
        "attend" => {
            let occasion = if kind == SessionKind::Live { Occasion::Live } else { Occasion::Review };
            city.act(actor, &key, &RecordAttendance { tender, occasion }).await?;
            Ok("review-attended")
        }
        "start" => {
            city.act(actor, &key, &StartSession { tender, kind }).await?;
            Ok("review-session-begun")
        }
        "call" => {
            city.act(actor, &key, &StartPresentation { tender, position }).await?;
            Ok("review-called")
        }
        "done" => {
            city.act(actor, &key, &EndPresentation { tender, position }).await?;
            Ok("review-turn-ended")
        }
        "end" => {
            city.act(actor, &key, &EndSession { tender, kind }).await?;
            Ok("review-session-ended")
        }
        _ => Err(Error::NotFound),
    }
}
