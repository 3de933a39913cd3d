//! A contract with its tender and award as a command loads them.

use domain::contracts::{ContractDraft, ContractPart, ContractStage, LongTermTick, Milestone, Term};
use domain::kernel::{
    BidId, Coded, ContractId, Date, Fen, Moment, OfficeId, OrganisationId, PersonId, TenderId,
};
use domain::tendering::stage::Stage;

use crate::db::Row;
use crate::{Cx, Error, args, row};

row! {
    /// The columns that commands decide on.
    pub struct Held {
        /// The contract.
        id: ContractId,
        /// Its public number.
        number: String,
        /// The tender.
        tender_id: TenderId,
        /// The tender's version.
        tender_version: i64,
        /// Where the tender stands.
        @code tender_stage: Stage,
        /// The day whose rules judge the tender.
        rules_on: Date,
        /// The months competed for.
        term_months: i64,
        /// Where the award stands.
        award_state: String,
        /// The awarded bid.
        bid_id: BidId,
        /// Its price.
        price_fen: Option<Fen>,
        /// The contract's price.
        amount_fen: Fen,
        /// The office.
        office_id: OfficeId,
        /// The organisation.
        organisation_id: OrganisationId,
        /// Where the contract stands.
        @code stage: ContractStage,
        /// Who drafted it.
        drafted_by: PersonId,
        /// Signer for the office.
        buyer_signed_by: Option<PersonId>,
        /// When.
        buyer_signed_at: Option<Moment>,
        /// Signer for the organisation.
        provider_signed_by: Option<PersonId>,
        /// When.
        provider_signed_at: Option<Moment>,
    }
}

const HELD: &str = "SELECT c.id, c.number, c.tender_id, t.version AS tender_version,
       t.stage AS tender_stage, t.rules_on, t.term_months, a.state AS award_state, a.bid_id, b.price_fen, c.amount_fen, c.office_id, c.organisation_id, c.stage, c.drafted_by,
       c.buyer_signed_by, c.buyer_signed_at, c.provider_signed_by, c.provider_signed_at
     FROM contract c JOIN tender t ON t.id = c.tender_id JOIN award a ON a.id = c.award_id
     JOIN bid b ON b.id = a.bid_id WHERE c.id = $1";

/// Locks the contract's tender and loads the contract.
pub(super) async fn lock(cx: &mut Cx<'_>, id: ContractId) -> Result<Held, Error> {
    let (tender,): (TenderId,) = cx.tx.one("SELECT tender_id FROM contract WHERE id = $1", args![id]).await?;
    cx.tx.lock("tender", tender.0).await?;
    Ok(cx.tx.one(HELD, args![id]).await?)
}

impl Held {
    /// Another office's contract does not exist for this actor.
    pub(super) fn require_office(&self, cx: &Cx<'_>) -> Result<(), Error> {
        if cx.actor.office() == Some(self.office_id) { Ok(()) } else { Err(Error::NotFound) }
    }

    /// Whether somebody has signed.
    pub(super) fn has_signature(&self) -> bool {
        self.buyer_signed_at.is_some() || self.provider_signed_at.is_some()
    }
}

/// The column of each part in words.
pub(super) fn column(part: ContractPart) -> &'static str {
    match part {
        ContractPart::Content => "content",
        ContractPart::Quantity => "quantity",
        ContractPart::Quality => "quality",
        ContractPart::Settlement => "settlement",
        ContractPart::RightsAndDuties => "rights",
        ContractPart::Breach => "breach",
        ContractPart::RecipientsRole => "recipients_role",
        ContractPart::PrivacyProtection => "confidentiality",
        ContractPart::Feedback => "feedback",
    }
}

/// The draft as the rules see it.
pub(super) async fn draft(cx: &mut Cx<'_>, held: &Held) -> Result<ContractDraft, Error> {
    let sql =
        "SELECT content, quantity, quality, settlement, rights, breach, recipients_role, confidentiality,
                 feedback, amount_fen, starts_on, ends_on, long_term_ticks, is_budget_assured
               FROM contract WHERE id = $1";
    let row: Row = cx.tx.one(sql, args![held.id]).await?;
    let mut parts = Vec::new();
    for part in ContractPart::ALL {
        parts.push((*part, row.get::<String>(column(*part))?));
    }
    Ok(ContractDraft {
        bid: held.bid_id,
        price: row.get("amount_fen")?,
        term: Term { starts: row.get("starts_on")?, ends: row.get("ends_on")? },
        ticks: ticks_of(&row.get::<String>("long_term_ticks")?),
        is_budget_assured: row.get("is_budget_assured")?,
        milestones: milestones(cx, held.id).await?,
        parts,
    })
}

async fn milestones(cx: &mut Cx<'_>, contract: ContractId) -> Result<Vec<Milestone>, Error> {
    let sql = "SELECT name, due_on, amount_fen FROM milestone WHERE contract_id = $1 ORDER BY position";
    let rows: Vec<Row> = cx.tx.all(sql, args![contract]).await?;
    let read = |row: &Row| {
        Ok(Milestone { name: row.get("name")?, due: row.get("due_on")?, amount: row.get("amount_fen")? })
    };
    rows.iter().map(read).collect()
}

/// The ticks kept as codes with commas between them.
pub(super) fn ticks_of(text: &str) -> Vec<LongTermTick> {
    text.split(',').filter_map(LongTermTick::from_code).collect()
}

/// The ticks as kept.
pub(super) fn ticks_text(ticks: &[LongTermTick]) -> String {
    ticks.iter().map(|tick| tick.code()).collect::<Vec<_>>().join(",")
}
