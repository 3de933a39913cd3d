//! An expert's invitations: what it is about, who has bid, accept, decline or recuse (C38).

use app::Error;
use app::tendering::attendance::{Occasion, RecordAttendance};
use app::tendering::case::{self, Case};
use app::tendering::committee::{self, Bidder, Invitation};
use app::tendering::expert;
use app::tendering::panel::{Answer, AnswerInvitation, SeatState};
use app::tendering::past_evaluation::{self, PastEvaluation};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, Role, RuleKey};
use domain::tendering::stage::Stage;

use super::past_lines;
use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, fault_at, show, show_faults};

#[derive(Template)]
#[template(path = "tendering/review/invitations.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    invitations: &'a [Invitation],
    is_in_pool: bool,
}

/// GET /expert
pub async fn index(visit: Visit) -> Result<Response, PageError> {
    let invitations = committee::invitations(&visit.city, &visit.actor).await;
    let invitations = invitations.map_err(|error| visit.error(error))?;
    let is_expert = visit.actor.post.role == Role::Expert;
    let is_in_pool = is_expert && expert::own(&visit.city, &visit.actor).await.is_ok();
    show(&ListPage { shell: &visit.shell, invitations: &invitations, is_in_pool })
}

struct Desk {
    case: Case,
    seat: Invitation,
    bidders: Vec<Bidder>,
    past: Vec<PastEvaluation>,
}

impl Desk {
    /// What was found of one bidder's earlier contracts.
    fn past_of(&self, shell: &Shell, uscc: &str) -> Vec<String> {
        past_lines(shell, &self.past, uscc)
    }
}

#[derive(Template)]
#[template(path = "tendering/review/invitation.html")]
struct InvitationPage<'a> {
    shell: &'a Shell,
    room: &'a Desk,
    is_invited: bool,
    is_sitting: bool,
    may_recuse: bool,
    has_locked: bool,
    recusal: String,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /expert/{no}
pub async fn show_one(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let desk = load(&visit, &number).await.map_err(|error| visit.error(error))?;
    show(&page(&visit, &desk, &Form::default(), &[]))
}

fn page<'a>(
    visit: &'a Visit,
    desk: &'a Desk,
    form: &'a Form,
    faults: &'a [FieldFault],
) -> InvitationPage<'a> {
    let is_running = matches!(desk.case.stage, Stage::Opened | Stage::Reviewing);
    let is_review = matches!(desk.case.stage, Stage::Reviewing | Stage::Ranked);
    let (is_invited, is_sitting) =
        (desk.seat.state == SeatState::Invited, desk.seat.state == SeatState::Accepted);
    InvitationPage {
        shell: &visit.shell,
        room: desk,
        is_invited: is_invited && is_running,
        is_sitting,
        may_recuse: (is_invited || is_sitting) && is_running && desk.seat.locked_at.is_none(),
        has_locked: is_sitting && is_review && desk.seat.locked_at.is_some(),
        recusal: visit.shell.by_rules(
            desk.case.rules(&visit.city),
            "review-recusal-rule",
            &[("years", RuleKey::RecusalYears)],
        ),
        form,
        faults,
    }
}

async fn load(visit: &Visit, number: &str) -> Result<Desk, Error> {
    let case = case::by_number(&visit.city, number).await?;
    let seat = committee::invitation(&visit.city, &visit.actor, number).await?;
    let bidders = committee::bidders(&visit.city, &case).await?;
    let past = past_evaluation::of_bidders(&visit.city, case.id).await?;
    Ok(Desk { case, seat, bidders, past })
}

/// POST /expert/{no}: an answer, or signing in for a session.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let desk = load(&visit, &number).await.map_err(|error| visit.error(error))?;
    match perform(&visit, &desk, &form).await {
        Ok(done) => Ok(visit.done(&format!("/expert/{number}"), done)),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&page(&visit, &desk, &form, &faults))
        }
    }
}

async fn perform(visit: &Visit, desk: &Desk, form: &Form) -> Result<&'static str, Error> {
    let (city, actor, key) = (&visit.city, &visit.actor, form.key());
    if let Some(occasion) = Occasion::from_code(form.text("act")) {
        city.act(actor, &key, &RecordAttendance { tender: desk.case.id, occasion }).await?;
        return Ok("review-attended");
    }
    let answer = Answer::from_code(form.text("act")).ok_or(Error::NotFound)?;
    let act = AnswerInvitation { seat: desk.seat.seat, answer, reason: form.trimmed("reason").to_owned() };
    city.act(actor, &key, &act).await?;
    Ok("review-answered")
}
