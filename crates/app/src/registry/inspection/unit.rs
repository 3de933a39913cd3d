//! Whether a supervising unit says something of an organisation's yearly report first (B24).

use domain::kernel::{Date, OrganisationId};
use domain::registry::OrganisationKind;
use domain::registry::inspection::unit::Unit;

use crate::registry::change::held::{Registered, has_other_unit};
use crate::registry::standing::Source;
use crate::{Error, args};

/// What the register says of the unit of an organisation, for a report of a day.
pub(super) async fn of(
    source: &mut Source<'_>,
    id: OrganisationId,
    (kind, is_bureau): (OrganisationKind, bool),
    today: Date,
) -> Result<Unit, Error> {
    let rows: Vec<Registered> = source.all("SELECT * FROM organisation WHERE id = $1", args![id]).await?;
    let Some(held) = rows.first() else { return Err(Error::NotFound) };
    let is_known = has_other_unit(source, held).await?;
    Ok(Unit { kind, is_bureau, is_known, today })
}
