//! API tokens of an organisation's user: made, shown once, revoked.

use app::access::people::AddApiToken;
use app::access::sessions;
use app::access::tokens::{self, RevokeApiToken, TokenLine};
use askama::Template;
use axum::response::Response;
use evidence::Digest;

use crate::shell::{FieldFault, Form, PageError, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "site/tokens.html")]
struct TokensPage<'a> {
    shell: &'a Shell,
    lines: &'a [TokenLine],
    fresh: &'a str,
    purpose: &'a str,
    faults: &'a [FieldFault],
}

/// GET /me/tokens
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    page(&visit, "", "", &[]).await
}

/// POST /me/tokens
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let token = visit.city.chance.token().map_err(|error| visit.error(error))?;
    let post_id = post(&visit)?;
    let label = form.trimmed("label");
    let add = AddApiToken { digest: Digest::of(token.as_bytes()).hex(), post_id, label: label.to_owned() };
    if let Err(error) = visit.city.act(&visit.actor, &form.key(), &add).await {
        let faults = visit.faults(error)?;
        return page(&visit, "", label, &faults).await;
    }
    // A form sent twice made one token, and the first answer has shown it: the second has none to show.
    let is_made =
        sessions::find_api(&visit.city, &token).await.map_err(|error| visit.error(error))?.is_some();
    page(&visit, if is_made { &token } else { "" }, "", &[]).await
}

/// POST /me/tokens/revocation
pub async fn destroy(visit: Visit, form: Form) -> Result<Response, PageError> {
    let revoke = RevokeApiToken { id: form.number("token").unwrap_or_default() };
    let answer = visit.city.act(&visit.actor, &form.key(), &revoke).await;
    answer.map_err(|error| visit.error(error))?;
    Ok(visit.done("/me/tokens", "token-revoked"))
}

async fn page(
    visit: &Visit,
    fresh: &str,
    purpose: &str,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let person = visit.actor.person.ok_or_else(|| visit.error(app::Error::NotFound))?;
    let lines = tokens::tokens_of(&visit.city, person, post(visit)?).await;
    let lines = lines.map_err(|error| visit.error(error))?;
    let page = TokensPage { shell: &visit.shell, lines: &lines, fresh, purpose, faults };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}

/// The post in use: tokens act in it and in no other.
fn post(visit: &Visit) -> Result<i64, PageError> {
    let held = visit.shell.posts().iter().find(|post| post.current);
    held.map(|post| post.id).ok_or_else(|| visit.error(app::Error::NotFound))
}
