//! A signed contract as commands load it: its parties, its term, who wrote and signed, whether it stands still.

use domain::contracts::{ContractStage, Term};
use domain::kernel::{
    ContractId, Date, Fen, Moment, OfficeId, OrganisationId, PersonId, Rules, Subject, SubjectKind,
};
use domain::performance::{SignerTie, ledger};

use crate::db::Row;
use crate::{App, Cx, Error, args, row};

row! {
    /// The columns that commands decide on.
    pub(super) struct Held {
        /// The contract.
        id: ContractId,
        /// Its version.
        version: i64,
        /// Its public number.
        number: String,
        /// What is bought.
        title: String,
        /// The office.
        office_id: OfficeId,
        /// The office's name.
        office: String,
        /// The provider.
        organisation_id: OrganisationId,
        /// The provider's name.
        organisation: String,
        /// The price.
        amount_fen: Fen,
        /// First day.
        starts_on: Date,
        /// Last day.
        ends_on: Date,
        /// Where it stands.
        @code stage: ContractStage,
        /// Since when both sides have signed.
        published_at: Option<Moment>,
        /// The day whose rules judge it.
        rules_on: Date,
        /// Who wrote the requirement.
        author_id: PersonId,
        /// Who drafted it.
        drafted_by: PersonId,
        /// Who signed for the office.
        buyer_signed_by: Option<PersonId>,
        /// Who signed for the provider.
        provider_signed_by: Option<PersonId>,
        /// The moment from which it stands still or has ended before its time.
        halted_at: Option<Moment>,
    }
}

const HELD: &str = "SELECT c.id, c.version, c.number, c.title, c.office_id, f.name AS office, c.organisation_id,
       o.name AS organisation, c.amount_fen, c.starts_on, c.ends_on, c.stage, c.published_at, t.rules_on,
       t.author_id, c.drafted_by, c.buyer_signed_by, c.provider_signed_by,
       (SELECT min(h.in_force_at) FROM contract_halt h WHERE h.contract_id = c.id AND h.state = 'in_force') AS halted_at
     FROM contract c JOIN tender t ON t.id = c.tender_id JOIN office f ON f.id = c.office_id
     JOIN organisation o ON o.id = c.organisation_id WHERE c.id = $1";

/// The contract, held against whoever changes what it rests on.
pub(super) async fn locked(cx: &mut Cx<'_>, id: ContractId) -> Result<Held, Error> {
    cx.tx.lock("contract", id.0).await?;
    Ok(cx.tx.one(HELD, args![id]).await?)
}

/// The contract, beside others who add to its ledger.
pub(super) async fn shared(cx: &mut Cx<'_>, id: ContractId) -> Result<Held, Error> {
    cx.tx.share("contract", id.0).await?;
    Ok(cx.tx.one(HELD, args![id]).await?)
}

/// The contract outside a transaction, for judging rows before they are sent.
pub(super) async fn seen(app: &App, id: ContractId) -> Result<Held, Error> {
    Ok(app.db.one(HELD, args![id]).await?)
}

impl Held {
    /// Another provider's contract does not exist for this actor, nor does one that is not signed.
    pub(super) fn require_provider(&self, organisation: Option<OrganisationId>) -> Result<(), Error> {
        let is_own = organisation == Some(self.organisation_id);
        if is_own && self.stage != ContractStage::Drafted { Ok(()) } else { Err(Error::NotFound) }
    }

    /// Another office's contract does not exist for this actor.
    pub(super) fn require_office(&self, cx: &Cx<'_>) -> Result<(), Error> {
        if cx.actor.office() == Some(self.office_id) { Ok(()) } else { Err(Error::NotFound) }
    }

    /// Whether both sides have signed it, even if it has ended since.
    pub(super) fn was_signed(&self) -> bool {
        self.published_at.is_some()
    }

    /// Whether it binds and goes on.
    pub(super) fn is_in_force(&self) -> bool {
        self.stage == ContractStage::Signed
    }

    /// The rules that judge it.
    pub(super) fn rules<'a>(&self, app: &'a App) -> Rules<'a> {
        app.book.on(self.rules_on)
    }

    /// What the ledger asks of the contract.
    pub(super) fn setting(&self, today: Date) -> ledger::Setting {
        ledger::Setting {
            is_in_force: self.was_signed(),
            term: Term { starts: self.starts_on, ends: self.ends_on },
            halted_on: self.halted_at.map(Moment::date),
            today,
        }
    }

    /// What documents and deadlines of the contract belong to.
    pub(super) fn subject(&self) -> Subject {
        Subject::new(SubjectKind::Contract, self.id.0)
    }

    /// Everyone tied to requirement, contract or one of its sides.
    pub(super) async fn ties(&self, cx: &mut Cx<'_>) -> Result<Vec<(PersonId, SignerTie)>, Error> {
        let mut ties = vec![(self.author_id, SignerTie::Author), (self.drafted_by, SignerTie::Drafter)];
        ties.extend(self.buyer_signed_by.map(|person| (person, SignerTie::Buyer)));
        ties.extend(self.provider_signed_by.map(|person| (person, SignerTie::Provider)));
        let sql = "SELECT person_id, office_id FROM post
                   WHERE until IS NULL AND (office_id = $1 OR organisation_id = $2)";
        for row in cx.tx.all::<Row>(sql, args![self.office_id, self.organisation_id]).await? {
            let is_office = row.get::<Option<OfficeId>>("office_id")?.is_some();
            let tie = if is_office { SignerTie::Office } else { SignerTie::Organisation };
            ties.push((row.get("person_id")?, tie));
        }
        Ok(ties)
    }
}
