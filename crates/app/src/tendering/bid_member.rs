//! The members of consortia that bid, as the opening wrote them down; nothing is here before it (C30).

use domain::kernel::{BidId, OrganisationId, TenderId};

use crate::db::{DbError, FromRow, Row, Tx};
use crate::frozen::{FrozenFinding, thaw};
use crate::{App, Error, args};

/// A member of a consortium that bid.
#[derive(Clone, Debug)]
pub struct BidMember {
    /// In which bid.
    pub bid: BidId,
    /// Its name.
    pub name: String,
    /// Its credit code.
    pub uscc: String,
    /// Whether it had joined the lead by its own word.
    pub has_joined: bool,
    /// Whether nothing barred it at the deadline.
    pub is_eligible: bool,
    /// What the register said of it at the deadline.
    pub eligibility: Vec<FrozenFinding>,
}

impl FromRow for BidMember {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            bid: row.get("bid_id")?,
            name: row.get("name")?,
            uscc: row.get("uscc")?,
            has_joined: row.get("has_joined")?,
            is_eligible: row.get("is_eligible")?,
            eligibility: thaw(&row.get::<String>("eligibility")?),
        })
    }
}

const MEMBERS: &str = "SELECT m.bid_id, o.name, o.uscc, m.has_joined, m.is_eligible, m.eligibility
     FROM bid_member m JOIN bid b ON b.id = m.bid_id JOIN organisation o ON o.id = m.organisation_id";

/// The members in every opened bid of a tender, bid by bid in their order.
///
/// # Errors
/// The database could not be read.
pub async fn of_tender(app: &App, tender: TenderId) -> Result<Vec<BidMember>, Error> {
    let sql =
        format!("{MEMBERS} WHERE b.tender_id = $1 AND b.alias IS NOT NULL ORDER BY m.bid_id, m.position");
    Ok(app.db.all(&sql, args![tender]).await?)
}

/// The members in the bid that won a tender, for its contract.
///
/// # Errors
/// The database could not be read.
pub async fn of_winner(app: &App, tender_number: &str) -> Result<Vec<BidMember>, Error> {
    let sql = format!(
        "{MEMBERS} JOIN award a ON a.bid_id = b.id AND a.state <> 'refused'
         JOIN tender t ON t.id = b.tender_id WHERE t.number = $1 ORDER BY m.position"
    );
    Ok(app.db.all(&sql, args![tender_number]).await?)
}

/// Lead and members of one bid.
pub(crate) async fn parties_of(tx: &mut Tx, bid: BidId) -> Result<Vec<OrganisationId>, Error> {
    let sql = "SELECT organisation_id FROM bid WHERE id = $1
               UNION SELECT organisation_id FROM bid_member WHERE bid_id = $1";
    let rows: Vec<(OrganisationId,)> = tx.all(sql, args![bid]).await?;
    Ok(rows.into_iter().map(|(one,)| one).collect())
}

/// Everyone who bid on an opened tender, alone or together.
pub(super) async fn all_parties(tx: &mut Tx, tender: TenderId) -> Result<Vec<OrganisationId>, Error> {
    let sql = "SELECT organisation_id FROM bid
               WHERE tender_id = $1 AND state = 'submitted' AND alias IS NOT NULL
               UNION SELECT m.organisation_id FROM bid_member m JOIN bid b ON b.id = m.bid_id
               WHERE b.tender_id = $1 AND b.alias IS NOT NULL";
    let rows: Vec<(OrganisationId,)> = tx.all(sql, args![tender]).await?;
    Ok(rows.into_iter().map(|(one,)| one).collect())
}
