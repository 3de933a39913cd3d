//! Killing the serving program at any moment loses nothing that a client was told is done.
//!
//! Programs hand in bids through the API and people ask questions and make tokens on pages, all at once.
//! The program is killed (SIGKILL) at a moment drawn anew in each round, looked over by `gongzhi doctor`,
//! and started again on the same data: everything that was acknowledged is there, and a request whose
//! answer never came is sent once more with its key and is then done exactly once.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use app::access::people::{AddApiToken, AddPerson, GivePost, posts_of};
use app::access::sessions;
use app::{Chance, City, RequestKey, args};
use domain::kernel::{Actor, OrganisationId, Post, Role, Scope};
use evidence::Digest;
use evidence::receipt::Receipt;
use serde_json::{Value, json};

use crate::client::{Answer, form, send};
use crate::planted;
use crate::program::{homes, printed};

/// Rounds in an ordinary run; `GONGZHI_KILL_ROUNDS` asks for more.
const ROUNDS: usize = 5;
const CLIENTS: usize = 4;
const NUMBER: &str = "NJGZ-2014-001";
const PASSWORD: &str = "a sentence of the tests";
/// The longest time from the first acknowledgement of a round to its kill, in microseconds.
const KILL_WITHIN_MICROS: u64 = 150_000;
/// How long a round waits for its first answer.
const ANSWER_WITHIN_MILLIS: u32 = 30_000;

/// Somebody who bids for an organisation by program and asks for it on pages.
#[derive(Clone)]
struct Client {
    organisation: OrganisationId,
    token: String,
    session: String,
    csrf: String,
}

/// A request as it was sent, so that it can be sent again.
#[derive(Clone)]
enum Asked {
    Bid { key: String, price_fen: i64 },
    Question { key: String, text: String },
    Token { key: String, label: String },
}

/// A request with the answer that its client got; none when the connection broke before.
type Sent = (usize, Asked, Option<Answer>);

#[tokio::test(flavor = "multi_thread")]
async fn killing_the_server_loses_nothing_that_a_client_was_told() {
    let rounds = std::env::var("GONGZHI_KILL_ROUNDS").ok().and_then(|text| text.parse().ok());
    for home in homes("killed") {
        let clients = found(&home.open()).await;
        let (mut told, mut untold) = (Vec::new(), Vec::new());
        for round in 0..rounds.unwrap_or(ROUNDS) {
            let (mut server, address) = home.serve();
            told.extend(again(address, &clients, std::mem::take(&mut untold)));
            let sent = Arc::new(Mutex::new(Vec::new()));
            let working = work(address, &clients, round, &sent);
            wait_for_an_answer(&sent);
            std::thread::sleep(moment());
            server.kill().expect("killed");
            server.wait().expect("it ended");
            for one in working {
                one.join().expect("a client");
            }
            for (client, asked, answer) in sent.lock().expect("sent").drain(..) {
                match answer {
                    Some(answer) => told.push((client, asked, answer)),
                    None => untold.push((client, asked, None)),
                }
            }
            let looked = home.run(&["doctor"]);
            assert!(looked.status.success(), "round {round}: {}", printed(&looked));
            check(&home.open(), &clients, &told).await;
        }
        let (mut server, address) = home.serve();
        told.extend(again(address, &clients, untold));
        check_tokens(address, &clients, &told);
        server.kill().expect("killed");
        server.wait().expect("it ended");
        check(&home.open(), &clients, &told).await;
        assert!(told.len() > 2 * CLIENTS, "the clients worked");
        home.clear();
    }
}

/// A city with a tender open for bids and its clients, each with a token and a session.
async fn found(city: &City) -> Vec<Client> {
    city.db.migrate().await.expect("the schema is built");
    planted::awarded(city, 12, "bidding").await;
    let forms = app::registry::specimen::invented(60, 3);
    app::registry::load_many(city, &Actor::SYSTEM, &forms, &|_| {}).await.expect("loaded");
    let sql =
        "SELECT id FROM organisation WHERE status = 'active' AND legal = 'registered' AND listing = 'none'
                 AND inspection = 'pass' AND kind = 'social_service_institution' AND is_demo = 1
                 AND id NOT IN (SELECT organisation_id FROM bid) ORDER BY id";
    let sound: Vec<(OrganisationId,)> = city.db.all(sql, &[]).await.expect("organisations");
    let hash = city.hashing.hash(PASSWORD).await.expect("a hash");
    let mut clients = Vec::new();
    for (place, (organisation,)) in sound.into_iter().take(CLIENTS).enumerate() {
        clients.push(client(city, place, organisation, &hash).await);
    }
    assert_eq!(clients.len(), CLIENTS, "enough organisations may bid");
    clients
}

async fn client(city: &City, place: usize, organisation: OrganisationId, hash: &str) -> Client {
    let (login, key) = (format!("client{place}"), RequestKey::None);
    let name = format!("示例{place}");
    let add = AddPerson { login: login.clone(), name, password_hash: hash.to_owned(), is_demo: false };
    let person = city.act(&Actor::SYSTEM, &key, &add).await.expect("a person");
    let post = Post { role: Role::OrganisationUser, scope: Scope::Organisation(organisation) };
    city.act(&Actor::SYSTEM, &key, &GivePost { person, post }).await.expect("a post");
    let post_id = posts_of(city, person).await.expect("posts")[0].id;
    let token = city.chance.token().expect("a token");
    let digest = Digest::of(token.as_bytes()).hex();
    let add = AddApiToken { digest, post_id, label: "投标程序".into() };
    city.act(&Actor::SYSTEM, &key, &add).await.expect("a token");
    let session = sessions::sign_in(city, &login, PASSWORD, "test").await.expect("signed in").token;
    let csrf = sessions::find(city, &session).await.expect("read").expect("a session").csrf;
    Client { organisation, token, session, csrf }
}

/// Every client bids in one thread and asks in another until the program is gone.
fn work(
    address: SocketAddr,
    clients: &[Client],
    round: usize,
    sent: &Arc<Mutex<Vec<Sent>>>,
) -> Vec<JoinHandle<()>> {
    let mut threads = Vec::new();
    for (place, client) in clients.iter().enumerate() {
        for kind in ["bid", "page"] {
            let (client, sent) = (client.clone(), Arc::clone(sent));
            threads.push(std::thread::spawn(move || {
                for number in 0_i64.. {
                    let key = format!("{kind}-{place}-{round}-{number}");
                    let asked = match (kind, number % 5) {
                        ("bid", _) => Asked::Bid { key, price_fen: 5_000_000 + number * 100 },
                        (_, 4) => Asked::Token { label: key.clone(), key },
                        _ => Asked::Question { text: format!("问 {key}"), key },
                    };
                    let answer = ask(address, &client, &asked);
                    let is_gone = answer.is_none();
                    sent.lock().expect("sent").push((place, asked, answer));
                    if is_gone {
                        return;
                    }
                }
            }));
        }
    }
    threads
}

fn ask(address: SocketAddr, client: &Client, asked: &Asked) -> Option<Answer> {
    let cookie = format!("sid={}", client.session);
    let page = [("cookie", cookie.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    let csrf = ("csrf", client.csrf.as_str());
    match asked {
        Asked::Bid { key, price_fen } => {
            let bearer = format!("Bearer {}", client.token);
            let headers = [("authorization", bearer.as_str()), ("idempotency-key", key)];
            send(address, &format!("POST /api/v1/tenders/{NUMBER}/bids"), &headers, &bid(*price_fen))
        }
        Asked::Question { key, text } => {
            let body = form(&[csrf, ("request_key", key), ("question", text)]);
            send(address, &format!("POST /tenders/{NUMBER}/qa"), &page, &body)
        }
        Asked::Token { key, label } => {
            let body = form(&[csrf, ("request_key", key), ("label", label)]);
            send(address, "POST /me/tokens", &page, &body)
        }
    }
}

fn bid(price_fen: i64) -> String {
    let statements = [
        "standing",
        "no_major_violation",
        "independence",
        "no_collusion",
        "accepts_contract",
        "no_assignment",
    ];
    let parts =
        json!({ "understanding": "一", "plan": "二", "team": "三", "track_record": "四", "assurance": "五" });
    json!({
        "price_fen": price_fen, "project_lead": "周晨（示例）", "contact_name": "李敏（示例）",
        "contact_phone": "025-00000000", "statements": statements, "parts": parts,
    })
    .to_string()
}

/// Sends what got no answer once more, with the same key. Others' later bids may have overtaken a draft.
fn again(address: SocketAddr, clients: &[Client], untold: Vec<Sent>) -> Vec<(usize, Asked, Answer)> {
    let mut told = Vec::new();
    for (place, asked, _) in untold {
        let answer = ask(address, &clients[place], &asked).expect("an answer");
        told.push((place, asked, answer));
    }
    told
}

fn wait_for_an_answer(sent: &Mutex<Vec<Sent>>) {
    for _ in 0..ANSWER_WITHIN_MILLIS {
        if sent.lock().expect("sent").iter().any(|(_, _, answer)| answer.is_some()) {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("the program answers nobody");
}

/// How long the program goes on after its first answer, drawn anew each time.
fn moment() -> Duration {
    let drawn = Chance::system().bytes().expect("chance");
    let number = drawn.iter().take(7).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    Duration::from_micros(number % KILL_WITHIN_MICROS)
}

/// Everything that was acknowledged is in the tables, once.
async fn check(city: &City, clients: &[Client], told: &[(usize, Asked, Answer)]) {
    for (place, client) in clients.iter().enumerate() {
        let own = app::tendering::receipt::own_bid(city, client.organisation, NUMBER).await.expect("read");
        for (_, asked, answer) in told.iter().filter(|(of, ..)| *of == place) {
            match asked {
                Asked::Bid { .. } => {
                    assert_eq!(answer.status, 201, "{}", answer.body);
                    let held = own.as_ref().expect("the bid was acknowledged");
                    check_receipt(city, client, answer, held).await;
                }
                Asked::Question { text, .. } => {
                    assert_eq!(answer.status, 303, "{}", answer.body);
                    assert!(answer.location.contains("done=question-asked"), "{}", answer.location);
                    let sql = "SELECT count(*) FROM question WHERE text = $1 AND organisation_id = $2";
                    let held = city.db.number(sql, args![text, client.organisation]).await;
                    assert_eq!(held, Ok(1), "{text} was acknowledged");
                }
                Asked::Token { label, .. } => {
                    assert_eq!(answer.status, 200, "{}", answer.body);
                    let sql = "SELECT count(*) FROM api_token WHERE label = $1";
                    assert_eq!(city.db.number(sql, args![label]).await, Ok(1), "{label} was acknowledged");
                }
            }
        }
    }
}

/// The receipt reads back, is not newer than what is held, and the one in force fits the sealed package.
async fn check_receipt(
    city: &City,
    client: &Client,
    answer: &Answer,
    held: &app::tendering::receipt::OwnBid,
) {
    let told: Value = serde_json::from_str(&answer.body).expect("a body");
    let receipt = Receipt::parse(told["receipt"].as_str().expect("a receipt")).expect("it reads");
    assert_eq!(json!(receipt.package.hex()), told["digest"]);
    let edition = i64::try_from(receipt.version).expect("few");
    assert!(edition <= held.edition, "edition {edition} was acknowledged, {} is held", held.edition);
    if edition == held.edition {
        assert_eq!(held.receipt, receipt.text());
        let sql = "SELECT package FROM bid WHERE organisation_id = $1";
        let (package,): (Vec<u8>,) = city.db.one(sql, args![client.organisation]).await.expect("a package");
        assert_eq!(Digest::of(&package), receipt.package);
        assert_eq!(u64::try_from(package.len()).expect("small"), receipt.bytes);
    }
}

/// Tokens that were shown on a page let their programs in.
fn check_tokens(address: SocketAddr, clients: &[Client], told: &[(usize, Asked, Answer)]) {
    for (place, asked, answer) in told {
        let Asked::Token { label, .. } = asked else { continue };
        let shown = answer.body.split("<code>").nth(1).and_then(|rest| rest.split("</code>").next());
        // A form that was sent twice made one token; only the first answer could show it, and it never came.
        let Some(token) = shown else { continue };
        let bearer = format!("Bearer {token}");
        let listed = send(address, "GET /api/v1/bids", &[("authorization", bearer.as_str())], "");
        assert_eq!(listed.expect("an answer").status, 200, "{label} of client {place}");
    }
    assert!(!clients.is_empty());
}
