//! What a script asks of a form before its writer sends it: is this field right, and keep my draft.
//!
//! Both are the form's own POST with one more header, so the answer comes from the handler that takes the
//! form: the same reading, the same act, the same sentences. A check is done by an actor who rehearses: its
//! transaction never commits (`app::act`). A draft is saved as by the Save button. The answers are JSON that
//! a few lines of `forms.mjs` put beside the fields; without scripts nobody asks and nothing is missing.

use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::choice::FieldFault;

/// The fields to check, by id, with commas between.
const CHECK: &str = "x-check-fields";
/// Present when the form is saved by itself.
const DRAFT: &str = "x-save-draft";
/// No form of ours has more fields.
const FIELDS_MAX: usize = 200;

/// How a form came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Early {
    /// Its writer sent it: the answer is a page.
    #[default]
    Not,
    /// A script asks what would be said of these fields; nothing may be kept.
    Check(Vec<String>),
    /// A script saves what has been typed so far.
    Draft,
}

impl Early {
    /// What the request's headers ask for.
    pub fn of(method: &Method, headers: &HeaderMap) -> Self {
        if method != Method::POST {
            return Early::Not;
        }
        let fields = headers.get(CHECK).and_then(|value| value.to_str().ok());
        if let Some(fields) = fields {
            let fields = fields.split(',').map(str::trim).filter(|field| !field.is_empty());
            return Early::Check(fields.take(FIELDS_MAX).map(str::to_owned).collect());
        }
        if headers.contains_key(DRAFT) { Early::Draft } else { Early::Not }
    }

    /// Whether nothing of what is asked may be kept.
    pub fn is_check(&self) -> bool {
        matches!(self, Early::Check(_))
    }
}

/// An answer to a script.
#[derive(Debug, Serialize)]
pub struct Told {
    #[serde(skip)]
    status: StatusCode,
    /// The sentence about the whole; empty for a check.
    text: String,
    /// The version to send next time, for a draft that was saved.
    version: Option<i64>,
    faults: Vec<Fault>,
}

#[derive(Debug, Serialize)]
struct Fault {
    field: String,
    text: String,
}

impl Told {
    /// What stands against the fields that were asked for; what is wrong elsewhere is left for the whole form.
    pub fn checked(asked: &[String], faults: &[FieldFault]) -> Self {
        let asked = |fault: &&FieldFault| asked.contains(&fault.field);
        let faults = faults.iter().filter(asked).map(Fault::of).collect();
        Self { status: StatusCode::OK, text: String::new(), version: None, faults }
    }

    /// A draft that was saved; `version` is the one that it has now.
    pub fn saved(text: String, version: Option<i64>) -> Self {
        Self { status: StatusCode::OK, text, version, faults: Vec::new() }
    }

    /// A draft that was not saved, and why.
    pub fn unsaved(status: StatusCode, text: String, faults: &[FieldFault]) -> Self {
        Self { status, text, version: None, faults: faults.iter().map(Fault::of).collect() }
    }
}

impl Fault {
    fn of(fault: &FieldFault) -> Self {
        Self { field: fault.field.clone(), text: fault.text.clone() }
    }
}

/// Marks an answer meant for a script; it stays inside the program.
#[derive(Clone, Copy)]
struct ForScript;

impl IntoResponse for Told {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut answer = (self.status, [(header::CONTENT_TYPE, "application/json")], body).into_response();
        answer.extensions_mut().insert(ForScript);
        answer
    }
}

/// The answer that leaves the site: a check is never answered by a page or by a way to one.
pub fn answer(early: &Early, answer: Response) -> Response {
    if early.is_check() && answer.extensions().get::<ForScript>().is_none() {
        return StatusCode::NO_CONTENT.into_response();
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::{Early, Told, answer};
    use crate::shell::FieldFault;
    use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
    use axum::response::IntoResponse;

    fn check(method: Method, name: &'static str, value: &'static str, expected: &Early) {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_static(value));
        assert_eq!(Early::of(&method, &headers), *expected, "{method} {name}: {value}");
    }

    #[test]
    fn the_headers_say_how_a_form_comes() {
        let fields = |names: &[&str]| Early::Check(names.iter().map(|name| (*name).to_owned()).collect());
        check(Method::POST, "x-check-fields", "price, parts.plan,", &fields(&["price", "parts.plan"]));
        check(Method::POST, "x-check-fields", "", &fields(&[]));
        check(Method::POST, "x-save-draft", "1", &Early::Draft);
        check(Method::POST, "accept", "text/html", &Early::Not);
        check(Method::GET, "x-check-fields", "price", &Early::Not);
    }

    #[test]
    fn only_the_fields_asked_for_are_told() {
        let faults = [FieldFault::new("price", "a"), FieldFault::new("", "b"), FieldFault::new("name", "c")];
        let told = Told::checked(&["price".to_owned()], &faults);
        assert_eq!(told.faults.len(), 1);
        assert_eq!(told.faults[0].text, "a");
    }

    #[test]
    fn a_check_is_never_answered_by_a_page() {
        let check = Early::Check(Vec::new());
        assert_eq!(answer(&check, "<html>".into_response()).status(), StatusCode::NO_CONTENT);
        let told = Told::checked(&[], &[]).into_response();
        assert_eq!(answer(&check, told).status(), StatusCode::OK);
        assert_eq!(answer(&Early::Not, "<html>".into_response()).status(), StatusCode::OK);
    }
}
