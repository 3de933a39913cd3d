//! What a provider's program does after the signature: files, service records, reports, payment requests; each
//! under the rules of the pages, once for each key, whole or not at all, and never on another's contract.

use app::funds::{ApproveRequest, ReturnRequest};
use app::registry::{OrganisationForm, RegisterOrganisation, specimen};
use app::{RequestKey, journal};
use axum::http::{Method, StatusCode};
use domain::kernel::{Actor, PaymentRequestId, Post, Role, Scope};
use serde_json::{Value, json};

use crate::api_client::{Program, faults};
use crate::delivered::{self, NUMBER, Signed, move_to};
use crate::planted::{Accepted, PRICE};
use crate::support::World;

const PNG: &[u8] = &[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0];
const PDF: &[u8] = b"%PDF-1.7 invoice";

/// A signed contract on 2014-07-10, its provider's program, another organisation's, and finance's.
struct Cast<'a> {
    signed: Signed,
    own: Program<'a>,
    other: Program<'a>,
    official: Program<'a>,
}

async fn cast(world: &World) -> Cast<'_> {
    let signed = delivered::signed(&world.city).await;
    let sound = |form: &OrganisationForm| form.legal == "registered" && form.status == "active";
    let form = specimen::invented(50, 0).into_iter().find(sound).expect("a form");
    let register = RegisterOrganisation { form };
    let other = world.city.act(&Actor::SYSTEM, &RequestKey::None, &register).await.expect("registered");
    let member =
        |organisation| Post { role: Role::OrganisationUser, scope: Scope::Organisation(organisation) };
    let official = Post { role: Role::Finance, scope: Scope::City };
    move_to(&world.city, "2014-07-10");
    Cast {
        own: Program::of(world, "own-program", member(signed.p.organisation)).await,
        other: Program::of(world, "other-program", member(other)).await,
        official: Program::of(world, "official-program", official).await,
        signed,
    }
}

fn path(rest: &str) -> String {
    format!("/api/v1/contracts/{NUMBER}/{rest}")
}

fn record(served_on: &str, token: &str) -> Value {
    json!({ "milestone": 1, "unit": 1, "served_on": served_on, "place": "梅园新村", "worker": "W01",
            "token": token, "units": 2 })
}

fn changed(mut value: Value, field: &str, to: Value) -> Value {
    value[field] = to;
    value
}

async fn rows(world: &World, table: &str) -> i64 {
    world.city.db.number(&format!("SELECT count(*) FROM {table}"), &[]).await.expect("a number")
}

#[tokio::test]
async fn a_file_is_kept_once_and_by_its_own_organisation() {
    let world = World::new().await;
    let c = cast(&world).await;
    let (files, post) = ("/api/v1/files?name=invoice.pdf", Method::POST);
    let (status, kept) = c.own.bytes(post.clone(), files, "k", PDF.to_vec()).await;
    assert_eq!((status, &kept["name"]), (StatusCode::CREATED, &json!("invoice.pdf")), "{kept}");
    for key in ["k", "another key"] {
        assert_eq!(
            c.own.bytes(post.clone(), files, key, PDF.to_vec()).await,
            (StatusCode::CREATED, kept.clone())
        );
    }
    assert_eq!(rows(&world, "kept_file").await, 1);
    let (status, problem) = c.own.bytes(post.clone(), files, "k", b"%PDF-1.7 other".to_vec()).await;
    assert_eq!((status, &problem["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("api.key-reused")));
    let one = format!("/api/v1/files/{}", kept["digest"].as_str().expect("a digest"));
    assert_eq!(c.own.get(&one).await.0, StatusCode::OK);
    for stranger in [&c.other, &c.official] {
        assert!(stranger.get(&one).await.0.is_client_error());
    }
    assert_eq!(c.other.get(&one).await.0, StatusCode::NOT_FOUND);
    for (name, bytes, status, code) in [
        ("a.exe", b"MZ".to_vec(), 422, "upload.kind"),
        ("a.pdf", b"MZ".to_vec(), 422, "upload.content-differs"),
        ("", PDF.to_vec(), 422, "upload.kind"),
        ("a.pdf", vec![b'%'; 20 * 1024 * 1024 + 1], 422, "upload.too-large"),
        ("a.pdf", vec![b'%'; 20 * 1024 * 1024 + 2], 413, "api.body-too-long"),
    ] {
        let key = format!("{name}{}", bytes.len());
        let path = format!("/api/v1/files?name={name}");
        let (found, problem) = c.own.bytes(post.clone(), &path, &key, bytes).await;
        let told = problem["faults"][0]["code"].as_str().or(problem["code"].as_str());
        assert_eq!((found.as_u16(), told), (status, Some(code)), "{problem}");
    }
    assert_eq!(rows(&world, "kept_file").await, 1);
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

#[tokio::test]
async fn records_are_entered_all_or_none_and_each_fault_names_its_row() {
    let world = World::new().await;
    let c = cast(&world).await;
    let photo = c.own.file("photo.png", PNG).await;
    let stolen = c.other.file("theirs.png", &[PNG, b"x"].concat()).await;
    let records = path("service-records");
    let good = json!({ "records": [changed(record("2014-07-01", "a001"), "photos", json!([photo])),
                                   record("2014-07-02", "A002")] });
    let bad = json!({ "records": [
        record("2014-07-01", "A001"),
        changed(record("2014-07-11", "B001"), "units", json!(0)),
        changed(record("2014-07-02", "A002"), "worker", json!("W99")),
    ] });
    let (status, problem) = c.own.post(&records, "bad", &bad).await;
    assert_eq!((status, &problem["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("api.invalid")));
    assert_eq!(
        faults(&problem),
        [
            (2, "token", "performance.recipient-unknown"),
            (2, "units", "performance.units-not-positive"),
            (2, "served_on", "performance.record-in-future"),
            (3, "worker", "performance.worker-unknown"),
        ]
    );
    let unread = json!({ "records": [
        record("2014-02-30", "A001"),
        changed(record("soon", "A001"), "photos", json!([stolen])),
    ] });
    let (status, problem) = c.own.post(&records, "unread", &unread).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        faults(&problem),
        [
            (1, "served_on", "kernel.date-impossible"),
            (2, "photos", "upload.unknown"),
            (2, "served_on", "kernel.date-unreadable"),
        ]
    );
    let (_, problem) = c.own.post(&records, "none", &json!({ "records": [] })).await;
    assert_eq!(faults(&problem), [(0, "records", "performance.no-lines")]);
    assert_eq!((rows(&world, "service_record").await, rows(&world, "service_photo").await), (0, 0));
    let (status, entered) = c.own.post(&records, "good", &good).await;
    assert_eq!((status, &entered["entered"]), (StatusCode::CREATED, &json!(2)), "{entered}");
    assert_eq!(c.own.post(&records, "good", &good).await, (StatusCode::CREATED, entered));
    let (status, problem) = c.own.post(&records, "good", &bad).await;
    assert_eq!((status, &problem["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("api.key-reused")));
    assert_eq!((rows(&world, "service_record").await, rows(&world, "service_photo").await), (2, 1));
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

#[tokio::test]
async fn what_cannot_be_read_or_is_not_theirs_is_told_with_rule_and_field() {
    let world = World::new().await;
    let c = cast(&world).await;
    let (records, good) = (path("service-records"), json!({ "records": [record("2014-07-01", "A001")] }));
    let forged = Program::forged(&world);
    let line = |change: &str| good.to_string().replace(r#""units":2"#, change);
    let too_long = line(&format!(r#""units":2,"note":"{}""#, "长".repeat(200_000)));
    let long_note = line(&format!(r#""units":2,"note":"{}""#, "长".repeat(2_001)));
    let whole = good.to_string();
    let elsewhere = "/api/v1/contracts/none/service-records";
    let asked =
        |program, path: &str, key: &str, body: String| (program, path.to_owned(), key.to_owned(), body);
    let own = |body: String| asked(&c.own, &records, "k", body);
    let cases = [
        (asked(&forged, &records, "k", whole.clone()), (401, "api.token-unknown"), (0, "Authorization")),
        (asked(&c.official, &records, "k", whole.clone()), (403, "api.not-permitted"), (0, "")),
        (asked(&c.other, &records, "k", whole.clone()), (404, "api.not-found"), (0, "")),
        (asked(&c.own, elsewhere, "k", whole.clone()), (404, "api.not-found"), (0, "")),
        (asked(&c.own, &records, "", whole), (400, "api.idempotency-key"), (0, "Idempotency-Key")),
        (own("{\"records\": [".into()), (400, "api.body"), (0, "")),
        (own(format!("{good} x")), (400, "api.body"), (0, "")),
        (own("{}".into()), (400, "api.body"), (0, "records")),
        (own(line(r#""units":"2""#)), (400, "api.body"), (1, "units")),
        (own(line(r#""units":2,"colour":1"#)), (400, "api.body"), (1, "colour")),
        (own(too_long), (413, "api.body-too-long"), (0, "")),
        (own(long_note), (422, "api.invalid"), (1, "note")),
    ];
    for ((program, path, key, body), (status, code), (row, field)) in cases {
        let (found, problem) = program.bytes(Method::POST, &path, &key, body.into_bytes()).await;
        assert_eq!((found.as_u16(), &problem["code"]), (status, &json!(code)), "{problem}");
        let fault = faults(&problem).first().map_or((0, ""), |(row, field, _)| (*row, *field));
        assert_eq!(fault, (row, field), "{problem}");
        let rule = problem["rule"].as_str().or(problem["faults"][0]["rule"].as_str()).expect("a rule");
        assert_eq!(world.get(&format!("/rules/{rule}")).await.status, StatusCode::OK);
        assert!(!problem["detail"].as_str().unwrap_or_default().is_empty());
    }
    assert_eq!(rows(&world, "service_record").await, 0);
    let reads = [records.as_str(), &path("payment-requests")];
    for read in reads {
        for (program, status) in [(&forged, 401), (&c.official, 403), (&c.other, 404), (&c.own, 200)] {
            assert_eq!(program.get(read).await.0.as_u16(), status, "{read}");
        }
    }
    for wrong in ["?limit=0", "?cursor=zz", "?cursor=6162"] {
        let (status, problem) = c.own.get(&format!("{records}{wrong}")).await;
        assert_eq!((status.as_u16(), faults(&problem).len()), (422, 1), "{problem}");
    }
}

#[tokio::test]
async fn the_ledger_is_read_page_by_page_taken_back_and_reported() {
    let world = World::new().await;
    let c = cast(&world).await;
    let records = path("service-records");
    let all: Vec<Value> = (1..=5).map(|day| record(&format!("2014-07-0{day}"), "A001")).collect();
    assert_eq!(c.own.post(&records, "all", &json!({ "records": all })).await.0, StatusCode::CREATED);
    let (mut seen, mut next) = (Vec::new(), format!("{records}?limit=2"));
    loop {
        let (status, page) = c.own.get(&next).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        seen.extend(page["items"].as_array().expect("items").clone());
        let Some(cursor) = page["next"].as_str() else { break };
        next = format!("{records}?limit=2&cursor={cursor}");
    }
    let mut days: Vec<&str> = seen.iter().filter_map(|one| one["served_on"].as_str()).collect();
    // Lines of one moment stand in an order that tells nothing.
    days.sort_unstable();
    assert_eq!(days, ["2014-07-01", "2014-07-02", "2014-07-03", "2014-07-04", "2014-07-05"]);
    let wrong = seen[0]["record"].as_str().expect("a number").to_owned();
    let reversal = path(&format!("service-records/{wrong}/reversal"));
    let reason = |text: &str| json!({ "reason": text });
    let (_, problem) = c.own.post(&reversal, "r", &reason(" ")).await;
    assert_eq!(faults(&problem), [(0, "reason", "performance.reason-empty")]);
    assert_eq!(c.other.post(&reversal, "r", &reason("登记重复")).await.0, StatusCode::NOT_FOUND);
    for _ in 0..2 {
        assert_eq!(c.own.post(&reversal, "r1", &reason("登记重复")).await.0, StatusCode::NO_CONTENT);
    }
    let (_, problem) = c.own.post(&reversal, "r2", &reason("再次")).await;
    assert_eq!(problem["code"], json!("performance.reversed-already"));
    assert_eq!(rows(&world, "service_record").await, 6);
    let report = json!({ "report": "本期服务已完成" });
    for (milestone, status) in [("9", 404), ("x", 404), ("2", 422)] {
        let (found, problem) =
            c.own.post(&path(&format!("milestones/{milestone}/report")), "m", &report).await;
        assert_eq!(found.as_u16(), status, "{problem}");
    }
    let first = path("milestones/1/report");
    assert_eq!(c.other.post(&first, "m", &report).await.0, StatusCode::NOT_FOUND);
    let (status, reported) = c.own.post(&first, "m1", &report).await;
    assert_eq!((status, &reported["claimed_fen"]), (StatusCode::CREATED, &json!(8 * delivered::UNIT_FEN)));
    assert_eq!(c.own.post(&first, "m1", &report).await, (StatusCode::CREATED, reported));
    let (_, problem) =
        c.own.post(&records, "late", &json!({ "records": [record("2014-07-01", "A002")] })).await;
    assert_eq!(faults(&problem), [(1, "milestone", "performance.milestone-reported")]);
    let milestones = Program::forged(&world).get(&path("milestones")).await.1;
    let first = &milestones["items"][0];
    assert_eq!(
        (&first["state"], &first["units"][0]["done"]),
        (&json!("reported"), &json!(8)),
        "{milestones}"
    );
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

fn bill(file: &str) -> Value {
    json!({ "milestone": 1, "invoice_number": "04403225", "invoice_on": "2014-07-09",
            "invoice_amount_fen": PRICE / 2 - 500, "bank": "南京银行（示例）", "account": "0123 4567",
            "invoice_file": file })
}

#[tokio::test]
async fn an_accepted_milestone_is_billed_once_and_its_state_is_told_to_its_provider() {
    let world = World::new().await;
    let c = cast(&world).await;
    let requests = path("payment-requests");
    let (file, theirs) =
        (c.own.file("invoice.pdf", PDF).await, c.other.file("theirs.pdf", b"%PDF-1.7 x").await);
    let (_, problem) = c.own.post(&requests, "early", &bill(&file)).await;
    assert_eq!(faults(&problem), [(0, "milestone", "funds.not-accepted")]);
    let sql = "SELECT id FROM milestone WHERE position = 1";
    let milestone = world.city.db.number(sql, &[]).await.expect("a milestone");
    let contract = c.signed.contract;
    let accept = Accepted { contract, milestone: Some(milestone), deducted: 500, is_published: true };
    world.city.act(&c.signed.p.lead, &RequestKey::None, &accept).await.expect("accepted");
    for (field, value, told, code) in [
        ("invoice_file", json!(theirs), "invoice_file", "upload.unknown"),
        ("invoice_on", json!("2014-13-01"), "invoice_on", "kernel.date-impossible"),
        ("invoice_on", json!("2014-07-11"), "invoice_on", "funds.invoice-day"),
        ("invoice_amount_fen", json!(PRICE / 2), "invoice_amount_fen", "funds.invoice-differs"),
        ("bank", json!(" "), "bank", "funds.bill-incomplete"),
        ("milestone", json!(2), "milestone", "funds.not-accepted"),
    ] {
        let (status, problem) = c.own.post(&requests, field, &changed(bill(&file), field, value)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
        assert_eq!(faults(&problem), [(0, told, code)]);
    }
    let unknown = changed(bill(&file), "yuan", json!(1));
    let (status, problem) = c.own.post(&requests, "unknown", &unknown).await;
    assert_eq!((status, faults(&problem)[0].1), (StatusCode::BAD_REQUEST, "yuan"));
    assert_eq!(c.other.post(&requests, "k", &bill(&theirs)).await.0, StatusCode::NOT_FOUND);
    assert_eq!(rows(&world, "payment_request").await, 0);

    let (status, asked) = c.own.post(&requests, "k", &bill(&file)).await;
    assert_eq!((status, &asked["state"]), (StatusCode::CREATED, &json!("requested")), "{asked}");
    assert_eq!(c.own.post(&requests, "k", &bill(&file)).await, (StatusCode::CREATED, asked.clone()));
    let (status, _) = c.own.post(&requests, "again", &bill(&file)).await;
    assert_eq!((status, rows(&world, "payment_request").await), (StatusCode::UNPROCESSABLE_ENTITY, 1));
    let id = world.city.db.number("SELECT id FROM payment_request", &[]).await.expect("a request");
    let (request, finance) = (PaymentRequestId(id), &c.signed.p.finance);
    let back = ReturnRequest { request, version: 1, reason: "请附清单".into() };
    world.city.act(finance, &RequestKey::None, &back).await.expect("sent back");
    let one = format!("/api/v1/payment-requests/{}", asked["number"].as_str().expect("a number"));
    let (_, returned) = c.own.get(&one).await;
    assert_eq!((&returned["state"], &returned["return_reason"]), (&json!("returned"), &json!("请附清单")));
    assert_eq!(c.own.post(&requests, "mended", &bill(&file)).await.0, StatusCode::CREATED);
    let version = world.city.db.number("SELECT version FROM payment_request", &[]).await.expect("a version");
    world.city.act(finance, &RequestKey::None, &ApproveRequest { request, version }).await.expect("approved");
    for list in [requests.as_str(), "/api/v1/payment-requests"] {
        let (_, page) = c.own.get(list).await;
        assert_eq!(page["items"][0]["state"], json!("approved"), "{list}: {page}");
    }
    assert_eq!(c.other.get(&one).await.0, StatusCode::NOT_FOUND);
    let (_, page) = c.other.get("/api/v1/payment-requests").await;
    assert_eq!(page["items"], json!([]));
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}
