//! Supplements 补充合同: more of the same service, a tenth of the contract in all, signed by both sides. The
//! second signature binds its money and makes it a milestone of its own, delivered and accepted like any
//! other (C9, C53).

use domain::contracts::{Side, supplement as rule};
use domain::kernel::{ContractId, Fen, Moment, PersonId, Refusal, Role};

use super::held::{self, Held};
use super::{at_field, check_length, none_of, person};
use crate::journal::{MILESTONE, SUPPLEMENT};
use crate::{Act, App, Cx, Error, args, funds, row};

/// Offers a supplement to both sides.
#[derive(Clone)]
pub struct OfferSupplement {
    /// The contract.
    pub contract: ContractId,
    /// What it adds.
    pub amount: Fen,
    /// Whether it is more of what was competed for.
    pub is_same_content: bool,
    /// What is delivered for it.
    pub content: String,
    /// Why it is needed.
    pub reason: String,
}

impl Act for OfferSupplement {
    type Outcome = i64;
    const NAME: &'static str = "performance.offer_supplement";
    const WHO: &'static [Role] = &[Role::OfficeStaff, Role::OfficeDirector];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let held = held::locked(cx, self.contract).await?;
        held.require_office(cx)?;
        if !held.is_in_force() || held.halted_at.is_some() {
            return Err(Refusal::new("performance.not-in-force", "C26").into());
        }
        let earlier = amounts(cx, self.contract, 0).await?;
        let mut faults = Vec::new();
        let rules = held.rules(cx.app);
        faults.extend(rule::check(held.amount_fen, &earlier, self.amount, self.is_same_content, rules).err());
        for (text, field) in [(&self.content, "content"), (&self.reason, "reason")] {
            check_length(text, field)?;
            if text.trim().is_empty() {
                faults.push(Refusal::new("performance.reason-empty", "C54").at(field));
            }
        }
        none_of(faults)?;
        let sql = "SELECT count(*) FROM supplement WHERE contract_id = $1";
        let position = cx.tx.number(sql, args![self.contract]).await? + 1;
        let id = cx.id();
        let values = [
            ("contract_id", self.contract.into()),
            ("position", position.into()),
            ("amount_fen", self.amount.into()),
            ("content", self.content.trim().into()),
            ("reason", self.reason.trim().into()),
            ("state", "offered".into()),
            ("drafted_by", person(cx)?.into()),
            ("drafted_at", cx.now.into()),
        ];
        cx.insert(&SUPPLEMENT, id, &values).await?;
        Ok(id)
    }
}

/// What earlier supplements add, signed or offered, apart from one of them.
async fn amounts(cx: &mut Cx<'_>, contract: ContractId, but: i64) -> Result<Vec<Fen>, Error> {
    let sql = "SELECT amount_fen FROM supplement WHERE contract_id = $1 AND id <> $2 AND state <> 'dropped'";
    Ok(cx.tx.all::<(Fen,)>(sql, args![contract, but]).await?.into_iter().map(|(fen,)| fen).collect())
}

/// Signs a supplement for the actor's own side.
#[derive(Clone, Copy)]
pub struct SignSupplement {
    /// The contract.
    pub contract: ContractId,
    /// The supplement.
    pub supplement: i64,
    /// Its version as the signer read it.
    pub version: i64,
}

/// Takes back a supplement that is not signed by both sides.
#[derive(Clone, Copy)]
pub struct DropSupplement {
    /// The contract.
    pub contract: ContractId,
    /// The supplement.
    pub supplement: i64,
    /// Its version as the reader saw it.
    pub version: i64,
}

row! {
    /// A supplement as commands load it.
    struct HeldSupplement {
        position: i64,
        amount_fen: Fen,
        content: String,
        state: String,
        drafted_by: PersonId,
        buyer_signed_by: Option<PersonId>,
        provider_signed_by: Option<PersonId>,
    }
}

async fn load(cx: &mut Cx<'_>, contract: ContractId, id: i64) -> Result<HeldSupplement, Error> {
    let sql = "SELECT position, amount_fen, content, state, drafted_by, buyer_signed_by, provider_signed_by
               FROM supplement WHERE id = $1 AND contract_id = $2";
    let held: HeldSupplement = cx.tx.one(sql, args![id, contract]).await?;
    if held.state != "offered" {
        return Err(Refusal::new("performance.supplement-closed", "C53").into());
    }
    Ok(held)
}

impl Act for SignSupplement {
    type Outcome = ();
    const NAME: &'static str = "performance.sign_supplement";
    const WHO: &'static [Role] = &[Role::OfficeDirector, Role::OrganisationUser];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = held::locked(cx, self.contract).await?;
        let side = side(cx, &held)?;
        if !held.is_in_force() || held.halted_at.is_some() {
            return Err(Refusal::new("performance.not-in-force", "C26").into());
        }
        let supplement = load(cx, self.contract, self.supplement).await?;
        let earlier = amounts(cx, self.contract, self.supplement).await?;
        let rules = held.rules(cx.app);
        rule::check(held.amount_fen, &earlier, supplement.amount_fen, true, rules).map_err(at_field)?;
        let person = person(cx)?;
        let (own, other) = match side {
            Side::Purchaser => (supplement.buyer_signed_by, supplement.provider_signed_by),
            Side::Provider => (supplement.provider_signed_by, supplement.buyer_signed_by),
        };
        if own.is_some() {
            let refusal = Refusal::new("contracts.side-signed-already", "C26").with_code("side", side);
            return Err(refusal.into());
        }
        if other == Some(person) {
            return Err(Refusal::new("contracts.one-person-both-sides", "E11").into());
        }
        if side == Side::Purchaser && supplement.drafted_by == person {
            return Err(Refusal::new("contracts.signed-by-drafter", "C14").into());
        }
        let mut values = match side {
            Side::Purchaser => vec![("buyer_signed_by", person.into()), ("buyer_signed_at", cx.now.into())],
            Side::Provider => {
                vec![("provider_signed_by", person.into()), ("provider_signed_at", cx.now.into())]
            }
        };
        if other.is_some() {
            values.push(("state", "signed".into()));
        }
        cx.update(&SUPPLEMENT, self.supplement, self.version, &values).await?;
        if other.is_some() {
            funds::commit(cx, held.id, supplement.amount_fen).await?;
            add_milestone(cx, &held, &supplement).await?;
            cx.announce("performance.supplement_signed", held.number);
        }
        Ok(())
    }
}

/// Which side the actor signs for; strangers find nothing.
fn side(cx: &Cx<'_>, held: &Held) -> Result<Side, Error> {
    if cx.actor.post.role == Role::OrganisationUser {
        return held.require_provider(cx.actor.organisation()).map(|()| Side::Provider);
    }
    held.require_office(cx).map(|()| Side::Purchaser)
}

async fn add_milestone(cx: &mut Cx<'_>, held: &Held, supplement: &HeldSupplement) -> Result<(), Error> {
    let sql = "SELECT COALESCE(max(position), 0) FROM milestone WHERE contract_id = $1";
    let position = cx.tx.number(sql, args![held.id]).await? + 1;
    let first: String = supplement.content.lines().next().unwrap_or_default().chars().take(60).collect();
    let values = [
        ("contract_id", held.id.into()),
        ("position", position.into()),
        ("name", format!("补充合同{}：{first}", supplement.position).into()),
        ("due_on", held.ends_on.into()),
        ("amount_fen", supplement.amount_fen.into()),
    ];
    let id = cx.id();
    cx.insert(&MILESTONE, id, &values).await
}

impl Act for DropSupplement {
    type Outcome = ();
    const NAME: &'static str = "performance.drop_supplement";
    const WHO: &'static [Role] = &[Role::OfficeStaff, Role::OfficeDirector, Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = held::locked(cx, self.contract).await?;
        side(cx, &held)?;
        load(cx, self.contract, self.supplement).await?;
        cx.update(&SUPPLEMENT, self.supplement, self.version, &[("state", "dropped".into())]).await
    }
}

row! {
    /// A supplement as its readers see it.
    pub struct SupplementRow {
        /// Its row.
        id: i64,
        /// Its version.
        version: i64,
        /// Its place in the order, from 1.
        position: i64,
        /// What it adds.
        amount_fen: Fen,
        /// What is delivered for it.
        content: String,
        /// Why.
        reason: String,
        /// `offered`, `signed` or `dropped`.
        state: String,
        /// Who wrote it.
        drafted_by: PersonId,
        /// When the office signed.
        buyer_signed_at: Option<Moment>,
        /// When the provider signed.
        provider_signed_at: Option<Moment>,
    }
}

/// The supplements of a contract, in order.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, contract: ContractId) -> Result<Vec<SupplementRow>, Error> {
    let sql = "SELECT id, version, position, amount_fen, content, reason, state, drafted_by, buyer_signed_at,
                 provider_signed_at FROM supplement WHERE contract_id = $1 ORDER BY position";
    Ok(app.db.all(sql, args![contract]).await?)
}
