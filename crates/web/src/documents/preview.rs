//! A document as it will go out, before it does: its sheet without number and code, and with what was typed behind
//! two buttons, so that it can be issued from there or written anew (W5).
//!
//! A form whose act issues a document has a second button `preview` = `show`; its handler carries the act with
//! `Typed::carry` and shows what comes of it. From the sheet the same form comes again, as it was typed: to be done,
//! or with `preview` = `edit` to be shown once more. A page of several steps names the step instead: `step_of`. An act
//! that issues several documents shows them one by one: behind a dot stands which.

use app::documents::Document;
use app::{Act, Error};
use askama::Template;
use axum::response::Response;

use crate::shell::{Form, PageError, Shell, Typed, Visit, Wish};

/// What surrounds the sheet.
#[derive(Template)]
#[template(path = "documents/preview.html")]
pub struct Preview<'a> {
    shell: &'a Shell,
    action: String,
    issue: String,
    typed: Vec<(&'a str, &'a str)>,
    others: Vec<Other>,
}

/// What goes out with it, and what its button says of which to show.
struct Other {
    title: String,
    value: String,
}

/// How many others stand beside the sheet before they are folded.
const OTHERS_SHOWN: usize = 3;

impl askama::filters::HtmlSafe for Preview<'_> {}

/// The pressed step of a form with several, and whether it is to be done or to be seen: a step that issues a document
/// has a second button, `preview` = the step's name.
pub fn step_of(form: &Form) -> (String, Wish) {
    match pressed(form).0 {
        "" | "edit" => (form.trimmed("step").to_owned(), Wish::Done),
        step => (step.to_owned(), Wish::Seen),
    }
}

/// The step, or `show`, of the pressed button, and which of several documents is to be seen.
fn pressed(form: &Form) -> (&str, Option<usize>) {
    let text = form.trimmed("preview");
    text.split_once('.').map_or((text, None), |(step, place)| (step, place.parse().ok()))
}

/// How the steps of a desk are taken: done, or looked at.
pub struct Steps<'a> {
    visit: &'a Visit,
    form: &'a Form,
    wish: Wish,
}

impl<'a> Steps<'a> {
    /// As the pressed button wishes.
    pub fn of(visit: &'a Visit, form: &'a Form, wish: Wish) -> Self {
        Self { visit, form, wish }
    }

    /// The form that was sent.
    pub fn form(&self) -> &'a Form {
        self.form
    }

    /// Does the act, or gives the documents that it would issue; none when it was done.
    ///
    /// # Errors
    /// As the act.
    pub async fn take<A: Act>(&self, act: &A) -> Result<Vec<Document>, Error> {
        Typed::of(self.visit, self.form).carry(self.visit, &self.form.key(), self.wish, act).await
    }

    /// The same with what was read of the form, so that its faults stand beside those of the act.
    ///
    /// # Errors
    /// As `Typed::ask`.
    pub async fn take_typed<A: Act>(&self, typed: Typed<'_>, act: &A) -> Result<Vec<Document>, Error> {
        typed.carry(self.visit, &self.form.key(), self.wish, act).await
    }
}

/// What a step came to: its document, when it was to be seen and issues one.
pub fn seen(
    visit: &Visit,
    form: &Form,
    (action, step, says): (&str, &str, &str),
    foreseen: Vec<Document>,
) -> Option<Result<Response, PageError>> {
    sheet(visit, form, (action, visit.shell.t(says)), Some(step), foreseen)
}

/// Whether the sender of a form came back from the sheet to change it.
pub fn is_edited(form: &Form) -> bool {
    form.trimmed("preview") == "edit"
}

/// The sheet of the document that an act would issue, of several the one that was asked for or the last; nothing when
/// it would issue none.
/// `action` is where the form goes, `issue` what its button says.
///
/// # Errors
/// The template failed, which is a fault of ours.
pub fn sheet_of(
    visit: &Visit,
    form: &Form,
    action: &str,
    issue: String,
    foreseen: Vec<Document>,
) -> Option<Result<Response, PageError>> {
    sheet(visit, form, (action, issue), None, foreseen)
}

fn sheet(
    visit: &Visit,
    form: &Form,
    (action, issue): (&str, String),
    step: Option<&str>,
    mut foreseen: Vec<Document>,
) -> Option<Result<Response, PageError>> {
    let shell = &visit.shell;
    let last = foreseen.len().checked_sub(1)?;
    let at = pressed(form).1.filter(|at| *at <= last).unwrap_or(last);
    let document = foreseen.remove(at);
    let other = |(place, one): (usize, &Document)| Other {
        title: shell.txy("preview-other", shell.coded(&one.kind), &one.addressee),
        value: format!("{}.{}", step.unwrap_or("show"), if place < at { place } else { place + 1 }),
    };
    let is_kept = |name: &str| !matches!(name, "csrf" | "preview") && (name != "step" || step.is_none());
    let fields = form.fields().iter().filter(|(name, _)| is_kept(name));
    let typed = fields.map(|(name, value)| (name.as_str(), value.as_str()));
    let preview = Preview {
        action: shell.url(action),
        issue,
        typed: typed.chain(step.map(|step| ("step", step))).collect(),
        others: foreseen.iter().enumerate().map(other).collect(),
        shell,
    };
    Some(super::sheet::sheet(visit, document, Some(preview)))
}
