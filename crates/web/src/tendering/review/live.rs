//! The live session's page: who presents now, how long is left, who follows.

use app::tendering::attendance::{self, Occasion, Present};
use app::tendering::case::{self, Case};
use app::tendering::committee::{self, Sessions};
use askama::Template;
use axum::response::Response;

use crate::shell::{PageError, Path, Shell, Visit, show};

#[derive(Template)]
#[template(path = "tendering/review/live.html")]
struct LivePage<'a> {
    shell: &'a Shell,
    case: &'a Case,
    sessions: &'a Sessions,
    roll: &'a [Present],
    now_iso: String,
    end_iso: String,
}

/// GET /tenders/{no}/session
pub async fn show_session(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let case = case::by_number(&visit.city, &number).await.map_err(|error| visit.error(error))?;
    let sessions = committee::sessions(&visit.city, &case).await.map_err(|error| visit.error(error))?;
    let Some(live) = &sessions.live else { return Err(visit.error(app::Error::NotFound)) };
    let roll = attendance::roll(&visit.city, &case, Occasion::Live).await;
    let roll = roll.map_err(|error| visit.error(error))?;
    let now = visit.city.clock.now();
    let started = sessions.running().and_then(|turn| turn.started_at).unwrap_or(now);
    let end = started.plus_seconds(live.minutes.saturating_mul(60));
    show(&LivePage {
        shell: &visit.shell,
        case: &case,
        sessions: &sessions,
        roll: &roll,
        now_iso: now.rfc3339(),
        end_iso: end.rfc3339(),
    })
}
