//! The service ledger and milestone reports by token: the provider's own contract alone (C54, E3b), and the
//! milestones as everyone may read them.

use app::contracts;
use app::performance::ledger::{RecordSheet, ReverseRecord, ServiceLine, SheetLine};
use app::performance::report::ReportMilestone;
use app::performance::{lines, read};
use app::uploads::kept;
use app::{City, Error};
use axum::extract::{Path, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::kernel::{OrganisationId, Refusal, ServiceRecordId, parse_date};

use super::answer;
use super::bearer::Bearer;
use super::ledger_bodies::{
    EnteredRecords, Milestone, MilestoneReport, ReportBody, ReversalBody, ServiceRecord, ServiceRecordBody,
    ServiceRecordsBody,
};
use super::paging::{Page, PageQuery};
use super::problem::{Problem, ProblemBody, Teller};
use crate::shell::Visit;

/// List a contract's milestones with their units and progress.
#[utoipa::path(
    get, path = "/api/v1/contracts/{number}/milestones", operation_id = "milestones", tag = "service",
    params(("number" = String, Path, description = "The contract's number")),
    responses(
        (status = 200, description = "All of them", body = Page<Milestone>),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 404, description = "Unknown, or not public", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn milestones(
    visit: Visit,
    headers: HeaderMap,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let told = |error| Teller::of(&visit, &headers).error(error);
    let found = contracts::by_number(&visit.city, &visit.actor, &number).await;
    let (contract, _) = found.map_err(told)?;
    if contract.published_at.is_none() {
        return Err(told(Error::NotFound));
    }
    let (rows, units) = read::of(&visit.city, contract.id).await.map_err(told)?;
    let today = visit.city.clock.now().date();
    let items = rows.iter().map(|row| Milestone::public(row, &units, today)).collect();
    Ok(answer::public(&headers, &Page { items, next: None }))
}

/// List the service ledger of your own contract, what was entered last first.
#[utoipa::path(
    get, path = "/api/v1/contracts/{number}/service-records", operation_id = "serviceRecords", tag = "service",
    security(("token" = [])), params(("number" = String, Path, description = "The contract's number"), PageQuery),
    responses(
        (status = 200, description = "One page", body = Page<ServiceRecord>),
        (status = 401, description = "No token, or one that does not count", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such contract of yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Cursor or limit is wrong", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn index(visit: Visit, bearer: Bearer, Path(number): Path<String>) -> Result<Response, Problem> {
    let contract = bearer.own_contract(&visit.city, &number).await?;
    let query = PageQuery::of(&visit, &bearer.teller)?;
    let before = query.number(&bearer.teller)?.map(ServiceRecordId);
    let limit = usize::try_from(query.limit).unwrap_or(lines::PAGE);
    let rows = lines::records_of(&visit.city, contract.id, before, limit).await;
    let rows = rows.map_err(|error| bearer.teller.error(error))?;
    let page = query.page(rows, |row| row.id.0.to_string(), ServiceRecord::from);
    Ok(answer::private(StatusCode::OK, &page))
}

/// Enter one line or many into the service ledger of your own contract: all of them, or none.
#[utoipa::path(
    post, path = "/api/v1/contracts/{number}/service-records", operation_id = "recordService", tag = "service",
    security(("token" = [])), request_body = ServiceRecordsBody,
    params(
        ("number" = String, Path, description = "The contract's number"),
        ("Idempotency-Key" = String, Header, description = "Your own key for this request, 1 to 200 characters"),
    ),
    responses(
        (status = 201, description = "All lines were entered", body = EnteredRecords),
        (status = 400, description = "No Idempotency-Key, or a body that cannot be read", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No token, or one that does not count", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such contract of yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "The body is too long", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Nothing was entered; each fault names its row and field", body = ProblemBody, content_type = "application/problem+json"),
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
    let body = bearer.body(request).await?;
    let key = bearer.key(&headers, "record-service", &[number.as_bytes(), b"\0", &body].concat())?;
    let contract = bearer.own_contract(&visit.city, &number).await?.id;
    let body: ServiceRecordsBody = bearer.read(&body)?;
    let lines = sheet(&visit.city, bearer.organisation, body.records).await.map_err(told)?;
    let entered =
        visit.city.act(&bearer.actor, &key, &RecordSheet { contract, lines }).await.map_err(told)?;
    Ok(answer::private(StatusCode::CREATED, &EnteredRecords { contract: number, entered }))
}

/// The lines with their photos, or every value in them that cannot be read, each with its row.
async fn sheet(
    city: &City,
    organisation: OrganisationId,
    records: Vec<ServiceRecordBody>,
) -> Result<Vec<SheetLine>, Error> {
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    for (row, record) in (1_usize..).zip(records) {
        let (photos, unknown) = kept::named(city, organisation, &record.photos, ("C54", "photos")).await?;
        faults.extend(unknown.into_iter().map(|fault| fault.with("row", row)));
        match line(record) {
            Ok(line) => lines.push(SheetLine { line, photos }),
            Err(fault) => faults.push(fault.with("row", row)),
        }
    }
    if faults.is_empty() { Ok(lines) } else { Err(Error::Invalid(faults)) }
}

fn line(record: ServiceRecordBody) -> Result<ServiceLine, Refusal> {
    Ok(ServiceLine {
        served_on: parse_date(&record.served_on).map_err(|fault| fault.at("served_on"))?,
        milestone: record.milestone,
        unit: record.unit,
        place: record.place,
        worker: record.worker,
        token: record.token,
        units: record.units,
        note: record.note,
    })
}

/// Take a line of the service ledger back. The line itself stays, a reversal stands beside it.
#[utoipa::path(
    post, path = "/api/v1/contracts/{number}/service-records/{record}/reversal", operation_id = "reverseRecord",
    tag = "service", security(("token" = [])), request_body = ReversalBody,
    params(
        ("number" = String, Path, description = "The contract's number"),
        ("record" = String, Path, description = "The line's own number"),
        ("Idempotency-Key" = String, Header, description = "Your own key for this request, 1 to 200 characters"),
    ),
    responses(
        (status = 204, description = "Taken back"),
        (status = 400, description = "No Idempotency-Key, or a body that cannot be read", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No token, or one that does not count", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such line of yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A rule says no", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn reverse(
    visit: Visit,
    bearer: Bearer,
    Path((number, record)): Path<(String, String)>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    let told = |error| bearer.teller.error(error);
    let body = bearer.body(request).await?;
    let asked = [number.as_bytes(), b"\0", record.as_bytes(), b"\0", &body].concat();
    let key = bearer.key(&headers, "reverse-record", &asked)?;
    let contract = bearer.own_contract(&visit.city, &number).await?.id;
    let record = record.parse().map(ServiceRecordId).map_err(|_| told(Error::NotFound))?;
    let ReversalBody { reason } = bearer.read(&body)?;
    let reverse = ReverseRecord { contract, record, reason };
    visit.city.act(&bearer.actor, &key, &reverse).await.map_err(told)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Report a milestone of your own contract done: its ledger is counted and fixed, its acceptance begins.
#[utoipa::path(
    post, path = "/api/v1/contracts/{number}/milestones/{milestone}/report", operation_id = "reportMilestone",
    tag = "service", security(("token" = [])), request_body = ReportBody,
    params(
        ("number" = String, Path, description = "The contract's number"),
        ("milestone" = i64, Path, description = "The milestone's place in the order, from 1"),
        ("Idempotency-Key" = String, Header, description = "Your own key for this request, 1 to 200 characters"),
    ),
    responses(
        (status = 201, description = "Reported; this is how it stands now", body = MilestoneReport),
        (status = 400, description = "No Idempotency-Key, or a body that cannot be read", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No token, or one that does not count", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such milestone of yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A rule says no", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn report(
    visit: Visit,
    bearer: Bearer,
    Path((number, milestone)): Path<(String, String)>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    let told = |error| bearer.teller.error(error);
    let body = bearer.body(request).await?;
    let asked = [number.as_bytes(), b"\0", milestone.as_bytes(), b"\0", &body].concat();
    let key = bearer.key(&headers, "report-milestone", &asked)?;
    let contract = bearer.own_contract(&visit.city, &number).await?.id;
    let milestone = milestone.parse().map_err(|_| told(Error::NotFound))?;
    let ReportBody { report } = bearer.read(&body)?;
    let report = ReportMilestone { contract, milestone, report };
    visit.city.act(&bearer.actor, &key, &report).await.map_err(told)?;
    let file = read::acceptance(&visit.city, contract, milestone).await.map_err(told)?;
    Ok(answer::private(StatusCode::CREATED, &MilestoneReport::of(&number, &file.view)))
}
