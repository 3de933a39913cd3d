//! The bid desk of an organisation: first whether it may bid, then the draft, kept as typed (C17, C30).

use std::collections::BTreeMap;

use app::tendering::bid_content::{self, Terms};
use app::tendering::bid_draft::{
    self, AttachFile, Draft, FILE_MIB_MAX, FILES_MAX, FileRow, RemoveFile, SaveDraft, StoredFile,
};
use app::tendering::eligibility;
use app::tendering::queries::{self, Tender};
use app::tendering::receipt::{self, OwnBid};
use app::{Error, RequestKey};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{Coded, OrganisationId};
use domain::tendering::bid::{BidPart, Statement};

use super::{FindingLine, bids_open, finding_line, mendable, organisation, show_as};
use crate::shell::fault::field_fault;
use crate::shell::form::{FileForm, Upload};
use crate::shell::{FieldFault, Form, PageError, Path, Shell, Visit, download, fault_at};

/// A statement to tick or a part to write.
struct Ask {
    name: String,
    label: String,
    hint: String,
    value: String,
    error: String,
}

#[derive(Template)]
#[template(path = "tendering/bid.html")]
struct BidPage<'a> {
    shell: &'a Shell,
    tender: &'a Tender,
    base: String,
    findings: Vec<FindingLine>,
    is_eligible: bool,
    is_open: bool,
    version: i64,
    saved_at: String,
    form: &'a Form,
    parts: Vec<Ask>,
    statements: Vec<Ask>,
    files: Vec<FileRow>,
    files_hint: String,
    own: Option<OwnBid>,
    admits_consortia: bool,
    /// Whether the part on bidding together is in use, and so stands open.
    is_joint: bool,
    faults: &'a [FieldFault],
}

async fn page(
    visit: &Visit,
    tender: &Tender,
    typed: Option<&Form>,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let (city, shell) = (&visit.city, &visit.shell);
    let organisation = organisation(visit)?;
    let found = eligibility::check(city, &tender.number, organisation).await.map_err(fail)?;
    let draft = bid_draft::draft(city, tender.id, organisation).await.map_err(fail)?;
    let kept = kept_form(draft.as_ref());
    let form = typed.unwrap_or(&kept);
    let ask = |name: String, key: String| Ask {
        label: shell.t(&key),
        hint: shell.t(&format!("{key}-hint")),
        value: form.text(&name).to_owned(),
        error: fault_at(&faults, &name).to_owned(),
        name,
    };
    let part = |part: &BidPart| ask(format!("parts.{}", part.code()), key("bid-part", part.code()));
    let statement =
        |one: &Statement| ask(format!("statements.{}", one.code()), key("bid-statement", one.code()));
    let page = BidPage {
        shell,
        base: format!("/tenders/{}", tender.number),
        findings: found.findings.iter().map(|finding| finding_line(city, shell, finding)).collect(),
        is_eligible: found.is_eligible(),
        is_open: bids_open(tender, shell),
        version: draft.as_ref().map_or(0, |draft| draft.version),
        saved_at: draft.as_ref().map_or_else(String::new, |draft| shell.moment(&draft.saved_at)),
        parts: BidPart::ALL.iter().map(part).collect(),
        statements: Statement::ALL.iter().map(statement).collect(),
        files: draft.map_or_else(Vec::new, |draft| draft.files),
        files_hint: shell.txy("bid-files-hint", FILES_MAX, FILE_MIB_MAX),
        is_joint: is_joint(form, &faults),
        admits_consortia: tender.consortium_rule().admits(),
        own: receipt::own_bid(city, organisation, &tender.number).await.map_err(fail)?,
        form,
        faults: &faults,
        tender,
    };
    show_as(status, &page)
}

fn is_joint(form: &Form, faults: &[FieldFault]) -> bool {
    let fields = ["members", "joint_liability", "agreement"];
    fields.iter().any(|name| !form.text(name).is_empty() || !fault_at(faults, name).is_empty())
}

/// The message key of a closed list's member.
fn key(list: &str, code: &str) -> String {
    format!("{list}-{}", code.replace('_', "-"))
}

fn kept_form(draft: Option<&Draft>) -> Form {
    let fields: BTreeMap<String, String> = draft.map(|draft| draft.fields.clone()).unwrap_or_default();
    Form::of(fields)
}

/// GET /tenders/{no}/bid: what was typed, with a sentence beside each field that cannot stay as it is. A
/// blank field is not a fault yet; that is said at the check.
pub async fn edit(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let tender = queries::by_number(&visit.city, &number).await.map_err(fail)?;
    let draft = bid_draft::draft(&visit.city, tender.id, organisation(&visit)?).await.map_err(fail)?;
    let faults = draft.map_or_else(Vec::new, |draft| {
        faults_of_typed(&visit.shell, &draft.fields, draft.has_agreement(), &tender)
    });
    page(&visit, &tender, None, (StatusCode::OK, faults)).await
}

fn faults_of_typed(
    shell: &Shell,
    fields: &BTreeMap<String, String>,
    has_agreement: bool,
    tender: &Tender,
) -> Vec<FieldFault> {
    let terms = Terms { ceiling: tender.ceiling_fen, consortia: tender.consortium_rule() };
    let (_, refusals) = bid_content::read(fields, has_agreement, terms);
    let is_typed = |fault: &FieldFault| fields.get(&fault.field).is_some_and(|text| !text.trim().is_empty());
    refusals.iter().map(|refusal| field_fault(shell, refusal)).filter(is_typed).collect()
}

/// POST /tenders/{no}/bid: saves what was typed, takes files in or out, and goes on as the button says.
pub async fn update(
    visit: Visit,
    Path(number): Path<String>,
    typed: FileForm,
) -> Result<Response, PageError> {
    let tender = queries::by_number(&visit.city, &number).await.map_err(|error| visit.error(error))?;
    let form = &typed.form;
    if visit.shell.early.is_check() {
        // A draft is never refused for what it says; the check before submission would say this of it.
        let fields = form.fields().iter().cloned().collect();
        let held = bid_draft::draft(&visit.city, tender.id, organisation(&visit)?).await;
        let has_agreement =
            held.map_err(|error| visit.error(error))?.is_some_and(|draft| draft.has_agreement());
        return Err(visit.told(&faults_of_typed(&visit.shell, &fields, has_agreement, &tender)));
    }
    let version = form.number("version").unwrap_or(0);
    let save = SaveDraft { tender: tender.id, version, fields: form.fields().to_vec() };
    let mut answer = visit.city.act(&visit.actor, &form.key(), &save).await;
    if let Ok(version) = answer {
        answer = files(&visit, &tender, form, &typed.files).await.map(|()| version);
    }
    match answer {
        Ok(_) if form.text("action") == "check" => {
            Ok(visit.done(&format!("/tenders/{number}/bid/check"), "draft-saved"))
        }
        Ok(version) => Ok(visit.saved(&format!("/tenders/{number}/bid"), "draft-saved", Some(version))),
        Err(error) => {
            let faults = mendable(&visit, error)?;
            page(&visit, &tender, Some(form), faults).await
        }
    }
}

async fn files(visit: &Visit, tender: &Tender, form: &Form, uploads: &[Upload]) -> Result<(), Error> {
    let city = &visit.city;
    if let Some(file) = form.text("action").strip_prefix("remove.").and_then(|id| id.parse().ok()) {
        let remove = RemoveFile { tender: tender.id, file };
        city.act(&visit.actor, &numbered(form, "remove"), &remove).await?;
    }
    for (place, upload) in uploads.iter().enumerate() {
        let file = StoredFile::store(city, "C30", &upload.name, &upload.bytes)?;
        let is_joint_agreement = upload.field == "agreement";
        let attach = AttachFile { tender: tender.id, file, is_joint_agreement };
        city.act(&visit.actor, &numbered(form, &place.to_string()), &attach).await?;
    }
    Ok(())
}

/// The form's key for a further act of the same form.
fn numbered(form: &Form, which: &str) -> RequestKey {
    match form.key() {
        RequestKey::Given { key, digest } => RequestKey::Given { key: format!("{key}/{which}"), digest },
        RequestKey::None => RequestKey::None,
    }
}

/// GET /tenders/{no}/bid/files/{id}: an organisation's own file, always as a download.
pub async fn file(visit: Visit, Path((number, id)): Path<(String, i64)>) -> Result<Response, PageError> {
    let fail = |error| visit.error(error);
    let organisation: OrganisationId = organisation(&visit)?;
    let tender = queries::by_number(&visit.city, &number).await.map_err(fail)?;
    let (file, bytes) = bid_draft::file(&visit.city, tender.id, organisation, id).await.map_err(fail)?;
    Ok(download(&file.name, &file.media_type, bytes))
}
