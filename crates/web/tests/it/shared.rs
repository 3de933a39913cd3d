//! Answers that visitors share: never older than the last act, silent about sealed bids, nobody's own.

use std::sync::Arc;

use app::access::offices::AddOffice;
use app::{App, Clock, RequestKey, Settings};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use domain::kernel::{Actor, Moment};
use web::shell::shared::Kept;

use crate::support::World;
use crate::tendering_ground::{NUMBER, assert_done, bid_fields, borrowed, stage};

/// An answer to a visitor: whether it was kept from an earlier one, and what is in it.
struct Got {
    is_kept: bool,
    status: StatusCode,
    headers: HeaderMap,
    bytes: Vec<u8>,
}

impl Got {
    fn has(&self, text: &str) -> bool {
        String::from_utf8_lossy(&self.bytes).contains(text)
    }
}

async fn ask(world: &World, method: &str, path: &str, headers: &[(&str, &str)]) -> Got {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = world.raw(request.body(Body::empty()).expect("a request")).await;
    let is_kept = answer.extensions().get::<Kept>().is_some();
    let (status, headers) = (answer.status(), answer.headers().clone());
    let bytes = to_bytes(answer.into_body(), usize::MAX).await.expect("a body").to_vec();
    Got { is_kept, status, headers, bytes }
}

async fn get(world: &World, path: &str) -> Got {
    ask(world, "GET", path, &[]).await
}

fn office(code: &str) -> AddOffice {
    AddOffice { code: code.into(), name: format!("{code}处"), name_en: code.into(), duties: "职责".into() }
}

async fn add_office(city: &App, code: &str) {
    city.act(&Actor::SYSTEM, &RequestKey::None, &office(code)).await.expect("an office");
}

#[tokio::test]
async fn the_next_reader_sees_what_an_act_has_changed() {
    let world = World::new().await;
    let first = get(&world, "/offices").await;
    let second = get(&world, "/offices").await;
    assert_eq!((first.is_kept, second.is_kept, first.status), (false, true, StatusCode::OK));
    assert_eq!(first.bytes, second.bytes);
    add_office(&world.city, "fushi").await;
    let third = get(&world, "/offices").await;
    assert!(!third.is_kept && third.has("fushi处") && !second.has("fushi处"));
    assert!(get(&world, "/offices").await.is_kept);
}

#[tokio::test]
async fn an_act_of_another_program_on_the_same_city_counts_too() {
    let world = World::new().await;
    get(&world, "/offices").await;
    let settings = Settings {
        folder: world.folder().to_owned(),
        database: None,
        clock: Clock::held(world.city.clock.now()),
        is_demo: true,
    };
    let other: Arc<App> = Arc::new(App::open(settings).expect("the city opens again"));
    assert!(get(&world, "/offices").await.is_kept);
    add_office(&other, "shequ").await;
    let after = get(&world, "/offices").await;
    assert!(!after.is_kept && after.has("shequ处"));
}

#[tokio::test]
async fn an_answer_lives_no_longer_than_its_second() {
    let world = World::new().await;
    let start = world.city.clock.now();
    get(&world, "/about").await;
    for (micros, is_kept) in [(0, true), (999_999, true), (1_000_000, false), (1_000_000, true)] {
        world.city.clock.move_to(Moment(start.0 + micros));
        assert_eq!(get(&world, "/about").await.is_kept, is_kept, "{micros}");
    }
}

/// Every public page and list that has to do with a tender or with numbers.
fn public_paths() -> Vec<String> {
    let mut paths: Vec<String> = [
        "/",
        "/tenders",
        "/orgs",
        "/results",
        "/contracts",
        "/search?q=示例",
        "/api/v1/tenders",
        "/api/v1/changes",
    ]
    .map(|path| path.replace("示例", "%E7%A4%BA%E4%BE%8B"))
    .to_vec();
    let of_tender = ["", "/qa", "/corrections", "/deadlines", "/notice", "/opening"];
    paths.extend(of_tender.map(|tail| format!("/tenders/{NUMBER}{tail}")));
    paths.push(format!("/api/v1/tenders/{NUMBER}"));
    paths.extend(paths.clone().into_iter().map(|path| format!("/en{path}")));
    paths
}

#[tokio::test]
async fn no_step_of_a_sealed_bid_makes_an_answer_anew() {
    let stage = stage().await;
    stage.publish().await;
    let (world, paths) = (&stage.world, public_paths());
    for path in &paths {
        let got = get(world, path).await;
        assert_eq!((got.status, got.is_kept), (StatusCode::OK, false), "{path}");
    }
    let all_are_kept = async |step: &str| {
        for path in &paths {
            assert!(get(world, path).await.is_kept, "{path} was made anew after {step}");
        }
    };
    let bid = format!("/tenders/{NUMBER}/bid");
    let fields = bid_fields("95000");
    let saved = world.multipart_as(&stage.bidder, &bid, &borrowed(&fields), &[("a.pdf", b"%PDF-1.7")]).await;
    assert_done(&saved, &format!("{bid}/check"));
    all_are_kept("a draft").await;
    let submitted = world.post_as(&stage.bidder, &format!("{bid}/check"), &[("version", "1")]).await;
    assert_done(&submitted, "/me/bids/");
    all_are_kept("a bid").await;
    let again = world.post_as(&stage.bidder, &format!("{bid}/check"), &[("version", "1")]).await;
    assert_done(&again, "/me/bids/");
    all_are_kept("a replacement").await;
    let back = format!("/me/bids/{NUMBER}/withdrawal");
    assert_done(&world.post_as(&stage.bidder, &back, &[("version", "2")]).await, "/me/bids");
    all_are_kept("a withdrawal").await;
    let asked = [("question", "几时开标？")];
    assert_done(&world.post_as(&stage.other, &format!("/tenders/{NUMBER}/qa"), &asked).await, "/tenders/");
    assert!(!get(world, "/tenders").await.is_kept, "a question is no secret");
}

/// An address, the headers of the request, and what marks its answer.
type Asked = (&'static str, &'static [(&'static str, &'static str)], &'static str);

#[tokio::test]
async fn language_display_and_compression_are_kept_apart() {
    let world = World::new().await;
    let readers: [Asked; 6] = [
        ("/about", &[], "data-size=\"100\""),
        ("/en/about", &[], "lang=\"en\""),
        ("/about", &[("cookie", "size=150")], "data-size=\"150\""),
        ("/about", &[("cookie", "contrast=high")], "data-contrast=\"high\""),
        ("/about?done=saved", &[], "data-size=\"100\""),
        ("/about", &[("accept-encoding", "gzip")], ""),
    ];
    for is_kept in [false, true] {
        for (path, headers, mark) in readers {
            let got = ask(&world, "GET", path, headers).await;
            assert_eq!((got.status, got.is_kept), (StatusCode::OK, is_kept), "{path} {headers:?}");
            let is_small = got.headers.get(header::CONTENT_ENCODING).is_some();
            assert_eq!(is_small, mark.is_empty(), "{path} {headers:?}");
            assert!(is_small || got.has(mark), "{path} {headers:?}");
        }
    }
    let whole = get(&world, "/about").await;
    let head = ask(&world, "HEAD", "/about", &[]).await;
    assert!(head.is_kept && head.bytes.is_empty());
    assert_eq!(head.headers[header::CONTENT_LENGTH], whole.bytes.len().to_string());
    assert_eq!(head.headers[header::CONTENT_TYPE], whole.headers[header::CONTENT_TYPE]);
}

#[tokio::test]
async fn what_is_ones_own_is_never_shared() {
    let stage = stage().await;
    stage.publish().await;
    let world = &stage.world;
    let cookie = format!("sid={}", stage.other.token);
    let questions = format!("/tenders/{NUMBER}/qa");
    get(world, &questions).await;
    for headers in
        [[("cookie", cookie.as_str())], [("cookie", "sid=unknown")], [("authorization", "Bearer x")]]
    {
        for _ in 0..2 {
            assert!(!ask(world, "GET", &questions, &headers).await.is_kept, "{headers:?}");
        }
    }
    let signed_in = ask(world, "GET", &questions, &[("cookie", &cookie)]).await;
    let visitor = get(world, &questions).await;
    assert!(signed_in.has("name=\"request_key\"") && !visitor.has("name=\"request_key\""));
    assert!(visitor.is_kept);
    let policy = visitor.headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text");
    assert!(policy.contains("script-src 'self'") && !policy.contains("nonce"), "{policy}");
    for path in ["/demo", "/nowhere", "/sign-out", "/me", "/api/v1/nowhere"] {
        get(world, path).await;
        assert!(!get(world, path).await.is_kept, "{path}");
    }
    let tag = get(world, "/api/v1/tenders").await.headers[header::ETAG].to_str().expect("text").to_owned();
    let unchanged = ask(world, "GET", "/api/v1/tenders", &[("if-none-match", &tag)]).await;
    assert_eq!(unchanged.status, StatusCode::NOT_MODIFIED);
}
