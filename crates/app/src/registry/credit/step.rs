//! Keeps the columns of `organisation` in step with the facts: lists and filters show the present.

use domain::kernel::OrganisationId;
use domain::registry::{CreditListing, OrganisationStatus};

use super::super::standing;
use crate::db::{Row, Val};
use crate::journal::ORGANISATION;
use crate::{Cx, Error, args};

/// Brings status and listing of one organisation up to this moment.
pub(super) async fn keep(cx: &mut Cx<'_>, id: OrganisationId) -> Result<(), Error> {
    let now = cx.now;
    let known = standing::standing_in(cx.app, &mut cx.tx, id, now).await?;
    let sql = "SELECT version, status, listing FROM organisation WHERE id = $1";
    let row: Row = cx.tx.one(sql, args![id]).await?;
    let is_same = row.code::<OrganisationStatus>("status")? == known.status
        && row.code::<CreditListing>("listing")? == known.listing;
    if is_same {
        return Ok(());
    }
    let values = [("status", Val::code(known.status)), ("listing", Val::code(known.listing))];
    cx.update(&ORGANISATION, id.0, row.get("version")?, &values).await
}
