//! Batches: approved requests go to the bank together, each as one payment with its own reference.

use domain::funds::{Outcome, RequestState, TransferKind, payment};
use domain::kernel::{
    ContractId, Fen, FundId, PaymentBatchId, PaymentId, PaymentRequestId, PersonId, Refusal, Role,
};

use super::commitment::bound;
use super::ledger::{self, Cause, Move, Subject};
use crate::db::{DbError, Val};
use crate::journal::{PAYMENT, PAYMENT_BATCH, PAYMENT_REQUEST};
use crate::{Act, Cx, Error, args, row};

/// Hands approved requests to the bank: all of them or none.
#[derive(Clone)]
pub struct SendBatch {
    /// The requests.
    pub requests: Vec<PaymentRequestId>,
}

row! {
    /// A request that is ready to be sent.
    pub struct Ready {
        /// The request.
        id: PaymentRequestId,
        /// Its version.
        version: i64,
        /// Its number.
        number: String,
        /// Where it stands.
        @code state: RequestState,
        /// How much.
        amount_fen: Fen,
        /// Who approved it.
        checked_by: Option<PersonId>,
        /// The contract.
        contract_id: ContractId,
        /// How often it was sent before.
        attempts: i64,
    }
}

const READY: &str = "SELECT r.id, r.version, r.number, r.state, r.amount_fen, r.checked_by, r.contract_id,
      (SELECT count(*) FROM payment p WHERE p.request_id = r.id) AS attempts
    FROM payment_request r WHERE r.id = $1";

/// One payment about to be made, with the fund it comes from.
struct Line {
    ready: Ready,
    fund: FundId,
    subject: Subject,
    approver: PersonId,
}

impl Act for SendBatch {
    type Outcome = String;
    const NAME: &'static str = "funds.send_batch";
    const WHO: &'static [Role] = &[Role::Finance];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let payer = cx.actor.person.ok_or(Error::NotPermitted)?;
        let lines = self.lines(cx, payer).await?;
        let total = Fen::sum(lines.iter().map(|line| line.ready.amount_fen)).unwrap_or(Fen(i64::MAX));
        let number = next_number(cx).await?;
        let batch = PaymentBatchId(cx.id());
        let row = [
            ("number", number.as_str().into()),
            ("made_by", payer.into()),
            ("made_at", cx.now.into()),
            ("count", lines.len().into()),
            ("total_fen", total.into()),
        ];
        cx.insert(&PAYMENT_BATCH, batch.0, &row).await.map_err(once_more)?;
        for line in &lines {
            send(cx, batch, &number, payer, line).await?;
        }
        Ok(number)
    }
}

impl SendBatch {
    async fn lines(&self, cx: &mut Cx<'_>, payer: PersonId) -> Result<Vec<Line>, Error> {
        let mut wanted = self.requests.clone();
        wanted.sort_unstable();
        wanted.dedup();
        if wanted.is_empty() {
            return Err(Error::Invalid(vec![Refusal::new("funds.nothing-chosen", "C28").at("requests")]));
        }
        let mut lines = Vec::with_capacity(wanted.len());
        let mut faults = Vec::new();
        // In the order of ids, so that two batches that share requests wait for each other and never in a ring.
        for id in wanted {
            cx.tx.lock("payment_request", id.0).await?;
            let ready: Ready = cx.tx.one(READY, args![id]).await?;
            let Some(approver) = ready.checked_by.filter(|_| ready.state == RequestState::Approved) else {
                let refusal = Refusal::new("funds.request-not-approved", "C28").at("requests");
                faults.push(refusal.with("request", ready.number));
                continue;
            };
            faults.extend(payment::pay(payer, approver, &ready.number).err().map(|no| no.at("requests")));
            let (fund, subject, _) = bound(cx, ready.contract_id).await?;
            lines.push(Line { ready, fund, subject, approver });
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        lines.sort_by_key(|line| line.fund);
        Ok(lines)
    }
}

fn once_more(error: Error) -> Error {
    match error {
        Error::Db(DbError::Unique(name)) if name == "payment_batch__number" => Error::Db(DbError::Busy),
        other => other,
    }
}

async fn next_number(cx: &mut Cx<'_>) -> Result<String, Error> {
    let head = format!("PC-{}", cx.now.date().year());
    let sql = "SELECT count(*) FROM payment_batch WHERE number LIKE $1";
    let used = cx.tx.number(sql, args![format!("{head}-%")]).await?;
    Ok(format!("{head}-{:03}", used + 1))
}

async fn send(
    cx: &mut Cx<'_>,
    batch: PaymentBatchId,
    number: &str,
    payer: PersonId,
    line: &Line,
) -> Result<(), Error> {
    let ready = &line.ready;
    let id = PaymentId(cx.id());
    let row = [
        ("batch_id", batch.into()),
        ("request_id", ready.id.into()),
        ("live_request_id", ready.id.into()),
        // A new attempt has a new reference: the bank can tell it from the one that failed.
        ("reference", format!("{}-{}", ready.number, ready.attempts + 1).into()),
        ("amount_fen", ready.amount_fen.into()),
        ("approved_by", line.approver.into()),
        ("paid_by", payer.into()),
        ("outcome", Val::code(Outcome::Pending)),
        ("told_note", "".into()),
    ];
    cx.insert(&PAYMENT, id.0, &row).await?;
    let cause = Cause { basis: number.to_owned(), payment: Some(id) };
    let wanted = Move {
        fund: line.fund,
        kind: TransferKind::Send,
        amount: ready.amount_fen,
        subject: &line.subject,
        cause,
    };
    ledger::transfer(cx, wanted).await?;
    let values = [("state", Val::code(RequestState::Sent))];
    cx.update(&PAYMENT_REQUEST, ready.id.0, ready.version, &values).await
}
