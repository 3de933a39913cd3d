//! Two worlds that are alike but for bids, walked along every address as every role: nobody but the bidders
//! can tell them apart before the opening (C30).
//!
//! Both worlds grow from one seed of chance, and everyone signs in before the first bid, so that ids, cookies
//! and form tokens agree to the byte. Three things differ by necessity and are replaced, each by its own
//! value and nothing wider: the nonce of each answer and the request key of each form, which are random on
//! every visit; and the ids of rows written after the bids, which contain bits of a count behind a secret
//! permutation, so that they say nothing to whoever reads one. Times agree, because the clock is held.

use app::access::people::AddApiToken;
use app::registry::RegisterOrganisation;
use app::registry::specimen::invented;
use app::tendering::committee;
use app::tendering::expert::{AddExpert, ExpertRecord};
use app::{Chance, RequestKey};
use axum::body::Body;
use axum::http::{Method, Request, header};
use domain::kernel::{Actor, Coded, Moment, OrganisationId, PersonId, Post, Role, Scope, Street};
use evidence::Digest;

use crate::support::{Reader, World};
use crate::tendering_ground::*;
use crate::two_worlds_walk::*;

struct City {
    stage: Stage,
    readers: Vec<(String, Reader)>,
    /// Three bidders, then the member of a consortium.
    bidders: Vec<Reader>,
    organisations: Vec<(OrganisationId, String)>,
    keys: Keys,
}

const TOKENS: [&str; 2] = ["the other organisation's program", "the bidder's program"];
const FILE: &[u8] = b"%PDF-1.7 a plan that nobody else may see";
const MORE: &[u8] = b"%PDF-1.7 more that nobody else may see";

fn scope_of(role: Role, office: domain::kernel::OfficeId) -> Scope {
    match role {
        Role::OfficeStaff | Role::OfficeDirector => Scope::Office(office),
        Role::StreetOfficer => Scope::Street(Street(320_104_002)),
        _ => Scope::City,
    }
}

/// A city with a published tender, readers of every role, and organisations that may bid; no bid yet.
async fn city() -> City {
    let stage = stage_in(World::by(Chance::seeded(2014)).await).await;
    stage.publish().await;
    let world = &stage.world;
    let office = world.city.db.one("SELECT id FROM office WHERE code = 'fushi'", &[]).await;
    let (office,) = office.expect("an office");
    let mut readers =
        vec![("visitor".to_owned(), Reader::default()), ("other".to_owned(), stage.other.clone())];
    for login in ["staff", "checker", "lead"] {
        readers.push((login.to_owned(), world.sign_in(login).await));
    }
    let is_here = |role: &&Role| !matches!(role, Role::Public | Role::System | Role::OrganisationUser);
    let mut expert = PersonId(0);
    for role in Role::ALL.iter().filter(is_here) {
        let login = format!("as-{}", role.code().replace('_', "-"));
        let (person, reader) =
            world.reader(&login, Post { role: *role, scope: scope_of(*role, office) }).await;
        if *role == Role::Expert {
            expert = person;
        }
        readers.push((login, reader));
    }
    let expert = enter_pool(world, expert).await;
    let (bidders, organisations) = may_bid(world).await;
    for (login, token) in ["other", "bidder-0"].iter().zip(TOKENS) {
        give_token(world, login, token).await;
    }
    let (other,): (String,) = one(world, "SELECT uscc FROM organisation ORDER BY id LIMIT 1").await;
    let (staff,): (i64,) = one(world, "SELECT id FROM person WHERE login = 'staff'").await;
    let (bidding,): (i64,) = one(world, "SELECT id FROM person WHERE login = 'bidder-0'").await;
    let keys = Keys {
        codes: ["fushi", "GZ-2014-01", "320102"].map(str::to_owned).to_vec(),
        usccs: vec![other, organisations[0].1.clone()],
        ids: vec![expert.to_string(), staff.to_string(), bidding.to_string(), "C30".to_owned()],
        digests: vec![Digest::of(FILE).hex(), Digest::of(MORE).hex()],
    };
    City { stage, readers, bidders, organisations, keys }
}

async fn one<T: app::db::FromRow>(world: &World, sql: &str) -> T {
    world.city.db.one(sql, &[]).await.expect("a row")
}

async fn enter_pool(world: &World, person: PersonId) -> i64 {
    let (lead,): (PersonId,) = one(world, "SELECT id FROM person WHERE login = 'lead'").await;
    let lead = Actor::new(lead, Role::PurchaseLead, Scope::City).with_fresh_password();
    let record = ExpertRecord {
        title: "高级社会工作师".into(),
        fields: "养老服务".into(),
        employer: "示例大学".into(),
        employer_uscc: None,
        office: None,
        born_on: "1970-01-01".parse().expect("a date"),
    };
    let add = AddExpert { person, record };
    world.city.act(&lead, &RequestKey::None, &add).await.expect("an expert").0
}

/// Four more organisations with users, none of which bids in the world without bids.
async fn may_bid(world: &World) -> (Vec<Reader>, Vec<(OrganisationId, String)>) {
    let sound = invented(200, 0).into_iter().filter(|form| {
        form.legal == "registered"
            && form.status == "active"
            && form.inspection == "pass"
            && form.listing == "none"
            && form.banned_until.is_empty()
    });
    let (mut users, mut organisations) = (Vec::new(), Vec::new());
    for (place, form) in sound.skip(2).take(4).enumerate() {
        let uscc = form.code.clone();
        let register = RegisterOrganisation { form };
        let id = world.city.act(&Actor::SYSTEM, &RequestKey::None, &register).await.expect("registered");
        let post = Post { role: Role::OrganisationUser, scope: Scope::Organisation(id) };
        users.push(world.reader(&format!("bidder-{place}"), post).await.1);
        organisations.push((id, uscc));
    }
    (users, organisations)
}

async fn give_token(world: &World, login: &str, token: &str) {
    let sql =
        format!("SELECT q.id FROM post q JOIN person p ON p.id = q.person_id WHERE p.login = '{login}'");
    let (post_id,): (i64,) = one(world, &sql).await;
    let sql = format!("SELECT id FROM person WHERE login = '{login}'");
    let (person,): (PersonId,) = one(world, &sql).await;
    let sql = format!("SELECT organisation_id FROM post WHERE id = {post_id}");
    let (organisation,): (OrganisationId,) = one(world, &sql).await;
    let actor = Actor::new(person, Role::OrganisationUser, Scope::Organisation(organisation));
    let add = AddApiToken { digest: Digest::of(token.as_bytes()).hex(), post_id, label: "程序".into() };
    let added = world.city.act(&actor.with_fresh_password(), &RequestKey::None, &add).await;
    added.expect("a token");
}

async fn program(world: &World, token: &str, method: Method, path: &str, key: &str, body: Vec<u8>) -> Seen {
    let request = Request::builder().method(method).uri(path);
    let request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    let request = request.header("idempotency-key", key).body(Body::from(body)).expect("a request");
    seen(world, path, request).await
}

fn json_bid(price_fen: i64, more: &str) -> Vec<u8> {
    format!(
        r#"{{"price_fen": {price_fen}, "project_lead": "示例负责人", "contact_name": "示例联系人",
            "contact_phone": "025-0000", "statements": ["standing", "no_major_violation", "independence",
            "no_collusion", "accepts_contract", "no_assignment"], "parts": {{"understanding": "一",
            "plan": "二", "team": "三", "track_record": "四", "assurance": "五"}}{more}}}"#
    )
    .into_bytes()
}

/// Everything that can be done with bids before the deadline: drafted, submitted, replaced, withdrawn, handed
/// in by a program with a file, and as a consortium.
async fn bid_in(city: &City) -> Vec<String> {
    let world = &city.stage.world;
    let bid = format!("/tenders/{NUMBER}/bid");
    let file: [(&str, &[u8]); 1] = [("plan.pdf", FILE)];
    for reader in &city.bidders[..3] {
        let saved = world.multipart_as(reader, &bid, &borrowed(&bid_fields("95000")), &file).await;
        assert_done(&saved, &format!("{bid}/check"));
    }
    for reader in &city.bidders[1..3] {
        let sent = world.post_as(reader, &format!("{bid}/check"), &[("version", "1")]).await;
        assert_done(&sent, "/me/bids/");
    }
    let withdrawal = format!("/me/bids/{NUMBER}/withdrawal");
    assert_done(&world.post_as(&city.bidders[2], &withdrawal, &[("version", "1")]).await, "/me/bids");
    let lead = [("lead", city.organisations[0].1.as_str()), ("joint_liability", "yes")];
    let join = format!("/tenders/{NUMBER}/consortium");
    assert_done(&world.post_as(&city.bidders[3], &join, &lead).await, &join);
    let files = format!("/api/v1/tenders/{NUMBER}/files?name=joint.pdf");
    let kept = program(world, TOKENS[1], Method::POST, &files, "file", FILE.to_vec()).await;
    assert_eq!(kept.status, 201, "{}", kept.text);
    let (member, digest) = (&city.organisations[3].1, Digest::of(FILE).hex());
    let kept =
        program(world, TOKENS[1], Method::POST, "/api/v1/files?name=more.pdf", "more", MORE.to_vec()).await;
    assert_eq!(kept.status, 201, "{}", kept.text);
    let more = Digest::of(MORE).hex();
    let joint = format!(
        r#", "files": ["{more}"], "consortium": {{"members": ["{member}"], "agreement": "{digest}", "joint_liability": true}}"#
    );
    let bids = format!("/api/v1/tenders/{NUMBER}/bids");
    for (key, price) in [("same key", 9_000_000), ("replaced", 8_900_000)] {
        let sent = program(world, TOKENS[1], Method::POST, &bids, key, json_bid(price, &joint)).await;
        assert_eq!(sent.status, 201, "{}", sent.text);
    }
    let mut ids = Vec::new();
    for table in ["bid", "bid_draft", "bid_attachment", "bid_upload", "kept_file", "joining"] {
        let rows: Vec<(i64,)> =
            world.city.db.all(&format!("SELECT id FROM {table} ORDER BY id"), &[]).await.expect("rows");
        assert!(!rows.is_empty(), "{table}");
        ids.extend(rows.into_iter().map(|(id,)| id.to_string()));
    }
    ids
}

async fn walk(city: &City, seen_by_all: &mut Vec<(String, Seen)>, prefix: &str) {
    let world = &city.stage.world;
    for (name, reader) in &city.readers {
        for path in addresses(&city.keys) {
            let path = format!("{prefix}{path}");
            let request = Request::get(&path).header(header::COOKIE, format!("sid={}", reader.token));
            let found = seen(world, &path, request.body(Body::empty()).expect("a request")).await;
            seen_by_all.push((name.clone(), found));
        }
    }
    for path in ["/api/v1/bids".to_owned(), format!("/api/v1/tenders/{NUMBER}/bids")] {
        let found = program(world, TOKENS[0], Method::GET, &path, "", Vec::new()).await;
        seen_by_all.push(("other's program".to_owned(), found));
    }
    let mark = committee::mark(&world.city, NUMBER).await.expect("a mark");
    let (path, headers) = ("the room's mark".to_owned(), Vec::new());
    seen_by_all.push((String::new(), Seen { path, status: 0, headers, text: mark }));
}

/// What one world shows.
struct Shown {
    /// To everyone but the bidders: who, and what.
    others: Vec<(String, Seen)>,
    /// To a bidder, of its own bids.
    own: String,
    /// Ids of the rows that hold bids.
    ids: Vec<String>,
}

/// What everyone but the bidders does and sees in one world; without `bid_ids` it is the one with bids.
async fn world_of(bid_ids: Option<&[String]>) -> Shown {
    let mut city = city().await;
    let ids = match bid_ids {
        None => bid_in(&city).await,
        Some(ids) => ids.to_vec(),
    };
    city.keys.ids.extend(ids.iter().cloned());
    let world = &city.stage.world;
    // An hour on, so that no id of a later row can be that of a bid in the other world.
    assert!(world.city.clock.move_to(world.city.clock.now().plus_seconds(3_600)));
    let mut all = Vec::new();
    // Another organisation meets nothing of the bids: not with the same key, the same file, or a bidder's code.
    let join = format!("/tenders/{NUMBER}/consortium");
    for lead in &city.organisations {
        let fields = [("lead", lead.1.as_str()), ("joint_liability", "yes")];
        assert_done(&world.post_as(&city.stage.other, &join, &fields).await, &join);
        assert_done(&world.post_as(&city.stage.other, &join, &[("action", "leave")]).await, &join);
    }
    let (sheet, all_codes) = (format!("/tenders/{NUMBER}/bid"), city.organisations.iter());
    let codes: Vec<&str> = all_codes.map(|(_, uscc)| uscc.as_str()).collect();
    let mut drafted = bid_fields("95000");
    drafted.push(("members".to_owned(), codes.join("\n")));
    let saved = world.multipart_as(&city.stage.other, &sheet, &borrowed(&drafted), &[]).await;
    assert_done(&saved, &format!("{sheet}/check"));
    let bids = format!("/api/v1/tenders/{NUMBER}/bids");
    for (uscc, key) in city.organisations.iter().map(|(_, uscc)| uscc).zip(["a", "b", "c", "d"]) {
        let joint = format!(
            r#", "files": ["{0}"], "consortium": {{"members": ["{uscc}"], "agreement": "{0}", "joint_liability": true}}"#,
            city.keys.digests[0]
        );
        let found = program(world, TOKENS[0], Method::POST, &bids, key, json_bid(9_000_000, &joint)).await;
        assert_eq!(found.status, 422);
        all.push(("other's program".to_owned(), found));
    }
    let found = program(world, TOKENS[0], Method::POST, &bids, "same key", json_bid(1, "")).await;
    assert_eq!(found.status, 201, "{}", found.text);
    let question = [("question", "几时开标？")];
    assert_done(
        &world.post_as(&city.stage.other, &format!("/tenders/{NUMBER}/qa"), &question).await,
        "/tenders/",
    );
    let corrected = [("version", "6"), ("subject", "wording"), ("text", "电话更正"), ("reason", "笔误")];
    let correct = format!("/desk/tenders/{NUMBER}/correction");
    assert_done(&world.post_as(&city.stage.lead, &correct, &corrected).await, "/desk/tenders/");
    walk(&city, &mut all, "").await;
    let sealed = Moment::beijing("2014-01-17".parse().expect("a date"), 12, 0);
    assert!(world.city.clock.move_to(sealed));
    walk(&city, &mut all, "/en").await;
    // The other's own bid differs in the salt of its package, so its digest does; and in its id.
    let (own, digest): (i64, String) = own_of_other(world).await;
    let mut later = vec![own.to_string(), digest];
    for table in ["question", "correction"] {
        let (id,): (i64,) = one(world, &format!("SELECT id FROM {table}")).await;
        later.push(id.to_string());
    }
    for (_, seen) in &mut all {
        for (place, value) in later.iter().enumerate() {
            seen.text = seen.text.replace(value, &format!("row {place}"));
        }
        seen.text = without_fingerprint(&seen.text, &later[1]);
    }
    let own = world.get_as(&city.bidders[1], "/me/bids").await.text();
    Shown { others: all, own: without_request_keys(&own), ids }
}

async fn own_of_other(world: &World) -> (i64, String) {
    let sql = "SELECT b.id, b.digest FROM bid b JOIN post q ON q.organisation_id = b.organisation_id
               JOIN person p ON p.id = q.person_id WHERE p.login = 'other'";
    let row: app::db::Row = one(world, sql).await;
    (row.get("id").expect("an id"), row.get("digest").expect("a digest"))
}

/// The same digest as people read it aloud.
fn without_fingerprint(text: &str, digest: &str) -> String {
    let spoken = Digest::from_hex(digest).map(|digest| digest.fingerprint()).unwrap_or_default();
    text.replace(&spoken, "fingerprint")
}

#[tokio::test]
async fn every_address_reads_alike_for_everyone_whether_somebody_has_bid_or_not() {
    let with = world_of(None).await;
    let without = world_of(Some(&with.ids)).await;
    assert!(with.own.contains(NUMBER) && !without.own.contains(NUMBER), "the bidder reads its own");
    let (with, without) = (with.others, without.others);
    assert_eq!(with.len(), without.len());
    assert!(with.iter().filter(|(_, seen)| seen.status == 200).count() > 1_000, "pages, not refusals");
    let mut leaks = Vec::new();
    for ((name, with), (_, without)) in with.iter().zip(&without) {
        if with != without {
            leaks.push(format!("{name} at {}: {}", with.path, difference(with, without)));
        }
    }
    assert!(leaks.is_empty(), "{} of {} answers tell:\n{}", leaks.len(), with.len(), leaks.join("\n"));
}
