//! A contract stands still or ends before its time: by agreement of both sides, or for the public interest,
//! with reasons that are published and a word on who answers for the loss (C53).

use domain::contracts::ContractStage;
use domain::kernel::{ContractId, Moment, Refusal, Role};
use domain::performance::halt as rule;
use domain::performance::{HaltGround, HaltKind, HaltState};
use domain::registry::DocumentKind;

use super::held::{self, Held};
use super::{check_length, person};
use crate::db::{Row, Val};
use crate::documents::{self, Draft};
use crate::journal::{CONTRACT, CONTRACT_HALT};
use crate::{Act, App, Cx, Error, args, row};

/// One side asks; for the public interest the purchaser decides at once.
#[derive(Clone)]
pub struct AskHalt {
    /// The contract.
    pub contract: ContractId,
    /// What is to happen.
    pub kind: HaltKind,
    /// On which ground.
    pub ground: Option<HaltGround>,
    /// Why, in words that are published.
    pub reason: String,
    /// Who answers for the loss, and how.
    pub compensation: String,
}

impl Act for AskHalt {
    type Outcome = i64;
    const NAME: &'static str = "performance.ask_halt";
    const WHO: &'static [Role] = &[Role::OfficeDirector, Role::OrganisationUser];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let held = held::locked(cx, self.contract).await?;
        let is_purchaser = is_purchaser(cx, &held)?;
        check_length(&self.reason, "reason")?;
        check_length(&self.compensation, "compensation")?;
        let sql =
            "SELECT count(*) FROM contract_halt WHERE contract_id = $1 AND state IN ('asked', 'in_force')";
        let wish = rule::Wish {
            is_in_force: held.is_in_force(),
            is_purchaser,
            ground: self.ground,
            reason: &self.reason,
            compensation: &self.compensation,
            has_earlier: cx.tx.number(sql, args![self.contract]).await? > 0,
        };
        let state = rule::ask(&wish).map_err(|faults| match super::none_of(faults) {
            Err(error) => error,
            Ok(()) => Error::NotPermitted,
        })?;
        let ground = self.ground.ok_or(Error::NotPermitted)?;
        let is_in_force = state == HaltState::InForce;
        let id = cx.id();
        let values = [
            ("contract_id", self.contract.into()),
            ("kind", Val::code(self.kind)),
            ("ground", Val::code(ground)),
            ("reason", self.reason.trim().into()),
            ("compensation", self.compensation.trim().into()),
            ("state", Val::code(state)),
            ("asked_by", person(cx)?.into()),
            ("asked_at", cx.now.into()),
            ("in_force_at", is_in_force.then_some(cx.now).into()),
        ];
        cx.insert(&CONTRACT_HALT, id, &values).await?;
        if is_in_force {
            take_effect(cx, &held, self.kind, ground, &self.reason).await?;
        }
        Ok(id)
    }
}

fn is_purchaser(cx: &Cx<'_>, held: &Held) -> Result<bool, Error> {
    if cx.actor.post.role == Role::OrganisationUser {
        return held.require_provider(cx.actor.organisation()).map(|()| false);
    }
    held.require_office(cx).map(|()| true)
}

/// Ends the contract if that is meant, tells both sides by a document, and the public by the feed.
async fn take_effect(
    cx: &mut Cx<'_>,
    held: &Held,
    kind: HaltKind,
    ground: HaltGround,
    reason: &str,
) -> Result<(), Error> {
    if kind == HaltKind::End {
        let ended = [("stage", Val::code(ContractStage::Ended))];
        cx.update(&CONTRACT, held.id.0, held.version, &ended).await?;
    }
    let draft = Draft {
        kind: DocumentKind::ContractHalt,
        subject: held.subject(),
        organisation: Some(held.organisation_id),
        person: None,
        addressee: held.organisation.clone(),
        facts: vec![
            ("number", held.number.as_str().into()),
            ("title", held.title.as_str().into()),
            ("office", held.office.as_str().into()),
            ("kind", code(kind)),
            ("ground", code(ground)),
            ("reason", reason.trim().into()),
        ],
        items: vec![],
        is_public: true,
    };
    documents::issue(cx, &draft).await?;
    cx.announce("performance.contract_halted", held.number.as_str());
    Ok(())
}

fn code<C: domain::kernel::Coded>(member: C) -> domain::kernel::Fact {
    domain::kernel::Fact::Code(C::LIST, member.code())
}

/// The other side answers.
#[derive(Clone, Copy)]
pub struct AnswerHalt {
    /// The contract.
    pub contract: ContractId,
    /// The wish.
    pub halt: i64,
    /// Its version as the reader saw it.
    pub version: i64,
    /// Whether it agrees.
    pub agrees: bool,
}

impl Act for AnswerHalt {
    type Outcome = ();
    const NAME: &'static str = "performance.answer_halt";
    const WHO: &'static [Role] = &[Role::OfficeDirector, Role::OrganisationUser];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = held::locked(cx, self.contract).await?;
        let is_purchaser = is_purchaser(cx, &held)?;
        let sql = "SELECT h.kind, h.ground, h.reason, h.state,
                     CAST(CASE WHEN EXISTS (SELECT 1 FROM post p WHERE p.person_id = h.asked_by
                       AND p.organisation_id = $3) THEN 1 ELSE 0 END AS BIGINT) AS is_of_provider
                   FROM contract_halt h WHERE h.id = $1 AND h.contract_id = $2";
        let row: Row = cx.tx.one(sql, args![self.halt, self.contract, held.organisation_id]).await?;
        if row.code::<HaltState>("state")? != HaltState::Asked {
            return Err(Refusal::new("performance.halt-answered", "C53").into());
        }
        // One side does not answer itself.
        if row.get::<bool>("is_of_provider")? != is_purchaser {
            return Err(Refusal::new("performance.halt-own-wish", "C53").into());
        }
        let state = if self.agrees { HaltState::InForce } else { HaltState::Declined };
        let values = [
            ("state", Val::code(state)),
            ("agreed_by", person(cx)?.into()),
            ("in_force_at", self.agrees.then_some(cx.now).into()),
        ];
        cx.update(&CONTRACT_HALT, self.halt, self.version, &values).await?;
        if self.agrees {
            let reason: String = row.get("reason")?;
            take_effect(cx, &held, row.code("kind")?, row.code("ground")?, &reason).await?;
        }
        Ok(())
    }
}

/// The purchaser lets a suspended contract go on.
#[derive(Clone, Copy)]
pub struct LiftHalt {
    /// The contract.
    pub contract: ContractId,
    /// The suspension.
    pub halt: i64,
    /// Its version as the reader saw it.
    pub version: i64,
}

impl Act for LiftHalt {
    type Outcome = ();
    const NAME: &'static str = "performance.lift_halt";
    const WHO: &'static [Role] = &[Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = held::locked(cx, self.contract).await?;
        held.require_office(cx)?;
        let sql = "SELECT kind, state FROM contract_halt WHERE id = $1 AND contract_id = $2";
        let row: Row = cx.tx.one(sql, args![self.halt, self.contract]).await?;
        let is_standing = row.code::<HaltState>("state")? == HaltState::InForce;
        if !is_standing || row.code::<HaltKind>("kind")? != HaltKind::Suspension {
            return Err(Refusal::new("performance.nothing-to-lift", "C53").into());
        }
        let values = [
            ("state", Val::code(HaltState::Lifted)),
            ("lifted_by", person(cx)?.into()),
            ("lifted_at", cx.now.into()),
        ];
        cx.update(&CONTRACT_HALT, self.halt, self.version, &values).await?;
        cx.announce("performance.contract_resumed", held.number);
        Ok(())
    }
}

row! {
    /// A suspension or an end as its readers see it.
    pub struct HaltRow {
        /// Its row.
        id: i64,
        /// Its version.
        version: i64,
        /// What happens.
        @code kind: HaltKind,
        /// On which ground.
        @code ground: HaltGround,
        /// Why.
        reason: String,
        /// Who answers for the loss.
        compensation: String,
        /// Where it stands.
        @code state: HaltState,
        /// Whether the provider asked.
        is_of_provider: bool,
        /// When it was asked for.
        asked_at: Moment,
        /// Since when it holds.
        in_force_at: Option<Moment>,
        /// When the contract went on.
        lifted_at: Option<Moment>,
    }
}

/// Suspensions and ends of a contract, in order of asking.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, contract: ContractId) -> Result<Vec<HaltRow>, Error> {
    let sql = "SELECT h.id, h.version, h.kind, h.ground, h.reason, h.compensation, h.state,
                 CAST(CASE WHEN EXISTS (SELECT 1 FROM post p WHERE p.person_id = h.asked_by
                   AND p.organisation_id = c.organisation_id) THEN 1 ELSE 0 END AS BIGINT) AS is_of_provider,
                 h.asked_at, h.in_force_at, h.lifted_at
               FROM contract_halt h JOIN contract c ON c.id = h.contract_id
               WHERE h.contract_id = $1 ORDER BY h.asked_at, h.id";
    Ok(app.db.all(sql, args![contract]).await?)
}
