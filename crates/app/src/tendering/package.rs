//! What a bid contains, and how it is written down as one package: canonical JSON, so that a digest of it
//! means one content and no other.
//!
//! A package holds the salt `salt`, so that its digest, which a receipt shows, tells nothing about a price
//! that could be guessed. No `Debug`: a log line must not open a bid (C30).

use domain::kernel::{Coded, Fen};
use domain::tendering::bid::{BidContent, BidPart, Statement};
use domain::tendering::consortium::Joint;
use evidence::canonical::canonical;
use serde_json::{Value, json};

/// The form of packages that this program writes.
const FORM: &str = "gz-bid/1";
/// How the agreement of a consortium's members is marked among the files.
const AGREEMENT: &str = "joint_agreement";

/// A file that belongs to a bid; its bytes lie in `blobs` under the digest.
#[derive(Clone, PartialEq, Eq)]
pub struct PackedFile {
    /// The name it had on the bidder's device.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub digest: String,
    /// What its bytes are, as sniffed.
    pub media_type: String,
    /// How many bytes.
    pub bytes: i64,
    /// Whether it is the agreement of a consortium's members (C30).
    pub is_joint_agreement: bool,
}

/// A whole bid.
#[derive(Clone, PartialEq, Eq)]
pub struct Package {
    /// The tender's public number.
    pub tender: String,
    /// The bidder's credit code.
    pub organisation: String,
    /// Price, statements, written parts and contact.
    pub content: BidContent,
    /// Who will lead the work.
    pub project_lead: String,
    /// The files, in the order in which they were attached.
    pub files: Vec<PackedFile>,
    /// 32 random bytes in hexadecimal.
    pub salt: String,
}

impl Package {
    /// The package as it is stored and as its digest is taken.
    pub fn to_bytes(&self) -> Vec<u8> {
        let statements: Vec<&str> =
            self.content.statements.iter().map(|statement| statement.code()).collect();
        let parts: serde_json::Map<String, Value> =
            self.content.parts.iter().map(|(part, text)| (part.code().to_owned(), json!(text))).collect();
        let files: Vec<Value> = self
            .files
            .iter()
            .map(|file| {
                let mut held = json!({
                    "name": file.name, "sha256": file.digest, "type": file.media_type, "bytes": file.bytes,
                });
                if file.is_joint_agreement {
                    held["role"] = json!(AGREEMENT);
                }
                held
            })
            .collect();
        let mut value = json!({
            "form": FORM,
            "tender": self.tender,
            "organisation": self.organisation,
            "price_fen": self.content.price.0.to_string(),
            "statements": statements,
            "parts": parts,
            "project_lead": self.project_lead,
            "contact_name": self.content.contact_name,
            "contact_phone": self.content.contact_phone,
            "files": files,
            "salt": self.salt,
        });
        let joint = &self.content.joint;
        if !joint.members.is_empty() {
            value["members"] = json!(joint.members);
            value["joint_liability"] = json!(joint.accepts_liability);
        }
        // Every number in it counts the bytes of a capped file, so canonical form cannot refuse it.
        canonical(&value).unwrap_or_default()
    }

    /// The package that `bytes` spell; nothing when they are not one of this form.
    pub fn parse(bytes: &[u8]) -> Option<Package> {
        let value: Value = serde_json::from_slice(bytes).ok()?;
        let text = |name: &str| value.get(name)?.as_str().map(str::to_owned);
        if text("form")? != FORM {
            return None;
        }
        let statements = value.get("statements")?.as_array()?;
        let statements = statements.iter().map(|code| Statement::from_code(code.as_str()?));
        let parts = value.get("parts")?.as_object()?;
        let parts = BidPart::ALL
            .iter()
            .filter_map(|part| Some((*part, parts.get(part.code())?.as_str()?.to_owned())));
        let files = value.get("files")?.as_array()?.iter().map(file).collect::<Option<Vec<_>>>()?;
        let members = value.get("members").and_then(Value::as_array).cloned().unwrap_or_default();
        let members = members.iter().map(|code| code.as_str().map(str::to_owned));
        let joint = Joint {
            members: members.collect::<Option<_>>()?,
            has_agreement: files.iter().any(|file| file.is_joint_agreement),
            accepts_liability: value.get("joint_liability").and_then(Value::as_bool).unwrap_or(false),
        };
        let content = BidContent {
            price: Fen(text("price_fen")?.parse().ok()?),
            statements: statements.collect::<Option<_>>()?,
            parts: parts.collect(),
            contact_name: text("contact_name")?,
            contact_phone: text("contact_phone")?,
            joint,
        };
        Some(Package {
            tender: text("tender")?,
            organisation: text("organisation")?,
            content,
            project_lead: text("project_lead")?,
            files,
            salt: text("salt")?,
        })
    }
}

fn file(value: &Value) -> Option<PackedFile> {
    let text = |name: &str| value.get(name)?.as_str().map(str::to_owned);
    Some(PackedFile {
        name: text("name")?,
        digest: text("sha256")?,
        media_type: text("type")?,
        bytes: value.get("bytes")?.as_i64()?,
        is_joint_agreement: text("role").as_deref() == Some(AGREEMENT),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package() -> Package {
        let file = PackedFile {
            name: "方案.pdf".to_owned(),
            digest: "ab".repeat(32),
            media_type: "application/pdf".to_owned(),
            bytes: 12_345,
            is_joint_agreement: false,
        };
        Package {
            tender: "NJGZ-2014-007".to_owned(),
            organisation: "523201005804886000".to_owned(),
            content: BidContent {
                price: Fen::yuan(95_000),
                statements: Statement::ALL.to_vec(),
                parts: BidPart::ALL
                    .iter()
                    .map(|part| (*part, format!("{}：\n“示例”", part.code())))
                    .collect(),
                contact_name: "示例联系人".to_owned(),
                contact_phone: "025-0000".to_owned(),
                joint: Joint::default(),
            },
            project_lead: "示例负责人".to_owned(),
            files: vec![file],
            salt: "0".repeat(64),
        }
    }

    #[test]
    fn a_package_reads_back_as_it_was_written() {
        let bytes = package().to_bytes();
        assert!(Package::parse(&bytes).is_some_and(|read| read == package()));
        assert!(Package::parse(&bytes).is_some_and(|read| read.to_bytes() == bytes));
        assert!(!bytes.windows(9).any(|part| part == b"\"members\""), "a bidder alone names no members");
    }

    #[test]
    fn a_consortium_reads_back_with_its_members_and_its_agreement() {
        let mut joint = package();
        joint.files[0].is_joint_agreement = true;
        let members = vec!["51320100MJ5858585X".to_owned()];
        joint.content.joint = Joint { members, has_agreement: true, accepts_liability: true };
        assert!(Package::parse(&joint.to_bytes()).is_some_and(|read| read == joint));
    }

    #[test]
    fn what_is_not_a_package_is_nothing() {
        for bytes in
            [&b""[..], b"{}", b"null", b"\xff\xfe", br#"{"form":"gz-bid/2"}"#, br#"{"form":"gz-bid/1"}"#]
        {
            assert!(Package::parse(bytes).is_none());
        }
    }

    #[test]
    fn another_salt_is_another_digest() {
        let other = Package { salt: "1".repeat(64), ..package() };
        assert_ne!(other.to_bytes(), package().to_bytes());
    }
}
