//! Reconciliation: the bank's answer, row by row. What it does not name stays pending and is never sent again.

use domain::funds::{Outcome, RequestState, TransferKind};
use domain::kernel::{
    AcceptanceId, Coded, ContractId, Fen, PaymentId, PaymentRequestId, Refusal, Role, RuleKey, Subject,
    SubjectKind,
};

use super::commitment::bound;
use super::ledger::{self, Cause, Move};
use crate::db::Val;
use crate::journal::{PAYMENT, PAYMENT_REQUEST};
use crate::sheets::{self, Limits};
use crate::{Act, App, Cx, Error, args, deadlines, row};

/// One row of the bank's answer, as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankRow {
    /// The row of the file.
    pub number: usize,
    /// The payment's reference.
    pub reference: String,
    /// Its amount.
    pub amount: String,
    /// `成功`, `失败` or their English words.
    pub outcome: String,
    /// What the bank adds.
    pub note: String,
}

/// Takes in the bank's answer: every row is judged, then all are taken in or none is. A row that was taken in
/// before says nothing new.
#[derive(Clone)]
pub struct Reconcile {
    /// The rows.
    pub rows: Vec<BankRow>,
}

/// The columns: field, Chinese titles, English title.
const COLUMNS: [(&str, &str, &str); 4] = [
    ("reference", "付款流水号", "Reference"),
    ("amount", "金额（元）", "Amount (yuan)"),
    ("outcome", "结果", "Outcome"),
    ("note", "备注", "Note"),
];

/// The title of a field's column.
pub fn column_title(field: &str, is_english: bool) -> &'static str {
    let found = COLUMNS.iter().find(|(name, ..)| *name == field);
    found.map_or("", |(_, zh, en)| if is_english { en } else { zh })
}

/// The bank's file as rows.
///
/// # Errors
/// A refusal at `file` for one that is no such sheet.
pub async fn read_bank_file(file: Vec<u8>) -> Result<Vec<BankRow>, Error> {
    let read = tokio::task::spawn_blocking(move || sheets::read(&file, Limits::default()));
    let sheet = read.await.map_err(|_| Error::Folder("the reading thread stopped".to_owned()))??;
    let place = |field: &str| {
        let (_, zh, en) = COLUMNS.iter().find(|(name, ..)| *name == field)?;
        sheet.header.iter().position(|title| [*zh, *en, field].contains(&title.trim()))
    };
    if let Some((_, zh, _)) = COLUMNS.iter().take(3).find(|(field, ..)| place(field).is_none()) {
        let refusal = Refusal::new("funds.column-missing", "C28").at("file").with("column", *zh);
        return Err(Error::Invalid(vec![refusal]));
    }
    let rows = sheet.rows.iter().map(|row| {
        let text = |field: &str| place(field).map(|at| row.cell(at).to_owned()).unwrap_or_default();
        BankRow {
            number: row.number,
            reference: text("reference"),
            amount: text("amount"),
            outcome: text("outcome"),
            note: text("note"),
        }
    });
    Ok(rows.collect())
}

row! {
    /// A payment that the bank may speak of.
    pub struct Sent {
        /// The payment.
        id: PaymentId,
        /// Its version.
        version: i64,
        /// Its reference.
        reference: String,
        /// How much.
        amount_fen: Fen,
        /// What the bank said before.
        @code outcome: Outcome,
        /// The request.
        request_id: PaymentRequestId,
        /// Its version.
        request_version: i64,
        /// The contract.
        contract_id: ContractId,
        /// The acceptance.
        acceptance_id: AcceptanceId,
    }
}

const SENT: &str = "SELECT p.id, p.version, p.reference, p.amount_fen, p.outcome, p.request_id,
      r.version AS request_version, r.contract_id, r.acceptance_id
    FROM payment p JOIN payment_request r ON r.id = p.request_id WHERE p.reference = $1";

impl Act for Reconcile {
    /// How many payments got an answer.
    type Outcome = i64;
    const NAME: &'static str = "funds.reconcile";
    const WHO: &'static [Role] = &[Role::Finance];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        if self.rows.is_empty() {
            return Err(Error::Invalid(vec![Refusal::new("funds.bank-file-empty", "C28").at("file")]));
        }
        let (mut told, mut faults) = (Vec::new(), Vec::new());
        for row in &self.rows {
            match judge(cx, row).await? {
                Ok(Some(answer)) => told.push(answer),
                Ok(None) => {}
                Err(fault) => faults.push(fault),
            }
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let mut count = 0;
        for (sent, outcome, note) in told {
            // Read again: the file may name one payment twice.
            cx.tx.lock("payment", sent.id.0).await?;
            let now: Sent = cx.tx.one(SENT, args![&sent.reference]).await?;
            if now.outcome == Outcome::Pending {
                take_in(cx, &now, outcome, note).await?;
                count += 1;
            } else if now.outcome != outcome {
                let refusal = Refusal::new("funds.told-otherwise", "C28").at("file");
                return Err(Error::Invalid(vec![refusal.with("reference", now.reference)]));
            }
        }
        Ok(count)
    }
}

type Answer<'a> = (Sent, Outcome, &'a str);

async fn judge<'a>(cx: &mut Cx<'_>, row: &'a BankRow) -> Result<Result<Option<Answer<'a>>, Refusal>, Error> {
    let at = |code, field: &str| Refusal::new(code, "C28").at(format!("row.{}.{field}", row.number));
    let Some(sent) = cx.tx.maybe::<Sent>(SENT, args![row.reference.trim()]).await? else {
        let refusal = at("funds.reference-unknown", "reference");
        return Ok(Err(refusal.with("reference", row.reference.as_str())));
    };
    let outcome = match row.outcome.trim() {
        "成功" | "paid" | "success" => Outcome::Paid,
        "失败" | "failed" | "failure" => Outcome::Failed,
        _ => return Ok(Err(at("funds.outcome-unreadable", "outcome").with("text", row.outcome.as_str()))),
    };
    let amount = Fen::parse_yuan(&row.amount).ok();
    if amount != Some(sent.amount_fen) {
        let refusal = at("funds.bank-amount-differs", "amount").with("amount", sent.amount_fen);
        return Ok(Err(refusal));
    }
    if sent.outcome == outcome {
        return Ok(Ok(None));
    }
    if sent.outcome != Outcome::Pending {
        let refusal = at("funds.already-told", "outcome").with_code("outcome", sent.outcome);
        return Ok(Err(refusal));
    }
    Ok(Ok(Some((sent, outcome, row.note.trim()))))
}

async fn take_in(cx: &mut Cx<'_>, sent: &Sent, outcome: Outcome, note: &str) -> Result<(), Error> {
    let (fund, subject, _) = bound(cx, sent.contract_id).await?;
    let is_paid = outcome == Outcome::Paid;
    let kind = if is_paid { TransferKind::Pay } else { TransferKind::Fail };
    let cause = Cause { basis: sent.reference.clone(), payment: Some(sent.id) };
    ledger::transfer(cx, Move { fund, kind, amount: sent.amount_fen, subject: &subject, cause }).await?;
    let live = is_paid.then_some(sent.request_id);
    let values = [
        ("outcome", outcome.code().into()),
        ("live_request_id", live.into()),
        ("told_at", cx.now.into()),
        ("told_by", cx.actor.person.into()),
        ("told_note", note.into()),
    ];
    cx.update(&PAYMENT, sent.id.0, sent.version, &values).await?;
    // A payment that failed is approved still: it may be sent again under a new reference.
    let state = if is_paid { RequestState::Paid } else { RequestState::Approved };
    let values = [("state", Val::code(state))];
    cx.update(&PAYMENT_REQUEST, sent.request_id.0, sent.request_version, &values).await?;
    if is_paid {
        // A request from before acceptances kept this clock has one of its own.
        let acceptance = Subject::new(SubjectKind::Acceptance, sent.acceptance_id.0);
        for subject in [acceptance, Subject::new(SubjectKind::Payment, sent.request_id.0)] {
            deadlines::done(cx, subject, RuleKey::PaymentDays).await?;
        }
        let sql = "SELECT number FROM contract WHERE id = $1";
        let (number,): (String,) = cx.tx.one(sql, args![sent.contract_id]).await?;
        cx.announce("contract_paid", number);
    }
    Ok(())
}

/// The batch as the bank takes it: reference, payee, bank, account, amount, purpose.
///
/// # Errors
/// `NotFound` for a number that no batch has.
pub async fn bank_sheet(app: &App, number: &str, is_english: bool) -> Result<Vec<u8>, Error> {
    let lines = super::payments::of_batch(app, number).await?;
    let titles = if is_english {
        ["Reference", "Payee", "Bank", "Account", "Amount (yuan)", "Purpose"]
    } else {
        ["付款流水号", "收款单位", "开户银行", "账号", "金额（元）", "用途"]
    };
    let widths = [24, 36, 30, 26, 16, 44];
    let columns: Vec<sheets::Column> =
        titles.iter().zip(widths).map(|(title, width)| sheets::Column::new(*title, width)).collect();
    let rows: Vec<Vec<sheets::Cell>> = lines
        .into_iter()
        .map(|line| {
            vec![
                sheets::Cell::text(line.reference),
                sheets::Cell::text(line.payee_name),
                sheets::Cell::text(line.payee_bank),
                sheets::Cell::text(line.payee_account),
                sheets::Cell::Money(line.amount_fen),
                sheets::Cell::text(format!("{} {}", line.contract, line.milestone)),
            ]
        })
        .collect();
    sheets::xlsx(number, &columns, &rows)
}

/// The columns of the bank's answer, filled with every payment that still waits for one; the outcome is left
/// to be written.
///
/// # Errors
/// The database could not be read.
pub async fn answer_sheet(app: &App, is_english: bool) -> Result<Vec<u8>, Error> {
    let sql = "SELECT reference, amount_fen FROM payment WHERE outcome = 'pending' ORDER BY reference";
    let waiting: Vec<crate::db::Row> = app.db.all(sql, &[]).await?;
    let widths = [24, 16, 12, 30];
    let titles = COLUMNS.iter().map(|(_, zh, en)| if is_english { *en } else { *zh });
    let columns: Vec<sheets::Column> =
        titles.zip(widths).map(|(title, width)| sheets::Column::new(title, width)).collect();
    let mut rows = Vec::with_capacity(waiting.len());
    for row in &waiting {
        let (reference, amount): (String, Fen) = (row.get("reference")?, row.get("amount_fen")?);
        rows.push(vec![
            sheets::Cell::text(reference),
            sheets::Cell::Money(amount),
            sheets::Cell::text(""),
            sheets::Cell::text(""),
        ]);
    }
    sheets::xlsx(if is_english { "Answer" } else { "对账" }, &columns, &rows)
}
