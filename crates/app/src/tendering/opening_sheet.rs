//! The opening sheet (唱标一览表): who bid what, when it arrived and what the register said, for everyone.
//!
//! Before the opening it holds nothing but the clock and the officials in the room. A member of the
//! committee who has not locked yet sees it without prices (C40); the aliases of the review are not on it.

use domain::kernel::{Actor, BidId, Fen, Moment, TenderId};
use serde_json::Value;

use super::attendance::{self, Occasion, Present};
use super::bid_member::{self, BidMember};
use super::case::{self, Case};
use crate::db::Row;
use crate::frozen::{FrozenFinding, thaw};
use crate::{App, Error, args};

/// One bid as it was read out.
#[derive(Clone, Debug)]
pub struct SheetLine {
    /// Which bid.
    pub bid: BidId,
    /// The version that was read.
    pub version: i64,
    /// The bidder's name.
    pub organisation: String,
    /// The bidder's credit code.
    pub uscc: String,
    /// The members besides the bidder, who leads them; none for a bidder alone (C30).
    pub members: Vec<BidMember>,
    /// When the package arrived.
    pub received_at: Moment,
    /// SHA-256 of the package, as on the bidder's receipt.
    pub digest: String,
    /// The price; withheld from members of the committee until they have locked.
    pub price: Option<Fen>,
    /// Who will lead the work.
    pub project_lead: String,
    /// Whether a file of it is the agreement of a consortium's members.
    pub has_agreement: bool,
    /// What the register said as of the deadline.
    pub eligibility: Vec<FrozenFinding>,
    /// Whether nothing bars the bidder.
    pub is_eligible: bool,
    /// The purchaser's verdict, once there is one.
    pub is_qualified: Option<bool>,
    /// The reason of the verdict.
    pub qualification_note: String,
    /// The committee's finding, once there is one.
    pub is_conforming: Option<bool>,
    /// The ground of that finding.
    pub conformity_note: String,
}

impl SheetLine {
    /// The first eight characters of the digest, for comparing with a receipt by eye.
    pub fn fingerprint(&self) -> &str {
        self.digest.get(..8).unwrap_or(&self.digest)
    }

    /// The price in Chinese capitals.
    pub fn capitals(&self) -> String {
        self.price.map(Fen::capitals).unwrap_or_default()
    }
}

/// The sheet of one tender.
#[derive(Clone, Debug)]
pub struct OpeningSheet {
    /// The tender.
    pub case: Case,
    /// Who is in the room.
    pub roll: Vec<Present>,
    /// The bids in the order of arrival; empty before the opening.
    pub lines: Vec<SheetLine>,
    /// Whether prices are withheld from this reader.
    pub is_without_prices: bool,
}

/// The opening sheet for whoever reads it.
///
/// # Errors
/// `NotFound` for a tender that is not public.
pub async fn read(app: &App, actor: &Actor, number: &str) -> Result<OpeningSheet, Error> {
    let case = case::by_number(app, number).await?;
    let roll = attendance::roll(app, &case, Occasion::Opening).await?;
    let is_without_prices = is_scoring(app, actor, case.id).await?;
    let lines =
        if case.opened_at.is_some() { lines(app, case.id, is_without_prices).await? } else { Vec::new() };
    Ok(OpeningSheet { case, roll, lines, is_without_prices })
}

/// Whether the reader sits on the committee and has not locked yet: then no page shows a price.
pub(super) async fn is_scoring(app: &App, actor: &Actor, tender: TenderId) -> Result<bool, Error> {
    let Some(person) = actor.person else { return Ok(false) };
    let sql = "SELECT count(*) FROM seat WHERE tender_id = $1 AND person_id = $2
               AND state IN ('invited', 'accepted') AND locked_at IS NULL";
    Ok(app.db.number(sql, args![tender, person]).await? > 0)
}

async fn lines(app: &App, tender: TenderId, is_without_prices: bool) -> Result<Vec<SheetLine>, Error> {
    let sql = "SELECT b.id, b.version, o.name, o.uscc, b.received_at, b.digest, b.price_fen, b.project_lead,
                 b.agreement, b.eligibility, b.is_eligible, b.is_qualified, b.qualification_note, b.is_conforming,
                 b.conformity_note
               FROM bid b JOIN organisation o ON o.id = b.organisation_id
               WHERE b.tender_id = $1 AND b.state = 'submitted' AND b.alias IS NOT NULL
               ORDER BY b.received_at, b.id";
    let members = bid_member::of_tender(app, tender).await?;
    let mut lines = Vec::new();
    for row in app.db.all::<Row>(sql, args![tender]).await? {
        let text = |name: &str| row.get::<Option<String>>(name).map(Option::unwrap_or_default);
        let price: Option<Fen> = row.get("price_fen")?;
        let bid: BidId = row.get("id")?;
        lines.push(SheetLine {
            bid,
            members: members.iter().filter(|member| member.bid == bid).cloned().collect(),
            version: row.get("version")?,
            organisation: row.get("name")?,
            uscc: row.get("uscc")?,
            received_at: row.get("received_at")?,
            digest: row.get("digest")?,
            price: price.filter(|_| !is_without_prices),
            project_lead: text("project_lead")?,
            has_agreement: row.get::<Option<String>>("agreement")?.is_some(),
            eligibility: thaw(&text("eligibility")?),
            is_eligible: row.get::<Option<bool>>("is_eligible")?.unwrap_or(false),
            is_qualified: row.get("is_qualified")?,
            qualification_note: text("qualification_note")?,
            is_conforming: row.get("is_conforming")?,
            conformity_note: text("conformity_note")?,
        });
    }
    Ok(lines)
}

/// The agreement of a consortium's members, with its bytes; the committee has no way to it, because it names
/// them.
///
/// # Errors
/// `NotFound` for a bid of another tender, before the opening, and for a bid without one.
pub async fn agreement(app: &App, case: &Case, bid: BidId) -> Result<(ProposalFile, Vec<u8>), Error> {
    let sql = "SELECT agreement FROM bid WHERE id = $1 AND tender_id = $2 AND alias IS NOT NULL";
    let (held,): (Option<String>,) = app.db.one(sql, args![bid, case.id]).await?;
    let value: Value = serde_json::from_str(&held.ok_or(Error::NotFound)?).unwrap_or(Value::Null);
    let file = proposal_file(&value);
    let bytes = app.blobs.get(&file.digest)?;
    Ok((file, bytes))
}

fn proposal_file(file: &Value) -> ProposalFile {
    let word = |name: &str| file.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    ProposalFile {
        name: word("name"),
        digest: word("digest"),
        media_type: word("media_type"),
        bytes: file.get("bytes").and_then(Value::as_i64).unwrap_or(0),
    }
}

/// A written part of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalPart {
    /// Which part: a code of the list `bid_part`.
    pub part: String,
    /// What the bidder wrote.
    pub text: String,
}

/// A file of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalFile {
    /// Its name.
    pub name: String,
    /// SHA-256 under which its bytes lie.
    pub digest: String,
    /// What it is.
    pub media_type: String,
    /// How many bytes.
    pub bytes: i64,
}

/// What the committee reads of a bid: no price, no name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// The written parts, in the order of the form.
    pub parts: Vec<ProposalPart>,
    /// The files.
    pub files: Vec<ProposalFile>,
}

impl Proposal {
    /// The proposal that an opened bid keeps; what cannot be read is left out.
    pub fn parse(text: &str) -> Proposal {
        let value: Value = serde_json::from_str(text).unwrap_or(Value::Null);
        let list = |name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        let word = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let parts = list("parts");
        let parts =
            parts.iter().map(|part| ProposalPart { part: word(part.get(0)), text: word(part.get(1)) });
        let files = list("files");
        let files = files.iter().map(proposal_file);
        Proposal { parts: parts.collect(), files: files.collect() }
    }
}
