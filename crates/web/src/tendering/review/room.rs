//! The opening room (W7): for the projector and for everyone at home, updating itself; and its record.

use std::convert::Infallible;
use std::time::Duration;

use app::tendering::committee;
use app::tendering::opening_sheet::{self, OpeningSheet};
use askama::Template;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;

use crate::shell::{PageError, Path, Shell, Visit, show};

/// How often the room looks for news.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// After so many looks the browser asks again, so that no stream lives for ever.
const LOOKS_MAX: u32 = 450;

#[derive(Template)]
#[template(path = "tendering/review/room.html")]
struct RoomPage<'a> {
    shell: &'a Shell,
    sheet: &'a OpeningSheet,
    now_iso: String,
    deadline_iso: String,
    is_before: bool,
}

/// GET /tenders/{no}/opening
pub async fn show_room(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let sheet = load(&visit, &number).await?;
    let now = visit.city.clock.now();
    let deadline = sheet.case.deadline_at.unwrap_or(now);
    show(&RoomPage {
        shell: &visit.shell,
        sheet: &sheet,
        now_iso: now.rfc3339(),
        deadline_iso: deadline.rfc3339(),
        is_before: now < deadline,
    })
}

#[derive(Template)]
#[template(path = "tendering/review/record.html")]
struct RecordPage<'a> {
    shell: &'a Shell,
    sheet: &'a OpeningSheet,
}

/// GET /tenders/{no}/opening/record
pub async fn show_record(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let sheet = load(&visit, &number).await?;
    if sheet.case.opened_at.is_none() {
        return Err(visit.error(app::Error::NotFound));
    }
    show(&RecordPage { shell: &visit.shell, sheet: &sheet })
}

async fn load(visit: &Visit, number: &str) -> Result<OpeningSheet, PageError> {
    let found = opening_sheet::read(&visit.city, &visit.actor, number).await;
    found.map_err(|error| visit.error(error))
}

/// GET /tenders/{no}/opening/events: says `changed` when what the room may show has changed.
pub async fn events(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let first = committee::mark(&visit.city, &number).await.map_err(|error| visit.error(error))?;
    let city = visit.city.clone();
    let watch = stream::unfold((city, number, first, 0_u32), |(city, number, last, looks)| async move {
        if looks >= LOOKS_MAX {
            return None;
        }
        tokio::time::sleep(LOOK_EVERY).await;
        let mark = committee::mark(&city, &number).await.unwrap_or_else(|_| last.clone());
        let event = if mark == last {
            Event::default().comment("quiet")
        } else {
            Event::default().event("changed").data("1")
        };
        Some((Ok::<Event, Infallible>(event), (city, number, mark, looks + 1)))
    });
    Ok(Sse::new(watch).keep_alive(KeepAlive::default()).into_response())
}
