//! The documents of a thing, as a list that any page may hold.

use app::documents;
use domain::kernel::Subject;

use crate::shell::{PageError, Visit};

/// A document in a list.
pub struct DocumentLine {
    /// What it is.
    pub title: String,
    /// Its number.
    pub number: String,
    /// When it was issued.
    pub issued: String,
    /// Its sheet.
    pub href: String,
    /// Whether it was withdrawn.
    pub is_withdrawn: bool,
}

/// The documents about a thing that the reader may open, oldest first.
///
/// # Errors
/// The database failed, as a page.
pub async fn lines(visit: &Visit, subject: Subject) -> Result<Vec<DocumentLine>, PageError> {
    let held = documents::of(&visit.city, &visit.actor, subject).await;
    let shell = &visit.shell;
    let line = |one: documents::Document| DocumentLine {
        title: shell.coded(&one.kind),
        number: one.number,
        issued: shell.moment(&one.issued_at),
        href: shell.url(format!("/documents/{}", one.code)),
        is_withdrawn: one.withdrawn_at.is_some(),
    };
    Ok(held.map_err(|error| visit.error(error))?.into_iter().map(line).collect())
}
