//! Files that a program sends for a bid to come, and names in it by digest; read by their own organisation
//! alone (C30).

use domain::kernel::{OrganisationId, Refusal, Role, TenderId};

use super::bid_draft::{FILES_MAX, StoredFile};
use super::open_tender::open_for_bids;
use super::package::PackedFile;
use crate::journal::BID_UPLOAD;
use crate::uploads::kept::{self, KeptRow};
use crate::{Act, Cx, Error, args, row};

/// No organisation keeps more files for one tender; a technical limit, so that nobody fills the disk.
const UPLOADS_MAX: usize = 40;

/// Keeps a file for a bid on a tender. The outcome is its digest; the same bytes again are the same file.
#[derive(Clone)]
pub struct UploadFile {
    /// Which tender.
    pub tender: TenderId,
    /// The file, looked into and stored.
    pub file: StoredFile,
}

impl Act for UploadFile {
    type Outcome = String;
    const NAME: &'static str = "tendering.upload_file";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<String, Error> {
        let (_, organisation) = open_for_bids(cx, self.tender).await?;
        let person = cx.actor.person.ok_or(Error::NotPermitted)?;
        let held = held_in(cx, self.tender, organisation).await?;
        if held.iter().any(|one| one.digest == self.file.digest()) {
            return Ok(self.file.digest().to_owned());
        }
        if held.len() >= UPLOADS_MAX {
            let refusal = Refusal::new("tendering.too-many-files", "C30").at("file");
            return Err(Error::Invalid(vec![refusal.with("max", UPLOADS_MAX)]));
        }
        let id = cx.id();
        let values = [
            ("tender_id", self.tender.into()),
            ("organisation_id", organisation.into()),
            ("uploaded_by", person.into()),
            ("uploaded_at", cx.now.into()),
            ("digest", self.file.digest().into()),
            ("name", self.file.name().into()),
            ("media_type", self.file.media_type().into()),
            ("bytes", self.file.bytes().into()),
        ];
        // Sent twice at the same moment: the second one looks again and finds it.
        let inserted = cx.insert(&BID_UPLOAD, id, &values).await;
        inserted.map_err(|error| match error {
            Error::Db(crate::db::DbError::Unique(_)) => Error::Stale,
            other => other,
        })?;
        Ok(self.file.digest().to_owned())
    }
}

row! {
    /// A file that an organisation keeps for one tender.
    pub struct UploadRow {
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

/// The files sent for this tender, and of those kept for any act the ones that a bid names.
pub(super) async fn named_in(
    cx: &mut Cx<'_>,
    tender: TenderId,
    organisation: OrganisationId,
    named: &[&str],
) -> Result<Vec<UploadRow>, Error> {
    let mut held = held_in(cx, tender, organisation).await?;
    // A bid that names more than it may have is refused for that.
    for digest in named.iter().take(FILES_MAX) {
        if held.iter().any(|one| one.digest == *digest) {
            continue;
        }
        if let Some(KeptRow { digest, name, media_type, bytes }) =
            kept::find_in(cx, organisation, digest).await?
        {
            held.push(UploadRow { digest, name, media_type, bytes });
        }
    }
    Ok(held)
}

async fn held_in(
    cx: &mut Cx<'_>,
    tender: TenderId,
    organisation: OrganisationId,
) -> Result<Vec<UploadRow>, Error> {
    let sql = "SELECT digest, name, media_type, bytes FROM bid_upload
               WHERE tender_id = $1 AND organisation_id = $2 ORDER BY id";
    Ok(cx.tx.all(sql, args![tender, organisation]).await?)
}

/// The files that a bid names, in its order, the agreement last; and a fault for each name that is none of
/// the organisation's own files, that comes twice, or is one too many.
pub(super) fn chosen(
    held: &[UploadRow],
    files: &[String],
    agreement: Option<&str>,
) -> (Vec<PackedFile>, Vec<Refusal>) {
    let (mut packed, mut faults) = (Vec::new(), Vec::new());
    if files.len() + usize::from(agreement.is_some()) > FILES_MAX {
        let refusal = Refusal::new("tendering.too-many-files", "C30").at("files");
        return (packed, vec![refusal.with("max", FILES_MAX)]);
    }
    let named = files.iter().map(|digest| (digest.as_str(), "files"));
    for (digest, field) in named.chain(agreement.map(|digest| (digest, "agreement"))) {
        let fault = |code| Refusal::new(code, "C30").at(field).with("digest", digest);
        let Some(file) = held.iter().find(|file| file.digest == digest) else {
            faults.push(fault("tendering.file-unknown"));
            continue;
        };
        if packed.iter().any(|earlier: &PackedFile| earlier.digest == digest) {
            faults.push(fault("tendering.file-named-twice"));
            continue;
        }
        packed.push(PackedFile {
            name: file.name.clone(),
            digest: file.digest.clone(),
            media_type: file.media_type.clone(),
            bytes: file.bytes,
            is_joint_agreement: field == "agreement",
        });
    }
    (packed, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(digest: &str) -> UploadRow {
        UploadRow {
            digest: digest.into(),
            name: "a.pdf".into(),
            media_type: "application/pdf".into(),
            bytes: 1,
        }
    }

    #[test]
    fn a_bid_names_its_own_files_once_each() {
        let held = [row("a"), row("b")];
        let check = |files: &[&str], agreement: Option<&str>, expected: &[&str]| {
            let files: Vec<String> = files.iter().map(|digest| (*digest).to_owned()).collect();
            let (packed, faults) = chosen(&held, &files, agreement);
            assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), expected, "{files:?}");
            packed
        };
        let packed = check(&["b"], Some("a"), &[]);
        assert_eq!(packed.iter().map(|file| file.is_joint_agreement).collect::<Vec<_>>(), [false, true]);
        check(&["b", "c"], None, &["tendering.file-unknown"]);
        check(&["b"], Some("b"), &["tendering.file-named-twice"]);
        check(&["a"; 11], None, &["tendering.too-many-files"]);
    }
}
