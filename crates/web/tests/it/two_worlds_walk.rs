//! A walk along every address of the router: what is asked, and an answer whole, as it is compared.

use std::collections::BTreeSet;

use axum::body::{Body, to_bytes};
use axum::http::Request;

use crate::support::World;
use crate::tendering_ground::NUMBER;

/// What the routes' parameters stand for; a route is asked once for each value.
pub struct Keys {
    pub codes: Vec<String>,
    pub usccs: Vec<String>,
    pub ids: Vec<String>,
    pub digests: Vec<String>,
}

/// An answer, whole.
#[derive(PartialEq, Eq)]
pub struct Seen {
    pub path: String,
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub text: String,
}

pub async fn seen(world: &World, path: &str, request: Request<Body>) -> Seen {
    let answer = world.raw(request).await;
    let (parts, body) = answer.into_parts();
    let header =
        |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let policy = header("content-security-policy");
    let nonce =
        policy.split_once("'nonce-").and_then(|(_, rest)| rest.split_once('\'')).map(|(nonce, _)| nonce);
    let nonce = nonce.unwrap_or("no nonce").to_owned();
    let headers = parts.headers.iter().map(|(name, value)| {
        (name.to_string(), String::from_utf8_lossy(value.as_bytes()).replace(&nonce, "nonce"))
    });
    let headers = headers.collect();
    // A stream of events never ends; what it would say is compared as the room's mark.
    let is_stream = header("content-type").starts_with("text/event-stream");
    let bytes =
        if is_stream { Vec::new() } else { to_bytes(body, usize::MAX).await.expect("a body").to_vec() };
    // Bytes of files are compared as they are: each byte is one character.
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|raw| raw.into_bytes().iter().map(|byte| char::from(*byte)).collect());
    let text = without_request_keys(&text.replace(&nonce, "nonce"));
    Seen { path: path.to_owned(), status: parts.status.as_u16(), headers, text }
}

/// Request keys are 64 random digits in fields of this one name.
pub fn without_request_keys(page: &str) -> String {
    const FIELD: &str = "name=\"request_key\" value=\"";
    let mut parts = page.split(FIELD);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(FIELD);
        text.push_str(part.get(64..).unwrap_or(part));
    }
    text
}

/// Every address that the router has for reading, with each value of its parameters.
pub fn addresses(keys: &Keys) -> Vec<String> {
    let routes = web::routes::all();
    let patterns: BTreeSet<&str> = routes.iter().map(|route| route.path).collect();
    let mut found = Vec::new();
    for pattern in patterns {
        // Signing out is no reading; the router has no other address that a GET could change.
        if pattern == "/sign-out" {
            continue;
        }
        let mut filled = vec![String::new()];
        for part in pattern.split('/').skip(1) {
            let values = values(part, keys);
            filled =
                filled.iter().flat_map(|head| values.iter().map(move |v| format!("{head}/{v}"))).collect();
        }
        found.extend(filled);
    }
    found.extend(
        [
            "/search?q=示例",
            "/orgs?q=示例",
            "/tenders?stage=bidding&office=fushi",
            "/tenders?q=养老",
            "/api/v1/changes?cursor=0",
            "/api/v1/tenders?limit=1",
        ]
        .map(|path| path.replace("示例", "%E7%A4%BA%E4%BE%8B").replace("养老", "%E5%85%BB%E8%80%81")),
    );
    found.push(format!("/search?q={}", keys.usccs[1]));
    found
}

pub fn values(part: &str, keys: &Keys) -> Vec<String> {
    let given = |text: &str| vec![text.to_owned()];
    match part {
        "{no}" | "{number}" => given(NUMBER),
        "{code}" => keys.codes.clone(),
        "{uscc}" => keys.usccs.clone(),
        "{id}" => keys.ids.clone(),
        "{digest}" => keys.digests.clone(),
        "{alias}" => given("A"),
        "{name}" => given("2014-1"),
        "{edition}" | "{place}" => given("1"),
        "{year}" => given("2014"),
        _ if part.starts_with('{') => given("other"),
        _ => given(part),
    }
}

/// Where two answers part.
pub fn difference(with: &Seen, without: &Seen) -> String {
    if (with.status, &with.headers) != (without.status, &without.headers) {
        return format!("{} {:?} / {} {:?}", with.status, with.headers, without.status, without.headers);
    }
    let same = with.text.chars().zip(without.text.chars()).take_while(|(left, right)| left == right).count();
    let part = |text: &str| text.chars().skip(same.saturating_sub(60)).take(160).collect::<String>();
    format!("…{}… / …{}…", part(&with.text), part(&without.text))
}
