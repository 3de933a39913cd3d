//! Text size and contrast, kept in cookies so that pages come out right without JavaScript.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::form::Form;
use super::visit::Visit;

const YEAR_SECONDS: u32 = 365 * 86_400;

/// POST /display
pub async fn update(visit: Visit, form: Form) -> Response {
    let size = match form.text("size") {
        "125" => "125",
        "150" => "150",
        "200" => "200",
        _ => "100",
    };
    let contrast = if form.is_ticked("contrast") { "high" } else { "normal" };
    let mut answer =
        (StatusCode::SEE_OTHER, [(header::LOCATION, visit.shell.url(safe_path(form.text("back"))))])
            .into_response();
    for (name, value) in [("size", size), ("contrast", contrast)] {
        let cookie = format!("{name}={value}; Path=/; Max-Age={YEAR_SECONDS}; SameSite=Lax");
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            answer.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    answer
}

/// A path of ours to go back to; anything else becomes the home page, so that no link leads elsewhere.
pub fn safe_path(path: &str) -> &str {
    let is_ours = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    if is_ours { path } else { "/" }
}
