//! What the API says of the time after the signatures: the figures of the pages, and no private field.

use app::contracts::{DraftContract, OfferContract, SignAsBuyer, SignAsProvider};
use app::funds::{ApproveRequest, Bill, RequestPayment, SendBatch};
use app::performance::survey;
use app::uploads::StoredFile;
use app::{City, RequestKey, funds};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use domain::kernel::{Fen, Role, Scope};
use domain::performance::survey::{Mark, Round};
use serde_json::{Value, json};

use crate::planted::{self, Accepted, PRICE};
use crate::support::World;
use crate::surveyed::{self, give, typed};

const NO_KEY: RequestKey = RequestKey::None;

async fn get(world: &World, path: &str) -> (StatusCode, Value) {
    let answer = world.raw(Request::get(path).body(Body::empty()).expect("a request")).await;
    let status = answer.status();
    let bytes = to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

async fn rows(world: &World, path: &str) -> Vec<Value> {
    let (status, page) = get(world, path).await;
    assert_eq!(status, StatusCode::OK, "{path}: {page}");
    page["items"].as_array().expect("items").clone()
}

/// A signed contract whose only milestone was accepted and is on its way to the bank.
async fn paid(city: &City) {
    let p = planted::awarded(city, 12, "awarded").await;
    let contract = city.act(&p.staff, &NO_KEY, &DraftContract { tender: p.tender }).await.expect("a draft");
    city.act(&p.staff, &NO_KEY, &OfferContract { contract, version: 1 }).await.expect("offered");
    city.act(&p.provider, &NO_KEY, &SignAsProvider { contract, version: 2 }).await.expect("signed");
    city.act(&p.director, &NO_KEY, &SignAsBuyer { contract, version: 3 }).await.expect("signed");
    let accept = Accepted { contract, milestone: None, deducted: 500, is_published: true };
    let acceptance = city.act(&p.lead, &NO_KEY, &accept).await.expect("accepted");
    let bill = Bill {
        invoice_number: "04403225".into(),
        invoice_on: Some(city.clock.now().date()),
        invoice_amount: Fen(PRICE - 500),
        bank: "南京银行（示例）".into(),
        account: "0123 4567".into(),
    };
    let file = StoredFile::store(city, "C28", "发票.pdf", b"%PDF-1.7 invoice").expect("a file");
    let ask = RequestPayment { acceptance, bill, file };
    let request = city.act(&p.provider, &NO_KEY, &ask).await.expect("asked");
    city.act(&p.finance, &NO_KEY, &ApproveRequest { request, version: 1 }).await.expect("approved");
    let payer = planted::person(city, "payer", Role::Finance, Scope::City).await;
    city.act(&payer, &NO_KEY, &SendBatch { requests: vec![request] }).await.expect("sent");
}

#[tokio::test]
async fn money_is_told_as_the_books_have_it_and_no_account_is() {
    let world = World::new().await;
    paid(&world.city).await;
    let book = funds::funds(&world.city).await.expect("funds")[0].book;
    let fund = &rows(&world, "/api/v1/funds").await[0];
    for (field, fen) in [
        ("appropriated_fen", book.appropriated),
        ("unallotted_fen", book.unallotted),
        ("free_fen", book.free),
        ("committed_fen", book.committed),
        ("transit_fen", book.transit),
        ("paid_fen", book.paid),
    ] {
        assert_eq!(fund[field], json!(fen.0), "{field}");
    }
    let code = fund["code"].as_str().expect("a code");
    let whole = rows(&world, &format!("/api/v1/funds/{code}/transfers")).await;
    let kinds: Vec<&str> = whole.iter().filter_map(|row| row["kind"].as_str()).collect();
    assert_eq!(kinds, ["appropriate", "allot", "commit", "send"]);
    let (_, first) = get(&world, &format!("/api/v1/funds/{code}/transfers?limit=3")).await;
    let next = first["next"].as_str().expect("a cursor");
    let rest = rows(&world, &format!("/api/v1/funds/{code}/transfers?limit=3&cursor={next}")).await;
    assert_eq!(rest, whole[3..]);
    assert_eq!(get(&world, "/api/v1/funds/2099-BM/transfers").await.0, StatusCode::NOT_FOUND);
    let wrong = format!("/api/v1/funds/{code}/transfers?cursor=6162");
    assert_eq!(get(&world, &wrong).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let payment = &rows(&world, "/api/v1/payments").await[0];
    assert_eq!(payment["amount_fen"], json!(PRICE - 500));
    assert_eq!((&payment["outcome"], &payment["told_at"]), (&json!("pending"), &Value::Null));
    let acceptance = &rows(&world, "/api/v1/acceptances").await[0];
    assert_eq!((&acceptance["deducted_fen"], &acceptance["milestone"]), (&json!(500), &json!(1)));
    for secret in ["id", "version", "account", "payee_account", "invoice_number", "approved_by"] {
        assert!(payment.get(secret).is_none() && acceptance.get(secret).is_none(), "{secret}");
    }
}

#[tokio::test]
async fn satisfaction_is_told_as_the_public_page_counts_it() {
    let world = World::new().await;
    let at = surveyed::open(&world.city, 120, 40).await;
    for card in 0..9 {
        give(&world.city, &typed(at.survey, card, Mark::Satisfied)).await.expect("answered");
    }
    let few = &rows(&world, "/api/v1/satisfaction").await[0];
    for field in ["satisfied", "very_satisfied", "assisted", "proxy"] {
        assert_eq!(few[field], Value::Null, "{field} of a few would show a person");
    }
    for card in 9..33 {
        let mark = if card < 29 { Mark::Satisfied } else { Mark::Neutral };
        give(&world.city, &typed(at.survey, card, mark)).await.expect("answered");
    }
    let shown = survey::shown(&world.city, at.contract, Round::Final).await.expect("read").expect("a survey");
    let told = &rows(&world, "/api/v1/satisfaction").await[0];
    for (field, count) in [
        ("recipients", shown.recipients),
        ("sample_minimum", shown.sample_minimum),
        ("issued", shown.issued),
        ("void", shown.void),
        ("valid", shown.valid),
        ("satisfied", shown.satisfied),
        ("very_satisfied", shown.very_satisfied),
        ("assisted", shown.assisted),
        ("proxy", shown.proxy),
    ] {
        assert_eq!(told[field], json!(count), "{field}");
    }
    assert!(rows(&world, "/api/v1/evaluations").await.is_empty(), "nothing is published yet");
    assert!(rows(&world, "/api/v1/findings").await.is_empty());
    let accounts = rows(&world, "/api/v1/accounts/2014").await;
    assert_eq!(accounts[0]["office"], json!("shezu"));
    assert!(accounts[0]["parts"].as_array().is_some_and(|parts| !parts.is_empty()));
    assert_eq!(get(&world, "/api/v1/accounts/never").await.0, StatusCode::NOT_FOUND);
}
