//! Bids: submitted as one sealed package, replaced or withdrawn before the deadline only (C30).
//!
//! The tender is held shared while a bid is written, so that the closing waits for bids under way and
//! no bid slips in behind it. A late bid leaves nothing behind, whatever the clock says afterwards.

use std::collections::BTreeMap;

use domain::kernel::{BidId, Coded, Moment, OrganisationId, Refusal, Role, TenderId};
use domain::tendering::bid::{SealSuite, may_withdraw, next_version};
use evidence::Digest;
use evidence::receipt::Receipt;

use super::bid_content::{self, Terms};
use super::bid_draft;
use super::bid_upload;
use super::consortium;
use super::open_tender::{OpenTender, open_for_bids};
use super::package::{Package, PackedFile};
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
        let (tender, organisation) = open_for_bids(cx, self.tender).await?;
        let draft = bid_draft::find_in(cx, self.tender, organisation).await?.ok_or(Error::NotFound)?;
        if draft.version != self.draft_version {
            return Err(Error::Stale);
        }
        let files = bid_draft::files_in(cx, draft.id).await?;
        let files = files.iter().map(PackedFile::from).collect();
        let fields = bid_draft::fields_of(&draft);
        hand_in(cx, &tender, organisation, Given { fields, files }).await
    }
}

/// Hands in a bid whole: content and files in one act, with no draft; refused, it leaves nothing behind.
/// The outcome is the receipt's text.
#[derive(Clone)]
pub struct HandInBid {
    /// Which tender.
    pub tender: TenderId,
    /// The fields, by the names of `bid_content::field_names`; unknown names are left out.
    pub fields: BTreeMap<String, String>,
    /// Digests of files that the organisation has sent, for this tender or at all, in the order of the bid.
    pub files: Vec<String>,
    /// The digest of the file that is the agreement of a consortium's members, if there is one.
    pub agreement: Option<String>,
}

impl Act for HandInBid {
    type Outcome = String;
    const NAME: &'static str = "tendering.hand_in_bid";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let (tender, organisation) = open_for_bids(cx, self.tender).await?;
        let (files, mut faults) = if self.files.is_empty() && self.agreement.is_none() {
            (Vec::new(), Vec::new())
        } else {
            let named: Vec<&str> = self.files.iter().chain(&self.agreement).map(String::as_str).collect();
            let held = bid_upload::named_in(cx, self.tender, organisation, &named).await?;
            bid_upload::chosen(&held, &self.files, self.agreement.as_deref())
        };
        let given = Given { fields: self.fields.clone(), files };
        let handed = hand_in(cx, &tender, organisation, given).await;
        match (handed, faults.is_empty()) {
            (Err(Error::Invalid(more)), _) => {
                faults.extend(more);
                Err(Error::Invalid(faults))
            }
            (Ok(_), false) => Err(Error::Invalid(faults)),
            (other, _) => other,
        }
    }
}

/// What a bidder hands in.
struct Given {
    fields: BTreeMap<String, String>,
    files: Vec<PackedFile>,
}

/// Checks everything that a bid must fulfil, packs it and receives the package.
async fn hand_in(
    cx: &mut Cx<'_>,
    tender: &OpenTender,
    organisation: OrganisationId,
    given: Given,
) -> Result<String, Error> {
    let lead = consortium::lead_in(cx, tender, organisation).await?;
    let has_agreement = given.files.iter().any(|file| file.is_joint_agreement);
    let terms = Terms { ceiling: tender.ceiling_fen, consortia: tender.consortium_rule() };
    let (content, mut faults) = bid_content::read(&given.fields, has_agreement, terms);
    if faults.iter().all(|fault| fault.field.as_deref() != Some("members")) {
        let asked = (&content.joint.members[..], cx.now);
        faults.extend(consortium::member_faults(&mut cx.tx, cx.app, tender, organisation, asked).await?);
    }
    faults.extend(stray_agreement(content.joint.members.is_empty() && has_agreement));
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let package = Package {
        tender: tender.number.clone(),
        organisation: lead.uscc,
        content,
        project_lead: given.fields.get("project_lead").map_or("", |name| name.trim()).to_owned(),
        files: given.files,
        salt: Digest(cx.app.chance.bytes()?).hex(),
    };
    let sealed = Sealed { suite: SealSuite::Withheld, bytes: package.to_bytes() };
    receive(cx, tender, organisation, sealed).await
}

/// An agreement names partners; a bid with one and without members has forgotten them.
fn stray_agreement(is_stray: bool) -> Option<Refusal> {
    is_stray.then(|| Refusal::new("tendering.members-missing", "C30").at("members"))
}

/// A package as it arrived: what its bytes mean only the opening finds out, by its suite.
struct Sealed {
    suite: SealSuite,
    bytes: Vec<u8>,
}

/// Stores a package and writes its receipt.
async fn receive(
    cx: &mut Cx<'_>,
    tender: &OpenTender,
    organisation: OrganisationId,
    sealed: Sealed,
) -> Result<String, Error> {
    let person = cx.actor.person.ok_or(Error::NotPermitted)?;
    let deadline = tender.deadline(cx.now);
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
        let (tender, organisation) = open_for_bids(cx, self.tender).await?;
        let held: Option<BidRow> = cx.tx.maybe(OWN, args![self.tender, organisation]).await?;
        let deadline: Moment = tender.deadline(cx.now);
        let is_submitted = held.as_ref().is_some_and(|bid| bid.state == "submitted");
        may_withdraw(tender.stage, deadline, cx.now, is_submitted)?;
        let bid = held.ok_or(Error::NotFound)?;
        let values = [("state", Val::from("withdrawn")), ("package", Vec::new().into())];
        cx.update(&BID, bid.id.0, self.version, &values).await
    }
}
