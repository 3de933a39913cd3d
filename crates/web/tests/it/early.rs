//! What scripts ask of forms before they are sent: single fields, and drafts that save themselves.

use app::journal;
use axum::http::StatusCode;
use domain::kernel::{Post, Role, Scope};
use serde_json::Value;

use crate::support::{Answer, Reader, World};
use crate::tendering_ground::*;

const CHECK: &str = "x-check-fields";
const DRAFT: &str = "x-save-draft";
const NEW: &str = "/desk/organisations/new";

fn told(answer: &Answer) -> Value {
    assert_eq!(answer.kind, "application/json", "{}", answer.text());
    serde_json::from_slice(&answer.bytes).expect("JSON")
}

/// The sentences told, by field.
fn faults(answer: &Answer) -> Vec<(String, String)> {
    let text = |fault: &Value, name: &str| fault[name].as_str().unwrap_or_default().to_owned();
    let told = told(answer);
    let faults = told["faults"].as_array().cloned().unwrap_or_default();
    faults.iter().map(|fault| (text(fault, "field"), text(fault, "text"))).collect()
}

/// Journal entries, kept keys and organisations.
async fn traces(world: &World) -> [i64; 3] {
    let mut counts = [0; 3];
    for (place, table) in counts.iter_mut().zip(["journal", "idempotency", "organisation"]) {
        let sql = format!("SELECT count(*) FROM {table}");
        *place = world.city.db.number(&sql, &[]).await.expect("a count");
    }
    counts
}

fn organisation(code: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("request_key", "k1"),
        ("code", code),
        ("name", "南京市秦淮区夕照居家养老服务中心（示例）"),
        ("kind", "social_service_institution"),
        ("legal", "registered"),
        ("status", "active"),
        ("division", "320104002"),
        ("fields", "elderly_care"),
        ("registered_on", "2012-02-30"),
    ]
}

#[tokio::test]
async fn a_field_is_checked_by_the_forms_own_rule_and_nothing_is_kept() {
    let world = World::new().await;
    let (_, lead) = world.reader("lead", Post { role: Role::PurchaseLead, scope: Scope::City }).await;
    let fields = organisation("53100000500020462H");
    let before = traces(&world).await;
    let answer = world.ask_as(&lead, NEW, &fields, (CHECK, "code,name")).await;
    assert_eq!(answer.status, StatusCode::OK);
    let found = faults(&answer);
    assert_eq!(found.len(), 1, "only what was asked for, though the date is wrong too: {found:?}");
    assert_eq!(found[0].0, "code");
    let page = world.post_as(&lead, NEW, &fields).await.text();
    assert!(page.contains(&found[0].1), "the form says the same: {}", found[0].1);
    let dated = faults(&world.ask_as(&lead, NEW, &fields, (CHECK, "registered_on")).await);
    assert!(page.contains("registered_on-error") && page.contains(&dated[0].1));
    let english = world.ask_as(&lead, &format!("/en{NEW}"), &fields, (CHECK, "code")).await;
    let is_chinese = |letter: char| ('一'..='鿿').contains(&letter);
    assert!(!faults(&english)[0].1.contains(is_chinese), "in the language of the page");
    assert_eq!(traces(&world).await, before);
}

#[tokio::test]
async fn a_sound_form_is_only_rehearsed_and_can_still_be_sent() {
    let stage = stage().await;
    let world = &stage.world;
    let start = [("item", stage.item.as_str()), ("request_key", "start")];
    world.post_as(&stage.staff, "/desk/tenders", &start).await;
    let form = format!("/desk/tenders/{NUMBER}/requirement");
    let fields = with(&DOCUMENTS, &[("version", "1"), ("request_key", "once")]);
    let before = traces(world).await;
    for _ in 0..2 {
        let answer = world.ask_as(&stage.staff, &form, &fields, (CHECK, "title,ceiling")).await;
        assert_eq!((answer.status, faults(&answer)), (StatusCode::OK, Vec::new()));
    }
    let high = with(&fields, &[("ceiling", "300000")]);
    let found = faults(&world.ask_as(&stage.staff, &form, &high, (CHECK, "ceiling,title")).await);
    assert_eq!(found.len(), 1);
    assert_eq!(traces(world).await, before);
    assert_done(&world.post_as(&stage.staff, &form, &fields).await, &format!("/desk/tenders/{NUMBER}"));
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

#[tokio::test]
async fn a_check_tells_strangers_and_other_addresses_nothing() {
    let world = World::new().await;
    let (_, lead) = world.reader("lead", Post { role: Role::PurchaseLead, scope: Scope::City }).await;
    let (_, expert) = world.reader("expert", Post { role: Role::Expert, scope: Scope::City }).await;
    let fields = organisation("53100000500020462H");
    let ask = (CHECK, "code");
    assert_eq!(world.ask_as(&expert, NEW, &fields, ask).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.ask_as(&Reader::default(), NEW, &fields, ask).await.status, StatusCode::SEE_OTHER);
    let before = traces(&world).await;
    let sessions = world.city.db.number("SELECT count(*) FROM sign_in", &[]).await.expect("a count");
    let credentials = [("login", "lead"), ("password", crate::support::PASSWORD)];
    for (path, fields) in
        [("/sign-in", &credentials[..]), ("/sign-out", &[]), ("/display", &[("size", "200")])]
    {
        let answer = world.ask_as(&lead, path, fields, (CHECK, "login")).await;
        assert_eq!((answer.status, answer.bytes.len()), (StatusCode::NO_CONTENT, 0), "{path}");
    }
    let after = world.city.db.number("SELECT count(*) FROM sign_in", &[]).await.expect("a count");
    assert_eq!((traces(&world).await, after), (before, sessions), "nothing was done");
    assert_eq!(world.get_as(&lead, NEW).await.status, StatusCode::OK, "and nobody was signed out");
}

#[tokio::test]
async fn a_bid_saves_itself_and_nothing_typed_is_lost_when_it_was_overtaken() {
    let stage = stage().await;
    stage.publish().await;
    let world = &stage.world;
    let bid = format!("/tenders/{NUMBER}/bid");
    let owned = bid_fields("95000");
    let typed = |version: &'static str, price: &'static str, key: &'static str| {
        with(
            &borrowed(&owned),
            &[("version", version), ("price", price), ("request_key", key), ("action", "save")],
        )
    };
    let saved = |answer: &Answer| told(answer)["version"].as_i64();
    let first = world.draft_as(&stage.bidder, &bid, &typed("0", "95000", "k-1"), (DRAFT, "1")).await;
    assert_eq!((first.status, saved(&first)), (StatusCode::OK, Some(1)));
    assert!(told(&first)["text"].as_str().unwrap_or_default().contains("09:"), "{}", first.text());
    let again = world.draft_as(&stage.bidder, &bid, &typed("0", "95000", "k-1"), (DRAFT, "1")).await;
    assert_eq!(saved(&again), Some(1), "an answer that was lost is given again");
    let second = world.draft_as(&stage.bidder, &bid, &typed("1", "96000", "k-2"), (DRAFT, "1")).await;
    assert_eq!(saved(&second), Some(2));
    let stale = world.draft_as(&stage.bidder, &bid, &typed("1", "97000", "k-3"), (DRAFT, "1")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(told(&stale)["text"].as_str().is_some_and(|text| !text.is_empty()));
    assert!(world.get_as(&stage.bidder, &bid).await.text().contains("value=\"96000\""));
    let before = traces(world).await;
    let checked = world.draft_as(&stage.bidder, &bid, &typed("2", "300000", "k-4"), (CHECK, "price")).await;
    assert_eq!(faults(&checked).len(), 1, "a price over the ceiling");
    assert_eq!(traces(world).await, before);
    let pressed = world.multipart_as(&stage.bidder, &bid, &typed("2", "97000", "k-5"), &[]).await;
    assert_done(&pressed, &bid);
    assert!(world.city.clock.move_to(world.city.clock.now().plus_seconds(60 * 86_400)));
    let bidder = world.sign_in("bidder").await;
    let late = world.draft_as(&bidder, &bid, &typed("3", "97000", "k-6"), (DRAFT, "1")).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told(&late)["text"].as_str().is_some_and(|text| text.contains("截止")), "{}", late.text());
    assert_eq!(journal::verify(&world.city.db).await.expect("verified"), vec![]);
}

#[tokio::test]
async fn a_faulty_draft_is_not_saved_and_says_where() {
    let stage = stage().await;
    let world = &stage.world;
    world.post_as(&stage.staff, "/desk/tenders", &[("item", &stage.item)]).await;
    let form = format!("/desk/tenders/{NUMBER}/requirement");
    let faulty = with(&DOCUMENTS, &[("version", "1"), ("term_months", "一年")]);
    let answer = world.ask_as(&stage.staff, &form, &faulty, (DRAFT, "1")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(faults(&answer)[0].0, "term_months");
    let sound = with(&DOCUMENTS, &[("version", "1")]);
    let answer = world.ask_as(&stage.staff, &form, &sound, (DRAFT, "1")).await;
    assert_eq!((answer.status, told(&answer)["version"].as_i64()), (StatusCode::OK, Some(2)));
    let stale = world.post_as(&stage.staff, &form, &sound).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text().contains("为120名老年人提供居家服务"), "what was typed is kept");
}
