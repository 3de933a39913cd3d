//! What the register knows of an organisation at this moment, in the shape that the rules of bidding ask for.

use domain::kernel::{CreditCode, OrganisationId};
use domain::registry::standing::Standing;
use domain::registry::{Party, Relation, RelationKind};

use super::profile::Organisation;
use crate::db::Tx;
use crate::{App, Error, args};

/// The standing of an organisation, read inside a transaction so that it can be frozen there.
///
/// # Errors
/// `NotFound` when there is no such organisation.
pub async fn standing_in(tx: &mut Tx, id: OrganisationId) -> Result<Standing, Error> {
    let held: Organisation = tx.one("SELECT * FROM organisation WHERE id = $1", args![id]).await?;
    let controller = match &held.controller_uscc {
        Some(code) => tx.maybe::<(OrganisationId,)>(BY_CODE, args![code]).await?,
        None => None,
    };
    Ok(standing(&held, controller.map(|(id,)| id)))
}

/// The standing of an organisation, for its own page.
///
/// # Errors
/// `NotFound` when there is no such organisation.
pub async fn standing_of(app: &App, id: OrganisationId) -> Result<Standing, Error> {
    let held = super::profile::organisation_by_id(app, id).await?;
    let controller = match &held.controller_uscc {
        Some(code) => app.db.maybe::<(OrganisationId,)>(BY_CODE, args![code]).await?,
        None => None,
    };
    Ok(standing(&held, controller.map(|(id,)| id)))
}

const BY_CODE: &str = "SELECT id FROM organisation WHERE uscc = $1";

/// `controller` is the controlling body's row, when it is in the register itself.
fn standing(held: &Organisation, controller: Option<OrganisationId>) -> Standing {
    let mut relations = Vec::new();
    if !held.person_in_charge.is_empty() {
        let party = Party::Person(held.person_in_charge.clone());
        relations.push(Relation { kind: RelationKind::PersonInCharge, party });
    }
    if let Some(code) = &held.controller_uscc {
        let party = controller.map_or_else(|| Party::Body(code.clone()), Party::Organisation);
        relations.push(Relation { kind: RelationKind::Controller, party });
    }
    if held.is_supervised {
        relations
            .push(Relation { kind: RelationKind::SupervisingUnit, party: Party::Body("bureau".to_owned()) });
    }
    Standing {
        organisation: held.id,
        kind: held.kind,
        legal: held.legal,
        status: held.status,
        has_valid_code: CreditCode::parse(&held.uscc).is_ok(),
        inspection: held.inspection,
        listing: held.listing,
        supervised_by_bureau: held.is_supervised,
        // The register holds no fully funded bodies: mass bodies and organs have codes that it refuses.
        is_fully_funded: false,
        last_major_violation: None,
        banned_until: held.banned_until,
        relations,
    }
}
