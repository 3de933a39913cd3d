//! What an organisation sees of its own bids: state, receipt, digest, time. Always by its own id; the
//! content of a submitted bid is shown from its draft, never from the package (C30).

use domain::kernel::{Moment, OrganisationId, TenderId};
use domain::tendering::stage::Stage;
use evidence::Digest;
use evidence::receipt::Receipt;

use crate::{App, Error, args, row};

row! {
    /// An organisation's own bid.
    pub struct OwnBid {
        /// The tender.
        tender_id: TenderId,
        /// The tender's number.
        number: String,
        /// The tender's title.
        title: String,
        /// Where the tender stands.
        @code stage: Stage,
        /// The deadline in force.
        deadline_at: Option<Moment>,
        /// The row's version, for withdrawing.
        version: i64,
        /// How often it was submitted.
        edition: i64,
        /// `submitted` or `withdrawn`.
        state: String,
        /// SHA-256 of the package.
        digest: String,
        /// When it was received.
        received_at: Moment,
        /// The receipt's text.
        receipt: String,
        /// The organisation's name.
        organisation: String,
        /// The organisation's credit code.
        uscc: String,
    }
}

impl OwnBid {
    /// Whether it takes part.
    pub fn is_submitted(&self) -> bool {
        self.state == "submitted"
    }

    /// The receipt, read back.
    pub fn receipt(&self) -> Option<Receipt> {
        Receipt::parse(&self.receipt)
    }

    /// The digest in four groups, to compare by eye or by telephone.
    pub fn fingerprint(&self) -> String {
        Digest::from_hex(&self.digest).map(|digest| digest.fingerprint()).unwrap_or_default()
    }
}

const OWN: &str = "SELECT b.tender_id, t.number, t.title, t.stage, t.deadline_at, b.version, b.edition,
       b.state, b.digest, b.received_at, b.receipt, o.name AS organisation, o.uscc
     FROM bid b JOIN tender t ON t.id = b.tender_id JOIN organisation o ON o.id = b.organisation_id
     WHERE b.organisation_id = $1";

/// An organisation's own bids, newest first.
///
/// # Errors
/// The database could not be read.
pub async fn own_bids(app: &App, organisation: OrganisationId) -> Result<Vec<OwnBid>, Error> {
    let sql = format!("{OWN} ORDER BY b.received_at DESC, b.id DESC LIMIT 500");
    Ok(app.db.all(&sql, args![organisation]).await?)
}

/// An organisation's own bid on one tender, if there is one.
///
/// # Errors
/// The database could not be read.
pub async fn own_bid(app: &App, organisation: OrganisationId, number: &str) -> Result<Option<OwnBid>, Error> {
    Ok(app.db.maybe(&format!("{OWN} AND t.number = $2"), args![organisation, number]).await?)
}

row! {
    /// A draft in an organisation's list.
    pub struct DraftLine {
        /// The tender's number.
        number: String,
        /// The tender's title.
        title: String,
        /// Where the tender stands.
        @code stage: Stage,
        /// The deadline in force.
        deadline_at: Option<Moment>,
        /// When it was saved last.
        saved_at: Moment,
    }
}

/// An organisation's drafts of which no bid was submitted, nearest deadline first.
///
/// # Errors
/// The database could not be read.
pub async fn own_drafts(app: &App, organisation: OrganisationId) -> Result<Vec<DraftLine>, Error> {
    let sql = "SELECT t.number, t.title, t.stage, t.deadline_at, d.saved_at
               FROM bid_draft d JOIN tender t ON t.id = d.tender_id
               WHERE d.organisation_id = $1 AND NOT EXISTS (
                 SELECT 1 FROM bid b WHERE b.tender_id = d.tender_id AND b.organisation_id = d.organisation_id)
               ORDER BY t.deadline_at DESC, t.number LIMIT 500";
    Ok(app.db.all(sql, args![organisation]).await?)
}
