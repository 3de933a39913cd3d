//! The office's own account, with how each point was earned and the shares of other offices (E4, S47).

use app::performance::account;
use app::performance::account::joint::{self, ConfirmJointWork, JointWork, NameJointOffice};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{ItemId, OfficeId, Role};

use super::chosen_year;
use super::told::{Told, told};
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show_as};

/// A share of another office.
struct Share {
    id: i64,
    item: String,
    owner: String,
    office: String,
    share: String,
    state: String,
    tone: &'static str,
    may_confirm: bool,
}

#[derive(Template)]
#[template(path = "performance/account/own.html")]
struct OwnPage<'a> {
    shell: &'a Shell,
    account: Told,
    years: Vec<Choice>,
    vetoes_open: bool,
    shares: Vec<Share>,
    may_name: bool,
    items: Vec<Choice>,
    offices: Vec<Choice>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/account
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    page(&visit, StatusCode::OK, &Form::default(), &[]).await
}

async fn page(
    visit: &Visit,
    status: StatusCode,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let office = visit.actor.office().ok_or_else(|| visit.error(app::Error::NotFound))?;
    let all = app::access::offices::all(&visit.city).await.map_err(fail)?;
    let own = all.iter().find(|one| one.id == office).ok_or_else(|| visit.error(app::Error::NotFound))?;
    let (year, years) = chosen_year(visit).await?;
    let found = account::of_office(&visit.city, &own.code, year).await.map_err(fail)?;
    let shares = joint::of_office(&visit.city, office, year).await.map_err(fail)?;
    let items = joint::items(&visit.city, office, year).await.map_err(fail)?;
    let shell = &visit.shell;
    let is_director = visit.actor.post.role == Role::OfficeDirector;
    let others = all.iter().filter(|one| one.id != office);
    let page = OwnPage {
        account: told(shell, &found, visit.actor.person, false),
        years,
        vetoes_open: false,
        shares: shares.iter().map(|one| share(shell, one, office, is_director)).collect(),
        may_name: is_director && !items.is_empty(),
        items: items
            .into_iter()
            .map(|(id, code, name)| {
                Choice::new(id.0.to_string(), format!("{code} {name}"), form.text("item"))
            })
            .collect(),
        offices: others
            .map(|one| Choice::new(one.id.0.to_string(), one.name.clone(), form.text("office")))
            .collect(),
        form,
        faults,
        shell,
    };
    show_as(status, &page)
}

fn share(shell: &Shell, one: &JointWork, office: OfficeId, is_director: bool) -> Share {
    let is_confirmed = one.confirmed_at.is_some();
    let key = if is_confirmed { "account-joint-confirmed" } else { "account-joint-waits" };
    Share {
        id: one.id,
        item: format!("{} {}", one.code, one.item),
        owner: one.owner.clone(),
        office: one.office.clone(),
        share: one.share.clone(),
        state: shell.t(key),
        tone: if is_confirmed { "ok" } else { "wait" },
        may_confirm: !is_confirmed && is_director && one.office_id == office,
    }
}

/// POST /desk/account/joint
pub async fn name(visit: Visit, form: Form) -> Result<Response, PageError> {
    let act = NameJointOffice {
        item: ItemId(form.number("item").unwrap_or_default()),
        office: OfficeId(form.number("office").unwrap_or_default()),
        share: form.text("share").to_owned(),
    };
    match visit.city.act(&visit.actor, &form.key(), &act).await {
        Ok(()) => Ok(visit.done("/desk/account", "account-joint-named")),
        Err(error) => {
            let (status, faults) = visit.mendable(error)?;
            page(&visit, status, &form, &faults).await
        }
    }
}

/// POST /desk/account/joint/{id}
pub async fn confirm(visit: Visit, Path(id): Path<i64>, form: Form) -> Result<Response, PageError> {
    match visit.city.act(&visit.actor, &form.key(), &ConfirmJointWork { id }).await {
        Ok(()) => Ok(visit.done("/desk/account", "account-joint-confirmed")),
        Err(error) => {
            let (status, faults) = visit.mendable(error)?;
            page(&visit, status, &form, &faults).await
        }
    }
}
