//! When a page cannot be shown: what happened, why, and where to go next.

use app::Error;
use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use domain::kernel::Refusal;

use super::choice::{FieldFault, RuleLink};
use super::early::Told;
use super::page::Shell;

/// A page that could not be shown.
pub struct PageError {
    status: StatusCode,
    shell: Option<Box<Shell>>,
    /// What happened, when no rule says no.
    text: String,
    /// Every rule that says no, each with its sentence.
    bars: Vec<FieldFault>,
    /// The page from which the reader came to what is barred, without language; empty when it is not known.
    back: String,
    /// Where to give the password again.
    redirect: Option<String>,
    /// The answer to a script, instead of a page.
    told: Option<Box<Told>>,
}

#[derive(Template)]
#[template(path = "shell/fault.html")]
struct FaultPage<'a> {
    shell: &'a Shell,
    title: String,
    text: &'a str,
    bars: &'a [FieldFault],
    back: &'a str,
}

impl PageError {
    /// A fault with a sentence.
    pub fn new(shell: &Shell, status: u16, text: String) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { shell: Some(Box::new(shell.clone())), text, ..Self::bare(status) }
    }

    /// A fault of ours, before there is a page to speak on; logged, never shown.
    pub fn broken(what: &str) -> Self {
        tracing::error!(what, "broken");
        Self::bare(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// An answer to a script that asked about a form before it was sent.
    pub fn told(told: Told) -> Self {
        Self { told: Some(Box::new(told)), ..Self::bare(StatusCode::OK) }
    }

    fn bare(status: StatusCode) -> Self {
        let (text, back) = (String::new(), String::new());
        Self { status, shell: None, text, bars: Vec::new(), back, redirect: None, told: None }
    }

    /// What an app error means to the reader.
    pub fn of(shell: &Shell, error: Error) -> Self {
        let plain = |status: u16, key: &str| Self::new(shell, status, shell.t(key));
        match error {
            Error::Refused(refusal) => Self::refused(shell, &[refusal]),
            Error::Invalid(refusals) if refusals.is_empty() => plain(422, "fault-form-unreadable"),
            Error::Invalid(refusals) => Self::refused(shell, &refusals),
            Error::NotFound => plain(404, "fault-not-found"),
            Error::NotPermitted if shell.signed_in() => plain(404, "fault-not-found"),
            Error::NotPermitted => {
                let there = shell.url(format!("/sign-in?back={}", shell.path()));
                Self { redirect: Some(there), ..plain(303, "fault-sign-in") }
            }
            Error::PasswordNeeded => {
                let there = shell.url(format!("/password?back={}", shell.path()));
                Self { redirect: Some(there), ..plain(303, "fault-password") }
            }
            Error::Stale => plain(409, "fault-stale"),
            Error::KeyReused => plain(409, "fault-key-reused"),
            // Only a check rehearses, and its answer never is a page.
            Error::Rehearsed => Self::bare(StatusCode::NO_CONTENT),
            Error::Folder(what) | Error::RuleBook(what) => {
                tracing::error!(what, path = shell.path(), "folder");
                plain(507, "fault-storage")
            }
            Error::Db(inner) => {
                tracing::error!(error = %inner, path = shell.path(), "database");
                plain(503, "fault-database")
            }
        }
    }

    fn refused(shell: &Shell, refusals: &[Refusal]) -> Self {
        let bars = refusals.iter().map(|refusal| field_fault(shell, refusal)).collect();
        Self { bars, ..Self::new(shell, 422, String::new()) }
    }

    /// The same with the way back to the page that leads here.
    pub fn leading_to(self, back: &str) -> Self {
        Self { back: back.to_owned(), ..self }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        if let Some(told) = self.told {
            return told.into_response();
        }
        if let Some(there) = self.redirect {
            return (StatusCode::SEE_OTHER, [(header::LOCATION, there)]).into_response();
        }
        let Some(shell) = self.shell else { return self.status.into_response() };
        let key = match self.status.as_u16() {
            404 => "fault-title-404",
            403 => "fault-title-403",
            409 => "fault-title-409",
            422 => "fault-title-422",
            _ => "fault-title",
        };
        let page = FaultPage {
            shell: &shell,
            title: shell.t(key),
            text: &self.text,
            bars: &self.bars,
            back: &self.back,
        };
        match page.render() {
            Ok(html) => (self.status, Html(html)).into_response(),
            Err(_) => self.status.into_response(),
        }
    }
}

/// The faults to show beside a form's fields, or the error itself when it is not about the input.
///
/// # Errors
/// Everything that the form's writer cannot mend by typing something else.
pub fn faults_of(shell: &Shell, error: Error) -> Result<Vec<FieldFault>, PageError> {
    let refusals = match error {
        Error::Refused(refusal) => vec![refusal],
        Error::Invalid(refusals) if !refusals.is_empty() => refusals,
        other => return Err(PageError::of(shell, other)),
    };
    Ok(refusals.iter().map(|refusal| field_fault(shell, refusal)).collect())
}

/// The same error with its faults at other fields: `place` names the field as the page does, when one form
/// stands on it more than once.
pub fn at_places(error: Error, place: impl Fn(&str) -> String) -> Error {
    let moved = |refusal: Refusal| match refusal.field.clone() {
        Some(field) => refusal.at(place(&field)),
        None => refusal,
    };
    match error {
        Error::Refused(refusal) => Error::Refused(moved(refusal)),
        Error::Invalid(refusals) => Error::Invalid(refusals.into_iter().map(moved).collect()),
        other => other,
    }
}

/// One refusal beside its field; a refusal of the whole form goes to the top.
pub fn field_fault(shell: &Shell, refusal: &Refusal) -> FieldFault {
    FieldFault::new(refusal.field.clone().unwrap_or_default(), shell.refusal(refusal))
        .under(rule_link(shell, refusal))
}

/// The page of the rule that a refusal rests on.
fn rule_link(shell: &Shell, refusal: &Refusal) -> RuleLink {
    RuleLink { label: shell.basis(refusal.rule), href: shell.url(format!("/rules/{}", refusal.rule)) }
}
