//! The project ledger 项目台账: units of service entered one by one, corrected only by a reversing record (C54).

use std::collections::BTreeMap;

use domain::kernel::{ContractId, Date, Refusal, Role, ServiceRecordId};
use domain::performance::ledger::{self as rule, Entry, Reversal, Setting, Worker, WorkerTie};
use domain::performance::{AcceptanceState, SubcontractState};

use super::held::{self, Held};
use super::register::{RECIPIENTS, RecipientRow, WORKERS, WorkerRow};
use super::{at_field, check_length, length_fault, none_of, person};
use crate::contracts::plan::{UNITS, UnitRow};
use crate::db::Row;
use crate::journal::{SERVICE_PHOTO, SERVICE_RECORD};
use crate::uploads::StoredFile;
use crate::{Act, App, Cx, Error, args, row};

/// No line of the ledger has more photos.
pub const PHOTOS_MAX: usize = 4;

/// A line as the provider gives it, in the words of the contract's registers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceLine {
    /// The milestone's place in the order, from 1.
    pub milestone: i64,
    /// The unit's place in the order; none when the milestone has no units of its own.
    pub unit: Option<i64>,
    /// The day of service.
    pub served_on: Date,
    /// Where.
    pub place: String,
    /// The worker's number.
    pub worker: String,
    /// The recipient's code.
    pub token: String,
    /// How many units.
    pub units: i64,
    /// A note.
    pub note: String,
}

/// Enters one line, with photos if there are any.
#[derive(Clone)]
pub struct RecordUnits {
    /// The contract.
    pub contract: ContractId,
    /// The line.
    pub line: ServiceLine,
    /// Photos, looked into and stored.
    pub photos: Vec<StoredFile>,
}

impl Act for RecordUnits {
    type Outcome = ServiceRecordId;
    const NAME: &'static str = "performance.record_units";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<ServiceRecordId, Error> {
        let held = held::shared(cx, self.contract).await?;
        held.require_provider(cx.actor.organisation())?;
        let books = Books::in_tx(cx, &held).await?;
        none_of(books.faults(&self.line, &self.photos))?;
        insert(cx, &held, &books, (&self.line, &self.photos)).await
    }
}

/// A line of many, with its photos.
#[derive(Clone)]
pub struct SheetLine {
    /// The line.
    pub line: ServiceLine,
    /// Photos, looked into and stored.
    pub photos: Vec<StoredFile>,
}

impl From<ServiceLine> for SheetLine {
    fn from(line: ServiceLine) -> Self {
        Self { line, photos: Vec::new() }
    }
}

/// Enters many lines: all of them, or none. Each fault names its row, counted from 1, as the fact `row`.
#[derive(Clone)]
pub struct RecordSheet {
    /// The contract.
    pub contract: ContractId,
    /// The lines.
    pub lines: Vec<SheetLine>,
}

impl Act for RecordSheet {
    /// How many lines were entered.
    type Outcome = i64;
    const NAME: &'static str = "performance.record_sheet";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let held = held::shared(cx, self.contract).await?;
        held.require_provider(cx.actor.organisation())?;
        if self.lines.is_empty() {
            return Err(Error::Invalid(vec![Refusal::new("performance.no-lines", "C54").at("records")]));
        }
        let books = Books::in_tx(cx, &held).await?;
        let faults = (1_usize..).zip(&self.lines).flat_map(|(row, one)| {
            books.faults(&one.line, &one.photos).into_iter().map(move |fault| fault.with("row", row))
        });
        let faults: Vec<Refusal> = faults.collect();
        // What is wrong with the contract is not wrong with each of its lines.
        if let Some(whole) = faults.iter().find(|fault| fault.field.is_none()) {
            return Err(Error::Refused(whole.clone()));
        }
        none_of(faults)?;
        for one in &self.lines {
            insert(cx, &held, &books, (&one.line, &one.photos)).await?;
        }
        Ok(i64::try_from(self.lines.len()).unwrap_or(i64::MAX))
    }
}

fn photo_fault(photos: &[StoredFile]) -> Option<Refusal> {
    let fault = |code| Some(Refusal::new(code, "C54").at("photos"));
    if photos.len() > PHOTOS_MAX {
        return fault("performance.photos-too-many").map(|refusal| refusal.with("max", PHOTOS_MAX));
    }
    let is_image = |photo: &StoredFile| photo.media_type().starts_with("image/");
    if photos.iter().all(is_image) { None } else { fault("performance.photo-not-an-image") }
}

async fn insert(
    cx: &mut Cx<'_>,
    held: &Held,
    books: &Books,
    (line, photos): (&ServiceLine, &[StoredFile]),
) -> Result<ServiceRecordId, Error> {
    let (milestone, worker, recipient) = (
        books.milestones.get(&line.milestone).ok_or(Error::NotFound)?,
        books.workers.get(&key(&line.worker)).ok_or(Error::NotFound)?,
        books.recipients.get(&key(&line.token)).ok_or(Error::NotFound)?,
    );
    let id = ServiceRecordId(cx.id());
    let values = [
        ("contract_id", held.id.into()),
        ("milestone_id", milestone.id.into()),
        ("unit_id", line.unit.and_then(|unit| books.units.get(&(line.milestone, unit)).copied()).into()),
        ("served_on", line.served_on.into()),
        ("place", line.place.trim().into()),
        ("worker_id", worker.id.into()),
        ("recipient_id", (*recipient).into()),
        ("units", line.units.into()),
        ("note", line.note.trim().into()),
        ("entered_by", person(cx)?.into()),
        ("entered_at", cx.now.into()),
    ];
    cx.insert(&SERVICE_RECORD, id.0, &values).await?;
    for photo in photos {
        let values = [
            ("record_id", id.0.into()),
            ("name", photo.name().into()),
            ("media_type", photo.media_type().into()),
            ("digest", photo.digest().into()),
            ("bytes", photo.bytes().into()),
        ];
        let row = cx.id();
        cx.insert(&SERVICE_PHOTO, row, &values).await?;
    }
    Ok(id)
}

/// Codes are written in capitals, however they were typed.
fn key(code: &str) -> String {
    code.trim().to_ascii_uppercase()
}

struct MilestoneKey {
    id: i64,
    is_reported: bool,
}

struct WorkerKey {
    id: i64,
    worker: Worker,
}

/// What the contract's registers know, for judging lines.
pub(super) struct Books {
    setting: Setting,
    milestones: BTreeMap<i64, MilestoneKey>,
    units: BTreeMap<(i64, i64), i64>,
    workers: BTreeMap<String, WorkerKey>,
    recipients: BTreeMap<String, i64>,
}

const MILESTONES: &str = "SELECT m.id, m.position, a.state FROM milestone m
     LEFT JOIN acceptance a ON a.milestone_id = m.id WHERE m.contract_id = $1";

impl Books {
    async fn in_tx(cx: &mut Cx<'_>, held: &Held) -> Result<Books, Error> {
        let id = args![held.id];
        let milestones = cx.tx.all(MILESTONES, id).await?;
        let units = cx.tx.all(UNITS, id).await?;
        let workers = cx.tx.all(WORKERS, id).await?;
        let recipients = cx.tx.all(RECIPIENTS, id).await?;
        Self::of(held.setting(cx.now.date()), &milestones, &units, workers, recipients)
    }

    /// The same outside a transaction, for judging a sheet.
    pub(super) async fn seen(app: &App, held: &Held) -> Result<Books, Error> {
        let id = args![held.id];
        let milestones = app.db.all(MILESTONES, id).await?;
        let units = app.db.all(UNITS, id).await?;
        let workers = app.db.all(WORKERS, id).await?;
        let recipients = app.db.all(RECIPIENTS, id).await?;
        Self::of(held.setting(app.clock.now().date()), &milestones, &units, workers, recipients)
    }

    fn of(
        setting: Setting,
        milestones: &[Row],
        units: &[UnitRow],
        workers: Vec<WorkerRow>,
        recipients: Vec<RecipientRow>,
    ) -> Result<Books, Error> {
        let milestone = |row: &Row| {
            let state = row.code_option::<AcceptanceState>("state")?;
            let is_reported = state.is_some_and(AcceptanceState::fixes_ledger);
            Ok::<_, Error>((row.get("position")?, MilestoneKey { id: row.get("id")?, is_reported }))
        };
        let worker = |row: WorkerRow| {
            let tie = match row.subcontract_state {
                None => WorkerTie::Provider,
                Some(state) => {
                    WorkerTie::Subcontractor { is_consented: state == SubcontractState::Consented }
                }
            };
            (row.code, WorkerKey { id: row.id, worker: Worker { tie, left_on: row.left_on } })
        };
        Ok(Books {
            setting,
            milestones: milestones.iter().map(milestone).collect::<Result<_, _>>()?,
            units: units.iter().map(|unit| ((unit.milestone, unit.position), unit.id)).collect(),
            workers: workers.into_iter().map(worker).collect(),
            recipients: recipients.into_iter().map(|row| (row.token, row.id)).collect(),
        })
    }

    /// Everything that keeps a line with its photos out of the ledger; alone, what is wrong with the contract.
    fn faults(&self, line: &ServiceLine, photos: &[StoredFile]) -> Vec<Refusal> {
        let mut found = self.problems(line);
        if found.iter().all(|fault| fault.field.is_some()) {
            found.extend(
                [length_fault(&line.note, "note"), length_fault(&line.place, "place")].into_iter().flatten(),
            );
            found.extend(photo_fault(photos));
        }
        found
    }

    /// Everything that keeps a line out of the ledger.
    pub(super) fn problems(&self, line: &ServiceLine) -> Vec<Refusal> {
        let milestone = self.milestones.get(&line.milestone);
        let has_units = self.units.keys().any(|(held, _)| *held == line.milestone);
        let entry = Entry {
            has_milestone: milestone.is_some(),
            is_reported: milestone.is_some_and(|held| held.is_reported),
            has_unit: match line.unit {
                Some(unit) => self.units.contains_key(&(line.milestone, unit)),
                None => !has_units,
            },
            served_on: line.served_on,
            has_place: !line.place.trim().is_empty(),
            worker: self.workers.get(&key(&line.worker)).map(|held| held.worker),
            has_recipient: self.recipients.contains_key(&key(&line.token)),
            units: line.units,
        };
        rule::problems(&entry, &self.setting)
    }
}

/// Takes a line back by a reversing record; the line itself stays (C54).
#[derive(Clone)]
pub struct ReverseRecord {
    /// The contract.
    pub contract: ContractId,
    /// The line.
    pub record: ServiceRecordId,
    /// Why it was wrong.
    pub reason: String,
}

row! {
    /// A line as a reversal finds it.
    struct Reversed {
        milestone_id: i64,
        unit_id: Option<i64>,
        served_on: Date,
        place: String,
        worker_id: i64,
        recipient_id: i64,
        units: i64,
        reverses_id: Option<i64>,
        reversals: i64,
        @code_option state: Option<AcceptanceState>,
    }
}

const REVERSED: &str =
    "SELECT r.milestone_id, r.unit_id, r.served_on, r.place, r.worker_id, r.recipient_id, r.units,
       r.reverses_id, (SELECT count(*) FROM service_record x WHERE x.reverses_id = r.id) AS reversals, a.state
     FROM service_record r LEFT JOIN acceptance a ON a.milestone_id = r.milestone_id
     WHERE r.id = $1 AND r.contract_id = $2";

impl Act for ReverseRecord {
    type Outcome = ();
    const NAME: &'static str = "performance.reverse_record";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = held::shared(cx, self.contract).await?;
        held.require_provider(cx.actor.organisation())?;
        check_length(&self.reason, "reason")?;
        let old: Reversed = cx.tx.one(REVERSED, args![self.record, self.contract]).await?;
        let reversal = Reversal {
            is_reversal: old.reverses_id.is_some(),
            is_reversed: old.reversals > 0,
            is_reported: old.state.is_some_and(AcceptanceState::fixes_ledger),
            reason: &self.reason,
        };
        rule::may_reverse(&reversal).map_err(at_field)?;
        let values = [
            ("contract_id", self.contract.into()),
            ("milestone_id", old.milestone_id.into()),
            ("unit_id", old.unit_id.into()),
            ("served_on", old.served_on.into()),
            ("place", old.place.into()),
            ("worker_id", old.worker_id.into()),
            ("recipient_id", old.recipient_id.into()),
            ("units", (-old.units).into()),
            ("note", self.reason.trim().into()),
            ("reverses_id", self.record.0.into()),
            ("entered_by", person(cx)?.into()),
            ("entered_at", cx.now.into()),
        ];
        let id = cx.id();
        let twice = Refusal::new("performance.reversed-already", "C54");
        let written = cx.insert(&SERVICE_RECORD, id, &values).await;
        written.map_err(|error| error.on_unique("service_record__reverses_id", twice))
    }
}
