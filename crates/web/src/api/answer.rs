//! JSON answers; public ones carry an `ETag`, so that an unchanged list costs nothing to fetch again.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use evidence::Digest;
use serde::Serialize;

const JSON: (header::HeaderName, &str) = (header::CONTENT_TYPE, "application/json");

/// Public content: `304` when the client holds it already.
pub fn public(headers: &HeaderMap, content: &impl Serialize) -> Response {
    let body = serde_json::to_vec(content).unwrap_or_default();
    let tag = format!("\"{}\"", Digest::of(&body).hex());
    let held = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_held =
        held.is_some_and(|held| held.split(',').any(|one| one.trim().trim_start_matches("W/") == tag));
    let caching = [(header::ETAG, tag), (header::CACHE_CONTROL, "no-cache".to_owned())];
    if is_held {
        (StatusCode::NOT_MODIFIED, caching).into_response()
    } else {
        (caching, [JSON], body).into_response()
    }
}

/// Content for its owner alone: never kept by anything in between.
pub fn private(status: StatusCode, content: &impl Serialize) -> Response {
    (status, [JSON], serde_json::to_vec(content).unwrap_or_default()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn unchanged_content_is_not_sent_again() {
        let first = public(&HeaderMap::new(), &"a");
        let tag = first.headers()[header::ETAG].clone();
        for (held, status) in
            [(tag, StatusCode::NOT_MODIFIED), (HeaderValue::from_static("\"x\""), StatusCode::OK)]
        {
            let headers = HeaderMap::from_iter([(header::IF_NONE_MATCH, held)]);
            assert_eq!(public(&headers, &"a").status(), status);
        }
    }
}
