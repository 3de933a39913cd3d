//! Subcontracting: a named part outside the core, once, with the office's consent; the whole is never handed
//! on (C52).

use domain::kernel::{ContractId, Fen, Moment, OrganisationId, Refusal, Role};
use domain::performance::SubcontractState;
use domain::performance::subcontract as rule;

use super::{at_field, check_length, held, none_of, person};
use crate::db::Val;
use crate::journal::SUBCONTRACT;
use crate::{Act, App, Cx, Error, args, row};

/// The provider asks to hand a part to a named other.
#[derive(Clone)]
pub struct AskSubcontract {
    /// The contract.
    pub contract: ContractId,
    /// The other's credit code.
    pub to: String,
    /// Which part.
    pub part: String,
    /// Whether it is the main and key part.
    pub is_core: bool,
    /// What it costs.
    pub amount: Fen,
}

impl Act for AskSubcontract {
    type Outcome = i64;
    const NAME: &'static str = "performance.ask_subcontract";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let held = held::locked(cx, self.contract).await?;
        held.require_provider(cx.actor.organisation())?;
        if !held.is_in_force() {
            return Err(Refusal::new("performance.not-in-force", "C26").into());
        }
        check_length(&self.part, "part")?;
        let sql = "SELECT id FROM organisation WHERE uscc = $1";
        let code = self.to.trim().to_ascii_uppercase();
        let to = cx.tx.maybe::<(OrganisationId,)>(sql, args![code]).await?.map(|(id,)| id);
        let sql = "SELECT count(*) FROM subcontract WHERE contract_id = $1 AND state <> 'refused'";
        let wish = rule::Wish {
            provider: held.organisation_id,
            to,
            part: &self.part,
            is_core: self.is_core,
            amount: self.amount,
            contract: held.amount_fen,
            has_earlier: cx.tx.number(sql, args![self.contract]).await? > 0,
        };
        none_of(rule::problems(&wish))?;
        let id = cx.id();
        let values = [
            ("contract_id", self.contract.into()),
            ("organisation_id", to.into()),
            ("part", self.part.trim().into()),
            ("amount_fen", self.amount.into()),
            ("state", Val::code(SubcontractState::Asked)),
            ("asked_by", person(cx)?.into()),
            ("asked_at", cx.now.into()),
            ("reason", "".into()),
        ];
        cx.insert(&SUBCONTRACT, id, &values).await?;
        Ok(id)
    }
}

/// The office's director consents, or refuses with a reason.
#[derive(Clone)]
pub struct DecideSubcontract {
    /// The contract.
    pub contract: ContractId,
    /// The wish.
    pub subcontract: i64,
    /// Its version as the reader saw it.
    pub version: i64,
    /// Whether the office consents.
    pub consents: bool,
    /// Why not.
    pub reason: String,
}

impl Act for DecideSubcontract {
    type Outcome = ();
    const NAME: &'static str = "performance.decide_subcontract";
    const WHO: &'static [Role] = &[Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = held::locked(cx, self.contract).await?;
        held.require_office(cx)?;
        check_length(&self.reason, "reason")?;
        rule::check_decision(self.consents, &self.reason).map_err(at_field)?;
        let sql = "SELECT state FROM subcontract WHERE id = $1 AND contract_id = $2";
        let (state,): (String,) = cx.tx.one(sql, args![self.subcontract, self.contract]).await?;
        if state != "asked" {
            return Err(Refusal::new("performance.subcontract-decided", "C52").into());
        }
        let state = if self.consents { SubcontractState::Consented } else { SubcontractState::Refused };
        let values = [
            ("state", Val::code(state)),
            ("decided_by", person(cx)?.into()),
            ("decided_at", cx.now.into()),
            ("reason", self.reason.trim().into()),
        ];
        cx.update(&SUBCONTRACT, self.subcontract, self.version, &values).await?;
        if self.consents {
            cx.announce("performance.subcontract_consented", held.number);
        }
        Ok(())
    }
}

row! {
    /// A wish as its readers see it.
    pub struct SubcontractRow {
        /// Its row.
        id: i64,
        /// Its version.
        version: i64,
        /// Who is to do it.
        organisation: String,
        /// By its credit code.
        uscc: String,
        /// Which part.
        part: String,
        /// What it costs.
        amount_fen: Fen,
        /// Where it stands.
        @code state: SubcontractState,
        /// When it was asked for.
        asked_at: Moment,
        /// When it was decided.
        decided_at: Option<Moment>,
        /// Why not.
        reason: String,
    }
}

/// The subcontracts of a contract, in order of asking.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, contract: ContractId) -> Result<Vec<SubcontractRow>, Error> {
    let sql =
        "SELECT s.id, s.version, o.name AS organisation, o.uscc, s.part, s.amount_fen, s.state, s.asked_at,
                 s.decided_at, s.reason
               FROM subcontract s JOIN organisation o ON o.id = s.organisation_id
               WHERE s.contract_id = $1 ORDER BY s.asked_at, s.id";
    Ok(app.db.all(sql, args![contract]).await?)
}
