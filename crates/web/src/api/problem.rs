//! Problems (RFC 9457): why a request was not done, with the refusal's code and the rule it rests on.

use app::Error;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::kernel::Refusal;
use serde::Serialize;
use utoipa::ToSchema;

use crate::i18n::{self, Lang};
use crate::shell::{Visit, words};

/// Why a request was not done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Names the sort of problem; stable, the same in every language.
    #[serde(rename = "type")]
    #[schema(example = "urn:gongzhi:problem:tendering.deadline-passed")]
    pub kind: String,
    /// A short sentence about the sort of problem.
    pub title: String,
    /// The HTTP status.
    #[schema(example = 422)]
    pub status: u16,
    /// What happened, why, and what to do next.
    pub detail: String,
    /// The path that was asked for.
    pub instance: String,
    /// The refusal's stable code.
    #[schema(example = "tendering.deadline-passed")]
    pub code: String,
    /// The rule that forbids it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "C30")]
    pub rule: Option<String>,
    /// The page of that rule with its legal ground.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "/rules/C30")]
    pub ground: Option<String>,
    /// Each field at fault.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<FieldProblem>,
}

/// One field at fault.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldProblem {
    /// The field; empty when the whole body is meant.
    pub field: String,
    /// The refusal's stable code.
    pub code: String,
    /// The rule that forbids it.
    pub rule: String,
    /// What is wrong and what to do.
    pub detail: String,
}

/// A problem on its way to the client.
pub struct Problem(Box<ProblemBody>);

/// Where and in which language a problem is told.
pub struct Teller {
    lang: Lang,
    path: String,
}

impl Teller {
    /// English for clients that ask for it by address or header, Chinese for all others.
    pub fn of(visit: &Visit, headers: &HeaderMap) -> Self {
        let wished = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let is_english = wished.is_some_and(|text| text.trim_start().starts_with("en"));
        let lang = if is_english { Lang::En } else { visit.shell.lang };
        Self { lang, path: visit.shell.path.clone() }
    }

    /// Before anything is known of the request.
    pub fn unknown() -> Self {
        Self { lang: Lang::Zh, path: String::new() }
    }

    /// A problem of the door itself; its sentence is the message `api-<code>`.
    pub fn plain(&self, status: u16, code: &str) -> Problem {
        let detail = i18n::text(self.lang, &format!("api-{code}"));
        self.problem(status, &format!("api.{code}"), detail, None, Vec::new())
    }

    /// What an app error means to a program.
    pub fn error(&self, error: Error) -> Problem {
        match error {
            Error::Refused(refusal) => self.refused(&refusal),
            Error::Invalid(refusals) => self.invalid(&refusals),
            Error::NotFound => self.plain(404, "not-found"),
            Error::NotPermitted => self.plain(403, "not-permitted"),
            Error::PasswordNeeded => self.plain(403, "password-needed"),
            Error::Stale => self.plain(409, "stale"),
            Error::KeyReused => self.plain(422, "key-reused"),
            // A program does not rehearse; it sends what it means.
            Error::Rehearsed => self.plain(404, "not-found"),
            Error::Folder(what) | Error::RuleBook(what) => {
                tracing::error!(what, path = self.path, "folder");
                self.plain(507, "storage")
            }
            Error::Db(inner) => {
                tracing::error!(error = %inner, path = self.path, "database");
                self.plain(503, "database")
            }
        }
    }

    fn refused(&self, refusal: &Refusal) -> Problem {
        let detail = words::refusal(self.lang, refusal);
        let faults = refusal.field.iter().map(|_| self.fault(refusal)).collect();
        self.problem(422, refusal.code, detail, Some(refusal.rule), faults)
    }

    fn invalid(&self, refusals: &[Refusal]) -> Problem {
        let faults = refusals.iter().map(|refusal| self.fault(refusal)).collect();
        let detail = i18n::text(self.lang, "api-invalid");
        self.problem(422, "api.invalid", detail, None, faults)
    }

    fn fault(&self, refusal: &Refusal) -> FieldProblem {
        FieldProblem {
            field: refusal.field.clone().unwrap_or_default(),
            code: refusal.code.to_owned(),
            rule: refusal.rule.to_owned(),
            detail: words::refusal(self.lang, refusal),
        }
    }

    fn problem(
        &self,
        status: u16,
        code: &str,
        detail: String,
        rule: Option<&str>,
        faults: Vec<FieldProblem>,
    ) -> Problem {
        Problem(Box::new(ProblemBody {
            kind: format!("urn:gongzhi:problem:{code}"),
            title: i18n::text(self.lang, &format!("api-title-{status}")),
            status,
            detail,
            instance: self.path.clone(),
            code: code.to_owned(),
            rule: rule.map(str::to_owned),
            ground: rule.map(|rule| format!("/rules/{rule}")),
            faults,
        }))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&*self.0).unwrap_or_default();
        let mut answer = (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        if status == StatusCode::UNAUTHORIZED {
            let scheme = axum::http::HeaderValue::from_static("Bearer");
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
        }
        answer
    }
}

/// Any path below `/api/v1` that does not exist.
pub async fn unknown(visit: Visit, headers: HeaderMap) -> Problem {
    Teller::of(&visit, &headers).plain(404, "not-found")
}
