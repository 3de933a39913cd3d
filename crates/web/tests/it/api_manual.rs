//! The manual's example is true: its requests are sent as they stand in `docs/api.md`, and answered as it says.

use app::RequestKey;
use app::performance::acceptance::{AcceptMilestone, JudgedItem};
use app::performance::opinion::{GiveOpinion, RecordOpinion};
use app::performance::publication::PublishAcceptance;
use axum::http::{Method, StatusCode};
use domain::kernel::{Post, Role, Scope};
use domain::performance::OpinionVerdict;
use serde_json::Value;

use crate::api_client::Program;
use crate::delivered::{self, move_to};
use crate::support::World;

const MANUAL: &str = include_str!("../../../../docs/api.md");

/// A block of the manual: what stands after its fence, and its text.
fn blocks() -> Vec<(&'static str, &'static str)> {
    let inside = MANUAL.split("```").skip(1).step_by(2);
    inside.filter_map(|block| block.split_once('\n')).collect()
}

/// The words of a command line, as a shell splits them.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    for sign in line.replace("\\\n", " ").chars() {
        match (quote, sign) {
            (None, '"' | '\'') => quote = Some(sign),
            (Some(open), _) if open == sign => quote = None,
            (None, _) if sign.is_whitespace() => {
                words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
            }
            _ => word.push(sign),
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
}

/// Sends what the command says.
async fn run(program: &Program<'_>, command: &str) -> (StatusCode, Value) {
    let command = command.split("\ncurl").last().map_or(command, |last| last.trim_start_matches("curl"));
    let words = words(command);
    let after = |flag: &str| {
        let mut found = words.iter().zip(words.iter().skip(1)).filter(move |(one, _)| *one == flag);
        found.next().map(|(_, value)| value.clone())
    };
    let path = words.iter().find_map(|word| word.strip_prefix("$SITE")).expect("an address");
    let key = words.iter().find_map(|word| word.strip_prefix("Idempotency-Key: ")).unwrap_or_default();
    let method = after("-X").map_or(Method::GET, |name| name.parse().expect("a method"));
    let body = match (after("-d"), after("--data-binary")) {
        (Some(text), _) => text.into_bytes(),
        (None, Some(file)) => {
            assert_eq!(file, "@invoice.pdf");
            b"%PDF-1.7 invoice".to_vec()
        }
        (None, None) => Vec::new(),
    };
    program.bytes(method, path, key, body).await
}

/// Whether `found` says at least what the manual says.
fn agrees(told: &Value, found: &Value) -> bool {
    match (told, found) {
        (Value::String(text), _) if text == "…" => !found.is_null(),
        (Value::Object(told), _) => told.iter().all(|(name, value)| agrees(value, &found[name])),
        (Value::Array(told), Value::Array(found)) => {
            told.len() == found.len() && told.iter().zip(found).all(|(told, found)| agrees(told, found))
        }
        _ => told == found,
    }
}

/// The office's side of milestone 1, from its opinion to the published result.
async fn accept(world: &World, signed: &delivered::Signed) {
    let city = &world.city;
    let view = signed.file(city).await.view;
    let acceptance = view.id;
    let text = "同意验收".to_owned();
    let opinion = GiveOpinion { acceptance, version: view.version, text };
    city.act(&signed.p.staff, &RequestKey::None, &opinion).await.expect("an opinion");
    signed.call(city, acceptance).await.expect("called");
    signed.call_back(city, acceptance).await;
    move_to(city, "2014-08-26");
    for one in signed.file(city).await.opinions {
        let record = RecordOpinion {
            acceptance,
            opinion: one.id,
            verdict: Some(OpinionVerdict::Satisfied),
            words: String::new(),
            is_assisted: false,
        };
        city.act(&signed.p.lead, &RequestKey::None, &record).await.expect("heard");
    }
    let file = signed.file(city).await;
    let judged = |item: &app::performance::read::ItemRow| JudgedItem {
        position: item.position,
        accepted: item.claimed,
        unit_line: None,
        share_line: None,
        remark: String::new(),
    };
    let items = file.items.iter().map(judged).collect();
    let command = AcceptMilestone { acceptance, version: file.view.version, items };
    city.act(&signed.p.lead, &RequestKey::None, &command).await.expect("accepted");
    let version = signed.file(city).await.view.version;
    let publish = PublishAcceptance { acceptance, version };
    city.act(&signed.p.lead, &RequestKey::None, &publish).await.expect("published");
}

#[tokio::test]
async fn the_manuals_requests_are_answered_as_it_says() {
    let world = World::new().await;
    let signed = delivered::signed(&world.city).await;
    let post = Post { role: Role::OrganisationUser, scope: Scope::Organisation(signed.p.organisation) };
    move_to(&world.city, "2014-08-25");
    let program = Program::of(&world, "program", post).await;
    let (mut answer, mut compared) = (None, 0);
    for (kind, text) in blocks() {
        if kind == "sh accepted" {
            accept(&world, &signed).await;
        }
        match kind.split_once(' ').unwrap_or((kind, "")) {
            ("sh", _) => answer = Some(run(&program, text).await),
            ("json", status) => {
                let (found_status, found) = answer.take().expect("a request before its answer");
                let told: Value = serde_json::from_str(text).expect(text);
                assert_eq!(found_status.as_str(), status, "{found}");
                assert!(agrees(&told, &found), "the manual says {told}\nthe answer is {found}");
                compared += 1;
            }
            other => panic!("an unknown block: {other:?}"),
        }
    }
    assert_eq!(compared, 9);
}
