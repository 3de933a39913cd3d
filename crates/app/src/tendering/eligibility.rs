//! Eligibility: what the register says of an organisation for one tender, condition by condition, before it
//! bids, when it bids, and as of the deadline (C4, C5, C17, C35, T8).
//!
//! Nothing here looks at other bids: whether two bidders are related is asked at the opening only.

use domain::kernel::{Moment, OrganisationId};
use domain::registry::standing::eligibility;
use domain::registry::{Eligibility, Purchase, Standing};

use super::open_tender::{OPEN_TENDER, OpenTender};
use super::queries;
use crate::db::Tx;
use crate::registry::standing::{registered, registered_in};
use crate::{App, Error, args};

/// Every condition for `organisation` and `tender`, as the register stands in this transaction, judged on
/// the day of `at`. The opening freezes the answer as of the deadline.
///
/// # Errors
/// `NotFound` for an unknown organisation.
pub async fn findings(
    app: &App,
    tx: &mut Tx,
    tender: &OpenTender,
    organisation: OrganisationId,
    at: Moment,
) -> Result<Eligibility, Error> {
    let (held, standing) = registered_in(tx, organisation).await?;
    Ok(judge(app, tender, (&held.uscc, &standing), at))
}

/// The same for a page, before bidding: all findings with rule and ground.
///
/// # Errors
/// `NotFound` for a tender that is not public.
pub async fn check(app: &App, number: &str, organisation: OrganisationId) -> Result<Eligibility, Error> {
    let tender = queries::by_number(app, number).await?;
    let tender: OpenTender = app.db.one(OPEN_TENDER, args![tender.id]).await?;
    let (held, standing) = registered(app, organisation).await?;
    Ok(judge(app, &tender, (&held.uscc, &standing), app.clock.now()))
}

/// Every condition for an organisation whose code and standing are known.
pub(super) fn judge(
    app: &App,
    tender: &OpenTender,
    (uscc, standing): (&str, &Standing),
    at: Moment,
) -> Eligibility {
    let is_designer = tender.designers.lines().any(|code| code == uscc);
    let designers: Vec<OrganisationId> = is_designer.then_some(standing.organisation).into_iter().collect();
    let purchase = Purchase { excludes_affiliates: tender.excludes_supervised, designers: &designers };
    eligibility(standing, &purchase, at.date(), app.book.on(tender.rules_on))
}
