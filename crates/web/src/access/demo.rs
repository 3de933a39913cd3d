//! The demo's doors: one-click sign-in and the clock that can be moved forward.

use app::access::{people, sessions};
use askama::Template;
use axum::response::Response;
use domain::kernel::Role;

use super::with_session;
use crate::shell::{Form, PageError, Shell, Visit, show, words};

/// An account of the list.
struct Account {
    login: String,
    name: String,
    role: String,
}

#[derive(Template)]
#[template(path = "access/demo.html")]
struct DemoPage<'a> {
    shell: &'a Shell,
    officials: Vec<Account>,
    experts: Vec<Account>,
    applicants: Vec<Account>,
    organisations: Vec<Account>,
}

/// GET /demo
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let accounts = people::demo_accounts(&visit.city).await.map_err(|error| visit.error(error))?;
    let (mut officials, mut experts, mut organisations) = (Vec::new(), Vec::new(), Vec::new());
    let mut applicants = Vec::new();
    for held in accounts {
        let role = words::coded(visit.shell.lang, held.role);
        let role = if held.place.is_empty() { role } else { format!("{role} · {}", held.place) };
        let list = match held.role {
            Role::OrganisationUser => &mut organisations,
            Role::Expert => &mut experts,
            Role::Applicant => &mut applicants,
            _ => &mut officials,
        };
        list.push(Account { login: held.login, name: held.name, role });
    }
    show(&DemoPage { shell: &visit.shell, officials, experts, applicants, organisations })
}

/// POST /demo/sign-in
pub async fn sign_in(visit: Visit, form: Form) -> Result<Response, PageError> {
    let opened = sessions::sign_in_demo(&visit.city, form.text("login")).await;
    let opened = opened.map_err(|error| visit.error(error))?;
    Ok(with_session(&visit, &opened.token, "/desk"))
}

/// POST /demo/clock: moves forward by minutes, hours or days, or to a given moment.
pub async fn move_clock(visit: Visit, form: Form) -> Result<Response, PageError> {
    let now = visit.city.clock.now();
    let to = match form.text("step") {
        "hour" => now.plus_seconds(3600),
        "day" => now.plus_seconds(86_400),
        "week" => now.plus_seconds(7 * 86_400),
        _ => {
            domain::kernel::parse_moment(form.trimmed("to")).map_err(|refusal| visit.error(refusal.into()))?
        }
    };
    if !visit.city.clock.move_to(to) {
        return Err(visit.fault("fault-clock-back", 422));
    }
    app::supervision::watch::look(&visit.city).await.map_err(|error| visit.error(error))?;
    Ok(visit.done("/demo", "clock-moved"))
}
