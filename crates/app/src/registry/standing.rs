//! What the register knows of an organisation at this moment, in the shape that the rules of bidding ask for.

use domain::kernel::{CreditCode, OrganisationId};
use domain::registry::standing::Standing;
use domain::registry::{Party, Relation, RelationKind};

use super::profile::Organisation;
use crate::db::{DbError, FromRow, Row, Tx};
use crate::{App, Error, args};

/// The standing of an organisation, read inside a transaction so that it can be frozen there.
///
/// # Errors
/// `NotFound` when there is no such organisation.
pub async fn standing_in(tx: &mut Tx, id: OrganisationId) -> Result<Standing, Error> {
    Ok(registered_in(tx, id).await?.1)
}

/// An organisation with its standing, read by one statement inside a transaction.
///
/// # Errors
/// `NotFound` when there is no such organisation.
pub(crate) async fn registered_in(
    tx: &mut Tx,
    id: OrganisationId,
) -> Result<(Organisation, Standing), Error> {
    let row: Row = tx.one(&format!("{WITH_CONTROLLER} WHERE o.id = $1"), args![id]).await?;
    Ok(read(&row)?)
}

/// The standing of an organisation, for its own page.
///
/// # Errors
/// `NotFound` when there is no such organisation.
pub async fn standing_of(app: &App, id: OrganisationId) -> Result<Standing, Error> {
    Ok(registered(app, id).await?.1)
}

/// An organisation with its standing, for its own page.
///
/// # Errors
/// `NotFound` when there is no such organisation.
pub(crate) async fn registered(app: &App, id: OrganisationId) -> Result<(Organisation, Standing), Error> {
    let row: Row = app.db.one(&format!("{WITH_CONTROLLER} WHERE o.id = $1"), args![id]).await?;
    Ok(read(&row)?)
}

/// Organisations `o`, each with the row of its controlling body when that is in the register itself.
const WITH_CONTROLLER: &str = "SELECT o.*, c.id AS controller_id
     FROM organisation o LEFT JOIN organisation c ON c.uscc = o.controller_uscc";

/// The organisation of a row that holds its columns and `controller_id`, with its standing.
pub(crate) fn read(row: &Row) -> Result<(Organisation, Standing), DbError> {
    let held = Organisation::from_row(row)?;
    let standing = standing(&held, row.get("controller_id")?);
    Ok((held, standing))
}

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
