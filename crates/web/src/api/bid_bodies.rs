//! What a program sends and gets for a bid: content, consortium, files, receipt.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A bid as an organisation hands it in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BidBody {
    /// The price, in whole fen.
    #[schema(example = 9_500_000)]
    pub price_fen: i64,
    /// Who leads the project.
    pub project_lead: String,
    /// Whom to ask.
    pub contact_name: String,
    /// That person's telephone.
    pub contact_phone: String,
    /// Codes of the statements made: standing, no_major_violation, independence, no_collusion,
    /// accepts_contract, no_assignment.
    pub statements: Vec<String>,
    /// Text of each part: understanding, plan, team, track_record, assurance.
    pub parts: BTreeMap<String, String>,
    /// Digests of files that you have sent for this tender, in the order of the bid.
    #[serde(default)]
    #[schema(example = json!([]))]
    pub files: Vec<String>,
    /// Who bids with you; leave it out when you bid alone.
    #[serde(default)]
    #[schema(example = json!(null))]
    pub consortium: Option<ConsortiumBody>,
}

/// Those who bid with you. Each has joined you by its own word on the tender's page before.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsortiumBody {
    /// Credit codes of the members besides you.
    pub members: Vec<String>,
    /// Digest of the file that is your joint agreement.
    pub agreement: String,
    /// That all are liable together.
    pub joint_liability: bool,
}

/// A file that was kept for a bid to come.
#[derive(Serialize, ToSchema)]
pub struct KeptFile {
    /// SHA-256 of its bytes: name it in the bid.
    pub digest: String,
    /// Its name, without any path.
    #[schema(example = "plan.pdf")]
    pub name: String,
    /// What its bytes are.
    #[schema(example = "application/pdf")]
    pub media_type: String,
    /// How many bytes.
    #[schema(example = 12_345)]
    pub bytes: i64,
}

impl From<&app::tendering::bid_draft::StoredFile> for KeptFile {
    fn from(file: &app::tendering::bid_draft::StoredFile) -> Self {
        Self {
            digest: file.digest().to_owned(),
            name: file.name().to_owned(),
            media_type: file.media_type().to_owned(),
            bytes: file.bytes(),
        }
    }
}

/// What an organisation gets for a bid. Keep the receipt: anyone can check it.
#[derive(Serialize, ToSchema)]
pub struct OwnBid {
    /// The tender's number.
    pub tender: String,
    /// submitted or withdrawn.
    #[schema(example = "submitted")]
    pub state: String,
    /// How often it was submitted.
    #[schema(example = 1)]
    pub edition: i64,
    /// SHA-256 of the sealed package.
    pub digest: String,
    /// When it was received.
    pub received_at: String,
    /// The receipt's text, line by line.
    pub receipt: String,
}

impl OwnBid {
    /// What the receipt of a bid just received says.
    pub fn received(text: &str) -> Option<Self> {
        let receipt = evidence::receipt::Receipt::parse(text)?;
        Some(Self {
            tender: receipt.tender,
            state: "submitted".to_owned(),
            edition: i64::try_from(receipt.version).ok()?,
            digest: receipt.package.hex(),
            received_at: receipt.received,
            receipt: text.to_owned(),
        })
    }
}

impl From<app::tendering::receipt::OwnBid> for OwnBid {
    fn from(row: app::tendering::receipt::OwnBid) -> Self {
        Self {
            tender: row.number,
            state: row.state,
            edition: row.edition,
            digest: row.digest,
            received_at: row.received_at.rfc3339(),
            receipt: row.receipt,
        }
    }
}
