//! Files that people sent in: saved, or shown where browsers show them without running anything of them, and without
//! any right in either case.

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// What a file may do that is saved: nothing, if a browser opens it all the same.
const SAVED: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";
/// What a picture may do that is shown: nothing but be seen, alone or in a page of ours.
const PICTURE: &str =
    "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";
/// What a PDF may do that is shown. A sandbox would keep browsers from opening their reader; nothing else of the
/// site is within its reach, and no script of it runs in the site.
const PAGES: &str = "default-src 'none'; object-src 'self'; \
    style-src 'unsafe-inline'; frame-ancestors 'self'";

/// The kinds that are shown, with what each may do. Everything else is saved: a drawing or a page that could run
/// something is never among them, whatever a row says.
const SHOWN: [(&str, &str); 3] =
    [("application/pdf", PAGES), ("image/jpeg", PICTURE), ("image/png", PICTURE)];

/// Marks an answer that a page of ours may hold in a frame; it stays inside the program.
#[derive(Clone, Copy, Debug)]
pub struct Framed;

/// Whether a file of this kind can be shown.
pub fn is_shown(media_type: &str) -> bool {
    SHOWN.iter().any(|(kind, _)| *kind == media_type)
}

/// The answer that hands over a file under its name.
pub fn download(name: &str, media_type: &str, bytes: Vec<u8>) -> Response {
    let kind =
        HeaderValue::from_str(media_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let headers: [(HeaderName, HeaderValue); 3] = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition("attachment", name)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SAVED)),
    ];
    (headers, bytes).into_response()
}

/// The answer that shows a file, also in a frame of ours; one that cannot be shown is handed over.
pub fn shown(name: &str, media_type: &str, bytes: Vec<u8>) -> Response {
    let Some((kind, policy)) = SHOWN.iter().find(|(kind, _)| *kind == media_type) else {
        return download(name, media_type, bytes);
    };
    let headers: [(HeaderName, HeaderValue); 3] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, disposition("inline", name)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)),
    ];
    let mut answer = (headers, bytes).into_response();
    answer.extensions_mut().insert(Framed);
    answer
}

fn disposition(way: &'static str, name: &str) -> HeaderValue {
    let name: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    HeaderValue::from_str(&format!("{way}; filename*=UTF-8''{name}")).unwrap_or(HeaderValue::from_static(way))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cannot_run_is_shown() {
        for (kind, expected) in [
            ("application/pdf", "inline"),
            ("image/png", "inline"),
            ("image/jpeg", "inline"),
            ("image/svg+xml", "attachment"),
            ("text/html", "attachment"),
            ("application/xhtml+xml", "attachment"),
            ("application/ofd", "attachment"),
            ("image/png; x=text/html", "attachment"),
            ("", "attachment"),
        ] {
            let answer = shown("图.svg", kind, b"<svg onload=alert(1)>".to_vec());
            let said = |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
            assert!(said(header::CONTENT_DISPOSITION).starts_with(expected), "{kind}");
            assert_eq!(answer.extensions().get::<Framed>().is_some(), expected == "inline", "{kind}");
            let policy = said(header::CONTENT_SECURITY_POLICY);
            assert!(policy.contains("default-src 'none'") && !policy.contains("script-src"), "{kind}");
            assert_eq!(policy.contains("frame-ancestors 'self'"), expected == "inline", "{kind}");
            assert_eq!(policy.contains("sandbox"), kind != "application/pdf", "{kind}");
        }
    }
}
