//! Eligibility: what the register says of an organisation for one tender, condition by condition, before it
//! bids, when it bids, and as of the deadline (C4, C5, C17, C35, T8).
//!
//! Nothing here looks at other bids: whether two bidders are related is asked at the opening only.

use domain::kernel::{Date, Moment, OrganisationId, TenderId};
use domain::registry::standing::eligibility;
use domain::registry::{Eligibility, Purchase, Standing};

use super::queries;
use crate::db::Tx;
use crate::registry::standing::{standing_at, standing_in};
use crate::{App, Error, args, row};

row! {
    /// What of a tender and its bidder decides whether he may bid.
    pub struct Asked {
        /// The day whose rules judge it.
        rules_on: Date,
        /// Whether the bureau's affiliates may not perform it.
        excludes_supervised: bool,
        /// Credit codes of its designers, by line.
        designers: String,
        /// The bidder's credit code.
        uscc: String,
    }
}

const ASKED: &str = "SELECT t.rules_on, t.excludes_supervised, t.designers, o.uscc
     FROM tender t JOIN organisation o ON o.id = $2 WHERE t.id = $1";

/// Every condition for `organisation` and `tender`, as the register stood at `at`. The opening asks as of the
/// deadline and freezes the answer, so what was decided between the two does not reach back.
///
/// # Errors
/// `NotFound` for an unknown tender or organisation.
pub async fn findings(
    app: &App,
    tx: &mut Tx,
    tender: TenderId,
    organisation: OrganisationId,
    at: Moment,
) -> Result<Eligibility, Error> {
    let asked: Asked = tx.one(ASKED, args![tender, organisation]).await?;
    let standing = standing_in(app, tx, organisation, at).await?;
    Ok(judge(app, &asked, &standing, at))
}

/// The same for a page, before bidding: all findings with rule and ground.
///
/// # Errors
/// `NotFound` for a tender that is not public.
pub async fn check(app: &App, number: &str, organisation: OrganisationId) -> Result<Eligibility, Error> {
    let tender = queries::by_number(app, number).await?;
    let asked: Asked = app.db.one(ASKED, args![tender.id, organisation]).await?;
    let now = app.clock.now();
    let standing = standing_at(app, organisation, now).await?;
    Ok(judge(app, &asked, &standing, now))
}

fn judge(app: &App, asked: &Asked, standing: &Standing, at: Moment) -> Eligibility {
    let is_designer = asked.designers.lines().any(|code| code == asked.uscc);
    let designers: Vec<OrganisationId> = is_designer.then_some(standing.organisation).into_iter().collect();
    let purchase = Purchase { excludes_affiliates: asked.excludes_supervised, designers: &designers };
    eligibility(standing, &purchase, at.date(), app.book.on(asked.rules_on))
}
