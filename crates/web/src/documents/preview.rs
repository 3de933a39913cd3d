//! A document as it will go out, before it does: its sheet without number and code, and with what was typed behind
//! two buttons, so that it can be issued from there or written anew (W5).
//!
//! A form whose act issues a document has a second button `preview` = `show`; its handler carries the act with
//! `Typed::carry` and shows what comes of it. From the sheet the same form comes again, as it was typed: to be done,
//! or with `preview` = `edit` to be shown once more.

use app::documents::Document;
use askama::Template;
use axum::response::Response;

use super::sheet;
use crate::shell::{Form, PageError, Shell, Visit};

/// What surrounds the sheet.
#[derive(Template)]
#[template(path = "documents/preview.html")]
pub struct Preview<'a> {
    shell: &'a Shell,
    action: String,
    issue: String,
    typed: Vec<(&'a str, &'a str)>,
    /// The titles of what goes out with it.
    others: Vec<String>,
}

impl askama::filters::HtmlSafe for Preview<'_> {}

/// Whether the sender of a form came back from the sheet to change it.
pub fn is_edited(form: &Form) -> bool {
    form.trimmed("preview") == "edit"
}

/// The sheet of the document that an act would issue, the last of `foreseen`; nothing when it would issue none.
/// `action` is where the form goes, `issue` what its button says.
///
/// # Errors
/// The template failed, which is a fault of ours.
pub fn sheet_of(
    visit: &Visit,
    form: &Form,
    action: &str,
    issue: String,
    mut foreseen: Vec<Document>,
) -> Option<Result<Response, PageError>> {
    let shell = &visit.shell;
    let document = foreseen.pop()?;
    let fields = form.fields().iter().filter(|(name, _)| name != "csrf" && name != "preview");
    let preview = Preview {
        action: shell.url(action),
        issue,
        typed: fields.map(|(name, value)| (name.as_str(), value.as_str())).collect(),
        others: foreseen.iter().map(|one| shell.coded(&one.kind)).collect(),
        shell,
    };
    Some(sheet::sheet(visit, document, Some(preview)))
}
