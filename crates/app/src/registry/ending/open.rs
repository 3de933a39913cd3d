//! What of an organisation is open: each of it keeps the organisation from being cancelled (B22).

use domain::kernel::OrganisationId;
use domain::registry::ending::OpenMatters;

use crate::registry::standing::Source;
use crate::{Error, args};

/// Contracts that are not ended.
const CONTRACTS: &str = "SELECT count(*) FROM contract WHERE organisation_id = $1 AND stage <> 'ended'";
/// Purchases that were opened with a bid of its own and are not concluded; what is sealed is not looked at
/// (C30): at the opening, whoever has ended is out anyway.
const TENDERS: &str = "SELECT count(DISTINCT t.id) FROM tender t JOIN bid b ON b.tender_id = t.id
     WHERE b.alias IS NOT NULL AND b.state = 'submitted'
       AND (b.organisation_id = $1 OR EXISTS (SELECT 1 FROM bid_member m
         WHERE m.bid_id = b.id AND m.organisation_id = $1))
       AND (t.stage IN ('opened', 'reviewing', 'ranked', 'publicised')
         OR (t.stage = 'awarded' AND EXISTS (SELECT 1 FROM award a WHERE a.bid_id = b.id AND a.state <> 'refused')))";
/// Listings that it was told of.
const LISTINGS: &str =
    "SELECT count(*) FROM listing_case WHERE organisation_id = $1 AND stage IN ('noticed', 'stated')";
/// Annual reports that are handed in and not decided; one that is only due falls away with the registration.
const INSPECTIONS: &str = "SELECT count(*) FROM inspection
     WHERE organisation_id = $1 AND state IN ('reported', 'returned', 'reviewed')";
/// Rectifications that are not verified.
const RECTIFICATIONS: &str =
    "SELECT count(*) FROM rectification r JOIN inspection i ON i.id = r.inspection_id
     WHERE i.organisation_id = $1 AND r.state <> 'verified'";
/// Registrations, changes, applications for recognition and for public fundraising, and revocations that are not
/// concluded.
const CASES: &str = "SELECT (SELECT count(*) FROM registration_case WHERE organisation_id = $1
         AND state NOT IN ('announced', 'denied', 'not_accepted', 'withdrawn'))
       + (SELECT count(*) FROM change_case WHERE organisation_id = $1 AND stage IN ('applied', 'reviewed'))
       + (SELECT count(*) FROM fundraising_case WHERE organisation_id = $1
         AND stage IN ('applied', 'returned', 'accepted', 'reviewed'))
       + (SELECT count(*) FROM charity_case WHERE organisation_id = $1
         AND stage IN ('applied', 'returned', 'accepted', 'reviewed', 'noticed', 'answered'))
       + (SELECT count(*) FROM ending_case WHERE organisation_id = $1 AND kind = 'revocation'
         AND stage IN ('noticed', 'stated')) AS open";

/// Counts what is open.
///
/// # Errors
/// The database failed.
pub(super) async fn matters(source: &mut Source<'_>, id: OrganisationId) -> Result<OpenMatters, Error> {
    Ok(OpenMatters {
        contracts: count(source, CONTRACTS, id).await?,
        tenders: count(source, TENDERS, id).await?,
        listings: count(source, LISTINGS, id).await?,
        inspections: count(source, INSPECTIONS, id).await?,
        rectifications: count(source, RECTIFICATIONS, id).await?,
        cases: count(source, CASES, id).await?,
    })
}

async fn count(source: &mut Source<'_>, sql: &str, id: OrganisationId) -> Result<i64, Error> {
    let rows: Vec<(i64,)> = source.all(sql, args![id]).await?;
    Ok(rows.first().map_or(0, |(count,)| *count))
}
