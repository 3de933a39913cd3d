//! Problems (RFC 9457): why a request was not done, with the refusal's code and the rule it rests on.

use app::Error;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::kernel::{Fact, Refusal};
use serde::Serialize;
use utoipa::ToSchema;

use crate::i18n::{self, Lang};
use crate::shell::{Visit, words};

/// The rule of program interfaces.
const DOOR_RULE: &str = "X2";

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
    /// The row of a list that was sent, counted from 1, when the fault is in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = json!(null))]
    pub row: Option<i64>,
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

    /// A problem of the door itself; its sentence is the message `api-<code>`. What the client did wrong rests
    /// on the rule of program interfaces (X2); what failed here rests on none.
    pub fn plain(&self, status: u16, code: &str) -> Problem {
        let detail = i18n::text(self.lang, &format!("api-{code}"));
        let rule = (status < 500).then_some(DOOR_RULE);
        self.problem(status, &format!("api.{code}"), detail, rule, Vec::new())
    }

    /// The same at a header or a parameter.
    pub fn plain_at(&self, status: u16, code: &str, field: &str) -> Problem {
        let mut problem = self.plain(status, code);
        problem.0.faults = vec![self.door_fault(code, (None, field.to_owned()))];
        problem
    }

    /// A body that is not what is wanted: where in it, and why.
    pub fn unreadable(&self, error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
        let mut problem = self.plain(400, "body");
        if let Some((code, path)) = place_of(&error.path().to_string(), error.inner()) {
            problem.0.faults = vec![self.door_fault(code, row_and_field(&path))];
        }
        problem
    }

    fn door_fault(&self, code: &str, (row, field): (Option<i64>, String)) -> FieldProblem {
        let detail = i18n::text(self.lang, &format!("api-{code}"));
        FieldProblem { row, field, code: format!("api.{code}"), rule: DOOR_RULE.to_owned(), detail }
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
        let row = refusal.facts.iter().find_map(|(name, fact)| match fact {
            Fact::Number(row) if *name == "row" => Some(*row),
            _ => None,
        });
        FieldProblem {
            row,
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

/// What is wrong with a body, and the path of the field; nothing when it is no JSON at all.
fn place_of(path: &str, error: &serde_json::Error) -> Option<(&'static str, String)> {
    if error.classify() != serde_json::error::Category::Data {
        return None;
    }
    let text = error.to_string();
    let named = |start: &str| {
        let name = text.strip_prefix(start)?.split('`').next()?;
        // Whether the path ends with the name depends on who noticed it.
        let is_told = path == name || path.ends_with(&format!(".{name}"));
        let is_root = path.is_empty() || path == ".";
        Some(match (is_told, is_root) {
            (true, _) => path.to_owned(),
            (false, true) => name.to_owned(),
            (false, false) => format!("{path}.{name}"),
        })
    };
    let missing = named("missing field `").map(|path| ("field-missing", path));
    let unknown = || named("unknown field `").map(|path| ("field-unknown", path));
    missing.or_else(unknown).or_else(|| Some(("field-kind", path.trim_start_matches('.').to_owned())))
}

/// `records[2].units` is the field `units` of row 3.
fn row_and_field(path: &str) -> (Option<i64>, String) {
    let parts = path.split_once('[').and_then(|(list, rest)| Some((list, rest.split_once(']')?)));
    let Some((list, (index, rest))) = parts else { return (None, path.to_owned()) };
    let field = rest.strip_prefix('.').unwrap_or(rest);
    match index.parse::<i64>() {
        Ok(index) => (Some(index + 1), if field.is_empty() { list } else { field }.to_owned()),
        Err(_) => (None, path.to_owned()),
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only whether it can be read matters")]
    struct Row {
        units: i64,
        #[serde(default)]
        photos: Vec<String>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only whether it can be read matters")]
    struct Body {
        records: Vec<Row>,
        #[serde(default)]
        parts: BTreeMap<String, String>,
    }

    #[test]
    fn a_body_that_cannot_be_read_names_row_and_field() {
        for (body, code, row, field) in [
            ("{}", "field-missing", None, "records"),
            (r#"{"records": 1}"#, "field-kind", None, "records"),
            (r#"{"records": [], "x": 1}"#, "field-unknown", None, "x"),
            (r#"{"records": [{"units": 1}, {}]}"#, "field-missing", Some(2), "units"),
            (r#"{"records": [{"units": "1"}]}"#, "field-kind", Some(1), "units"),
            (r#"{"records": [{"units": 1, "x": 1}]}"#, "field-unknown", Some(1), "x"),
            (r#"{"records": [{"units": 1, "photos": [1]}]}"#, "field-kind", Some(1), "photos[0]"),
            (r#"{"records": [7]}"#, "field-kind", Some(1), "records"),
            (r#"{"records": [], "parts": {"plan": 1}}"#, "field-kind", None, "parts.plan"),
        ] {
            let mut reader = serde_json::Deserializer::from_str(body);
            let error = serde_path_to_error::deserialize::<_, Body>(&mut reader).expect_err(body);
            let (found, path) = place_of(&error.path().to_string(), error.inner()).expect(body);
            assert_eq!((found, row_and_field(&path)), (code, (row, field.to_owned())), "{body}");
        }
        for body in ["", "{", "[", "{\"records\": [}"] {
            let mut reader = serde_json::Deserializer::from_str(body);
            let error = serde_path_to_error::deserialize::<_, Body>(&mut reader).expect_err(body);
            assert_eq!(place_of(&error.path().to_string(), error.inner()), None, "{body}");
        }
    }
}
