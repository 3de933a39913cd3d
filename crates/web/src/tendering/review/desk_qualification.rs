//! Qualification on the office's desk: what the register said, and the verdict on each bid (C32).

use app::Error;
use app::tendering::bid_member::BidMember;
use app::tendering::committee;
use app::tendering::opening_sheet::{self, OpeningSheet, SheetLine};
use app::tendering::past_evaluation::{self, PastEvaluation};
use app::tendering::qualification::{CloseQualification, QualifyBid};
use askama::Template;
use axum::response::Response;
use domain::kernel::{BidId, Role};
use domain::tendering::stage::Stage;

use super::{FindingLine, finding_lines, past_lines, steps};
use crate::shell::{FieldFault, Form, NavLink, PageError, Path, Shell, Visit, download, show, show_faults};

/// A bid with its findings in words.
pub struct BidLine<'a> {
    line: &'a SheetLine,
    findings: Vec<FindingLine>,
    members: Vec<MemberFindings<'a>>,
    past: Vec<String>,
}

/// A member of a consortium with its findings in words.
pub struct MemberFindings<'a> {
    name: &'a str,
    uscc: &'a str,
    has_joined: bool,
    findings: Vec<FindingLine>,
}

#[derive(Template)]
#[template(path = "tendering/review/desk_qualification.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    steps: Vec<NavLink>,
    sheet: &'a OpeningSheet,
    bids: Vec<BidLine<'a>>,
    is_open: bool,
    faults: &'a [FieldFault],
}

/// GET /desk/tenders/{no}/qualification
pub async fn show_desk(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let sheet = load(&visit, &number).await?;
    let past = past(&visit, &sheet).await?;
    show(&page(&visit, &sheet, &past, &[]))
}

/// What was found of the bidders' earlier contracts (C56).
async fn past(visit: &Visit, sheet: &OpeningSheet) -> Result<Vec<PastEvaluation>, PageError> {
    let found = past_evaluation::of_bidders(&visit.city, sheet.case.id).await;
    found.map_err(|error| visit.error(error))
}

fn page<'a>(
    visit: &'a Visit,
    sheet: &'a OpeningSheet,
    past: &[PastEvaluation],
    faults: &'a [FieldFault],
) -> DeskPage<'a> {
    let is_office = matches!(visit.actor.post.role, Role::OfficeStaff | Role::OfficeDirector);
    let member = |member: &'a BidMember| MemberFindings {
        name: &member.name,
        uscc: &member.uscc,
        has_joined: member.has_joined,
        findings: finding_lines(&visit.shell, &member.eligibility),
    };
    let line = |line: &'a SheetLine| BidLine {
        line,
        findings: finding_lines(&visit.shell, &line.eligibility),
        members: line.members.iter().map(member).collect(),
        past: past_lines(&visit.shell, past, &line.uscc),
    };
    DeskPage {
        shell: &visit.shell,
        steps: steps(&visit.shell, &sheet.case.number, "qualification"),
        sheet,
        bids: sheet.lines.iter().map(line).collect(),
        is_open: is_office && sheet.case.stage == Stage::Opened,
        faults,
    }
}

/// GET /desk/tenders/{no}/agreements/{id}: the agreement of a consortium, for the purchaser.
pub async fn agreement(visit: Visit, Path((number, id)): Path<(String, i64)>) -> Result<Response, PageError> {
    let sheet = load(&visit, &number).await?;
    // Whoever is still to score reads proposals without names.
    if sheet.is_without_prices {
        return Err(visit.error(Error::NotFound));
    }
    let found = opening_sheet::agreement(&visit.city, &sheet.case, BidId(id)).await;
    let (file, bytes) = found.map_err(|error| visit.error(error))?;
    Ok(download(&file.name, &file.media_type, bytes))
}

async fn load(visit: &Visit, number: &str) -> Result<OpeningSheet, PageError> {
    committee::desk_case(&visit.city, &visit.actor, number).await.map_err(|error| visit.error(error))?;
    let sheet = opening_sheet::read(&visit.city, &visit.actor, number).await;
    sheet.map_err(|error| visit.error(error))
}

/// POST /desk/tenders/{no}/qualification: a verdict on one bid, or the close.
pub async fn update(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let sheet = load(&visit, &number).await?;
    match perform(&visit, &sheet, &form).await {
        Ok(done) => Ok(visit.done(&format!("/desk/tenders/{number}/qualification"), done)),
        Err(error) => {
            let faults = visit.faults(error)?;
            let past = past(&visit, &sheet).await?;
            show_faults(&page(&visit, &sheet, &past, &faults))
        }
    }
}

async fn perform(visit: &Visit, sheet: &OpeningSheet, form: &Form) -> Result<&'static str, Error> {
    let (city, actor, key, tender) = (&visit.city, &visit.actor, form.key(), sheet.case.id);
    if form.text("act") == "close" {
        let next = city.act(actor, &key, &CloseQualification { tender }).await?;
        return Ok(if next == "failed" { "review-failed" } else { "review-begun" });
    }
    let verdict = QualifyBid {
        tender,
        bid: BidId(form.number("bid").ok_or(Error::NotFound)?),
        version: form.number("version").unwrap_or_default(),
        is_qualified: form.text("act") == "pass",
        reason: form.trimmed("reason").to_owned(),
    };
    city.act(actor, &key, &verdict).await?;
    Ok("review-qualified")
}
