//! How the purchase works: figures of the year, the steps, the measures in force, the batches.

use app::catalogue::batches::{self, Batch};
use app::catalogue::measures::{self, Measures};
use app::catalogue::read::{self, Header};
use askama::Template;
use axum::response::Response;

use crate::shell::{PageError, Shell, Visit, show};

#[derive(Template)]
#[template(path = "catalogue/overview.html")]
struct OverviewPage<'a> {
    shell: &'a Shell,
    header: Option<&'a Header>,
    measures: Option<&'a Measures>,
    batches: &'a [Batch],
    steps: [(String, String); 7],
}

/// The steps of a purchase, in their order.
const STEPS: [&str; 7] = ["measures", "list", "notice", "bids", "opening", "result", "contract"];

/// GET /purchase
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let headers = read::headers(&visit.city).await.map_err(fail)?;
    let held = measures::in_force(&visit.city, visit.shell.now()).await.map_err(fail)?;
    let batches = batches::of_year(&visit.city, None).await.map_err(fail)?;
    let word = |step: &str, tail: &str| visit.shell.t(&format!("purchase-step-{step}{tail}"));
    show(&OverviewPage {
        shell: &visit.shell,
        header: headers.first(),
        measures: held.as_ref(),
        batches: &batches,
        steps: STEPS.map(|step| (word(step, ""), word(step, "-text"))),
    })
}
