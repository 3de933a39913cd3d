//! Asking to be paid by token, and where each request stands: the provider's own alone (C28).

use app::funds::payments::{self, RequestLine};
use app::funds::{Bill, RequestPayment};
use app::uploads::kept;
use app::{City, Error};
use axum::extract::{Path, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::kernel::{Coded, ContractId, Fen, Moment, OrganisationId, Refusal, parse_date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer;
use super::bearer::Bearer;
use super::bodies::bodies;
use super::paging::{Page, PageQuery};
use super::problem::{Problem, ProblemBody};
use crate::shell::Visit;

/// What a provider asks to be paid on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentRequestBody {
    /// The accepted milestone's place in the order, from 1.
    pub milestone: i64,
    /// The invoice's number.
    #[schema(example = "04403225")]
    pub invoice_number: String,
    /// Its day.
    #[schema(example = "2014-09-10")]
    pub invoice_on: String,
    /// Its amount, in whole fen: what was accepted, to the fen.
    #[schema(example = 4_750_000)]
    pub invoice_amount_fen: i64,
    /// Your bank.
    #[schema(example = "南京银行（示例）")]
    pub bank: String,
    /// Your account.
    #[schema(example = "0123 4567")]
    pub account: String,
    /// Digest of the invoice's file, which you have sent to `/api/v1/files`.
    pub invoice_file: String,
}

bodies! {
    /// A payment request of your own.
    PaymentRequest from RequestLine {
        /// Its number.
        #[schema(example = "FK-2014-0001")]
        number: String = |row| row.number.clone(),
        /// The contract's number.
        contract: String = |row| row.contract.clone(),
        /// The milestone's place in the order, from 1.
        milestone: i64 = |row| row.position,
        /// How much, in fen.
        #[schema(example = 4_750_000)]
        amount_fen: i64 = |row| row.amount_fen.0,
        /// requested, returned, approved, sent or paid.
        #[schema(example = "requested")]
        state: String = |row| row.state.code().to_owned(),
        /// The invoice's number.
        #[schema(example = "04403225")]
        invoice_number: String = |row| row.invoice_number.clone(),
        /// Its day.
        #[schema(example = "2014-09-10")]
        invoice_on: String = |row| row.invoice_on.to_string(),
        /// Digest of its file.
        invoice_file: String = |row| row.invoice_digest.clone(),
        /// Your bank.
        bank: String = |row| row.payee_bank.clone(),
        /// Your account.
        account: String = |row| row.payee_account.clone(),
        /// When it was asked for.
        requested_at: String = |row| row.requested_at.rfc3339(),
        /// The last day to pay.
        #[schema(example = "2014-10-08")]
        due_on: String = |row| row.due_on.to_string(),
        /// When it was approved.
        approved_at: Option<String> = |row| row.checked_at.map(Moment::rfc3339),
        /// What to mend when it was sent back; empty otherwise.
        #[schema(example = "")]
        return_reason: String = |row| row.return_reason.clone(),
    }
}

/// List all your payment requests by number.
#[utoipa::path(
    get, path = "/api/v1/payment-requests", operation_id = "ownPaymentRequests", tag = "money",
    security(("token" = [])), params(PageQuery),
    responses(
        (status = 200, description = "One page", body = Page<PaymentRequest>),
        (status = 401, description = "No token, or one that does not count", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Cursor or limit is wrong", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn all(visit: Visit, bearer: Bearer) -> Result<Response, Problem> {
    let query = PageQuery::of(&visit, &bearer.teller)?;
    let (organisation, limit) = (bearer.organisation, query.limit);
    let rows = payments::of_organisation(&visit.city, organisation, &query.cursor, limit).await;
    let rows = rows.map_err(|error| bearer.teller.error(error))?;
    let page = query.page(rows, |row| row.number.clone(), PaymentRequest::from);
    Ok(answer::private(StatusCode::OK, &page))
}

/// Read one of your payment requests.
#[utoipa::path(
    get, path = "/api/v1/payment-requests/{request}", operation_id = "ownPaymentRequest", tag = "money",
    security(("token" = [])), params(("request" = String, Path, description = "The request's number")),
    responses(
        (status = 200, description = "Found", body = PaymentRequest),
        (status = 401, description = "No token, or one that does not count", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such request of yours", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn show_one(visit: Visit, bearer: Bearer, Path(number): Path<String>) -> Result<Response, Problem> {
    let told = |error| bearer.teller.error(error);
    let line = payments::request(&visit.city, &number).await.map_err(told)?;
    if line.organisation_id != bearer.organisation {
        return Err(told(Error::NotFound));
    }
    Ok(answer::private(StatusCode::OK, &PaymentRequest::from(line)))
}

/// List the payment requests of your own contract with their state.
#[utoipa::path(
    get, path = "/api/v1/contracts/{number}/payment-requests", operation_id = "contractPaymentRequests",
    tag = "money", security(("token" = [])), params(("number" = String, Path, description = "The contract's number")),
    responses(
        (status = 200, description = "All of them", body = Page<PaymentRequest>),
        (status = 401, description = "No token, or one that does not count", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such contract of yours", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn index(visit: Visit, bearer: Bearer, Path(number): Path<String>) -> Result<Response, Problem> {
    let contract = bearer.own_contract(&visit.city, &number).await?;
    let rows = payments::of_contract(&visit.city, contract.id).await;
    let rows = rows.map_err(|error| bearer.teller.error(error))?;
    let items = rows.into_iter().map(PaymentRequest::from).collect();
    Ok(answer::private(StatusCode::OK, &Page { items, next: None }))
}

/// Ask to be paid for an accepted milestone of your own contract; one sent back is asked for anew.
#[utoipa::path(
    post, path = "/api/v1/contracts/{number}/payment-requests", operation_id = "requestPayment", tag = "money",
    security(("token" = [])), request_body = PaymentRequestBody,
    params(
        ("number" = String, Path, description = "The contract's number"),
        ("Idempotency-Key" = String, Header, description = "Your own key for this request, 1 to 200 characters"),
    ),
    responses(
        (status = 201, description = "Asked; this is how the request stands now", body = PaymentRequest),
        (status = 400, description = "No Idempotency-Key, or a body that cannot be read", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No token, or one that does not count", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such contract of yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A rule says no; each fault is named", body = ProblemBody, content_type = "application/problem+json"),
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
    let key = bearer.key(&headers, "request-payment", &[number.as_bytes(), b"\0", &body].concat())?;
    let contract = bearer.own_contract(&visit.city, &number).await?.id;
    let body: PaymentRequestBody = bearer.read(&body)?;
    let ask = ask(&visit.city, bearer.organisation, contract, body).await.map_err(told)?;
    let id = visit.city.act(&bearer.actor, &key, &ask).await.map_err(|error| told(named(error)))?;
    let rows = payments::of_contract(&visit.city, contract).await.map_err(told)?;
    let line = rows.into_iter().find(|row| row.id == id).ok_or_else(|| told(Error::NotFound))?;
    Ok(answer::private(StatusCode::CREATED, &PaymentRequest::from(line)))
}

/// What is asked, or every value in it that cannot be read or found.
async fn ask(
    city: &City,
    organisation: OrganisationId,
    contract: ContractId,
    body: PaymentRequestBody,
) -> Result<RequestPayment, Error> {
    let accepted = payments::billable(city, contract).await?;
    let accepted = accepted.into_iter().find(|one| one.position == body.milestone);
    let (files, mut faults) =
        kept::named(city, organisation, &[body.invoice_file], ("C28", "invoice_file")).await?;
    let invoice_on = parse_date(&body.invoice_on);
    faults.extend(invoice_on.as_ref().err().map(|fault| fault.clone().at("invoice_on")));
    if accepted.is_none() {
        faults.push(Refusal::new("funds.not-accepted", "C28").at("milestone"));
    }
    let (Some(accepted), Some(file), Ok(invoice_on)) = (accepted, files.into_iter().next(), invoice_on)
    else {
        return Err(Error::Invalid(faults));
    };
    let bill = Bill {
        invoice_number: body.invoice_number,
        invoice_on: Some(invoice_on),
        invoice_amount: Fen(body.invoice_amount_fen),
        bank: body.bank,
        account: body.account,
    };
    Ok(RequestPayment { acceptance: accepted.id, bill, file })
}

/// The page's form has yuan where a program sends fen.
fn named(error: Error) -> Error {
    let Error::Invalid(faults) = error else { return error };
    let renamed = |fault: Refusal| {
        let is_amount = fault.field.as_deref() == Some("invoice_amount");
        if is_amount { fault.at("invoice_amount_fen") } else { fault }
    };
    Error::Invalid(faults.into_iter().map(renamed).collect())
}
