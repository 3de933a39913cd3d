//! What protects every page: the token of a form, where a form comes from, and what the browser must not do.

use app::access::offices;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::kernel::{Post, Role, Scope};

use crate::support::{Reader, World};

const LEAD: Post = Post { role: Role::PurchaseLead, scope: Scope::City };

async fn post(world: &World, reader: &Reader, headers: &[(&str, &str)], body: &str) -> StatusCode {
    let mut request = Request::post("/post")
        .header(header::HOST, "gongzhi.test")
        .header(header::COOKIE, format!("sid={}", reader.token));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    world.raw(request.body(Body::from(body.to_owned())).expect("a request")).await.status()
}

#[tokio::test]
async fn a_form_without_the_sessions_token_is_refused() {
    let world = World::new().await;
    let (_, reader) = world.reader("lead", LEAD).await;
    for body in ["post=1", "post=1&csrf=", "post=1&csrf=AAAA"] {
        assert_eq!(post(&world, &reader, &[], body).await, StatusCode::FORBIDDEN, "{body}");
    }
    assert_eq!(offices::all(&world.city).await.expect("read").len(), 0);
}

#[tokio::test]
async fn a_form_of_another_site_is_refused_whatever_it_carries() {
    let world = World::new().await;
    let (_, reader) = world.reader("lead", LEAD).await;
    let page = world.get_as(&reader, "/password").await.text();
    let token = page.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let body = format!("post=0&csrf={}", token.expect("a token"));
    for (headers, expected) in [
        ([("origin", "https://elsewhere.test"), ("x-a", "1")], StatusCode::FORBIDDEN),
        ([("sec-fetch-site", "cross-site"), ("x-a", "1")], StatusCode::FORBIDDEN),
        ([("sec-fetch-site", "same-site"), ("x-a", "1")], StatusCode::FORBIDDEN),
        ([("origin", "https://gongzhi.test"), ("sec-fetch-site", "same-origin")], StatusCode::NOT_FOUND),
    ] {
        assert_eq!(post(&world, &reader, &headers, &body).await, expected, "{headers:?}");
    }
}

#[tokio::test]
async fn every_answer_tells_the_browser_what_it_must_not_do() {
    let world = World::new().await;
    for path in ["/", "/en", "/sign-in", "/nowhere", "/api/v1/tenders", "/api/v1/nowhere", "/api/docs"] {
        let answer = world.raw(Request::get(path).body(Body::empty()).expect("a request")).await;
        let text = |name: &str| {
            answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        let policy = text("content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{path}: {policy}");
        for banned in ["unsafe-inline", "unsafe-eval", "*", "http:"] {
            assert!(!policy.contains(banned), "{path}: {policy}");
        }
        assert_eq!(text("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(text("x-frame-options"), "DENY", "{path}");
        assert_eq!(text("referrer-policy"), "same-origin", "{path}");
        assert_eq!(text("access-control-allow-origin"), "", "{path} is for its own origin");
        assert!(text("cache-control").contains("no-"), "{path} is not kept without asking");
    }
}

#[tokio::test]
async fn a_session_counts_on_no_address_of_the_api() {
    let world = World::new().await;
    let (_, reader) = world.reader("lead", LEAD).await;
    let request = Request::get("/api/v1/bids").header(header::COOKIE, format!("sid={}", reader.token));
    let answer = world.raw(request.body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_way_back_leads_to_no_other_site() {
    let world = World::new().await;
    for back in ["https://elsewhere.test", "//elsewhere.test", "/\\elsewhere.test"] {
        let answer = world.post_as(&Reader::default(), "/display", &[("back", back), ("size", "125")]).await;
        assert_eq!(answer.location, "/", "{back}");
    }
}
