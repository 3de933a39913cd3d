//! Reading the table of districts with their days (B44, B45).

use axum::http::HeaderMap;
use axum::response::Response;
use domain::registry::division::District;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer;
use super::bodies::bodies;
use super::paging::Page;
use super::problem::Problem;

bodies! {
    /// A district with its days.
    Division from District {
        /// Six digits.
        #[schema(example = "320103")]
        code: String = |row| row.code.clone(),
        /// Its name.
        #[schema(example = "白下区")]
        name: String = |row| row.name.clone(),
        /// First day; null when it is older than the table.
        valid_from: Option<String> = |row| row.valid_from.map(|day| day.to_string()),
        /// Last day; null while it exists.
        #[schema(example = "2013-03-27")]
        valid_to: Option<String> = |row| row.valid_to.map(|day| day.to_string()),
        /// The code of the district that it became part of; null while it exists.
        #[schema(example = "320104")]
        successor: Option<String> = |row| Some(row.successor.clone()).filter(|code| !code.is_empty()),
        /// Heads of the codes of the streets of today that lay in it; empty while it exists.
        streets: Vec<String> = |row| row.streets.clone(),
        /// What decided of it.
        source: String = |row| row.source.clone(),
    }
}

/// List the districts with first and last day, former ones among them.
#[utoipa::path(
    get, path = "/api/v1/divisions", operation_id = "divisions", tag = "registry",
    responses(
        (status = 200, description = "All of them, by code", body = Page<Division>),
        (status = 304, description = "Unchanged since the given ETag"),
    )
)]
pub async fn index(headers: HeaderMap) -> Result<Response, Problem> {
    let items = app::divisions::all_districts().iter().cloned().map(Division::from).collect();
    Ok(answer::public(&headers, &Page { items, next: None }))
}
