//! Signing in, making an applicant's account, giving the password again, and the demo's list of accounts.

pub mod demo;
pub mod own_password;
pub mod password;
pub mod sign_in;
pub mod sign_up;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::shell::Visit;
use crate::shell::visit::COOKIE_PLAIN;

/// Sends the reader on with a session's cookie; an empty token takes it away.
fn with_session(visit: &Visit, token: &str, there: &str) -> Response {
    let mut answer = (StatusCode::SEE_OTHER, [(header::LOCATION, visit.shell.url(there))]).into_response();
    let life = if token.is_empty() { "; Max-Age=0" } else { "" };
    let secure = format!(
        "{}={token}; Path=/; HttpOnly; Secure; SameSite=Lax{life}",
        crate::shell::visit::COOKIE_SECURE
    );
    let plain = format!("{COOKIE_PLAIN}={token}; Path=/; HttpOnly; SameSite=Lax{life}");
    let cookie = if visit.is_secure { secure } else { plain };
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
    answer
}
