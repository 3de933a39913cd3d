//! My organisation: what the register says of it, and every condition of bidding as it stands today.

use app::registry::profile;
use askama::Template;
use axum::response::Response;

use super::inspection::{Notice, notice};
use super::profile::{Told, Verdict, told, verdict};
use crate::shell::{PageError, Shell, Visit, show};

#[derive(Template)]
#[template(path = "registry/me.html")]
struct MePage<'a> {
    shell: &'a Shell,
    told: Told,
    verdict: Verdict,
    contact: String,
    public_href: String,
    inspection: Option<Notice>,
}

/// GET /me
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let id = visit.actor.organisation().ok_or_else(|| visit.error(app::Error::NotFound))?;
    let held = profile::organisation_by_id(&visit.city, id).await.map_err(|error| visit.error(error))?;
    let held = profile::profile(&visit.city, &held.uscc).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
    let contact = held.organisation.contact.clone();
    show(&MePage {
        verdict: verdict(&visit, &held.organisation).await?,
        contact: if contact.is_empty() { shell.t("shell-not-given") } else { contact },
        inspection: notice(&visit, id).await?,
        public_href: shell.url(format!("/orgs/{}", held.organisation.uscc)),
        told: told(shell, &held),
        shell,
    })
}
