//! Doors: pages and JSON. The only crate with HTTP, HTML and OpenAPI.

pub mod i18n;
pub mod shell;
