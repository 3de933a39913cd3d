//! A bidder's own result: rank, scores, what to do next (C25), and refusing an award (C58).

use app::contracts::RefuseAward;
use app::tendering::result::{self, OwnResult};
use askama::Template;
use axum::response::Response;
use domain::tendering::award::PassedOverGround;
use domain::tendering::stage::Stage;

use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "tendering/review/own_result.html")]
struct OwnPage<'a> {
    shell: &'a Shell,
    own: &'a OwnResult,
    may_refuse: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

fn page<'a>(visit: &'a Visit, own: &'a OwnResult, form: &'a Form, faults: &'a [FieldFault]) -> OwnPage<'a> {
    let is_open = matches!(own.outcome.case.stage, Stage::Publicised | Stage::Awarded);
    OwnPage { shell: &visit.shell, own, may_refuse: own.is_winner && is_open, form, faults }
}

/// GET /me/bids/{no}/result
pub async fn show_own(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let own = load(&visit, &number).await?;
    show(&page(&visit, &own, &Form::default(), &[]))
}

/// POST /me/bids/{no}/result: the winner refuses.
pub async fn refuse(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let own = load(&visit, &number).await?;
    let refuse = RefuseAward {
        tender: own.outcome.case.id,
        ground: PassedOverGround::Refused,
        reason: form.trimmed("reason").to_owned(),
    };
    match visit.city.act(&visit.actor, &form.key(), &refuse).await {
        Ok(()) => Ok(visit.done(&format!("/me/bids/{number}/result"), "review-refused")),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&page(&visit, &own, &form, &faults))
        }
    }
}

async fn load(visit: &Visit, number: &str) -> Result<OwnResult, PageError> {
    let own = result::own(&visit.city, &visit.actor, number).await;
    own.map_err(|error| visit.error(error))
}
