//! The register's pages: directory, profile, search, the desks that fill it, people and offices;
//! and rating, in a folder of its own.

pub mod change;
pub mod credit;
pub mod directory;
pub mod edit;
pub mod ending;
pub mod filing;
pub mod import;
pub mod inspection;
pub mod me;
pub mod offices;
pub mod people;
pub mod person;
pub mod profile;
pub mod promises;
pub mod rating;
mod record;
pub mod registration;
pub mod search;
pub mod statistics;
mod tell;

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// A file for the reader to keep.
fn file(name: &str, media_type: &'static str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}
