//! The lines of the ledger as its parties read them, with their photos (C54).

use domain::kernel::{ContractId, Date, Moment, ServiceRecordId};

use crate::{App, Error, args, row};

row! {
    /// A line of the ledger as its parties read it.
    pub struct RecordRow {
        /// The line.
        id: ServiceRecordId,
        /// The milestone's place in the order.
        milestone: i64,
        /// The kind of unit; none when the milestone has no units of its own.
        unit: Option<String>,
        /// The day of service.
        served_on: Date,
        /// Where.
        place: String,
        /// The worker's number.
        worker: String,
        /// The recipient's code.
        token: String,
        /// How many units; below nought for a reversal.
        units: i64,
        /// A note, or why it was reversed.
        note: String,
        /// The line that it takes back.
        reverses_id: Option<i64>,
        /// Whether it was taken back.
        is_reversed: bool,
        /// Whether the milestone's report is with the purchaser.
        is_fixed: bool,
        /// How many photos.
        photos: i64,
        /// When it was entered.
        entered_at: Moment,
    }
}

const RECORDS: &str = "SELECT r.id, m.position AS milestone, u.name AS unit, r.served_on, r.place, w.code AS worker,
       p.token, r.units, r.note, r.reverses_id,
       CAST(CASE WHEN x.id IS NULL THEN 0 ELSE 1 END AS BIGINT) AS is_reversed,
       CAST(CASE WHEN a.state IS NULL OR a.state = 'returned' THEN 0 ELSE 1 END AS BIGINT) AS is_fixed,
       (SELECT count(*) FROM service_photo f WHERE f.record_id = r.id) AS photos, r.entered_at
     FROM service_record r JOIN milestone m ON m.id = r.milestone_id LEFT JOIN service_unit u ON u.id = r.unit_id
     JOIN service_worker w ON w.id = r.worker_id JOIN recipient p ON p.id = r.recipient_id
     LEFT JOIN service_record x ON x.reverses_id = r.id LEFT JOIN acceptance a ON a.milestone_id = m.id";

/// Lines of one page of the ledger.
pub const PAGE: usize = 50;

/// The ledger, what was entered last first; one page of lines before `before`.
///
/// # Errors
/// The database failed.
pub async fn records(
    app: &App,
    contract: ContractId,
    before: Option<ServiceRecordId>,
) -> Result<Vec<RecordRow>, Error> {
    records_of(app, contract, before, PAGE).await
}

/// The same with pages of `limit` lines.
///
/// # Errors
/// The database failed.
pub async fn records_of(
    app: &App,
    contract: ContractId,
    before: Option<ServiceRecordId>,
    limit: usize,
) -> Result<Vec<RecordRow>, Error> {
    let sql = format!("{RECORDS} WHERE r.contract_id = $1 AND r.id < $2 ORDER BY r.id DESC LIMIT $3");
    let before = before.map_or(i64::MAX, |id| id.0);
    Ok(app.db.all(&sql, args![contract, before, limit]).await?)
}

/// One line of the ledger.
///
/// # Errors
/// `NotFound` for a line of another contract.
pub async fn record(app: &App, contract: ContractId, id: ServiceRecordId) -> Result<RecordRow, Error> {
    let sql = format!("{RECORDS} WHERE r.contract_id = $1 AND r.id = $2");
    Ok(app.db.one(&sql, args![contract, id]).await?)
}

row! {
    /// A photo of a line.
    pub struct PhotoRow {
        /// Its row.
        id: i64,
        /// Its name.
        name: String,
        /// What its bytes are.
        media_type: String,
        /// Under which digest it is stored.
        digest: String,
    }
}

/// The photos of a line.
///
/// # Errors
/// The database failed.
pub async fn photos(app: &App, record: ServiceRecordId) -> Result<Vec<PhotoRow>, Error> {
    let sql = "SELECT id, name, media_type, digest FROM service_photo WHERE record_id = $1 ORDER BY id";
    Ok(app.db.all(sql, args![record]).await?)
}
