//! A member's ballot at a sitting of the committee or the review board: open, with names (B32).

use app::Error;
use app::registry::rating::meeting::{BallotState, CastVote, RecuseMember};
use app::registry::rating::own::{self, OwnBallot};
use app::registry::rating::read::{self, Appeal};
use askama::Template;
use axum::response::Response;
use domain::kernel::Coded;

use super::view::{CaseView, view};
use super::{choices, read_choice, recusal_rule};
use crate::shell::{Choice, FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "registry/rating/ballot.html")]
struct BallotPage<'a> {
    shell: &'a Shell,
    ballot: &'a OwnBallot,
    view: CaseView,
    appeal: Option<Appeal>,
    papers: Vec<(String, String)>,
    choices: Vec<Choice>,
    recusal: String,
    may_vote: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /rating/ballots/{no}
pub async fn show_ballot(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, &Form::default(), &[]).await
}

/// POST /rating/ballots/{no}: `act` is vote or recuse.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    match perform(&visit, &number, &form).await {
        Ok(done) => Ok(visit.done(&format!("/rating/ballots/{number}"), done)),
        Err(error) => {
            let faults = visit.faults(error)?;
            page(&visit, &number, &form, &faults).await
        }
    }
}

async fn perform(visit: &Visit, number: &str, form: &Form) -> Result<&'static str, Error> {
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    let case = own::ballot(city, actor, number).await?.case.id;
    if form.text("act") == "recuse" {
        let reason = form.text("reason").to_owned();
        return city.act(actor, &key, &RecuseMember { case, reason }).await.map(|()| "rating-own-recused");
    }
    let choice = read_choice(form.trimmed("choice")).map_err(|refusal| refusal.at("choice"))?;
    city.act(actor, &key, &CastVote { case, choice }).await.map(|()| "rating-voted")
}

async fn page(
    visit: &Visit,
    number: &str,
    form: &Form,
    faults: &[FieldFault],
) -> Result<Response, PageError> {
    let (city, shell) = (&visit.city, &visit.shell);
    let fault = |error| visit.error(error);
    let ballot = own::ballot(city, &visit.actor, number).await.map_err(fault)?;
    let held = ballot.choice.map_or("", |choice| choice.map_or("none", Coded::code));
    let typed = form.trimmed("choice");
    let papers = read::papers_of(city, &ballot.case).await.map_err(fault)?;
    let paper = |paper: &app::papers::Paper| {
        let title = format!("{} · {}", shell.coded(&paper.kind), paper.name);
        (title, shell.url(format!("/rating/papers/{number}/{}", paper.id.0)))
    };
    let page = BallotPage {
        view: view(visit, &ballot.case, true).await.map_err(fault)?,
        appeal: read::appeal(city, ballot.case.id).await.map_err(fault)?,
        papers: papers.iter().map(paper).collect(),
        choices: choices(shell, if typed.is_empty() { held } else { typed }),
        recusal: recusal_rule(visit, &ballot.case),
        may_vote: ballot.state == BallotState::Present,
        ballot: &ballot,
        form,
        faults,
        shell,
    };
    if faults.is_empty() { show(&page) } else { show_faults(&page) }
}
