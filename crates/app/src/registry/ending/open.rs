//! What of an organisation is open: each of it keeps the organisation from being cancelled (B22).

use domain::coded;
use domain::kernel::{Date, OrganisationId};
use domain::registry::ending::OpenMatters;

use crate::registry::standing::Source;
use crate::{App, Error, args, row};

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
/// Registrations, changes, applications for recognition and for public fundraising, and revocations and penalties that it
/// was told of, that are not concluded.
const CASES: &str = "SELECT (SELECT count(*) FROM registration_case WHERE organisation_id = $1
         AND state NOT IN ('announced', 'denied', 'not_accepted', 'withdrawn'))
       + (SELECT count(*) FROM change_case WHERE organisation_id = $1 AND stage IN ('applied', 'reviewed')
         AND COALESCE(intake, '') <> 'withdrawn')
       + (SELECT count(*) FROM fundraising_case WHERE organisation_id = $1
         AND stage IN ('applied', 'returned', 'accepted', 'reviewed'))
       + (SELECT count(*) FROM charity_case WHERE organisation_id = $1
         AND stage IN ('applied', 'returned', 'accepted', 'reviewed', 'noticed', 'answered'))
       + (SELECT count(*) FROM ending_case WHERE organisation_id = $1 AND kind = 'revocation'
         AND stage IN ('noticed', 'stated'))
       + (SELECT count(*) FROM penalty WHERE organisation_id = $1 AND state = 'recorded'
         AND noticed_at IS NOT NULL) AS open";

/// What those it serves asked to be followed up and nobody answered, what an office told it and it did not answer, and
/// errands of supervision on its contracts that are not closed. What it told an office itself keeps it from nothing.
const COMPLAINTS: &str =
    "SELECT (SELECT count(*) FROM feedback_ticket k JOIN contract c ON c.id = k.contract_id
         WHERE c.organisation_id = $1 AND k.answered_on IS NULL)
       + (SELECT count(*) FROM office_feedback f JOIN contract c ON c.id = f.contract_id
         WHERE c.organisation_id = $1 AND f.way = 'to_organisation' AND f.answered_at IS NULL)
       + (SELECT count(*) FROM ticket t JOIN supervision_finding g ON g.id = t.finding_id
           JOIN contract c ON c.number = g.subject
         WHERE c.organisation_id = $1 AND t.state IN ('open', 'answered')) AS open";
/// The same one by one: `sort`, the contract's number and title.
const COMPLAINTS_NAMED: &str = "SELECT 'recipient' AS sort, c.number, c.title, k.filed_on AS since
       FROM feedback_ticket k JOIN contract c ON c.id = k.contract_id
       WHERE c.organisation_id = $1 AND k.answered_on IS NULL
     UNION ALL SELECT 'office' AS sort, c.number, c.title, CAST(NULL AS TEXT) AS since
       FROM office_feedback f JOIN contract c ON c.id = f.contract_id
       WHERE c.organisation_id = $1 AND f.way = 'to_organisation' AND f.answered_at IS NULL
     UNION ALL SELECT 'errand' AS sort, c.number, c.title, g.arose_on AS since
       FROM ticket t JOIN supervision_finding g ON g.id = t.finding_id JOIN contract c ON c.number = g.subject
       WHERE c.organisation_id = $1 AND t.state IN ('open', 'answered')
     ORDER BY number, sort, since LIMIT 200";

coded! {
    /// Whose complaint is open.
    pub enum ComplaintSort as "complaint_sort" {
        /// Somebody who is served asked to be followed up.
        Recipient = "recipient",
        /// An office told the organisation something after a milestone.
        Office = "office",
        /// Supervision gave an office an errand on a contract of the organisation.
        Errand = "errand",
    }
}

row! {
    /// A complaint that keeps its organisation from being cancelled.
    pub struct OpenComplaint {
        /// Whose.
        @code sort: ComplaintSort,
        /// The contract's number.
        number: String,
        /// Its title.
        title: String,
        /// Since when, where a day is on file.
        since: Option<Date>,
    }
}

/// Every complaint that is open of an organisation, each with its contract.
///
/// # Errors
/// The database failed.
pub async fn complaints(app: &App, id: OrganisationId) -> Result<Vec<OpenComplaint>, Error> {
    Ok(app.db.all(COMPLAINTS_NAMED, args![id]).await?)
}

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
        complaints: count(source, COMPLAINTS, id).await?,
    })
}

async fn count(source: &mut Source<'_>, sql: &str, id: OrganisationId) -> Result<i64, Error> {
    let rows: Vec<(i64,)> = source.all(sql, args![id]).await?;
    Ok(rows.first().map_or(0, |(count,)| *count))
}
