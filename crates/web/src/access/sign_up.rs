//! Making an applicant's account, for whoever founds what does not exist yet (B9).

use app::access::sign_up;
use askama::Template;
use axum::response::Response;
use domain::kernel::Refusal;
use domain::registry::registration::NewApplicant;

use super::with_session;
use crate::shell::{FieldFault, Form, PageError, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "access/sign_up.html")]
struct SignUpPage<'a> {
    shell: &'a Shell,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /sign-up
pub async fn new(visit: Visit) -> Result<Response, PageError> {
    show(&SignUpPage { shell: &visit.shell, form: &Form::default(), faults: &[] })
}

/// POST /sign-up: the new account is signed in and told its name on the page where applications begin.
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    if visit.actor.person.is_some() {
        return Err(visit.error(Refusal::new("access.signed-in-already", "E11").into()));
    }
    let text = |name: &str| form.text(name).to_owned();
    let typed = NewApplicant { name: text("name"), contact: text("contact"), login: text("login") };
    let passwords = [form.text("password"), form.text("again")];
    match sign_up::sign_up(&visit.city, &typed, passwords, &visit.address).await {
        Ok((_, opened)) => Ok(with_session(&visit, &opened.token, "/apply?done=signed-up")),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&SignUpPage { shell: &visit.shell, form: &form, faults: &faults })
        }
    }
}
