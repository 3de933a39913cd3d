//! Deposits: asked by the documents, entered by finance after the opening, given back within their days (C27).

use domain::funds::deposit::{self, DepositKind, DepositMeans, Receipt};
use domain::kernel::{Date, Fen, Moment, OfficeId, OrganisationId, Refusal, Role, TenderId};
use domain::tendering::stage::Stage;

use super::deposits::{TERMS, Terms};
use crate::db::{Row, Val};
use crate::journal::{DEPOSIT, DEPOSIT_TERM};
use crate::{Act, Cx, Error, args};

/// No paper's name is longer, in characters.
const TEXT_MAX: usize = 200;

/// The office says what the documents ask; nothing is asked until it does.
#[derive(Clone)]
pub struct AskDeposits {
    /// The tender's number.
    pub tender: String,
    /// The bid deposit.
    pub bid: Fen,
    /// The performance deposit.
    pub performance: Fen,
}

impl Act for AskDeposits {
    type Outcome = ();
    const NAME: &'static str = "funds.ask_deposits";
    const WHO: &'static [Role] = &[Role::OfficeStaff];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = tender(cx, &self.tender).await?;
        if cx.actor.office() != Some(held.office) {
            return Err(Error::NotFound);
        }
        let is_draft = held.stage == Stage::Drafting;
        let rules = cx.app.book.on(held.rules_on);
        let faults =
            deposit::term_faults(is_draft, (self.bid, held.budget), (self.performance, held.ceiling), rules);
        if let [only] = faults.as_slice()
            && only.field.is_none()
        {
            return Err(only.clone().into());
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let values = [
            ("bid_fen", self.bid.into()),
            ("performance_fen", self.performance.into()),
            ("set_by", cx.actor.person.into()),
            ("set_at", cx.now.into()),
        ];
        let sql = "SELECT id, version FROM deposit_term WHERE tender_id = $1";
        if let Some(row) = cx.tx.maybe::<Row>(sql, args![held.id]).await? {
            return cx.update(&DEPOSIT_TERM, row.get::<i64>("id")?, row.get("version")?, &values).await;
        }
        let id = cx.id();
        let mut all = vec![("tender_id", held.id.into())];
        all.extend(values);
        cx.insert(&DEPOSIT_TERM, id, &all).await
    }
}

/// Finance enters a deposit that came.
#[derive(Clone)]
pub struct ReceiveDeposit {
    /// The tender's number.
    pub tender: String,
    /// What it secures.
    pub kind: DepositKind,
    /// Who paid it, by credit code.
    pub organisation: String,
    /// How much.
    pub amount: Fen,
    /// How it came, as typed: cash is refused.
    pub means: String,
    /// The bank's paper, or the guarantee.
    pub paper: String,
    /// When it came.
    pub received_on: Date,
}

impl Act for ReceiveDeposit {
    type Outcome = ();
    const NAME: &'static str = "funds.receive_deposit";
    const WHO: &'static [Role] = &[Role::Finance];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = tender(cx, &self.tender).await?;
        if held.published_at.is_none() {
            return Err(Error::NotFound);
        }
        check_length(&self.paper, "paper")?;
        let asked = terms_in(cx, held.id).await?;
        let party = party(cx, &held, self).await?;
        let receipt = Receipt {
            kind: self.kind,
            is_opened: held.opened_at.is_some(),
            is_party: party.is_some(),
            asked: if self.kind == DepositKind::Bid { asked.bid_fen } else { asked.performance_fen },
            amount: self.amount,
            contract: party.and_then(|(_, contract)| contract),
            received_on: self.received_on,
            today: cx.now.date(),
            has_paper: !self.paper.trim().is_empty(),
        };
        let means = deposit::means(&self.means);
        let mut faults = deposit::receipt_faults(&receipt, cx.app.book.on(held.rules_on));
        faults.extend(means.clone().err().filter(|_| receipt.is_opened));
        if let [only] = faults.as_slice()
            && only.field.is_none()
        {
            return Err(only.clone().into());
        }
        let (Some((organisation, _)), Ok(means), true) = (party, means, faults.is_empty()) else {
            return Err(Error::Invalid(faults));
        };
        self.keep(cx, held.id, organisation, means).await
    }
}

impl ReceiveDeposit {
    async fn keep(
        &self,
        cx: &mut Cx<'_>,
        tender: TenderId,
        organisation: OrganisationId,
        means: DepositMeans,
    ) -> Result<(), Error> {
        let id = cx.id();
        let values = [
            ("kind", Val::code(self.kind)),
            ("tender_id", tender.into()),
            ("organisation_id", organisation.into()),
            ("amount_fen", self.amount.into()),
            ("means", Val::code(means)),
            ("paper", self.paper.trim().into()),
            ("received_on", self.received_on.into()),
            ("entered_by", cx.actor.person.into()),
            ("entered_at", cx.now.into()),
        ];
        let before = Refusal::new("deposit.received-before", "C27").at("organisation");
        let answer = cx.insert(&DEPOSIT, id, &values).await;
        answer.map_err(|error| error.on_unique("deposit__kind__tender_id__organisation_id", before))
    }
}

/// Finance tells that a deposit went back.
#[derive(Clone)]
pub struct ReturnDeposit {
    /// Which one.
    pub deposit: i64,
    /// When it went back.
    pub returned_on: Date,
    /// The bank's paper.
    pub paper: String,
}

impl Act for ReturnDeposit {
    type Outcome = ();
    const NAME: &'static str = "funds.return_deposit";
    const WHO: &'static [Role] = &[Role::Finance];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        check_length(&self.paper, "return_paper")?;
        let sql = "SELECT id, version, received_on, returned_on FROM deposit WHERE id = $1";
        let held: Row = cx.tx.one(sql, args![self.deposit]).await?;
        let is_returned = held.get::<Option<Date>>("returned_on")?.is_some();
        let (from, today) = (held.get::<Date>("received_on")?, cx.now.date());
        let has_paper = !self.paper.trim().is_empty();
        let faults = deposit::return_faults(is_returned, from, self.returned_on, today, has_paper);
        if is_returned || !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let values = [
            ("returned_on", self.returned_on.into()),
            ("return_paper", self.paper.trim().into()),
            ("returned_by", cx.actor.person.into()),
        ];
        cx.update(&DEPOSIT, self.deposit, held.get("version")?, &values).await
    }
}

fn check_length(text: &str, field: &'static str) -> Result<(), Error> {
    if text.chars().count() <= TEXT_MAX {
        return Ok(());
    }
    Err(Error::Invalid(vec![Refusal::new("deposit.text-too-long", "C27").at(field).with("max", TEXT_MAX)]))
}

struct HeldTender {
    id: TenderId,
    office: OfficeId,
    stage: Stage,
    rules_on: Date,
    budget: Fen,
    ceiling: Fen,
    published_at: Option<Moment>,
    opened_at: Option<Moment>,
}

async fn tender(cx: &mut Cx<'_>, number: &str) -> Result<HeldTender, Error> {
    let sql = "SELECT t.id, t.office_id, t.stage, t.rules_on, i.budget_fen, t.ceiling_fen, t.published_at, t.opened_at
               FROM tender t JOIN item i ON i.id = t.item_id WHERE t.number = $1";
    let row: Row = cx.tx.one(sql, args![number]).await?;
    Ok(HeldTender {
        id: row.get("id")?,
        office: row.get("office_id")?,
        stage: row.code("stage")?,
        rules_on: row.get("rules_on")?,
        budget: row.get("budget_fen")?,
        ceiling: row.get("ceiling_fen")?,
        published_at: row.get("published_at")?,
        opened_at: row.get("opened_at")?,
    })
}

/// The organisation, when it has bid or has signed, and its contract's amount.
async fn party(
    cx: &mut Cx<'_>,
    held: &HeldTender,
    asked: &ReceiveDeposit,
) -> Result<Option<(OrganisationId, Option<Fen>)>, Error> {
    let code = asked.organisation.trim();
    if asked.kind == DepositKind::Bid {
        let sql = "SELECT o.id FROM bid b JOIN organisation o ON o.id = b.organisation_id
                   WHERE b.tender_id = $1 AND o.uscc = $2";
        let found = cx.tx.maybe::<(OrganisationId,)>(sql, args![held.id, code]).await?;
        return Ok(found.map(|(id,)| (id, None)));
    }
    let sql = "SELECT o.id, c.amount_fen FROM contract c JOIN organisation o ON o.id = c.organisation_id
               WHERE c.tender_id = $1 AND o.uscc = $2 AND c.published_at IS NOT NULL";
    let Some(row) = cx.tx.maybe::<Row>(sql, args![held.id, code]).await? else { return Ok(None) };
    Ok(Some((row.get("id")?, Some(row.get("amount_fen")?))))
}

async fn terms_in(cx: &mut Cx<'_>, tender: TenderId) -> Result<Terms, Error> {
    Ok(cx.tx.maybe::<Terms>(TERMS, args![tender]).await?.unwrap_or_default())
}
