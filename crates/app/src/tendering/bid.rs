//! Bids: submitted as one sealed package, replaced or withdrawn before the deadline only (C30).
//!
//! The tender is held shared while a bid is written, so that the closing waits for bids under way and
//! no bid slips in behind it. A late bid leaves nothing behind, whatever the clock says afterwards.

use domain::kernel::{BidId, Coded, Moment, OrganisationId, Role, TenderId};
use domain::tendering::bid::{SealSuite, may_withdraw, next_version};
use evidence::Digest;
use evidence::receipt::Receipt;

use super::bid_draft::{self, FileRow};
use super::eligibility;
use super::package::{Package, PackedFile};
use super::queries::Tender;
use crate::db::Val;
use crate::journal::BID;
use crate::{Act, Cx, Error, args, row};

/// Submits the draft as it stands, or replaces the bid submitted before. The outcome is the receipt's text.
#[derive(Clone, Copy)]
pub struct SubmitBid {
    /// Which tender.
    pub tender: TenderId,
    /// The version of the draft that the bidder confirmed.
    pub draft_version: i64,
}

row! {
    /// The state of an organisation's own bid.
    pub struct BidRow {
        /// Its id.
        id: BidId,
        /// The row's version.
        version: i64,
        /// How often it was submitted.
        edition: i64,
        /// Submitted or withdrawn.
        state: String,
    }
}

const OWN: &str = "SELECT id, version, edition, state FROM bid
     WHERE tender_id = $1 AND organisation_id = $2";

impl Act for SubmitBid {
    type Outcome = String;
    const NAME: &'static str = "tendering.submit_bid";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let (tender, organisation) = bid_draft::open_for_bids(cx, self.tender).await?;
        let draft = bid_draft::find_in(cx, self.tender, organisation).await?.ok_or(Error::NotFound)?;
        if draft.version != self.draft_version {
            return Err(Error::Stale);
        }
        let (app, now) = (cx.app, cx.now);
        let eligible = eligibility::findings(app, &mut cx.tx, self.tender, organisation, now).await?;
        eligible.require()?;
        let fields = bid_draft::fields_of(&draft);
        let (content, faults) = bid_draft::content(&fields, tender.ceiling_fen);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let files = bid_draft::files_in(cx, draft.id).await?;
        let sql = "SELECT uscc FROM organisation WHERE id = $1";
        let (uscc,): (String,) = cx.tx.one(sql, args![organisation]).await?;
        let package = Package {
            tender: tender.number.clone(),
            organisation: uscc,
            content,
            project_lead: fields.get("project_lead").map_or("", |name| name.trim()).to_owned(),
            files: files.iter().map(packed).collect(),
            salt: Digest(app.chance.bytes()?).hex(),
        };
        let sealed = Sealed { suite: SealSuite::Withheld, bytes: package.to_bytes() };
        receive(cx, &tender, organisation, sealed).await
    }
}

fn packed(file: &FileRow) -> PackedFile {
    PackedFile {
        name: file.name.clone(),
        digest: file.digest.clone(),
        media_type: file.media_type.clone(),
        bytes: file.bytes,
    }
}

/// A package as it arrived: what its bytes mean only the opening finds out, by its suite.
struct Sealed {
    suite: SealSuite,
    bytes: Vec<u8>,
}

/// Stores a package and writes its receipt.
async fn receive(
    cx: &mut Cx<'_>,
    tender: &Tender,
    organisation: OrganisationId,
    sealed: Sealed,
) -> Result<String, Error> {
    let person = cx.actor.person.ok_or(Error::NotPermitted)?;
    let deadline = tender.deadline_at.unwrap_or(cx.now);
    let held: Option<BidRow> = cx.tx.maybe(OWN, args![tender.id, organisation]).await?;
    let last = held.as_ref().and_then(|bid| u32::try_from(bid.edition).ok());
    let edition = next_version(tender.stage, deadline, cx.now, last)?;
    let id = held.as_ref().map_or_else(|| BidId(cx.id()), |bid| bid.id);
    let digest = Digest::of(&sealed.bytes);
    let receipt = Receipt {
        tender: tender.number.clone(),
        bid: id.0.to_string(),
        version: u64::from(edition),
        package: digest,
        bytes: sealed.bytes.len() as u64,
        received: cx.now.rfc3339(),
        deadline: deadline.rfc3339(),
    };
    let text = receipt.text();
    let mut values: Vec<(&'static str, Val)> = vec![
        ("submitted_by", person.into()),
        ("edition", i64::from(edition).into()),
        ("state", "submitted".into()),
        ("suite", sealed.suite.code().into()),
        ("package", sealed.bytes.into()),
        ("digest", digest.hex().into()),
        ("received_at", cx.now.into()),
        ("receipt", text.as_str().into()),
    ];
    match held {
        Some(bid) => cx.update(&BID, id.0, bid.version, &values).await?,
        None => {
            values.extend([("tender_id", tender.id.into()), ("organisation_id", organisation.into())]);
            cx.insert(&BID, id.0, &values).await.map_err(together)?;
        }
    }
    Ok(text)
}

/// Two people of one organisation submitted at the same moment: the second one looks again.
fn together(error: Error) -> Error {
    match error {
        Error::Db(crate::db::DbError::Unique(_)) => Error::Stale,
        other => other,
    }
}

/// Takes a bid back before the deadline. Its content is erased; number, digest and times stay.
#[derive(Clone, Copy)]
pub struct WithdrawBid {
    /// Which tender.
    pub tender: TenderId,
    /// The version of the bid that the bidder saw.
    pub version: i64,
}

impl Act for WithdrawBid {
    type Outcome = ();
    const NAME: &'static str = "tendering.withdraw_bid";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (tender, organisation) = bid_draft::open_for_bids(cx, self.tender).await?;
        let held: Option<BidRow> = cx.tx.maybe(OWN, args![self.tender, organisation]).await?;
        let deadline: Moment = tender.deadline_at.unwrap_or(cx.now);
        let is_submitted = held.as_ref().is_some_and(|bid| bid.state == "submitted");
        may_withdraw(tender.stage, deadline, cx.now, is_submitted)?;
        let bid = held.ok_or(Error::NotFound)?;
        let values = [("state", Val::from("withdrawn")), ("package", Vec::new().into())];
        cx.update(&BID, bid.id.0, self.version, &values).await
    }
}
