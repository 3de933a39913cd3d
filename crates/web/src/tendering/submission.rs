//! Check answers, submit, withdraw. Submitting is confirmed on a page that shows exactly what goes in.

use app::Error;
use app::tendering::bid::{SubmitBid, WithdrawBid};
use app::tendering::bid_content::{self, Terms};
use app::tendering::bid_draft::{self, FileRow};
use app::tendering::consortium::{self, Partner};
use app::tendering::queries::{self, Tender};
use app::tendering::receipt::{self, OwnBid};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{Coded, Finding, Level, OrganisationId};
use domain::tendering::bid::{BidPart, Statement};

use super::{bids_open, finding_text, mendable, organisation, show_as};
use crate::shell::fault::field_fault;
use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, show};

/// A member of the bidder's own consortium, with how it stands.
struct PartnerLine {
    uscc: String,
    name: String,
    state: String,
    tone: &'static str,
    findings: Vec<(String, String)>,
}

fn partner_line(shell: &Shell, partner: Partner, lead: OrganisationId) -> PartnerLine {
    let (is_eligible, has_joined) = (partner.eligibility.is_eligible(), partner.has_joined(lead));
    let (key, tone) = match (partner.organisation, is_eligible, has_joined) {
        (None, ..) => ("consortium-unknown", "stop"),
        (_, false, _) => ("consortium-not-eligible", "stop"),
        (_, true, false) => ("consortium-not-joined", "wait"),
        (_, true, true) => ("consortium-joined", "ok"),
    };
    let barred = partner.eligibility.findings.iter().filter(|finding| finding.level == Level::Barred);
    let text =
        |finding: &Finding| (finding_text(shell, finding), shell.url(format!("/rules/{}", finding.rule)));
    let findings = barred.map(text).collect();
    PartnerLine { uscc: partner.uscc, name: partner.name, state: shell.t(key), tone, findings }
}

#[derive(Template)]
#[template(path = "tendering/submission.html")]
struct SubmissionPage<'a> {
    shell: &'a Shell,
    tender: &'a Tender,
    base: String,
    version: i64,
    price: String,
    capitals: String,
    people: Vec<(String, String)>,
    parts: Vec<(String, String)>,
    statements: Vec<String>,
    files: Vec<FileRow>,
    partners: Vec<PartnerLine>,
    accepts_liability: bool,
    /// What keeps the bid from being submitted; each opens to its field.
    open_points: Vec<FieldFault>,
    faults: &'a [FieldFault],
    is_open: bool,
    is_replacement: bool,
}

async fn page(
    visit: &Visit,
    number: &str,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let (city, shell) = (&visit.city, &visit.shell);
    let organisation = organisation(visit)?;
    let tender = queries::by_number(city, number).await.map_err(fail)?;
    let draft = bid_draft::draft(city, tender.id, organisation).await.map_err(fail)?;
    let draft = draft.ok_or_else(|| visit.error(Error::NotFound))?;
    let own = receipt::own_bid(city, organisation, number).await.map_err(fail)?;
    let terms = Terms { ceiling: tender.ceiling_fen, consortia: tender.consortium_rule() };
    let (content, mut problems) = bid_content::read(&draft.fields, draft.has_agreement(), terms);
    let partners = consortium::members(city, tender.id, &content.joint.members).await.map_err(fail)?;
    // A code that is none was told already; that the register does not know it goes without saying.
    if problems.iter().all(|problem| problem.field.as_deref() != Some("members")) {
        problems.extend(partners.iter().filter_map(|partner| partner.fault(organisation)));
    }
    let text = |name: &str| draft.fields.get(name).cloned().unwrap_or_default();
    let is_priced = problems.iter().all(|problem| problem.field.as_deref() != Some("price"));
    let part = |part: &BidPart| (shell.coded(part), text(&format!("parts.{}", part.code())));
    let ticked = |one: &&Statement| content.statements.contains(one);
    let page = SubmissionPage {
        shell,
        base: format!("/tenders/{}", tender.number),
        version: draft.version,
        price: if is_priced { shell.money(&content.price) } else { text("price") },
        capitals: if is_priced { content.price.capitals() } else { String::new() },
        people: ["project_lead", "contact_name", "contact_phone"]
            .iter()
            .map(|name| (shell.t(&format!("bid-{}", name.replace('_', "-"))), text(name)))
            .collect(),
        parts: BidPart::ALL.iter().map(part).collect(),
        statements: Statement::ALL.iter().filter(ticked).map(|one| shell.coded(one)).collect(),
        files: draft.files,
        partners: partners.into_iter().map(|partner| partner_line(shell, partner, organisation)).collect(),
        accepts_liability: content.joint.accepts_liability,
        open_points: problems.iter().map(|problem| field_fault(shell, problem)).collect(),
        faults: &faults,
        is_open: bids_open(&tender, shell),
        is_replacement: own.is_some_and(|bid| bid.is_submitted()),
        tender: &tender,
    };
    show_as(status, &page)
}

/// GET /tenders/{no}/bid/check
pub async fn new(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    page(&visit, &number, (StatusCode::OK, Vec::new())).await
}

/// POST /tenders/{no}/bid/check
pub async fn create(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let tender = queries::by_number(&visit.city, &number).await.map_err(|error| visit.error(error))?;
    let submit = SubmitBid { tender: tender.id, draft_version: form.number("version").unwrap_or(0) };
    match visit.city.act(&visit.actor, &form.key(), &submit).await {
        Ok(_) => Ok(visit.done(&format!("/me/bids/{number}"), "bid-received")),
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, &number, faults).await
        }
    }
}

#[derive(Template)]
#[template(path = "tendering/withdrawal.html")]
struct WithdrawalPage<'a> {
    shell: &'a Shell,
    bid: &'a OwnBid,
    faults: &'a [FieldFault],
}

/// GET /me/bids/{no}/withdrawal
pub async fn withdrawal(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let bid = own(&visit, &number).await?;
    show(&WithdrawalPage { shell: &visit.shell, bid: &bid, faults: &[] })
}

/// POST /me/bids/{no}/withdrawal
pub async fn withdraw(visit: Visit, Path(number): Path<String>, form: Form) -> Result<Response, PageError> {
    let bid = own(&visit, &number).await?;
    let withdraw = WithdrawBid { tender: bid.tender_id, version: form.number("version").unwrap_or(0) };
    match visit.city.act(&visit.actor, &form.key(), &withdraw).await {
        Ok(()) => Ok(visit.done("/me/bids", "bid-withdrawn")),
        Err(error) => {
            let (status, faults) = mendable(&visit, error)?;
            show_as(status, &WithdrawalPage { shell: &visit.shell, bid: &bid, faults: &faults })
        }
    }
}

/// The reader's own bid on a tender; any other is not found.
pub(super) async fn own(visit: &Visit, number: &str) -> Result<OwnBid, PageError> {
    let organisation = organisation(visit)?;
    let bid =
        receipt::own_bid(&visit.city, organisation, number).await.map_err(|error| visit.error(error))?;
    bid.ok_or_else(|| visit.error(Error::NotFound))
}
