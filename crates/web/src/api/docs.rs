//! The API's document and its readable page, made by ourselves from that document.

use askama::Template;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::Value;

use super::answer;
use crate::i18n;
use crate::shell::{PageError, Shell, Visit, show};

/// One operation as the page shows it.
struct Operation {
    method: String,
    path: String,
    id: String,
    summary: String,
    needs_token: bool,
    parameters: Vec<Field>,
    body: String,
    answers: Vec<(String, String)>,
    example: String,
    sample: String,
}

/// A parameter or a member of a schema.
struct Field {
    name: String,
    kind: String,
    required: bool,
    text: String,
}

/// A schema with its members.
struct Schema {
    name: String,
    text: String,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "api/docs.html")]
struct DocsPage<'a> {
    shell: &'a Shell,
    operations: Vec<Operation>,
    schemas: Vec<Schema>,
}

/// Read this document.
#[utoipa::path(
    get, path = "/api/v1/openapi.json", operation_id = "openapi", tag = "document",
    responses((status = 200, description = "OpenAPI 3.1", body = Object))
)]
pub async fn openapi(headers: HeaderMap) -> Response {
    answer::public(&headers, &super::document())
}

/// GET /api/docs
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let document =
        serde_json::to_value(super::document()).map_err(|error| PageError::broken(&error.to_string()))?;
    let schemas = &document["components"]["schemas"];
    let operations = operations(&visit.shell, &document["paths"], schemas);
    show(&DocsPage { shell: &visit.shell, operations, schemas: described(schemas) })
}

fn operations(shell: &Shell, paths: &Value, schemas: &Value) -> Vec<Operation> {
    let mut found = Vec::new();
    for (path, methods) in members(paths) {
        for (method, operation) in members(methods) {
            found.push(described_operation(shell, path, method, operation, schemas));
        }
    }
    found
}

fn described_operation(
    shell: &Shell,
    path: &str,
    method: &str,
    operation: &Value,
    schemas: &Value,
) -> Operation {
    let id = text(&operation["operationId"]);
    let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    let good = members(&operation["responses"]).find(|(status, _)| status.starts_with("20"));
    let good = good.map(|(_, answer)| &answer["content"]["application/json"]["schema"]);
    let needs_token = operation.get("security").is_some();
    let is_file = operation["requestBody"]["content"].get("application/octet-stream").is_some();
    let mut example = command(path, method, needs_token, body, schemas);
    if is_file {
        example = example.replace("/files\"", "/files?name=plan.pdf\"");
        example.push_str(" \\\n  --data-binary @plan.pdf");
    }
    Operation {
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: i18n::text(shell.lang, &format!("api-op-{}", id.to_lowercase())),
        needs_token,
        parameters: parameters.iter().map(parameter).collect(),
        body: name_of(body),
        answers: members(&operation["responses"])
            .map(|(status, answer)| (status.to_owned(), text(&answer["description"])))
            .collect(),
        example,
        sample: good
            .filter(|schema| !schema.is_null())
            .map(|schema| pretty(&sample(schema, schemas, 0)))
            .unwrap_or_default(),
        id,
    }
}

fn parameter(held: &Value) -> Field {
    Field {
        name: text(&held["name"]),
        kind: text(&held["in"]),
        required: held["required"] == Value::Bool(true),
        text: text(&held["description"]),
    }
}

/// The request as a command line.
fn command(path: &str, method: &str, needs_token: bool, body: &Value, schemas: &Value) -> String {
    let filled = path
        .replace("{uscc}", "51320100MJ5858585X")
        .replace("{code}", "GZ-2014-01")
        .replace("{fund}", "2014-BM")
        .replace("{year}", "2014")
        .replace("{digest}", &"0".repeat(64))
        .replace("{record}", "1400000000000000000")
        .replace("{request}", "FK-2014-0001")
        .replace("{milestone}", "1")
        .replace("{number}", if path.contains("contracts") { "NJGZ-HT-2014-001" } else { "NJGZ-2014-001" });
    let mut lines = vec![format!("curl -X {} \"$SITE{filled}\"", method.to_uppercase())];
    if needs_token {
        lines.push("  -H \"Authorization: Bearer $TOKEN\"".to_owned());
    }
    if needs_token && method != "get" {
        lines.push("  -H \"Idempotency-Key: 7f3c…\"".to_owned());
    }
    if !body.is_null() {
        lines.push("  -H \"Content-Type: application/json\"".to_owned());
        lines.push(format!("  -d '{}'", pretty(&sample(body, schemas, 0))));
    }
    lines.join(" \\\n")
}

/// A value of the schema, made from the examples in it.
fn sample(schema: &Value, schemas: &Value, depth: usize) -> Value {
    if let Some(given) = schema.get("example") {
        return given.clone();
    }
    // A schema that held itself would never end.
    if depth > 6 {
        return Value::Null;
    }
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return sample(&schemas[name], schemas, depth + 1);
    }
    if schema.get("properties").is_some() {
        let made = members(&schema["properties"]);
        return made.map(|(name, held)| (name.to_owned(), sample(held, schemas, depth + 1))).collect();
    }
    match kind(schema).split(' ').next() {
        Some("array") => Value::Array(vec![sample(&schema["items"], schemas, depth + 1)]),
        Some("integer") => Value::from(1),
        Some("boolean") => Value::from(false),
        Some("string") => Value::from("…"),
        Some("object") => Value::Object(serde_json::Map::new()),
        _ => Value::Null,
    }
}

fn described(schemas: &Value) -> Vec<Schema> {
    let schema = |(name, held): (&str, &Value)| {
        let required = held["required"].as_array().map(Vec::as_slice).unwrap_or_default();
        let field = |(name, held): (&str, &Value)| Field {
            name: name.to_owned(),
            kind: kind(held),
            required: required.iter().any(|one| one == name),
            text: text(&held["description"]),
        };
        let fields = members(&held["properties"]).map(field).collect();
        Schema { name: name.to_owned(), text: text(&held["description"]), fields }
    };
    members(schemas).map(schema).collect()
}

fn kind(schema: &Value) -> String {
    match &schema["type"] {
        Value::String(one) if one == "array" => {
            format!("array {}", name_of(&schema["items"])).trim().to_owned()
        }
        Value::String(one) => one.clone(),
        Value::Array(several) => several.iter().map(text).collect::<Vec<_>>().join(" | "),
        _ => name_of(schema),
    }
}

fn name_of(schema: &Value) -> String {
    schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()).unwrap_or_default().to_owned()
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, held)| (name.as_str(), held))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}
