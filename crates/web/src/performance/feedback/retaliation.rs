//! Complaints of retaliation on discipline's desk, and on nobody else's (E6).

use app::performance::feedback::{self, FindOnRetaliation, RetaliationLine};
use askama::Template;
use axum::response::Response;

use crate::shell::{FieldFault, Form, PageError, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "performance/feedback/retaliation.html")]
struct RetaliationPage<'a> {
    shell: &'a Shell,
    lines: Vec<RetaliationLine>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

async fn page<'a>(
    visit: &'a Visit,
    form: &'a Form,
    faults: &'a [FieldFault],
) -> Result<RetaliationPage<'a>, PageError> {
    let lines = feedback::complaints(&visit.city, &visit.actor).await.map_err(|error| visit.error(error))?;
    Ok(RetaliationPage { shell: &visit.shell, lines, form, faults })
}

/// GET /desk/retaliation
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    show(&page(&visit, &Form::default(), &[]).await?)
}

/// POST /desk/retaliation: what was found.
pub async fn update(visit: Visit, form: Form) -> Result<Response, PageError> {
    let find = FindOnRetaliation {
        complaint: form.number("complaint").unwrap_or(0),
        version: form.number("version").unwrap_or(0),
        finding: form.text("finding").to_owned(),
    };
    match visit.city.act(&visit.actor, &form.key(), &find).await {
        Ok(()) => Ok(visit.done("/desk/retaliation", "retaliation-found")),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&page(&visit, &form, &faults).await?)
        }
    }
}
