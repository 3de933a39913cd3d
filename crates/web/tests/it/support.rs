//! A city on SQLite behind its site, and readers who knock.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use app::access::people::{AddPerson, GivePost};
use app::access::sessions;
use app::{App, Chance, City, Clock, RequestKey, Settings};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use domain::kernel::{Actor, Moment, PersonId, Post};
use tower::ServiceExt;

static COUNT: AtomicU64 = AtomicU64::new(0);
/// The password of everyone in these tests.
pub const PASSWORD: &str = "a sentence of the tests";

/// A city with its site.
pub struct World {
    /// The city.
    pub city: City,
    site: Router,
    folder: std::path::PathBuf,
}

/// An answer as the tests look at it.
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Where it sends the reader; empty for none.
    pub location: String,
    /// Its content type.
    pub kind: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The page.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// A reader with a session.
#[derive(Clone, Default)]
pub struct Reader {
    /// The session's token, as the cookie carries it.
    pub token: String,
    csrf: String,
}

impl World {
    /// A fresh city at 2014-01-06 09:00.
    pub async fn new() -> World {
        Self::by(Chance::system()).await
    }

    /// The same by a given chance: two worlds of one seed are alike to the byte.
    pub async fn by(chance: Chance) -> World {
        let mark = format!("{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(format!("gongzhi-web-{mark}"));
        let start = Moment::beijing("2014-01-06".parse().expect("a date"), 9, 0);
        let clock = Clock::held(start);
        let settings = Settings { folder: folder.clone(), database: None, clock, is_demo: true };
        let city: City = Arc::new(App::open_by(settings, chance).expect("the city opens"));
        city.db.migrate().await.expect("the schema is built");
        World { site: web::site(city.clone()), city, folder }
    }

    /// A person without a post.
    pub async fn person(&self, login: &str) -> PersonId {
        let password_hash = self.city.hashing.hash(PASSWORD).await.expect("a hash");
        let name = format!("{login}（示例）");
        let person = AddPerson { login: login.into(), name, password_hash, is_demo: true };
        self.city.act(&Actor::SYSTEM, &RequestKey::None, &person).await.expect("a person")
    }

    /// Looks at what a step of a desk would issue: its sheet comes without a number, with the step behind its button
    /// and `text` on it, it can be gone back from, and nothing is kept.
    pub async fn foresees(&self, reader: &Reader, path: &str, fields: &[(&str, &str)], text: &str) {
        let documents = "SELECT count(*) FROM document";
        let before = self.city.db.number(documents, &[]).await.expect("a number");
        let sheet = self.post_as(reader, path, fields).await;
        assert_eq!(sheet.status, StatusCode::OK, "{path} {fields:?}: {}", sheet.location);
        let page = sheet.text();
        let step = fields.iter().find(|(name, _)| *name == "preview").map_or("", |(_, step)| *step);
        assert!(page.contains(&format!("name=\"step\" value=\"{step}\"")), "{page}");
        assert!(page.contains("预览，尚未出具") && page.contains(text), "{text}: {page}");
        let mut back: Vec<(&str, &str)> =
            fields.iter().copied().filter(|(name, _)| *name != "preview").collect();
        back.extend([("step", step), ("preview", "edit")]);
        let form = self.post_as(reader, path, &back).await.text();
        for (_, typed) in fields.iter().filter(|(name, _)| *name != "preview") {
            assert!(form.contains(typed), "{typed} is kept: {form}");
        }
        let after = self.city.db.number(documents, &[]).await.expect("a number");
        assert_eq!(before, after, "nothing was issued");
    }

    /// A person in a post, signed in.
    pub async fn reader(&self, login: &str, post: Post) -> (PersonId, Reader) {
        let person = self.person(login).await;
        let give = GivePost { person, post };
        self.city.act(&Actor::SYSTEM, &RequestKey::None, &give).await.expect("a post");
        (person, self.sign_in(login).await)
    }

    /// Somebody who has a post, signed in.
    pub async fn sign_in(&self, login: &str) -> Reader {
        self.sign_in_with(login, PASSWORD).await
    }

    /// Somebody who has a post and a password of their own, signed in.
    pub async fn sign_in_with(&self, login: &str, password: &str) -> Reader {
        let opened = sessions::sign_in(&self.city, login, password, "test").await.expect("signed in");
        let found = sessions::find(&self.city, &opened.token).await.expect("read").expect("a session");
        Reader { token: opened.token, csrf: found.csrf }
    }

    /// GET as a visitor.
    pub async fn get(&self, path: &str) -> Answer {
        self.get_as(&Reader::default(), path).await
    }

    /// GET as a reader.
    pub async fn get_as(&self, reader: &Reader, path: &str) -> Answer {
        let request = Request::get(path).header(header::COOKIE, format!("sid={}", reader.token));
        self.answer(request.body(Body::empty()).expect("a request")).await
    }

    /// POST of fields as a reader; the session's token is added.
    pub async fn post_as(&self, reader: &Reader, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.answer(self.form_of(reader, path, fields)).await
    }

    fn form_of(&self, reader: &Reader, path: &str, fields: &[(&str, &str)]) -> Request<Body> {
        let with_token = [("csrf", reader.csrf.as_str())].into_iter().chain(fields.iter().copied());
        let body: Vec<String> =
            with_token.map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
        Request::post(path)
            .header(header::COOKIE, format!("sid={}", reader.token))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")))
            .expect("a request")
    }

    /// POST of fields as a script sends them: with one more header.
    pub async fn ask_as(
        &self,
        reader: &Reader,
        path: &str,
        fields: &[(&str, &str)],
        (name, value): (&str, &str),
    ) -> Answer {
        let mut request = self.form_of(reader, path, fields);
        let name = header::HeaderName::try_from(name).expect("a header");
        request.headers_mut().insert(name, value.parse().expect("a value"));
        self.answer(request).await
    }

    /// POST of one file as a reader.
    pub async fn upload_as(&self, reader: &Reader, path: &str, name: &str, bytes: &[u8]) -> Answer {
        self.upload_with(reader, path, &[], name, bytes).await
    }

    /// POST of fields and one file as a reader.
    pub async fn upload_with(
        &self,
        reader: &Reader,
        path: &str,
        fields: &[(&str, &str)],
        name: &str,
        bytes: &[u8],
    ) -> Answer {
        let mut body = String::new();
        for (field, value) in fields.iter().copied().chain([("csrf", reader.csrf.as_str())]) {
            body.push_str("--mark\r\nContent-Disposition: form-data; name=\"");
            body.push_str(&format!("{field}\"\r\n\r\n{value}\r\n"));
        }
        body.push_str(&format!(
            "--mark\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        ));
        let mut body = body.into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--mark--\r\n");
        let request = Request::post(path)
            .header(header::COOKIE, format!("sid={}", reader.token))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=mark");
        self.answer(request.body(Body::from(body)).expect("a request")).await
    }

    /// Where the city lies.
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// The answer as it leaves the site, with its headers and marks.
    pub async fn raw(&self, request: Request<Body>) -> axum::response::Response {
        self.site.clone().oneshot(request).await.expect("an answer")
    }

    /// A session without password in the first post of a demo account.
    pub async fn demo_reader(&self, login: &str) -> Reader {
        let opened = sessions::sign_in_demo(&self.city, login).await.expect("signed in");
        let found = sessions::find(&self.city, &opened.token).await.expect("read").expect("a session");
        Reader { token: opened.token, csrf: found.csrf }
    }

    /// Asks for a page in both languages: whole, plain, translated. Gives the Chinese one.
    pub async fn check_page(&self, reader: &Reader, path: &str) -> String {
        let mut chinese = String::new();
        for prefix in ["/en", ""] {
            let answer = self.get_as(reader, &format!("{prefix}{path}")).await;
            let html = answer.text();
            assert_eq!(answer.status, StatusCode::OK, "{prefix}{path}: {html}");
            assert_eq!(html.matches("<h1").count(), 1, "{prefix}{path}: one main heading");
            assert!(html.contains("</html>"), "{prefix}{path} is whole");
            for banned in [" style=", "<style", "onclick=", "javascript:"] {
                assert!(!html.contains(banned), "{prefix}{path} has {banned}");
            }
            for list in ["catalogue-", "desk-", "item-", "measures-", "batches-", "purchase-"] {
                assert!(!html.contains(&format!(">{list}")), "{prefix}{path} shows a key of {list}");
            }
            chinese = html;
        }
        chinese
    }

    /// POST of a form with files and fields as a script sends it: without the files, with one more header.
    pub async fn draft_as(
        &self,
        reader: &Reader,
        path: &str,
        fields: &[(&str, &str)],
        (name, value): (&str, &str),
    ) -> Answer {
        let mut request = multipart(reader, path, fields, &[]);
        let name = header::HeaderName::try_from(name).expect("a header");
        request.headers_mut().insert(name, value.parse().expect("a value"));
        self.answer(request).await
    }

    /// POST of a form with fields and files as a reader; the session's token is added.
    pub async fn multipart_as(
        &self,
        reader: &Reader,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) -> Answer {
        let parts: Vec<(&str, &str, &[u8])> =
            files.iter().map(|(name, bytes)| ("file", *name, *bytes)).collect();
        self.parts_as(reader, path, fields, &parts).await
    }

    /// The same with files in fields of other names: field, name, bytes.
    pub async fn parts_as(
        &self,
        reader: &Reader,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        self.answer(multipart(reader, path, fields, files)).await
    }

    async fn answer(&self, request: Request<Body>) -> Answer {
        let answer = self.raw(request).await;
        let text = |name: header::HeaderName| {
            answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        let (status, location, kind) = (answer.status(), text(header::LOCATION), text(header::CONTENT_TYPE));
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.expect("a body").to_vec();
        Answer { status, location, kind, bytes }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // A folder that stays behind in the temporary place harms nobody.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn multipart(
    reader: &Reader,
    path: &str,
    fields: &[(&str, &str)],
    files: &[(&str, &str, &[u8])],
) -> Request<Body> {
    let mut body = Vec::new();
    for (name, value) in [("csrf", reader.csrf.as_str())].into_iter().chain(fields.iter().copied()) {
        let head = format!("--mark\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend_from_slice(format!("{head}{value}\r\n").as_bytes());
    }
    for (field, name, bytes) in files {
        let head = format!("form-data; name=\"{field}\"; filename=\"{name}\"");
        body.extend_from_slice(format!("--mark\r\nContent-Disposition: {head}\r\n\r\n").as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--mark--\r\n");
    let request = Request::post(path)
        .header(header::COOKIE, format!("sid={}", reader.token))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=mark");
    request.body(Body::from(body)).expect("a request")
}
