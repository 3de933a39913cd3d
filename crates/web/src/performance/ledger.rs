//! The project ledger on the web: a page that a worker fills in on a telephone, the lines, and taking one back
//! (C54, E3b).

use app::contracts::plan;
use app::performance::ledger::{PHOTOS_MAX, RecordUnits, ReverseRecord, ServiceLine};
use app::performance::lines::{self, PAGE, PhotoRow, RecordRow};
use app::performance::{read, register};
use app::uploads::StoredFile;
use app::{Error, contracts::Contract};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{Refusal, ServiceRecordId};
use domain::performance::AcceptanceState;

use super::own::signed;
use super::{contract, mendable, own_contract, plain};
use crate::shell::form::pairs;
use crate::shell::{
    Choice, FieldFault, FileForm, Form, PageError, Path, Shell, Typed, Upload, Visit, download, fault_at,
    show_as,
};

#[derive(Template)]
#[template(path = "performance/ledger.html")]
struct LedgerPage<'a> {
    shell: &'a Shell,
    contract: &'a Contract,
    base: String,
    /// Whether the reader may add to it.
    is_own: bool,
    is_ready: bool,
    services: Vec<Choice>,
    workers: Vec<Choice>,
    lines: Vec<RecordRow>,
    next: String,
    form: &'a Form,
    faults: &'a [FieldFault],
}

/// GET /me/contracts/{no}/ledger
pub async fn index(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let contract = signed(&visit, own_contract(&visit, &number).await?)?;
    let form = Form::of([("served_on", visit.shell.now().date().to_string()), ("units", "1".to_owned())]);
    page(&visit, &contract, true, &form, plain()).await
}

/// GET /desk/contracts/{no}/ledger: the buyer follows progress.
pub async fn desk(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let contract = signed(&visit, contract(&visit, &number).await?)?;
    let is_stranger = visit.actor.office().is_some_and(|own| own != contract.office_id);
    if is_stranger {
        return Err(visit.error(Error::NotFound));
    }
    page(&visit, &contract, false, &Form::default(), plain()).await
}

async fn page(
    visit: &Visit,
    contract: &Contract,
    is_own: bool,
    form: &Form,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let (city, shell, fail) = (&visit.city, &visit.shell, |error| visit.error(error));
    let query = Form::of(pairs(shell.query.as_bytes()));
    let before = query.number("before").map(ServiceRecordId);
    let lines = lines::records(city, contract.id, before).await.map_err(fail)?;
    let (services, workers, has_recipients) =
        if is_own { choices(visit, contract, form).await? } else { (vec![], vec![], false) };
    let desk = if is_own { "/me" } else { "/desk" };
    let base = shell.url(format!("{desk}/contracts/{}", contract.number));
    let next = match lines.last() {
        Some(last) if lines.len() == PAGE => format!("{base}/ledger?before={}", last.id.0),
        _ => String::new(),
    };
    let page = LedgerPage {
        shell,
        contract,
        base,
        is_own,
        is_ready: !workers.is_empty() && has_recipients && !services.is_empty(),
        services,
        workers,
        lines,
        next,
        form,
        faults: &faults,
    };
    show_as(status, &page)
}

/// What the form offers: open milestones with their units, workers who serve; and whether there are recipients.
async fn choices(
    visit: &Visit,
    contract: &Contract,
    form: &Form,
) -> Result<(Vec<Choice>, Vec<Choice>, bool), PageError> {
    let (city, fail) = (&visit.city, |error| visit.error(error));
    let (milestones, _) = read::of(city, contract.id).await.map_err(fail)?;
    let units = plan::units(city, contract.id).await.map_err(fail)?;
    let mut services = Vec::new();
    let is_open = |state: &Option<AcceptanceState>| !state.is_some_and(AcceptanceState::fixes_ledger);
    for milestone in milestones.iter().filter(|one| is_open(&one.acceptance_state)) {
        let own: Vec<_> = units.iter().filter(|unit| unit.milestone == milestone.position).collect();
        if own.is_empty() {
            let label = format!("{}. {}", milestone.position, milestone.name);
            services.push(Choice::new(milestone.position.to_string(), label, form.trimmed("service")));
        }
        for unit in own {
            let label =
                format!("{}. {} · {}（{}）", milestone.position, milestone.name, unit.name, unit.measure);
            let value = format!("{}.{}", milestone.position, unit.position);
            services.push(Choice::new(value, label, form.trimmed("service")));
        }
    }
    let workers = register::workers(city, contract.id).await.map_err(fail)?;
    let workers = workers.into_iter().filter(|one| one.left_on.is_none());
    let worker = |one: register::WorkerRow| {
        Choice::new(one.code.as_str(), format!("{} {}", one.code, one.name), form.trimmed("worker"))
    };
    let recipients = register::recipients(city, contract.id).await.map_err(fail)?;
    Ok((services, workers.map(worker).collect(), !recipients.is_empty()))
}

/// POST /me/contracts/{no}/ledger
pub async fn create(visit: Visit, Path(number): Path<String>, sent: FileForm) -> Result<Response, PageError> {
    let contract = signed(&visit, own_contract(&visit, &number).await?)?;
    let form = &sent.form;
    let mut typed = Typed::of(&visit, form);
    let line = line(form, &mut typed);
    let answer = match photos(&visit, &sent.files) {
        Ok(photos) => {
            let record = RecordUnits { contract: contract.id, line, photos };
            typed.ask(&visit, &form.key(), &record).await
        }
        Err(error) => Err(error),
    };
    match answer {
        Ok(_) => Ok(visit.done(&format!("/me/contracts/{number}/ledger"), "performance-recorded")),
        Err(error) => {
            let (status, mut faults) = mendable(&visit, error)?;
            // Milestone and unit are one choice on this page.
            for fault in
                faults.iter_mut().filter(|fault| ["milestone", "unit"].contains(&fault.field.as_str()))
            {
                fault.field = "service".to_owned();
            }
            page(&visit, &contract, true, form, (status, faults)).await
        }
    }
}

/// The line that a form gives.
fn line(form: &Form, typed: &mut Typed<'_>) -> ServiceLine {
    let (milestone, unit) = match form.trimmed("service").split_once('.') {
        Some((milestone, unit)) => (milestone.parse().ok(), unit.parse().ok()),
        None => (form.number("service"), None),
    };
    let missing = Refusal::new("performance.milestone-unknown", "C54");
    let milestone = typed.read("service", 0, milestone.ok_or(missing));
    // Milestone and unit are one choice on this page.
    typed.hangs("milestone", "service");
    typed.hangs("unit", "service");
    typed.hangs("units", "service");
    ServiceLine {
        milestone,
        unit,
        served_on: typed.date("served_on"),
        place: typed.text("place"),
        worker: typed.text("worker"),
        token: typed.text("token"),
        units: form.number("units").unwrap_or_default(),
        note: typed.text("note"),
    }
}

fn photos(visit: &Visit, files: &[Upload]) -> Result<Vec<StoredFile>, Error> {
    let sent: Vec<&Upload> = files.iter().filter(|file| file.field == "photos").collect();
    // More than are taken are not even stored.
    let store = |file: &&Upload| StoredFile::store(&visit.city, "C54", &file.name, &file.bytes);
    sent.iter().take(PHOTOS_MAX + 1).map(store).collect()
}

#[derive(Template)]
#[template(path = "performance/record.html")]
struct RecordPage<'a> {
    shell: &'a Shell,
    contract: &'a Contract,
    base: String,
    record: &'a RecordRow,
    photos: Vec<PhotoRow>,
    may_reverse: bool,
    form: &'a Form,
    faults: &'a [FieldFault],
}

async fn record_page(
    visit: &Visit,
    (number, id): (&str, i64),
    form: &Form,
    (status, faults): (StatusCode, Vec<FieldFault>),
) -> Result<Response, PageError> {
    let contract = signed(visit, own_contract(visit, number).await?)?;
    let (id, fail) = (ServiceRecordId(id), |error| visit.error(error));
    let record = lines::record(&visit.city, contract.id, id).await.map_err(fail)?;
    let page = RecordPage {
        shell: &visit.shell,
        base: visit.shell.url(format!("/me/contracts/{number}")),
        photos: lines::photos(&visit.city, id).await.map_err(fail)?,
        may_reverse: record.reverses_id.is_none() && !record.is_reversed && !record.is_fixed,
        record: &record,
        contract: &contract,
        form,
        faults: &faults,
    };
    show_as(status, &page)
}

/// GET /me/contracts/{no}/ledger/{id}
pub async fn show_one(visit: Visit, Path((number, id)): Path<(String, i64)>) -> Result<Response, PageError> {
    record_page(&visit, (&number, id), &Form::default(), plain()).await
}

/// POST /me/contracts/{no}/ledger/{id}: takes the line back.
pub async fn reverse(
    visit: Visit,
    Path((number, id)): Path<(String, i64)>,
    form: Form,
) -> Result<Response, PageError> {
    let contract = signed(&visit, own_contract(&visit, &number).await?)?.id;
    let reason = form.text("reason").to_owned();
    let command = ReverseRecord { contract, record: ServiceRecordId(id), reason };
    match visit.city.act(&visit.actor, &form.key(), &command).await {
        Ok(()) => Ok(visit.done(&format!("/me/contracts/{number}/ledger"), "performance-reversed")),
        Err(error) => {
            let faults = mendable(&visit, error)?;
            record_page(&visit, (&number, id), &form, faults).await
        }
    }
}

/// GET /me/contracts/{no}/ledger/{id}/photos/{photo}
pub async fn photo(
    visit: Visit,
    Path((number, id, photo)): Path<(String, i64, i64)>,
) -> Result<Response, PageError> {
    let contract = signed(&visit, own_contract(&visit, &number).await?)?;
    let (id, fail) = (ServiceRecordId(id), |error| visit.error(error));
    lines::record(&visit.city, contract.id, id).await.map_err(fail)?;
    let photos = lines::photos(&visit.city, id).await.map_err(fail)?;
    let Some(held) = photos.into_iter().find(|held| held.id == photo) else {
        return Err(visit.error(Error::NotFound));
    };
    let bytes = visit.city.blobs.get(&held.digest).map_err(fail)?;
    Ok(download(&held.name, &held.media_type, bytes))
}
