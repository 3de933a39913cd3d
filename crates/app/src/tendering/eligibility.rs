//! Eligibility: what the register says of an organisation for one tender, condition by condition, before it
//! bids, when it bids, and as of the deadline (C4, C5, C17, C35, T8).
//!
//! Nothing here looks at other bids: whether two bidders are related is asked at the opening only.

use domain::kernel::{CreditCode, Date, Moment, OrganisationId, TenderId};
use domain::registry::{
    CreditListing, Eligibility, InspectionResult, Legal, OrganisationKind, OrganisationStatus, Purchase,
    Standing, standing::eligibility,
};

use super::{notice, queries};
use crate::db::Tx;
use crate::{App, Error, args, row};

row! {
    /// The columns of the register on which eligibility rests.
    pub struct Registered {
        /// Who.
        id: OrganisationId,
        /// Its credit code.
        uscc: String,
        /// What it is.
        @code kind: OrganisationKind,
        /// Registered or only filed.
        @code legal: Legal,
        /// Whether its registration is alive.
        @code status: OrganisationStatus,
        /// Last annual inspection.
        @code inspection: InspectionResult,
        /// Credit list.
        @code listing: CreditListing,
        /// Whether the bureau supervises it.
        is_supervised: bool,
        /// Last day of a ban.
        banned_until: Option<Date>,
    }
}

row! {
    /// The columns of a tender on which eligibility rests.
    pub struct Asked {
        /// The day whose rules judge it.
        rules_on: Date,
        /// Whether the bureau's affiliates may not perform it.
        excludes_supervised: bool,
        /// Credit codes of its designers, by line.
        designers: String,
    }
}

const REGISTERED: &str = "SELECT id, uscc, kind, legal, status, inspection, listing, is_supervised,
       banned_until FROM organisation WHERE id = $1";
const ASKED: &str = "SELECT rules_on, excludes_supervised, designers FROM tender WHERE id = $1";

/// Every condition for `organisation` and `tender`, as the register stands in this transaction, judged on
/// the day of `at`. The opening freezes the answer as of the deadline.
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
    let asked: Asked = tx.one(ASKED, args![tender]).await?;
    let registered: Registered = tx.one(REGISTERED, args![organisation]).await?;
    Ok(judge(app, &asked, &registered, at))
}

/// The same for a page, before bidding: all findings with rule and ground.
///
/// # Errors
/// `NotFound` for a tender that is not public.
pub async fn check(app: &App, number: &str, organisation: OrganisationId) -> Result<Eligibility, Error> {
    let tender = queries::by_number(app, number).await?;
    notice::expect_public(tender.stage)?;
    let asked: Asked = app.db.one(ASKED, args![tender.id]).await?;
    let registered: Registered = app.db.one(REGISTERED, args![organisation]).await?;
    Ok(judge(app, &asked, &registered, app.clock.now()))
}

fn judge(app: &App, asked: &Asked, registered: &Registered, at: Moment) -> Eligibility {
    let is_designer = asked.designers.lines().any(|code| code == registered.uscc);
    let designers: Vec<OrganisationId> = is_designer.then_some(registered.id).into_iter().collect();
    let standing = Standing {
        organisation: registered.id,
        kind: registered.kind,
        legal: registered.legal,
        status: registered.status,
        has_valid_code: CreditCode::parse(&registered.uscc).is_ok(),
        inspection: registered.inspection,
        listing: registered.listing,
        supervised_by_bureau: registered.is_supervised,
        // The register of this city lists no budget-funded bodies and no penalties yet: C3 and C5 then rest
        // on the bidder's signed statement, which a bid cannot be submitted without.
        is_fully_funded: false,
        last_major_violation: None,
        banned_until: registered.banned_until,
        relations: Vec::new(),
    };
    let purchase = Purchase { excludes_affiliates: asked.excludes_supervised, designers: &designers };
    eligibility(&standing, &purchase, at.date(), app.book.on(asked.rules_on))
}
