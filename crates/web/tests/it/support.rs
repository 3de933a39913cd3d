//! A fresh city with its site, and browsers that visit it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use app::access::people::{AddPerson, GivePost};
use app::access::sessions;
use app::{App, City, Clock, RequestKey, Settings};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use domain::kernel::{Actor, Moment, PersonId, Post, Role, Scope};
use tower::ServiceExt as _;

static COUNT: AtomicU64 = AtomicU64::new(0);

/// The password of everyone in these tests.
pub const PASSWORD: &str = "example-password-2014";

/// A city in its own folder, gone when dropped.
pub struct Place {
    pub city: City,
    folder: std::path::PathBuf,
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A new city whose clock stands at Monday 2014-01-06, 09:00 in Beijing.
pub async fn place() -> Place {
    let mark = format!("{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let folder = std::env::temp_dir().join(format!("gongzhi-web-{mark}"));
    let start = Moment::beijing("2014-01-06".parse().expect("a date"), 9, 0);
    let settings =
        Settings { folder: folder.clone(), database: None, clock: Clock::held(start), is_demo: true };
    let city: City = Arc::new(App::open(settings).expect("the city opens"));
    city.db.migrate().await.expect("the schema is built");
    Place { city, folder }
}

/// Adds a person who may sign in; in a post unless the post comes otherwise.
pub async fn person(city: &City, login: &str, post: Option<(Role, Scope)>) -> PersonId {
    let hash = city.hashing.hash(PASSWORD).await.expect("a hash");
    let person = AddPerson {
        login: login.to_owned(),
        name: format!("示例{login}"),
        password_hash: hash,
        is_demo: true,
    };
    let id = city.act(&Actor::SYSTEM, &RequestKey::None, &person).await.expect("a person");
    if let Some((role, scope)) = post {
        let post = GivePost { person: id, post: Post { role, scope } };
        city.act(&Actor::SYSTEM, &RequestKey::None, &post).await.expect("a post");
    }
    id
}

/// What the site answered.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub kind: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The page's text.
    pub fn html(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// A browser, signed in or not.
pub struct Browser {
    city: City,
    site: Router,
    token: Option<String>,
}

impl Browser {
    /// A visitor's browser.
    pub fn visitor(city: &City) -> Self {
        Self { city: city.clone(), site: web::site(city.clone()), token: None }
    }

    /// The browser of a person who has just signed in.
    pub async fn of(city: &City, login: &str) -> Self {
        let opened = sessions::sign_in(city, login, PASSWORD, "127.0.0.1").await.expect("a session");
        Self { token: Some(opened.token), ..Self::visitor(city) }
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path), Body::empty()).await
    }

    /// POST of a form; the token of the session is added.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = format!("csrf={}", encoded(&self.csrf().await));
        for (name, value) in fields {
            body.push_str(&format!("&{name}={}", encoded(value)));
        }
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request, Body::from(body)).await
    }

    /// POST of a form with one file in the field `file`.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], name: &str, file: &[u8]) -> Answer {
        let mark = "example-boundary";
        let csrf = self.csrf().await;
        let mut body = Vec::new();
        for (field, value) in fields.iter().copied().chain([("csrf", csrf.as_str())]) {
            let part =
                format!("--{mark}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--{mark}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(format!("\r\n--{mark}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={mark}");
        self.ask(Request::post(path).header(header::CONTENT_TYPE, kind), Body::from(body)).await
    }

    async fn csrf(&self) -> String {
        let Some(token) = &self.token else { return String::new() };
        let session = sessions::find(&self.city, token).await.expect("found");
        session.map(|session| session.csrf).unwrap_or_default()
    }

    async fn ask(&self, request: axum::http::request::Builder, body: Body) -> Answer {
        let cookie = self.token.as_ref().map(|token| format!("sid={token}")).unwrap_or_default();
        let request = request.header(header::COOKIE, cookie).body(body).expect("a request");
        let answer = self.site.clone().oneshot(request).await.expect("an answer");
        let text = |name: header::HeaderName| {
            answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        let (status, location, kind) = (answer.status(), text(header::LOCATION), text(header::CONTENT_TYPE));
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.expect("a body").to_vec();
        Answer { status, location, kind, bytes }
    }
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// Asks for a page in both languages; it must be whole, plain and fully translated.
pub async fn check_page(browser: &Browser, path: &str) -> String {
    let mut chinese = String::new();
    for prefix in ["/en", ""] {
        let answer = browser.get(&format!("{prefix}{path}")).await;
        let html = answer.html();
        assert_eq!(answer.status, StatusCode::OK, "{prefix}{path}: {html}");
        assert_eq!(html.matches("<h1").count(), 1, "{prefix}{path}: one main heading");
        assert!(html.contains("</html>"), "{prefix}{path} is whole");
        for banned in [" style=", "<style", "onclick=", "javascript:"] {
            assert!(!html.contains(banned), "{prefix}{path} has {banned}");
        }
        for list in ["catalogue-", "desk-", "item-", "function-kind-", "measures-", "batches-", "purchase-"] {
            assert!(!html.contains(&format!(">{list}")), "{prefix}{path} shows a key of {list}");
        }
        chinese = html;
    }
    chinese
}
