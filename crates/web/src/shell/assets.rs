//! Assets: style, scripts and pictures, inside the program, under addresses that never change content.
//!
//! Why: one file to install, nothing fetched from outside, and a browser asks for each file once.
//! `GET /assets/{fingerprint}/{name}`; an old fingerprint answers 404 rather than the wrong bytes.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// One file that is sent to readers.
struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
    gzip: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The address of an asset: `url("app.css")` is `/assets/<fingerprint>/app.css`.
pub fn url(name: &str) -> String {
    format!("/assets/{FINGERPRINT}/{name}")
}

/// Sends an asset, compressed when the reader can take it.
pub async fn show(Path((fingerprint, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let asset = ASSETS.iter().find(|asset| asset.name == name);
    let Some(asset) = asset.filter(|_| fingerprint == FINGERPRINT) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let small = asset.gzip.len() < asset.bytes.len()
        && accepted.is_some_and(|list| list.split(',').any(|one| one.trim().starts_with("gzip")));
    let mut response = if small { asset.gzip } else { asset.bytes }.into_response();
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    answer.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if small {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::{ASSETS, FINGERPRINT, show};
    use axum::extract::Path;
    use axum::http::{HeaderMap, HeaderValue, header};

    async fn check(fingerprint: &str, name: &str, accepts: &'static str, expected: (u16, &str, &str)) {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accepts));
        let answer = show(Path((fingerprint.to_owned(), name.to_owned())), headers).await;
        let of = |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
        let kind = of(header::CONTENT_TYPE);
        let coding = of(header::CONTENT_ENCODING);
        assert_eq!((answer.status().as_u16(), kind, coding), expected, "{fingerprint}/{name} {accepts}");
    }

    #[tokio::test]
    async fn only_the_current_fingerprint_and_known_names_are_served() {
        check(FINGERPRINT, "app.css", "", (200, "text/css; charset=utf-8", "")).await;
        check(FINGERPRINT, "app.css", "br, gzip", (200, "text/css; charset=utf-8", "gzip")).await;
        check(FINGERPRINT, "boot.mjs", "", (200, "text/javascript; charset=utf-8", "")).await;
        check(FINGERPRINT, "emblem.svg", "", (200, "image/svg+xml", "")).await;
        check("0", "app.css", "", (404, "", "")).await;
        check(FINGERPRINT, "../Cargo.toml", "", (404, "", "")).await;
        check(FINGERPRINT, "NOTICE", "", (404, "", "")).await;
    }

    #[test]
    fn nothing_points_to_the_outside() {
        for asset in ASSETS.iter().filter(|asset| asset.name.ends_with("css")) {
            let text = String::from_utf8_lossy(asset.bytes);
            assert!(!text.contains("url(http") && !text.contains("url(/") && !text.contains("@import"));
            assert!(!text.contains("GDS Transport") && !text.contains("crest"), "{}", asset.name);
        }
    }
}
