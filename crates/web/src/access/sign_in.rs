//! Signing in and out, and choosing among one's posts.

use app::access::sessions;
use askama::Template;
use axum::response::Response;

use super::with_session;
use crate::shell::display::safe_path;
use crate::shell::{FieldFault, Form, PageError, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "access/sign_in.html")]
struct SignInPage<'a> {
    shell: &'a Shell,
    form: &'a Form,
    back: &'a str,
    faults: &'a [FieldFault],
}

/// GET /sign-in
pub async fn new(visit: Visit) -> Result<Response, PageError> {
    let back = crate::shell::form::pairs(visit.shell.query.as_bytes());
    let form = Form::of(back);
    show(&SignInPage { shell: &visit.shell, form: &form, back: safe_path(form.text("back")), faults: &[] })
}

/// POST /sign-in
pub async fn create(visit: Visit, form: Form) -> Result<Response, PageError> {
    let (login, password) = (form.trimmed("login"), form.text("password"));
    match sessions::sign_in(&visit.city, login, password, &visit.address).await {
        Ok(opened) => {
            let back = safe_path(form.text("back"));
            Ok(with_session(&visit, &opened.token, if back == "/" { "/desk" } else { back }))
        }
        Err(error) => {
            let faults = visit.faults(error)?;
            let back = safe_path(form.text("back"));
            show_faults(&SignInPage { shell: &visit.shell, form: &form, back, faults: &faults })
        }
    }
}

/// POST /sign-out
pub async fn destroy(visit: Visit, _form: Form) -> Result<Response, PageError> {
    if let Some(token) = &visit.token {
        sessions::sign_out(&visit.city, token).await.map_err(|error| visit.error(error))?;
    }
    Ok(with_session(&visit, "", "/"))
}

/// POST /post
pub async fn choose_post(visit: Visit, form: Form) -> Result<Response, PageError> {
    let (Some(token), Some(post)) = (&visit.token, form.number("post")) else {
        return Err(visit.error(app::Error::NotFound));
    };
    sessions::choose_post(&visit.city, token, post).await.map_err(|error| visit.error(error))?;
    Ok(visit.done("/desk", "post-chosen"))
}
