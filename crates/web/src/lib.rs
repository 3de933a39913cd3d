//! The doors of Gongzhi: pages and the JSON API. The only crate that knows HTTP and HTML.
//!
//! Every page is rendered on the server and works without JavaScript; every address is on one screen in
//! `routes`. Handlers read the form, call one use case of `app`, and show the answer.

pub mod access;
pub mod api;
pub mod bare;
pub mod catalogue;
pub mod contracts;
pub mod cultivation;
pub mod documents;
pub mod funds;
pub mod i18n;
pub mod papers;
pub mod performance;
pub mod registry;
pub mod routes;
pub mod rules;
pub mod shell;
pub mod site;
pub mod supervision;
pub mod tendering;

use std::pin::Pin;

use app::City;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Uri, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use i18n::Lang;
use shell::download::Framed;
use shell::shared::{self, Answers};
use shell::visit::{self, Asked};

/// The whole site for one city.
pub fn site(city: City) -> Router {
    let answers = Answers::of(city.clone());
    let pages = shell::guard::router(routes::all())
        .fallback(shell::missing)
        .layer(from_fn_with_state(city.clone(), visit::find))
        .with_state(city);
    // The language's prefix must be gone before the router looks at the path, so it is taken off outside.
    Router::new()
        .fallback_service(pages)
        .layer(from_fn(take_language))
        .layer(from_fn(harden))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(answers, shared::answer))
}

async fn take_language(mut request: Request, next: axum::middleware::Next) -> Response {
    let path = request.uri().path();
    let (lang, rest) = match path.strip_prefix("/en") {
        Some("") => (Lang::En, "/".to_owned()),
        Some(rest) if rest.starts_with('/') => (Lang::En, rest.to_owned()),
        _ => (Lang::Zh, path.to_owned()),
    };
    if lang == Lang::En {
        let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
        if let Ok(uri) = format!("{rest}{query}").parse::<Uri>() {
            *request.uri_mut() = uri;
        }
    }
    request.extensions_mut().insert(Asked(lang));
    next.run(request).await
}

/// What the browser must not do, said with every answer.
async fn harden(request: Request, next: axum::middleware::Next) -> Response<Body> {
    let mut answer = next.run(request).await;
    let framing = if answer.extensions().get::<Framed>().is_some() { "SAMEORIGIN" } else { "DENY" };
    let headers = answer.headers_mut();
    let fixed: [(header::HeaderName, &'static str); 6] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, framing),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            header::HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    answer
}

/// Serves the site until `stop` resolves; requests under way are finished first. `stop` is boxed so that the
/// server is compiled here, where speed counts, and not in the program.
///
/// # Errors
/// The listener failed.
pub async fn serve(
    listener: tokio::net::TcpListener,
    city: City,
    stop: Pin<Box<dyn Future<Output = ()> + Send>>,
) -> std::io::Result<()> {
    let site = site(city).into_make_service_with_connect_info::<std::net::SocketAddr>();
    axum::serve(listener, site).with_graceful_shutdown(stop).await
}
