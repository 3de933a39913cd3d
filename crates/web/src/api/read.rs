//! Reading: each list in an order that stays, each row under its public key.

use app::open_data::{
    catalogue, contracts as public_contracts, feed, organisations as registry, results as outcomes,
    tenders as notices,
};
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;

use super::answer;
use super::bodies::{Catalogue, Change, Contract, Item, Organisation, Outcome, ResultBody, Tender};
use super::paging::{Page, PageQuery, cursor_of};
use super::problem::{Problem, ProblemBody, Teller};
use crate::shell::Visit;

/// List organisations by credit code.
#[utoipa::path(
    get, path = "/api/v1/organisations", operation_id = "organisations", tag = "registry", params(PageQuery),
    responses(
        (status = 200, description = "One page", body = Page<Organisation>),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 422, description = "Cursor or limit is wrong", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn organisations(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let teller = Teller::of(&visit, &headers);
    let query = PageQuery::of(&visit, &teller)?;
    let rows = registry::list(&visit.city, &query.cursor, query.limit).await;
    let rows = rows.map_err(|error| teller.error(error))?;
    Ok(answer::public(&headers, &query.page(rows, |row| row.uscc.clone(), Organisation::from)))
}

/// List the items of published catalogues by code.
#[utoipa::path(
    get, path = "/api/v1/items", operation_id = "items", tag = "catalogue", params(PageQuery),
    responses(
        (status = 200, description = "One page", body = Page<Item>),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 422, description = "Cursor or limit is wrong", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn items(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let teller = Teller::of(&visit, &headers);
    let query = PageQuery::of(&visit, &teller)?;
    let rows = catalogue::items(&visit.city, &query.cursor, query.limit).await;
    let rows = rows.map_err(|error| teller.error(error))?;
    Ok(answer::public(&headers, &query.page(rows, |row| row.code.clone(), Item::from)))
}

/// List published tenders by number.
#[utoipa::path(
    get, path = "/api/v1/tenders", operation_id = "tenders", tag = "tenders", params(PageQuery),
    responses(
        (status = 200, description = "One page", body = Page<Tender>),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 422, description = "Cursor or limit is wrong", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn tenders(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let teller = Teller::of(&visit, &headers);
    let query = PageQuery::of(&visit, &teller)?;
    let now = visit.city.clock.now();
    let rows = notices::list(&visit.city, &query.cursor, query.limit).await;
    let rows = rows.map_err(|error| teller.error(error))?;
    Ok(answer::public(&headers, &query.page(rows, |row| row.number.clone(), |row| Tender::at(row, now))))
}

/// List published results by tender number.
#[utoipa::path(
    get, path = "/api/v1/results", operation_id = "results", tag = "results", params(PageQuery),
    responses(
        (status = 200, description = "One page", body = Page<Outcome>),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 422, description = "Cursor or limit is wrong", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn results(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let teller = Teller::of(&visit, &headers);
    let query = PageQuery::of(&visit, &teller)?;
    let rows = outcomes::list(&visit.city, &query.cursor, query.limit).await;
    let rows = rows.map_err(|error| teller.error(error))?;
    Ok(answer::public(&headers, &query.page(rows, |row| row.number.clone(), Outcome::from)))
}

/// List public contracts by number.
#[utoipa::path(
    get, path = "/api/v1/contracts", operation_id = "contracts", tag = "contracts", params(PageQuery),
    responses(
        (status = 200, description = "One page", body = Page<Contract>),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 422, description = "Cursor or limit is wrong", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn contracts(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let teller = Teller::of(&visit, &headers);
    let query = PageQuery::of(&visit, &teller)?;
    let rows = public_contracts::list(&visit.city, &query.cursor, query.limit).await;
    let rows = rows.map_err(|error| teller.error(error))?;
    Ok(answer::public(&headers, &query.page(rows, |row| row.number.clone(), Contract::from)))
}

/// Read one organisation.
#[utoipa::path(
    get, path = "/api/v1/organisations/{uscc}", operation_id = "organisation", tag = "registry",
    params(("uscc" = String, Path, description = "Credit code")),
    responses(
        (status = 200, description = "Found", body = Organisation),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 404, description = "Unknown, or not public", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn organisation(
    visit: Visit,
    headers: HeaderMap,
    Path(uscc): Path<String>,
) -> Result<Response, Problem> {
    let row = registry::one(&visit.city, &uscc).await;
    let row = row.map_err(|error| Teller::of(&visit, &headers).error(error))?;
    Ok(answer::public(&headers, &Organisation::from(row)))
}

/// Read one item.
#[utoipa::path(
    get, path = "/api/v1/items/{code}", operation_id = "item", tag = "catalogue",
    params(("code" = String, Path, description = "The item's code")),
    responses(
        (status = 200, description = "Found", body = Item),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 404, description = "Unknown, or not public", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn item(visit: Visit, headers: HeaderMap, Path(code): Path<String>) -> Result<Response, Problem> {
    let row = catalogue::item(&visit.city, &code).await;
    let row = row.map_err(|error| Teller::of(&visit, &headers).error(error))?;
    Ok(answer::public(&headers, &Item::from(row)))
}

/// Read one published tender.
#[utoipa::path(
    get, path = "/api/v1/tenders/{number}", operation_id = "tender", tag = "tenders",
    params(("number" = String, Path, description = "The tender's number")),
    responses(
        (status = 200, description = "Found", body = Tender),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 404, description = "Unknown, or not public", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn tender(
    visit: Visit,
    headers: HeaderMap,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let row = notices::one(&visit.city, &number).await;
    let row = row.map_err(|error| Teller::of(&visit, &headers).error(error))?;
    Ok(answer::public(&headers, &Tender::at(row, visit.city.clock.now())))
}

/// Read one result with its ranking.
#[utoipa::path(
    get, path = "/api/v1/results/{number}", operation_id = "result", tag = "results",
    params(("number" = String, Path, description = "The tender's number")),
    responses(
        (status = 200, description = "Found", body = ResultBody),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 404, description = "Unknown, or not public", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn result(
    visit: Visit,
    headers: HeaderMap,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let row = outcomes::one(&visit.city, &number).await;
    let row = row.map_err(|error| Teller::of(&visit, &headers).error(error))?;
    Ok(answer::public(
        &headers,
        &ResultBody {
            outcome: row.0.into(),
            ranking: row.1.into_iter().map(Into::into).collect(),
            members: row.2.into_iter().map(Into::into).collect(),
        },
    ))
}

/// Read one public contract.
#[utoipa::path(
    get, path = "/api/v1/contracts/{number}", operation_id = "contract", tag = "contracts",
    params(("number" = String, Path, description = "The contract's number")),
    responses(
        (status = 200, description = "Found", body = Contract),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 404, description = "Unknown, or not public", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn contract(
    visit: Visit,
    headers: HeaderMap,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let row = public_contracts::one(&visit.city, &number).await;
    let row = row.map_err(|error| Teller::of(&visit, &headers).error(error))?;
    Ok(answer::public(&headers, &Contract::from(row)))
}

/// List published catalogues, the latest first.
#[utoipa::path(
    get, path = "/api/v1/catalogues", operation_id = "catalogues", tag = "catalogue",
    responses(
        (status = 200, description = "All of them", body = Page<Catalogue>),
        (status = 304, description = "Unchanged since the given ETag"),
    )
)]
pub async fn catalogues(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let rows = catalogue::years(&visit.city).await;
    let rows = rows.map_err(|error| Teller::of(&visit, &headers).error(error))?;
    let page = Page { items: rows.into_iter().map(Catalogue::from).collect(), next: None };
    Ok(answer::public(&headers, &page))
}

/// Follow public changes in the order of commits. Every page has a `next` cursor: ask with it again later.
#[utoipa::path(
    get, path = "/api/v1/changes", operation_id = "changes", tag = "changes", params(PageQuery),
    responses(
        (status = 200, description = "Changes after the cursor", body = Page<Change>),
        (status = 304, description = "Nothing new since the given ETag"),
        (status = 422, description = "Cursor or limit is wrong", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn changes(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let teller = Teller::of(&visit, &headers);
    let query = PageQuery::of(&visit, &teller)?;
    let after = query.number(&teller)?.unwrap_or_default();
    let rows = feed::after(&visit.city, after, query.limit).await.map_err(|error| teller.error(error))?;
    // A follower always needs a place to go on from, also at the end.
    let last = rows.last().map_or(after, |row| row.seq);
    let page = Page {
        items: rows.into_iter().map(Change::from).collect(),
        next: Some(cursor_of(&last.to_string())),
    };
    Ok(answer::public(&headers, &page))
}
