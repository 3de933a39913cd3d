//! Reading requests, batches and payments: own ones for a provider, all for finance, what was paid for all.

use domain::funds::{AccountKind, Matched, Outcome, RequestState, payment};
use domain::kernel::{AcceptanceId, ContractId, Date, Fen, Moment, OrganisationId, PaymentRequestId};

use super::{books, request};
use crate::db::Row;
use crate::{App, Error, args, row};

row! {
    /// A request as its page shows it.
    pub struct RequestLine {
        /// The request.
        id: PaymentRequestId,
        /// Its version.
        version: i64,
        /// Its number.
        number: String,
        /// The contract.
        contract_id: ContractId,
        /// Its number.
        contract: String,
        /// What was bought.
        title: String,
        /// The provider.
        organisation_id: OrganisationId,
        /// Its name.
        organisation: String,
        /// The office's name.
        office: String,
        /// The milestone.
        milestone: String,
        /// Its place in the order, from 1.
        position: i64,
        /// How much.
        amount_fen: Fen,
        /// The invoice's number.
        invoice_number: String,
        /// Its day.
        invoice_on: Date,
        /// What its file is called.
        invoice_name: String,
        /// What its file is.
        invoice_type: String,
        /// The file's digest.
        invoice_digest: String,
        /// The payee's bank.
        payee_bank: String,
        /// The payee's account.
        payee_account: String,
        /// Where it stands.
        @code state: RequestState,
        /// When it was asked for.
        requested_at: Moment,
        /// The last day to pay.
        due_on: Date,
        /// Who approved it.
        checker: Option<String>,
        /// When.
        checked_at: Option<Moment>,
        /// What was to be mended.
        return_reason: String,
    }
}

const REQUESTS: &str = "SELECT r.id, r.version, r.number, r.contract_id, c.number AS contract, c.title,
      c.organisation_id, o.name AS organisation, f.name AS office, m.name AS milestone, m.position,
      r.amount_fen,
      r.invoice_number, r.invoice_on, r.invoice_name, r.invoice_type, r.invoice_digest, r.payee_bank,
      r.payee_account, r.state, r.requested_at, r.due_on, p.name AS checker, r.checked_at, r.return_reason
    FROM payment_request r JOIN contract c ON c.id = r.contract_id JOIN organisation o ON o.id = c.organisation_id
    JOIN office f ON f.id = c.office_id JOIN milestone m ON m.id = r.milestone_id
    LEFT JOIN person p ON p.id = r.checked_by";

/// Requests for finance: those in this state, or all, the most urgent first.
///
/// # Errors
/// The database could not be read.
pub async fn requests(app: &App, state: Option<RequestState>) -> Result<Vec<RequestLine>, Error> {
    let code = state.map(domain::kernel::Coded::code);
    let sql =
        format!("{REQUESTS} WHERE r.state = COALESCE($1, r.state) ORDER BY r.due_on, r.number LIMIT 500");
    Ok(app.db.all(&sql, args![code]).await?)
}

/// One request by its number.
///
/// # Errors
/// `NotFound` for a number that no request has.
pub async fn request(app: &App, number: &str) -> Result<RequestLine, Error> {
    let found = app.db.maybe(&format!("{REQUESTS} WHERE r.number = $1"), args![number]).await?;
    found.ok_or(Error::NotFound)
}

/// The requests of one contract.
///
/// # Errors
/// The database could not be read.
pub async fn of_contract(app: &App, contract: ContractId) -> Result<Vec<RequestLine>, Error> {
    Ok(app.db.all(&format!("{REQUESTS} WHERE r.contract_id = $1 ORDER BY r.number"), args![contract]).await?)
}

/// An organisation's requests after a number, in the order of numbers.
///
/// # Errors
/// The database could not be read.
pub async fn of_organisation(
    app: &App,
    organisation: OrganisationId,
    after: &str,
    limit: i64,
) -> Result<Vec<RequestLine>, Error> {
    let sql = format!("{REQUESTS} WHERE c.organisation_id = $1 AND r.number > $2 ORDER BY r.number LIMIT $3");
    Ok(app.db.all(&sql, args![organisation, after, limit]).await?)
}

/// Each point of the three-way match, and whether it holds at this moment.
///
/// # Errors
/// The database could not be read.
pub async fn match_of(app: &App, line: &RequestLine) -> Result<Vec<(Matched, bool)>, Error> {
    let held = request::held(app, line.id).await?;
    let book = books::contract_money(app, line.contract_id).await?;
    let bound = match line.state {
        // What is on its way or has arrived was covered when it left.
        RequestState::Sent | RequestState::Paid => line.amount_fen,
        _ => book.committed,
    };
    Ok(payment::matches(&held.compared(bound)))
}

row! {
    /// An accepted milestone that may be billed.
    pub struct Billable {
        /// The acceptance.
        id: AcceptanceId,
        /// The milestone.
        milestone: String,
        /// Its place in the order, from 1.
        position: i64,
        /// What was accepted.
        accepted_fen: Fen,
        /// When.
        accepted_at: Moment,
        /// Where its request stands, if there is one.
        @code_option state: Option<RequestState>,
        /// The request's number.
        number: Option<String>,
    }
}

/// The accepted milestones of a contract, with their requests.
///
/// # Errors
/// The database could not be read.
pub async fn billable(app: &App, contract: ContractId) -> Result<Vec<Billable>, Error> {
    let sql = "SELECT x.id, m.name AS milestone, m.position, x.accepted_fen, x.accepted_at, r.state, r.number
               FROM acceptance x JOIN milestone m ON m.id = x.milestone_id
               LEFT JOIN payment_request r ON r.acceptance_id = x.id
               WHERE x.contract_id = $1 AND x.state = 'accepted' AND x.accepted_fen > 0 ORDER BY m.position";
    Ok(app.db.all(sql, args![contract]).await?)
}

row! {
    /// A payment of a batch.
    pub struct PaymentLine {
        /// Its reference at the bank.
        reference: String,
        /// The request's number.
        request: String,
        /// The contract's number.
        contract: String,
        /// The milestone.
        milestone: String,
        /// Who is paid.
        payee_name: String,
        /// At which bank.
        payee_bank: String,
        /// On which account.
        payee_account: String,
        /// How much.
        amount_fen: Fen,
        /// What the bank said.
        @code outcome: Outcome,
        /// When it said so.
        told_at: Option<Moment>,
        /// What it added.
        told_note: String,
        /// Who approved.
        approver: String,
        /// Who paid.
        payer: String,
    }
}

/// The payments of one batch.
///
/// # Errors
/// `NotFound` for a number that no batch has.
pub async fn of_batch(app: &App, number: &str) -> Result<Vec<PaymentLine>, Error> {
    let sql = "SELECT p.reference, r.number AS request, c.number AS contract, m.name AS milestone, r.payee_name,
                 r.payee_bank, r.payee_account, p.amount_fen, p.outcome, p.told_at, p.told_note,
                 a.name AS approver, b.name AS payer
               FROM payment p JOIN payment_batch h ON h.id = p.batch_id JOIN payment_request r ON r.id = p.request_id
               JOIN contract c ON c.id = r.contract_id JOIN milestone m ON m.id = r.milestone_id
               JOIN person a ON a.id = p.approved_by JOIN person b ON b.id = p.paid_by
               WHERE h.number = $1 ORDER BY p.reference";
    let found: Vec<PaymentLine> = app.db.all(sql, args![number]).await?;
    if found.is_empty() { Err(Error::NotFound) } else { Ok(found) }
}

row! {
    /// A batch in the list.
    pub struct BatchLine {
        /// Its number.
        number: String,
        /// Who sent it.
        payer: String,
        /// When.
        made_at: Moment,
        /// How many payments.
        count: i64,
        /// How much.
        total_fen: Fen,
        /// How many wait for the bank's answer.
        pending: i64,
        /// How many failed.
        failed: i64,
    }
}

/// Every batch, the newest first.
///
/// # Errors
/// The database could not be read.
pub async fn batches(app: &App) -> Result<Vec<BatchLine>, Error> {
    let sql = "SELECT h.number, b.name AS payer, h.made_at, h.count, h.total_fen,
                 (SELECT count(*) FROM payment p WHERE p.batch_id = h.id AND p.outcome = 'pending') AS pending,
                 (SELECT count(*) FROM payment p WHERE p.batch_id = h.id AND p.outcome = 'failed') AS failed
               FROM payment_batch h JOIN person b ON b.id = h.made_by ORDER BY h.id DESC LIMIT 200";
    Ok(app.db.all(sql, &[]).await?)
}

/// The numbers of contracts for which more was paid than was accepted; there can be none.
///
/// # Errors
/// The database could not be read.
pub async fn paid_without_acceptance(app: &App) -> Result<Vec<String>, Error> {
    let sql = "SELECT c.number, c.id FROM contract c WHERE EXISTS
                 (SELECT 1 FROM account a WHERE a.contract_id = c.id AND a.kind = $1)";
    let mut found = Vec::new();
    let kind = domain::kernel::Coded::code(AccountKind::Paid);
    for row in app.db.all::<Row>(sql, args![kind]).await? {
        let (number, id): (String, ContractId) = (row.get("number")?, row.get("id")?);
        let paid = books::contract_money(app, id).await?.paid;
        let sql = "SELECT accepted_fen FROM acceptance WHERE contract_id = $1 AND state = 'accepted'";
        let accepted: Vec<(Fen,)> = app.db.all(sql, args![id]).await?;
        let accepted = Fen::sum(accepted.into_iter().map(|(fen,)| fen)).unwrap_or(Fen::ZERO);
        if paid > accepted {
            found.push(number);
        }
    }
    Ok(found)
}
