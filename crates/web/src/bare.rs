//! A server that does nothing but answer and store: the limit that the benchmark holds pages and bids against.

use app::db::Bare;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;

#[derive(Clone)]
struct Held {
    page: Bytes,
    store: Option<Bare>,
}

/// Answers every GET with `page` from memory; with a store it also keeps each POST's body durably.
///
/// # Errors
/// The listener failed.
pub async fn serve(
    listener: tokio::net::TcpListener,
    page: Vec<u8>,
    store: Option<Bare>,
) -> std::io::Result<()> {
    let held = Held { page: page.into(), store };
    let answer = get(|State(held): State<Held>| async move { held.page }).post(keep);
    axum::serve(listener, Router::new().fallback(answer).with_state(held)).await
}

async fn keep(State(held): State<Held>, body: Bytes) -> StatusCode {
    match &held.store {
        None => StatusCode::METHOD_NOT_ALLOWED,
        Some(store) => match store.insert(&body).await {
            Ok(()) => StatusCode::CREATED,
            Err(_) => StatusCode::INSUFFICIENT_STORAGE,
        },
    }
}
