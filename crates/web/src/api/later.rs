//! Reading what came after the signatures: the same figures as on the pages.

use app::open_data::{delivery, money};
use app::performance::account;
use app::{funds as books, supervision};
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;

use super::answer;
use super::later_bodies::{
    Acceptance, Evaluation, FindingCount, Fund, OfficeAccount, Payment, Satisfaction, Transfer,
};
use super::paging::{Page, PageQuery};
use super::problem::{Problem, ProblemBody, Teller};
use crate::shell::Visit;

/// List the funds, the newest year first, each with where its money lies.
#[utoipa::path(
    get, path = "/api/v1/funds", operation_id = "funds", tag = "money",
    responses(
        (status = 200, description = "All of them", body = Page<Fund>),
        (status = 304, description = "Unchanged since the given ETag"),
    )
)]
pub async fn funds(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let rows = books::funds(&visit.city).await;
    let rows = rows.map_err(|error| Teller::of(&visit, &headers).error(error))?;
    let page = Page { items: rows.into_iter().map(Fund::from).collect(), next: None };
    Ok(answer::public(&headers, &page))
}

/// List a fund's transfers in the order in which money moved.
#[utoipa::path(
    get, path = "/api/v1/funds/{fund}/transfers", operation_id = "transfers", tag = "money",
    params(("fund" = String, Path, description = "The fund's code"), PageQuery),
    responses(
        (status = 200, description = "One page", body = Page<Transfer>),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 404, description = "No such fund", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Cursor or limit is wrong", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn transfers(
    visit: Visit,
    headers: HeaderMap,
    Path(fund): Path<String>,
) -> Result<Response, Problem> {
    let teller = Teller::of(&visit, &headers);
    let query = PageQuery::of(&visit, &teller)?;
    let after = query.number(&teller)?.unwrap_or_default();
    let rows = money::transfers(&visit.city, &fund, after, query.limit).await;
    let rows = rows.map_err(|error| teller.error(error))?;
    Ok(answer::public(&headers, &query.page(rows, |row| row.serial.to_string(), Transfer::from)))
}

/// List payments by reference.
#[utoipa::path(
    get, path = "/api/v1/payments", operation_id = "payments", tag = "money", params(PageQuery),
    responses(
        (status = 200, description = "One page", body = Page<Payment>),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 422, description = "Cursor or limit is wrong", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn payments(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let teller = Teller::of(&visit, &headers);
    let query = PageQuery::of(&visit, &teller)?;
    let rows = money::payments(&visit.city, &query.cursor, query.limit).await;
    let rows = rows.map_err(|error| teller.error(error))?;
    Ok(answer::public(&headers, &query.page(rows, |row| row.reference.clone(), Payment::from)))
}

/// List published acceptances by contract and milestone.
#[utoipa::path(
    get, path = "/api/v1/acceptances", operation_id = "acceptances", tag = "service", params(PageQuery),
    responses(
        (status = 200, description = "One page", body = Page<Acceptance>),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 422, description = "Cursor or limit is wrong", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn acceptances(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let teller = Teller::of(&visit, &headers);
    let query = PageQuery::of(&visit, &teller)?;
    let rows = delivery::acceptances(&visit.city, &query.cursor, query.limit).await;
    let rows = rows.map_err(|error| teller.error(error))?;
    Ok(answer::public(&headers, &query.page(rows, |row| row.key.clone(), Acceptance::from)))
}

/// List surveys of recipients by contract and round.
#[utoipa::path(
    get, path = "/api/v1/satisfaction", operation_id = "satisfaction", tag = "service", params(PageQuery),
    responses(
        (status = 200, description = "One page", body = Page<Satisfaction>),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 422, description = "Cursor or limit is wrong", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn satisfaction(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let teller = Teller::of(&visit, &headers);
    let query = PageQuery::of(&visit, &teller)?;
    let rows = delivery::satisfaction(&visit.city, &query.cursor, query.limit).await;
    let rows = rows.map_err(|error| teller.error(error))?;
    Ok(answer::public(&headers, &query.page(rows, |row| row.key.clone(), Satisfaction::from)))
}

/// List published evaluations by contract, kind and round.
#[utoipa::path(
    get, path = "/api/v1/evaluations", operation_id = "evaluations", tag = "service", params(PageQuery),
    responses(
        (status = 200, description = "One page", body = Page<Evaluation>),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 422, description = "Cursor or limit is wrong", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn evaluations(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let teller = Teller::of(&visit, &headers);
    let query = PageQuery::of(&visit, &teller)?;
    let rows = delivery::evaluations(&visit.city, &query.cursor, query.limit).await;
    let rows = rows.map_err(|error| teller.error(error))?;
    Ok(answer::public(&headers, &query.page(rows, |row| row.key.clone(), Evaluation::from)))
}

/// Read what every office answers for in a year.
#[utoipa::path(
    get, path = "/api/v1/accounts/{year}", operation_id = "accounts", tag = "standing",
    params(("year" = i16, Path, description = "The year")),
    responses(
        (status = 200, description = "Every office that had something to do in the year", body = Page<OfficeAccount>),
        (status = 304, description = "Unchanged since the given ETag"),
        (status = 404, description = "No such year", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn accounts(
    visit: Visit,
    headers: HeaderMap,
    Path(year): Path<String>,
) -> Result<Response, Problem> {
    let teller = Teller::of(&visit, &headers);
    let year = year.parse::<i16>().map_err(|_| teller.error(app::Error::NotFound))?;
    let rows = account::totals(&visit.city, year).await.map_err(|error| teller.error(error))?;
    let page = Page { items: rows.into_iter().map(OfficeAccount::from).collect(), next: None };
    Ok(answer::public(&headers, &page))
}

/// Read how many findings of each kind supervision has.
#[utoipa::path(
    get, path = "/api/v1/findings", operation_id = "findings", tag = "standing",
    responses(
        (status = 200, description = "Every kind that was ever found", body = Page<FindingCount>),
        (status = 304, description = "Unchanged since the given ETag"),
    )
)]
pub async fn findings(visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let rows = supervision::read::counts(&visit.city).await;
    let rows = rows.map_err(|error| Teller::of(&visit, &headers).error(error))?;
    let page = Page { items: rows.into_iter().map(FindingCount::from).collect(), next: None };
    Ok(answer::public(&headers, &page))
}
