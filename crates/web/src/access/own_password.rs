//! One's own password: changed with the old one, and before anything else when an administrator set it.

use app::access::own_password;
use askama::Template;
use axum::response::Response;

use crate::shell::{FieldFault, Form, PageError, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "access/own_password.html")]
struct OwnPasswordPage<'a> {
    shell: &'a Shell,
    must_change: bool,
    faults: &'a [FieldFault],
}

fn page<'a>(visit: &'a Visit, faults: &'a [FieldFault]) -> OwnPasswordPage<'a> {
    OwnPasswordPage { shell: &visit.shell, must_change: visit.must_change_password, faults }
}

/// GET /password/change
pub async fn edit(visit: Visit) -> Result<Response, PageError> {
    show(&page(&visit, &[]))
}

/// POST /password/change. Passwords alone do not come back with the faults.
pub async fn update(visit: Visit, form: Form) -> Result<Response, PageError> {
    let token = visit.token.clone().unwrap_or_default();
    let typed = [form.text("password"), form.text("new_password"), form.text("again")];
    match own_password::change(&visit.city, &visit.actor, &token, typed).await {
        Ok(()) => Ok(visit.done("/desk", "password-changed")),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&page(&visit, &faults))
        }
    }
}
