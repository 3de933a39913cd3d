//! Signing: each side once, by its own person, with a fresh password. The second signature brings the
//! contract into force, binds the money of its item, moves the tender on and publishes the text at once (C9, C26).

use domain::contracts::signature::{self, Parties};
use domain::contracts::{ContractStage, Side, Signature};
use domain::kernel::{ContractId, OrganisationId, Role};
use domain::registry::Gate;
use domain::tendering::stage::Stage;

use super::held::{self, Held};
use crate::db::Val;
use crate::journal::{CONTRACT, TENDER};
use crate::registry::standing;
use crate::{Act, Cx, Error, funds};

/// No challenge can be open yet: their table joins with the procedure of C60.
const OPEN_CHALLENGES: usize = 0;

/// The office's director signs for the purchaser.
#[derive(Clone, Copy)]
pub struct SignAsBuyer {
    /// The contract.
    pub contract: ContractId,
    /// Its version as the signer read it.
    pub version: i64,
}

/// The organisation's own user signs for the provider.
#[derive(Clone, Copy)]
pub struct SignAsProvider {
    /// The contract.
    pub contract: ContractId,
    /// Its version as the signer read it.
    pub version: i64,
}

impl Act for SignAsBuyer {
    type Outcome = ();
    const NAME: &'static str = "contracts.sign_as_buyer";
    const WHO: &'static [Role] = &[Role::OfficeDirector];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = held::lock(cx, self.contract).await?;
        held.require_office(cx)?;
        sign(cx, &held, self.version).await
    }
}

impl Act for SignAsProvider {
    type Outcome = ();
    const NAME: &'static str = "contracts.sign_as_provider";
    const WHO: &'static [Role] = &[Role::OrganisationUser];
    const NEEDS_PASSWORD: bool = true;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let held = held::lock(cx, self.contract).await?;
        // A draft is the office's own paper: the organisation learns of it when it is offered.
        let is_own = cx.actor.organisation() == Some(held.organisation_id);
        if !is_own || held.stage == ContractStage::Drafted {
            return Err(Error::NotFound);
        }
        sign(cx, &held, self.version).await
    }
}

/// Refuses a contract with who may not sign one now: not registered, ended, suspended, listed, banned (T3, C17).
pub(super) async fn check_provider(cx: &mut Cx<'_>, organisation: OrganisationId) -> Result<(), Error> {
    let known = standing::known_in(cx.app, &mut cx.tx, organisation, cx.now).await?;
    Ok(known.gate(Gate::Sign, cx.app.book.on(cx.now.date())).require()?)
}

async fn sign(cx: &mut Cx<'_>, held: &Held, version: i64) -> Result<(), Error> {
    held.stage.expect_one_of(&[ContractStage::Offered])?;
    held.tender_stage.expect(Stage::Awarded)?;
    check_provider(cx, held.organisation_id).await?;
    let parties =
        Parties { office: held.office_id, organisation: held.organisation_id, drafter: held.drafted_by };
    let mut signatures = held.signatures();
    let own = signature::sign(&parties, &signatures, cx.actor, OPEN_CHALLENGES, cx.now)?;
    signatures.push(own);
    let mut values = match own.side {
        Side::Purchaser => vec![("buyer_signed_by", own.person.into()), ("buyer_signed_at", own.at.into())],
        Side::Provider => {
            vec![("provider_signed_by", own.person.into()), ("provider_signed_at", own.at.into())]
        }
    };
    let Some(_) = signature::in_force_since(&signatures) else {
        return cx.update(&CONTRACT, held.id.0, version, &values).await;
    };
    funds::commit(cx, held.id, held.amount_fen).await?;
    values.push(("stage", Val::code(ContractStage::Signed)));
    values.push(("published_at", cx.now.into()));
    cx.update(&CONTRACT, held.id.0, version, &values).await?;
    let next = held.tender_stage.advance(Stage::Contracted)?;
    cx.update(&TENDER, held.tender_id.0, held.tender_version, &[("stage", Val::code(next))]).await?;
    cx.announce("contract_published", held.number.as_str());
    Ok(())
}

impl Held {
    fn signatures(&self) -> Vec<Signature> {
        let of = |side, person: Option<_>, at: Option<_>| {
            person.zip(at).map(|(person, at)| Signature { side, person, at })
        };
        let buyer = of(Side::Purchaser, self.buyer_signed_by, self.buyer_signed_at);
        let provider = of(Side::Provider, self.provider_signed_by, self.provider_signed_at);
        buyer.into_iter().chain(provider).collect()
    }
}
