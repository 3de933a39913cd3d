//! A program with a token, as the tests of the API's acts send it.

use app::RequestKey;
use app::access::people::AddApiToken;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use domain::kernel::{Actor, Post};
use evidence::Digest;
use serde_json::Value;

use crate::support::World;

/// A program that acts with a token.
pub struct Program<'a> {
    world: &'a World,
    token: String,
}

/// What came back.
pub type Told = (StatusCode, Value);

impl<'a> Program<'a> {
    /// One whose token belongs to a new person in `post`.
    pub async fn of(world: &'a World, login: &str, post: Post) -> Program<'a> {
        let (person, _) = world.reader(login, post).await;
        let sql = "SELECT id FROM post WHERE person_id = $1";
        let (post_id,): (i64,) = world.city.db.one(sql, app::args![person]).await.expect("a post");
        let token = format!("the token of {login}");
        let add = AddApiToken { digest: Digest::of(token.as_bytes()).hex(), post_id, label: "程序".into() };
        // The page gives tokens to organisations alone; the door must hold against any other as well.
        let actor = Actor::SYSTEM.with_fresh_password();
        world.city.act(&actor, &RequestKey::None, &add).await.expect("a token");
        Program { world, token }
    }

    /// One whose token nobody gave out.
    pub fn forged(world: &'a World) -> Program<'a> {
        Program { world, token: "forged".to_owned() }
    }

    /// Sends bytes; the key is left out when it is empty.
    pub async fn bytes(&self, method: Method, path: &str, key: &str, body: Vec<u8>) -> Told {
        let mut request = Request::builder().method(method).uri(path);
        request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        if !key.is_empty() {
            request = request.header("idempotency-key", key);
        }
        let answer = self.world.raw(request.body(Body::from(body)).expect("a request")).await;
        let status = answer.status();
        if status.is_client_error() {
            assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/problem+json", "{path}");
        }
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    /// Posts what a program says.
    pub async fn post(&self, path: &str, key: &str, body: &Value) -> Told {
        self.bytes(Method::POST, path, key, body.to_string().into_bytes()).await
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Told {
        self.bytes(Method::GET, path, "", Vec::new()).await
    }

    /// Sends a file that must be taken, and gives its digest.
    pub async fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = format!("/api/v1/files?name={name}");
        let (status, kept) = self.bytes(Method::POST, &path, name, bytes.to_vec()).await;
        assert_eq!(status, StatusCode::CREATED, "{kept}");
        kept["digest"].as_str().expect("a digest").to_owned()
    }
}

/// Row, field and code of each fault; row 0 stands for none.
pub fn faults(problem: &Value) -> Vec<(i64, &str, &str)> {
    let all = problem["faults"].as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter()
        .map(|one| {
            let row = one["row"].as_i64().unwrap_or_default();
            (row, one["field"].as_str().unwrap_or_default(), one["code"].as_str().unwrap_or_default())
        })
        .collect()
}
