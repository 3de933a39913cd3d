//! The register's pages: directory, profile, search, the desks that fill it, people and offices;
//! and rating, in a folder of its own.

pub mod announcements;
pub mod change;
pub mod charity;
pub mod course;
pub mod credit;
pub mod directory;
pub mod divisions;
pub mod edit;
pub mod ending;
pub mod filing;
pub mod fundraising;
pub mod import;
pub mod inspection;
pub mod me;
pub mod offices;
pub mod peers;
pub mod people;
pub mod person;
pub mod profile;
pub mod promises;
pub mod rating;
mod record;
pub mod registration;
pub mod seal;
pub mod search;
pub mod statistics;
pub mod targets;
mod tell;
mod years;

use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::shell::{NavLink, Shell};

/// The lists of the register that everyone may read, with the one on which the reader is.
fn lists_nav(shell: &Shell) -> Vec<NavLink> {
    const LISTS: [(&str, &str); 6] = [
        ("/orgs", "registry-directory-title"),
        ("/ratings", "rating-title"),
        ("/cultivation/organisations", "cultivation-list-nav"),
        ("/credit/abnormal", "credit-list-abnormal"),
        ("/credit/serious", "credit-list-serious"),
        ("/announcements", "announcement-title"),
    ];
    let link = |(path, key): (&str, &str)| NavLink {
        href: shell.url(path),
        label: shell.t(key),
        current: shell.path == path,
    };
    LISTS.map(link).into()
}

/// A file for the reader to keep.
fn file(name: &str, media_type: &'static str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}
