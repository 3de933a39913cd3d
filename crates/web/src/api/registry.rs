//! Reading the one window: what the pages say of inspections, grades, credit lists, penalties, standing, promises, figures,
//! offices and documents (S4-S6, S19, B23-B40).

use app::access::offices as held_offices;
use app::documents;
use app::open_data::registry;
use app::registry::{announcements as announced, figures, promises as kept_promises, public_lists, target};
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::kernel::{Coded, Moment};

use super::answer;
use super::paging::{Page, PageQuery};
use super::problem::{Problem, ProblemBody, Teller};
use super::registry_bodies::{
    Announcement, CreditPlace, Inspection, IssuedDocument, Office, Penalty, PromiseSlot, Rating, Standing,
    Statistics, TargetOfYear, slots,
};
use crate::documents::verification::addressee;
use crate::shell::Visit;

/// List an organisation's penalties, newest first: those that are confirmed, as its public record shows them.
#[utoipa::path(
    get, path = "/api/v1/organisations/{uscc}/penalties", operation_id = "organisationPenalties", tag = "registry",
    params(("uscc" = String, Path, description = "Credit code")),
    responses(
        (status = 200, description = "All of them", body = Page<Penalty>),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 404, description = "Unknown", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn penalties(
    visit: Visit,
    headers: HeaderMap,
    Path(uscc): Path<String>,
) -> Result<Response, Problem> {
    let rows = public_lists::penalties(&visit.city, &uscc).await;
    let rows = rows.map_err(|error| Teller::of(&visit, &headers).error(error))?;
    let items = rows.into_iter().map(Penalty::from).collect();
    Ok(answer::public(&headers, &Page { items, next: None }))
}

/// List annual inspections by credit code and year.
#[utoipa::path(
    get, path = "/api/v1/inspections", operation_id = "inspections", tag = "registry", params(PageQuery),
    responses(
        (status = 200, description = "One page", body = Page<Inspection>),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 422, description = "Cursor or limit is wrong", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn inspections(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let teller = Teller::of(&visit, &headers);
    let query = PageQuery::of(&visit, &teller)?;
    let rows = registry::inspections(&visit.city, query.pair(&teller)?, query.limit).await;
    let rows = rows.map_err(|error| teller.error(error))?;
    let key = |row: &registry::Inspection| format!("{}/{}", row.uscc, row.year);
    Ok(answer::public(&headers, &query.page(rows, key, Inspection::from)))
}

/// List grades by credit code; those that ended stay in the list.
#[utoipa::path(
    get, path = "/api/v1/ratings", operation_id = "ratings", tag = "registry", params(PageQuery),
    responses(
        (status = 200, description = "One page", body = Page<Rating>),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 422, description = "Cursor or limit is wrong", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn ratings(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let teller = Teller::of(&visit, &headers);
    let query = PageQuery::of(&visit, &teller)?;
    let rows = registry::ratings(&visit.city, query.pair(&teller)?, query.limit).await;
    let rows = rows.map_err(|error| teller.error(error))?;
    let today = visit.city.clock.now().date();
    let key = |row: &registry::Rating| format!("{}/{}", row.uscc, row.id);
    Ok(answer::public(&headers, &query.page(rows, key, |row| Rating::on(row, today))))
}

/// List places on the two credit lists by credit code; those that were left stay in the list.
#[utoipa::path(
    get, path = "/api/v1/credit-places", operation_id = "creditPlaces", tag = "registry", params(PageQuery),
    responses(
        (status = 200, description = "One page", body = Page<CreditPlace>),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 422, description = "Cursor or limit is wrong", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn credit_places(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let teller = Teller::of(&visit, &headers);
    let query = PageQuery::of(&visit, &teller)?;
    let rows = registry::places(&visit.city, query.pair(&teller)?, query.limit).await;
    let rows = rows.map_err(|error| teller.error(error))?;
    let key = |row: &registry::Place| format!("{}/{}", row.uscc, row.id);
    Ok(answer::public(&headers, &query.page(rows, key, CreditPlace::from)))
}

/// Read what an organisation may do at this moment, with every condition and its rule.
#[utoipa::path(
    get, path = "/api/v1/organisations/{uscc}/standing", operation_id = "organisationStanding", tag = "registry",
    params(("uscc" = String, Path, description = "Credit code")),
    responses(
        (status = 200, description = "Every gate with its conditions", body = Standing),
        (status = 404, description = "Unknown", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn standing(
    visit: Visit,
    headers: HeaderMap,
    Path(uscc): Path<String>,
) -> Result<Response, Problem> {
    let known = registry::known(&visit.city, &uscc).await;
    let known = known.map_err(|error| Teller::of(&visit, &headers).error(error))?;
    let now = visit.city.clock.now();
    let standing = Standing::of(&uscc, &known, visit.city.book.on(now.date()), now);
    Ok(answer::public(&headers, &standing))
}

/// Read the register of promises: ten slots, each promise with its measure.
#[utoipa::path(
    get, path = "/api/v1/promises", operation_id = "promises", tag = "registry",
    responses(
        (status = 200, description = "All slots", body = Page<PromiseSlot>),
        (status = 304, description = "Unchanged since the given ETag"),
    )
)]
pub async fn promises(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let kept = kept_promises::all(&visit.city).await;
    let kept = kept.map_err(|error| Teller::of(&visit, &headers).error(error))?;
    Ok(answer::public(&headers, &Page { items: slots(&kept), next: None }))
}

/// List what the register told the public, in the order of the numbers.
#[utoipa::path(
    get, path = "/api/v1/announcements", operation_id = "announcements", tag = "registry", params(PageQuery),
    responses(
        (status = 200, description = "One page", body = Page<Announcement>),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 422, description = "Cursor or limit is wrong", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn announcements(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let teller = Teller::of(&visit, &headers);
    let query = PageQuery::of(&visit, &teller)?;
    let after = query.numbers(&teller)?;
    let rows = announced::after(&visit.city, after, query.limit).await;
    let rows = rows.map_err(|error| teller.error(error))?;
    let key = |row: &announced::Announcement| format!("{}/{}", row.year, row.serial);
    Ok(answer::public(&headers, &query.page(rows, key, Announcement::from)))
}

/// Read what the register is to reach in each year, the latest first, beside what is counted.
#[utoipa::path(
    get, path = "/api/v1/targets", operation_id = "targets", tag = "registry",
    responses(
        (status = 200, description = "All of them; those that were replaced follow", body = Page<TargetOfYear>),
        (status = 304, description = "Unchanged since the given ETag"),
    )
)]
pub async fn targets(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let teller = Teller::of(&visit, &headers);
    let today = visit.city.clock.now().date();
    let found = figures::figures(&visit.city, today).await.map_err(|error| teller.error(error))?;
    let rows = target::targets(&visit.city, &found).await.map_err(|error| teller.error(error))?;
    let items = rows.into_iter().map(TargetOfYear::from).collect();
    Ok(answer::public(&headers, &Page { items, next: None }))
}

/// Read the register in figures: stock, density and growth by kind, district, field and year.
#[utoipa::path(
    get, path = "/api/v1/statistics", operation_id = "statistics", tag = "registry",
    responses(
        (status = 200, description = "As it stands today", body = Statistics),
        (status = 304, description = "Unchanged since the given ETag"),
    )
)]
pub async fn statistics(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let today = visit.city.clock.now().date();
    let found = figures::figures(&visit.city, today).await;
    let found = found.map_err(|error| Teller::of(&visit, &headers).error(error))?;
    Ok(answer::public(&headers, &Statistics::of(&found, today.year())))
}

/// List the offices of the bureau by code, each with the one director who answers for it.
#[utoipa::path(
    get, path = "/api/v1/offices", operation_id = "offices", tag = "standing",
    responses(
        (status = 200, description = "All of them", body = Page<Office>),
        (status = 304, description = "Unchanged since the given ETag"),
    )
)]
pub async fn offices(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let rows = held_offices::all(&visit.city).await;
    let rows = rows.map_err(|error| Teller::of(&visit, &headers).error(error))?;
    let items = rows.into_iter().map(Office::from).collect();
    Ok(answer::public(&headers, &Page { items, next: None }))
}

/// Check whether a document was issued and still holds, by the code that is printed on it.
#[utoipa::path(
    get, path = "/api/v1/documents/{code}", operation_id = "document", tag = "registry",
    params(("code" = String, Path, description = "The code on the document")),
    responses(
        (status = 200, description = "It was issued", body = IssuedDocument),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 404, description = "No document has this code", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn document(
    visit: Visit,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let found = documents::verify(&visit.city, &code).await;
    let found = found.map_err(|error| Teller::of(&visit, &headers).error(error))?;
    let told = IssuedDocument {
        kind: found.kind.code().to_owned(),
        number: found.number.clone(),
        addressee: addressee(&found),
        issued_at: found.issued_at.rfc3339(),
        withdrawn_at: found.withdrawn_at.map(Moment::rfc3339),
        is_public: found.is_public,
    };
    Ok(answer::public(&headers, &told))
}
