//! Bids by token: handed in as one package, listed and withdrawn by their own organisation alone (C30).
//!
//! A repeated request with the same `Idempotency-Key` gets the same receipt and does nothing twice.

use std::collections::BTreeMap;

use app::tendering::bid::{HandInBid, WithdrawBid};
use app::tendering::{queries, receipt};
use axum::extract::{Path, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::kernel::{Fen, TenderId};

use super::answer;
use super::bearer::Bearer;
use super::bid_bodies::{BidBody, OwnBid};
use super::paging::Page;
use super::problem::{Problem, ProblemBody};
use crate::shell::Visit;

/// List your own bids, newest first.
#[utoipa::path(
    get, path = "/api/v1/bids", operation_id = "ownBids", tag = "bids", security(("token" = [])),
    responses(
        (status = 200, description = "Your own bids", body = Page<OwnBid>),
        (status = 401, description = "No token, or one that does not count", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn index(visit: Visit, bearer: Bearer) -> Result<Response, Problem> {
    let rows = receipt::own_bids(&visit.city, bearer.organisation).await;
    let rows = rows.map_err(|error| bearer.teller.error(error))?;
    let page = Page { items: rows.into_iter().map(OwnBid::from).collect(), next: None };
    Ok(answer::private(StatusCode::OK, &page))
}

/// Hand in a bid, or replace the one handed in before, until the deadline: one act, whole or not at all.
#[utoipa::path(
    post, path = "/api/v1/tenders/{number}/bids", operation_id = "submitBid", tag = "bids",
    security(("token" = [])), request_body = BidBody,
    params(
        ("number" = String, Path, description = "The tender's number"),
        ("Idempotency-Key" = String, Header, description = "Your own key for this request, 1 to 200 characters"),
    ),
    responses(
        (status = 201, description = "Received; keep the receipt", body = OwnBid),
        (status = 400, description = "No Idempotency-Key, or a body that cannot be read", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "No token, or one that does not count", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such tender", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "Your bid was changed at the same time; send it again", body = ProblemBody, content_type = "application/problem+json"),
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
    let body = bearer.body(request).await?;
    let content = [number.as_bytes(), b"\0", &body].concat();
    let key = bearer.key(&headers, "hand-in", &content)?;
    let bid: BidBody = bearer.read(&body)?;
    let told = |error| bearer.teller.error(error);
    let tender = queries::public_id(&visit.city, &number).await.map_err(told)?;
    let text = visit.city.act(&bearer.actor, &key, &hand_in(tender, bid)).await.map_err(told)?;
    let own = OwnBid::received(&text).ok_or_else(|| told(app::Error::NotFound))?;
    Ok(answer::private(StatusCode::CREATED, &own))
}

/// The bid under the names of the bid desk's form.
fn hand_in(tender: TenderId, bid: BidBody) -> HandInBid {
    let mut fields = BTreeMap::from([
        ("price".to_owned(), Fen(bid.price_fen).to_string()),
        ("project_lead".to_owned(), bid.project_lead),
        ("contact_name".to_owned(), bid.contact_name),
        ("contact_phone".to_owned(), bid.contact_phone),
    ]);
    fields.extend(bid.statements.into_iter().map(|code| (format!("statements.{code}"), "yes".to_owned())));
    fields.extend(bid.parts.into_iter().map(|(code, text)| (format!("parts.{code}"), text)));
    let consortium = bid.consortium.unwrap_or_default();
    fields.insert("members".to_owned(), consortium.members.join("\n"));
    if consortium.joint_liability {
        fields.insert("joint_liability".to_owned(), "yes".to_owned());
    }
    let agreement = Some(consortium.agreement).filter(|digest| !digest.is_empty());
    HandInBid { tender, fields, files: bid.files, agreement }
}

/// Withdraw your bid before the deadline.
#[utoipa::path(
    delete, path = "/api/v1/tenders/{number}/bids", operation_id = "withdrawBid", tag = "bids",
    security(("token" = [])),
    params(
        ("number" = String, Path, description = "The tender's number"),
        ("Idempotency-Key" = String, Header, description = "Your own key for this request, 1 to 200 characters"),
    ),
    responses(
        (status = 204, description = "Withdrawn"),
        (status = 401, description = "No token, or one that does not count", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such tender, or no bid of yours", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A rule says no", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn destroy(
    visit: Visit,
    bearer: Bearer,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let key = bearer.key(&headers, "withdraw", number.as_bytes())?;
    let told = |error| bearer.teller.error(error);
    let own = receipt::own_bid(&visit.city, bearer.organisation, &number).await.map_err(told)?;
    let own = own.ok_or_else(|| told(app::Error::NotFound))?;
    let withdraw = WithdrawBid { tender: own.tender_id, version: own.version };
    visit.city.act(&bearer.actor, &key, &withdraw).await.map_err(told)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

#[cfg(test)]
mod tests {
    use app::tendering::bid_content;

    use super::*;

    #[test]
    fn every_field_of_the_body_reaches_the_bid() {
        let bid: BidBody = serde_json::from_str(
            r#"{"price_fen": 9500001, "project_lead": "周", "contact_name": "李", "contact_phone": "025",
                "statements": ["standing"], "parts": {"plan": "一"}, "files": ["ab"],
                "consortium": {"members": ["m"], "agreement": "cd", "joint_liability": true}}"#,
        )
        .expect("a bid");
        let known = bid_content::field_names();
        let given = hand_in(TenderId(1), bid);
        assert!(given.fields.keys().all(|name| known.contains(name)), "{:?}", given.fields);
        assert_eq!(given.fields.get("price").map(String::as_str), Some("95,000.01"));
        assert_eq!(given.fields.get("members").map(String::as_str), Some("m"));
        assert_eq!((given.files, given.agreement.as_deref()), (vec!["ab".to_owned()], Some("cd")));
    }

    #[test]
    fn an_unknown_field_is_not_swallowed() {
        let body = r#"{"price_fen": 1, "project_lead": "", "contact_name": "", "contact_phone": "",
                       "statements": [], "parts": {}, "price": 2}"#;
        assert!(serde_json::from_str::<BidBody>(body).is_err());
    }
}
