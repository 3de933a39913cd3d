//! The provider's registers: who serves, by a number; who is served, by a code and a group (E3b).

use app::Error;
use app::performance::register::{self, AddRecipients, AddWorker, EndWorker, RecipientRow, WorkerRow};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::own::signed;
use super::{mendable, own_contract, plain};
use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show_as};

#[derive(Template)]
#[template(path = "performance/register.html")]
struct RegisterPage<'a> {
    shell: &'a Shell,
    number: &'a str,
    title: String,
    base: String,
    workers: Vec<WorkerRow>,
    recipients: Vec<RecipientRow>,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /me/contracts/{no}/register
pub async fn index(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, &Form::default(), plain()).await
}

async fn page(
    visit: &Visit,
    number: &str,
    form: &Form,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let contract = signed(visit, own_contract(visit, number).await?)?;
    let fail = |error| visit.error(error);
    let page = RegisterPage {
        shell: &visit.shell,
        number,
        base: visit.shell.url(format!("/me/contracts/{number}")),
        workers: register::workers(&visit.city, contract.id).await.map_err(fail)?,
        recipients: register::recipients(&visit.city, contract.id).await.map_err(fail)?,
        title: contract.title,
        form,
        faults: &faults,
    };
    show_as(status, &page)
}

/// POST /me/contracts/{no}/register: the step by its name.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let contract = signed(&visit, own_contract(&visit, &number).await?)?.id;
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    let text = |field: &str| form.text(field).to_owned();
    let step = form.trimmed("step").to_owned();
    let answer = match step.as_str() {
        "recipients" => {
            city.act(actor, &key, &AddRecipients { contract, text: text("recipients") }).await.map(|_| ())
        }
        "worker" => {
            let is_of_subcontractor = form.is_ticked("is_of_subcontractor");
            let worker = AddWorker { contract, code: text("code"), name: text("name"), is_of_subcontractor };
            city.act(actor, &key, &worker).await.map(|_| ())
        }
        "left" => {
            let worker = form.number("worker").unwrap_or_default();
            city.act(actor, &key, &EndWorker { contract, worker }).await
        }
        _ => Err(Error::NotFound),
    };
    match answer {
        Ok(()) => Ok(visit.done(&format!("/me/contracts/{number}/register"), &format!("performance-{step}"))),
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, &number, &form, faults).await
        }
    }
}
