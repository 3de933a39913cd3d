//! The desk's opening page: sign in, open at the deadline, or ask to cancel.

use app::Error;
use app::tendering::attendance::{Occasion, RecordAttendance};
use app::tendering::cancellation::{self, AskCancellation, Asked, CancelTender};
use app::tendering::committee;
use app::tendering::next_notice::NextNotice;
use app::tendering::opening::{OpenBids, OpeningOutcome};
use app::tendering::opening_sheet::{self, OpeningSheet};
use askama::Template;
use axum::response::Response;
use domain::kernel::{Coded, Role};
use domain::tendering::cancellation::CancellationGround;
use domain::tendering::stage::Stage;

use super::{ended, options, steps};
use crate::shell::{
    Choice, FieldFault, Form, NavLink, PageError, Path, Shell, Visit, fault_at, show, show_faults,
};

#[derive(Template)]
#[template(path = "tendering/review/desk_opening.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    steps: Vec<NavLink>,
    sheet: &'a OpeningSheet,
    asked: Option<Asked>,
    grounds: Vec<Choice>,
    is_lead: bool,
    is_director: bool,
    is_staff: bool,
    is_due: bool,
    has_ended: bool,
    ended: String,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /desk/tenders/{no}/opening
pub async fn show_desk(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let (sheet, asked) = load(&visit, &number).await?;
    show(&page(&visit, &sheet, asked, &Form::default(), &[]))
}

fn page<'a>(
    visit: &'a Visit,
    sheet: &'a OpeningSheet,
    asked: Option<Asked>,
    form: &'a Form,
    faults: &'a [FieldFault],
) -> DeskPage<'a> {
    let (case, role) = (&sheet.case, visit.actor.post.role);
    let now = visit.city.clock.now();
    let has_ended = matches!(case.stage, Stage::Failed | Stage::Cancelled);
    DeskPage {
        shell: &visit.shell,
        steps: steps(&visit.shell, &case.number, "opening"),
        sheet,
        asked,
        grounds: options::<CancellationGround>(&visit.shell, form.text("ground")),
        is_lead: role == Role::PurchaseLead,
        is_director: role == Role::OfficeDirector,
        is_staff: role == Role::OfficeStaff,
        is_due: case.stage == Stage::Bidding && case.deadline_at.is_some_and(|deadline| now >= deadline),
        has_ended,
        ended: ended(&visit.shell, &case.stage, &case.ended_reason),
        form,
        faults,
    }
}

async fn load(visit: &Visit, number: &str) -> Result<(OpeningSheet, Option<Asked>), PageError> {
    let case = committee::desk_case(&visit.city, &visit.actor, number).await;
    let case = case.map_err(|error| visit.error(error))?;
    let sheet = opening_sheet::read(&visit.city, &visit.actor, number).await;
    let asked = cancellation::asked(&visit.city, case.id).await;
    Ok((sheet.map_err(|error| visit.error(error))?, asked.map_err(|error| visit.error(error))?))
}

/// POST /desk/tenders/{no}/opening: `act` is attend, open, ask, cancel or next.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let (sheet, asked) = load(&visit, &number).await?;
    match perform(&visit, &sheet, &form).await {
        Ok(done) => Ok(visit.done(&format!("/desk/tenders/{number}/opening"), done)),
        Err(error) => {
            let faults = visit.faults(error)?;
            show_faults(&page(&visit, &sheet, asked, &form, &faults))
        }
    }
}

async fn perform(visit: &Visit, sheet: &OpeningSheet, form: &Form) -> Result<&'static str, Error> {
    let (city, actor, key, tender) = (&visit.city, &visit.actor, form.key(), sheet.case.id);
    match form.text("act") {
        "attend" => {
            city.act(actor, &key, &RecordAttendance { tender, occasion: Occasion::Opening }).await?;
            Ok("review-attended")
        }
        "open" => Ok(match city.act(actor, &key, &OpenBids { tender }).await? {
            OpeningOutcome::Opened(_) => "review-opened",
            OpeningOutcome::Extended(_) => "review-extended",
            OpeningOutcome::Failed => "review-failed",
        }),
        "ask" => {
            let ground = CancellationGround::from_code(form.text("ground")).ok_or(Error::NotFound)?;
            let reason = form.trimmed("reason").to_owned();
            city.act(actor, &key, &AskCancellation { tender, ground, reason }).await?;
            Ok("review-cancel-asked")
        }
        "cancel" => {
            city.act(actor, &key, &CancelTender { tender }).await?;
            Ok("review-cancelled")
        }
        "next" => {
            city.act(actor, &key, &NextNotice { tender }).await?;
            Ok("review-next-notice")
        }
        _ => Err(Error::NotFound),
    }
}
