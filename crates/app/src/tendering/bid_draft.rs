//! A bid in the making: kept exactly as typed, read by its own organisation alone (C30).

use std::collections::BTreeMap;

use domain::kernel::{Moment, OrganisationId, Refusal, Role, TenderId};

use super::bid_content::field_names;
use super::open_tender::open_for_bids;
use super::package::PackedFile;
use crate::journal::{BID_ATTACHMENT, BID_DRAFT};
pub use crate::uploads::{FILE_MIB_MAX, StoredFile};
use crate::{Act, App, Cx, Error, args, row};

/// No bid has more files.
pub const FILES_MAX: usize = 10;
/// No draft is longer, in bytes.
const DRAFT_BYTES_MAX: usize = 200_000;

/// Saves what was typed so far, without judging it. The outcome is the draft's new version.
#[derive(Clone)]
pub struct SaveDraft {
    /// Which tender.
    pub tender: TenderId,
    /// The version that the writer saw; 0 when there was none.
    pub version: i64,
    /// The fields as typed; unknown names are left out.
    pub fields: Vec<(String, String)>,
}

impl Act for SaveDraft {
    type Outcome = i64;
    const NAME: &'static str = "tendering.save_draft";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let (_, organisation) = open_for_bids(cx, self.tender).await?;
        let known = field_names();
        let fields: BTreeMap<&str, &str> = self
            .fields
            .iter()
            .filter(|(name, _)| known.contains(name))
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let text = serde_json::to_string(&fields).unwrap_or_default();
        if text.len() > DRAFT_BYTES_MAX {
            let refusal = Refusal::new("tendering.draft-too-long", "C30").with("max", DRAFT_BYTES_MAX);
            return Err(Error::Refused(refusal));
        }
        match find_in(cx, self.tender, organisation).await? {
            None if self.version == 0 => {
                insert(cx, self.tender, organisation, &text).await?;
                Ok(1)
            }
            Some(held) if held.version == self.version => {
                let values = [("fields", text.into()), ("saved_at", cx.now.into())];
                cx.update(&BID_DRAFT, held.id, self.version, &values).await?;
                Ok(self.version + 1)
            }
            _ => Err(Error::Stale),
        }
    }
}

async fn insert(
    cx: &mut Cx<'_>,
    tender: TenderId,
    organisation: OrganisationId,
    fields: &str,
) -> Result<i64, Error> {
    let id = cx.id();
    let values = [
        ("tender_id", tender.into()),
        ("organisation_id", organisation.into()),
        ("fields", fields.into()),
        ("saved_at", cx.now.into()),
    ];
    // Two people of one organisation began at the same moment: the second one reads the first one's draft.
    let inserted = cx.insert(&BID_DRAFT, id, &values).await;
    inserted.map_err(|error| match error {
        Error::Db(crate::db::DbError::Unique(_)) => Error::Stale,
        other => other,
    })?;
    Ok(id)
}

/// Adds a file to the draft, which is begun if there is none. The outcome is the file's id.
#[derive(Clone)]
pub struct AttachFile {
    /// Which tender.
    pub tender: TenderId,
    /// The file, looked into and stored.
    pub file: StoredFile,
    /// Whether it is the agreement of a consortium's members (C30).
    pub is_joint_agreement: bool,
}

impl Act for AttachFile {
    type Outcome = i64;
    const NAME: &'static str = "tendering.attach_file";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let (_, organisation) = open_for_bids(cx, self.tender).await?;
        let draft = match find_in(cx, self.tender, organisation).await? {
            Some(held) => held.id,
            None => insert(cx, self.tender, organisation, "{}").await?,
        };
        cx.tx.lock("bid_draft", draft).await?;
        let files = files_in(cx, draft).await?;
        let fault = |code| Error::Invalid(vec![Refusal::new(code, "C30").at("file")]);
        if files.len() >= FILES_MAX {
            let refusal = Refusal::new("tendering.too-many-files", "C30").at("file");
            return Err(Error::Invalid(vec![refusal.with("max", FILES_MAX)]));
        }
        if files.iter().any(|file| file.digest == self.file.digest() && file.name == self.file.name()) {
            return Err(fault("tendering.file-twice"));
        }
        if self.is_joint_agreement && files.iter().any(FileRow::is_agreement) {
            let refusal = Refusal::new("tendering.agreement-twice", "C30").at("agreement");
            return Err(Error::Invalid(vec![refusal]));
        }
        let id = cx.id();
        let values = [
            ("draft_id", draft.into()),
            ("digest", self.file.digest().into()),
            ("name", self.file.name().into()),
            ("media_type", self.file.media_type().into()),
            ("bytes", self.file.bytes().into()),
            ("is_joint_agreement", self.is_joint_agreement.into()),
        ];
        cx.insert(&BID_ATTACHMENT, id, &values).await?;
        Ok(id)
    }
}

/// Takes a file out of the draft; a bid already submitted keeps it.
#[derive(Clone, Copy)]
pub struct RemoveFile {
    /// Which tender.
    pub tender: TenderId,
    /// Which file.
    pub file: i64,
}

impl Act for RemoveFile {
    type Outcome = ();
    const NAME: &'static str = "tendering.remove_file";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let (_, organisation) = open_for_bids(cx, self.tender).await?;
        let draft = find_in(cx, self.tender, organisation).await?.ok_or(Error::NotFound)?;
        cx.tx.lock("bid_draft", draft.id).await?;
        let files = files_in(cx, draft.id).await?;
        let file = files.iter().find(|file| file.id == self.file).ok_or(Error::NotFound)?;
        cx.delete(&BID_ATTACHMENT, file.id, file.version).await
    }
}

row! {
    /// A draft as stored.
    pub struct DraftRow {
        /// Its id.
        id: i64,
        /// How often it has been saved.
        version: i64,
        /// The fields, as a JSON object of texts.
        fields: String,
        /// When it was saved last.
        saved_at: Moment,
    }
}

row! {
    /// A file of a draft.
    pub struct FileRow {
        /// Its id.
        id: i64,
        /// The row's version.
        version: i64,
        /// SHA-256 of its bytes, in hexadecimal.
        digest: String,
        /// Its name.
        name: String,
        /// What its bytes are.
        media_type: String,
        /// How many bytes.
        bytes: i64,
        /// Whether it is the agreement of a consortium's members; silence means no.
        is_joint_agreement: Option<bool>,
    }
}

impl FileRow {
    /// Whether it is the agreement of a consortium's members (C30).
    pub fn is_agreement(&self) -> bool {
        self.is_joint_agreement == Some(true)
    }
}

impl From<&FileRow> for PackedFile {
    fn from(file: &FileRow) -> Self {
        Self {
            name: file.name.clone(),
            digest: file.digest.clone(),
            media_type: file.media_type.clone(),
            bytes: file.bytes,
            is_joint_agreement: file.is_agreement(),
        }
    }
}

const DRAFT: &str = "SELECT id, version, fields, saved_at FROM bid_draft
     WHERE tender_id = $1 AND organisation_id = $2";
const FILES: &str = "SELECT id, version, digest, name, media_type, bytes,
       is_joint_agreement FROM bid_attachment
     WHERE draft_id = $1 ORDER BY id";

pub(super) async fn find_in(
    cx: &mut Cx<'_>,
    tender: TenderId,
    organisation: OrganisationId,
) -> Result<Option<DraftRow>, Error> {
    Ok(cx.tx.maybe(DRAFT, args![tender, organisation]).await?)
}

pub(super) async fn files_in(cx: &mut Cx<'_>, draft: i64) -> Result<Vec<FileRow>, Error> {
    Ok(cx.tx.all(FILES, args![draft]).await?)
}

/// An organisation's own draft.
#[derive(Clone, Debug)]
pub struct Draft {
    /// How often it has been saved.
    pub version: i64,
    /// The fields as typed.
    pub fields: BTreeMap<String, String>,
    /// When it was saved last.
    pub saved_at: Moment,
    /// Its files.
    pub files: Vec<FileRow>,
}

impl Draft {
    /// Whether one of its files is the agreement of a consortium's members.
    pub fn has_agreement(&self) -> bool {
        self.files.iter().any(FileRow::is_agreement)
    }
}

/// The draft of `organisation` for `tender`, if it has begun one.
///
/// # Errors
/// The database could not be read.
pub async fn draft(
    app: &App,
    tender: TenderId,
    organisation: OrganisationId,
) -> Result<Option<Draft>, Error> {
    let Some(row) = app.db.maybe::<DraftRow>(DRAFT, args![tender, organisation]).await? else {
        return Ok(None);
    };
    let files = app.db.all(FILES, args![row.id]).await?;
    Ok(Some(Draft { version: row.version, fields: fields_of(&row), saved_at: row.saved_at, files }))
}

/// One file of an organisation's own draft, with its bytes.
///
/// # Errors
/// `NotFound` for any other file.
pub async fn file(
    app: &App,
    tender: TenderId,
    organisation: OrganisationId,
    id: i64,
) -> Result<(FileRow, Vec<u8>), Error> {
    let draft = draft(app, tender, organisation).await?.ok_or(Error::NotFound)?;
    let file = draft.files.into_iter().find(|file| file.id == id).ok_or(Error::NotFound)?;
    let bytes = app.blobs.get(&file.digest)?;
    Ok((file, bytes))
}

pub(super) fn fields_of(row: &DraftRow) -> BTreeMap<String, String> {
    serde_json::from_str(&row.fields).unwrap_or_default()
}
