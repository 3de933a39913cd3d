//! Joining a consortium: an organisation says in its own name whose bid it is a member of (C30).

use app::tendering::consortium::{self, JoinConsortium, LeaveConsortium, OwnJoining};
use app::tendering::queries::{self, Tender};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::{bids_open, mendable, organisation, show_as};
use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, fault_at};

#[derive(Template)]
#[template(path = "tendering/consortium.html")]
struct ConsortiumPage<'a> {
    shell: &'a Shell,
    tender: &'a Tender,
    base: String,
    own: Option<OwnJoining>,
    is_open: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

async fn page(
    visit: &Visit,
    tender: &Tender,
    form: &Form,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let own = consortium::own_joining(&visit.city, tender.id, organisation(visit)?).await;
    let page = ConsortiumPage {
        shell,
        base: format!("/tenders/{}", tender.number),
        own: own.map_err(|error| visit.error(error))?,
        is_open: bids_open(tender, shell) && tender.consortium_rule().admits(),
        form,
        faults: &faults,
        tender,
    };
    show_as(status, &page)
}

/// GET /tenders/{no}/consortium
pub async fn edit(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let tender = queries::by_number(&visit.city, &number).await.map_err(|error| visit.error(error))?;
    page(&visit, &tender, &Form::default(), (StatusCode::OK, Vec::new())).await
}

/// POST /tenders/{no}/consortium: joins, or takes the word back.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let tender = queries::by_number(&visit.city, &number).await.map_err(|error| visit.error(error))?;
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    let (answer, done) = if form.text("action") == "leave" {
        (city.act(actor, &key, &LeaveConsortium { tender: tender.id }).await, "consortium-left")
    } else {
        let join = JoinConsortium {
            tender: tender.id,
            lead: form.trimmed("lead").to_owned(),
            accepts_liability: form.is_ticked("joint_liability"),
        };
        (city.act(actor, &key, &join).await, "consortium-joined")
    };
    match answer {
        Ok(()) => Ok(visit.done(&format!("/tenders/{number}/consortium"), done)),
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, &tender, &form, faults).await
        }
    }
}
