//! The password once more, before opening, deciding or signing.

use app::access::sessions;
use askama::Template;
use axum::response::Response;

use crate::shell::display::safe_path;
use crate::shell::{FieldFault, Form, PageError, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "access/password.html")]
struct PasswordPage<'a> {
    shell: &'a Shell,
    back: &'a str,
    faults: &'a [FieldFault],
}

/// GET /password
pub async fn new(visit: Visit) -> Result<Response, PageError> {
    let query = Form::of(crate::shell::form::pairs(visit.shell.query.as_bytes()));
    show(&PasswordPage { shell: &visit.shell, back: safe_path(query.text("back")), faults: &[] })
}

/// POST /password
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let token = visit.token.clone().unwrap_or_default();
    let back = safe_path(form.text("back"));
    match sessions::refresh(&visit.city, &token, form.text("password")).await {
        Ok(()) => Ok(visit.done(back, "password-fresh")),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&PasswordPage { shell: &visit.shell, back, faults: &faults })
        }
    }
}
