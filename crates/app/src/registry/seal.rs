//! Seal specimen and bank account: handed in by the organisation, received or sent back by the window (B16).

use domain::kernel::{Actor, Moment, OrganisationId, PaperId, PersonId, Refusal, Role, Subject, SubjectKind};
use domain::registry::registration::relief;
use domain::registry::registration::threshold::profile;
use domain::registry::seal::{self, Filed, Owing, SealMatter, SealStage};

use super::change::application::{next_number, use_papers};
use super::change::held::{Registered, lock_organisation};
use super::registration::case::Case;
use crate::db::{Row, Val};
use crate::journal::SEAL_FILING;
use crate::{Act, App, Cx, Error, args, row};

/// Hands in what the seals look like. The outcome is the filing's number.
#[derive(Clone, Debug)]
pub struct HandInSeal {
    /// Papers of the organisation's store that show them.
    pub papers: Vec<PaperId>,
}

impl Act for HandInSeal {
    type Outcome = i64;
    const NAME: &'static str = "registry.hand_in_seal";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let held = own(cx).await?;
        expect_none_waiting(cx, held.id, SealMatter::Seal).await?;
        if self.papers.is_empty() {
            return Err(Error::Invalid(vec![Refusal::new("seal.paper-missing", "B16").at("file")]));
        }
        let id = cx.id();
        let number = hand_in(cx, &held, id, SealMatter::Seal, ("", "")).await?;
        use_papers(cx, held.id, subject(id), &self.papers).await?;
        Ok(number)
    }
}

/// Hands in which account it has. The outcome is the filing's number.
#[derive(Clone)]
pub struct HandInAccount {
    /// The bank, with its branch.
    pub bank: String,
    /// The number, as typed.
    pub account: String,
}

impl Act for HandInAccount {
    type Outcome = i64;
    const NAME: &'static str = "registry.hand_in_account";
    const WHO: &'static [Role] = &[Role::OrganisationUser];

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<i64, Error> {
        let held = own(cx).await?;
        expect_none_waiting(cx, held.id, SealMatter::Account).await?;
        let (bank, account) = seal::account(&self.bank, &self.account).map_err(Error::Invalid)?;
        let id = cx.id();
        hand_in(cx, &held, id, SealMatter::Account, (&bank, &account)).await
    }
}

/// The actor's organisation, held against other writers, when it may file.
async fn own(cx: &mut Cx<'_>) -> Result<Registered, Error> {
    let id = cx.actor.organisation().ok_or(Error::NotFound)?;
    let held = lock_organisation(cx, id).await?;
    seal::may_file(held.kind, held.legal, held.status)?;
    Ok(held)
}

/// Nothing is handed in while the same waits for the registrar: that is said before what is wrong with the new one.
async fn expect_none_waiting(cx: &mut Cx<'_>, id: OrganisationId, matter: SealMatter) -> Result<(), Error> {
    let sql = "SELECT count(*) FROM seal_filing WHERE organisation_id = $1 AND matter = $2 AND stage = $3";
    let (waiting,): (i64,) =
        cx.tx.one(sql, args![id, Val::code(matter), Val::code(SealStage::HandedIn)]).await?;
    if waiting > 0 { Err(Error::Invalid(vec![waits(matter)])) } else { Ok(()) }
}

fn waits(matter: SealMatter) -> Refusal {
    let field = match matter {
        SealMatter::Seal => "file",
        SealMatter::Account => "account",
    };
    Refusal::new("seal.waits", "B16").at(field).with_code("matter", matter)
}

fn subject(id: i64) -> Subject {
    Subject::new(SubjectKind::Case, id)
}

async fn hand_in(
    cx: &mut Cx<'_>,
    held: &Registered,
    id: i64,
    matter: SealMatter,
    (bank, account): (&str, &str),
) -> Result<i64, Error> {
    let number = next_number(cx, "seal_filing").await?;
    let values = [
        ("number", number.into()),
        ("organisation_id", held.id.into()),
        ("matter", Val::code(matter)),
        ("stage", Val::code(SealStage::HandedIn)),
        ("name", held.name.as_str().into()),
        ("bank", bank.into()),
        ("account", account.into()),
        ("handed_by", cx.actor.person.into()),
        ("handed_at", cx.now.into()),
        ("reason", "".into()),
    ];
    cx.insert(&SEAL_FILING, id, &values)
        .await
        .map_err(|error| error.on_unique("seal_filing__organisation_id__matter", waits(matter)))?;
    Ok(number)
}

/// Who receives it or sends it back.
const OFFICERS: &[Role] = &[Role::ApprovalOfficer];

/// Receives a filing: it is kept, and takes the place of the one before.
#[derive(Clone, Copy, Debug)]
pub struct ReceiveSeal {
    /// Which.
    pub number: i64,
}

impl Act for ReceiveSeal {
    type Outcome = ();
    const NAME: &'static str = "registry.receive_seal";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let filing = hold(cx, self.number).await?;
        let sql = "SELECT id, version FROM seal_filing
                   WHERE organisation_id = $1 AND matter = $2 AND stage = 'received'";
        let before: Vec<Row> =
            cx.tx.all(sql, args![filing.organisation_id, Val::code(filing.matter)]).await?;
        for row in before {
            let values = [("stage", Val::code(SealStage::Replaced)), ("replaced_at", cx.now.into())];
            cx.update(&SEAL_FILING, row.get::<i64>("id")?, row.get("version")?, &values).await?;
        }
        settle(cx, &filing, SealStage::Received, "").await
    }
}

/// Sends a filing back, with the reason.
#[derive(Clone, Debug)]
pub struct ReturnSeal {
    /// Which.
    pub number: i64,
    /// Why.
    pub reason: String,
}

impl Act for ReturnSeal {
    type Outcome = ();
    const NAME: &'static str = "registry.return_seal";
    const WHO: &'static [Role] = OFFICERS;

    async fn perform(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let filing = hold(cx, self.number).await?;
        let reason = seal::reason(&self.reason).map_err(|refusal| Error::Invalid(vec![refusal]))?;
        settle(cx, &filing, SealStage::Returned, &reason).await
    }
}

/// A filing that waits for the registrar, held against other writers.
async fn hold(cx: &mut Cx<'_>, number: i64) -> Result<SealFiling, Error> {
    let sql = "SELECT f.*, o.name AS now_called, o.uscc FROM seal_filing f
               JOIN organisation o ON o.id = f.organisation_id WHERE f.number = $1";
    let filing: SealFiling = cx.tx.one(sql, args![number]).await?;
    lock_organisation(cx, filing.organisation_id).await?;
    let filing: SealFiling = cx.tx.one(sql, args![number]).await?;
    seal::may_settle(filing.stage)?;
    Ok(filing)
}

async fn settle(cx: &mut Cx<'_>, filing: &SealFiling, stage: SealStage, reason: &str) -> Result<(), Error> {
    let values = [
        ("stage", Val::code(stage)),
        ("settled_by", cx.actor.person.into()),
        ("settled_at", cx.now.into()),
        ("reason", reason.into()),
    ];
    cx.update(&SEAL_FILING, filing.id, filing.version, &values).await
}

row! {
    /// A filing as it is held.
    pub struct SealFiling {
        /// Its row.
        id: i64,
        /// The row's version.
        version: i64,
        /// Its number: the year and a serial of four digits.
        number: i64,
        /// Whose.
        organisation_id: OrganisationId,
        /// The organisation's code.
        uscc: String,
        /// Its name now.
        now_called: String,
        /// Seals or account.
        @code matter: SealMatter,
        /// How far it has come.
        @code stage: SealStage,
        /// Its name when this was handed in.
        name: String,
        /// The bank; empty for seals.
        bank: String,
        /// The account's number; empty for seals.
        account: String,
        /// When it was handed in.
        handed_at: Moment,
        /// Who received it or sent it back.
        settled_by: Option<PersonId>,
        /// When.
        settled_at: Option<Moment>,
        /// Why it came back; empty when it did not.
        reason: String,
    }
}

impl SealFiling {
    /// What its papers hang on.
    pub fn subject(&self) -> Subject {
        subject(self.id)
    }

    /// The account with all but its last four digits hidden.
    pub fn masked(&self) -> String {
        let hidden = self.account.chars().count().saturating_sub(4);
        self.account.chars().enumerate().map(|(at, sign)| if at < hidden { '*' } else { sign }).collect()
    }
}

/// Everything that an organisation has filed, the latest first.
///
/// # Errors
/// The database could not be read.
pub async fn of_organisation(app: &App, id: OrganisationId) -> Result<Vec<SealFiling>, Error> {
    let sql = "SELECT f.*, o.name AS now_called, o.uscc FROM seal_filing f
               JOIN organisation o ON o.id = f.organisation_id
               WHERE f.organisation_id = $1 ORDER BY f.number DESC";
    Ok(app.db.all(sql, args![id]).await?)
}

/// One filing, for the organisation itself and for the window; strangers do not find it.
///
/// # Errors
/// `NotFound`.
pub async fn one(app: &App, actor: &Actor, number: i64) -> Result<SealFiling, Error> {
    let sql = "SELECT f.*, o.name AS now_called, o.uscc FROM seal_filing f
               JOIN organisation o ON o.id = f.organisation_id WHERE f.number = $1";
    let filing: SealFiling = app.db.one(sql, args![number]).await?;
    let may = match actor.post.role {
        Role::OrganisationUser => actor.organisation() == Some(filing.organisation_id),
        Role::ApprovalOfficer | Role::ApprovalDirector | Role::Supervisor => true,
        _ => false,
    };
    if may { Ok(filing) } else { Err(Error::NotFound) }
}

/// What an organisation still has to hand in.
///
/// # Errors
/// The database could not be read.
pub async fn owed(app: &App, id: OrganisationId) -> Result<Vec<SealMatter>, Error> {
    let sql = "SELECT * FROM organisation WHERE id = $1";
    let held: Registered = app.db.one(sql, args![id]).await?;
    if seal::may_file(held.kind, held.legal, held.status).is_err() {
        return Ok(Vec::new());
    }
    let certified = "SELECT count(*) FROM registration_case WHERE organisation_id = $1";
    let renamed = "SELECT count(*) FROM change_case
                   WHERE organisation_id = $1 AND item = 'name' AND stage = 'approved'";
    let filed: Vec<Filed> = of_organisation(app, id)
        .await?
        .into_iter()
        .map(|one| Filed { matter: one.matter, stage: one.stage, name: one.name })
        .collect();
    Ok(seal::owed(&Owing {
        needs_account: needs_account(app, id).await?,
        name: &held.name,
        is_certified: app.db.number(certified, args![id]).await? > 0,
        is_renamed: app.db.number(renamed, args![id]).await? > 0,
        filed: &filed,
    }))
}

/// Whether the profile under which it was registered here asks for an account of its own, under the rules of the day of
/// the decision (S34); whoever was registered elsewhere owes none by itself.
async fn needs_account(app: &App, id: OrganisationId) -> Result<bool, Error> {
    let sql = "SELECT * FROM registration_case WHERE organisation_id = $1 ORDER BY id DESC LIMIT 1";
    let Some(case) = app.db.maybe::<Case>(sql, args![id]).await? else { return Ok(false) };
    let Ok(application) = case.application() else { return Ok(true) };
    let rules = app.book.on(case.decided_at.unwrap_or(case.opened_at).date());
    Ok(relief::needs_account(profile(application.kind, application.basis), rules))
}
