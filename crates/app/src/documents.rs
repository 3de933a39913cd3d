//! Documents issued at the one window: numbered, frozen as they were said, verified by their code.
//!
//! A document is never edited. One that no longer holds is withdrawn with a reason, and says so to
//! whoever scans its code.

use domain::kernel::{
    Actor, Coded, DocumentId, Fact, Finding, Moment, OrganisationId, PersonId, Role, Subject,
};
use domain::registry::document::{DocumentKind, number};

use crate::frozen::{FrozenFact, FrozenFinding, freeze, freeze_facts, thaw, thaw_facts};
use crate::journal::DOCUMENT;
use crate::{App, Cx, Error, args, row};

/// What a document says.
pub struct Draft {
    /// What it is.
    pub kind: DocumentKind,
    /// What it is about.
    pub subject: Subject,
    /// The organisation that may read it, once there is one.
    pub organisation: Option<OrganisationId>,
    /// The person that may read it, before there is an organisation.
    pub person: Option<PersonId>,
    /// To whom it speaks.
    pub addressee: String,
    /// Named values for its sentences: message `document-<kind>-body`.
    pub facts: Vec<(&'static str, Fact)>,
    /// Its points one by one: defects, grounds, outcomes; each with its rule.
    pub items: Vec<Finding>,
    /// Whether anyone may read the whole of it: certificates and announcements.
    pub is_public: bool,
}

/// A document just issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// Its row.
    pub id: DocumentId,
    /// Its number, such as 宁民社登〔2026〕0312号.
    pub number: String,
    /// Its code for verification.
    pub code: String,
}

/// Issues a document now, in the actor's name.
///
/// # Errors
/// The database or the random source failed; a number taken at the same moment is tried again by `act`.
pub async fn issue(cx: &mut Cx<'_>, draft: &Draft) -> Result<Issued, Error> {
    let (series, year) = (draft.kind.series(), cx.now.date().year());
    let sql = "SELECT COALESCE(max(serial), 0) FROM document WHERE series = $1 AND year = $2";
    let serial = cx.tx.number(sql, args![series, i64::from(year)]).await? + 1;
    let number = number(series, year, serial);
    let code = code(&cx.app.chance.bytes()?);
    let id = DocumentId(cx.id());
    let values = [
        ("kind", draft.kind.code().into()),
        ("series", series.into()),
        ("year", i64::from(year).into()),
        ("serial", serial.into()),
        ("number", number.as_str().into()),
        ("code", code.as_str().into()),
        ("subject_kind", draft.subject.kind.code().into()),
        ("subject_id", draft.subject.id.into()),
        ("organisation_id", draft.organisation.into()),
        ("person_id", draft.person.into()),
        ("addressee", draft.addressee.as_str().into()),
        ("facts", freeze_facts(&draft.facts).into()),
        ("items", freeze(&draft.items).into()),
        ("is_public", draft.is_public.into()),
        ("issued_by", cx.actor.person.into()),
        ("issued_at", cx.now.into()),
        ("withdrawn_why", "".into()),
    ];
    cx.insert(&DOCUMENT, id.0, &values).await?;
    Ok(Issued { id, number, code })
}

/// The documents that were issued in this transaction, in their order.
///
/// # Errors
/// The database failed.
pub(crate) async fn made_in(cx: &mut Cx<'_>) -> Result<Vec<Document>, Error> {
    let mut made = Vec::new();
    for id in cx.made_in(&DOCUMENT) {
        made.push(cx.tx.one("SELECT * FROM document WHERE id = $1", args![id]).await?);
    }
    Ok(made)
}

/// A reason of a closed list, as it is kept: every reader is told it in their language.
pub fn coded_why<C: Coded>(why: C) -> String {
    format!("{}.{}", C::LIST, why.code())
}

/// Withdraws every standing document of this kind about the thing, with the reason in words or by `coded_why`.
///
/// # Errors
/// The database failed.
pub async fn withdraw(cx: &mut Cx<'_>, subject: Subject, kind: DocumentKind, why: &str) -> Result<(), Error> {
    let sql = "SELECT * FROM document WHERE subject_kind = $1 AND subject_id = $2 AND kind = $3 AND withdrawn_at IS NULL";
    let held: Vec<Document> = cx.tx.all(sql, args![subject.kind.code(), subject.id, kind.code()]).await?;
    for one in held {
        let values = [("withdrawn_at", cx.now.into()), ("withdrawn_why", why.into())];
        cx.update(&DOCUMENT, one.id.0, one.version, &values).await?;
    }
    Ok(())
}

/// Withdraws every standing document of this kind that an organisation holds, with the reason in words.
///
/// # Errors
/// The database failed.
pub async fn withdraw_of(
    cx: &mut Cx<'_>,
    organisation: OrganisationId,
    kind: DocumentKind,
    why: &str,
) -> Result<(), Error> {
    let sql = "SELECT * FROM document WHERE organisation_id = $1 AND kind = $2 AND withdrawn_at IS NULL";
    let held: Vec<Document> = cx.tx.all(sql, args![organisation, kind.code()]).await?;
    for one in held {
        let values = [("withdrawn_at", cx.now.into()), ("withdrawn_why", why.into())];
        cx.update(&DOCUMENT, one.id.0, one.version, &values).await?;
    }
    Ok(())
}

row! {
    /// A document as it is held.
    pub struct Document {
        /// Its row.
        id: DocumentId,
        /// The row's version.
        version: i64,
        /// What it is.
        @code kind: DocumentKind,
        /// Its number.
        number: String,
        /// Its code.
        code: String,
        /// The organisation that may read it.
        organisation_id: Option<OrganisationId>,
        /// The person that may read it.
        person_id: Option<PersonId>,
        /// To whom it speaks.
        addressee: String,
        /// Frozen facts.
        facts: String,
        /// Frozen points.
        items: String,
        /// Whether anyone may read it.
        is_public: bool,
        /// When it was issued.
        issued_at: Moment,
        /// When it was withdrawn.
        withdrawn_at: Option<Moment>,
        /// Why it was withdrawn.
        withdrawn_why: String,
    }
}

impl Document {
    /// Its named values.
    pub fn facts(&self) -> Vec<(String, FrozenFact)> {
        thaw_facts(&self.facts)
    }

    /// Its points.
    pub fn items(&self) -> Vec<FrozenFinding> {
        thaw(&self.items)
    }

    fn may_be_read_by(&self, actor: &Actor) -> bool {
        let is_official = matches!(
            actor.post.role,
            Role::ApprovalOfficer | Role::ApprovalDirector | Role::Supervisor | Role::System
        );
        let is_of_bureau = actor.post.role == Role::OrganisationBureau && self.kind.is_of_programme();
        let is_own = actor.organisation().is_some_and(|own| self.organisation_id == Some(own))
            || (actor.post.role == Role::Applicant
                && actor.person.is_some()
                && actor.person == self.person_id);
        self.is_public || is_official || is_of_bureau || is_own
    }
}

/// The document with this code, whoever asks: for the page that says whether it holds.
///
/// # Errors
/// `NotFound` when no document has it.
pub async fn verify(app: &App, typed: &str) -> Result<Document, Error> {
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    let code = grouped(&plain.to_ascii_uppercase());
    Ok(app.db.one("SELECT * FROM document WHERE code = $1", args![code]).await?)
}

/// The document with this code, for a reader who may read the whole of it.
///
/// # Errors
/// `NotFound` when no document has it or the reader may not see it.
pub async fn read(app: &App, actor: &Actor, typed: &str) -> Result<Document, Error> {
    let document = verify(app, typed).await?;
    if document.may_be_read_by(actor) { Ok(document) } else { Err(Error::NotFound) }
}

/// The documents about a thing that this reader may read, oldest first.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, actor: &Actor, subject: Subject) -> Result<Vec<Document>, Error> {
    let sql = "SELECT * FROM document WHERE subject_kind = $1 AND subject_id = $2 ORDER BY issued_at, id";
    let all: Vec<Document> = app.db.all(sql, args![subject.kind.code(), subject.id]).await?;
    Ok(all.into_iter().filter(|one| one.may_be_read_by(actor)).collect())
}

/// Digits and letters that nobody confuses (Crockford).
const SIGNS: [u8; 32] = *b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_SIGNS: usize = 12;
const GROUP: usize = 4;

/// Twelve signs in groups of four, from random bytes: sixty bits that nobody guesses.
fn code(bytes: &[u8; 32]) -> String {
    let signs = bytes.iter().take(CODE_SIGNS).map(|byte| SIGNS[usize::from(byte % 32)] as char);
    grouped(&signs.collect::<String>())
}

fn grouped(signs: &str) -> String {
    let signs: Vec<char> = signs.chars().collect();
    signs.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_twelve_plain_signs_in_groups() {
        let made = code(&std::array::from_fn(|at| u8::try_from(at * 8).unwrap()));
        assert_eq!(made, "08GR-08GR-08GR");
        assert_eq!(grouped("7K3F9QXT2M4P"), "7K3F-9QXT-2M4P");
    }
}
