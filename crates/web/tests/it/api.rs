//! The API: its document equals its router, its answers are what the document says, its problems teach.

use app::RequestKey;
use app::access::people::AddApiToken;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use axum::response::Response;
use domain::kernel::{Post, Role, Scope};
use evidence::Digest;
use serde_json::{Value, json};

use crate::planted;
use crate::support::World;

const SNAPSHOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
const TOKEN: &str = "a token of the tests";

async fn read(answer: Response) -> (StatusCode, Value) {
    let status = answer.status();
    let bytes = to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

async fn get(world: &World, path: &str) -> (StatusCode, Value) {
    read(world.raw(Request::get(path).body(Body::empty()).expect("a request")).await).await
}

/// A request of the organisation's own program.
async fn send(world: &World, method: Method, path: &str, key: &str, body: &str) -> (StatusCode, Value) {
    let mut request = Request::builder().method(method).uri(path);
    request = request.header(header::AUTHORIZATION, format!("Bearer {TOKEN}"));
    if !key.is_empty() {
        request = request.header("idempotency-key", key);
    }
    read(world.raw(request.body(Body::from(body.to_owned())).expect("a request")).await).await
}

/// An organisation whose token is `TOKEN`, and a planted tender in `stage`.
async fn bidder(stage: &'static str) -> World {
    let world = World::new().await;
    let p = planted::awarded(&world.city, 12, stage).await;
    let post = Post { role: Role::OrganisationUser, scope: Scope::Organisation(p.organisation) };
    let (person, _) = world.reader("program", post).await;
    let sql = "SELECT id FROM post WHERE person_id = $1";
    let (post_id,): (i64,) = world.city.db.one(sql, app::args![person]).await.expect("a post");
    let digest = Digest::of(TOKEN.as_bytes()).hex();
    let add = AddApiToken { digest, post_id, label: "程序".into() };
    let actor = domain::kernel::Actor::new(person, post.role, post.scope).with_fresh_password();
    world.city.act(&actor, &RequestKey::None, &add).await.expect("a token");
    world
}

#[test]
fn the_document_lists_the_routers_paths_and_no_others() {
    let document = serde_json::to_value(web::api::document()).expect("a document");
    let mut listed: Vec<&str> =
        document["paths"].as_object().expect("paths").keys().map(String::as_str).collect();
    let routes = web::routes::all();
    let is_api = |path: &&str| path.starts_with("/api/v1/") && !path.contains("{*");
    let mut routed: Vec<&str> = routes.iter().map(|route| route.path).filter(is_api).collect();
    listed.sort_unstable();
    routed.sort_unstable();
    assert_eq!(listed, routed);
    assert_eq!(document["openapi"].as_str().map(|version| &version[..3]), Some("3.1"));
}

#[test]
fn the_document_on_file_is_the_one_that_is_served() {
    let served = serde_json::to_string_pretty(&web::api::document()).expect("a document") + "\n";
    if std::env::var_os("GONGZHI_REWRITE_OPENAPI").is_some() {
        std::fs::write(SNAPSHOT, &served).expect("written");
    }
    let held = std::fs::read_to_string(SNAPSHOT).unwrap_or_default();
    assert!(
        held == served,
        "docs/openapi.json is old: run this test with GONGZHI_REWRITE_OPENAPI=1 and review it"
    );
}

#[tokio::test]
async fn everyone_reads_what_is_public_with_its_public_key() {
    let world = bidder("awarded").await;
    let code = planted::code();
    for (path, key, value) in [
        ("/api/v1/organisations", "uscc", code.as_str()),
        ("/api/v1/items", "code", "GZ-2014-01"),
        ("/api/v1/tenders", "number", "NJGZ-2014-001"),
    ] {
        let (status, page) = get(&world, path).await;
        assert_eq!((status, &page["items"][0][key]), (StatusCode::OK, &json!(value)), "{path}");
        assert_eq!(page["next"], Value::Null);
        let (status, one) = get(&world, &format!("{path}/{value}")).await;
        assert_eq!((status, &one[key]), (StatusCode::OK, &json!(value)), "{path}");
    }
    for path in ["/api/v1/catalogues", "/api/v1/results", "/api/v1/contracts", "/api/v1/changes"] {
        assert_eq!(get(&world, path).await.0, StatusCode::OK, "{path}");
    }
    let (_, tender) = get(&world, "/api/v1/tenders/NJGZ-2014-001").await;
    for secret in ["bid", "bids", "extensions", "version", "id"] {
        assert!(tender.get(secret).is_none(), "{secret}");
    }
    let (_, organisation) = get(&world, &format!("/api/v1/organisations/{code}")).await;
    for secret in ["contact", "person_in_charge"] {
        assert!(organisation.get(secret).is_none(), "{secret}");
    }
}

#[tokio::test]
async fn a_cursor_leads_through_the_whole_list() {
    let world = World::new().await;
    let forms = app::registry::specimen::invented(7, 0);
    let system = domain::kernel::Actor::SYSTEM;
    app::registry::load_many(&world.city, &system, &forms, &|_| {}).await.expect("loaded");
    let (mut seen, mut path) = (Vec::new(), "/api/v1/organisations?limit=3".to_owned());
    loop {
        let (_, page) = get(&world, &path).await;
        for one in page["items"].as_array().expect("items") {
            seen.push(one["uscc"].as_str().unwrap_or_default().to_owned());
        }
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/v1/organisations?limit=3&cursor={next}");
    }
    let mut once = seen.clone();
    once.dedup();
    assert_eq!((seen.len(), once.len()), (7, 7));
    for wrong in ["?limit=0", "?limit=201", "?limit=x", "?cursor=zz"] {
        let (status, problem) = get(&world, &format!("/api/v1/organisations{wrong}")).await;
        assert_eq!(
            (status, problem["status"].as_u64()),
            (StatusCode::UNPROCESSABLE_ENTITY, Some(422)),
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn an_unchanged_list_is_not_sent_twice() {
    let world = bidder("awarded").await;
    let ask = async |tag: &str| {
        let request = Request::get("/api/v1/items").header(header::IF_NONE_MATCH, tag);
        world.raw(request.body(Body::empty()).expect("a request")).await
    };
    let first = ask("").await;
    let tag = first.headers()[header::ETAG].to_str().expect("text").to_owned();
    assert_eq!(ask(&tag).await.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(ask("\"other\"").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_problem_says_what_and_where_in_the_readers_language() {
    let world = World::new().await;
    for (path, lang, title) in [
        ("/api/v1/tenders/none", "zh-CN", "没有找到"),
        ("/api/v1/tenders/none", "en", "Not found"),
        ("/en/api/v1/nowhere/at/all", "", "Not found"),
    ] {
        let request = Request::get(path).header(header::ACCEPT_LANGUAGE, lang);
        let answer = world.raw(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/problem+json");
        let (status, problem) = read(answer).await;
        assert_eq!((status, &problem["title"]), (StatusCode::NOT_FOUND, &json!(title)), "{path}");
        assert_eq!(problem["type"], json!("urn:gongzhi:problem:api.not-found"));
    }
}

#[tokio::test]
async fn bids_take_a_token_and_a_key() {
    let world = bidder("awarded").await;
    let (bids, own) = ("/api/v1/tenders/NJGZ-2014-001/bids", "/api/v1/bids");
    assert_eq!(get(&world, own).await.0, StatusCode::UNAUTHORIZED);
    let stranger = Request::get(own).header(header::AUTHORIZATION, "Bearer stolen");
    let answer = world.raw(stranger.body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(send(&world, Method::GET, own, "", "").await.0, StatusCode::OK);
    let body = bid();
    let (status, problem) = send(&world, Method::POST, bids, "", &body).await;
    assert_eq!((status, &problem["code"]), (StatusCode::BAD_REQUEST, &json!("api.idempotency-key")));
    let (status, problem) = send(&world, Method::POST, bids, "k", "{}").await;
    assert_eq!((status, &problem["code"]), (StatusCode::BAD_REQUEST, &json!("api.body")));
    let (status, _) = send(&world, Method::POST, "/api/v1/tenders/none/bids", "k", &body).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_bid_sent_twice_is_one_bid_with_one_receipt() {
    let world = bidder("bidding").await;
    let (bids, own) = ("/api/v1/tenders/NJGZ-2014-001/bids", "/api/v1/bids");
    let (status, first) = send(&world, Method::POST, bids, "k1", &bid()).await;
    assert_eq!(status, StatusCode::CREATED, "{first}");
    let (status, again) = send(&world, Method::POST, bids, "k1", &bid()).await;
    assert_eq!((status, &again), (StatusCode::CREATED, &first));
    let text = first["receipt"].as_str().expect("a receipt");
    let receipt = evidence::receipt::Receipt::parse(text).expect("a receipt that reads");
    assert_eq!(json!(receipt.package.hex()), first["digest"]);
    let other = bid().replace("9000000", "8900000");
    let (status, problem) = send(&world, Method::POST, bids, "k1", &other).await;
    assert_eq!((status, &problem["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("api.key-reused")));
    let faulty = bid().replace("9000000", "99000000000");
    let (_, problem) = send(&world, Method::POST, bids, "k2", &faulty).await;
    assert_eq!(problem["faults"][0]["field"], json!("price"), "{problem}");
    let (_, listed) = send(&world, Method::GET, own, "", "").await;
    assert_eq!(listed["items"][0]["edition"], first["edition"]);
    assert_eq!(send(&world, Method::DELETE, bids, "k3", "").await.0, StatusCode::NO_CONTENT);
    let (_, listed) = send(&world, Method::GET, own, "", "").await;
    assert_eq!(listed["items"][0]["state"], json!("withdrawn"));
    assert_eq!(app::journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

#[tokio::test]
async fn a_refused_bid_leaves_nothing_and_a_file_is_named_by_its_digest() {
    let world = bidder("bidding").await;
    let bids = "/api/v1/tenders/NJGZ-2014-001/bids";
    let held = async |sql: &str| world.city.db.number(sql, &[]).await.expect("a number");
    let (version, entries) = ("SELECT version FROM bid", "SELECT count(*) FROM journal");
    let before = (held(version).await, held(entries).await);
    let faulty = bid().replace("9000000", "99000000000");
    assert_eq!(send(&world, Method::POST, bids, "k", &faulty).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!((held(version).await, held(entries).await), before);
    assert_eq!(held("SELECT count(*) FROM bid_draft").await, 0);
    let files = |name: &str| format!("/api/v1/tenders/NJGZ-2014-001/files?name={name}");
    let (status, kept) = send(&world, Method::POST, &files("plan.pdf"), "f1", "%PDF-1.7 plan").await;
    let digest = Digest::of(b"%PDF-1.7 plan").hex();
    assert_eq!(
        (status, &kept["digest"], &kept["media_type"]),
        (StatusCode::CREATED, &json!(digest), &json!("application/pdf")),
        "{kept}"
    );
    let again = send(&world, Method::POST, &files("plan.pdf"), "f1", "%PDF-1.7 plan").await;
    assert_eq!(again, (StatusCode::CREATED, kept));
    for (name, body, code) in [
        ("plan.exe", "MZ", "upload.kind"),
        ("plan.pdf", "MZ", "upload.content-differs"),
        ("plan.pdf", "", "upload.empty"),
    ] {
        let (status, problem) =
            send(&world, Method::POST, &files(name), &format!("{name}{body}"), body).await;
        assert_eq!((status, &problem["faults"][0]["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(code)));
    }
    let (status, problem) = send(&world, Method::POST, &files("plan.pdf"), "", "%PDF-1.7 plan").await;
    assert_eq!((status, &problem["code"]), (StatusCode::BAD_REQUEST, &json!("api.idempotency-key")));
    let stranger = Request::post(files("plan.pdf")).body(Body::from("%PDF-1.7 plan")).expect("a request");
    assert_eq!(world.raw(stranger).await.status(), StatusCode::UNAUTHORIZED);
    let with = |digest: &str| bid().replacen('{', &format!("{{\"files\": [\"{digest}\"],"), 1);
    let (_, problem) = send(&world, Method::POST, bids, "k2", &with(&"0".repeat(64))).await;
    assert_eq!(problem["faults"][0]["code"], json!("tendering.file-unknown"), "{problem}");
    let (status, own) = send(&world, Method::POST, bids, "k3", &with(&digest)).await;
    assert_eq!((status, &own["state"]), (StatusCode::CREATED, &json!("submitted")), "{own}");
    let (package,): (Vec<u8>,) = world.city.db.one("SELECT package FROM bid", &[]).await.expect("a package");
    let package: Value = serde_json::from_slice(&package).expect("a package that reads");
    assert_eq!(package["files"][0]["sha256"], json!(digest));
    let manual = world.get("/api/docs").await.text();
    assert!(manual.contains("/files?name=plan.pdf") && manual.contains("--data-binary @plan.pdf"));
    assert_eq!(app::journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

#[tokio::test]
async fn a_bid_after_the_deadline_is_refused_with_its_rule() {
    let world = bidder("bidding").await;
    world.city.clock.move_to(world.city.clock.now().plus_seconds(planted::DEADLINE_SECONDS));
    let (status, problem) =
        send(&world, Method::POST, "/api/v1/tenders/NJGZ-2014-001/bids", "k", &bid()).await;
    assert_eq!(problem["code"], json!("tendering.deadline-passed"));
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let rule = problem["rule"].as_str().expect("a rule");
    assert_eq!(problem["ground"], json!(format!("/rules/{rule}")));
    assert_eq!(get(&world, &format!("/rules/{rule}")).await.0, StatusCode::OK);
}

fn bid() -> String {
    let parts =
        json!({ "understanding": "一", "plan": "二", "team": "三", "track_record": "四", "assurance": "五" });
    let statements = json!([
        "standing",
        "no_major_violation",
        "independence",
        "no_collusion",
        "accepts_contract",
        "no_assignment"
    ]);
    json!({
        "price_fen": 9_000_000, "project_lead": "周晨（示例）", "contact_name": "李敏（示例）",
        "contact_phone": "025-00000000", "statements": statements, "parts": parts,
    })
    .to_string()
}
