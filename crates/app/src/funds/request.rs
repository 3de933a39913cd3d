//! Requests to be paid: asked for an accepted milestone by its provider, checked against three papers (C28, C55).

use domain::contracts::ContractStage;
use domain::funds::{AccountKind, RequestState, payment};
use domain::kernel::{
    AcceptanceId, ContractId, Date, Fen, Moment, OrganisationId, PaymentRequestId, PersonId, Refusal, Role,
    RuleKey, Subject, SubjectKind,
};

use super::commitment::bound;
use super::ledger;
use crate::db::{DbError, Val};
use crate::journal::PAYMENT_REQUEST;
use crate::uploads::StoredFile;
use crate::{Act, Cx, Error, args, deadlines, row};

/// What a provider hands in to be paid.
#[derive(Clone, Debug, Default)]
pub struct Bill {
    /// The invoice's number.
    pub invoice_number: String,
    /// Its day.
    pub invoice_on: Option<Date>,
    /// Its amount.
    pub invoice_amount: Fen,
    /// The payee's bank.
    pub bank: String,
    /// The payee's account.
    pub account: String,
}

/// The provider asks to be paid for an accepted milestone; one sent back is asked for anew on the same row.
#[derive(Clone)]
pub struct RequestPayment {
    /// The acceptance.
    pub acceptance: AcceptanceId,
    /// The bill.
    pub bill: Bill,
    /// The invoice itself.
    pub file: StoredFile,
}

/// Finance finds a request right.
#[derive(Clone, Copy)]
pub struct ApproveRequest {
    /// The request.
    pub request: PaymentRequestId,
    /// Its version as the checker read it.
    pub version: i64,
}

/// Finance sends a request back, saying what to mend.
#[derive(Clone)]
pub struct ReturnRequest {
    /// The request.
    pub request: PaymentRequestId,
    /// Its version as the checker read it.
    pub version: i64,
    /// What to mend.
    pub reason: String,
}

row! {
    /// An acceptance as a request needs it.
    pub struct Accepted {
        /// Its milestone.
        milestone_id: i64,
        /// Its contract.
        contract_id: ContractId,
        /// Where it stands.
        state: String,
        /// What was accepted.
        accepted_fen: Fen,
        /// When.
        accepted_at: Option<Moment>,
        /// The provider.
        organisation_id: OrganisationId,
        /// Its name.
        organisation: String,
        /// The day whose rules judge the purchase.
        rules_on: Date,
        /// The request that was sent back, if one was.
        request_id: Option<PaymentRequestId>,
        /// Its version.
        request_version: Option<i64>,
        /// Where it stands.
        @code_option request_state: Option<RequestState>,
    }
}

const ACCEPTED: &str = "SELECT x.milestone_id, x.contract_id, x.state, x.accepted_fen, x.accepted_at,
      c.organisation_id, o.name AS organisation, t.rules_on, r.id AS request_id, r.version AS request_version,
      r.state AS request_state
    FROM acceptance x JOIN contract c ON c.id = x.contract_id JOIN organisation o ON o.id = c.organisation_id
    JOIN tender t ON t.id = c.tender_id LEFT JOIN payment_request r ON r.acceptance_id = x.id WHERE x.id = $1";

impl Act for RequestPayment {
    type Outcome = PaymentRequestId;
    const NAME: &'static str = "funds.request_payment";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<PaymentRequestId, Error> {
        let person = cx.actor.person.ok_or(Error::NotPermitted)?;
        cx.tx.lock("acceptance", self.acceptance.0).await?;
        let accepted: Accepted = cx.tx.one(ACCEPTED, args![self.acceptance]).await?;
        if cx.actor.organisation() != Some(accepted.organisation_id) {
            return Err(Error::NotFound);
        }
        let on = accepted.accepted_at.map(|at| at.date());
        let Some(on) = on.filter(|_| accepted.state == "accepted" && accepted.accepted_fen > Fen::ZERO)
        else {
            return Err(Refusal::new("funds.not-accepted", "C28").into());
        };
        if let Some(state) = accepted.request_state {
            state.expect_one_of(&[RequestState::Returned])?;
        }
        let invoice_on = self.check(accepted.accepted_fen, cx.now.date())?;
        let rules = cx.app.book.on(accepted.rules_on);
        let due = rules.deadline(&cx.app.calendar, RuleKey::PaymentDays, on)?.due;
        let mut values = self.values(&accepted, person, cx.now);
        values.extend([("invoice_on", invoice_on.into()), ("due_on", due.into())]);
        if let (Some(id), Some(version)) = (accepted.request_id, accepted.request_version) {
            cx.update(&PAYMENT_REQUEST, id.0, version, &values).await.map_err(taken)?;
            return Ok(id);
        }
        let id = PaymentRequestId(cx.id());
        values.extend([
            ("number", next_number(cx).await?.into()),
            ("contract_id", accepted.contract_id.into()),
            ("milestone_id", accepted.milestone_id.into()),
            ("acceptance_id", self.acceptance.into()),
            ("acceptance_state", "accepted".into()),
        ]);
        cx.insert(&PAYMENT_REQUEST, id.0, &values).await.map_err(taken)?;
        // The acceptance started this clock; one from before it did so starts now, with the same last day.
        let subject = Subject::new(SubjectKind::Acceptance, self.acceptance.0);
        deadlines::start(cx, subject, RuleKey::PaymentDays, on, accepted.rules_on).await?;
        Ok(id)
    }
}

/// The number of another's request in the same moment is tried again; an invoice is billed once.
fn taken(error: Error) -> Error {
    match error {
        Error::Db(DbError::Unique(name)) if name == "payment_request__number" => Error::Db(DbError::Busy),
        other => other.on_unique(
            "payment_request__invoice_number",
            Refusal::new("funds.invoice-used", "C28").at("invoice_number"),
        ),
    }
}

async fn next_number(cx: &mut Cx<'_>) -> Result<String, Error> {
    let head = format!("FK-{}", cx.now.date().year());
    let sql = "SELECT count(*) FROM payment_request WHERE number LIKE $1";
    let used = cx.tx.number(sql, args![format!("{head}-%")]).await?;
    Ok(format!("{head}-{:04}", used + 1))
}

impl Bill {
    /// What is wrong with it by itself, whatever it is for: `funds.bill-incomplete`, `funds.invoice-day` (C28).
    pub fn faults(&self, today: Date) -> Vec<Refusal> {
        let needed =
            [("invoice_number", &self.invoice_number), ("bank", &self.bank), ("account", &self.account)];
        let blank = needed.into_iter().filter(|(_, text)| text.trim().is_empty());
        let mut faults: Vec<Refusal> =
            blank.map(|(field, _)| Refusal::new("funds.bill-incomplete", "C28").at(field)).collect();
        if self.invoice_on.is_none_or(|on| on > today) {
            faults.push(Refusal::new("funds.invoice-day", "C28").at("invoice_on"));
        }
        faults
    }
}

impl RequestPayment {
    fn check(&self, accepted: Fen, today: Date) -> Result<Date, Error> {
        let mut faults = self.bill.faults(today);
        faults.extend(payment::invoice(accepted, self.bill.invoice_amount).err());
        match self.bill.invoice_on {
            Some(on) if faults.is_empty() => Ok(on),
            _ => Err(Error::Invalid(faults)),
        }
    }

    fn values(&self, accepted: &Accepted, person: PersonId, now: Moment) -> Vec<(&'static str, Val)> {
        vec![
            ("amount_fen", accepted.accepted_fen.into()),
            ("invoice_number", self.bill.invoice_number.trim().into()),
            ("invoice_fen", self.bill.invoice_amount.into()),
            ("invoice_name", self.file.name().into()),
            ("invoice_type", self.file.media_type().into()),
            ("invoice_digest", self.file.digest().into()),
            // No one but the contract's provider is ever the payee (S68).
            ("payee_name", accepted.organisation.as_str().into()),
            ("payee_bank", self.bill.bank.trim().into()),
            ("payee_account", self.bill.account.trim().into()),
            ("state", Val::code(RequestState::Requested)),
            ("requested_by", person.into()),
            ("requested_at", now.into()),
            ("checked_by", Option::<PersonId>::None.into()),
            ("checked_at", Option::<Moment>::None.into()),
            ("return_reason", "".into()),
        ]
    }
}

row! {
    /// A request as its checker's command needs it.
    pub struct Held {
        /// Where it stands.
        @code state: RequestState,
        /// The contract.
        contract_id: ContractId,
        /// Where it stands.
        @code contract_stage: ContractStage,
        /// What is asked for.
        amount_fen: Fen,
        /// What the invoice says.
        invoice_fen: Fen,
        /// Who is to be paid.
        payee_name: String,
        /// Who the contract says.
        provider: String,
        /// Who asked.
        requested_by: PersonId,
        /// Where the acceptance stands.
        accepted_state: String,
        /// What was accepted.
        accepted_fen: Fen,
        /// When it became public.
        published_at: Option<Moment>,
    }
}

const HELD: &str = "SELECT r.state, r.contract_id, c.stage AS contract_stage, r.amount_fen, r.invoice_fen,
      r.payee_name, o.name AS provider, r.requested_by, x.state AS accepted_state, x.accepted_fen, x.published_at
    FROM payment_request r JOIN contract c ON c.id = r.contract_id JOIN organisation o ON o.id = c.organisation_id
    JOIN acceptance x ON x.id = r.acceptance_id WHERE r.id = $1";

impl Held {
    async fn papers(&self, cx: &mut Cx<'_>) -> Result<payment::Papers, Error> {
        let (fund, _, found) = bound(cx, self.contract_id).await?;
        let committed = ledger::lying(cx, fund, AccountKind::Commitment, &found.number).await?;
        Ok(self.compared(committed))
    }

    /// The request's papers side by side.
    pub(super) fn compared(&self, committed: Fen) -> payment::Papers {
        payment::Papers {
            is_signed: matches!(self.contract_stage, ContractStage::Signed | ContractStage::Ended),
            accepted: (self.accepted_state == "accepted").then_some(self.accepted_fen),
            is_published: self.published_at.is_some(),
            asked: self.amount_fen,
            invoice: self.invoice_fen,
            payee: self.payee_name.clone(),
            provider: self.provider.clone(),
            committed,
        }
    }
}

/// The same facts outside a transaction, for the page of the match.
pub(super) async fn held(app: &crate::App, request: PaymentRequestId) -> Result<Held, Error> {
    Ok(app.db.one(HELD, args![request]).await?)
}

async fn lock(cx: &mut Cx<'_>, request: PaymentRequestId) -> Result<Held, Error> {
    cx.tx.lock("payment_request", request.0).await?;
    Ok(cx.tx.one(HELD, args![request]).await?)
}

impl Act for ApproveRequest {
    type Outcome = ();
    const NAME: &'static str = "funds.approve_request";
    const WHO: &'static [Role] = &[Role::Finance];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let person = cx.actor.person.ok_or(Error::NotPermitted)?;
        let held = lock(cx, self.request).await?;
        held.state.expect_one_of(&[RequestState::Requested])?;
        let papers = held.papers(cx).await?;
        payment::approve(&papers, person, held.requested_by)?;
        let values = [
            ("state", Val::code(RequestState::Approved)),
            ("checked_by", person.into()),
            ("checked_at", cx.now.into()),
        ];
        cx.update(&PAYMENT_REQUEST, self.request.0, self.version, &values).await
    }
}

impl Act for ReturnRequest {
    type Outcome = ();
    const NAME: &'static str = "funds.return_request";
    const WHO: &'static [Role] = &[Role::Finance];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        if self.reason.trim().is_empty() {
            return Err(Error::Invalid(vec![Refusal::new("funds.reason-missing", "C28").at("reason")]));
        }
        let held = lock(cx, self.request).await?;
        held.state.expect_one_of(&[RequestState::Requested])?;
        let values =
            [("state", Val::code(RequestState::Returned)), ("return_reason", self.reason.trim().into())];
        cx.update(&PAYMENT_REQUEST, self.request.0, self.version, &values).await
    }
}
