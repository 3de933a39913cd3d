//! The office's feedback: what it received from all its providers, and one contract's in both directions.

use app::Error;
use app::contracts::{self, MilestoneRow};
use app::performance::evaluation::held::HeldContract;
use app::performance::feedback::{self, FeedbackLine, GiveFeedback};
use askama::Template;
use axum::response::Response;
use domain::kernel::Role;
use domain::performance::feedback::{FeedbackMatter, FeedbackWay};

use super::own::{act, receive};
use super::{Line, lines};
use crate::performance::evaluation::desk::load;
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "performance/feedback/desk_list.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    lines: Vec<FeedbackLine>,
}

/// GET /desk/office-feedback
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let office = visit.actor.office();
    if office.is_none() && visit.actor.post.role != Role::Supervisor {
        return Err(visit.error(Error::NotFound));
    }
    let lines = feedback::on_desk(&visit.city, office).await.map_err(|error| visit.error(error))?;
    show(&ListPage { shell: &visit.shell, lines })
}

#[derive(Template)]
#[template(path = "performance/feedback/desk.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    contract: &'a HeldContract,
    base: String,
    lead: String,
    lines: Vec<Line>,
    milestones: Vec<Choice>,
    may_write: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

async fn page<'a>(
    visit: &'a Visit,
    contract: &'a HeldContract,
    form: &'a Form,
    faults: &'a [FieldFault],
) -> Result<DeskPage<'a>, PageError> {
    let (city, shell, fail) = (&visit.city, &visit.shell, |error| visit.error(error));
    let all = feedback::of_contract(city, contract.id).await.map_err(fail)?;
    let found = contracts::by_number(city, &visit.actor, &contract.number).await;
    let (_, milestones) = found.map_err(fail)?;
    let choice = |one: &MilestoneRow| {
        let label = shell.txy("told-milestone", &one.name, shell.date(&one.due_on));
        Choice::new(one.position.to_string(), label, form.text("milestone"))
    };
    Ok(DeskPage {
        shell,
        contract,
        base: format!("/desk/contracts/{}/feedback", contract.number),
        lead: super::lead(visit, "told-desk-lead", &contract.organisation),
        lines: lines(all, FeedbackWay::ToOffice),
        milestones: milestones.iter().map(choice).collect(),
        may_write: visit.actor.office().is_some(),
        form,
        faults,
    })
}

/// GET /desk/contracts/{no}/feedback
pub async fn show_desk(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let contract = load(&visit, &number).await?;
    show(&page(&visit, &contract, &Form::default(), &[]).await?)
}

/// POST /desk/contracts/{no}/feedback: `act` is tell, acknowledge or answer.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let contract = load(&visit, &number).await?;
    match perform(&visit, &contract, &form).await {
        Ok(done) => Ok(visit.done(&format!("/desk/contracts/{number}/feedback"), done)),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&page(&visit, &contract, &form, &faults).await?)
        }
    }
}

async fn perform(visit: &Visit, contract: &HeldContract, form: &Form) -> Result<&'static str, Error> {
    if form.text("act") != "tell" {
        return receive(visit, form).await;
    }
    let give = GiveFeedback {
        contract: contract.id,
        matter: FeedbackMatter::Milestone,
        milestone: form.number("milestone"),
        words: form.text("text").to_owned(),
        evidence: String::new(),
    };
    act(visit, form, give).await?;
    Ok("told")
}
