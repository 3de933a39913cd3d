//! The result on the desk: the candidate that the ranking offers, the decision, the notice, the next one.

use app::Error;
use app::contracts::RefuseAward;
use app::tendering::award::{DecideAward, NotifyAward};
use app::tendering::result::{self, Outcome};
use askama::Template;
use axum::response::Response;
use domain::kernel::{BidId, Coded, Role};
use domain::tendering::award::PassedOverGround;
use domain::tendering::stage::Stage;

use super::public::{UnrankedLine, unranked};
use super::{options, steps};
use crate::shell::{
    Choice, FieldFault, Form, NavLink, PageError, Path, Shell, Visit, fault_at, show, show_faults,
};

#[derive(Template)]
#[template(path = "tendering/review/desk_result.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    steps: Vec<NavLink>,
    outcome: &'a Outcome,
    unranked: Vec<UnrankedLine>,
    grounds: Vec<Choice>,
    may_decide: bool,
    may_notify: bool,
    may_pass_over: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/tenders/{no}/result
pub async fn show_desk(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let outcome = load(&visit, &number).await?;
    show(&page(&visit, &outcome, &Form::default(), &[]))
}

fn page<'a>(
    visit: &'a Visit,
    outcome: &'a Outcome,
    form: &'a Form,
    faults: &'a [FieldFault],
) -> DeskPage<'a> {
    let (role, case) = (visit.actor.post.role, &outcome.case);
    let is_over = case.public_until.is_some_and(|until| visit.city.clock.now() >= until);
    let is_director = role == Role::OfficeDirector;
    DeskPage {
        shell: &visit.shell,
        steps: steps(&visit.shell, &case.number, "result"),
        outcome,
        unranked: unranked(&visit.shell, outcome),
        grounds: options::<PassedOverGround>(&visit.shell, form.text("ground")),
        may_decide: is_director && case.stage == Stage::Ranked && case.report_at.is_some(),
        may_notify: (is_director || role == Role::PurchaseLead) && case.stage == Stage::Publicised && is_over,
        may_pass_over: is_director && matches!(case.stage, Stage::Publicised | Stage::Awarded),
        form,
        faults,
    }
}

async fn load(visit: &Visit, number: &str) -> Result<Outcome, PageError> {
    let outcome = result::desk(&visit.city, &visit.actor, number).await;
    outcome.map_err(|error| visit.error(error))
}

/// POST /desk/tenders/{no}/result: `act` is decide, notify or pass.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let outcome = load(&visit, &number).await?;
    match perform(&visit, &outcome, &form).await {
        Ok(done) => Ok(visit.done(&format!("/desk/tenders/{number}/result"), done)),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&page(&visit, &outcome, &form, &faults))
        }
    }
}

async fn perform(visit: &Visit, outcome: &Outcome, form: &Form) -> Result<&'static str, Error> {
    let (city, actor, key, tender) = (&visit.city, &visit.actor, form.key(), outcome.case.id);
    let reason = form.trimmed("reason").to_owned();
    match form.text("act") {
        "decide" => {
            let bid = BidId(form.number("bid").ok_or(Error::NotFound)?);
            city.act(actor, &key, &DecideAward { tender, bid, reason }).await?;
            Ok("review-decided")
        }
        "notify" => {
            city.act(actor, &key, &NotifyAward { tender }).await?;
            Ok("review-notified")
        }
        "pass" => {
            let ground = PassedOverGround::from_code(form.text("ground")).ok_or(Error::NotFound)?;
            city.act(actor, &key, &RefuseAward { tender, ground, reason }).await?;
            Ok("review-passed-over")
        }
        _ => Err(Error::NotFound),
    }
}
