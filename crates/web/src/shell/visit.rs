//! One request's reader: found once, before any handler runs.

use std::convert::Infallible;
use std::sync::Arc;

use app::access::sessions::{self, SignedIn};
use app::{City, Error};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header, request::Parts};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use domain::kernel::{Actor, Role, Scope, clock};

use super::choice::FieldFault;
use super::early::{Early, Told};
use super::fault::{PageError, faults_of};
use super::own::Own;
use super::page::{PostChoice, Shell};
use super::shared::{self, Shared};
use super::words;
use crate::i18n::Lang;

/// Name of the session's cookie on plain HTTP, which only a loopback address serves.
pub const COOKIE_PLAIN: &str = "sid";
/// Name of the session's cookie behind HTTPS.
pub const COOKIE_SECURE: &str = "__Host-sid";

/// What a page may load and do; a page with elements that htmx may enhance adds its nonce.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
    require-trusted-types-for 'script'; trusted-types htmx; script-src 'self'";

/// Which language the address asked for; put in by the outermost layer.
#[derive(Clone, Copy)]
pub struct Asked(pub Lang);

/// Who visits, and how to speak to them.
#[derive(Clone)]
pub struct Visit {
    /// The city.
    pub city: City,
    /// Who acts.
    pub actor: Actor,
    /// The frame of the page.
    pub shell: Shell,
    /// The session's token, for signing out and fresh passwords.
    pub token: Option<String>,
    /// The browser's address, for throttling only.
    pub address: String,
    /// Whether the browser came over HTTPS.
    pub is_secure: bool,
    /// An administrator set the password, so it is changed before anything else (E11).
    pub must_change_password: bool,
}

impl Visit {
    /// An error as a page.
    pub fn error(&self, error: Error) -> PageError {
        PageError::of(&self.shell, error)
    }

    /// A fault with a sentence of the message files.
    pub fn fault(&self, key: &str, status: u16) -> PageError {
        PageError::new(&self.shell, status, self.shell.t(key))
    }

    /// The faults to show beside a form's fields.
    ///
    /// # Errors
    /// What typing something else cannot mend, as a page; all that there is to say, when a script asks.
    pub fn faults(&self, error: Error) -> Result<Vec<FieldFault>, PageError> {
        match &self.shell.early {
            Early::Not => faults_of(&self.shell, error),
            Early::Check(_) if error == Error::Rehearsed => Err(self.told(&[])),
            Early::Check(_) => Err(self.told(&faults_of(&self.shell, error)?)),
            Early::Draft if error == Error::Stale => {
                let text = self.shell.t("shell-draft-stale");
                Err(PageError::told(Told::unsaved(StatusCode::CONFLICT, text, &[])))
            }
            Early::Draft => {
                let faults = faults_of(&self.shell, error)?;
                // What no field can mend, such as a closed tender, is said itself.
                let whole = faults.iter().find(|fault| fault.field.is_empty());
                let text =
                    whole.map_or_else(|| self.shell.t("shell-draft-faulty"), |fault| fault.text.clone());
                Err(PageError::told(Told::unsaved(StatusCode::UNPROCESSABLE_ENTITY, text, &faults)))
            }
        }
    }

    /// The faults of a form with the status of its answer. A stale edit is answered by the form itself, with
    /// everything typed, so that nothing is lost.
    ///
    /// # Errors
    /// As `faults`.
    pub fn mendable(&self, error: Error) -> Result<(StatusCode, Vec<FieldFault>), PageError> {
        if error == Error::Stale && self.shell.early == Early::Not {
            return Ok((StatusCode::CONFLICT, vec![FieldFault::new("", self.shell.t("tender-stale"))]));
        }
        Ok((StatusCode::UNPROCESSABLE_ENTITY, self.faults(error)?))
    }

    /// What a check has to say of the fields that it asked for.
    pub fn told(&self, faults: &[FieldFault]) -> PageError {
        let asked = match &self.shell.early {
            Early::Check(fields) => fields.as_slice(),
            Early::Not | Early::Draft => &[],
        };
        PageError::told(Told::checked(asked, faults))
    }

    /// Sends the reader on after a draft was saved, as `done`; a script that saved it by itself hears when,
    /// and the version to send next time.
    pub fn saved(&self, path: &str, done: &str, version: Option<i64>) -> Response {
        if self.shell.early == Early::Draft {
            let text = self.shell.tx("shell-draft-saved-at", clock(self.city.clock.now()));
            return Told::saved(text, version).into_response();
        }
        self.done(path, done)
    }

    /// Sends the reader on after something was done; `done` names the sentence `flash-<done>`.
    pub fn done(&self, path: &str, done: &str) -> Response {
        let joint = if path.contains('?') { '&' } else { '?' };
        let there = self.shell.url(format!("{path}{joint}done={done}"));
        (StatusCode::SEE_OTHER, [(header::LOCATION, there)]).into_response()
    }
}

/// Shows a page.
///
/// # Errors
/// The template failed, which is a fault of ours.
pub fn show(page: &impl askama::Template) -> Result<Response, PageError> {
    page.render()
        .map(|html| Html(html).into_response())
        .map_err(|error| PageError::broken(&error.to_string()))
}

/// Shows a form again with its faults: status 422, everything typed still there.
///
/// # Errors
/// As `show`.
pub fn show_faults(page: &impl askama::Template) -> Result<Response, PageError> {
    show_as(StatusCode::UNPROCESSABLE_ENTITY, page)
}

/// Shows a page with another status than 200.
///
/// # Errors
/// As `show`.
pub fn show_as(status: StatusCode, page: &impl askama::Template) -> Result<Response, PageError> {
    let mut answer = show(page)?;
    *answer.status_mut() = status;
    Ok(answer)
}

impl FromRequestParts<City> for Visit {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &City) -> Result<Self, PageError> {
        parts.extensions.get::<Visit>().cloned().ok_or_else(|| PageError::broken("no visit"))
    }
}

/// Finds the reader and keeps them with the request.
pub async fn find(
    State(city): State<City>,
    mut request: Request,
    next: Next,
) -> Result<Response, Infallible> {
    let asked = request.extensions().get::<Asked>().copied().unwrap_or(Asked(Lang::Zh));
    let from = request.extensions().get::<axum::extract::ConnectInfo<std::net::SocketAddr>>();
    let address = from.map_or_else(|| "unknown".to_owned(), |info| info.0.ip().to_string());
    let (headers, uri) = (request.headers().clone(), request.uri().clone());
    let visit = match visit_of(&city, asked.0, address, &headers, &uri).await {
        Ok(visit) => visit,
        Err(error) => {
            tracing::error!(%error, "session");
            return Ok(StatusCode::SERVICE_UNAVAILABLE.into_response());
        }
    };
    let (own, is_visitor) = (visit.shell.own.clone(), visit.token.is_none());
    request.extensions_mut().insert(visit);
    let mut answer = next.run(request).await;
    answer.headers_mut().entry(header::CONTENT_SECURITY_POLICY).or_insert(policy_of(&own));
    if is_visitor && own.may_be_shared() && shared::may_be_kept(&answer) {
        answer.extensions_mut().insert(Shared);
    }
    Ok(answer)
}

/// The policy of a page: with its nonce when it used one, and with frames of our own when it holds some.
fn policy_of(own: &Own) -> HeaderValue {
    let frames = if own.has_frames() { "frame-src 'self'; " } else { "" };
    let nonce = own.used_nonce().map(|nonce| format!(" 'nonce-{nonce}'")).unwrap_or_default();
    HeaderValue::from_str(&format!("{frames}{POLICY}{nonce}")).unwrap_or(HeaderValue::from_static(POLICY))
}

async fn visit_of(
    city: &City,
    lang: Lang,
    address: String,
    headers: &HeaderMap,
    uri: &Uri,
) -> Result<Visit, Error> {
    let token = session_token(headers);
    let session = match &token {
        Some(token) => sessions::find(city, token).await?,
        None => None,
    };
    let query = uri.query().unwrap_or_default().to_owned();
    let done = query.split('&').find_map(|pair| pair.strip_prefix("done=")).map(str::to_owned);
    let mut shell = Shell {
        lang,
        path: uri.path().to_owned(),
        query: query.split('&').filter(|pair| !pair.starts_with("done=")).collect::<Vec<_>>().join("&"),
        origin: origin_of(headers),
        csrf: String::new(),
        own: Own::draw(&city.chance)?,
        person: None,
        role: Role::Public,
        place: String::new(),
        posts: Vec::new(),
        is_demo: city.is_demo,
        now: city.clock.now(),
        size: size(headers),
        has_contrast: has_contrast(headers),
        done,
        early: Early::Not,
        grounds: Arc::clone(&city.grounds),
    };
    let must_change_password = session.as_ref().is_some_and(|session| session.must_change);
    let actor = match session {
        Some(session) => introduce(&mut shell, session),
        None => Actor::VISITOR,
    };
    let is_secure = headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https");
    Ok(Visit { city: city.clone(), actor, shell, token, address, is_secure, must_change_password })
}

fn introduce(shell: &mut Shell, session: SignedIn) -> Actor {
    let lang = shell.lang;
    shell.csrf = session.csrf;
    shell.person = Some(session.name);
    shell.role = session.actor.post.role;
    for held in session.posts {
        let current = held.id == session.post_id;
        let role = words::coded(lang, held.post.role);
        let is_city = held.post.scope == Scope::City;
        let organisation = match held.post.scope {
            Scope::Organisation(id) => Some(id),
            _ => None,
        };
        let label = if is_city { role } else { format!("{role} · {}", held.place) };
        if current {
            shell.place = held.place;
        }
        shell.posts.push(PostChoice { id: held.id, label, current, organisation });
    }
    session.actor
}

/// The token of the session's cookie.
pub(super) fn session_token(headers: &HeaderMap) -> Option<String> {
    cookie(headers, COOKIE_SECURE).or_else(|| cookie(headers, COOKIE_PLAIN))
}

/// The text size that the reader chose, in percent.
pub(super) fn size(headers: &HeaderMap) -> &'static str {
    match cookie(headers, "size").as_deref() {
        Some("125") => "125",
        Some("150") => "150",
        Some("200") => "200",
        _ => "100",
    }
}

/// Whether the reader chose high contrast.
pub(super) fn has_contrast(headers: &HeaderMap) -> bool {
    cookie(headers, "contrast").as_deref() == Some("high")
}

/// Scheme and host under which the browser found us, when the host is a plain one; else nothing.
pub(super) fn origin_of(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text("x-forwarded-host").or_else(|| text(header::HOST.as_str())).unwrap_or_default();
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']');
    if host.is_empty() || !host.bytes().all(is_plain) {
        return String::new();
    }
    let scheme = if text("x-forwarded-proto") == Some("https") { "https" } else { "http" };
    format!("{scheme}://{host}")
}

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(held, _)| *held == name).map(|(_, value)| value.to_owned())
}
