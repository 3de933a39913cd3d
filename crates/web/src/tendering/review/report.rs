//! The review report on A4: table, ranking, every score, corrections, signatures; and its signing.

use app::tendering::committee::{self, Invitation};
use app::tendering::ranking::SignReport;
use app::tendering::result::{self, Outcome};
use askama::Template;
use axum::response::Response;

use super::public::{UnrankedLine, unranked};
use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "tendering/review/report.html")]
struct ReportPage<'a> {
    shell: &'a Shell,
    outcome: &'a Outcome,
    unranked: Vec<UnrankedLine>,
}

/// GET /tenders/{no}/report, public with the result.
pub async fn show_public(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let outcome = result::public(&visit.city, &number).await.map_err(|error| visit.error(error))?;
    let unranked = unranked(&visit.shell, &outcome);
    show(&ReportPage { shell: &visit.shell, outcome: &outcome, unranked })
}

#[derive(Template)]
#[template(path = "tendering/review/sign.html")]
struct SignPage<'a> {
    shell: &'a Shell,
    outcome: &'a Outcome,
    unranked: Vec<UnrankedLine>,
    seat: &'a Invitation,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /expert/{no}/report
pub async fn new(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let (outcome, seat) = load(&visit, &number).await?;
    let unranked = unranked(&visit.shell, &outcome);
    let form = Form::default();
    show(&SignPage {
        shell: &visit.shell,
        outcome: &outcome,
        unranked,
        seat: &seat,
        form: &form,
        faults: &[],
    })
}

/// POST /expert/{no}/report
pub async fn create(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let (outcome, seat) = load(&visit, &number).await?;
    let sign = SignReport { seat: seat.seat, dissent: form.trimmed("dissent").to_owned() };
    match visit.city.act(&visit.actor, &form.key(), &sign).await {
        Ok(()) => Ok(visit.done(&format!("/expert/{number}/report"), "review-signed")),
        Err(error) => {
            let faults = visit.faults(error)?;
            let unranked = unranked(&visit.shell, &outcome);
            let shell = &visit.shell;
            show_faults(&SignPage {
                shell,
                outcome: &outcome,
                unranked,
                seat: &seat,
                form: &form,
                faults: &faults,
            })
        }
    }
}

async fn load(visit: &Visit, number: &str) -> Result<(Outcome, Invitation), PageError> {
    let outcome = result::report(&visit.city, &visit.actor, number).await;
    let outcome = outcome.map_err(|error| visit.error(error))?;
    let seat = committee::invitation(&visit.city, &visit.actor, number).await;
    Ok((outcome, seat.map_err(|error| visit.error(error))?))
}
