//! Files that a program sends once and names in its acts by digest, found by their own organisation alone (X2).

use domain::kernel::{OrganisationId, Refusal, Role};

use super::{KINDS, StoredFile};
use crate::db::DbError;
use crate::journal::KEPT_FILE;
use crate::{Act, App, Cx, Error, args, row};

/// No organisation sends more files within a day; a technical limit, so that nobody fills the disk.
pub const A_DAY_MAX: usize = 200;
const DAY_SECONDS: i64 = 86_400;

/// Keeps a file for acts to come. The outcome is its digest; the same bytes again are the same file.
#[derive(Clone)]
pub struct KeepFile {
    /// The file, looked into and stored.
    pub file: StoredFile,
}

impl Act for KeepFile {
    type Outcome = String;
    const NAME: &'static str = "uploads.keep_file";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let organisation = cx.actor.organisation().ok_or(Error::NotPermitted)?;
        let person = cx.actor.person.ok_or(Error::NotPermitted)?;
        let digest = self.file.digest();
        if find_in(cx, organisation, digest).await?.is_some() {
            return Ok(digest.to_owned());
        }
        let since = cx.now.plus_seconds(-DAY_SECONDS);
        check_room(cx.tx.number(LATELY, args![organisation, since]).await?)?;
        let id = cx.id();
        let values = [
            ("organisation_id", organisation.into()),
            ("kept_by", person.into()),
            ("kept_at", cx.now.into()),
            ("digest", digest.into()),
            ("name", self.file.name().into()),
            ("media_type", self.file.media_type().into()),
            ("bytes", self.file.bytes().into()),
        ];
        // Sent twice at the same moment: the second one looks again and finds it.
        cx.insert(&KEPT_FILE, id, &values).await.map_err(|error| match error {
            Error::Db(DbError::Unique(_)) => Error::Db(DbError::Busy),
            other => other,
        })?;
        Ok(digest.to_owned())
    }
}

const LATELY: &str = "SELECT count(*) FROM kept_file WHERE organisation_id = $1 AND kept_at > $2";

fn check_room(kept: i64) -> Result<(), Error> {
    if usize::try_from(kept).is_ok_and(|kept| kept < A_DAY_MAX) {
        return Ok(());
    }
    let refusal = Refusal::new("upload.too-many-today", "X2").at("file").with("max", A_DAY_MAX);
    Err(Error::Invalid(vec![refusal]))
}

/// Whether a file with this digest may be kept, asked before its bytes go to the disk.
///
/// # Errors
/// A fault at `file` when the organisation has sent as many as it may within a day.
pub async fn require_room(app: &App, organisation: OrganisationId, digest: &str) -> Result<(), Error> {
    match find(app, organisation, digest).await {
        Err(Error::NotFound) => {}
        other => return other.map(|_| ()),
    }
    let since = app.clock.now().plus_seconds(-DAY_SECONDS);
    check_room(app.db.number(LATELY, args![organisation, since]).await?)
}

row! {
    /// A file that an organisation keeps.
    pub struct KeptRow {
        /// SHA-256 of its bytes, in hexadecimal.
        digest: String,
        /// Its name.
        name: String,
        /// What its bytes are.
        media_type: String,
        /// How many bytes.
        bytes: i64,
    }
}

const KEPT: &str =
    "SELECT digest, name, media_type, bytes FROM kept_file WHERE organisation_id = $1 AND digest = $2";

/// The same inside a transaction.
pub(crate) async fn find_in(
    cx: &mut Cx<'_>,
    organisation: OrganisationId,
    digest: &str,
) -> Result<Option<KeptRow>, Error> {
    Ok(cx.tx.maybe(KEPT, args![organisation, digest]).await?)
}

/// The organisation's own file with this digest, as an act takes it.
///
/// # Errors
/// `NotFound` for a digest under which this organisation keeps nothing.
pub async fn find(app: &App, organisation: OrganisationId, digest: &str) -> Result<StoredFile, Error> {
    let row: KeptRow = app.db.one(KEPT, args![organisation, digest]).await?;
    let kind = KINDS.iter().find(|(_, media_type, _)| *media_type == row.media_type);
    let (_, media_type, _) = kind.ok_or(Error::NotFound)?;
    Ok(StoredFile { name: row.name, media_type, digest: row.digest, bytes: row.bytes })
}

/// The organisation's own file with its bytes.
///
/// # Errors
/// `NotFound` for any other file, `Folder` for a damaged one.
pub async fn open(
    app: &App,
    organisation: OrganisationId,
    digest: &str,
) -> Result<(StoredFile, Vec<u8>), Error> {
    let file = find(app, organisation, digest).await?;
    let bytes = app.blobs.get(&file.digest)?;
    Ok((file, bytes))
}

/// The files that an act names at `field`, in its order, and a fault under `rule` for each that this
/// organisation has not sent.
///
/// # Errors
/// The database could not be read.
pub async fn named(
    app: &App,
    organisation: OrganisationId,
    digests: &[String],
    (rule, field): (&'static str, &'static str),
) -> Result<(Vec<StoredFile>, Vec<Refusal>), Error> {
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    for digest in digests {
        match find(app, organisation, digest).await {
            Ok(file) => files.push(file),
            Err(Error::NotFound) => {
                let refusal = Refusal::new("upload.unknown", rule).at(field);
                faults.push(refusal.with("digest", digest.chars().take(80).collect::<String>()));
            }
            Err(error) => return Err(error),
        }
    }
    Ok((files, faults))
}
