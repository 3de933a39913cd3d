//! A bidder explains its own low price, in writing and with its costs (C47).

use app::tendering::low_price::{self, ExplainPrice, OwnLowPrice};
use askama::Template;
use axum::response::Response;

use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "tendering/review/own_price.html")]
struct PricePage<'a> {
    shell: &'a Shell,
    own: &'a OwnLowPrice,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /me/bids/{no}/price
pub async fn edit(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let own = load(&visit, &number).await?;
    let form = Form::of([("explanation", own.explanation.as_str())]);
    show(&PricePage { shell: &visit.shell, own: &own, form: &form, faults: &[] })
}

async fn load(visit: &Visit, number: &str) -> Result<OwnLowPrice, PageError> {
    low_price::own(&visit.city, &visit.actor, number).await.map_err(|error| visit.error(error))
}

/// POST /me/bids/{no}/price
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let own = load(&visit, &number).await?;
    let explain = ExplainPrice { tender: own.case.id, explanation: form.text("explanation").to_owned() };
    match visit.city.act(&visit.actor, &form.key(), &explain).await {
        Ok(()) => Ok(visit.done(&format!("/me/bids/{number}/price"), "review-explained")),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&PricePage { shell: &visit.shell, own: &own, form: &form, faults: &faults })
        }
    }
}
