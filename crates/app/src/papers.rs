//! Papers: given once, used as often as something asks for them.
//!
//! A paper belongs to the person who gave it until the organisation exists, then to the organisation.
//! Strangers' papers are not found.

use domain::kernel::{Actor, Coded, Date, Moment, OrganisationId, PaperId, PersonId, Refusal, Role, Subject};
use domain::registry::PaperKind;

use crate::journal::{PAPER, PAPER_USE};
use crate::uploads::StoredFile;
use crate::{Act, App, Cx, Error, args, row};

/// The longest title, in characters.
const TITLE_MAX: usize = 100;

/// Gives a paper. The outcome is its id.
#[derive(Clone)]
pub struct GivePaper {
    /// What it shows.
    pub kind: PaperKind,
    /// In the giver's words; empty means the kind's name.
    pub title: String,
    /// The file, looked into and stored.
    pub file: StoredFile,
    /// The last day on which it holds, when it has one.
    pub valid_until: Option<Date>,
    /// The person it belongs to when an officer at the window keys it in for someone; else the actor.
    pub on_behalf_of: Option<PersonId>,
}

impl Act for GivePaper {
    type Outcome = PaperId;
    const NAME: &'static str = "registry.give_paper";
    const WHO: &'static [Role] =
        &[Role::Applicant, Role::OrganisationUser, Role::ApprovalOfficer, Role::StreetOfficer, Role::System];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<PaperId, Error> {
        if self.title.chars().count() > TITLE_MAX {
            let refusal = Refusal::new("paper.title-too-long", "B11").at("title");
            return Err(refusal.with("max", TITLE_MAX).into());
        }
        let may_assist =
            matches!(cx.actor.post.role, Role::ApprovalOfficer | Role::StreetOfficer | Role::System);
        let owner = if may_assist { self.on_behalf_of } else { None };
        let person = owner.or(cx.actor.person).ok_or(Error::NotPermitted)?;
        let id = PaperId(cx.id());
        let values = [
            ("person_id", person.into()),
            ("organisation_id", cx.actor.organisation().into()),
            ("kind", self.kind.code().into()),
            ("title", self.title.trim().into()),
            ("digest", self.file.digest().into()),
            ("name", self.file.name().into()),
            ("media_type", self.file.media_type().into()),
            ("bytes", self.file.bytes().into()),
            ("given_at", cx.now.into()),
            ("valid_until", self.valid_until.into()),
        ];
        cx.insert(&PAPER, id.0, &values).await?;
        Ok(id)
    }
}

row! {
    /// A paper as it is held.
    pub struct Paper {
        /// Its row.
        id: PaperId,
        /// The row's version.
        version: i64,
        /// Who gave it.
        person_id: PersonId,
        /// The organisation it belongs to.
        organisation_id: Option<OrganisationId>,
        /// What it shows.
        @code kind: PaperKind,
        /// In the giver's words; may be empty.
        title: String,
        /// SHA-256 of its bytes, in hexadecimal.
        digest: String,
        /// The file's name.
        name: String,
        /// What its bytes are.
        media_type: String,
        /// How many bytes.
        bytes: i64,
        /// When it was given.
        given_at: Moment,
        /// The last day on which it holds.
        valid_until: Option<Date>,
    }
}

impl Paper {
    fn belongs_to(&self, actor: &Actor) -> bool {
        match actor.post.role {
            Role::OrganisationUser => {
                actor.organisation().is_some() && self.organisation_id == actor.organisation()
            }
            Role::Applicant => actor.person == Some(self.person_id) && self.organisation_id.is_none(),
            _ => false,
        }
    }
}

/// The reader's own papers, newest first.
///
/// # Errors
/// The database failed.
pub async fn own(app: &App, actor: &Actor) -> Result<Vec<Paper>, Error> {
    let sql = "SELECT * FROM paper WHERE (organisation_id = $1) OR ($1 IS NULL AND organisation_id IS NULL AND person_id = $2)
               ORDER BY given_at DESC, id DESC LIMIT 500";
    let all: Vec<Paper> = app.db.all(sql, args![actor.organisation(), actor.person]).await?;
    Ok(all.into_iter().filter(|paper| paper.belongs_to(actor)).collect())
}

/// The papers of a person who has no organisation yet; the caller has checked that the reader may see them.
///
/// # Errors
/// The database failed.
pub async fn of_person(app: &App, person: PersonId) -> Result<Vec<Paper>, Error> {
    let sql = "SELECT * FROM paper WHERE organisation_id IS NULL AND person_id = $1
               ORDER BY given_at DESC, id DESC LIMIT 500";
    Ok(app.db.all(sql, args![person]).await?)
}

/// Uses a paper for a thing; the same paper a second time changes nothing. Whoever works on the thing may
/// use any paper of `owner`; the caller has checked that.
///
/// # Errors
/// `NotFound` for another owner's paper.
pub async fn use_for(cx: &mut Cx<'_>, paper: PaperId, subject: Subject, owner: Owner) -> Result<(), Error> {
    let held: Paper = cx.tx.one("SELECT * FROM paper WHERE id = $1", args![paper]).await?;
    if !owner.owns(&held) {
        return Err(Error::NotFound);
    }
    let sql = "SELECT count(*) FROM paper_use WHERE subject_kind = $1 AND subject_id = $2 AND paper_id = $3";
    if cx.tx.number(sql, args![subject.kind.code(), subject.id, paper]).await? > 0 {
        return Ok(());
    }
    let id = cx.id();
    let values = [
        ("paper_id", paper.into()),
        ("subject_kind", subject.kind.code().into()),
        ("subject_id", subject.id.into()),
        ("used_at", cx.now.into()),
    ];
    cx.insert(&PAPER_USE, id, &values).await
}

/// Takes a paper out of a thing; the paper itself stays with its owner.
///
/// # Errors
/// `NotFound` when it is not used there.
pub async fn take_from(cx: &mut Cx<'_>, paper: PaperId, subject: Subject) -> Result<(), Error> {
    let sql =
        "SELECT id, version FROM paper_use WHERE subject_kind = $1 AND subject_id = $2 AND paper_id = $3";
    let row: crate::db::Row = cx.tx.one(sql, args![subject.kind.code(), subject.id, paper]).await?;
    let (id, version): (i64, i64) = (row.get("id")?, row.get("version")?);
    cx.delete(&PAPER_USE, id, version).await
}

/// Whose papers may be used for a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A person who has no organisation yet.
    Person(PersonId),
    /// An organisation.
    Organisation(OrganisationId),
}

impl Owner {
    fn owns(self, paper: &Paper) -> bool {
        match self {
            Owner::Person(person) => paper.person_id == person && paper.organisation_id.is_none(),
            Owner::Organisation(organisation) => paper.organisation_id == Some(organisation),
        }
    }
}

const OF_SUBJECT: &str = "SELECT p.* FROM paper p JOIN paper_use u ON u.paper_id = p.id
     WHERE u.subject_kind = $1 AND u.subject_id = $2 ORDER BY p.kind, u.used_at, p.id";

/// The papers of a thing; the caller has checked that the reader may see the thing.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, subject: Subject) -> Result<Vec<Paper>, Error> {
    Ok(app.db.all(OF_SUBJECT, args![subject.kind.code(), subject.id]).await?)
}

/// The papers of a thing, inside a transaction.
///
/// # Errors
/// The database failed.
pub async fn of_in(cx: &mut Cx<'_>, subject: Subject) -> Result<Vec<Paper>, Error> {
    Ok(cx.tx.all(OF_SUBJECT, args![subject.kind.code(), subject.id]).await?)
}

/// Hands a person's papers that a thing uses over to the organisation that came of it.
///
/// # Errors
/// The database failed.
pub async fn hand_over(cx: &mut Cx<'_>, subject: Subject, organisation: OrganisationId) -> Result<(), Error> {
    for paper in of_in(cx, subject).await? {
        if paper.organisation_id.is_none() {
            cx.update(&PAPER, paper.id.0, paper.version, &[("organisation_id", organisation.into())]).await?;
        }
    }
    Ok(())
}

/// A paper with its bytes: for its owner, and for the officials who work on what it is used for.
///
/// # Errors
/// `NotFound` for strangers, `Folder` for a damaged file.
pub async fn open(app: &App, actor: &Actor, id: PaperId) -> Result<(Paper, Vec<u8>), Error> {
    let paper: Paper = app.db.one("SELECT * FROM paper WHERE id = $1", args![id]).await?;
    let is_used = "SELECT count(*) FROM paper_use WHERE paper_id = $1";
    let may = paper.belongs_to(actor)
        || match actor.post.role {
            Role::ApprovalOfficer | Role::ApprovalDirector | Role::Supervisor => {
                app.db.number(is_used, args![id]).await? > 0
            }
            Role::StreetOfficer => is_in_folder(app, actor, id).await?,
            _ => false,
        };
    if !may {
        return Err(Error::NotFound);
    }
    let bytes = app.blobs.get(&paper.digest)?;
    Ok((paper, bytes))
}

/// Whether a paper lies in the folder of a filing of the reader's own street (B20).
async fn is_in_folder(app: &App, actor: &Actor, id: PaperId) -> Result<bool, Error> {
    let Some(street) = actor.street() else { return Ok(false) };
    let sql = "SELECT count(*) FROM paper_use u JOIN filing f ON f.id = u.subject_id
               WHERE u.paper_id = $1 AND u.subject_kind = 'filing' AND f.street = $2";
    Ok(app.db.number(sql, args![id, street.0]).await? > 0)
}
