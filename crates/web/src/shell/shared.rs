//! Answers that all visitors share, kept for as long as they are true.
//!
//! What a visitor reads at a public address follows from the public tables and the second of the city's
//! clock. So an answer is kept with the generation of those tables and with its second, and is given to
//! others only while both are still the present ones; the generation is read from the database before every
//! answer. A sealed bid moves no generation, so nothing here tells that it exists (docs/decisions/0003).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use app::City;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::guard::Open;
use super::visit;

/// No longer answer is kept.
const ANSWER_BYTES_MAX: usize = 256 * 1024;
/// What compression may add to an answer that does not shrink.
const SLACK_BYTES: usize = 1024;
/// All kept answers together; when they are more, the others are made anew each time.
const KEPT_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Where the files of the look lie: they never change, so nothing has to be asked for them.
const FILES: &str = "/assets/";
/// No longer address is kept.
const ADDRESS_BYTES_MAX: usize = 512;
const MICROS_PER_SECOND: i64 = 1_000_000;
/// What makes a request more than a plain reading.
const SPECIAL: [header::HeaderName; 5] = [
    header::AUTHORIZATION,
    header::IF_NONE_MATCH,
    header::IF_MATCH,
    header::IF_MODIFIED_SINCE,
    header::RANGE,
];

/// Marks an answer that holds nothing of one reader; it stays inside the program.
#[derive(Clone, Copy, Debug)]
pub struct Shared;

/// Marks an answer that was kept from an earlier request; it stays inside the program.
#[derive(Clone, Copy, Debug)]
pub struct Kept;

/// Whether an answer to a visitor, in which nothing is his own, has a form that can be kept.
pub fn may_be_kept(answer: &Response) -> bool {
    let size = answer.body().size_hint().exact().and_then(|bytes| usize::try_from(bytes).ok());
    answer.status() == StatusCode::OK
        && answer.extensions().get::<Open>().is_some()
        && answer.headers().get(header::SET_COOKIE).is_none()
        && size.is_some_and(|bytes| bytes <= ANSWER_BYTES_MAX)
}

/// What decides the bytes of an answer, beside tables and clock.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    /// Language, path and query, as sent.
    address: String,
    /// Scheme and host, which stand in some pages.
    origin: String,
    size: &'static str,
    has_contrast: bool,
    is_small: bool,
}

impl Key {
    /// The key of a plain reading by a visitor; nothing for every other request.
    fn of(request: &Request) -> Option<Self> {
        let headers = request.headers();
        if !matches!(*request.method(), Method::GET | Method::HEAD)
            || SPECIAL.iter().any(|name| headers.contains_key(name))
        {
            return None;
        }
        let has_cookies = headers.contains_key(header::COOKIE);
        if has_cookies && visit::session_token(headers).is_some() {
            return None;
        }
        let address = request.uri().path_and_query().map_or("/", |address| address.as_str());
        (address.len() <= ADDRESS_BYTES_MAX && !address.starts_with(FILES)).then(|| Self {
            address: address.to_owned(),
            origin: visit::origin_of(headers),
            size: if has_cookies { visit::size(headers) } else { "100" },
            has_contrast: has_cookies && visit::has_contrast(headers),
            is_small: takes_gzip(headers),
        })
    }
}

/// Whether the reader takes compressed bytes.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let lists = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let mut words = lists.flat_map(|list| list.split(','));
    words.any(|word| {
        let (name, weight) = word.split_once(';').unwrap_or((word, ""));
        let weight: String = weight.split_whitespace().collect();
        name.trim().eq_ignore_ascii_case("gzip")
            && !["q=0", "q=0.0", "q=0.00", "q=0.000"].contains(&weight.as_str())
    })
}

/// The state of the world that an answer was made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Present {
    generation: i64,
    second: i64,
}

struct Held {
    headers: HeaderMap,
    bytes: Bytes,
}

impl Held {
    fn answer(&self, method: &Method) -> Response {
        let is_head = method == Method::HEAD;
        let mut answer = Response::new(if is_head { Body::empty() } else { Body::from(self.bytes.clone()) });
        *answer.headers_mut() = self.headers.clone();
        answer.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(self.bytes.len()));
        answer.extensions_mut().insert(Kept);
        answer
    }
}

/// The kept answers of one moment; those of an earlier one are worth nothing.
#[derive(Default)]
struct Shelf {
    moment: Present,
    held: HashMap<Key, Arc<Held>>,
    bytes: usize,
}

/// The kept answers of a city.
#[derive(Clone)]
pub struct Answers {
    city: City,
    shelf: Arc<Mutex<Shelf>>,
}

impl Answers {
    /// None yet.
    pub fn of(city: City) -> Self {
        Self { city, shelf: Arc::default() }
    }

    /// The present moment; nothing when the database does not answer.
    async fn now(&self) -> Option<Present> {
        let generation = self.city.db.generation().await.ok()?;
        Some(Present { generation, second: self.city.clock.now().0.div_euclid(MICROS_PER_SECOND) })
    }

    fn find(&self, moment: Present, key: &Key) -> Option<Arc<Held>> {
        let shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.held.get(key).filter(|_| shelf.moment == moment).map(Arc::clone)
    }

    fn keep(&self, moment: Present, key: Key, held: Arc<Held>) {
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        if shelf.moment.generation > moment.generation {
            return;
        }
        if shelf.moment != moment {
            *shelf = Shelf { moment, ..Shelf::default() };
        }
        let weight = key.address.len() + held.bytes.len();
        if shelf.bytes + weight <= KEPT_BYTES_MAX {
            shelf.bytes += weight;
            shelf.held.insert(key, held);
        }
    }
}

/// Gives a visitor the kept answer when it is still the present one, or a new one.
pub async fn answer(State(answers): State<Answers>, mut request: Request, next: Next) -> Response {
    let Some(key) = Key::of(&request) else { return next.run(request).await };
    // Read before anything else: whatever is committed later moves on from this moment.
    let Some(moment) = answers.now().await else { return next.run(request).await };
    let method = request.method().clone();
    if let Some(held) = answers.find(moment, &key) {
        return held.answer(&method);
    }
    // Only what the key says may decide the bytes.
    let headers = request.headers_mut();
    headers.remove(header::ACCEPT_ENCODING);
    if key.is_small {
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    }
    let answer = next.run(request).await;
    if method != Method::GET || answer.extensions().get::<Shared>().is_none() {
        return answer;
    }
    let (parts, body) = answer.into_parts();
    let Ok(bytes) = to_bytes(body, ANSWER_BYTES_MAX + SLACK_BYTES).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let held = Arc::new(Held { headers: parts.headers.clone(), bytes: bytes.clone() });
    answers.keep(moment, key, held);
    Response::from_parts(parts, Body::from(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(method: &str, address: &str, headers: &[(&str, &str)]) -> Option<Key> {
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Key::of(&request.body(Body::empty()).expect("a request"))
    }

    #[test]
    fn only_a_plain_reading_by_a_visitor_is_shared() {
        assert!(key("GET", "/orgs?q=1", &[("cookie", "size=125")]).is_some());
        assert!(key("HEAD", "/orgs", &[]).is_some());
        assert!(key("POST", "/display", &[]).is_none());
        assert!(key("GET", "/assets/abc/app.css", &[]).is_none());
        for header in [
            ("cookie", "sid=abc"),
            ("cookie", "size=125; __Host-sid=abc"),
            ("cookie", "sid="),
            ("authorization", "Bearer x"),
            ("if-none-match", "\"x\""),
            ("range", "bytes=0-1"),
        ] {
            assert!(key("GET", "/orgs", &[header]).is_none(), "{header:?}");
        }
        assert!(key("GET", &format!("/orgs?q={}", "a".repeat(ADDRESS_BYTES_MAX)), &[]).is_none());
    }

    #[test]
    fn readers_who_see_different_bytes_have_different_keys() {
        let plain = key("GET", "/orgs", &[]);
        assert!(plain == key("GET", "/orgs", &[("cookie", "size=100; contrast=normal; other=1")]));
        assert!(plain == key("HEAD", "/orgs", &[("accept-encoding", "br")]));
        for (address, header) in [
            ("/en/orgs", ("x-a", "1")),
            ("/orgs?q=1", ("x-a", "1")),
            ("/orgs", ("host", "elsewhere.test")),
            ("/orgs", ("x-forwarded-host", "elsewhere.test")),
            ("/orgs", ("cookie", "size=150")),
            ("/orgs", ("cookie", "contrast=high")),
            ("/orgs", ("accept-encoding", "gzip, br")),
        ] {
            assert!(plain != key("GET", address, &[header]), "{address} {header:?}");
        }
    }

    #[test]
    fn gzip_is_taken_unless_it_is_refused() {
        for (list, expected) in [
            ("gzip", true),
            ("br;q=1.0, GZIP;q=0.8", true),
            ("gzip;q=0", false),
            ("gzip; q=0.0, br", false),
            ("identity", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(list))]);
            assert_eq!(takes_gzip(&headers), expected, "{list}");
        }
    }
}
