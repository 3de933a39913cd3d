//! Files of a bid by token: looked into like those of the bid desk, kept by digest, named in the bid (C30).

use app::tendering::bid_draft::{FILE_MIB_MAX, StoredFile};
use app::tendering::bid_upload::UploadFile;
use app::tendering::queries;
use axum::extract::{Path, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use evidence::Digest;

use super::answer;
use super::bearer::Bearer;
use super::bid_bodies::KeptFile;
use super::problem::{Problem, ProblemBody};
use crate::shell::form::pairs;
use crate::shell::{Form, Visit};

/// Send a file for a bid to come: its bytes as they are. Then name its digest in the bid.
#[utoipa::path(
    post, path = "/api/v1/tenders/{number}/files", operation_id = "uploadFile", tag = "bids",
    security(("token" = [])),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file's bytes: PDF, JPEG, PNG, DOCX, XLSX or OFD, at most 20 MiB"),
    params(
        ("number" = String, Path, description = "The tender's number"),
        ("name" = String, Query, description = "The file's name with its extension"),
        ("Idempotency-Key" = String, Header, description = "Your own key for this request, 1 to 200 characters"),
    ),
    responses(
        (status = 201, description = "Kept; name the digest in your bid", body = KeptFile),
        (status = 400, description = "No Idempotency-Key", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No token, or one that does not count", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such tender", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "The body is too long", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Not a kind of file that a bid may hold, or the deadline has passed", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn create(
    visit: Visit,
    bearer: Bearer,
    Path(number): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    let told = |error| bearer.teller.error(error);
    let name = name_of(&visit);
    // One byte more than a file may have, so that one that is too large is told so by its own rule.
    let bytes = bearer.body_within(request, FILE_MIB_MAX * 1024 * 1024 + 1).await?;
    let content = [number.as_bytes(), b"\0", name.as_bytes(), b"\0", &Digest::of(&bytes).0].concat();
    let key = bearer.key(&headers, "file", &content)?;
    let tender = queries::open_id(&visit.city, &number).await.map_err(told)?;
    let file = StoredFile::store(&visit.city, "C30", &name, &bytes).map_err(told)?;
    let kept = KeptFile::from(&file);
    visit.city.act(&bearer.actor, &key, &UploadFile { tender, file }).await.map_err(told)?;
    Ok(answer::private(StatusCode::CREATED, &kept))
}

/// What a file is called: the parameter `name`.
pub(super) fn name_of(visit: &Visit) -> String {
    Form::of(pairs(visit.shell.query.as_bytes())).trimmed("name").to_owned()
}
