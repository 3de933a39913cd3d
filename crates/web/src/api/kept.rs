//! Files by token for any act to come: looked into like those of the pages, kept by digest, found by their own
//! organisation alone (X2).

use app::uploads::kept::{self, KeepFile};
use app::uploads::{FILE_MIB_MAX, StoredFile};
use axum::extract::{Path, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use evidence::Digest;

use super::answer;
use super::bearer::Bearer;
use super::bid_bodies::KeptFile;
use super::files::name_of;
use super::problem::{Problem, ProblemBody};
use crate::shell::{Visit, download};

/// Send a file: its bytes as they are. Then name its digest in bids, service records and payment requests.
#[utoipa::path(
    post, path = "/api/v1/files", operation_id = "keepFile", tag = "files",
    security(("token" = [])),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file's bytes: PDF, JPEG, PNG, DOCX, XLSX or OFD, at most 20 MiB"),
    params(
        ("name" = String, Query, description = "The file's name with its extension"),
        ("Idempotency-Key" = String, Header, description = "Your own key for this request, 1 to 200 characters"),
    ),
    responses(
        (status = 201, description = "Kept; name the digest in your acts", body = KeptFile),
        (status = 400, description = "No Idempotency-Key", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No token, or one that does not count", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "A token of another post", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "The body is too long", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Not a kind of file that is taken, or too many within a day", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn create(
    visit: Visit,
    bearer: Bearer,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    let told = |error| bearer.teller.error(error);
    let name = name_of(&visit);
    // One byte more than a file may have, so that one that is too large is told so by its own rule.
    let bytes = bearer.body_within(request, FILE_MIB_MAX * 1024 * 1024 + 1).await?;
    let digest = Digest::of(&bytes);
    let key = bearer.key(&headers, "keep-file", &[name.as_bytes(), b"\0", &digest.0].concat())?;
    kept::require_room(&visit.city, bearer.organisation, &digest.hex()).await.map_err(told)?;
    let file = StoredFile::store(&visit.city, "X2", &name, &bytes).map_err(told)?;
    let digest = visit.city.act(&bearer.actor, &key, &KeepFile { file }).await.map_err(told)?;
    let file = kept::find(&visit.city, bearer.organisation, &digest).await.map_err(told)?;
    Ok(answer::private(StatusCode::CREATED, &KeptFile::from(&file)))
}

/// Get back a file that you have sent.
#[utoipa::path(
    get, path = "/api/v1/files/{digest}", operation_id = "keptFile", tag = "files",
    security(("token" = [])),
    params(("digest" = String, Path, description = "SHA-256 of its bytes, in hexadecimal")),
    responses(
        (status = 200, description = "Its bytes", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 401, description = "No token, or one that does not count", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "You have sent no such file", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn show_one(visit: Visit, bearer: Bearer, Path(digest): Path<String>) -> Result<Response, Problem> {
    let found = kept::open(&visit.city, bearer.organisation, &digest).await;
    let (file, bytes) = found.map_err(|error| bearer.teller.error(error))?;
    Ok(download(file.name(), file.media_type(), bytes))
}
